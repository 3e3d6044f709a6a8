"""Client and therapist at one computer: what the client chose goes into the caseload directly.

Only the client's own choice begins this; nothing here looks for a client's things.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from steady.homework.errors import HomeworkFault
from steady.homework.sharing import Draft
from steady.store.homework_views import OpenedPack, Shared, SharedPart

if TYPE_CHECKING:
    from steady.places import Places
    from steady.store import Store

WHERE = "in the room, on this computer"
"""What stands where a packet's file is named."""

_PROFILES = "profiles"


def therapist_here(to: OpenedPack, at: "Places") -> "Places | None":
    """Where the therapist of a pack keeps their caseload on this computer, or None.

    It is theirs if the key there is the one the pack came with; the name does not count.
    """
    from steady.homework.keys import have_keys, load_keys

    for data in _folders(at):
        places = replace(at, data=data)
        try:
            if have_keys(places) and load_keys(places).public_key == to.public_key:
                return places
        except HomeworkFault:
            continue  # a key that cannot be read is nobody's who is here
    return None


def show(draft: Draft, store: "Store", at: "Places") -> Shared:
    """Put what was chosen into the caseload here, and keep that it was shared; both or neither.

    Raises HomeworkFault where the therapist has no caseload here, and StoreError.
    """
    from steady.homework.importing import case_packet
    from steady.store.caseload import Caseload

    places = therapist_here(draft.to, at)
    if places is None:
        raise HomeworkFault(
            f"{draft.to.therapist} has no caseload on this computer; write a packet to a file "
            "instead."
        )
    chosen = draft.packet

    with Caseload.open(places.caseload) as caseload:

        def hand_over(sequence: int) -> None:
            caseload.take(case_packet(chosen.model_copy(update={"sequence": sequence})))

        store.keep_share(
            packet=str(chosen.packet_id),
            therapist=draft.to.therapist,
            fingerprint=draft.to.fingerprint,
            file=WHERE,
            message=chosen.message,
            attempts=[SharedPart(each.attempt, each.words, each.danger) for each in draft.choices],
            notes=[str(note.id) for note in chosen.field_notes],
            then=hand_over,
        )
    return next(each for each in store.shares() if each.packet == str(chosen.packet_id))


def _folders(at: "Places") -> Iterator[Path]:
    """The data folders of everyone on this computer, one's own first."""
    yield at.data
    everyone = at.data.parents[1] if at.data.parent.name == _PROFILES else at.data
    if everyone != at.data:
        yield everyone
    try:
        yield from sorted(path for path in (everyone / _PROFILES).iterdir() if path.is_dir())
    except OSError:
        return
