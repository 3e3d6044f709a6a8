"""What a packet will hold, told before it is written; all of it comes from the packet itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from steady.homework.sharing import Draft
from steady.records import SelfRating
from steady.terms import Criterion, Ending, Outcome, Part, Rung, Speaker, came_out

if TYPE_CHECKING:
    from steady.homework.formats import SharedAttempt


@dataclass(frozen=True, slots=True)
class AttemptPreview:
    """One attempt as it would travel.

    `words` says that what was said goes along: `turns` turns, `yours` of them the client's, with
    those said again. `left_out` turns marked as danger stay here; `danger` of them go.
    """

    attempt: int
    title: str
    scenario: str
    rung: Rung
    part: Part
    started: datetime
    outcome: Outcome
    ending: Ending
    levels: dict[Criterion, int | None]
    before: SelfRating | None
    after: SelfRating | None
    words: bool
    turns: int
    yours: int
    danger: int
    left_out: int

    @property
    def came_out(self) -> str:
        """How it came out, as it is said on screen."""
        return came_out(self.outcome, self.ending)

    @property
    def told(self) -> str:
        """What travels of this attempt, as a sentence."""
        if not self.words:
            return "Levels only: how it went in figures, and none of the words."
        what = f"With the words: {self.turns} turns, {self.yours} of them yours"
        if self.danger:
            what += f", {self.danger} marked as danger"
        if self.left_out:
            one = "one turn" if self.left_out == 1 else f"{self.left_out} turns"
            what += f"; {one} marked as danger {'stays' if self.left_out == 1 else 'stay'} here"
        return f"{what}."


@dataclass(frozen=True, slots=True)
class Preview:
    """A packet before it is written: for whom, from whom, and each thing in it."""

    therapist: str
    fingerprint: str
    client: str
    message: str
    attempts: tuple[AttemptPreview, ...]
    notes: tuple[str, ...]
    _packet: dict[str, Any]

    def lines(self) -> Iterator[str]:
        """The whole of it in a few lines, for a person to read."""
        yield f"For {self.therapist}, whose key reads {self.fingerprint}."
        yield f"From {self.client}, the name your therapist gave you."
        if self.message:
            yield f"Your message: {self.message}"
        for each in self.attempts:
            when = f"{each.started.astimezone():%d %B %Y, %H:%M}".lstrip("0")
            part = ", the return" if each.part is Part.RETURN else ""
            yield f"{each.attempt}. {each.title}, {each.rung}{part}, {when}: {each.came_out}."
            yield f"   {each.told}"
        if self.notes:
            yield f"Field notes, with their words: {len(self.notes)}"
            yield from (f"   {note}" for note in self.notes if note)
        yield (
            "With every attempt go the levels, your ratings before and after, which hints you "
            "opened, and when it was."
        )

    def everything(self) -> Iterator[str]:
        """Every single thing in the packet, a line each, exactly as it is written."""
        yield from _spelled(self._packet, "")


def preview(draft: Draft) -> Preview:
    """What a draft would send."""
    packet = draft.packet
    return Preview(
        therapist=draft.to.therapist,
        fingerprint=draft.to.fingerprint,
        client=packet.client.name,
        message=packet.message,
        attempts=tuple(_attempt(each, draft.left_out) for each in packet.attempts),
        notes=tuple(note.text for note in packet.field_notes),
        _packet=packet.model_dump(mode="json", by_alias=True),
    )


def _attempt(shared: "SharedAttempt", left_out: dict[int, int]) -> AttemptPreview:
    turns = shared.words.turns if shared.words else ()
    return AttemptPreview(
        attempt=shared.number,
        title=shared.scenario.title,
        scenario=shared.scenario.id,
        rung=shared.rung,
        part=shared.part,
        started=shared.started,
        outcome=shared.outcome,
        ending=shared.ending,
        levels={each.criterion: each.level for each in shared.levels},
        before=SelfRating(shared.before.sure, shared.before.tense) if shared.before else None,
        after=SelfRating(shared.after.sure, shared.after.tense) if shared.after else None,
        words=shared.words is not None,
        turns=len(turns),
        yours=sum(turn.speaker is Speaker.CLIENT for turn in turns),
        danger=sum(turn.danger is not None for turn in turns),
        left_out=left_out.get(shared.number, 0),
    )


def _spelled(value: Any, name: str) -> Iterator[str]:
    """A value of JSON as lines `path: value`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _spelled(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for at, inner in enumerate(value, start=1):
            yield from _spelled(inner, f"{name} {at}")
        if not value:
            yield f"{name}: none"
    else:
        yield f"{name}: {'none' if value is None else value}"
