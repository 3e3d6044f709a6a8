"""From the history to a packet: what was chosen, field by field, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ValidationError

from steady.homework.errors import HomeworkFault, NothingToShare, TooLarge
from steady.homework.formats import (
    LARGEST_PACKET,
    LONGEST_FIELD_NOTE,
    LONGEST_MESSAGE,
    MOST_ATTEMPTS,
    MOST_FIELD_NOTES,
    PACKET,
    PACKET_VERSION,
    Packet,
    PacketClient,
    SharedAid,
    SharedAttempt,
    SharedChange,
    SharedFieldNote,
    SharedKeep,
    SharedLevel,
    SharedMove,
    SharedRating,
    SharedScenario,
    SharedTurn,
    SharedWords,
)
from steady.records import EMBEDDED, ClientTurn, PartnerTurn, SelfRating
from steady.safety.cleaning import clean, one_line
from steady.store.homework_views import OpenedPack
from steady.store.views import SaidTurn, Transcript
from steady.terms import Speaker

if TYPE_CHECKING:
    from steady.homework.sharing import Choice
    from steady.scenario.library import Library
    from steady.store import Store

_WORD = re.compile(r"\w[\w'’]*")
_Origin = Literal["shipped", "own", "pack", "gone"]


def gather(
    store: "Store",
    library: "Library",
    to: OpenedPack,
    choices: Sequence["Choice"],
    *,
    message: str,
    notes: Sequence[str],
    client: UUID,
    sequence: int,
    packet_id: UUID,
    made: datetime,
) -> tuple[Packet, dict[int, int]]:
    """The packet of these choices, and per attempt how many turns marked as danger stay here.

    Raises HomeworkFault where it would break a bound of the format.
    """
    if len(choices) > MOST_ATTEMPTS:
        raise TooLarge(f"A packet holds at most {MOST_ATTEMPTS:,} attempts; choose fewer.")
    message = clean(message).strip()
    if len(message) > LONGEST_MESSAGE:
        raise TooLarge(
            f"The message is longer than {LONGEST_MESSAGE:,} characters; shorten it a little."
        )
    origins: dict[str, _Origin] = {head.id: head.origin for head in library.heads()}
    theirs = {pack.id for pack in store.packs() if pack.public_key == to.public_key}
    attempts, left_out, size = [], {}, 0
    for choice in sorted(choices, key=lambda each: each.attempt):
        said = store.transcript(choice.attempt)
        homework = said.start.assignment
        ours = homework is not None and store.holder_of(homework) in theirs
        try:
            attempt, dropped = _attempt(said, choice, origins, homework if ours else None)
        except ValidationError:
            raise HomeworkFault(
                f"Attempt {choice.attempt} is longer than a packet can hold; leave it out, or "
                "share its levels only."
            ) from None
        size += len(attempt.model_dump_json())
        if size > LARGEST_PACKET:
            raise TooLarge(
                f"That is more than {LARGEST_PACKET // 2**20} MB, too much for one packet; choose "
                "fewer attempts, or levels only."
            )
        attempts.append(attempt)
        left_out[choice.attempt] = dropped
    if len(notes) > MOST_FIELD_NOTES:
        raise TooLarge(f"A packet holds at most {MOST_FIELD_NOTES:,} field notes; choose fewer.")
    packet = Packet(
        format=PACKET,
        version=PACKET_VERSION,
        packet_id=packet_id,
        client=PacketClient(id=client, ref=UUID(to.client_ref), name=to.client_name),
        sequence=sequence,
        made=made,
        message=message,
        attempts=tuple(attempts),
        field_notes=_notes(store, notes),
    )
    return packet, left_out


def _attempt(
    said: Transcript, choice: "Choice", origins: dict[str, _Origin], assignment: str | None
) -> tuple[SharedAttempt, int]:
    """The attempt as it travels, and how many turns marked as danger it leaves here."""
    found = said.feedback
    if found is None or said.ended is None:
        raise NothingToShare(
            f"Attempt {said.attempt} is not finished yet; carry it on or end it, then share it."
        )
    start, practised = said.start, said.start.scenario
    hidden = frozenset[int]() if choice.danger else _dangerous(said.turns)
    mine = sum(isinstance(said.turns[at].turn, ClientTurn) for at in hidden)
    shared = SharedAttempt(
        number=said.attempt,
        assignment=None if assignment is None else UUID(assignment),
        scenario=SharedScenario(
            id=practised.id,
            title=one_line(practised.title)[:120] or practised.id,
            content_hash=practised.content_hash,
            relationship=practised.relationship,
            origin=origins.get(practised.id, "gone"),
        ),
        rung=start.rung,
        part=start.part,
        agreed=one_line(start.agreed)[:200] if choice.words else "",
        started=said.started,
        ended=said.ended,
        outcome=found.outcome,
        ending=found.ending,
        aids_offered=start.aids_offered,
        aided=said.aided,
        probe=start.probe,
        slow=start.slow,
        face=start.face,
        client_turns=sum(_to_partner(each) for each in said.turns),
        levels=tuple(
            SharedLevel(criterion=each.criterion, level=each.level, reader=found.reader)
            for each in found.levels
        ),
        before=_rating(said.before),
        after=_rating(said.after),
        aids=tuple(SharedAid(aid=each.aid, number=each.number) for each in said.aids),
        voice=_voice(said.turns),
        tension=tuple(
            _share(each.turn.stance.tension)
            for each in said.turns
            if isinstance(each.turn, PartnerTurn) and not each.replaced
        ),
        words=_words(said, hidden) if choice.words else None,
    )
    return shared, mine if choice.words else 0


def _words(said: Transcript, hidden: frozenset[int]) -> SharedWords:
    found = said.feedback
    assert found is not None
    gone = {said.turns[at].turn.number for at in hidden if not said.turns[at].replaced}
    keep, change = found.keep, found.change
    return SharedWords(
        turns=tuple(_turn(each) for at, each in enumerate(said.turns) if at not in hidden),
        evidence={
            each.criterion: clean(each.evidence)
            for each in found.levels
            if each.evidence and each.turn not in gone
        },
        keep=None
        if keep is None or keep.turn in gone
        else SharedKeep(quote=keep.quote, why=keep.why, turn=keep.turn),
        change=None
        if change is None or change.turn in gone
        else SharedChange(
            instead=change.instead, try_=change.try_, mends=change.mends, turn=change.turn
        ),
    )


def _dangerous(turns: Sequence[SaidTurn]) -> frozenset[int]:
    """The places of the turns marked as danger, of those that say the same again, and of the
    partner's lines that repeat words of theirs."""
    marked = {
        each.turn.text
        for each in turns
        if isinstance(each.turn, ClientTurn) and each.turn.danger is not None
    }
    pairs = {pair for text in marked for pair in _pairs(text)}
    return frozenset(
        at
        for at, each in enumerate(turns)
        if (
            each.turn.text in marked
            if isinstance(each.turn, ClientTurn)
            else at > 0 and not pairs.isdisjoint(_pairs(each.turn.text))
        )
    )


def _pairs(text: str) -> set[tuple[str, str]]:
    """Each two words that follow one another, if one of them is more than a little word."""
    words = _WORD.findall(text.lower())
    return {pair for pair in pairwise(words) if max(map(len, pair)) > 3}


def _turn(said: SaidTurn) -> SharedTurn:
    turn = said.turn
    if isinstance(turn, PartnerTurn):
        return SharedTurn(
            number=turn.number,
            speaker=Speaker.PARTNER,
            text=clean(turn.text),
            act=turn.act,
            tension=_share(turn.stance.tension),
            heard=_share(turn.stance.heard),
            trust=_share(turn.stance.trust),
            replaced=said.replaced,
            said_at=said.said_at,
            told=turn.told,
        )
    text = clean(turn.text)
    return SharedTurn(
        number=turn.number,
        speaker=Speaker.CLIENT,
        text=text,
        quality=min(max(turn.reading.quality, 1.0), 5.0),
        moves=tuple(
            SharedMove(
                move=found.move,
                start=found.start,
                end=found.end,
                probability=_share(found.probability),
            )
            for found in turn.reading.found
            if 0 <= found.start <= found.end <= len(text)
        ),
        replaced=said.replaced,
        said_at=said.said_at,
        to_program=turn.to_program,
        danger=turn.danger,
    )


def _notes(store: "Store", wanted: Iterable[str]) -> tuple[SharedFieldNote, ...]:
    asked = set(wanted)
    found = [each for each in store.field_notes() if each.id in asked]
    if len(found) < len(asked):
        raise NothingToShare("A field note that was chosen is no longer here; choose again.")
    return tuple(
        SharedFieldNote(
            id=UUID(each.id),
            scenario=each.scenario,
            number=each.attempt,
            said=each.said,
            text=clean(each.text)[:LONGEST_FIELD_NOTE],
            noted_at=each.noted_at,
        )
        for each in found
    )


def _to_partner(said: SaidTurn) -> bool:
    turn = said.turn
    return isinstance(turn, ClientTurn) and not turn.to_program and not said.replaced


def _voice(turns: Iterable[SaidTurn]) -> Literal["embedded", "model", "mixed"]:
    voices = {
        each.turn.voice == EMBEDDED
        for each in turns
        if isinstance(each.turn, PartnerTurn) and not each.turn.told and not each.replaced
    }
    if voices == {True, False}:
        return "mixed"
    return "model" if voices == {False} else "embedded"


def _rating(rating: SelfRating | None) -> SharedRating | None:
    return None if rating is None else SharedRating(sure=rating.sure, tense=rating.tense)


def _share(figure: float) -> float:
    return min(max(figure, 0.0), 1.0)
