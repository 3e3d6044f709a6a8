"""How quick the therapist's side is with a large caseload.

    python benchmarks/caseload.py [--clients N] [--attempts N]

Builds a caseload in a temporary folder by importing a packet for each client (a third of the
attempts with words), then prints, in milliseconds, the first call after opening in a fresh
process (imports included), then median and slowest of the following ones, of what the caseload's
and the client's screens ask for and of each report; and the processor's time in the first and in
the median one, which does not grow when other programs keep the machine busy.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from steady.homework.assigning import Wanted
from steady.office import Office
from steady.progress.client import Slice
from steady.records import Found, Practised, SelfRating
from steady.store.caseload import (
    CaseAttempt,
    CaseFieldNote,
    CasePacket,
    CaseTurn,
    CaseWords,
    Scored,
)
from steady.terms import CRITERIA, Act, Ending, Move, Outcome, Part, Rung, Speaker

ROUNDS = 21
SCENARIOS = 12
TURNS = 12
TALK = (
    "I need a minute before we talk about this and then I will come back to you at half past "
    "eight because you matter to me even when you say later again tonight kitchen work evening "
    "promise always never listen feel hurt tired quiet slow breathe sorry plan weekend phone"
)
WORDS = TALK.split()
SPACE = UUID("8c5a5b0e-2f60-4e8b-8a7f-3d6f0f0a5b11")


def main() -> None:
    """Builds, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--attempts", type=int, default=500)
    parser.add_argument("--first", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.first:
        first(told.first)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STEADY_HOME"] = folder
        began = time.perf_counter()
        imports = build(told.clients, told.attempts)
        took = time.perf_counter() - began
        size = (Path(folder) / "caseload.db").stat().st_size / 2**20
        print(f"{told.clients} clients, {told.attempts} attempts each, {size:,.0f} MiB,", end=" ")
        print(f"built in {took:.0f} s; one import of {told.attempts}:", end=" ")
        print(f"median {statistics.median(imports):,.0f} ms, most {max(imports):,.0f}\n")
        heads = ("first", "median", "slowest", "cpu first", "cpu")
        print(f"{'ms':<34}" + "".join(f"{head:>11}" for head in heads))
        for name in asked(Office(), ""):
            ask(name)
        from caseload_screens import screens

        screens(someone(Office()))


def ask(name: str) -> None:
    """Times one question: once in a process of its own, then again and again here."""
    out = subprocess.run(
        [sys.executable, __file__, "--first", name], capture_output=True, text=True, check=True
    ).stdout
    with Office() as office:
        question = asked(office, someone(office))[name]
        times = [timed(question) for _ in range(ROUNDS)][1:]
    took, cpu = (sorted(column) for column in zip(*times, strict=True))
    wall_first, cpu_first = (float(figure) for figure in out.split())
    figures = (wall_first, statistics.median(took), took[-1], cpu_first, statistics.median(cpu))
    print(f"{name:<34}" + "".join(f"{figure:>11.1f}" for figure in figures))


def first(name: str) -> None:
    """What a question takes in a fresh process, all that it imports and opens included."""
    with Office() as office:
        ref = someone(office)
        office.close()
        print(*timed(asked(office, ref)[name]))


def someone(office: Office) -> str:
    """A client in the middle of the list, asked for without the rooms that are timed."""
    import sqlite3

    with sqlite3.connect(office.places.caseload) as raw:
        ref = raw.execute("SELECT ref FROM clients ORDER BY id LIMIT 1 OFFSET 7").fetchone()[0]
    return str(ref)


def asked(office: Office, ref: str) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    return {
        "the caseload": office.caseload,
        "a client": partial(office.client, ref),
        "a client, one scenario": partial(office.client, ref, Slice(scenario="scenario-3")),
        "first beside latest": partial(office.side_by_side, ref, "scenario-3"),
        "agreement": office.agreement,
        "report, HTML": partial(office.report, ref, "html"),
        "report, HTML with words": partial(office.report, ref, "html", words=True),
        "report, CSV": partial(office.report, ref, "csv"),
        "report, JSON": partial(office.report, ref, "json"),
        "report, JSON with words": partial(office.report, ref, "json", words=True),
        "search, in every turn ('i')": partial(office.search, "i"),
        "search, three words": partial(office.search, "promise kitchen later"),
        "search, three words, one client": partial(office.search, "promise kitchen later", ref),
    }


def timed(question: Callable[[], object]) -> tuple[float, float]:
    """How long a call takes, and how long the processor worked for it, in milliseconds."""
    began, worked = time.perf_counter(), time.process_time()
    question()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def build(clients: int, attempts: int) -> list[float]:
    """Fills a caseload and rates a sample; returns how long each import took."""
    chance = random.Random(20)
    imports = []
    with Office() as office, tempfile.TemporaryDirectory() as packs:
        office.set_up("Dr Moreno")
        for number in range(clients):
            wanted = [
                Wanted(scenario, Rung.FIRM, 3, date.today() + timedelta(days=chance.randint(-9, 9)))
                for scenario in ("need-a-minute", "avoiding-me", "movie-night")
            ]
            draft = office.draft(None, f"Client {number:03}", wanted)
            office.give(draft, Path(packs) / f"{number}.steady-pack")
            homework = [each.id for each in draft.made.assignments]
            packet = a_packet(draft.made.ref, attempts, homework, chance)
            imports.append(timed(partial(office.store.take, packet))[0])
            if chance.random() < 0.9:
                office.looked_at(draft.made.ref)
        office.draw(60, seed=1)
        while (rating := office.to_rate()) is not None:
            office.rate(rating.attempt, {c: chance.randrange(4) for c in rating.criteria})
        office.agreement()  # as at the end of every rating
    return imports


def a_packet(ref: str, attempts: int, homework: list[str], chance: random.Random) -> CasePacket:
    """What one client shares."""
    began = datetime(2025, 6, 1, 8, tzinfo=UTC)
    told = []
    for number in range(1, attempts + 1):
        began += timedelta(hours=chance.randint(1, 40))
        words = said(began, chance) if number % 3 == 0 else None
        told.append((an_attempt(number, began, homework, words is not None, chance), words))
    note = CaseFieldNote(
        str(uuid5(SPACE, ref)), "scenario-3", 3, "yes", " ".join(WORDS[:20]), began
    )
    return CasePacket(
        id=str(uuid5(SPACE, f"{ref} packet")),
        machine=str(uuid5(SPACE, f"{ref} machine")),
        ref=ref,
        name="Client",
        sequence=1,
        made=began,
        message="",
        attempts=tuple(told),
        field_notes=(note,),
    )


def an_attempt(
    number: int, began: datetime, homework: list[str], with_words: bool, chance: random.Random
) -> CaseAttempt:
    """One attempt without its words."""
    scenario = f"scenario-{chance.randrange(SCENARIOS)}"
    part = Part.RETURN if chance.random() < 0.1 else Part.TALK
    return CaseAttempt(
        number=number,
        assignment=homework[number % 3] if number < 6 else None,
        scenario=Practised(scenario, "a" * 64, f"“You never listen”, {scenario}", "partner"),
        origin="shipped",
        rung=chance.choice(list(Rung)),
        part=part,
        agreed="",
        started=began,
        ended=began + timedelta(minutes=5),
        outcome=chance.choice(list(Outcome)),
        ending=Ending.ACCEPTED,
        aids_offered=True,
        aided=chance.random() < 0.4,
        probe=chance.random() < 0.1,
        slow=False,
        face="screen",
        client_turns=TURNS // 2,
        voice="embedded",
        levels=tuple(
            Scored(c, chance.choice((None, 0, 1, 2, 3, 3)), "embedded") for c in CRITERIA[part]
        ),
        before=SelfRating(chance.randrange(11), chance.randrange(11)),
        after=SelfRating(chance.randrange(11), None),
        tension=tuple(round(chance.random(), 2) for _ in range(TURNS // 2)),
        with_words=with_words,
    )


def said(began: datetime, chance: random.Random) -> CaseWords:
    """The words of an attempt."""
    return CaseWords(
        tuple(
            CaseTurn(
                number=number,
                speaker=Speaker.CLIENT if number % 2 else Speaker.PARTNER,
                text=" ".join(chance.choices(WORDS, k=chance.randint(5, 25))),
                said_at=began,
                act=None if number % 2 else Act.PRESS,
                moves=(Found(Move.ASSERTS, 0, 5, 0.9),) if number % 2 else (),
            )
            for number in range(TURNS)
        )
    )


if __name__ == "__main__":
    main()
