"""Text for the screen. Words from people, files or models never meet a markup parser."""

from datetime import datetime

from textual.content import Content

from steady.safety.cleaning import clean

DOTS = ("○○○", "●○○", "●●○", "●●●")
LEVEL_BARS = "▁▃▅▇"
_BARS = "▁▂▃▄▅▆▇█"
_WEEK = 7


def plain(text: str) -> Content:
    """Any text as content, cleaned, with nothing in it taken for markup."""
    return Content(clean(text))


def styled(text: str, style: str) -> Content:
    """Any text in one style ("bold", "$accent", "dim" and the like)."""
    return Content.styled(clean(text), style)


def dots(level: int | None) -> str:
    """A level 0 to 3 as three dots, or the words "not rated"."""
    return "not rated" if level is None else DOTS[level]


def bars(figures: list[float]) -> str:
    """Figures from 0 to 1 as bars on a fixed scale."""
    return "".join(_BARS[min(len(_BARS) - 1, int(figure * len(_BARS)))] for figure in figures)


def fit(text: str, width: int) -> str:
    """The text cut to a width in cells, with an ellipsis where something is missing."""
    content = Content(text)
    if content.cell_length <= width:
        return text + " " * (width - content.cell_length)
    return content.truncate(width, ellipsis=True).plain


def day(when: datetime, today: datetime) -> str:
    """A past day as people say it: today, yesterday, Tuesday, 3 October."""
    days = (today.date() - when.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < _WEEK:
        return f"{when:%A}"
    year = "" if when.year == today.year else f" {when:%Y}"
    return f"{when.day} {when:%B}{year}"
