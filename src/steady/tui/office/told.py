"""How the therapist's screens tell things: days, names, wrapped words, lines on a fixed scale."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from textual.content import Content

from steady.progress.client import Line, Point
from steady.records import SelfRating
from steady.safety.cleaning import one_line
from steady.store.caseload import Client
from steady.terms import Aid
from steady.tui.text import LEVEL_BARS, day, plain
from steady.tui.widgets.sheet import Row

QUIET = "$foreground 70%"
UNRATED = "·"
WITH_MODEL = "⁰¹²³"
"""Levels 0 to 3 of turns that a model read, told apart from the bars without color."""

LEVEL_NAMES = ("not yet", "emerging", "steady", "strong")
AIDS = {
    Aid.BREATH: "a breath",
    Aid.STARTER: "a sentence starter",
    Aid.SCRIPT: "the script",
    Aid.SAMPLE: "a sample line",
}
_SHORT = 8
_EMBEDDED = "embedded"
_ENDS = 5  # attempts at each end of a line that are averaged


def on_day(when: datetime, today: date) -> str:
    """A day by the client's clock as people say it; one still to come is told by its date."""
    local = when.astimezone().date()
    if local > today:
        return f"{local.day} {local:%B %Y}"
    return day(datetime.combine(local, time()), datetime.combine(today, time()))


def names(clients: Iterable[Client]) -> dict[str, str]:
    """What each client is called, by reference: two of one name are told apart."""
    everybody = list(clients)
    shared = Counter(_folded(each.name) for each in everybody)
    return {
        each.ref: one_line(each.name)
        + (f" ({each.ref[:_SHORT]})" if shared[_folded(each.name)] > 1 else "")
        for each in everybody
    }


def counted(count: int, what: str) -> str:
    """ "1 attempt", "2 attempts"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def folded(
    text: str | Content, width: int, *, indent: int = 0, hanging: int = 0, style: str = ""
) -> list[Content]:
    """Any text in lines of at most `width` cells; all but the first stand in by `hanging`."""
    content = plain(text) if isinstance(text, str) else text
    if style:
        content = content.stylize(style)
    room = max(8, width - indent - hanging)
    lines: list[Content] = []
    for line in content.split(allow_blank=True):
        whole = line.expand_tabs(4)
        lines.extend(whole.wrap(room) if whole.plain.strip() else [Content("")])
    margin, inner = Content(" " * indent), Content(" " * (indent + hanging))
    return [(inner if place else margin) + line for place, line in enumerate(lines)]


def told_rows(text: str | Content, width: int, *, indent: int = 0, style: str = "") -> list[Row]:
    """Any text as rows that are only read."""
    return [Row(line) for line in folded(text, width, indent=indent, style=style)]


def figure(point: Point) -> str:
    """One level as a sign on the fixed scale."""
    return LEVEL_BARS[point.level] if point.reader == _EMBEDDED else WITH_MODEL[point.level]


def drawn(points: Sequence[Point], latest: int) -> str:
    """The latest levels of one kind, a sign each, the newest on the right."""
    return "".join(figure(point) for point in points[-latest:]) or "–"


def ends(values: Sequence[float]) -> str:
    """The mean of the first five and of the last; of all where there are fewer than ten."""
    if not values:
        return ""
    if len(values) < 2 * _ENDS:
        return f"{sum(values) / len(values):.1f}"
    return f"{sum(values[:_ENDS]) / _ENDS:.1f} to {sum(values[-_ENDS:]) / _ENDS:.1f}"


def read_with_models(lines: Iterable[Line]) -> bool:
    """Whether a level in these lines rests on a model's reading."""
    return any(point.reader != _EMBEDDED for line in lines for point in line.points)


def felt(rating: SelfRating | None) -> str:
    """A self-rating, each figure of 10."""
    if rating is None:
        return "not told"
    told = (("sure", rating.sure), ("tense", rating.tense))
    return ", ".join(f"{name} {value}" for name, value in told if value is not None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
