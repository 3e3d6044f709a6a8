"""Plain facts that travel between rooms: what was read in a turn, what was said, how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from steady.terms import (
    HURTING,
    Act,
    Aid,
    Criterion,
    Danger,
    Ending,
    Move,
    Outcome,
    Part,
    Rung,
    came_out,
)

EMBEDDED = "embedded"
MODEL = "model"
TOLD = "told"
BOTH = "embedded+model"
"""The reader of levels for which a model's reading was weighed beside the embedded one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A move found in a turn and the words that show it.

    `start` and `end` are character offsets into the turn's text, `end` exclusive;
    `probability` is the reader's confidence, 0 to 1.
    """

    move: Move
    start: int
    end: int
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time, place or condition for going on that the client named.

    `text` is as written; `adverbial` is how the partner would repeat it after a comma
    or at the end of a sentence ("in 20 minutes", "at half eight", "after your shift"):
    lower case, no final punctuation, the client's pronouns turned round. `minutes` is
    the wait where it can be known.
    """

    start: int
    end: int
    text: str
    adverbial: str
    minutes: int | None = None


_NAMES_NO_TIME = frozenset({"at", "on", "in", "by", "past", "the", "o'clock", "o’clock"})


def one_time(first: str, second: str) -> bool:
    """Whether two adverbials may name one time: "on Thursday", and then "on Thursday at ten"."""
    words, others = (set(a.lower().split()) - _NAMES_NO_TIME for a in (first, second))
    return words <= others or others <= words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn does: the moves shown, each with its words, and the turn's quality.

    `found` holds every move shown with enough confidence, in order of the text, at most
    one entry per move. `quality` is the codebook's 1 (harmful, or no turn) to 5.
    """

    text: str
    found: tuple[Found, ...] = ()
    quality: float = 3.0
    times: tuple[TimePhrase, ...] = ()
    probabilities: Mapping[Move, float] = field(default_factory=dict)

    @property
    def moves(self) -> frozenset[Move]:
        """The moves shown."""
        return frozenset(f.move for f in self.found)

    @property
    def return_named(self) -> TimePhrase | None:
        """The return named last; a day or an hour before a mere length of time."""
        fixed = [time for time in self.times if time.minutes is None]
        named = fixed or list(self.times)
        return named[-1] if named else None

    def without_doubtful_hurt(self, sure: float) -> "Reading":
        """The reading without hurting moves whose probability is below `sure`, 0 to 1."""
        kept = tuple(f for f in self.found if f.move not in HURTING or f.probability >= sure)
        return self if kept == self.found else replace(self, found=kept)

    def words_of(self, move: Move) -> str:
        """The words that show a move, or an empty string where it is not shown."""
        return next((self.text[f.start : f.end] for f in self.found if f.move == move), "")


@dataclass(frozen=True, slots=True)
class Stance:
    """The partner's state as shown and stored; every figure from 0 to 1."""

    tension: float
    heard: float
    trust: float


@dataclass(frozen=True, slots=True)
class Practised:
    """A scenario as it was practised: the id with the hash of the file's content."""

    id: str
    content_hash: str
    title: str
    relationship: str


@dataclass(frozen=True, slots=True)
class AttemptStart:
    """What is known when an attempt begins."""

    scenario: Practised
    rung: Rung
    seed: int
    aids_offered: bool
    slow: bool
    face: str  # "screen", "plain" or "json"
    part: Part = Part.TALK
    agreed: str = ""  # the return that was agreed ("in 20 minutes"), in the return alone
    voice: str = EMBEDDED  # whose words the partner's were to be: "embedded" or "model"
    assignment: str | None = None  # the homework it was begun for
    probe: bool = False  # unaided, against a push not met before, said beforehand


@dataclass(frozen=True, slots=True)
class PartnerTurn:
    """One line of the partner. `state` is the partner's whole state after it, as JSON text.

    `voice` is who found the words: "embedded", "model", or "told" for what is not spoken but
    shown: where the partner is as a return begins. `voice_why` says why a model that was asked
    did not find them, or why they are not all of what it said; empty otherwise.
    """

    number: int
    text: str
    act: Act | None  # None for the opening line
    stance: Stance
    state: str
    voice: str = EMBEDDED
    voice_why: str = ""

    @property
    def told(self) -> bool:
        """Whether this is shown, not spoken: where the partner is as a return begins."""
        return self.voice == TOLD


@dataclass(frozen=True, slots=True)
class ClientTurn:
    """One turn of the client. `to_program` marks a turn said to the program, not the partner."""

    number: int
    text: str
    reading: Reading
    danger: Danger | None = None
    to_program: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One criterion's level, 0 to 3, or None where there was no chance to show it.

    `evidence` is the client's own words that earned it (may be empty at 0), `turn` the number
    of the turn they come from.
    """

    criterion: Criterion
    level: int | None
    evidence: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """One thing that worked, in the client's own words, and why."""

    quote: str
    why: str
    turn: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the client's sentence, a better version of it, and what it mends."""

    instead: str
    try_: str
    mends: str
    turn: int


@dataclass(frozen=True, slots=True)
class ProposedMove:
    """A move that a model proposed, or that the embedded reading had, and what became of it.

    `turn` is the number of the client's turn, `reader` who proposed it ("model" or "embedded"),
    `kept` whether the levels rest on it, `why` the rule that settled it.
    """

    turn: int
    reader: str
    move: Move
    start: int
    end: int
    kept: bool
    why: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the client sees at the end of an attempt.

    `reader` names what read the turns that the levels rest on, EMBEDDED or BOTH; `proposed` is
    what was weighed then. `coach` is one sentence on why a model's coach was asked and not used.
    """

    outcome: Outcome
    ending: Ending
    levels: tuple[Level, ...]
    keep: Keep | None
    change: Change | None
    reader: str = EMBEDDED
    coach: str = ""
    proposed: tuple[ProposedMove, ...] = ()

    @property
    def came_out(self) -> str:
        """How it came out, as it is said on screen."""
        return came_out(self.outcome, self.ending)


@dataclass(frozen=True, slots=True)
class AidUsed:
    """An aid opened during an attempt, before the client's turn of this number."""

    aid: Aid
    number: int


@dataclass(frozen=True, slots=True)
class SelfRating:
    """How sure and how tense the client feels, each 0 to 10, or None where skipped."""

    sure: int | None
    tense: int | None


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request made to a model, whatever became of it.

    `estimated` says that the server did not count the tokens; `cost` is None where no price is
    set; `fault` is the kind of fault that ended it, or None.
    """

    attempt: int | None
    purpose: str
    host: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    estimated: bool
    cost: float | None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What some requests used together. `cost` is None where no price was known for any."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cost: float | None = None

    @property
    def tokens(self) -> int:
        """Tokens sent and received."""
        return self.prompt_tokens + self.completion_tokens
