import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from steady.cli import run
from steady.places import places
from steady.records import (
    AidUsed,
    AttemptStart,
    Change,
    ClientTurn,
    Feedback,
    Found,
    Keep,
    Level,
    PartnerTurn,
    Practised,
    Reading,
    SelfRating,
    Stance,
)
from steady.store import SharedPart, Store
from steady.terms import Act, Aid, Criterion, Danger, Ending, Move, Outcome, Rung

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs `steady history` with some words; returns what it prints."""

    def history(*words: str) -> str:
        assert run(["history", *words]) == 0
        return capsys.readouterr().out

    return history


def rehearse(
    scenario: str = "minute",
    title: str = "“I need a minute”",
    outcome: Outcome | None = Outcome.HELD_SHAKILY,
    times: int = 1,
    ending: Ending = Ending.ACCEPTED,
) -> None:
    text = "I need a minute. [/] 🙂"
    reading = Reading(text, (Found(Move.ASSERTS, 0, 16),), 4.0)
    start = AttemptStart(
        Practised(scenario, "a1", title, "partner"), Rung.FIRM, 7, True, False, "plain"
    )
    levels = (
        Level(Criterion.VALIDATION, 0),
        Level(Criterion.CLEAR_ASK, 3, "a minute", 1),
        Level(Criterion.FEW_WORDS, None),
    )
    keep, change = Keep("I need a minute.", "It is clear.", 1), Change("a", "b", "c", 1)
    with Store.open(places().database, clock=lambda: NOON) as store:
        for _ in range(times):
            attempt = store.begin(start)
            store.partner_turn(
                attempt, PartnerTurn(0, "Later?", None, Stance(0.5, 0.25, 0.125), "{}")
            )
            store.client_turn(attempt, ClientTurn(1, "no", Reading("no"), Danger.ABUSE))
            store.replace_from(attempt, 1)
            store.client_turn(attempt, ClientTurn(1, text, reading))
            store.partner_turn(
                attempt, PartnerTurn(2, "Fine.", Act.ACCEPT, Stance(0.25, 0.5, 0.5), "{}")
            )
            if outcome is not None:
                store.aid_used(attempt, AidUsed(Aid.STARTER, 1))
                store.rate_self(attempt, "before", SelfRating(3, None))
                store.end(attempt, Feedback(outcome, ending, levels, keep, change))


def test_a_talk_that_the_partner_left_is_not_called_stopped(said: Said) -> None:
    rehearse(outcome=Outcome.STOPPED_EARLY, ending=Ending.LEFT_HURT)
    table = said()
    assert "partner left" in table
    assert "stopped" not in table


def test_a_table_tells_each_attempt_newest_first(said: Said) -> None:
    rehearse()
    rehearse("doodle", outcome=None)
    head, newest, oldest, gap, legend = said().splitlines()
    date = f"{NOON.astimezone():%Y-%m-%d %H:%M}"
    assert head.split() == [
        "no.",
        "date",
        "scenario",
        "rung",
        "outcome",
        "aids",
        "reader",
        "levels",
    ]
    assert newest.split() == ["2", *date.split(), "doodle", "firm", "unfinished", "unaided"]
    assert oldest.split()[3:] == [
        *("minute", "firm", "held", "shakily", "aided", "built-in"),
        *("0", "-", "3", "-", "-", "-", "-"),
    ]
    assert oldest.index("minute") == newest.index("doodle") == head.index("scenario")
    assert gap == ""
    assert legend.index("validation") < legend.index("own voice") < legend.index("few words")


def test_the_table_shows_the_latest_and_says_that_there_are_more(said: Said) -> None:
    rehearse(times=31)
    lines = said().splitlines()
    assert len(lines) == 1 + 30 + 3
    assert "older" in lines[-1]
    assert len(said("--limit", "2").splitlines()) == 1 + 2 + 3
    assert len(said("--limit", "31").splitlines()) == 1 + 31 + 2
    assert len(said("--csv").splitlines()) == 1 + 31
    assert len(said("--json", "--limit", "5").splitlines()) == 5


def test_one_scenario_may_be_asked_for(said: Said) -> None:
    rehearse()
    rehearse("doodle")
    assert "minute" not in said("--scenario", "doodle")
    (only,) = csv.DictReader(io.StringIO(said("--csv", "--scenario", "doodle")))
    assert only["scenario"] == "doodle"
    assert "No attempts of 'nowhere' yet" in said("--scenario", "nowhere")


def test_csv_holds_a_column_for_each_criterion_and_none_for_what_was_said(said: Said) -> None:
    rehearse()
    out = said("--csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert row == {
        "attempt": "1",
        "started": "2026-11-20T12:00:00.000Z",
        "ended": "2026-11-20T12:00:00.000Z",
        "scenario": "minute",
        "title": "“I need a minute”",
        "rung": "firm",
        "outcome": "held-shakily",
        "aided": "yes",
        "reader": "embedded",
        **{criterion.value: "" for criterion in Criterion},
        "validation": "0",
        "clear-ask": "3",
    }
    assert "Later" not in out


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\x1b[1m", "  "])
def test_no_cell_of_the_csv_begins_a_formula(said: Said, sign: str) -> None:
    rehearse(scenario=f"{sign}=1+1", title=f'{sign}=HYPERLINK("http://x"), "y"')
    head, row = csv.reader(io.StringIO(said("--csv"), newline=""))
    assert len(row) == len(head)
    assert any('=HYPERLINK("http://x"), "y"' in cell for cell in row)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_json_holds_one_whole_attempt_a_line(said: Said) -> None:
    rehearse()
    rehearse("doodle", outcome=None)
    out = said("--json")
    unfinished, finished = (json.loads(line) for line in out.splitlines())
    assert out.isascii()  # fit for any terminal and any pipe
    assert finished["outcome"] == "held-shakily"
    assert finished["levels"] == {
        "validation": {"level": 0, "evidence": "", "turn": None},
        "clear-ask": {"level": 3, "evidence": "a minute", "turn": 1},
        "few-words": {"level": None, "evidence": "", "turn": None},
    }
    assert finished["aids"] == [{"aid": "starter", "turn": 1}]
    assert (finished["before"], finished["after"]) == ({"sure": 3, "tense": None}, None)
    assert finished["change"] == {"instead": "a", "try": "b", "mends": "c", "turn": 1}
    turns: list[dict[str, Any]] = finished["turns"]
    assert [(t["turn"], t["speaker"], t["replaced"]) for t in turns] == [
        (0, "partner", False),
        (1, "client", True),
        (1, "client", False),
        (2, "partner", False),
    ]
    assert [t.get("act") for t in turns] == ["open", None, None, "accept"]
    assert turns[1]["danger"] == "abuse"
    assert turns[2]["text"] == "I need a minute. [/] 🙂"
    assert turns[2]["moves"] == [{"move": "asserts", "start": 0, "end": 16}]
    assert (unfinished["outcome"], unfinished["ended"], unfinished["levels"]) == (None, None, {})
    assert (unfinished["keep"], unfinished["change"]) == (None, None)


def test_without_a_history_there_is_nothing_to_tell_and_none_is_begun(
    said: Said, home: Path
) -> None:
    assert "No attempts yet" in said()
    assert said("--json") == ""
    assert len(said("--csv").splitlines()) == 1
    assert not home.exists()


def test_a_title_cannot_write_on_the_terminal(said: Said) -> None:
    rehearse(scenario="a\x1b]0;owned\x07b\nc")
    out = said()
    assert "\x1b" not in out
    assert "owned" not in out
    assert len(out.splitlines()) == 4


def test_two_forms_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "--json", "--csv"]) == 2
    assert "choose one" in capsys.readouterr().err


def test_a_damaged_history_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    rehearse()
    places().database.write_bytes(b"Dear diary, " * 100)
    assert run(["history"]) == 1
    told = capsys.readouterr().err
    assert str(places().database) in told
    assert len(told.splitlines()) == 1


def test_an_attempt_is_erased_only_after_a_yes(
    said: Said, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse(times=2)
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert run(["history", "--forget", "1"]) == 1
    told = capsys.readouterr().out
    assert "Every word of it" in told
    assert "Nothing was erased." in told
    assert len(said("--json").splitlines()) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert "Erased." in said("--forget", "1")
    (left,) = said("--json").splitlines()
    assert json.loads(left)["attempt"] == 2
    assert run(["history", "--forget", "1", "--yes"]) == 1
    assert "no attempt 1" in capsys.readouterr().err


def test_erasing_where_there_is_no_history_begins_none(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", "--forget", "1", "--yes"]) == 1
    assert "no attempt 1" in capsys.readouterr().err
    assert not home.exists()


def test_what_was_shared_is_said_before_it_is_erased_here(said: Said) -> None:
    rehearse()
    with Store.open(places().database) as store:
        store.keep_share(
            packet="k",
            therapist="Dr Moreno",
            fingerprint="1",
            file="/f",
            message="",
            attempts=[SharedPart(1, True, False)],
            then=lambda _: None,
        )
    assert "stays with them" in said("--forget", "1", "--yes")
