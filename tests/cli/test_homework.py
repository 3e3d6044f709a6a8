"""`steady homework`, `steady share`, `steady practice --assignment`, as a person would use them."""

import io
import json
import sys
from pathlib import Path

import pytest

from homework_lines import DANGER, KIND
from parcels import IDENTITY, assignment, own_toml, pack
from steady.cli import run
from steady.homework.formats import PackScenario
from steady.homework.packets import read_packet
from steady.homework.packs import write_pack

ASKED = pack(
    message="Take your time.",
    assignments=(
        assignment(0x1234567800000000000000000000000A, note="Slowly. [sighs] is fine.", due=None),
        assignment(0xABCDEF1200000000000000000000000B, "my-ask", times=1, due=None, aids="off"),
    ),
    scenarios=(PackScenario(id="my-ask", toml=own_toml()),),
)


class Shell:
    """The commands, with lines of input and what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch
        self.err = ""

    def __call__(self, *words: str, lines: tuple[str, ...] = (), status: int = 0) -> str:
        self._patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert run([*words]) == status
        told = self._capsys.readouterr()
        self.err = told.err
        assert "Traceback" not in told.out + told.err
        return told.out


@pytest.fixture
def steady(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> str:
    write_pack(ASKED, tmp_path / "ann.steady-pack")
    return str(tmp_path / "ann.steady-pack")


@pytest.fixture
def opened(steady: Shell, file: str) -> None:
    steady("homework", "open", file, "--yes")


def practised(steady: Shell, *words: str, lines: tuple[str, ...] = (KIND,) * 30) -> int:
    out = steady("practice", *words, "--json", "--seed", "1", lines=lines)
    return int(json.loads(out.splitlines()[0])["attempt"])


def done(steady: Shell) -> list[tuple[str, int]]:
    return [(each["scenario"], each["done"]) for each in json.loads(steady("homework", "--json"))]


def test_without_homework_it_is_said_how_to_get_some_and_nothing_is_made(
    steady: Shell, home: Path
) -> None:
    assert "steady homework open FILE" in steady("homework")
    assert steady("homework", "--json") == "[]\n"
    assert not home.exists()


def test_who_it_is_from_is_shown_before_anything_is_added(steady: Shell, file: str) -> None:
    out = steady("homework", "open", file, lines=("",), status=1)
    assert "Dr Moreno" in out
    assert len(out.split("Key      ")[1].split("\n")[0].split()) == 6
    assert "[sighs] is fine" in out
    assert "Nothing was added." in out
    assert done(steady) == []


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("YES", 0), ("n", 1), ("yep", 1)])
def test_only_a_yes_adds_it(steady: Shell, file: str, answer: str, status: int) -> None:
    steady("homework", "open", file, lines=(answer,), status=status)
    assert len(done(steady)) == (2 if status == 0 else 0)


def test_the_list_says_what_and_how_far(steady: Shell, opened: None) -> None:
    out = steady("homework")
    assert "12345678" in out
    assert "0 of 3 done" in out
    assert "hints off. From Dr Moreno." in out
    assert "Slowly. [sighs] is fine." in out


def test_opening_again_changes_nothing_and_asks_nothing(
    steady: Shell, opened: None, file: str
) -> None:
    assert "You have this already" in steady("homework", "open", file)


def test_a_file_that_is_no_pack_gets_one_sentence_and_begins_no_history(
    steady: Shell, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "letter").write_text("Dear Ann")
    assert steady("homework", "open", str(tmp_path / "letter"), "--yes", status=1) == ""
    assert steady.err.count("\n") == 1
    assert "is not a pack of homework" in steady.err
    steady("homework", "open", str(tmp_path / "nowhere"), "--yes", status=1)
    assert not home.exists()


def test_practice_counts_where_it_is_said_to(steady: Shell, opened: None) -> None:
    practised(steady, "avoiding-me", "--assignment", "12345678")
    assert done(steady) == [("avoiding-me", 1), ("my-ask", 0)]
    practised(steady, "my-ask", "--assignment", "auto")
    assert done(steady) == [("avoiding-me", 1), ("my-ask", 1)]
    assert "1 of 3 done" in steady("homework")


def test_practice_of_ones_own_does_not_count_and_says_how_it_would(
    steady: Shell, opened: None
) -> None:
    practised(steady, "avoiding-me")
    assert "--assignment 12345678 makes it count" in steady.err
    assert done(steady) == [("avoiding-me", 0), ("my-ask", 0)]
    practised(steady, "avoiding-me", "--rung", "accused")
    assert steady.err == ""


def test_auto_without_homework_that_fits_is_practice_of_ones_own(
    steady: Shell, opened: None
) -> None:
    practised(steady, "need-a-minute", "--assignment", "auto")
    assert "practice of your own" in steady.err


def test_an_attempt_stopped_early_does_not_count(steady: Shell, opened: None) -> None:
    practised(steady, "avoiding-me", "--assignment", "auto", lines=(KIND,))
    assert done(steady)[0] == ("avoiding-me", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("need-a-minute", "--assignment", "12345678"), "is for avoiding-me, gentle"),
        (("avoiding-me", "--rung", "firm", "--assignment", "12345678"), "is for avoiding-me"),
    ],
)
def test_an_assignment_for_something_else_is_told(
    steady: Shell, opened: None, words: tuple[str, ...], said: str
) -> None:
    steady("practice", *words, "--plain", status=2)
    assert said in steady.err


@pytest.mark.parametrize("asked", ["nope", "123", "", "[/]"])
def test_an_assignment_that_is_not_there_is_told_with_those_that_are(
    steady: Shell, opened: None, asked: str
) -> None:
    steady("practice", "avoiding-me", "--assignment", asked, "--plain", status=1)
    assert "12345678 (avoiding-me, gentle)" in steady.err


def test_homework_says_whether_there_are_hints(steady: Shell, opened: None) -> None:
    out = steady("practice", "my-ask", "--assignment", "auto", "--plain", lines=("/hint", "/end"))
    assert "without aids" in out


def test_a_probe_is_without_hints_and_kept_as_one(steady: Shell, opened: None) -> None:
    out = steady("practice", "avoiding-me", "--probe", "--plain", lines=("/hint", KIND, "/end"))
    assert "without aids" in out
    steady("share", "--attempt", "1", "--yes", "--out", "p.steady-packet", status=0)
    assert read_packet(Path("p.steady-packet"), IDENTITY).attempts[0].probe


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_what_will_travel_is_shown_and_only_a_yes_writes_it(steady: Shell, opened: None) -> None:
    practised(steady, "avoiding-me", "--assignment", "auto")
    out = steady("share", "--out", "a.steady-packet", lines=("",), status=1)
    assert "For Dr Moreno, whose key reads" in out
    assert "With the words" in out
    assert not Path("a.steady-packet").exists()
    out = steady("share", "--out", "a.steady-packet", lines=("s", "y"))
    assert KIND in out
    assert read_packet(Path("a.steady-packet"), IDENTITY).attempts[0].words is not None


def test_levels_alone_can_be_shared(steady: Shell, opened: None) -> None:
    practised(steady, "avoiding-me", "--assignment", "auto")
    out = steady("share", "--levels-only", "--yes", "--out", "a", "--message", "Hard [sighs]")
    assert "none of the words" in out
    found = read_packet(Path("a"), IDENTITY)
    assert (found.attempts[0].words, found.message) == (None, "Hard [sighs]")


def test_danger_stays_here_unless_it_is_asked_for(steady: Shell, opened: None) -> None:
    attempt = practised(
        steady, "avoiding-me", "--assignment", "auto", lines=(KIND, DANGER, "/go-on")
    )
    practised(steady, "avoiding-me", lines=(KIND, DANGER))
    for number in (attempt, attempt + 1):
        steady("share", "--attempt", str(number), "--yes", "--out", f"{number}")
        assert DANGER not in read_packet(Path(f"{number}"), IDENTITY).model_dump_json()
    steady("share", "--attempt", "2", "--include-danger", "--yes", "--out", "all")
    assert DANGER in read_packet(Path("all"), IDENTITY).model_dump_json()


def test_what_was_shared_stays_visible(steady: Shell, opened: None) -> None:
    assert "Nothing was shared yet." in steady("share", "--list")
    practised(steady, "avoiding-me", "--assignment", "auto")
    steady("share", "--yes", "--out", "a", "--message", "Hello")
    out = steady("share", "--list")
    for told in ("Dr Moreno", "attempt 1: with the words", "message: Hello", str(Path.cwd() / "a")):
        assert told in out
    steady("share", "--yes", "--out", "b", status=1)
    assert "nothing to share" in steady.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--yes",), "--out"),
        (("--out", "a", "--assignment", "x", "--attempt", "1"), "use one of them"),
        (("--out", "a", "--levels-only", "--include-danger"), "sends no words"),
    ],
)
def test_what_cannot_be_meant_is_told(
    steady: Shell, opened: None, words: tuple[str, ...], said: str
) -> None:
    steady("share", *words, status=2)
    assert said in steady.err


def test_sharing_without_homework_is_told(steady: Shell) -> None:
    steady("share", "--yes", "--out", "a", status=1)
    assert "nobody to share with" in steady.err


def test_forgetting_is_asked_and_leaves_what_was_practised(steady: Shell, opened: None) -> None:
    practised(steady, "avoiding-me", "--assignment", "auto")
    out = steady("homework", "forget", lines=("n",), status=1)
    assert "What goes:" in out
    assert "1 finished attempt for it" in out
    assert len(done(steady)) == 2
    steady("homework", "forget", "dr moreno", "--yes")
    assert done(steady) == []
    assert "avoiding-me" in steady("history")
    assert "my-ask" not in steady("scenarios", "list")


def test_scenarios_of_homework_are_marked_in_the_list(steady: Shell, opened: None) -> None:
    line = next(ln for ln in steady("scenarios", "list").splitlines() if ln.startswith("my-ask"))
    assert " pack " in line
