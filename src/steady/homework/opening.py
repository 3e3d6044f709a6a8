"""Opening a pack and forgetting it: all of it or nothing, and what it means is said beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steady.homework.errors import Altered, HomeworkFault
from steady.homework.files import named
from steady.homework.fingerprint import fingerprint
from steady.homework.packs import check_scenarios, read_pack
from steady.homework.shelf import PackShelf
from steady.places import Places
from steady.scenario.files import read
from steady.store.homework_views import Assigned, OpenedPack

if TYPE_CHECKING:
    from steady.homework.formats import Pack
    from steady.scenario.library import Library
    from steady.store import Store

Standing = Literal["new", "newer", "same", "older", "again"]
"""How a pack stands to what is here: never seen; newer than, the same as or older than the one
of its id; or the one of its id was forgotten, or has lost its scenarios."""

_MILLISECOND = 1000  # in microseconds; the history keeps no finer times


@dataclass(frozen=True, slots=True)
class Opening:
    """A checked pack that may be taken, and what to tell before it is.

    `cautions` are sentences to be read first; `file` is where it came from.
    """

    pack: "Pack"
    fingerprint: str
    standing: Standing
    cautions: tuple[str, ...]
    file: Path

    @property
    def changes(self) -> bool:
        """Whether taking it would change anything."""
        return self.standing not in {"same", "older"}


def look(path: Path, store: "Store", library: "Library") -> Opening:
    """Read and check a pack and see how it stands to what is here; nothing is changed.

    Raises HomeworkFault where it cannot be taken, with the reason.
    """
    what = named(path)
    pack = read_pack(path)
    check_scenarios(pack, library.shipped, what)
    here = store.pack(str(pack.pack_id))
    if here is not None and (
        here.public_key != pack.therapist.public_key or here.client_ref != str(pack.client.ref)
    ):
        raise Altered(
            f"{what} bears the number of a pack you have from {here.therapist}, but not the same "
            "key or client; it was not opened. Ask your therapist before you trust it."
        )
    for assignment in pack.assignments:
        if store.holder_of(str(assignment.id)) not in {None, str(pack.pack_id)}:
            raise Altered(
                f"{what} repeats an assignment of another pack; it was not opened. Ask the sender "
                "for a new one."
            )
    _check_ids(pack, library, store, what)
    return Opening(
        pack,
        fingerprint(pack.therapist.public_key),
        _standing(pack, here, library),
        tuple(_cautions(pack, store)),
        path,
    )


def take(opening: Opening, store: "Store", places: Places) -> OpenedPack:
    """Add a pack, in place of an older one of its id; returns it as it now stands.

    One that is here already, in the same or a newer form, changes nothing. Raises HomeworkFault
    or StoreError, and has then changed nothing.
    """
    pack = opening.pack
    key = str(pack.pack_id)
    if opening.changes:
        assignments = [
            Assigned(
                id=str(each.id),
                pack=key,
                scenario=each.scenario,
                rung=each.rung,
                times=each.times,
                due=each.due,
                aids=each.aids,
                note=each.note,
            )
            for each in pack.assignments
        ]
        row = OpenedPack(
            id=key,
            therapist=pack.therapist.name,
            public_key=pack.therapist.public_key,
            fingerprint=opening.fingerprint,
            client_ref=str(pack.client.ref),
            client_name=pack.client.name,
            message=pack.message,
            made=pack.made,
            opened=pack.made,  # the store sets the time of opening
        )
        with PackShelf(places.packs, key).filled(pack) as put:
            store.keep_pack(row, assignments, put)
    kept = store.pack(key)
    assert kept is not None
    return kept


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What forgetting a pack takes away, and what stays.

    `done` counts the finished attempts begun for it; `unfinished` those that can no longer be
    carried on, because their scenario goes with the pack.
    """

    pack: OpenedPack
    assignments: int
    scenarios: tuple[str, ...]
    done: int
    unfinished: int

    @property
    def goes(self) -> tuple[str, ...]:
        """What goes, a sentence each."""
        what = [
            f"{_count(self.assignments, 'assignment')} from {self.pack.therapist}, with the notes "
            "and the message."
        ]
        if self.scenarios:
            what.append(f"{_count(len(self.scenarios), 'scenario')} that came with it.")
        if self.unfinished:
            what.append(
                f"{_count(self.unfinished, 'unfinished attempt')} at them can no longer be carried "
                "on; what was said in it can still be read."
            )
        return tuple(what)

    @property
    def stays(self) -> tuple[str, ...]:
        """What stays, a sentence each."""
        return (
            f"Your practice: {_count(self.done, 'finished attempt')} for it, and your scripts and "
            "field notes.",
            "The list of what you shared, and with whom.",
            "What your therapist has received already.",
        )


def what_forgetting_takes(pack: OpenedPack, store: "Store", places: Places) -> Forgetting:
    """What forgetting a pack would do; nothing is changed."""
    scenarios = PackShelf(places.packs, pack.id).scenarios()
    homework = store.homework(pack.id)
    return Forgetting(
        pack=pack,
        assignments=len(homework),
        scenarios=scenarios,
        done=sum(each.finished for each in homework),
        unfinished=store.unfinished_of(scenarios),
    )


def forget(pack: OpenedPack, store: "Store", places: Places) -> None:
    """Forget a pack and the scenarios it brought. Attempts and shares stay.

    Opening its file again brings it back. Raises HomeworkFault or StoreError.
    """
    with PackShelf(places.packs, pack.id).emptied() as take_away:
        store.forget_pack(pack.id, take_away)


def find_pack(store: "Store", asked: str | None) -> OpenedPack:
    """The pack a person means: by the therapist's name or the beginning of its id.

    The only one where nothing is asked. Raises HomeworkFault, naming those there are.
    """
    packs = store.packs()
    if not packs:
        raise HomeworkFault(
            "There is no homework here yet; steady homework open FILE adds what your therapist "
            "sent you."
        )
    if asked is None:
        found = list(packs)
    else:
        wanted = asked.strip().casefold()
        found = [
            pack
            for pack in packs
            if wanted and (pack.therapist.casefold() == wanted or pack.id.startswith(wanted))
        ]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{pack.therapist} ({pack.id[:8]})" for pack in (found or packs)[:8])
    raise HomeworkFault(
        f"There is more than one that fits; name one of these by the id in brackets: {names}."
        if found
        else f"There is no homework of that name; there is: {names}."
    )


def _standing(pack: "Pack", here: OpenedPack | None, library: "Library") -> Standing:
    if here is None:
        return "new"
    made = pack.made.replace(microsecond=pack.made.microsecond // _MILLISECOND * _MILLISECOND)
    if here.forgotten is not None:
        return "again"
    if made == here.made:
        whole = library.packs is None or PackShelf(library.packs, here.id).holds(pack)
        return "same" if whole else "again"
    return "newer" if made > here.made else "older"


def _cautions(pack: "Pack", store: "Store") -> Iterator[str]:
    others = [each for each in store.packs() if each.id != str(pack.pack_id)]
    name = pack.therapist.name
    known = {each.public_key for each in others if each.therapist.casefold() == name.casefold()}
    if known and pack.therapist.public_key not in known:
        yield (
            f"You have homework from {name} already, and its fingerprint was another. Ask {name} "
            "to read theirs to you before you share anything."
        )
    called = {each.client_name for each in others}
    if called and pack.client.name not in called:
        yield (
            f"This is made out to {pack.client.name}; what is here is for "
            f"{' and '.join(sorted(called))}. Someone else on this computer can keep their own "
            "with --profile NAME."
        )


def _check_ids(pack: "Pack", library: "Library", store: "Store", what: str) -> None:
    """No scenario may take the place of another's, and each one assigned must be there."""
    keys = {each.id: each.public_key for each in store.packs()}
    known = {head.id: head for head in library.heads()}
    for scenario in pack.scenarios:
        head = known.get(scenario.id)
        if head is None or read(head.path) == scenario.toml.encode():
            continue
        theirs = head.origin == "pack" and (
            keys.get(head.path.parents[1].name, pack.therapist.public_key)
            == pack.therapist.public_key
        )
        if not theirs:
            whose = "of your own" if head.origin == "own" else f"from {head.therapist}"
            raise Altered(
                f"{what} brings a scenario '{scenario.id}', and you have another of that id "
                f"{whose}; it was not opened. Ask the sender to give theirs another id."
            )
    brought = {scenario.id for scenario in pack.scenarios}
    for assignment in pack.assignments:
        if assignment.scenario in brought or assignment.scenario in known:
            continue
        raise Altered(
            f"{what} asks for the scenario '{assignment.scenario}', which is neither here nor in "
            "it; it was not opened. Update Steady, or ask the sender to put it in."
        )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
