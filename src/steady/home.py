"""All that home shows, from heads, counts and a kept plan: nothing here reads a whole history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from steady.terms import Relationship, Rung

if TYPE_CHECKING:
    from steady.progress.planning import Plan
    from steady.scenario.head import Head
    from steady.scenario.library import Library
    from steady.store import Homework, PractisedRung, Store

WELCOMED = "welcomed"
"""The fact that the first screen has been read."""

WITH_A_PARTNER, AT_WORK = "With a partner", "At work"
_AT_WORK = frozenset({Relationship.SUPERVISOR, Relationship.COLLEAGUE})
_OPEN_SHOWN = 3


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A scenario on the home screen: the highest rung practised, and when last (local time)."""

    id: str
    title: str
    short: str
    rung: str | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt that can be carried on; `turns` is how often the client has spoken."""

    id: int
    title: str
    rung: str
    turns: int


@dataclass(frozen=True, slots=True)
class HomeworkRow:
    """An assignment that stands, with its scenario's title and its therapist's key."""

    title: str
    homework: "Homework"
    key: str


@dataclass(frozen=True, slots=True)
class NextRow:
    """What to rehearse next, and why; a probe has no hints and pushes not met before."""

    id: str
    title: str
    rung: Rung | None
    why: str
    probe: bool = False


@dataclass(frozen=True, slots=True)
class AskRow:
    """A scenario that was rehearsed and held: was it said for real? `last` in local time."""

    id: str
    title: str
    last: datetime


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that home shows. `attempts` counts the finished ones.

    `plan_is_old` says that what to rehearse next has to be worked out anew.
    """

    first_run: bool
    unfinished: tuple[OpenAttempt, ...]
    groups: tuple[tuple[str, tuple[HomeRow, ...]], ...]
    attempts: int
    homework: tuple[HomeworkRow, ...] = ()
    next: tuple[NextRow, ...] = ()
    ask: AskRow | None = None
    plan_is_old: bool = False


def view(store: "Store", library: "Library", now: datetime) -> HomeView:
    """Home as it stands. Every query is answered from an index or a count that is kept."""
    heads = {head.id: head for head in library.heads()}
    practised = store.practised()
    totals = store.totals()
    homework = tuple(_homework(store, heads))
    fresh = not totals.finished and not totals.unfinished
    upcoming: tuple[NextRow, ...] = ()
    ask, old = None, False
    if totals.finished:
        from steady.progress.planning import kept_plan, state_of

        plan = kept_plan(store)
        old = plan.of != state_of(totals, now)
        set_ = {row.homework.assigned.scenario for row in homework if not row.homework.complete}
        upcoming = tuple(_next(plan, heads, set_, now))
        ask = _ask(store, practised, heads, now)
    return HomeView(
        first_run=fresh and store.fact(WELCOMED) is None,
        unfinished=tuple(
            OpenAttempt(a.attempt, a.title, a.rung.value, a.client_turns)
            for a in store.unfinished(limit=_OPEN_SHOWN)
        ),
        groups=_groups(heads.values(), practised),
        attempts=totals.finished,
        homework=homework,
        next=upcoming,
        ask=ask,
        plan_is_old=old,
    )


def _homework(store: "Store", heads: "dict[str, Head]") -> "Iterable[HomeworkRow]":
    set_ = store.homework()
    keys = {pack.id: pack.public_key for pack in store.packs()} if set_ else {}
    for each in set_:
        if (head := heads.get(each.assigned.scenario)) is not None:
            yield HomeworkRow(head.title, each, keys.get(each.assigned.pack, ""))


def _groups(
    heads: "Iterable[Head]", practised: "Iterable[PractisedRung]"
) -> tuple[tuple[str, tuple[HomeRow, ...]], ...]:
    by_scenario: dict[str, list[PractisedRung]] = {}
    for each in practised:
        by_scenario.setdefault(each.scenario, []).append(each)
    rows: dict[str, list[HomeRow]] = {WITH_A_PARTNER: [], AT_WORK: []}
    for head in heads:
        done = by_scenario.get(head.id, [])
        rungs = [rung for rung in Rung if any(p.rung is rung for p in done)]
        last = max((p.last for p in done), default=None)
        group = AT_WORK if head.relationship in _AT_WORK else WITH_A_PARTNER
        if head.origin == "pack":
            group = f"From {head.therapist}"
        rows.setdefault(group, []).append(
            HomeRow(
                head.id,
                head.title,
                head.short,
                rungs[-1].value if rungs else None,
                last.astimezone() if last else None,
            )
        )
    return tuple((heading, tuple(found)) for heading, found in rows.items() if found)


def _next(
    plan: "Plan", heads: "dict[str, Head]", homework: set[str], now: datetime
) -> "Iterable[NextRow]":
    from steady.progress.next import next_up, why

    due = [each for each in plan.due if each.scenario in heads]
    if (up := next_up(due, now, without=homework)) is not None:
        rung = up.rung if up.slipped else None
        yield NextRow(up.scenario, heads[up.scenario].title, rung, why(up, now))
    if plan.probe is not None and plan.probe.scenario in heads:
        probe = plan.probe
        title = heads[probe.scenario].title
        yield NextRow(probe.scenario, title, probe.rung, "a check, without hints", probe=True)


def _ask(
    store: "Store", practised: "Iterable[PractisedRung]", heads: "dict[str, Head]", now: datetime
) -> AskRow | None:
    from steady.progress.asking import to_ask

    found = to_ask(store, practised, now)
    if found is None:
        return None
    title = heads[found.scenario].title if found.scenario in heads else found.title
    return AskRow(found.scenario, title, found.last.astimezone())
