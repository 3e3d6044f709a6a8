import random

import pytest

from steady.progress.calibration import Agreement, drawn, interval, weighted_kappa, work_out
from steady.store.caseload import RatedPair
from steady.terms import Criterion

# Sixteen pairs over levels 0 to 3, three of them one level apart.
MIXED = [(0, 0)] * 3 + [(0, 1)] + [(1, 1)] * 3 + [(2, 1)] + [(2, 2)] * 3 + [(3, 2)] + [(3, 3)] * 4


def test_full_agreement_is_one_and_full_reversal_minus_one() -> None:
    assert weighted_kappa([(0, 0), (1, 1), (2, 2), (3, 3)]) == 1
    assert weighted_kappa([(0, 3), (3, 0)]) == -1


def test_quadratic_weights_count_a_near_miss_little() -> None:
    ones, others = (4, 3, 4, 5), (3, 5, 4, 4)
    expected = sum((i - j) ** 2 * ones[i] * others[j] for i in range(4) for j in range(4)) / len(
        MIXED
    )
    assert weighted_kappa(MIXED) == pytest.approx(1 - 3 / expected)
    far = [*MIXED[:-1], (3, 0)]
    assert (weighted_kappa(far) or 0) < (weighted_kappa(MIXED) or 0)


def test_chance_is_near_zero() -> None:
    chance = random.Random(3)
    pairs = [(chance.randrange(4), chance.randrange(4)) for _ in range(4000)]
    assert weighted_kappa(pairs) == pytest.approx(0, abs=0.05)


def test_what_is_all_alike_has_no_kappa() -> None:
    assert weighted_kappa([]) is None
    assert weighted_kappa([(2, 2)] * 20) is None
    assert interval([(2, 2)] * 20) is None


def test_the_interval_holds_kappa_and_is_the_same_each_time() -> None:
    found = interval(MIXED)
    assert found is not None
    low, high = found
    kappa = weighted_kappa(MIXED)
    assert kappa is not None
    assert low < kappa < high <= 1
    assert interval(MIXED) == found
    wider = interval(MIXED * 8)
    assert wider is not None
    assert wider[1] - wider[0] < high - low  # more ratings, a narrower interval


def pairs(count: int, therapist: int = 0) -> list[RatedPair]:
    return [
        RatedPair(n, Criterion.RETURN, n % 4, (n + therapist) % 4, "embedded") for n in range(count)
    ]


def test_a_few_ratings_say_nothing() -> None:
    assert work_out(Criterion.RETURN, pairs(9)).kappa is None
    assert work_out(Criterion.RETURN, pairs(12)).kappa == 1
    assert not Agreement(Criterion.RETURN, 9, None, None, None).weak


def test_a_weak_agreement_is_flagged() -> None:
    found = work_out(Criterion.RETURN, pairs(40, therapist=2))
    told = Agreement(Criterion.RETURN, found.pairs, found.kappa, found.low, found.high)
    assert told.weak
    assert told.told("Dr Moreno").startswith("agreement with Dr Moreno -0.60 (")
    assert "40 rated" in told.spoken
    assert not Agreement(Criterion.RETURN, 40, 0.4, 0.2, 0.6).weak


def test_a_sample_is_spread_over_the_clients() -> None:
    of_client = {"ana": range(100), "ben": range(200, 203), "cleo": range(300, 400)}
    sample = drawn(of_client, 12, random.Random(1))
    assert len(set(sample)) == 12
    shares = [sum(low <= each < low + 100 for each in sample) for low in (0, 200, 300)]
    assert shares[1] == 3
    assert abs(shares[0] - shares[2]) <= 1
    assert sample == drawn(of_client, 12, random.Random(1))
    assert sample != drawn(of_client, 12, random.Random(2))
    assert set(drawn({"ben": range(3)}, 12, random.Random(1))) == {0, 1, 2}
    assert drawn({}, 12, random.Random(1)) == ()
