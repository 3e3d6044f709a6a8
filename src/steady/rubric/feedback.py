"""The feedback of an attempt: levels, one thing to keep, one change."""

from collections.abc import Callable

from steady.records import Feedback, Reading
from steady.rubric.change import change
from steady.rubric.exchange import Exchange
from steady.rubric.keep import keep
from steady.rubric.levels import levels
from steady.rubric.outcome import outcome
from steady.scenario.model import Scenario
from steady.terms import Ending, Part, Rung

Read = Callable[[str, str], Reading]
"""Reads a turn in the light of the partner's line."""


def feedback(
    exchanges: list[Exchange],
    ending: Ending,
    scenario: Scenario,
    rung: Rung,
    read: Read,
    part: Part = Part.TALK,
) -> Feedback:
    """What the client sees at the end, computed from the moves of the attempt.

    `read` is used to make sure that a proposed change really mends what it says it mends.
    """
    name = scenario.partner.name or f"the {scenario.relationship}"
    return Feedback(
        outcome=outcome(exchanges, ending, part),
        ending=ending,
        levels=levels(exchanges, ending, scenario.criteria, part),
        keep=keep(exchanges, name),
        change=change(exchanges, scenario, rung, read),
    )
