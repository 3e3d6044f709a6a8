"""Sharing: the client chooses attempts, sees what will travel, and a sealed packet is written.

Nothing is put into a packet that was not chosen: the words of an attempt only where the client
said so, turns marked as danger only after a yes of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from steady.homework.errors import HomeworkFault, NothingToShare
from steady.store.homework_views import Homework, OpenedPack, Shared, SharedPart

if TYPE_CHECKING:
    from steady.homework.formats import Packet
    from steady.scenario.library import Library
    from steady.store import Store

CLIENT_ID = "client-id"
"""The fact that holds this client's own id, made when something is first shared."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One attempt to be shared. `words` sends what was said, else levels alone; `danger` also
    sends the turns marked as danger, which stay here otherwise."""

    attempt: int
    words: bool = True
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A packet that could be written: for whom, what was chosen, and all it would hold.

    `left_out` counts, per attempt, the turns marked as danger that stay here.
    """

    to: OpenedPack
    choices: tuple[Choice, ...]
    packet: "Packet"
    left_out: dict[int, int]


def therapists(store: "Store") -> tuple[OpenedPack, ...]:
    """Those a packet can be sealed for: for each key the pack opened last."""
    newest: dict[str, OpenedPack] = {}
    for pack in store.packs():  # those opened last come first
        newest.setdefault(pack.public_key, pack)
    return tuple(newest.values())


def therapist(store: "Store", asked: str | None = None) -> OpenedPack:
    """The one therapist there is, or the one of this name, fingerprint or pack.

    Raises HomeworkFault, naming those there are, where that is none or several.
    """
    known = therapists(store)
    if not known:
        raise HomeworkFault(
            "There is nobody to share with yet: the key comes with homework, and steady homework "
            "open FILE adds it."
        )
    wanted = (asked or "").strip().casefold()
    meant = {
        pack.public_key
        for pack in store.packs()
        if not wanted
        or pack.therapist.casefold() == wanted
        or pack.fingerprint.replace(" ", "").startswith(wanted.replace(" ", ""))
        or pack.id.startswith(wanted)
    }
    found = [each for each in known if each.public_key in meant]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{each.therapist} ({each.fingerprint})" for each in (found or known)[:8])
    raise HomeworkFault(
        f"There is more than one to share with; choose one with --to and the first figures: {names}"
        if found
        else f"There is no therapist of that name; there is: {names}"
    )


def homework_for(store: "Store", to: OpenedPack) -> tuple[Homework, ...]:
    """The assignments that stand from a therapist, what is due soonest first."""
    keys = {pack.id for pack in store.packs() if pack.public_key == to.public_key}
    return tuple(each for each in store.homework() if each.assigned.pack in keys)


def default_choices(
    store: "Store", to: OpenedPack, assignment: str | None = None, *, words: bool = True
) -> tuple[Choice, ...]:
    """All finished attempts of an assignment, or of all from this therapist, not yet shared."""
    asked = (
        [assignment]
        if assignment is not None
        else [each.assigned.id for each in homework_for(store, to)]
    )
    attempts = sorted({n for each in asked for n in store.attempts_of(each, unshared=True)})
    return tuple(Choice(attempt, words) for attempt in attempts)


def draft(
    store: "Store",
    library: "Library",
    to: OpenedPack,
    choices: Sequence[Choice],
    *,
    message: str = "",
    notes: Sequence[str] = (),
) -> Draft:
    """The packet these choices make, sealed by nobody yet; see `preview` and `write`.

    `notes` are the ids of field notes that go along. Raises NothingToShare where nothing is
    chosen or an attempt is not finished, and HomeworkFault where it cannot be put into a packet.
    """
    from steady.homework.gathering import gather

    if not choices and not notes:
        raise NothingToShare(
            "There is nothing to share: no finished attempt of this homework that was not shared "
            "before. Name others with --attempt N; steady history has the numbers."
        )
    chosen = tuple({choice.attempt: choice for choice in choices}.values())
    packet, left_out = gather(
        store,
        library,
        to,
        chosen,
        message=message,
        notes=notes,
        client=_client_id(store),
        sequence=store.last_sequence() + 1,
        packet_id=uuid4(),
        made=datetime.now(UTC),
    )
    return Draft(to, chosen, packet, left_out)


def write(draft: Draft, store: "Store", path: Path) -> Shared:
    """Seal the packet into a file and keep that it was shared; both or neither.

    Raises HomeworkFault or StoreError.
    """
    from steady.homework.files import named
    from steady.homework.packets import write_packet

    packet, written = draft.packet, False

    def seal(sequence: int) -> None:
        nonlocal written
        write_packet(packet.model_copy(update={"sequence": sequence}), draft.to.public_key, path)
        written = True

    try:
        store.keep_share(
            packet=str(packet.packet_id),
            therapist=draft.to.therapist,
            fingerprint=draft.to.fingerprint,
            file=named(path.absolute()),
            message=packet.message,
            attempts=[SharedPart(each.attempt, each.words, each.danger) for each in draft.choices],
            notes=[str(note.id) for note in packet.field_notes],
            then=seal,
        )
    except BaseException:
        if written:
            path.unlink(missing_ok=True)
        raise
    return next(each for each in store.shares() if each.packet == str(packet.packet_id))


def _client_id(store: "Store") -> UUID:
    """This client's own id, made on this machine and known to nobody before the first packet."""
    kept = store.fact(CLIENT_ID)
    try:
        return UUID(kept or "")
    except ValueError:
        made = uuid4()
        store.keep_fact(CLIENT_ID, str(made))
        return made
