"""A report as one page: no script, nothing loaded from anywhere, to be read or printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from steady.progress.client import KINDS, ClientView, Line
from steady.progress.report import COMPUTED, Report
from steady.progress.report.charts import MANY, Series, chart, course
from steady.records import SelfRating
from steady.rubric.anchors import anchor
from steady.store.caseload import CaseAttempt, CaseTurn, CaseWords
from steady.terms import CRITERIA, Criterion, Part

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

_MEASURES = (("sure", "Confidence"), ("tense", "Tension"))
_EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart with its words. `rows` are what the chart shows, as a small table."""

    name: str
    asks: str
    agreement: str
    weak: bool
    svg: "Markup"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a turn's text, with the moves that it shows."""

    text: str
    moves: str


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as the page shows it."""

    speaker: str
    pieces: tuple[Piece, ...]
    replaced: bool
    marked: str


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """An attempt with its words, as the page shows it."""

    heading: str
    attempt: CaseAttempt
    turns: tuple[ShownTurn, ...]


def as_html(report: Report) -> str:
    """The whole page."""
    view = report.view
    return _template().render(
        report=report,
        view=view,
        computed=COMPUTED,
        period=_period(view),
        kinds={kind: sum(1 for a in view.attempts if a.kind == kind) for kind in KINDS},
        outcomes=view.outcomes_told,
        figures=list(_figures(report, view.lines)),
        return_figures=list(_figures(report, view.return_lines)),
        felt=list(_felt(view)),
        models=[reader for reader in view.readers if reader != _EMBEDDED],
        talk_criteria=[(c, anchor(c).name) for c in CRITERIA[Part.TALK]],
        return_criteria=[(c, anchor(c).name) for c in CRITERIA[Part.RETURN]],
        pairs=list(_side_by_side(report)),
        names={criterion: anchor(criterion).name for criterion in Criterion},
        felt_pair=_felt_pair,
        averaged="fifteen" if len(view.attempts) > MANY else "five",
        day=_day,
        minute=_minute,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    source = files("steady.progress.report").joinpath("data", "report.html.jinja")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(source.read_text("utf-8"))


def _period(view: ClientView) -> str:
    if not view.attempts:
        return "No attempts in this period"
    days = [each.started.astimezone().date() for each in view.attempts]
    first, last = min(days), max(days)
    between = _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    count = len(view.attempts)
    return f"{count} attempt{'s' * (count != 1)}, {between}"


def _ends(view: ClientView) -> tuple[str, str]:
    """What stands below the first and the last attempt of a chart."""
    first, last = (_day(view.attempts[end].started.astimezone()) for end in (0, -1))
    return f"1: {first}", f"{last}: {len(view.attempts)}"


def _figures(report: Report, lines: Sequence[Line]) -> Iterator[Figure]:
    """A chart for each criterion that was ever rated."""
    from markupsafe import Markup

    for line in lines:
        if not line.points:
            continue
        named = anchor(line.criterion)
        found = report.agreement[line.criterion]
        rows = tuple(
            (kind, course([point.level for point in line.of(kind)]))
            for kind in KINDS
            if line.of(kind)
        )
        svg = chart(
            f"{line.part}-{line.criterion}",
            f"{named.name} over the attempts, 0 to 3",
            "; ".join(f"{kind}: {told}" for kind, told in rows)
            + ". Each level stands in the table of all attempts.",
            [Series(kind, tuple((p.position, p.level) for p in line.of(kind))) for kind in KINDS],
            positions=len(report.view.attempts),
            ends=_ends(report.view),
            top=3,
            ticks=[p.position for p in line.points if p.reader != _EMBEDDED],
        )
        # Built of figures and our own words alone, so it is markup already.
        safe = Markup(svg)  # noqa: S704
        agreed = found.told(report.therapist)
        yield Figure(named.name, named.asks, agreed, found.weak, safe, rows)


def _felt(view: ClientView) -> Iterator[Figure]:
    from markupsafe import Markup

    for measure, name in _MEASURES:
        series = [
            Series(
                moment,
                tuple(
                    (point.position, figure)
                    for point in view.felt
                    if (figure := _figure(getattr(point, moment), measure)) is not None
                ),
            )
            for moment in ("before", "after")
        ]
        rows = tuple(
            (each.kind, course([value for _, value in each.points]))
            for each in series
            if each.points
        )
        if not rows:
            continue
        svg = chart(
            f"felt-{measure}",
            f"{name} before and after each attempt, 0 to 10",
            "; ".join(f"{moment}: {told}" for moment, told in rows)
            + ". Each figure stands in the table of all attempts.",
            series,
            positions=len(view.attempts),
            ends=_ends(view),
            top=10,
        )
        yield Figure(name, "", "", False, Markup(svg), rows)  # noqa: S704


def _figure(rating: SelfRating | None, measure: str) -> int | None:
    if rating is None:
        return None
    return rating.sure if measure == "sure" else rating.tense


def _side_by_side(report: Report) -> Iterator[tuple[str, tuple[ShownAttempt, ...]]]:
    """For each scenario whose words came along, the first and the latest talk."""
    of_scenario: dict[str, list[CaseAttempt]] = {}
    for each in report.view.attempts:
        if each.id in report.words and each.part is Part.TALK:
            of_scenario.setdefault(each.scenario.id, []).append(each)
    for found in of_scenario.values():
        first = _shown("First", found[0], report.words[found[0].id])
        if len(found) == 1:
            yield found[0].scenario.title, (first,)
        else:
            latest = _shown("Latest", found[-1], report.words[found[-1].id])
            yield found[-1].scenario.title, (first, latest)


def _shown(heading: str, attempt: CaseAttempt, words: CaseWords) -> ShownAttempt:
    return ShownAttempt(
        heading,
        attempt,
        tuple(
            ShownTurn(
                turn.speaker.value,
                tuple(_pieces(turn)),
                bool(turn.replaced),
                turn.danger.value if turn.danger else "",
            )
            for turn in words.turns
        ),
    )


def _pieces(turn: CaseTurn) -> Iterator[Piece]:
    """The turn cut where a move begins or ends."""
    edges = {0, len(turn.text)}
    for found in turn.moves:
        edges |= {min(found.start, len(turn.text)), min(found.end, len(turn.text))}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        moves = [f.move.value for f in turn.moves if f.start <= start and end <= f.end]
        yield Piece(turn.text[start:end], ", ".join(moves))


def _felt_pair(attempt: CaseAttempt, measure: str) -> str:
    """How it was before and after, such as "4, 6"; a dash where it was skipped."""
    told = [_figure(rating, measure) for rating in (attempt.before, attempt.after)]
    return ", ".join("–" if figure is None else str(figure) for figure in told)


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
