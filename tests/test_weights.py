"""Weights: packed into bytes, and added up as if they were not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steady import weights
from steady.weights import Weights, pack

STEPS = [0.5, 0.25, 0.01]
rows = st.lists(st.integers(-127, 127), min_size=3, max_size=3)


def packed(table: list[list[int]]) -> bytes:
    return b"".join(
        pack([at * step for at, step in zip(row, STEPS, strict=True)], STEPS) for row in table
    )


@given(st.lists(rows, min_size=1, max_size=40), st.data())
def test_features_add_up_head_by_head(table: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(table) - 1)))
    held = Weights(packed(table), STEPS)
    wanted = [sum(table[at][head] for at in chosen) * step for head, step in enumerate(STEPS)]
    assert held.sums(chosen) == pytest.approx(wanted)
    assert [held.of(chosen, head) for head in range(len(STEPS))] == pytest.approx(wanted)


def test_nothing_known_weighs_nothing() -> None:
    assert Weights(packed([[1, 2, 3]]), STEPS).sums([]) == [0, 0, 0]


def test_a_weight_beyond_the_steps_is_as_large_as_can_be() -> None:
    held = Weights(pack([1000.0, -1000.0, 0.0], STEPS), STEPS)
    assert held.sums([0]) == pytest.approx([63.5, -31.75, 0])


def test_more_features_than_are_kept_at_hand_still_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_SPREAD_KEPT", 2)
    table = [[at, -at, 1] for at in range(9)]
    held = Weights(packed(table), STEPS)
    for _ in range(2):
        assert held.sums(range(9)) == pytest.approx([18, -9, 0.09])
