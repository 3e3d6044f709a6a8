"""Places as people type, paste and drop them."""

from pathlib import Path

import pytest

from steady.tui.paths import PathFault, free, place_to_write, typed_path, write_new


@pytest.mark.parametrize(
    "typed",
    [
        "{folder}/for sam.steady-pack",
        "  {folder}/for sam.steady-pack  ",
        "'{folder}/for sam.steady-pack'",
        '"{folder}/for sam.steady-pack"',
        "“{folder}/for sam.steady-pack”",
        "{folder}/for\\ sam.steady-pack",
        "file://{folder}/for%20sam.steady-pack",
        "{folder}/for sam.steady-pack\n",
    ],
)
def test_however_a_place_is_typed_it_is_found(tmp_path: Path, typed: str) -> None:
    there = tmp_path / "for sam.steady-pack"
    there.touch()
    assert typed_path(typed.format(folder=tmp_path)) == there


def test_a_tilde_is_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path("~/a.steady-pack") == tmp_path / "a.steady-pack"
    assert typed_path("'~/a.steady-pack'") == tmp_path / "a.steady-pack"


def test_a_name_with_quotes_of_its_own_is_taken_as_it_is(tmp_path: Path) -> None:
    there = tmp_path / "'quoted'"
    there.touch()
    assert typed_path(str(there)) == there


@pytest.mark.parametrize("typed", ["", "   ", "''", '" "', "\n"])
def test_nothing_typed_is_said_plainly(typed: str) -> None:
    with pytest.raises(PathFault, match="Type or paste"):
        typed_path(typed)


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/x", "/a/" + "x" * 5000, "k", "🙂", "[/]"])
def test_what_is_no_place_is_a_path_or_one_sentence(typed: str) -> None:
    try:
        assert not typed_path(typed).exists()
    except (PathFault, OSError) as fault:
        assert isinstance(fault, PathFault), fault


def test_a_folder_takes_the_name_offered_and_never_one_that_is_taken(tmp_path: Path) -> None:
    assert place_to_write(str(tmp_path), "card.html") == tmp_path / "card.html"
    (tmp_path / "card.html").touch()
    assert place_to_write(str(tmp_path), "card.html") == tmp_path / "card-2.html"
    assert free(tmp_path / "card.html") == tmp_path / "card-2.html"


def test_a_file_that_is_there_and_a_folder_that_is_not_are_refused(tmp_path: Path) -> None:
    (tmp_path / "card.html").touch()
    with pytest.raises(PathFault, match="already"):
        place_to_write(str(tmp_path / "card.html"), "x")
    with pytest.raises(PathFault, match="no folder"):
        place_to_write(str(tmp_path / "gone" / "card.html"), "x")


def test_a_new_file_is_its_owners_alone_and_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "card.html"
    write_new(path, b"a line")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(PathFault, match="there already"):
        write_new(path, b"another")
    assert path.read_bytes() == b"a line"
    with pytest.raises(PathFault, match="cannot be written"):
        write_new(tmp_path / "gone" / "card.html", b"")
