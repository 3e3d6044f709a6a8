"""A caseload of its own for each test, and short ways to make packets."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from steady.records import AidUsed, Change, Found, Keep, Practised, SelfRating
from steady.store.caseload import (
    CaseAttempt,
    CaseFieldNote,
    Caseload,
    CasePacket,
    CaseTurn,
    CaseWords,
    Scored,
)
from steady.terms import (
    Act,
    Aid,
    Criterion,
    Ending,
    Move,
    Outcome,
    Part,
    Rung,
    Speaker,
)

SENTENCE = "I hear you. I need 20 minutes, then I'll come back."
_SPACE = UUID("8c5a5b0e-2f60-4e8b-8a7f-3d6f0f0a5b11")


def uuid(name: str) -> str:
    """The same identity for the same name."""
    return str(uuid5(_SPACE, name))


@dataclass
class Ticking:
    """A clock that goes a minute on each time it is asked."""

    now: datetime = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@dataclass
class Practice:
    """Where a test's caseload lies, and records to put into it."""

    path: Path
    clock: Ticking = field(default_factory=Ticking)

    def open(self) -> Caseload:
        return Caseload.open(self.path, clock=self.clock)

    def turns(self, text: str = SENTENCE) -> tuple[CaseTurn, ...]:
        said = datetime(2026, 11, 18, 19, 0, tzinfo=UTC)
        return (
            CaseTurn(
                number=0,
                speaker=Speaker.PARTNER,
                text="Later when?",
                said_at=said,
                tension=0.5,
                heard=0.25,
                trust=0.125,
            ),
            CaseTurn(
                number=1,
                speaker=Speaker.CLIENT,
                text=text,
                said_at=said,
                quality=4.25,
                moves=(Found(Move.VALIDATES, 0, 3, 0.9), Found(Move.ASSERTS, 1, 4, 0.75)),
            ),
            CaseTurn(
                number=2,
                speaker=Speaker.PARTNER,
                text="All right.",
                said_at=said,
                act=Act.ACCEPT,
                tension=0.25,
                heard=0.5,
                trust=0.5,
            ),
        )

    def words(self, text: str = SENTENCE) -> CaseWords:
        return CaseWords(
            turns=self.turns(text),
            evidence={Criterion.VALIDATION: "I hear you."},
            keep=Keep("I hear you.", "You took in the doubt first.", 1),
            change=Change("I might", "I will", "It named no time.", 1),
        )

    def attempt(
        self,
        number: int = 1,
        *,
        scenario: str = "need-a-minute",
        rung: Rung = Rung.FIRM,
        level: int | None = 2,
        day: int = 18,
        assignment: str | None = None,
        aided: bool = False,
        probe: bool = False,
        outcome: Outcome = Outcome.HELD,
        reader: str = "embedded",
        part: Part = Part.TALK,
        ending: Ending = Ending.ACCEPTED,
    ) -> CaseAttempt:
        started = datetime(2026, 11, day, 19, 0, tzinfo=UTC)
        return CaseAttempt(
            number=number,
            assignment=assignment,
            scenario=Practised(scenario, "a" * 64, f"“{scenario}”", "partner"),
            origin="shipped",
            rung=rung,
            part=part,
            agreed="",
            started=started,
            ended=started + timedelta(minutes=4),
            outcome=outcome,
            ending=ending,
            aids_offered=True,
            aided=aided,
            probe=probe,
            slow=False,
            face="screen",
            client_turns=1,
            voice="embedded",
            levels=(
                Scored(Criterion.VALIDATION, level, reader),
                Scored(Criterion.CLEAR_ASK, 3, reader),
                Scored(Criterion.FEW_WORDS, None, reader),
            ),
            before=SelfRating(4, 7),
            after=SelfRating(6, None),
            aids=(AidUsed(Aid.BREATH, 1),) if aided else (),
            tension=(0.5, 0.25),
        )

    def field_note(
        self, name: str = "one", said: str = "yes", text: str = "Alex listened."
    ) -> CaseFieldNote:
        noted = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
        return CaseFieldNote(uuid(name), "need-a-minute", 1, said, text, noted)

    def packet(
        self,
        *attempts: CaseAttempt,
        sequence: int = 1,
        who: str = "ana",
        machine: str | None = None,
        name: str = "Ana",
        words: CaseWords | None = None,
        made: datetime | None = None,
        message: str = "",
        field_notes: tuple[CaseFieldNote, ...] = (),
    ) -> CasePacket:
        """A packet; its identity follows from whose it is, its machine and its sequence."""
        machine = machine or f"{who}'s computer"
        return CasePacket(
            id=uuid(f"{who} {machine} {sequence}"),
            machine=uuid(machine),
            ref=uuid(who),
            name=name,
            sequence=sequence,
            made=made or datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
            message=message,
            attempts=tuple(
                (replace(each, with_words=words is not None), words) for each in attempts
            ),
            field_notes=field_notes,
        )


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path / "caseload.db")
