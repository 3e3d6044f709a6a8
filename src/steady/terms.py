"""The words of the house: one name for each thing, on screen, in code and in the database."""

from collections.abc import Container
from enum import StrEnum


class Rung(StrEnum):
    """How hard the partner pushes, from mildest to hardest."""

    GENTLE = "gentle"
    FIRM = "firm"
    ACCUSED = "accused"

    @property
    def next(self) -> "Rung | None":
        """The rung above, or None at the top."""
        order = list(Rung)
        place = order.index(self) + 1
        return order[place] if place < len(order) else None


class Move(StrEnum):
    """What a turn does to the other person: the sixteen labels of the codebook."""

    VALIDATES = "validates"
    DESCRIBES = "describes"
    EXPRESSES = "expresses"
    ASSERTS = "asserts"
    COMMITS = "commits"
    REASSURES = "reassures"
    NEGOTIATES = "negotiates"
    BLAMES = "blames"
    CONTEMPT = "contempt"
    DEFENDS = "defends"
    WITHDRAWS = "withdraws"
    YIELDS = "yields"
    OVER_APOLOGISES = "over-apologises"
    UNDERCUTS = "undercuts"
    THREATENS = "threatens"
    OFF_TASK = "off-task"


HELPING = frozenset(
    {
        Move.VALIDATES,
        Move.DESCRIBES,
        Move.EXPRESSES,
        Move.ASSERTS,
        Move.COMMITS,
        Move.REASSURES,
        Move.NEGOTIATES,
    }
)
HURTING = frozenset(Move) - HELPING


class Act(StrEnum):
    """What the partner does next."""

    # pushes
    ACCUSE = "accuse"
    PRESS = "press"
    GUILT = "guilt"
    DOUBT_RETURN = "doubt-return"
    QUESTION = "question"
    BARGAIN = "bargain"
    MISREAD = "misread"
    MINIMISE = "minimise"
    # answers to what was said
    CALL_OUT = "call-out"
    GO_SILENT = "go-silent"
    NOTICE_SILENCE = "notice-silence"
    NOTICE_CHANGE = "notice-change"
    ANSWER = "answer"
    # easing
    WAVER = "waver"
    DISCLOSE = "disclose"
    SOFTEN = "soften"
    ACCEPT_WITH_CONDITION = "accept-with-condition"
    ACCEPT = "accept"
    # endings other than acceptance
    TAKE_THE_WIN = "take-the-win"
    LEAVE_HURT = "leave-hurt"
    LET_GO = "let-go"


PUSHES = frozenset(
    {
        Act.ACCUSE,
        Act.PRESS,
        Act.GUILT,
        Act.DOUBT_RETURN,
        Act.QUESTION,
        Act.BARGAIN,
        Act.MISREAD,
        Act.MINIMISE,
        Act.CALL_OUT,
        Act.NOTICE_SILENCE,
        Act.NOTICE_CHANGE,
    }
)
EASING = frozenset({Act.WAVER, Act.DISCLOSE, Act.SOFTEN, Act.ACCEPT_WITH_CONDITION, Act.ACCEPT})


class Outcome(StrEnum):
    """How the client came out of an attempt."""

    HELD = "held"
    HELD_SHAKILY = "held-shakily"
    GAVE_IN = "gave-in"
    BLEW_UP = "blew-up"
    SHUT_DOWN = "shut-down"
    STOPPED_EARLY = "stopped-early"

    @property
    def spoken(self) -> str:
        """The outcome as it is said on screen."""
        return self.value.replace("-", " ")


class Ending(StrEnum):
    """What brought the scene to its end, seen from the partner's side."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_CONDITION = "accepted-with-condition"
    LEFT_HURT = "left-hurt"
    CLIENT_GAVE_IN = "client-gave-in"
    CLIENT_BLEW_UP = "client-blew-up"
    CLIENT_SHUT_DOWN = "client-shut-down"
    STOPPED = "stopped"


def came_out(outcome: Outcome, ending: Ending) -> str:
    """How an attempt came out, in the words that every list shows.

    Only who stopped has stopped early: where the partner walked out of a talk in which the client
    had asked, that is what is said.
    """
    if outcome is Outcome.STOPPED_EARLY and ending is Ending.LEFT_HURT:
        return "partner left"
    return outcome.spoken


class Part(StrEnum):
    """Which part of a scenario an attempt rehearses."""

    TALK = "talk"
    RETURN = "return"


def counts_as_done(part: Part, ending: Ending) -> bool:
    """Whether a finished attempt counts for the homework it was begun for.

    It counts however the talk went, as practice does, also where the partner left without coming
    round. One that the client stopped does not, nor does the return, which belongs to the talk
    that was counted.
    """
    return part is Part.TALK and ending is not Ending.STOPPED


class Criterion(StrEnum):
    """A line of the rubric."""

    VALIDATION = "validation"
    OWN_VOICE = "own-voice"
    CLEAR_ASK = "clear-ask"
    RETURN = "return"
    HOLDS_STEADY = "holds-steady"
    RESPECT = "respect"
    FEW_WORDS = "few-words"
    # Of the return alone.
    KEPT_TIME = "kept-time"
    SOFT_OPENING = "soft-opening"
    BACK_TO_MATTER = "back-to-matter"


CRITERIA = {
    Part.TALK: (
        Criterion.VALIDATION,
        Criterion.OWN_VOICE,
        Criterion.CLEAR_ASK,
        Criterion.RETURN,
        Criterion.HOLDS_STEADY,
        Criterion.RESPECT,
        Criterion.FEW_WORDS,
    ),
    Part.RETURN: (
        Criterion.KEPT_TIME,
        Criterion.SOFT_OPENING,
        Criterion.BACK_TO_MATTER,
        Criterion.RESPECT,
    ),
}
"""The criteria that each part is rated by, in the order in which they are shown."""


def part_of(rated: Container[Criterion]) -> Part:
    """Which part was rehearsed, by the criteria it was rated by."""
    return Part.RETURN if Criterion.KEPT_TIME in rated else Part.TALK


class Aid(StrEnum):
    """A rung of the hint ladder, in the order it is offered."""

    BREATH = "breath"
    STARTER = "starter"
    SCRIPT = "script"
    SAMPLE = "sample"


class Speaker(StrEnum):
    """Who said a turn."""

    CLIENT = "client"
    PARTNER = "partner"


class Danger(StrEnum):
    """What the safety screen may notice in a client's turn."""

    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    HARM_TO_OTHERS = "harm-to-others"


class Tension(StrEnum):
    """The partner's tension in three steps, by which lines are chosen."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"

    @classmethod
    def of(cls, tension: float) -> "Tension":
        """The step for a tension from 0 (at ease) to 1 (boiling)."""
        if tension < 0.4:
            return cls.LOW
        return cls.MID if tension < 0.7 else cls.HIGH


class ComesRound(StrEnum):
    """How likely a partner is to come round on a rung, met well."""

    YES = "yes"
    USUALLY = "usually"
    SOMETIMES = "sometimes"
    NO = "no"


class Relationship(StrEnum):
    """Which shared bank of lines a scenario draws on."""

    PARTNER = "partner"
    SUPERVISOR = "supervisor"
    COLLEAGUE = "colleague"
