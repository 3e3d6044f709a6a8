"""A small share of the hostile files that `benchmarks/fuzz_formats.py` tries by the thousand."""

import pytest

import fuzz_formats


@pytest.mark.parametrize("kind", list(fuzz_formats.SHARES))
def test_hostile_files_change_nothing_and_get_one_sentence(kind: str) -> None:
    with fuzz_formats.trial() as trial:
        fuzz_formats.run(fuzz_formats.cases(trial)[kind], 60)
        assert sum(trial.told.values()) >= 50
