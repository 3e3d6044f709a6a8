"""What a pack and a packet hold, field by field, with a bound on everything.

A **pack** goes from the therapist to the client as readable JSON; a **packet** goes back,
encrypted. Both may have been written by anybody, so nothing unknown is accepted, every text is
bounded and cleaned of what a terminal would obey, and every list has a longest length. The JSON
Schemas in `docs/schemas` are made from these models.
"""

from collections.abc import Hashable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from steady.safety.cleaning import MAX_STORED, clean, one_line
from steady.terms import (
    Act,
    Aid,
    Criterion,
    Danger,
    Ending,
    Move,
    Outcome,
    Part,
    Rung,
    Speaker,
)

PACK: Literal["steady-pack"] = "steady-pack"
PACK_VERSION: Literal[1] = 1
LARGEST_PACK = 4 * 2**20
"""The largest pack that is read, in bytes."""

PACKET: Literal["steady-packet"] = "steady-packet"
PACKET_VERSION: Literal[1] = 1
LARGEST_PACKET = 64 * 2**20
"""The largest packet that is read, in bytes, both as it travels and unpacked."""

MOST_ASSIGNMENTS = 200
MOST_SCENARIOS = 100
MOST_ATTEMPTS = 2_000
MOST_FIELD_NOTES = 2_000
MOST_TURNS = 5_000
LONGEST_MESSAGE = 4_000
LONGEST_NOTE = 1_000
LONGEST_TOML = 256 * 1024
LONGEST_FIELD_NOTE = 8_000

_EARLIEST, _LATEST = 1900, 9000  # years: a wrong clock may say much, but not what cannot be shown
_GREATEST = 2**53 - 1  # the greatest whole number that every reader of JSON keeps exactly


def _no_longer_empty(text: str) -> str:
    if not text:
        raise ValueError("nothing is left of the text without its control characters")
    return text


def _utc(moment: datetime) -> datetime:
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("is no time that can be shown") from None
    if not _EARLIEST <= moment.year <= _LATEST:
        raise ValueError("is no time that can be shown")
    return moment


def _year(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise ValueError("is no day that can be shown")
    return day


def _sound_key(key: str) -> str:
    from steady.homework.recipient import is_sound

    if not is_sound(key):
        raise ValueError("is no key that a packet could be sealed for")
    return key


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A scenario's id. It becomes a file's name, so it holds nothing that could lead elsewhere."""
PublicKey = Annotated[
    str,
    StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$"),
    AfterValidator(_sound_key),
]
"""An age X25519 recipient."""
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120),
    AfterValidator(one_line),
    AfterValidator(_no_longer_empty),
]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
Message = Annotated[str, StringConstraints(max_length=LONGEST_MESSAGE), AfterValidator(clean)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE), AfterValidator(clean)]
FieldText = Annotated[str, StringConstraints(max_length=LONGEST_FIELD_NOTE), AfterValidator(clean)]
Words = Annotated[str, StringConstraints(max_length=MAX_STORED), AfterValidator(clean)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9 ._:/+-]*$", max_length=80)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
Day = Annotated[date, AfterValidator(_year)]
Number = Annotated[int, Field(ge=0, le=_GREATEST)]
Positive = Annotated[int, Field(ge=1, le=_GREATEST)]
Share = Annotated[float, Field(ge=0, le=1)]
OfTen = Annotated[int, Field(ge=0, le=10)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


class PackTherapist(_Model):
    """Who assigned, and the key that packets to them are encrypted to."""

    name: Name
    public_key: PublicKey


class PackClient(_Model):
    """For whom: `ref` is this client in the therapist's caseload."""

    ref: UUID
    name: Name


class Assignment(_Model):
    """A scenario at a rung, to be rehearsed `times` times, by the end of the day `due`.

    `aids` says whether hints are on or off; null leaves that to the client.
    """

    id: UUID
    scenario: Id
    rung: Rung
    times: Annotated[int, Field(ge=1, le=50)] = 1
    due: Day | None = None
    aids: Literal["on", "off"] | None = None
    note: Note = ""


class PackScenario(_Model):
    """A scenario of the therapist's own: the text of its file. It is checked before it is kept."""

    id: Id
    toml: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TOML)]


class Pack(_Model):
    """What a therapist sends a client. A pack made later with the same `pack_id` replaces it."""

    format: Literal["steady-pack"]
    version: Literal[1]
    pack_id: UUID
    made: Moment
    therapist: PackTherapist
    client: PackClient
    message: Message = ""
    assignments: Annotated[tuple[Assignment, ...], Field(min_length=1, max_length=MOST_ASSIGNMENTS)]
    scenarios: Annotated[tuple[PackScenario, ...], Field(max_length=MOST_SCENARIOS)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("assignment", [each.id for each in self.assignments])
        _once("scenario", [each.id for each in self.scenarios])
        return self


class PacketClient(_Model):
    """Who shares. `id` was made on the client's machine; `ref` and `name` come from the pack."""

    id: UUID
    ref: UUID
    name: Name


class SharedScenario(_Model):
    """Which scenario was rehearsed. `content_hash` is the SHA-256 of its file."""

    id: Id
    title: Name
    content_hash: Hash
    relationship: Word
    origin: Literal["shipped", "own", "pack", "gone"]
    """`gone`: the scenario is no longer on the client's machine."""


class SharedLevel(_Model):
    """One criterion's level, 0 to 3, or null where there was no chance to show it."""

    criterion: Criterion
    level: Annotated[int, Field(ge=0, le=3)] | None
    reader: Word = "embedded"
    """What read the turns that the level rests on."""


class SharedRating(_Model):
    """How sure and how tense the client felt, each 0 to 10, or null where skipped."""

    sure: OfTen | None
    tense: OfTen | None


class SharedAid(_Model):
    """An aid opened before the client's turn of this number."""

    aid: Aid
    number: Number


class SharedMove(_Model):
    """A move and the characters of the turn that show it, `end` exclusive."""

    move: Move
    start: Number
    end: Number
    probability: Share


class SharedTurn(_Model):
    """One turn in the order said. What only one of the speakers has is null for the other.

    `replaced` is 0 while the turn stands, else which going-back (1 for the first) took it away.
    `told` marks what was shown and not spoken. `danger` is set only where the client agreed to
    send turns so marked.
    """

    number: Number
    speaker: Speaker
    text: Words
    act: Act | None = None
    tension: Share | None = None
    heard: Share | None = None
    trust: Share | None = None
    quality: Annotated[float, Field(ge=1, le=5)] | None = None
    moves: Annotated[tuple[SharedMove, ...], Field(max_length=len(Move))] = ()
    replaced: Annotated[int, Field(ge=0, le=100_000)] = 0
    said_at: Moment
    to_program: bool = False
    told: bool = False
    danger: Danger | None = None

    @model_validator(mode="after")
    def _moves_inside(self) -> Self:
        if any(not move.start <= move.end <= len(self.text) for move in self.moves):
            raise ValueError("a move lies outside its turn")
        return self


class SharedKeep(_Model):
    """One thing that worked, in the client's own words, and why."""

    quote: Words
    why: Words
    turn: Number


class SharedChange(_Model):
    """One change: the client's sentence, a better one, and what it mends."""

    instead: Words
    try_: Annotated[Words, Field(alias="try")]
    mends: Words
    turn: Number

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class SharedWords(_Model):
    """The words of an attempt, where the client chose to send them."""

    turns: Annotated[tuple[SharedTurn, ...], Field(max_length=MOST_TURNS)]
    evidence: dict[Criterion, Words] = Field(default_factory=dict)
    keep: SharedKeep | None = None
    change: SharedChange | None = None


class SharedAttempt(_Model):
    """An attempt. It is the client's `id` and this `number` together that name it for good.

    `words` is null where only levels travel; `agreed`, which quotes the client, is then empty.
    `tension` is the partner's after each line that stands, so that its course can be drawn
    without words. `client_turns` counts those said to the partner.
    """

    number: Positive
    assignment: UUID | None = None
    scenario: SharedScenario
    rung: Rung
    part: Part = Part.TALK
    agreed: Line = ""
    started: Moment
    ended: Moment
    outcome: Outcome
    ending: Ending
    aids_offered: bool
    aided: bool
    probe: bool = False
    slow: bool = False
    face: Word = "screen"
    client_turns: Annotated[int, Field(ge=0, le=100_000)]
    levels: Annotated[tuple[SharedLevel, ...], Field(max_length=len(Criterion))]
    before: SharedRating | None = None
    after: SharedRating | None = None
    aids: Annotated[tuple[SharedAid, ...], Field(max_length=MOST_TURNS)] = ()
    voice: Literal["embedded", "model", "mixed"] = "embedded"
    tension: Annotated[tuple[Share, ...], Field(max_length=MOST_TURNS)] = ()
    words: SharedWords | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("criterion", [each.criterion for each in self.levels])
        if self.words is None:
            if self.agreed:
                raise ValueError("agreed quotes the client, and no words travel")
            return self
        _once("turn", [(each.number, each.replaced) for each in self.words.turns])
        return self


class SharedFieldNote(_Model):
    """Whether it was said for real, and what happened. `id` is the note's own, `number` the
    attempt's it belongs to, if any."""

    id: UUID
    scenario: Id
    number: Positive | None = None
    said: Literal["yes", "no", "not yet"]
    text: FieldText = ""
    noted_at: Moment


class Packet(_Model):
    """What a client sends back. Of two packets, the one with the higher `sequence` is newer,
    whatever their clocks say."""

    format: Literal["steady-packet"]
    version: Literal[1]
    packet_id: UUID
    client: PacketClient
    sequence: Positive
    made: Moment
    message: Message = ""
    attempts: Annotated[tuple[SharedAttempt, ...], Field(max_length=MOST_ATTEMPTS)]
    field_notes: Annotated[tuple[SharedFieldNote, ...], Field(max_length=MOST_FIELD_NOTES)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("attempt", [each.number for each in self.attempts])
        _once("field note", [each.id for each in self.field_notes])
        return self


def _once(what: str, named: Sequence[Hashable]) -> None:
    if len(set(named)) != len(named):
        raise ValueError(f"the same {what} is there twice")
