"""The words that are shown."""

import pytest

from steady.terms import Ending, Outcome, came_out


@pytest.mark.parametrize(
    ("outcome", "ending", "words"),
    [
        (Outcome.STOPPED_EARLY, Ending.LEFT_HURT, "partner left"),
        (Outcome.STOPPED_EARLY, Ending.STOPPED, "stopped early"),
        (Outcome.GAVE_IN, Ending.LEFT_HURT, "gave in"),
        (Outcome.HELD_SHAKILY, Ending.ACCEPTED, "held shakily"),
    ],
)
def test_a_talk_that_the_partner_left_was_not_stopped_by_the_client(
    outcome: Outcome, ending: Ending, words: str
) -> None:
    assert came_out(outcome, ending) == words
