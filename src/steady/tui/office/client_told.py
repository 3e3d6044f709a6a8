"""A client's path as lines, part by part."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from textual.content import Content

from steady.progress.calibration import Agreement
from steady.progress.caseload import Look, Reason
from steady.progress.client import EVERYTHING, KINDS, ClientView, Line, Slice
from steady.progress.due import Standing, State
from steady.rubric.anchors import anchor
from steady.safety.cleaning import one_line
from steady.store.caseload import CaseAttempt
from steady.terms import CRITERIA, Criterion, Outcome, Part
from steady.tui.office.told import (
    LEVEL_NAMES,
    QUIET,
    UNRATED,
    drawn,
    ends,
    on_day,
    read_with_models,
    told_rows,
)
from steady.tui.text import LEVEL_BARS, bars, fit, styled
from steady.tui.widgets.sheet import Row, blank, heading

_CRITERION = 14
_SAID = {"yes": "said for real", "no": "not said", "not yet": "not said yet"}
_DO = (
    ("assign", "Assign homework", "a"),
    ("report", "Write a report", "r"),
    ("search", "Search this client's words", "s"),
    ("note", "Write a note", "n"),
    ("rename", "Another name", ""),
    ("erase", "Erase this client from the caseload", ""),
)


def client_rows(
    view: ClientView,
    reasons: Sequence[Reason],
    agreement: Mapping[Criterion, Agreement],
    today: date,
    width: int,
) -> list[Row]:
    """The whole page."""
    parts: tuple[Callable[[], Iterator[Row]], ...] = (
        partial(_looked_at, view, width),
        partial(_look, view, reasons, width),
        partial(_told, view, today, width, new=True),
        partial(_homework, view),
        partial(_levels, view, agreement, width),
        partial(_felt, view, width),
        partial(_rungs, view),
        partial(_told, view, today, width, new=False),
        partial(_notes, view, today, width),
        partial(_attempts, view, today),
        _do,
    )
    rows: list[Row] = []
    for part in parts:
        found = list(part())
        if found:
            rows += [*found, blank()]
    return rows[:-1]


def sliced(chosen: Slice, scenarios: Mapping[str, str]) -> str:
    """Which attempts are looked at, in words."""
    told = []
    if chosen.scenario is not None:
        told.append(one_line(scenarios.get(chosen.scenario, chosen.scenario)))
    if chosen.rung is not None:
        told.append(f"{chosen.rung} rung")
    if chosen.since is not None:
        told.append(f"from {chosen.since.day} {chosen.since:%B %Y}")
    if chosen.until is not None:
        told.append(f"until {chosen.until.day} {chosen.until:%B %Y}")
    return ", ".join(told)


def _looked_at(view: ClientView, width: int) -> Iterator[Row]:
    if view.slice != EVERYTHING:
        what = sliced(view.slice, dict(view.scenarios))
        yield Row(
            Content.assemble("Only  ", styled(fit(what, width - 6).rstrip(), "bold")), "filter"
        )


def _look(view: ClientView, reasons: Sequence[Reason], width: int) -> Iterator[Row]:
    known = view.client.assigned
    if not reasons and known and not view.clock:
        return
    yield heading("Needs a look" if reasons else "To know")
    for reason in reasons:
        style = "bold $warning" if reason.look is Look.DANGER else ""
        yield from told_rows(reason.sentence, width, style=style)
    if not known:
        words = "Nothing was assigned here to this client; they are known from a packet alone."
        yield from told_rows(words, width)
    if view.clock:
        yield from told_rows(view.clock, width, style=QUIET)


def _homework(view: ClientView) -> Iterator[Row]:
    if not view.assignments:
        return
    yield heading("Homework")
    order = [State.OVERDUE, State.SOON, State.OPEN, State.DONE]
    for each in sorted(view.assignments, key=lambda stands: order.index(stands.state)):
        yield Row(_standing(each))


def _standing(each: Standing) -> Content:
    asked = each.assigned
    aids = {"on": "hints on", "off": "hints off"}.get(asked.aids or "", "")
    style = "bold" if each.state is State.OVERDUE else "dim" if each.state is State.DONE else ""
    return Content.assemble(
        styled(fit(asked.title, 26), style),
        "  ",
        (fit(asked.rung.value, 7), QUIET),
        "  ",
        fit(each.progress, 8),
        styled(fit(each.spoken, 16), style),
        (aids, QUIET),
    )


def _levels(
    view: ClientView, agreement: Mapping[Criterion, Agreement], width: int
) -> Iterator[Row]:
    if not view.attempts:
        return
    column = max(10, (width - _CRITERION - 3) // 3)
    yield Row(
        Content.assemble(
            ("Levels".ljust(_CRITERION + 1), "bold"),
            (
                " ".join(fit("probes" if kind == "probe" else kind, column) for kind in KINDS),
                QUIET,
            ),
        ),
        part=True,
    )
    both = (*view.lines, *(line for line in view.return_lines if line.points))
    for place, line in enumerate(both):
        if line.part is Part.RETURN and both[place - 1].part is Part.TALK:
            yield Row(styled("In the return", QUIET))
        yield from _line(line, place, agreement[line.criterion].weak, column)
    scale = "  ".join(f"{bar} {word}" for bar, word in zip(LEVEL_BARS, LEVEL_NAMES, strict=True))
    yield Row(styled(f"{scale}   newest on the right", QUIET))
    if read_with_models(both):
        yield Row(styled("⁰¹²³ the same levels, where a model read the words", QUIET))
    if any(agreement[line.criterion].weak for line in both):
        yield Row(styled("* read with caution: your own ratings agree only weakly", QUIET))


def _line(line: Line, place: int, weak: bool, column: int) -> Iterator[Row]:
    """The latest of each kind, and below how the means of the first and the last five compare."""
    name = anchor(line.criterion).name + ("*" if weak else "")
    told, means = [], []
    for kind in KINDS:
        points = line.of(kind)
        told.append(fit(drawn(points, column - 1), column))
        means.append(fit(ends([point.level for point in points]), column))

    yield Row(
        Content.assemble(fit(name, _CRITERION), " ", (" ".join(told), "$primary")), f"line:{place}"
    )
    if any(mean.strip() for mean in means):
        yield Row(
            Content.assemble(" " * (_CRITERION + 1), (" ".join(means), QUIET)), f"line:{place}"
        )


def _felt(view: ClientView, width: int) -> Iterator[Row]:
    """Confidence and tension before and after, 0 to 10."""
    column = max(10, (width - _CRITERION - 2) // 2)
    rows = []
    for measure, name in (("sure", "Confidence"), ("tense", "Tension")):
        told, means = [], []
        for moment in ("before", "after"):
            figures = [
                value
                for point in view.felt
                if (rating := getattr(point, moment)) is not None
                and (value := getattr(rating, measure)) is not None
            ]
            told.append(fit(bars([value / 10 for value in figures[1 - column :]]) or "–", column))
            means.append(fit(ends(figures), column))
        if not any(mean.strip() for mean in means):
            continue
        rows.append(Row(Content.assemble(fit(name, _CRITERION), " ", (" ".join(told), "$primary"))))
        rows.append(Row(Content.assemble(" " * (_CRITERION + 1), (" ".join(means), QUIET))))
    if rows:
        heads = f"{fit('before', column)} after, each 0 to 10"
        yield Row(
            Content.assemble(("They felt".ljust(_CRITERION + 1), "bold"), (heads, QUIET)), part=True
        )
        yield from rows


def _rungs(view: ClientView) -> Iterator[Row]:
    if not view.rungs:
        return
    yield heading("Rungs")
    for each in view.rungs:
        times = f"{each.held} of {each.times} held"
        rest = f"last {each.last.spoken}"
        if each.best is not Outcome.HELD and each.best is not each.last:
            rest += f", best {each.best.spoken}"
        yield Row(
            Content.assemble(
                fit(each.title, 27),
                "  ",
                (fit(each.rung.value, 7), QUIET),
                "  ",
                fit(times, 14),
                (rest, QUIET),
            ),
            f"beside:{each.scenario}:{each.rung}",
        )
    told = [f"{view.outcomes[o]:,} {o.spoken}" for o in Outcome if view.outcomes[o]]
    yield Row(styled("All in all  " + " · ".join(told), QUIET))


def _told(view: ClientView, today: date, width: int, *, new: bool) -> Iterator[Row]:
    """Messages and field notes: those that came new stand near the top, the others further down."""
    fresh = {each.packet for each in view.attempts if each.new}
    messages = [
        packet
        for packet in view.packets
        if packet.message.strip() and (packet.number in fresh) is new
    ]
    notes = [note for note in reversed(view.field_notes) if note.new is new]
    if not (notes or messages):
        return
    yield heading("New from them" if new else "What they told")
    for packet in messages:
        yield Row(styled(f"With a packet, {on_day(packet.made, today)}", QUIET))
        yield from told_rows(f"“{packet.message.strip()}”", width, indent=2)
    for note in notes:
        title = fit(one_line(note.title), 30).rstrip()
        said = _SAID.get(note.said, one_line(note.said))
        about = f" · {title} · {on_day(note.noted, today)}"
        yield Row(Content.assemble((said, "bold"), styled(about, QUIET)))
        if note.text.strip():
            yield from told_rows(f"“{note.text.strip()}”", width, indent=2)


def _notes(view: ClientView, today: date, width: int) -> Iterator[Row]:
    if not view.notes:
        return
    yield heading("Your notes")
    for note in view.notes:
        name = f"own-note:{note.id}"
        yield Row(styled(on_day(note.noted, today), QUIET), name)
        yield from (Row(row.text, name) for row in told_rows(note.text, width, indent=2))


def _attempts(view: ClientView, today: date) -> Iterator[Row]:
    if not view.attempts:
        yield heading("Attempts")
        words = (
            "None of them is among those chosen."
            if view.slice != EVERYTHING
            else "Nothing was shared yet. Packets that come are taken in with i, on the caseload."
        )
        yield Row(styled(words, QUIET))
        return
    yield Row(
        Content.assemble(
            ("Attempts", "bold"),
            ("  newest first, • not seen yet; figures in the order above", QUIET),
        ),
        part=True,
    )
    for each in reversed(view.attempts):
        yield Row(partial(_attempt, each, today), f"attempt:{each.id}")


def _attempt(each: CaseAttempt, today: date) -> Content:
    """One attempt in a line: when, what, how hard, how, what came of it, levels, words or not."""
    where = "return" if each.part is Part.RETURN else each.rung.value
    levels = each.levels_by_criterion
    figures = [levels.get(criterion) for criterion in CRITERIA[each.part]]
    marks = "".join(UNRATED if level is None else str(level) for level in figures)
    last = "danger" if each.danger else "" if each.with_words else "levels"
    return Content.assemble(
        ("• " if each.new else "  ", "bold"),
        fit(on_day(each.started, today), 12),
        " ",
        fit(each.scenario.title, 14),
        " ",
        (fit(where, 8), QUIET),
        (fit("" if each.kind == "unaided" else each.kind, 6), QUIET),
        fit(each.outcome.spoken, 14),
        (fit(marks, 8), "$primary"),
        (last, "bold $warning" if each.danger else QUIET),
    )


def _do() -> Iterator[Row]:
    yield heading("Do")
    for name, words, key in _DO:
        yield Row(Content.assemble(fit(words, 40), (key, QUIET)), name)
