"""A therapist and their clients, each at a computer of their own, with nothing made up between:
packs are opened, talks are rehearsed with the embedded partner, packets are sealed and taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import uuid4

from steady.homework import sharing
from steady.homework.assigning import Wanted
from steady.homework.formats import Packet
from steady.homework.opening import look, take
from steady.homework.packets import seal
from steady.house import House
from steady.office import Office
from steady.places import Places, places
from steady.records import SelfRating
from steady.terms import Rung

FUMBLED = (
    "I don't know. Sorry, sorry. Later, ok?",
    "fine, whatever, you never listen anyway",
    "ok",
)
BETTER = (
    "I can hear how much this has hurt you. I need twenty minutes, I guess.",
    "I know I've said it before. At eight I'll come to you, if that's okay.",
    "I'm not leaving. At eight.",
    "At eight I'm here.",
    "Thank you.",
)
STRONG = (
    "I can hear how much this has hurt you. I need twenty minutes to settle, and at eight I'll "
    "come and sit down with you.",
    "I know I've said it before. This time it's eight o'clock, and I'll come to you.",
    "I'm not leaving, I want us to be okay. I need the break, and at eight I'm here.",
    "You've waited all day, I see that. At eight you have all of me.",
    "Yes, that's fair. Thank you. I'll be there at eight.",
    "I hear you. At eight, I promise.",
)


@dataclass(frozen=True)
class Talk:
    """One rehearsal: what was said, and how. `again` says the first turn once more, otherwise."""

    texts: Sequence[str] = BETTER
    scenario: str = "avoiding-me"
    rung: Rung = Rung.GENTLE
    hints: int = 0
    probe: bool = False
    words: bool = True
    again: str = ""
    felt: tuple[SelfRating | None, SelfRating | None] = (None, None)
    days_ago: int = 1


@dataclass(frozen=True)
class Homework:
    """A client who was given a pack: their computer, and the assignments' ids by scenario."""

    ref: str
    name: str
    at: Places
    pack: Path


def given(office: Office, folder: Path, name: str, *wanted: Wanted) -> Homework:
    """A pack for a new client, opened on their computer."""
    wanted = wanted or (Wanted("avoiding-me", Rung.GENTLE, times=3),)
    draft = office.draft(None, name, wanted, "See you on Tuesday.")
    file = folder / f"{uuid4()}.steady-pack"
    office.give(draft, file)
    data = folder / f"client-{uuid4()}"
    at = replace(places(), data=data, database=data / "steady.db", own_scenarios=data / "scenarios")
    with House(at) as house:
        take(look(file, house.store, house.library), house.store, at)
    return Homework(draft.made.ref, name, at, file)


def practised(client: Homework, *talks: Talk) -> list[int]:
    """Talks rehearsed on the client's computer; returns their numbers."""
    numbers = []
    with House(client.at) as house:
        of = {each.assigned.scenario: each.assigned.id for each in house.store.homework()}
        for seed, talk in enumerate(talks, 2):
            scene = house.scene(
                talk.scenario,
                talk.rung,
                seed=seed,
                assignment=None if talk.probe else of.get(talk.scenario),
                probe=talk.probe,
            )
            rehearsal = house.begin(scene)
            before, after = talk.felt
            if before:
                house.rate_self(rehearsal.attempt, "before", before)
            for _ in range(talk.hints):
                rehearsal.hint()
            if talk.again:
                rehearsal.say(talk.again)
                rehearsal.rewind(1)
            for text in talk.texts:
                if rehearsal.ending is None:
                    rehearsal.say(text)
            rehearsal.close()
            if after:
                house.rate_self(rehearsal.attempt, "after", after)
            numbers.append(rehearsal.attempt)
    return numbers


def noted(
    client: Homework, said: Literal["yes", "no", "not yet"], text: str, attempt: int | None = None
) -> None:
    """A field note on the client's computer."""
    with House(client.at) as house:
        house.store.keep_field_note("avoiding-me", said, text, attempt=attempt)


def shared(
    client: Homework,
    office: Office,
    folder: Path,
    talks: Sequence[Talk],
    *,
    message: str = "",
    danger: bool = False,
) -> Path:
    """A sealed packet with these talks, which were the client's latest; each on its day."""
    with House(client.at) as house:
        to = sharing.therapist(house.store)
        latest = sorted(a.attempt for a in house.store.attempts(limit=500))[-len(talks) :]
        chosen = [
            sharing.Choice(number, talk.words, danger)
            for number, talk in zip(latest, talks, strict=True)
        ]
        notes = [note.id for note in house.store.field_notes(unshared=True)]
        draft = sharing.draft(house.store, house.library, to, chosen, message=message, notes=notes)
        path = folder / f"{uuid4()}.steady-packet"
        sharing.write(draft, house.store, path)
        sequence = house.store.last_sequence()
    packet = draft.packet.model_copy(update={"sequence": sequence})
    path.write_bytes(seal(_dated(packet, talks), office.keys.public_key))
    return path


def came(office: Office, folder: Path, name: str, *talks: Talk, message: str = "") -> Homework:
    """A new client whose talks have been rehearsed, shared and taken in."""
    client = given(office, folder, name)
    practised(client, *talks)
    office.take(shared(client, office, folder, talks, message=message))
    return client


def _dated(packet: Packet, talks: Sequence[Talk]) -> Packet:
    """The same packet as if each talk had been on its day; rehearsing takes a moment here."""
    attempts = []
    for attempt, talk in zip(packet.attempts, talks, strict=True):
        back = timedelta(days=talk.days_ago)
        words = attempt.words and attempt.words.model_copy(
            update={
                "turns": tuple(
                    turn.model_copy(update={"said_at": turn.said_at - back})
                    for turn in attempt.words.turns
                )
            }
        )
        attempts.append(
            attempt.model_copy(
                update={
                    "started": attempt.started - back,
                    "ended": attempt.ended - back + timedelta(minutes=6),
                    "words": words,
                }
            )
        )
    return packet.model_copy(update={"attempts": tuple(attempts)})


def a_path(days: int = 60) -> list[Talk]:
    """Twelve talks over some weeks, from fumbling with hints to holding without."""
    rungs = [Rung.GENTLE] * 5 + [Rung.FIRM] * 4 + [Rung.ACCUSED] * 3
    texts = [FUMBLED, FUMBLED, BETTER, FUMBLED, BETTER, BETTER, STRONG, BETTER, STRONG, STRONG]
    return [
        Talk(
            (*texts, STRONG, STRONG)[place],
            rung=rung,
            scenario="need-a-minute" if place % 4 == 3 else "avoiding-me",
            hints=2 if place < 4 else 0,
            probe=place in {7, 10},
            words=place % 3 != 1,
            again="uh, no" if place == 2 else "",
            felt=(SelfRating(2 + place // 2, 8 - place // 3), SelfRating(4 + place // 2, 5)),
            days_ago=max(1, days - place * days // 12),
        )
        for place, rung in enumerate(rungs)
    ]


def an_office(now: datetime | None = None) -> Office:
    """An office with a key, at this test's own home."""
    office = Office() if now is None else Office(now=lambda: now)
    if not office.is_set_up():
        office.set_up("Dr Moreno")
    return office
