"""How quick the practice history is when it holds a million turns.

    python benchmarks/store_million.py [--turns N]

Builds such a history in a temporary folder, then prints, in milliseconds, the first call after
opening, then median, 99th percentile and slowest of the following ones, for what home and progress
ask and for what the journal writes. The file is in the system's cache throughout; writes reach the
disk.
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlite_utils

from steady.home import view
from steady.places import places
from steady.progress.carrying import lines_to_carry
from steady.progress.planning import work_out
from steady.records import (
    AttemptStart,
    ClientTurn,
    Feedback,
    Found,
    Level,
    PartnerTurn,
    Practised,
    Reading,
    Stance,
)
from steady.scenario.library import Library
from steady.store import Store
from steady.store.connection import writing
from steady.store.journal import _recount
from steady.terms import CRITERIA, Act, Criterion, Ending, Move, Outcome, Part, Rung

TURNS_PER_ATTEMPT = 15  # eight of the partner, seven of the client
SCENARIOS = 30
UNFINISHED = 40
BATCH = 2000  # attempts
TALK = (
    "I need a minute before we talk about this and then I will come back to you at half past "
    "eight because you matter to me even when you say later again tonight kitchen work evening "
    "promise always never listen feel hurt tired quiet slow breathe sorry plan weekend phone"
)
WORDS = TALK.split()


def main() -> None:
    """Builds, asks, writes, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1_000_000)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steady.db"
        began = time.perf_counter()
        attempts = build(path, turns)
        took = time.perf_counter() - began
        size = path.stat().st_size / 2**20
        print(f"{turns:,} turns in {attempts:,} attempts, {size:,.0f} MiB, built in {took:.0f} s\n")
        print(f"{'ms':<44}{'first':>9}{'median':>9}{'99 %':>9}{'slowest':>9}")
        ask(path, attempts)
        write(path)


def build(path: Path, turns: int) -> int:
    """Fills a history; returns the number of attempts."""
    Store.open(path).close()
    chance = random.Random(20)
    attempts = turns // TURNS_PER_ATTEMPT
    with closing(sqlite_utils.Database(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        triggers = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        with db.atomic():
            db.table("scenarios").insert_all(
                {
                    "id": f"scenario-{n}",
                    "content_hash": f"{n:064d}",
                    "title": f"“You never listen”, part {n}",
                    "relationship": "partner",
                    "first_practised": "2020-01-01T00:00:00.000Z",
                }
                for n in range(SCENARIOS)
            )
        for start in range(0, attempts, BATCH):
            some = range(start + 1, min(start + BATCH, attempts) + 1)
            with db.atomic():
                for table, rows in rows_of(some, attempts, chance).items():
                    signs = ", ".join("?" * len(rows[0]))
                    # Columns that later steps added stand last and have values of their own.
                    names = [f'"{column.name}"' for column in db[table].columns][: len(rows[0])]
                    into = f"{table} ({', '.join(names)})"
                    db.conn.executemany(f"INSERT INTO {into} VALUES ({signs})", rows)
        with db.atomic():
            # Both: a fresh index lies where the next few turns would have to merge all of it.
            for step in ("rebuild", "optimize"):
                db.execute("INSERT INTO turns_fts (turns_fts) VALUES (?)", (step,))
            for _, sql in triggers:
                db.execute(sql)
        with writing(db.conn):
            for n in range(SCENARIOS):
                for rung in Rung:
                    _recount(db, f"scenario-{n}", rung)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("rb+") as file:
        os.fsync(file)  # else the journal's first write waits for all of this
    return attempts


def rows_of(some: range, attempts: int, chance: random.Random) -> dict[str, list[Any]]:
    """Rows for a batch of attempts, by table."""
    rows: dict[str, list[Any]] = {
        "attempts": [], "turns": [], "moves": [], "levels": [], "feedback": [], "self_ratings": []
    }  # fmt: skip
    for attempt in some:
        began = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=50 * attempt)
        done = attempt <= attempts - UNFINISHED
        scenario = chance.randrange(SCENARIOS)
        ended = stamp(began + timedelta(minutes=12))
        rows["attempts"].append(
            (
                attempt,
                f"scenario-{scenario}",
                f"{scenario:064d}",
                chance.choice(list(Rung)),
                Part.TALK,
                "",
                chance.randrange(2**31),
                "screen",
                1,
                0,
                attempt % 3 == 0,
                stamp(began),
                ended if done else None,
                chance.choice(list(Outcome)) if done else None,
                Ending.ACCEPTED if done else None,
                TURNS_PER_ATTEMPT // 2 if done else None,
            )
        )
        for number in range(TURNS_PER_ATTEMPT):
            key = (attempt - 1) * TURNS_PER_ATTEMPT + number + 1
            said_at = stamp(began + timedelta(seconds=40 * number))
            rows["turns"].append(turn_row(key, attempt, number, said_at, chance))
            if number % 2:
                rows["moves"].extend(
                    (key, place, move, 0, 12, 0.91)
                    for place, move in enumerate(chance.sample(list(Move), 2))
                )
        if done:
            rows["levels"].extend(
                (attempt, c, chance.choice((None, 0, 1, 2, 3, 3)), "I need a minute", 3, "embedded")
                for c in CRITERIA[Part.TALK]
            )
            rows["feedback"].append((attempt, "I need a minute", "why", 3, "a", "b", "c", 5))
            rows["self_ratings"].extend((attempt, m, 4, 6, ended) for m in ("before", "after"))
    return rows


def turn_row(
    key: int, attempt: int, number: int, said_at: str, chance: random.Random
) -> tuple[Any, ...]:
    """One turn: even numbers are the partner's, odd ones the client's."""
    text = " ".join(chance.choices(WORDS, k=chance.randint(5, 25)))
    head = (key, attempt, number)
    if number % 2 == 0:
        state = json.dumps({"tension": 0.5, "heard": 0.25, "pushes": 3, "said": "x" * 300})
        stance = (Act.PRESS, 0.5, 0.25, 0.125, state, "embedded")
        return (*head, "partner", text, *stance, None, said_at, 0, None, 0, None)
    weighed = json.dumps({move: round(chance.random(), 4) for move in Move})
    return (*head, "client", text, *(None,) * 6, 3.5, said_at, 0, None, 0, weighed)


def stamp(moment: datetime) -> str:
    """A time as the store writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ask(path: Path, attempts: int) -> None:
    """What home, progress and the rest ask."""
    library = Library.at(places())
    home: dict[str, Callable[[Store], object]] = {
        "unfinished()": lambda s: s.unfinished(),
        "practised()": lambda s: s.practised(),
        "totals()": lambda s: s.totals(),
        "trend()": lambda s: s.trend(),
    }
    rest: dict[str, Callable[[Store], object]] = {
        "trend(scenario)": lambda s: s.trend("scenario-3"),
        "trend(criterion)": lambda s: s.trend(criterion=Criterion.RETURN),
        "trend(scenario, criterion)": lambda s: s.trend("scenario-3", Criterion.RETURN),
        "attempts(limit=50)": lambda s: s.attempts(limit=50),
        "attempts(scenario, limit=50)": lambda s: s.attempts("scenario-3", limit=50),
        "all of home (home.view)": lambda s: view(s, library, datetime.now(UTC)),
        "what to rehearse next (work_out)": lambda s: work_out(s, datetime.now(UTC)),
        "own_lines()": lambda s: s.own_lines("scenario-3"),
        "lines_to_carry()": lambda s: lines_to_carry(s, library, "scenario-3"),
        "pushes_met()": lambda s: s.pushes_met("scenario-3", Rung.FIRM),
        "transcript()": lambda s: s.transcript(attempts // 2),
        "resume()": lambda s: s.resume(attempts),
        "last_states()": lambda s: s.last_states("scenario-3", 10),
        "search, every turn has it ('i')": lambda s: s.search("i"),
        "search, a beginning ('tonigh')": lambda s: s.search("tonigh"),
        "search, three words": lambda s: s.search("promise kitchen later"),
        "search, not there": lambda s: s.search("xylophone"),
        "search, only a sign ('?!')": lambda s: s.search("?!"),
    }
    timed("Store.open and close", [lambda: Store.open(path).close()] * 21)

    def all_of(store: Store) -> None:
        for query in home.values():
            query(store)

    for name, query in (*home.items(), ("home and progress together", all_of), *rest.items()):
        with Store.open(path) as store:
            timed(name, [partial(query, store)] * 51)
    print()


def write(path: Path) -> None:
    """What the journal writes."""
    text = "I know I have said it before. I need a minute, and I will come back at half eight."
    reading = Reading(
        text,
        (Found(Move.VALIDATES, 0, 28, 0.9), Found(Move.ASSERTS, 30, 45, 0.8)),
        4.0,
        probabilities=dict.fromkeys(Move, 0.0625),
    )
    state = json.dumps({"said": "x" * 300})
    partner = PartnerTurn(0, "Later when?", Act.PRESS, Stance(0.5, 0.2, 0.1), state)
    feedback = Feedback(
        Outcome.HELD,
        Ending.ACCEPTED,
        tuple(Level(c, 2, "a minute", 1) for c in Criterion),
        None,
        None,
    )
    practised = Practised("scenario-3", f"{3:064d}", "“You never listen”, part 3", "partner")
    start = AttemptStart(practised, Rung.FIRM, 7, True, False, "screen")
    with Store.open(path) as store:
        begun: list[int] = []
        turn = ClientTurn(1, text, reading)
        timed("begin", [lambda: begun.append(store.begin(start))] * 201)
        timed("partner_turn", [partial(store.partner_turn, a, partner) for a in begun])
        timed("client_turn", [partial(store.client_turn, a, turn) for a in begun])
        timed("keep_draft", [partial(store.keep_draft, a, text) for a in begun])
        timed("end", [partial(store.end, a, feedback) for a in begun])
        timed("reopen", [partial(store.reopen, a) for a in begun])
        timed("forget_attempt", [partial(store.forget_attempt, a) for a in begun[:3]])


def timed(name: str, calls: Sequence[Callable[[], object]]) -> None:
    """Prints the time of each call: the first, then figures of the others."""
    took = []
    for call in calls:
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    first, others = took[0], sorted(took[1:])
    high = others[int(len(others) * 0.99)]
    figures = (first, statistics.median(others), high, others[-1])
    print(f"{name:<44}" + "".join(f"{figure:>9.2f}" for figure in figures))


if __name__ == "__main__":
    main()
