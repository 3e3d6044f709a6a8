"""The plan of what to rehearse next: worked out from the history, kept until it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from steady.progress.next import (
    LOOKED_BACK,
    Due,
    Probe,
    from_text,
    probe_for,
    rungs_held,
    schedule,
    to_text,
)
from steady.terms import Act, Rung

if TYPE_CHECKING:
    from steady.store import Store, Totals

_KEY = "plan"
_MOST_PROBED = 6  # scenarios and rungs that are looked at for a probe


@dataclass(frozen=True, slots=True)
class Plan:
    """When scenarios come back, and the probe to offer if there is one.

    `of` names the history and the day it was worked out from.
    """

    due: tuple[Due, ...]
    probe: Probe | None
    of: str


def kept_plan(store: "Store") -> Plan:
    """The plan as it was worked out last; empty where it never was. Loads nothing."""
    return Plan(*from_text(store.fact(_KEY)))


def state_of(totals: "Totals", now: datetime) -> str:
    """What a plan worked out now would rest on."""
    return f"{totals.finished} {totals.last} {now.astimezone():%Y-%m-%d}"


def work_out(store: "Store", now: datetime) -> Plan:
    """Work the plan out anew and keep it. Loads the scheduler."""
    of = state_of(store.totals(), now)
    points = store.trend(limit=LOOKED_BACK)
    unmet = {each: unmet_pushes(store, *each) for each in rungs_held(points)[:_MOST_PROBED]}
    plan = Plan(schedule(points, now), probe_for(points, unmet, now), of)
    store.keep_fact(_KEY, to_text(plan.due, plan.probe, plan.of))
    return plan


def unmet_pushes(
    store: "Store", scenario: str, rung: Rung, *, before: int | None = None
) -> frozenset[Act]:
    """The pushes of a rung that the client has not met in a scenario yet.

    With `before`, as it was when the attempt of that number began.
    """
    from steady.partner.tables import act_tables

    return frozenset(act_tables().pushes[rung]) - store.pushes_met(scenario, rung, before=before)
