"""A history of its own for each test, and short ways to say things in it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import steady
from steady.records import (
    BOTH,
    AttemptStart,
    Change,
    ClientTurn,
    Feedback,
    Found,
    Keep,
    Level,
    PartnerTurn,
    Practised,
    ProposedMove,
    Reading,
    Stance,
    TimePhrase,
)
from steady.store import Store
from steady.terms import Act, Criterion, Danger, Ending, Move, Outcome, Rung

SENTENCE = "I hear you. I need 20 minutes, then I'll come back."


@dataclass
class Ticking:
    """A clock that goes a minute on each time it is asked."""

    now: datetime = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@dataclass
class Desk:
    """Where a test's history lies, and records to put into it."""

    path: Path
    clock: Ticking = field(default_factory=Ticking)

    def open(self, patience: float = 5.0) -> Store:
        return Store.open(self.path, clock=self.clock, patience=patience)

    def raw(self) -> closing[sqlite3.Connection]:
        """The file as any other program would open it."""
        return closing(sqlite3.connect(self.path, isolation_level=None))

    def start(
        self, scenario: str = "minute", rung: Rung = Rung.FIRM, content_hash: str = "a1"
    ) -> AttemptStart:
        practised = Practised(scenario, content_hash, f"“{scenario}”, {content_hash}", "partner")
        return AttemptStart(practised, rung, 7, True, False, "screen")

    def partner(
        self, number: int, text: str = "Later when?", act: Act | None = None
    ) -> PartnerTurn:
        return PartnerTurn(number, text, act, Stance(0.5, 0.25, 0.125), '{"pushes": 2}')

    def client(
        self,
        number: int,
        text: str = SENTENCE,
        reading: Reading | None = None,
        danger: Danger | None = None,
        to_program: bool = False,
    ) -> ClientTurn:
        return ClientTurn(number, text, reading or Reading(text), danger, to_program)

    def full_reading(self) -> Reading:
        """A reading with something in every field."""
        return Reading(
            text=SENTENCE,
            found=(
                Found(Move.ASSERTS, 12, 29, 0.9371),
                Found(Move.VALIDATES, 0, 10, 0.81),
                Found(Move.COMMITS, 12, 29, 0.5001),
            ),
            quality=4.25,
            times=(TimePhrase(19, 29, "20 minutes", "in 20 minutes", 20),),
            probabilities={Move.ASSERTS: 0.9371, Move.BLAMES: 0.0123456789012345},
        )

    def feedback(
        self,
        outcome: Outcome = Outcome.HELD,
        level: int | None = 2,
        ending: Ending = Ending.ACCEPTED,
    ) -> Feedback:
        return Feedback(
            outcome=outcome,
            ending=ending,
            levels=(
                Level(Criterion.VALIDATION, level, "I hear you.", 1),
                Level(Criterion.CLEAR_ASK, 3, "I need 20 minutes", 1),
                Level(Criterion.FEW_WORDS, None),
            ),
            keep=Keep("I hear you.", "You took in the doubt first.", 1),
            change=Change("I might", "I will", "It named no time.", 3),
            reader=BOTH,
            coach="The coach’s change named a time of its own.",
            proposed=(ProposedMove(1, "model", Move.ASSERTS, 12, 29, True, "both found it"),),
        )

    def attempt(
        self,
        store: Store,
        outcome: Outcome | None = None,
        *,
        scenario: str = "minute",
        rung: Rung = Rung.FIRM,
        line: str = "Later when?",
    ) -> int:
        """An attempt with three turns, ended where an outcome is given."""
        attempt = store.begin(self.start(scenario, rung))
        store.partner_turn(attempt, self.partner(0, line))
        store.client_turn(attempt, self.client(1))
        store.partner_turn(attempt, self.partner(2, line + " And then?", Act.PRESS))
        if outcome is not None:
            store.end(attempt, self.feedback(outcome))
        return attempt

    def elsewhere(self, script: str, *words: str) -> subprocess.Popen[str]:
        """Another Python running a script, `words` as its arguments."""
        return subprocess.Popen(
            [sys.executable, "-c", script, str(self.path), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.path.parent,
            env={**os.environ, "PYTHONPATH": str(Path(steady.__file__).parents[1])},
        )

    def run_elsewhere(self, script: str, *words: str) -> str:
        """What such a script prints, once it has ended well."""
        with self.elsewhere(script, *words) as other:
            out, err = other.communicate(timeout=60)
        assert other.returncode == 0, err
        return out


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "steady.db")
