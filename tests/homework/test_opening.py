"""Opening a pack: all of it or nothing; opening again; forgetting."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import pytest

import parcels
from parcels import KEY, MADE, OTHER, assignment, listing, own_toml, pack
from steady.homework.errors import Altered, FileFault, HomeworkFault
from steady.homework.formats import Pack, PackClient, PackScenario, PackTherapist
from steady.homework.opening import find_pack, forget, look, take, what_forgetting_takes
from steady.homework.packs import write_pack
from steady.scenario.library import UnknownScenario
from steady.store import StoreError
from steady.terms import Rung

if TYPE_CHECKING:
    from homework.conftest import Client

ELSEWHERE = PackTherapist(name="Dr Silva", public_key=str(OTHER.to_public()))


def looked(client: Client, whole: Pack) -> Any:
    file = client.folder / "looked.steady-pack"
    write_pack(whole, file, replace=True)
    return look(file, client.store, client.house.library)


def standing_of(client: Client, whole: Pack) -> str:
    return str(looked(client, whole).standing)


def everything(client: Client) -> tuple[object, ...]:
    """The homework and the folders, as they stand."""
    packs = client.house.places.packs
    return (
        client.store.packs(),
        client.store.packs(forgotten=True),
        client.store.homework(),
        listing(packs) if packs.exists() else {},
        [path.name for path in packs.iterdir()] if packs.exists() else [],
    )


def test_looking_changes_nothing_and_tells_all(client: Client) -> None:
    before = everything(client)
    opening = looked(client, pack())
    assert (opening.standing, opening.changes, opening.cautions) == ("new", True, ())
    assert opening.pack.therapist.name == "Dr Moreno"
    assert everything(client) == before


def test_an_opened_pack_is_homework(client: Client) -> None:
    kept = client.opened()
    assert (kept.therapist, kept.client_name, kept.public_key) == ("Dr Moreno", "Ann", KEY)
    first, second = client.store.homework()
    assert (first.assigned.scenario, first.assigned.times, first.done) == ("avoiding-me", 3, 0)
    assert first.assigned.note == parcels.ROUGH
    assert (second.assigned.scenario, second.assigned.rung) == ("my-ask", Rung.FIRM)
    assert (second.assigned.due, second.assigned.aids) == (None, "off")


def test_its_scenarios_stand_apart_and_are_marked(client: Client) -> None:
    client.opened()
    head = next(head for head in client.house.library.heads() if head.id == "my-ask")
    assert (head.origin, head.therapist) == ("pack", "Dr Moreno")
    assert head.path.is_relative_to(client.house.places.packs)
    assert client.house.library.faults() == ()
    assert client.house.scene("my-ask", Rung.FIRM).scenario.id == "my-ask"


def test_opening_twice_is_harmless(client: Client) -> None:
    client.opened()
    before = everything(client)
    assert standing_of(client, pack()) == "same"
    client.opened()
    assert everything(client) == before


def test_a_newer_pack_of_the_same_id_takes_the_older_ones_place(client: Client) -> None:
    client.opened()
    done = client.rehearsed(assignment=1)
    newer = pack(
        made=MADE + timedelta(days=1),
        message="New",
        assignments=(assignment(1, times=5), assignment(3, "my-ask")),
        scenarios=(PackScenario(id="my-ask", toml=own_toml(more="\n# a second edition\n")),),
    )
    assert standing_of(client, newer) == "newer"
    client.opened(newer)
    first, second = client.store.homework()
    assert (first.assigned.times, first.done, second.assigned.id) == (5, 1, str(UUID(int=3)))
    assert client.store.attempts_of(first.assigned.id) == (done,)
    assert "second edition" in client.house.library.find("my-ask").head.path.read_text("utf-8")
    assert client.store.packs()[0].message == "New"
    # and the older one does not come back
    before = everything(client)
    assert standing_of(client, pack()) == "older"
    client.opened()
    assert everything(client) == before


def test_an_assignment_left_out_of_a_newer_pack_is_no_longer_asked_for(client: Client) -> None:
    client.opened()
    done = client.rehearsed(assignment=1)
    client.opened(pack(made=MADE + timedelta(1), assignments=(assignment(2),), scenarios=()))
    assert [each.assigned.id for each in client.store.homework()] == [str(UUID(int=2))]
    assert client.store.attempts_of(str(UUID(int=1))) == (done,)
    with pytest.raises(UnknownScenario):
        client.house.library.find("my-ask")


def test_scenarios_lost_from_the_disk_come_back_when_the_pack_is_opened_again(
    client: Client,
) -> None:
    client.opened()
    client.house.library.find("my-ask").head.path.unlink()
    assert standing_of(client, pack()) == "again"
    client.opened()
    assert client.house.library.find("my-ask").head.therapist == "Dr Moreno"


def changed(**changes: Any) -> Pack:
    return pack(**{"made": MADE + timedelta(1), **changes})


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (changed(therapist=ELSEWHERE), "not the same key"),
        (changed(client=PackClient(ref=UUID(int=9), name="Ann")), "not the same key or client"),
        (changed(pack_id=UUID(int=101)), "repeats an assignment of another pack"),
        (
            changed(pack_id=UUID(int=101), assignments=(assignment(9, "no-such-scenario"),)),
            "neither here nor in it",
        ),
        (
            changed(
                pack_id=UUID(int=101),
                therapist=ELSEWHERE,
                assignments=(assignment(9),),
                scenarios=(PackScenario(id="my-ask", toml=own_toml(more="\n# x")),),
            ),
            "from Dr Moreno",
        ),
        (changed(scenarios=(PackScenario(id="my-ask", toml="id = 3"),)), "cannot be rehearsed"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_everything_as_it_was(
    client: Client, whole: Pack, said: str
) -> None:
    client.opened()
    before = everything(client)
    with pytest.raises(Altered, match=said) as told:
        looked(client, whole)
    assert str(told.value).isprintable()
    assert everything(client) == before


def test_a_scenario_of_ones_own_is_never_replaced(client: Client) -> None:
    own = client.house.places.own_scenarios
    own.mkdir(parents=True)
    (own / "my-ask.toml").write_text(own_toml(more="\n# mine\n"), "utf-8")
    with pytest.raises(Altered, match="of your own"):
        looked(client, pack())
    # one made later stands, too, and the other is named as left out
    (own / "my-ask.toml").rename(own / "kept")
    client.opened()
    (own / "kept").rename(own / "my-ask.toml")
    assert client.house.library.find("my-ask").head.origin == "own"
    assert "never replaced" in str(client.house.library.listing().faults[0])


def test_a_therapist_may_open_a_pack_of_their_own(client: Client) -> None:
    own = client.house.places.own_scenarios
    own.mkdir(parents=True)
    (own / "my-ask.toml").write_text(own_toml(), "utf-8")
    client.opened()
    assert client.house.library.find("my-ask").head.origin == "own"
    assert client.house.library.listing().faults == ()


def test_two_packs_of_one_therapist_may_bring_the_same_scenario_and_the_newer_stands(
    client: Client,
) -> None:
    client.opened()
    second = changed(
        pack_id=UUID(int=101),
        assignments=(assignment(9, "my-ask"),),
        scenarios=(PackScenario(id="my-ask", toml=own_toml(more="\n# second\n")),),
    )
    kept = client.opened(second)
    found = client.house.library.find("my-ask")
    assert found.head.path.parents[1].name == str(UUID(int=101))
    assert [head.id for head in client.house.library.heads()].count("my-ask") == 1
    forget(kept, client.store, client.house.places)
    assert client.house.library.find("my-ask").head.path.parents[1].name == str(UUID(int=100))


def test_a_known_name_with_another_key_is_cautioned_about(client: Client) -> None:
    client.opened()
    other = PackTherapist(name="dr moreno", public_key=ELSEWHERE.public_key)
    opening = looked(
        client,
        pack(
            pack_id=UUID(int=101),
            therapist=other,
            client=PackClient(ref=UUID(int=9), name="Ben"),
            assignments=(assignment(9),),
            scenarios=(),
        ),
    )
    assert opening.standing == "new"
    assert "fingerprint was another" in opening.cautions[0]
    assert "--profile" in opening.cautions[1]


@pytest.mark.parametrize("at", ["stage", "swap", "commit"])
def test_a_fault_at_any_moment_leaves_everything_as_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    client.opened()
    opening = looked(client, changed(assignments=(assignment(5, "my-ask"),)))
    before = everything(client)
    if at == "stage":
        client.house.places.packs.chmod(0o500)
        monkeypatch.setattr("os.fsync", _full)
    elif at == "swap":
        real, asked = Path.rename, iter(range(9))

        def rename(path: Path, target: Path) -> Path:
            return _full() if next(asked) == 1 else real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
    else:
        client.store._db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON assignments BEGIN"
                                 " SELECT raise(ABORT, 'no'); END")  # fmt: skip
    with pytest.raises((FileFault, StoreError)) as told:
        take(opening, client.store, client.house.places)
    monkeypatch.undo()
    client.house.places.packs.chmod(0o700)
    assert str(told.value).isprintable()
    assert everything(client) == before


def _full(*_: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_what_a_killed_program_left_behind_is_swept_away_and_what_is_new_is_not(
    client: Client,
) -> None:
    packs = client.house.places.packs
    for name in (".new-killed", ".old-killed", ".new-at-work"):
        (packs / name / "scenarios").mkdir(parents=True)
        (packs / name / "scenarios" / "left.toml").write_text("words", "utf-8")
        if name.endswith("killed"):
            os.utime(packs / name, (0, 0))
    client.opened()
    names = {path.name for path in packs.iterdir()}
    assert names == {str(UUID(int=100)), ".new-at-work"}
    assert "left" not in {head.id for head in client.house.library.heads()}


def test_forgetting_says_what_goes_and_what_stays(client: Client) -> None:
    kept = client.opened()
    client.rehearsed(assignment=1)
    client.house.begin(client.house.scene("my-ask", Rung.FIRM, seed=1))
    would = what_forgetting_takes(kept, client.store, client.house.places)
    assert (would.assignments, would.scenarios, would.done, would.unfinished) == (
        2,
        ("my-ask",),
        1,
        1,
    )
    assert "1 finished attempt for it" in would.stays[0]
    forget(kept, client.store, client.house.places)
    assert client.store.homework() == ()
    assert client.store.packs() == ()
    assert list(client.house.places.packs.iterdir()) == []
    assert len(client.store.attempts()) == 2
    (gone,) = client.store.packs(forgotten=True)
    assert (gone.therapist, gone.message) == ("Dr Moreno", "")


def test_a_forgotten_pack_can_be_opened_again_and_what_was_done_counts(client: Client) -> None:
    kept = client.opened()
    client.rehearsed(assignment=1)
    forget(kept, client.store, client.house.places)
    assert standing_of(client, pack()) == "again"
    client.opened()
    assert client.store.homework()[0].done == 1
    assert client.house.library.find("my-ask").head.origin == "pack"


def test_a_pack_is_found_by_name_by_the_beginning_of_its_id_or_alone(client: Client) -> None:
    with pytest.raises(HomeworkFault, match="no homework here yet"):
        find_pack(client.store, None)
    kept = client.opened()
    again = client.store.packs()[0]
    assert find_pack(client.store, None) == find_pack(client.store, "dr moreno") == again
    assert find_pack(client.store, kept.id[:8]) == again
    with pytest.raises(HomeworkFault, match=r"Dr Moreno \(00000000\)"):
        find_pack(client.store, "Dr Silva")
    client.opened(pack(pack_id=UUID(int=2**100), assignments=(assignment(9),)), "b.steady-pack")
    with pytest.raises(HomeworkFault, match="more than one"):
        find_pack(client.store, None)


def test_a_label_spoilt_on_the_disk_costs_the_name_alone(client: Client) -> None:
    client.opened()
    label = client.house.places.packs / str(UUID(int=100)) / "from.json"
    for content in (b"", b"[]", b"\xff", json.dumps({"therapist": "\x1b[2J", "made": 3}).encode()):
        label.write_bytes(content)
        head = client.house.library.find("my-ask").head
        assert head.origin == "pack"
        assert head.therapist.isprintable()


def test_what_stands_at_a_client_does_not_depend_on_when_it_was_opened(client: Client) -> None:
    first, again = client.opened(), client.opened()
    assert replace(first, opened=again.opened) == again
