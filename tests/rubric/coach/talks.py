"""Attempts made by hand for the coach, read by the embedded reader itself."""

from steady.reading import Reader
from steady.records import Reading
from steady.rubric.coach.proposals import Proposals, ProposedChange, ProposedKeep, ProposedMove
from steady.rubric.coach.reading import Attempt
from steady.rubric.exchange import Exchange
from steady.scenario.model import Scenario
from steady.terms import Act, Ending, Part, Rung

READER = Reader()
LATER = "Later when? You always say later."

Said = tuple[Act | None, str, str]
"""What the partner did, the partner's line, and what the client said to it."""

HELD: tuple[Said, ...] = (
    (None, "Are we okay? Can we talk?", "I need 20 minutes alone, then I'll come back to you."),
    (Act.DOUBT_RETURN, LATER, "I know I have said later before. I'll be back at half past eight."),
    (Act.PRESS, "Now. Please.", "You always nag me. I need 20 minutes, I'll be back."),
)


def read(text: str, partner: str) -> Reading:
    return READER.read(text, partner)


def exchanges(*said: Said) -> list[Exchange]:
    """Turns 1, 3, 5 … of a client, each read after the partner's line."""
    return [
        Exchange(2 * place + 1, line, act, read(text, line))
        for place, (act, line, text) in enumerate(said)
    ]


def attempt(scenario: Scenario, *said: Said, private: frozenset[int] = frozenset()) -> Attempt:
    return Attempt(
        7,
        exchanges(*(said or HELD)),
        Ending.ACCEPTED,
        scenario,
        Rung.GENTLE,
        Part.TALK,
        read,
        private,
    )


def moves(*found: tuple[int, str, str]) -> list[ProposedMove]:
    return [ProposedMove(turn=turn, move=move, quote=quote) for turn, move, quote in found]


AGREEING = moves(
    *(
        (each.number, found.move.value, each.reading.text[found.start : found.end])
        for each in exchanges(*HELD)
        for found in each.reading.found
    )
)
"""What a model that agrees with the embedded reading would mark in HELD."""


def proposals(
    found: list[ProposedMove] = AGREEING,
    keep: tuple[int, str] | None = None,
    change: tuple[int, str, str] | None = None,
) -> Proposals:
    return Proposals(
        moves=found,
        keep=None if keep is None else ProposedKeep(turn=keep[0], quote=keep[1]),
        change=(
            None
            if change is None
            else ProposedChange(turn=change[0], instead=change[1], rewrite=change[2])
        ),
    )
