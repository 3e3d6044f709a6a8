"""When to ask "did you say it for real?": gently, and never more than once a day.

Only of a scenario that was rehearsed and held; of the same one once a week at the most, and not
when its last rehearsal is long past.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from steady.terms import Outcome

if TYPE_CHECKING:
    from steady.store import PractisedRung, Store

_KEY = "asked"
_AGAIN_AFTER = timedelta(days=7)
_NO_LONGER_AFTER = timedelta(days=30)
_HELD = frozenset({Outcome.HELD, Outcome.HELD_SHAKILY})
_MOST_KEPT = 200


def to_ask(
    store: "Store", practised: "Iterable[PractisedRung]", now: datetime
) -> "PractisedRung | None":
    """The scenario to ask about at this opening, the one rehearsed last first, or None.

    `practised` is the store's own answer: the most recent first. A scenario is not asked about
    once a note on it is newer than its last rehearsal, unless the note says "not yet".
    """
    asked = _asked(store)
    today = now.astimezone().date()
    if str(today) in asked.values():
        return None
    answered: dict[str, datetime] | None = None
    seen = set()
    for each in practised:
        if each.scenario in seen or now - each.last > _NO_LONGER_AFTER:
            continue
        if each.best_outcome not in _HELD:
            continue
        seen.add(each.scenario)
        if asked.get(each.scenario, "") > str(today - _AGAIN_AFTER):
            continue
        if answered is None:
            answered = _answered(store)
        if each.scenario in answered and answered[each.scenario] >= each.last:
            continue
        return each
    return None


def was_asked(store: "Store", scenario: str, now: datetime) -> None:
    """Keep that a scenario was asked about today."""
    asked = _asked(store)
    asked.pop(scenario, None)
    asked[scenario] = str(now.astimezone().date())
    latest = dict(list(asked.items())[-_MOST_KEPT:])
    store.keep_fact(_KEY, json.dumps(latest))


def _asked(store: "Store") -> dict[str, str]:
    """The day each scenario was asked about last, the latest day last."""
    try:
        kept = json.loads(store.fact(_KEY) or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def _answered(store: "Store") -> dict[str, datetime]:
    """When each scenario was last answered with yes or no."""
    found: dict[str, datetime] = {}
    for note in store.field_notes():
        if note.said != "not yet":
            found.setdefault(note.scenario, note.noted_at)
    return found
