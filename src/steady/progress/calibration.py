"""How far the rubric and one therapist agree: weighted kappa with an interval, per criterion."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from steady.store.caseload import KeptAgreement, RatedPair
from steady.terms import Criterion

LEAST = 10
"""Fewer attempts rated than this, and nothing is said of the agreement on a criterion."""

WEAK = 0.4
"""A criterion on which the agreement is below this is flagged wherever its levels are shown."""

SAMPLE = 20
"""How many attempts are drawn at a time."""

_ROUNDS = 1000
_SEED = 20
_TAIL = 0.025  # at each end of the interval, so that it covers 95 %

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one criterion. `kappa`, and the interval from `low` to `high` that holds
    it 95 times in 100, are None where `pairs`, the attempts both rated, are too few or all
    alike."""

    criterion: Criterion
    pairs: int
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def weak(self) -> bool:
        """Whether the levels of this criterion are to be read with caution."""
        return self.kappa is not None and self.kappa < WEAK

    @property
    def spoken(self) -> str:
        """The agreement as it is said to the therapist beside the levels."""
        return self.told("you")

    def told(self, therapist: str) -> str:
        """The agreement as it is said of a therapist."""
        with_whom = f"agreement with {therapist}"
        if self.pairs == 0:
            return f"{with_whom} not known"
        if self.pairs < LEAST:
            return f"{with_whom} not known yet, {self.pairs} of {LEAST} rated"
        if self.kappa is None:
            return f"{with_whom} cannot be told, all {self.pairs} rated were alike"
        interval = "" if self.low is None else f" ({self.low:.2f} to {self.high:.2f})"
        return f"{with_whom} {self.kappa:.2f}{interval}, {self.pairs} rated"


def weighted_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa with quadratic weights over levels 0 to 3; 1 is full agreement, 0 chance.

    None where it is not defined: no pairs, or nobody ever gave a second level.
    """
    return _kappa(sum(map(_packed, pairs)), len(pairs))


def interval(pairs: Sequence[Pair], seed: int = _SEED) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of the weighted kappa, by percentiles of 1,000 resamples.

    The same pairs and seed always give the same interval. None where kappa is not defined.
    """
    if weighted_kappa(pairs) is None:
        return None
    chance = random.Random(seed)  # noqa: S311
    packed = [_packed(pair) for pair in pairs]
    again = (sum(chance.choices(packed, k=len(packed))) for _ in range(_ROUNDS))
    found = sorted(kappa for sums in again if (kappa := _kappa(sums, len(packed))) is not None)
    last = len(found) - 1
    return found[round(last * _TAIL)], found[round(last * (1 - _TAIL))]


def digest(pairs: Sequence[RatedPair]) -> str:
    """What tells whether the ratings of a criterion are still the same."""
    told = sorted((each.attempt, each.rubric, each.therapist) for each in pairs)
    return sha256(repr(told).encode()).hexdigest()


def work_out(criterion: Criterion, pairs: Sequence[RatedPair]) -> KeptAgreement:
    """The agreement on one criterion, worked out anew."""
    levels = [(each.rubric, each.therapist) for each in pairs]
    enough = len(levels) >= LEAST
    kappa = weighted_kappa(levels) if enough else None
    low, high = (interval(levels) or (None, None)) if enough else (None, None)
    return KeptAgreement(criterion, digest(pairs), len(pairs), kappa, low, high)


def by_criterion(pairs: Iterable[RatedPair]) -> dict[Criterion, list[RatedPair]]:
    """The ratings of each criterion, every criterion being there."""
    found: dict[Criterion, list[RatedPair]] = {criterion: [] for criterion in Criterion}
    for pair in pairs:
        found[pair.criterion].append(pair)
    return found


def drawn(
    of_client: Mapping[str, Sequence[int]], wanted: int, chance: random.Random
) -> tuple[int, ...]:
    """A sample of attempts in random order, spread over the clients as evenly as they allow."""
    left = {
        ref: chance.sample(list(attempts), min(len(attempts), wanted))
        for ref, attempts in of_client.items()
    }
    chosen: list[int] = []
    while len(chosen) < wanted and any(left.values()):
        refs = [ref for ref, attempts in left.items() if attempts]
        for ref in chance.sample(refs, min(len(refs), wanted - len(chosen))):
            chosen.append(left[ref].pop())
    chance.shuffle(chosen)
    return tuple(chosen)


def _packed(pair: Pair) -> int:
    """A pair as one number that holds all that kappa needs of it: its square distance, its sum
    of squares and both levels, 32 bits each. The sum of such numbers holds the sums of each, and
    adding whole numbers is what makes a thousand resamples quick."""
    one, other = pair
    return (one - other) ** 2 | (one**2 + other**2) << 32 | one << 64 | other << 96


def _kappa(sums: int, total: int) -> float | None:
    if not total:
        return None
    apart, squares, ones, others = (sums >> shift & 0xFFFFFFFF for shift in (0, 32, 64, 96))
    # The sum over all levels i and j of (i - j) squared, times how often each was given by
    # either, divided by the number of pairs: what chance alone would put apart.
    expected = squares - 2 * ones * others / total
    return None if expected == 0 else 1 - apart / expected
