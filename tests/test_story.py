"""The whole way, on two computers: assigned, opened, rehearsed, shared, imported, reported."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from steady.homework.formats import SharedAttempt

# Well said, from the first line to the last; how far the partner goes along is theirs to decide.
LINES = (
    "I hear that you feel alone with this, and that makes sense. [sighs] I need a minute.",
    "I care about us, so I will come back to you at half past eight. I need that time now.",
    "I know it feels like I'm leaving. I'm not: at half past eight I will sit down with you.",
    "I understand that it is hard to wait. I need the time; I will be there at half past eight.",
    "I hear you. Half past eight, at the kitchen table, and then I will listen.",
    "I know. I still need the time, and I will be back at half past eight.",
)


@dataclass
class Computer:
    """One person's computer."""

    home: Path

    def steady(self, *words: str, lines: tuple[str, ...] = (), status: int = 0) -> str:
        """Run `steady`; returns what it prints once it has ended with `status`."""
        done = subprocess.run(
            [sys.executable, "-m", "steady", *words],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "STEADY_HOME": str(self.home)},
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout if status == 0 else done.stderr

    def files(self) -> dict[str, bytes]:
        """All that lies on it."""
        return {str(p): p.read_bytes() for p in sorted(self.home.rglob("*")) if p.is_file()}


@dataclass
class Story:
    """The therapist's computer, the client's, and the way between them."""

    therapist: Computer
    client: Computer
    post: Path

    def sent(self, name: str) -> str:
        """A file on its way."""
        return str(self.post / name)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    (tmp_path / "post").mkdir()
    return Story(Computer(tmp_path / "office"), Computer(tmp_path / "kitchen"), tmp_path / "post")


def rehearse(story: Story, seed: int, *words: str) -> dict[str, Any]:
    """One rehearsal for the homework; returns its last event but one, the end."""
    told = story.client.steady(
        *("practice", "need-a-minute", "--assignment", "auto", "--json", "--seed", str(seed)),
        *words,
        lines=LINES,
    )
    events = [json.loads(line) for line in told.splitlines()]
    found: dict[str, Any] = next(event for event in events if event["event"] == "end")
    return found


def test_both_sides_from_the_first_pack_to_the_last_report(story: Story) -> None:
    therapist, client = story.therapist, story.client

    # The therapist makes a key, and assigns.
    made = therapist.steady("therapist", "init", "--name", "Dr Moreno")
    fingerprint = re.search(r"(\d{4} ){5}\d{4}", made)
    assert fingerprint is not None
    told = therapist.steady(
        *("therapist", "assign", "Ana", "need-a-minute", "--rung", "gentle", "--times", "3"),
        *("--due", "in 2 weeks", "--note", "Short is fine.", "--out", story.sent("a.steady-pack")),
    )
    assert "gentle, 3 times, by " in told

    # The client sees who it is from, hears the same figures read aloud, and adds it.
    told = client.steady("homework", "open", story.sent("a.steady-pack"), "--yes")
    assert "Dr Moreno" in told
    assert fingerprint[0] in told
    assert "Short is fine." in told
    assert "0 of 3 done, due " in client.steady("homework")

    # Two rehearsals for it; the first is shared as levels only, the second with its words.
    first = rehearse(story, 1)
    client.steady(
        *("share", "--levels-only", "--yes", "--out", story.sent("1.steady-packet")),
        *("--message", "The first one."),
    )
    second = rehearse(story, 2, "--no-aids")
    client.steady("share", "--yes", "--out", story.sent("2.steady-packet"))
    sealed = (story.post / "2.steady-packet").read_bytes()
    assert b"half past eight" not in sealed
    assert len(client.steady("share", "--list").split("Dr Moreno")) == 3

    # The therapist imports both, in the wrong order.
    told = therapist.steady(
        "therapist", "import", story.sent("2.steady-packet"), story.sent("1.steady-packet")
    )
    assert told.count("Ana: 1 new attempt.") == 2
    assert "The first one." in told

    # Importing again changes nothing at all.
    before = therapist.files()
    told = therapist.steady("therapist", "import", story.sent("1.steady-packet"))
    assert "imported before; nothing changed" in told
    assert therapist.files() == before

    # A file that was altered on its way, or that is something else, leaves all as it was.
    spoilt = bytearray(sealed)
    spoilt[-5] ^= 1
    (story.post / "spoilt.steady-packet").write_bytes(spoilt)
    for name in ("spoilt.steady-packet", "a.steady-pack", "none.steady-packet"):
        told = therapist.steady("therapist", "import", story.sent(name), status=1)
        assert told.count("\n") == 1
    assert therapist.files() == before

    # What both see is the same.
    counted = sum(each["outcome"] != "stopped-early" for each in (first, second))
    assert f"{counted} of 3 done" in client.steady("homework")
    told = therapist.steady("therapist", "show", "Ana")
    assert f"{counted} of 3 shared" in told
    for each in (first, second):
        assert each["outcome"].replace("-", " ") in told
    assert "The client shared levels alone" in therapist.steady(
        "therapist", "show", "Ana", "--attempt", "1"
    )
    assert "[sighs] I need a minute." in therapist.steady(
        "therapist", "show", "Ana", "--attempt", "2"
    )
    assert "half past eight" in therapist.steady("therapist", "search", "half past ei")

    # The report, in three forms.
    for form in ("html", "csv", "json"):
        therapist.steady(
            *("therapist", "report", "Ana", f"--{form}", "--words"),
            *("--out", story.sent(f"ana.{form}")),
        )
    page = (story.post / "ana.html").read_text("utf-8")
    assert "<script" not in page
    assert "2 attempts" in page
    assert "[sighs]" in page
    rows = list(csv.DictReader(io.StringIO((story.post / "ana.csv").read_text("utf-8-sig"))))
    assert [row["attempt"] for row in rows] == ["1", "2"]
    whole = json.loads((story.post / "ana.json").read_text("utf-8"))
    attempts = [SharedAttempt.model_validate_json(json.dumps(a)) for a in whole["attempts"]]
    assert [each.words is not None for each in attempts] == [False, True]
    assert [each.outcome for each in attempts] == [first["outcome"], second["outcome"]]


def test_a_newer_packet_of_the_same_attempt_updates_it(story: Story) -> None:
    therapist, client = story.therapist, story.client
    therapist.steady("therapist", "init", "--name", "Dr Moreno")
    therapist.steady(
        *("therapist", "assign", "Ana", "need-a-minute", "--out", story.sent("a.steady-pack"))
    )
    client.steady("homework", "open", story.sent("a.steady-pack"), "--yes")
    rehearse(story, 1)
    for number, words in enumerate(((), ("--levels-only",)), start=1):
        client.steady(
            *("share", "--attempt", "1", "--yes", *words),
            *("--out", story.sent(f"{number}.steady-packet")),
        )
    therapist.steady("therapist", "import", story.sent("1.steady-packet"))
    assert "half past" in therapist.steady("therapist", "search", "half past eight")
    told = therapist.steady("therapist", "import", story.sent("2.steady-packet"))
    assert "Ana: 1 updated attempt." in told
    assert "1 attempt now comes without its words, as the client chose." in told
    assert "Nothing holds these words." in therapist.steady("therapist", "search", "half past")
    told = therapist.steady("therapist", "import", story.sent("1.steady-packet"))
    assert "nothing changed" in told
