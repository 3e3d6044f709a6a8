"""Importing packets into a caseload: each file whole, or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from steady.homework.packets import read_packet
from steady.records import AidUsed, Change, Found, Keep, Practised, SelfRating
from steady.store.caseload import (
    CaseAttempt,
    CaseFieldNote,
    Caseload,
    CasePacket,
    CaseTurn,
    CaseWords,
    Scored,
    Taken,
)

if TYPE_CHECKING:
    from steady.homework.formats import Packet, SharedAttempt, SharedRating, SharedTurn, SharedWords
    from steady.homework.keys import TherapistKeys


def import_packet(path: Path, keys: "TherapistKeys", caseload: Caseload) -> Taken:
    """Open a packet with the therapist's key and take it in.

    Raises HomeworkFault where the file cannot be used and StoreError where the caseload cannot
    take it; either way everything stays as it was.
    """
    return caseload.take(case_packet(read_packet(path, keys.identity)))


def case_packet(packet: "Packet") -> CasePacket:
    """A checked packet as the caseload keeps it."""
    return CasePacket(
        id=str(packet.packet_id),
        machine=str(packet.client.id),
        ref=str(packet.client.ref),
        name=packet.client.name,
        sequence=packet.sequence,
        made=packet.made,
        message=packet.message,
        attempts=tuple((_attempt(each), _words(each.words)) for each in packet.attempts),
        field_notes=tuple(
            CaseFieldNote(
                str(each.id), each.scenario, each.number, each.said, each.text, each.noted_at
            )
            for each in packet.field_notes
        ),
    )


def told(taken: Taken) -> tuple[str, ...]:
    """What an import did, a sentence each, the most important first."""
    if taken.again:
        return (f"{taken.name}: this packet was imported before; nothing changed.",)
    counts = [
        f"{count} {kind}{what}{'s' * (count != 1)}"
        for count, kind, what in (
            (taken.new, "new ", "attempt"),
            (taken.updated, "updated ", "attempt"),
            (taken.field_notes, "", "field note"),
        )
        if count
    ]
    said = [f"{taken.name}: {', '.join(counts) or 'nothing new'}."]
    if taken.stranger:
        said.append(
            f"Nothing was assigned here to this client (reference {taken.ref[:8]}), though the "
            "packet was made for your key: they are in your caseload now under the name the "
            "packet gives."
        )
    if taken.unchanged:
        said.append(
            _count(taken.unchanged, "was here already, unchanged", "were here already, unchanged")
        )
    if taken.older:
        said.append(
            _count(
                taken.older,
                "is older than what is here and was left out",
                "are older than what is here and were left out",
            )
        )
    if taken.withdrawn:
        said.append(
            _count(
                taken.withdrawn,
                "now comes without its words, as the client chose",
                "now come without their words, as the client chose",
            )
        )
    if taken.message:
        said.append("They wrote you a message.")
    return tuple(said)


def _count(count: int, one: str, more: str) -> str:
    return f"{count} attempt{'s' * (count != 1)} {one if count == 1 else more}."


def _attempt(shared: "SharedAttempt") -> CaseAttempt:
    scenario, words = shared.scenario, shared.words
    return CaseAttempt(
        number=shared.number,
        assignment=None if shared.assignment is None else str(shared.assignment),
        scenario=Practised(
            scenario.id, scenario.content_hash, scenario.title, scenario.relationship
        ),
        origin=scenario.origin,
        rung=shared.rung,
        part=shared.part,
        agreed=shared.agreed,
        started=shared.started,
        ended=shared.ended,
        outcome=shared.outcome,
        ending=shared.ending,
        aids_offered=shared.aids_offered,
        aided=shared.aided,
        probe=shared.probe,
        slow=shared.slow,
        face=shared.face,
        client_turns=shared.client_turns,
        voice=shared.voice,
        levels=tuple(Scored(each.criterion, each.level, each.reader) for each in shared.levels),
        before=_rating(shared.before),
        after=_rating(shared.after),
        aids=tuple(AidUsed(each.aid, each.number) for each in shared.aids),
        tension=shared.tension,
        with_words=words is not None,
        danger=words is not None and any(turn.danger for turn in words.turns),
    )


def _words(shared: "SharedWords | None") -> CaseWords | None:
    if shared is None:
        return None
    keep, change = shared.keep, shared.change
    return CaseWords(
        turns=tuple(_turn(turn) for turn in shared.turns),
        evidence=dict(shared.evidence),
        keep=Keep(keep.quote, keep.why, keep.turn) if keep else None,
        change=(Change(change.instead, change.try_, change.mends, change.turn) if change else None),
    )


def _turn(shared: "SharedTurn") -> CaseTurn:
    return CaseTurn(
        number=shared.number,
        speaker=shared.speaker,
        text=shared.text,
        said_at=shared.said_at,
        act=shared.act,
        tension=shared.tension,
        heard=shared.heard,
        trust=shared.trust,
        quality=shared.quality,
        moves=tuple(
            Found(move.move, move.start, move.end, move.probability) for move in shared.moves
        ),
        replaced=shared.replaced,
        to_program=shared.to_program,
        told=shared.told,
        danger=shared.danger,
    )


def _rating(shared: "SharedRating | None") -> SelfRating | None:
    return None if shared is None else SelfRating(shared.sure, shared.tense)
