from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from steady.cli import run
from steady.cli.therapist import COMMANDS
from steady.homework.packs import read_pack
from steady.office import Office
from test_office import WORDS, sent, shared

Ran = tuple[int, str, str]
Therapist = Callable[..., Ran]


@pytest.fixture
def steady(capsys: pytest.CaptureFixture[str]) -> Therapist:
    """Runs `steady therapist` with some words: status, output and errors."""

    def therapist(*words: str) -> Ran:
        status = run(["therapist", *words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return therapist


@pytest.fixture
def ana(steady: Therapist, tmp_path: Path) -> Path:
    """A therapist with one client; returns the pack."""
    pack = tmp_path / "ana.steady-pack"
    assert steady("init", "--name", "Dr Moreno")[0] == 0
    assert (
        steady("assign", "Ana", "need-a-minute", "--due", "in 2 weeks", "--out", str(pack))[0] == 0
    )
    return pack


def packet(pack: Path, tmp_path: Path, **more: Any) -> str:
    """A packet of Ana's."""
    found = read_pack(pack)
    with Office() as office:
        made = shared(
            str(found.client.ref),
            "Ana",
            assignment=str(found.assignments[0].id),
            words=WORDS,
            **more,
        )
        return str(sent(office, tmp_path, made))


def test_every_command_is_listed_and_loads(steady: Therapist) -> None:
    _, told, _ = steady("--help")
    for name, (_, said) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(said)}$", told, re.MULTILINE)
        assert "Usage: steady therapist " + name in steady(name, "--help")[1]


def test_an_unknown_command_names_the_nearest(steady: Therapist) -> None:
    status, _, err = steady("clint")
    assert status == 2
    assert "Did you mean 'clients'?" in err
    assert "'steady therapist --help'" in err


def test_a_key_is_made_once_and_its_copy_is_asked_for(steady: Therapist) -> None:
    status, out, _ = steady("init", "--name", "Dr Moreno")
    assert status == 0
    assert re.search(r"Fingerprint  (\d{4} ){5}\d{4}\n", out)
    assert "Copy that file once" in out
    status, _, err = steady("init", "--name", "Dr Moreno")
    assert status == 1
    assert "There is a key already" in err


def test_without_a_key_one_sentence_says_how_to_make_one(steady: Therapist, tmp_path: Path) -> None:
    for words in (
        ("assign", "Ana", "need-a-minute", "--out", str(tmp_path / "p")),
        ("import", str(tmp_path / "x"), str(tmp_path / "y")),
    ):
        status, _, err = steady(*words)
        assert status == 1
        assert err.count("\n") == 1
        assert "steady therapist init" in err


def test_what_the_client_will_read_is_shown(steady: Therapist, tmp_path: Path) -> None:
    steady("init", "--name", "Dr Moreno")
    pack = tmp_path / "p.steady-pack"
    status, out, _ = steady(
        *("assign", "[Ana] 🙂", "need-a-minute", "movie-night", "--rung", "firm", "--times", "3"),
        *("--due", "2099-12-01", "--aids", "off", "--note", "[sighs]\nk", "--out", str(pack)),
    )
    assert status == 0
    assert "For [Ana] 🙂, new in your caseload" in out
    assert out.count("firm, 3 times, by Tuesday, 1 December 2099, without hints") == 2
    assert "    [sighs]\n    k\n" in out
    assert [each.times for each in read_pack(pack).assignments] == [3, 3]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--due", "soon"), "'soon' is not a day. Write 2026-12-01, today"),
        (("--due", "2020-01-01"), "2020-01-01 is over"),
        (("--times", "51"), "51"),
        (("--rung", "hard"), "hard"),
        (("--note", "x" * 1001), "1000 fit"),
    ],
)
def test_what_cannot_be_assigned_is_told_and_nothing_is_written(
    steady: Therapist, tmp_path: Path, words: tuple[str, str], says: str
) -> None:
    steady("init", "--name", "Dr Moreno")
    pack = tmp_path / "p.steady-pack"
    status, _, err = steady("assign", "Ana", "need-a-minute", *words, "--out", str(pack))
    assert status in {1, 2}
    assert says in err
    assert not pack.exists()
    assert steady("clients")[1].startswith("No clients yet")


def test_assigning_again_goes_to_the_same_client_unless_a_new_one_is_meant(
    steady: Therapist, ana: Path, tmp_path: Path
) -> None:
    for number, words in enumerate((("ana",), ("Ana", "--new"))):
        out = tmp_path / f"{number}.steady-pack"
        assert steady("assign", *words, "movie-night", "--out", str(out))[0] == 0
    same, other = (read_pack(tmp_path / f"{n}.steady-pack").client.ref for n in (0, 1))
    assert same == read_pack(ana).client.ref
    assert other != same
    status, _, err = steady("assign", "Ana", "movie-night", "--out", str(tmp_path / "x"))
    assert status == 2
    assert "more than one" in err
    status, _, _ = steady("note", str(other)[:8], "Tall.")
    assert status == 0
    told = steady("assign", "Anna", "movie-night", "--out", str(tmp_path / "anna"))[1]
    assert "They are another person than Ana (" in told
    status, _, err = steady("assign", "0123abcd", "movie-night", "--out", str(tmp_path / "x"))
    assert "There is no client '0123abcd'" in err


def test_files_that_cannot_be_used_are_named_and_the_others_taken(
    steady: Therapist, ana: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.steady-packet"
    bad.write_bytes(b"nothing")
    status, out, err = steady("import", str(bad), packet(ana, tmp_path, message="[/] hi"), str(ana))
    assert status == 1
    assert out == "Ana: 1 new attempt. \nThey wrote you a message.\n    [/] hi\n".replace(
        " \n", "\n"
    )
    assert err.count("\n") == 2
    assert "bad.steady-packet is not a packet" in err
    assert "is a pack of homework" in err


def test_the_caseload_says_what_is_due_and_who_needs_a_look(
    steady: Therapist, ana: Path, tmp_path: Path
) -> None:
    assert "0 of 1, due in 14 days" in steady("clients")[1]
    steady("import", packet(ana, tmp_path))
    out = steady("clients")[1]
    assert re.search(r"^Ana +[0-9a-f]{8} +nothing open +2026-11-18 +new$", out, re.MULTILINE)
    (told,) = json.loads(steady("clients", "--json")[1])
    assert (told["attempts"], told["new"]) == (1, 1)
    steady("show", "Ana")
    assert json.loads(steady("clients", "--json")[1])[0]["new"] == 0


def test_a_path_and_an_attempt_are_shown(steady: Therapist, ana: Path, tmp_path: Path) -> None:
    note = {
        "id": str(uuid4()),
        "scenario": "need-a-minute",
        "said": "not yet",
        "text": "Sunday, perhaps.",
        "noted_at": "2026-11-19T08:00:00Z",
    }
    steady("import", packet(ana, tmp_path, field_notes=[note], message="Thank you."))
    steady("note", "Ana", "Ask about Sunday.")
    _, out, _ = steady("show", "Ana")
    for words in (
        "1 of 1 shared, done",
        "Validation  2.0 (1)",
        "not yet",
        "Sunday, perhaps.",
        "Thank you.",
        "Ask about Sunday.",
        "gentle, unaided, held; 2 - - - - - -; new words",
    ):
        assert words in out
    _, out, _ = steady("show", "Ana", "--attempt", "1")
    assert "Client   [sighs] I hear you. I need a minute." in out
    assert "[validates] I hear you." in out
    assert "Validation: 2 of 3" in out
    _, out, _ = steady("show", "Ana", "--compare", "need-a-minute")
    assert out.startswith("The only attempt\n")
    status, _, err = steady("show", "Ana", "--attempt", "9")
    assert status == 2
    assert "There is no attempt 9 of Ana" in err
    assert "No attempts here yet." in steady("show", "Ana", "--to", "2020-01-01")[1]


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_a_report_is_written_and_never_over_another_file(
    steady: Therapist, ana: Path, tmp_path: Path, form: str
) -> None:
    steady("import", packet(ana, tmp_path))
    out = tmp_path / f"ana.{form}"
    assert steady("report", "Ana", f"--{form}", "--out", str(out))[0] == 0
    whole = out.read_bytes()
    assert b"need-a-minute" in whole or b"need a minute" in whole.lower()
    assert b"sighs" not in whole
    status, _, err = steady("report", "Ana", "--out", str(out))
    assert status == 1
    assert "already there" in err
    words = ("--from", "2020-01-01", "--to", "2020-02-01", "--force")
    assert steady("report", "Ana", *words, "--out", str(out))[0] == 0
    assert out.read_bytes() != whole


def test_a_report_needs_a_form(steady: Therapist, ana: Path, tmp_path: Path) -> None:
    status, _, err = steady("report", "Ana", "--out", str(tmp_path / "ana.txt"))
    assert status == 2
    assert "--html, --csv or --json" in err
    words = ("--from", "2026-11-02", "--to", "2026-11-01", "--html", "--out", "x")
    assert "turn them round" in steady("report", "Ana", *words)[2]


def test_rating_is_asked_line_by_line_and_can_be_stopped(
    steady: Therapist,
    ana: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steady("import", packet(ana, tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n?\nnine\n-\ns\n"))
    _, out, _ = steady("calibrate")
    assert "Client   [sighs] I hear you. I need a minute." in out
    assert "Ana" not in out  # who said it, and what the program made of it, is not shown
    assert "validates" not in out
    assert "No feeling, need or limit of your own" in out
    assert "Stopped" in out
    assert "0 attempts rated by you so far." in out
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\n-\n2\n1\n0\n3\n3\n"))
    _, out, _ = steady("calibrate")
    assert "1 attempt rated by you so far." in out
    assert "Validation     agreement with you not known yet, 1 of 10 rated." in out
    assert "nothing to rate" in steady("calibrate")[1]
    assert "nothing to rate" not in steady("calibrate", "--results")[1]


def test_shared_words_are_found_from_the_command_line(
    steady: Therapist, ana: Path, tmp_path: Path
) -> None:
    steady("import", packet(ana, tmp_path))
    _, out, _ = steady("search", "hear", "min", "--client", "Ana")
    assert "    [sighs] I hear you. I need a minute.\n" in out
    assert steady("search", "zebra")[1] == "Nothing holds these words.\n"


def test_erasing_a_client_is_asked_for_first(
    steady: Therapist, ana: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady("import", packet(ana, tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    status, out, _ = steady("forget", "Ana")
    assert status == 1
    assert "with 1 attempt and your notes?" in out
    assert steady("forget", "Ana", "--yes")[0] == 0
    assert steady("clients")[1].startswith("No clients yet")


def test_without_a_terminal_the_screens_say_so(steady: Therapist) -> None:
    status, _, err = steady()
    assert status == 2
    assert "no terminal here" in err
