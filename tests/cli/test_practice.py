"""`steady practice`, as a person or a program would call it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Steady = Callable[..., "subprocess.CompletedProcess[str]"]
KIND = (
    "I hear you, and I'm sorry it felt that way. I need 20 minutes to settle; can we talk at eight?"
)
FIRM = "I'm not avoiding you. I want to talk, in 20 minutes, when I can listen properly."


@pytest.fixture
def steady(home: Path) -> Steady:
    """Run `steady` with words and lines of input, as its own process in the test's home."""

    def run(*words: str, lines: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "steady", *words],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "STEADY_HOME": str(home)},
            timeout=60,
            check=False,
        )

    return run


def events(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    """The events printed, after making sure that the run ended well."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_two_lines_of_input_end_with_feedback(steady: Steady) -> None:
    found = events(steady("practice", "avoiding-me", "--json", "--seed", "1", lines=(KIND, FIRM)))
    kinds = [event["event"] for event in found]
    assert kinds == [
        "start",
        "partner",
        "reading",
        "partner",
        "reading",
        "partner",
        "end",
        "feedback",
    ]
    assert found[-2]["outcome"] == "stopped-early"


def test_events_carry_what_another_program_needs(steady: Steady) -> None:
    found = events(steady("practice", "avoiding-me", "--json", "--seed", "1", lines=(KIND,)))
    by_kind = {event["event"]: event for event in found}
    assert by_kind["start"]["scenario"] == "avoiding-me"
    assert by_kind["start"]["seed"] == 1
    assert set(by_kind["partner"]["stance"]) == {"tension", "heard", "trust"}
    assert all(0 <= figure <= 1 for figure in by_kind["partner"]["stance"].values())
    moves = by_kind["reading"]["moves"]
    assert {"asserts", "commits"} <= {move["move"] for move in moves}
    assert all(0 <= move["start"] < move["end"] <= len(KIND) for move in moves)
    feedback = by_kind["feedback"]
    assert [c["name"] for c in feedback["criteria"]] == [
        "validation",
        "own-voice",
        "clear-ask",
        "return",
        "holds-steady",
        "respect",
        "few-words",
    ]
    assert feedback["keep"]["quote"] in KIND


def test_the_same_seed_and_input_give_the_same_rehearsal(steady: Steady, home: Path) -> None:
    first = events(steady("practice", "avoiding-me", "--json", "--seed", "7", lines=(KIND, FIRM)))
    (home / "steady.db").unlink()
    again = events(steady("practice", "avoiding-me", "--json", "--seed", "7", lines=(KIND, FIRM)))
    assert first == again


def test_a_turn_to_the_program_is_an_aside(steady: Steady) -> None:
    found = events(steady("practice", "avoiding-me", "--json", lines=("", "what do I say?")))
    assert [event["event"] for event in found].count("aside") == 2
    assert [event["event"] for event in found].count("partner") == 1


def test_commands_work_in_both_line_faces(steady: Steady) -> None:
    lines = ("/hint", KIND, "/again", FIRM, "/end")
    found = events(steady("practice", "avoiding-me", "--json", "--seed", "1", lines=lines))
    assert [event["event"] for event in found if event["event"] in {"hint", "again"}] == [
        "hint",
        "again",
    ]
    plain = steady("practice", "avoiding-me", "--plain", "--seed", "1", lines=(*lines[:1], "/help"))
    assert plain.returncode == 0
    assert "Breathe in" in plain.stdout
    assert "/pause" in plain.stdout


def test_plain_tells_the_feedback_in_words(steady: Steady) -> None:
    done = steady("practice", "avoiding-me", "--plain", "--seed", "1", lines=(KIND, "/end"))
    assert "How it went: stopped early" in done.stdout
    assert "What worked:" in done.stdout
    assert "Validation:" in done.stdout
    assert "\x1b" not in done.stdout


def test_slow_waits_before_the_partner_answers(steady: Steady) -> None:
    done = steady("practice", "avoiding-me", "--plain", "--slow", lines=(KIND, "", "/end"))
    assert "Enter when you are ready" in done.stdout


def test_without_aids_there_is_no_hint(steady: Steady) -> None:
    found = events(steady("practice", "avoiding-me", "--json", "--no-aids", lines=("/hint",)))
    assert "hint" not in {event["event"] for event in found}


def test_a_danger_line_stops_the_scene(steady: Steady) -> None:
    found = events(
        steady("practice", "avoiding-me", "--json", lines=("I want to kill myself.", KIND))
    )
    kinds = [event["event"] for event in found]
    assert kinds == ["start", "partner", "danger", "end", "feedback"]
    assert found[2]["danger"] == "self-harm"


def test_an_unknown_scenario_names_the_nearest(steady: Steady) -> None:
    done = steady("practice", "avoidin-me", "--json")
    assert done.returncode == 1
    assert "avoiding-me" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [("practice", "avoiding-me"), ()])
def test_without_a_terminal_it_says_what_to_use(steady: Steady, words: tuple[str, ...]) -> None:
    done = steady(*words)
    assert done.returncode == 2
    assert "--plain" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("practice", "avoiding-me", "--rung", "hard"),
        ("practice",),
        ("practise", "avoiding-me"),
        ("practice", "avoiding-me", "--plain", "--json"),
    ],
)
def test_wrong_usage_is_status_two(steady: Steady, words: tuple[str, ...]) -> None:
    done = steady(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_hostile_input_never_reaches_the_terminal_raw(steady: Steady) -> None:
    hostile = "\x1b]52;c;aGk=\x07I need \x9b31m20 minutes [/red] \u202eback"
    done = steady("practice", "avoiding-me", "--plain", lines=(hostile, "/again", "/end"))
    assert done.returncode == 0
    assert not any(ord(char) < 32 and char not in "\n\t" for char in done.stdout)
    assert "\u202e" not in done.stdout


def test_a_huge_paste_is_heard_in_part_and_said_so(steady: Steady) -> None:
    found = events(steady("practice", "avoiding-me", "--json", lines=("I need a moment. " * 1200,)))
    assert any(event["event"] == "notice" and "4,000" in event["text"] for event in found)


def test_the_return_begins_with_a_scene_and_has_its_own_criteria(steady: Steady) -> None:
    back = "I said eight, and here I am. I missed you, and I want to hear how it was for you."
    found = events(
        steady("practice", "avoiding-me", "--json", "--return", "at eight", lines=(back,))
    )
    assert [event["event"] for event in found[:2]] == ["start", "scene"]
    assert found[0]["part"] == "return"
    assert [c["name"] for c in found[-1]["criteria"]] == [
        "kept-time",
        "soft-opening",
        "back-to-matter",
        "respect",
    ]
