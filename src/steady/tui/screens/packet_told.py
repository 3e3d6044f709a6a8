"""A packet as a person reads it: what was said line by line, and each figure by its name."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from steady.rubric.anchors import anchor
from steady.terms import Part, Speaker, came_out

if TYPE_CHECKING:
    from steady.homework.formats import Packet, SharedAttempt, SharedRating, SharedTurn


def told(packet: "Packet") -> Iterator[str]:
    """All that a packet tells, a line each; a blank line after each part."""
    yield f"From {packet.client.name}, written {_when(packet.made)}"
    if packet.message:
        yield f"Your message: {packet.message}"
    yield ""
    for attempt in packet.attempts:
        yield from _attempt(attempt)
        yield ""
    for note in packet.field_notes:
        yield f"Field note of {_when(note.noted_at)}, said for real: {note.said}"
        yield from ([f"  {note.text}"] if note.text else [])
        yield ""


def _attempt(attempt: "SharedAttempt") -> Iterator[str]:
    part = ", the return" if attempt.part is Part.RETURN else ""
    yield f"{attempt.scenario.title}, {attempt.rung.value}{part}"
    how = came_out(attempt.outcome, attempt.ending)
    yield f"  {_when(attempt.started)} to {_when(attempt.ended)}: {how}"
    if attempt.agreed:
        yield f"  The return that was agreed: {attempt.agreed}"
    hints = ", ".join(each.aid.value for each in attempt.aids)
    yield f"  Hints opened: {hints or 'none'}" + (" · a check, without hints" * attempt.probe)
    levels = (f"{anchor(each.criterion).name} {_figure(each.level)}" for each in attempt.levels)
    yield f"  Levels, 0 to 3: {', '.join(levels)}"
    if attempt.before or attempt.after:
        yield f"  How you felt before: {_rated(attempt.before)}; after: {_rated(attempt.after)}"
    if attempt.tension:
        course = " ".join(f"{figure:.2f}" for figure in attempt.tension)
        yield f"  Their tension after each line, 0 to 1: {course}"
    if attempt.words is None:
        yield "  None of the words."
        return
    for turn in attempt.words.turns:
        yield f"  {_who(turn)}: {turn.text}{_marks(turn)}"
    for criterion, evidence in attempt.words.evidence.items():
        yield f"  {anchor(criterion).name} rests on: {evidence or 'nothing said'}"
    if keep := attempt.words.keep:
        yield f"  What worked: {keep.quote} {keep.why}"
    if change := attempt.words.change:
        yield f"  One change: instead of {change.instead} try {change.try_}"


def _who(turn: "SharedTurn") -> str:
    if turn.speaker is Speaker.CLIENT:
        return "You"
    return "What is shown" if turn.told else "They"


def _marks(turn: "SharedTurn") -> str:
    marks = []
    if turn.danger is not None:
        marks.append("marked as danger")
    if turn.to_program:
        marks.append("to the program")
    if turn.replaced and turn.speaker is Speaker.CLIENT:
        marks.append("said again later")
    return f"  ({', '.join(marks)})" if marks else ""


def _figure(level: int | None) -> str:
    return "not rated" if level is None else str(level)


def _rated(rating: "SharedRating | None") -> str:
    if rating is None:
        return "skipped"
    sure, tense = (
        "skipped" if figure is None else str(figure) for figure in (rating.sure, rating.tense)
    )
    return f"sure {sure}, tense {tense}"


def _when(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"
