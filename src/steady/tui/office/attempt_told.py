"""An attempt as lines: how it was, what was said with its moves marked, levels, what came along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from textual.content import Content

from steady.office import SharedAttempt
from steady.rubric.anchors import anchor, meaning
from steady.safety.cleaning import clean, one_line
from steady.store.caseload import CaseAttempt, CaseTurn
from steady.terms import HURTING, Part, Speaker
from steady.tui.office.told import AIDS, QUIET, felt, folded, on_day
from steady.tui.text import bars, dots, fit, plain, styled
from steady.tui.widgets.sheet import Row, blank, heading

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WHO = 9
_LEVEL_NAME = 14
_FELL = 0.05
_EMBEDDED = "embedded"
_LEVELS_ALONE = "Only levels were shared of this attempt, none of its words."


@dataclass(frozen=True, slots=True)
class Told:
    """The lines of an attempt, and on which of them each turn begins."""

    rows: tuple[Row, ...]
    turns: tuple[int, ...]


def attempt_told(
    full: SharedAttempt, sent: Sequence[str], today: date, width: int, *, beside: bool = False
) -> Told:
    """The whole page. `sent` are sentences on what came along; `beside` leaves out what two pages
    side by side say in another way."""
    rows = [*_head(full.attempt, today, width), blank()]
    rows.append(heading("What was said"))
    starts: list[int] = []
    if full.words is None:
        rows += [Row(line) for line in folded(_LEVELS_ALONE, width)]
    else:
        for turn in full.words.turns:
            starts.append(len(rows))
            rows += turn_rows(turn, full.attempt, width)
        if not full.words.turns:
            rows.append(Row(styled("Nothing.", QUIET)))
    rows.append(blank())
    rows += _tension(full.attempt, width)
    if not beside:
        rows += levels_rows(full, width)
        rows += _feedback(full, width)
        rows += _sent(sent, width)
    return Told(tuple(rows), tuple(starts))


def turn_rows(turn: CaseTurn, attempt: CaseAttempt, width: int) -> Iterator[Row]:
    """One turn: a hint opened before it, who spoke, the words with numbers where a move begins,
    and the moves by number below."""
    client = turn.speaker is Speaker.CLIENT
    if client and not turn.replaced:
        for aid in attempt.aids:
            if aid.number == turn.number:
                yield Row(styled(f"{' ' * _WHO}(before this: {AIDS[aid.aid]})", QUIET))
    words, moves = marked(turn)
    if turn.told:
        yield from (Row(line) for line in folded(words.stylize("italic"), width, indent=_WHO))
        yield blank()
        return
    who = "Client" if client else "Partner"
    style = QUIET if turn.replaced else ""
    lines = folded(words, width - _WHO, style=style) or [Content("")]
    who_style = f"bold {'$accent' if client else '$primary'}" if not turn.replaced else QUIET
    for place, line in enumerate(lines):
        yield Row(Content.assemble((fit("" if place else who, _WHO), who_style), line))
    yield from _below(turn, moves, width)
    yield blank()


def marked(turn: CaseTurn) -> tuple[Content, tuple[str, ...]]:
    """The words, each stretch that shows a move underlined (bold too where it hurts) with a raised
    number before it; and the names of the moves by number."""
    text = turn.text
    found = sorted(turn.moves, key=lambda move: (move.start, move.end))
    bounds = [(min(m.start, len(text)), min(m.end, len(text)), m.move) for m in found]
    edges = sorted({0, len(text), *(edge for start, end, _ in bounds for edge in (start, end))})
    parts: list[Content] = []
    for here, there in pairwise(edges):
        begun = [n for n, (start, _, _) in enumerate(bounds, 1) if start == here]
        parts += [styled(str(number).translate(_RAISED), "$accent") for number in begun]
        over = [move for start, end, move in bounds if start <= here and there <= end]
        style = "bold underline" if any(m in HURTING for m in over) else "underline"
        # Cleaned by the piece: what is taken out of it cannot shift the marks of another.
        piece = clean(text[here:there])
        parts.append(Content.styled(piece, style) if over else Content(piece))
    if not text.strip():
        parts = [styled("(nothing)", QUIET)]
    return Content("").join(parts), tuple(move.value for _, _, move in bounds)


def levels_rows(full: SharedAttempt, width: int) -> Iterator[Row]:
    """Each criterion: dots, what the level means, the words it rests on, how far to trust it."""
    yield heading("Levels, worked out from the wording")
    known = full.words.evidence if full.words else {}
    for level in full.attempt.levels:
        reader = "" if level.reader == _EMBEDDED else f"   read with {one_line(level.reader)}"
        yield Row(
            Content.assemble(
                (fit(anchor(level.criterion).name, _LEVEL_NAME), "bold"),
                styled(dots(level.level), "$primary"),
                styled(reader, QUIET),
            )
        )
        told = plain(meaning(level.criterion, level.level))
        if quote := known.get(level.criterion, "").strip():
            told = Content.assemble(told, plain(f" “{one_line(quote)}”"))
        yield from (Row(line) for line in folded(told, width, indent=2))
        if (found := full.agreement.get(level.criterion)) and found.weak:
            caution = f"Read with caution: {found.spoken}."
            yield from (Row(line) for line in folded(caution, width, indent=2, style="bold"))
    yield blank()


def _head(attempt: CaseAttempt, today: date, width: int) -> Iterator[Row]:
    started = attempt.started.astimezone()
    minutes = max(1, round((attempt.ended - attempt.started).total_seconds() / 60))
    where = "the return" if attempt.part is Part.RETURN else f"{attempt.rung} rung"
    kind = {"probe": "a probe, unaided"}.get(attempt.kind, attempt.kind)
    first = f"{on_day(attempt.started, today)} {started:%H:%M}, {minutes} min · {where} · {kind}"
    yield from (Row(line) for line in folded(first, width))
    ended = f"{attempt.outcome.spoken} · ended: {attempt.ending.value.replace('-', ' ')}"
    yield from (Row(line) for line in folded(styled(ended, "bold"), width))
    if attempt.agreed:
        yield from (Row(line) for line in folded(f"agreed: {attempt.agreed}", width))
    if attempt.before or attempt.after:
        told = f"before: {felt(attempt.before)} · after: {felt(attempt.after)} (of 10)"
        yield from (Row(line) for line in folded(told, width, style=QUIET))
    yield from (Row(line) for line in folded(_hints(attempt), width, style=QUIET))
    if attempt.danger:
        words = "Words marked as danger came with this attempt; they are marked below."
        yield from (Row(line) for line in folded(words, width, style="bold $warning"))


def _hints(attempt: CaseAttempt) -> str:
    if not attempt.aids_offered:
        return "hints were off"
    if not attempt.aids:
        return "hints were on, none used" if not attempt.aided else "hints were used"
    used = [f"{AIDS[each.aid]} before turn {each.number}" for each in attempt.aids]
    return "hints used: " + ", ".join(used)


def _below(turn: CaseTurn, moves: Sequence[str], width: int) -> Iterator[Row]:
    """What a turn did, and what else is to know of it."""
    notes = [f"{str(n).translate(_RAISED)}{move}" for n, move in enumerate(moves, 1)]
    if turn.speaker is Speaker.PARTNER and turn.act is not None:
        notes.append(turn.act.value.replace("-", " "))
    if turn.to_program:
        notes.append("said to the program")
    if turn.replaced:
        notes.append(
            "taken back and said again" if turn.speaker is Speaker.CLIENT else "taken back"
        )
    if notes:
        yield from (
            Row(line) for line in folded(" · ".join(notes), width, indent=_WHO, style=QUIET)
        )
    if turn.danger is not None:
        words = f"marked as danger: {turn.danger.value.replace('-', ' ')}"
        yield Row(styled(" " * _WHO + words, "bold $warning"))


def _tension(attempt: CaseAttempt, width: int) -> Iterator[Row]:
    figures = list(attempt.tension)
    if len(figures) < 2:
        return
    change = figures[-1] - figures[0]
    way = "it fell" if change < -_FELL else "it rose" if change > _FELL else "it stayed"
    label = "Partner's tension  "
    shown = bars(figures[-max(8, width - len(label) - 10) :])
    yield Row(Content.assemble((label, "bold"), (shown, "$primary"), (f"  {way}", QUIET)))
    yield blank()


def _feedback(full: SharedAttempt, width: int) -> Iterator[Row]:
    words = full.words
    if words is None or not (words.keep or words.change):
        return
    yield heading("What the client read afterwards")
    if words.keep:
        told = f"What worked: “{one_line(words.keep.quote)}” {one_line(words.keep.why)}"
        yield from (Row(line) for line in folded(told, width))
    if words.change:
        told = (
            f"One change: instead of “{one_line(words.change.instead)}” try"
            f" “{one_line(words.change.try_)}”. {one_line(words.change.mends)}"
        )
        yield from (Row(line) for line in folded(told, width))
    yield blank()


def _sent(sent: Sequence[str], width: int) -> Iterator[Row]:
    if not sent:
        return
    yield heading("Sent with it")
    for sentence in sent:
        yield from (Row(line) for line in folded(sentence, width))
