import json
from pathlib import Path

import pytest

from steady.cli import run
from steady.places import shipped_scenarios

SHIPPED = shipped_scenarios()


@pytest.fixture
def own(home: Path) -> Path:
    """The folder of one's own scenarios."""
    folder = home / "scenarios"
    folder.mkdir(parents=True)
    return folder


def a_copy(own: Path, new_id: str, *edits: tuple[str, str]) -> Path:
    """A shipped scenario copied under a new id, as a therapist would."""
    original = min(SHIPPED.glob("*.toml"))
    text = original.read_text(encoding="utf-8")
    for old, new in ((f'id = "{original.stem}"', f'id = "{new_id}"'), *edits):
        assert old in text
        text = text.replace(old, new, 1)
    path = own / f"{new_id}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_names_shipped_and_own_scenarios(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_copy(own, "my-own")
    assert run(["scenarios", "list"]) == 0
    rows = [line.split(maxsplit=3) for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == [*sorted(p.stem for p in SHIPPED.glob("*.toml")), "my-own"]
    assert rows[-1][2] == "own"
    assert rows[0][2] == "shipped"


def test_the_list_as_json_is_read_by_programs(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_copy(own, "my-own")
    assert run(["scenarios", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed[-1]["id"] == "my-own"
    assert listed[-1]["path"] == str(path)
    keys = {"id", "title", "short", "relationship", "origin", "therapist", "path"}
    assert set(listed[0]) == keys


def test_a_file_left_out_of_the_list_is_named_apart(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_copy(own, "my-own", ("short = ", "shrt = "))
    assert run(["scenarios", "list", "--json"]) == 0
    told = capsys.readouterr()
    assert "my-own" not in told.out
    assert f"Left out: {own / 'my-own.toml'}" in told.err


def test_a_scenario_is_shown_as_text_a_person_can_read(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_copy(own, "my-own", ("setting = ", 'setting = "A [/kitchen] at noon." # '))
    assert run(["scenarios", "show", "my-own"]) == 0
    told = capsys.readouterr().out
    for part in ("A [/kitchen] at noon.", "What you need", "Rung: accused", "Script: ", "Source"):
        assert part in told
    assert max(map(len, told.splitlines())) <= 72


def test_a_scenario_as_json_is_the_whole_file(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_copy(own, "my-own")
    assert run(["scenarios", "show", "my-own", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["origin"]) == ("my-own", "own")
    assert {"rungs", "lines", "return", "content_hash"} <= set(told)


def test_an_unknown_scenario_is_one_sentence_with_the_nearest(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_copy(own, "my-very-own")
    assert run(["scenarios", "show", "my-very-onw"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("steady: There is no scenario 'my-very-onw'. Did you mean")
    assert told.err.count("\n") == 1


def test_a_sound_file_passes_the_check(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "check", str(a_copy(own, "my-own"))]) == 0
    assert capsys.readouterr().out == "1 file, no faults.\n"


def test_every_fault_is_one_line_that_begins_with_file_and_line(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_copy(own, "my-own", ("need = ", "ned = "), ("format = 1", 'format = "1"'))
    assert run(["scenarios", "check", str(path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert all(line.startswith(f"{path}:") for line in told)
    assert any(": ned: is not a key of this section; write need." in line for line in told)


def test_a_file_full_of_faults_does_not_flood_the_terminal(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_copy(
        own, "my-own", ("[source]", "".join(f"x{n} = 1\n" for n in range(120)) + "[source]")
    )
    assert run(["scenarios", "check", str(path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert (len(told), told[-1]) == (101, f"{path}: 20 more faults.")


def test_without_a_file_all_of_ones_own_are_checked_too(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_copy(own, "my-own", ("format = 1", "format = 0"))
    assert run(["scenarios", "check"]) == 1
    assert f"{path}:" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_a_fault(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "check", str(own / "nothing.toml"), str(own)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "no such file" in told[0]
    assert "not a regular file" in told[1]


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["check"], ["show", "my-own"]])
def test_nothing_of_a_file_is_obeyed_by_the_terminal(
    own: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    a_copy(own, "my-own", ("title = ", 'title = "\\u001b]0;x\\u0007\\u202e" # '))
    (own / "a\x1b[2Jb.toml").write_text("!")
    run(["scenarios", *words])
    told = capsys.readouterr()
    assert {"\x1b", "\x07", "\u202e"}.isdisjoint(told.out + told.err)
