"""The partner resists, and can be reached: scripted clients of three strengths.

The full figures, on fifty seeds, are printed by `benchmarks/resistance.py`.
"""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean

import pytest

import resistance
from resistance import Run
from steady.terms import Outcome, Rung

SEEDS = 6
HELD = {Outcome.HELD, Outcome.HELD_SHAKILY}


@pytest.fixture(scope="module")
def runs() -> dict[tuple[str, Rung, str], list[Run]]:
    """Every scripted rehearsal, by scenario, rung and strength."""
    found: dict[tuple[str, Rung, str], list[Run]] = defaultdict(list)
    for name, rung, strength, run in resistance.every(SEEDS, lambda _: None):
        found[name, rung, strength].append(run)
    return found


def held(runs: Iterable[Run]) -> float:
    """The share that ended held or held shakily."""
    return fmean(run.outcome in HELD for run in runs)


def of(runs: dict[tuple[str, Rung, str], list[Run]], rung: Rung, strength: str) -> list[Run]:
    """The rehearsals of one rung and strength, over all scenarios."""
    return [
        r for (_, at, who), group in runs.items() if (at, who) == (rung, strength) for r in group
    ]


@pytest.mark.parametrize("rung", list(Rung))
def test_a_weak_client_never_wins(runs: dict[tuple[str, Rung, str], list[Run]], rung: Rung) -> None:
    assert held(of(runs, rung, "weak")) == 0


@pytest.mark.parametrize("rung", list(Rung))
def test_a_mixed_client_sometimes_does(
    runs: dict[tuple[str, Rung, str], list[Run]], rung: Rung
) -> None:
    assert 0.10 <= held(of(runs, rung, "mixed")) <= 0.60


@pytest.mark.parametrize(
    ("rung", "least", "most"),
    [(Rung.GENTLE, 0.80, 1.0), (Rung.FIRM, 0.60, 1.0), (Rung.ACCUSED, 0.40, 0.85)],
)
def test_a_strong_client_usually_does_but_not_always(
    runs: dict[tuple[str, Rung, str], list[Run]], rung: Rung, least: float, most: float
) -> None:
    assert least <= held(of(runs, rung, "strong")) <= most


def test_tension_ends_lower_the_stronger_the_client(
    runs: dict[tuple[str, Rung, str], list[Run]],
) -> None:
    for name in {name for name, _, _ in runs}:
        weak, mixed, strong = (
            fmean(r.tension[-1] for rung in Rung for r in runs[name, rung, strength])
            for strength in resistance.STRENGTHS
        )
        assert weak > mixed > strong, name


@pytest.mark.parametrize("rung", [Rung.FIRM, Rung.ACCUSED])
def test_at_least_two_pushes_come_before_any_acceptance(
    runs: dict[tuple[str, Rung, str], list[Run]], rung: Rung
) -> None:
    for strength in resistance.STRENGTHS:
        eased = [r.pushes_before_easing for r in of(runs, rung, strength)]
        assert min((n for n in eased if n is not None), default=2) >= 2


def test_no_line_is_heard_twice_in_a_rehearsal(
    runs: dict[tuple[str, Rung, str], list[Run]],
) -> None:
    assert sum(r.repeated for group in runs.values() for r in group) == 0


def test_ten_rehearsals_in_a_row_share_few_lines() -> None:
    assert max(resistance.shared_lines().values()) < 0.30
