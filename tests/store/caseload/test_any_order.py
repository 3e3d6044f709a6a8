"""Packets may arrive in any order and any number of times: what stands in the end is the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store.caseload.conftest import Practice, uuid

# For each packet, by its sequence: the level of each attempt it holds.
PACKETS = st.dictionaries(
    st.integers(1, 6),
    st.dictionaries(st.integers(1, 4), st.integers(0, 3), min_size=1),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(PACKETS, st.data())
def test_the_newest_version_of_each_attempt_stands(
    packets: dict[int, dict[int, int]], data: st.DataObject
) -> None:
    arriving = data.draw(
        st.permutations([*packets, *data.draw(st.lists(st.sampled_from([*packets])))])
    )
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(Path(folder) / "caseload.db")
        with practice.open() as caseload:
            for sequence in arriving:
                attempts = [practice.attempt(n, level=x) for n, x in packets[sequence].items()]
                caseload.take(practice.packet(*attempts, sequence=sequence))
            path = caseload.attempts(uuid("ana"))
            found = {each.number: each.levels[0].level for each in path}
            assert found == {
                number: level
                for sequence in sorted(packets)
                for number, level in packets[sequence].items()
            }
            assert [each.number for each in path] == sorted(found)
            client = caseload.client(uuid("ana"))
            assert client.attempts == len(found)
            assert [r.levels for r in client.recent] == [e.levels_by_criterion for e in path]
            assert len(caseload.packets(uuid("ana"))) == len(packets)
