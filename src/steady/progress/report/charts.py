"""Charts as SVG text: lines on a fixed scale, told apart by shape as well as by color.

Everything that stands in them is a figure or a word of our own, so nothing needs escaping.
Colors come from the page's style sheet, by class.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

WINDOW, WIDE = 5, 15
"""How many attempts of one kind a line averages, and how many where there are a great many."""

_WIDTH, _HEIGHT = 640, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 8, 10, 20
_TICK = 5
_HOLLOW = frozenset({"aided", "before"})

MANY = 60
"""From how many attempts on there are a great many."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of dots and their line. `kind` names the class and thereby the shape: "unaided",
    "aided", "probe", "before" or "after". Points are position and value."""

    kind: str
    points: tuple[tuple[int, float], ...]


def chart(
    name: str,
    title: str,
    desc: str,
    series: Sequence[Series],
    *,
    positions: int,
    ends: tuple[str, str],
    top: int,
    ticks: Sequence[int] = (),
) -> str:
    """A chart over `positions` attempts from left to right and values 0 to `top`.

    `name` is unique on the page; `ends` are told below the first and the last position, `ticks`
    are positions marked below the axis.
    """
    x = _across(positions)
    y = _up(top)
    grid = range(0, top + 1, 1 if top < _TICK else _TICK)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{name}-t {name}-d">',
        f'<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>',
        *(
            f'<path class="grid" d="M{_LEFT} {y(v)}H{_WIDTH - _RIGHT}"/>'
            f'<text class="axis" x="{_LEFT - 8}" y="{y(v) + 4:.1f}" text-anchor="end">{v}</text>'
            for v in grid
        ),
        f'<text class="axis" x="{_LEFT}" y="{_HEIGHT - 2}">{ends[0]}</text>',
    ]
    if positions > 1:
        parts.append(
            f'<text class="axis" x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 2}" text-anchor="end">'
            f"{ends[1]}</text>"
        )
    if ticks:
        marks = "".join(f"M{x[at]} {_HEIGHT - 17}v5" for at in ticks)
        parts.append(f'<path class="model" d="{marks}"/>')
    many = " many" if positions > MANY else ""
    for each in series:
        at = [(x[position], y(value)) for position, value in each.points]
        if not at:
            continue
        dots = _dots(each.kind, at)
        parts.append(f'<path class="dot {each.kind}{many}" d="{dots}"/>')
        if each.kind in _HOLLOW and not many:
            parts.append(f'<path class="hole" d="{dots}"/>')
    for each in series:
        means = running((value for _, value in each.points), WIDE if many else WINDOW)
        if len(means) > 1:
            at = [(x[p], y(mean)) for (p, _), mean in zip(each.points, means, strict=True)]
            drawn = "M" + "L".join(f"{across} {up}" for across, up in at)
            parts.append(f'<path class="line {each.kind}" d="{drawn}"/>')
    parts.append("</svg>")
    return "".join(parts)


def running(values: Iterable[float], width: int) -> list[float]:
    """The means of each value and those before it, `width` in all where there are so many."""
    kept = list(values)
    total = 0.0
    means = []
    for end, value in enumerate(kept, start=1):
        total += value - (kept[end - 1 - width] if end > width else 0)
        means.append(total / min(end, width))
    return means


def course(values: Sequence[float]) -> str:
    """The course of something in a few words: the mean of the first five and of the last."""
    if not values:
        return "none"
    count = f"{len(values)} rated"
    if len(values) < 2 * WINDOW:
        return f"{count}, mean {sum(values) / len(values):.1f}"
    first, last = sum(values[:WINDOW]) / WINDOW, sum(values[-WINDOW:]) / WINDOW
    return f"{count}, mean of the first five {first:.1f}, of the last five {last:.1f}"


@cache
def _across(positions: int) -> tuple[float, ...]:
    """Where each position lies; asked for by every chart of a page, so kept."""
    span = (_WIDTH - _LEFT - _RIGHT - 12) / max(positions - 1, 1)
    return tuple(round(_LEFT + 6 + position * span, 1) for position in range(positions))


def _up(top: int) -> Callable[[float], float]:
    """Where a value lies; only few values are ever asked for, over and over."""
    span = (_HEIGHT - _TOP - _BOTTOM) / top

    @cache
    def up(value: float) -> float:
        return round(_HEIGHT - _BOTTOM - value * span, 1)

    return up


def _dots(kind: str, at: Sequence[tuple[float, float]]) -> str:
    """Dots drawn as one path: round ones are strokes without length, diamonds are outlines."""
    if kind in {"probe", "after"}:
        return "".join(f"M{x - 3.5:.1f} {y}l3.5-3.5 3.5 3.5-3.5 3.5z" for x, y in at)
    return "".join(f"M{x} {y}h0" for x, y in at)
