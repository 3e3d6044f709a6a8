"""Days as people write them."""

import re
from datetime import date, timedelta

from steady.errors import UsageFault
from steady.safety.cleaning import one_line

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_AHEAD = re.compile(r"in (\d{1,3}) (days?|weeks?)")
_AGO = re.compile(r"(\d{1,3}) (days?|weeks?) ago")
_ALLOWED = "Write 2026-12-01, today, tomorrow, a weekday such as friday, or in 2 weeks"
_ALLOWED_BACK = "Write 2026-12-01, today, yesterday, a weekday such as friday, or 2 weeks ago"


def due_day(text: str, today: date) -> date:
    """The day something is due: today or later. A weekday is the next one after today.

    Raises UsageFault, which names what may be written.
    """
    day = _day(text, today, ahead=True)
    if day is None:
        raise UsageFault(f"'{one_line(text)[:40]}' is not a day. {_ALLOWED}.")
    if day < today:
        raise UsageFault(f"{day.isoformat()} is over. {_ALLOWED}.")
    return day


def past_day(text: str, today: date) -> date:
    """A day that bounds what is looked at. A weekday is the last one, today included.

    Raises UsageFault, which names what may be written.
    """
    day = _day(text, today, ahead=False)
    if day is None:
        raise UsageFault(f"'{one_line(text)[:40]}' is not a day. {_ALLOWED_BACK}.")
    return day


def _day(text: str, today: date, *, ahead: bool) -> date | None:
    word = " ".join(text.split()).casefold()
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if word in near:
        return today + timedelta(days=near[word])
    if word in _WEEKDAYS:
        between = (_WEEKDAYS.index(word) - today.weekday()) % 7
        return today + timedelta(days=(between or 7) if ahead else -((7 - between) % 7))
    for pattern, way in ((_AHEAD, 1), (_AGO, -1)):
        if found := pattern.fullmatch(word):
            return today + timedelta(days=way * int(found[1]) * _DAYS[found[2]])
    try:
        return date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else None
    except ValueError:
        return None
