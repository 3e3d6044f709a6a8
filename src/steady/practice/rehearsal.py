"""The conductor of one rehearsal.

A turn travels: danger screen, reading, partner, journal, and only then back to the face that
shows it. Everything said is in the journal before it is returned, so a program killed at any
moment loses at most the words still being typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from steady.partner.embedded import PartnerReply
from steady.partner.order import Line, Order, Rendered
from steady.partner.state import PartnerState
from steady.practice.asides import Help, help_for
from steady.practice.hints import Hint, HintLadder
from steady.practice.protocols import Journal, Partner, Reader, Screen
from steady.practice.scene import Scene
from steady.records import (
    EMBEDDED,
    MODEL,
    TOLD,
    AidUsed,
    ClientTurn,
    Feedback,
    PartnerTurn,
    Reading,
)
from steady.rubric.exchange import Exchange
from steady.rubric.feedback import feedback
from steady.safety.cleaning import MAX_STORED, clean
from steady.terms import Aid, Danger, Ending, Move, Part, Speaker

MAX_TURN = 4_000
"""How much of one turn the partner hears, in characters. All of it is kept."""

SURE = 0.6
"""How sure the reading must be, 0 to 1, that a turn was said to the program."""

Turn = PartnerTurn | ClientTurn


@dataclass(frozen=True, slots=True)
class Heard:
    """The partner heard the turn, which is in the journal, and `reply` is decided, not yet said.

    `private` says that the turn must not leave this machine, so that no other voice may be asked.
    """

    client: ClientTurn
    reply: PartnerReply
    cut: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The partner answered. `cut` says that the turn was longer than the partner hears."""

    client: ClientTurn
    partner: PartnerTurn
    ending: Ending | None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """The turn was said to the program; the partner has not heard it."""

    client: ClientTurn
    help: Help


@dataclass(frozen=True, slots=True)
class Alarm:
    """The turn sounds like danger. The partner says nothing; the program speaks for itself."""

    client: ClientTurn
    danger: Danger


Said = Reply | Aside | Alarm

PRIVATE = "words about danger stay on this machine"
"""Why the embedded line was used where another voice would have been asked."""


def _is_for_the_program(reading: Reading) -> bool:
    """Whether a turn was surely not said to the partner."""
    return reading.moves == {Move.OFF_TASK} and reading.found[0].probability >= SURE


class Rehearsal:
    """One attempt, from the opening line to the feedback."""

    def __init__(
        self,
        scene: Scene,
        partner: Partner,
        reader: Reader,
        screen: Screen,
        journal: Journal,
        attempt: int,
        turns: Iterable[Turn] = (),
    ) -> None:
        """An attempt already in the journal, with its live turns; see `begin` and `resume`."""
        self.scene = scene
        self.attempt = attempt
        self.ending: Ending | None = None
        self._partner = partner
        self._reader = reader
        self._screen = screen
        self._journal = journal
        self._turns: list[Turn] = list(turns)
        self._pending: Heard | None = None
        self._ladder: HintLadder | None = None

    @classmethod
    def begin(
        cls, scene: Scene, partner: Partner, reader: Reader, screen: Screen, journal: Journal
    ) -> "Rehearsal":
        """A new attempt: it is in the journal with the partner's opening line."""
        attempt = journal.begin(scene.as_start())
        rehearsal = cls(scene, partner, reader, screen, journal, attempt)
        rehearsal._record(partner.open())
        return rehearsal

    @classmethod
    def resume(
        cls,
        scene: Scene,
        partner: Partner,
        reader: Reader,
        screen: Screen,
        journal: Journal,
        attempt: int,
        turns: Iterable[Turn],
        *,
        answered: bool = True,
    ) -> "Rehearsal":
        """An attempt taken up where it was. A turn that still lacks its reply gets it now.

        With `answered` off it is left `pending`, for another voice to say the reply.
        """
        rehearsal = cls(scene, partner, reader, screen, journal, attempt, turns)
        if not rehearsal._turns:
            rehearsal._record(partner.open())
        last = rehearsal._turns[-1]
        if isinstance(last, ClientTurn) and not last.to_program and last.danger is None:
            private = screen(last.text) is not None
            rehearsal._pending = rehearsal._decide(last, cut=False, private=private)
            if answered:
                rehearsal.answer(rehearsal._pending)
        return rehearsal

    @property
    def pending(self) -> Heard | None:
        """The turn that was heard and not answered yet, or None."""
        return self._pending

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The live turns in order; replaced ones are in the journal alone."""
        return tuple(self._turns)

    @property
    def last_line(self) -> PartnerTurn:
        """What the partner said last."""
        return next(turn for turn in reversed(self._turns) if isinstance(turn, PartnerTurn))

    @property
    def exchanges(self) -> list[Exchange]:
        """The client's turns to the partner, each with the line it answered."""
        found = []
        line: PartnerTurn | None = None
        for turn in self._turns:
            if isinstance(turn, PartnerTurn):
                line = turn
            elif line is not None and not turn.to_program and turn.danger is None:
                found.append(Exchange(turn.number, line.text, line.act, turn.reading))
        return found

    @property
    def private(self) -> frozenset[int]:
        """The numbers of the client's turns that must not leave this machine."""
        return frozenset(
            turn.number
            for turn in self._turns
            if isinstance(turn, ClientTurn)
            and (turn.to_program or turn.danger is not None or self._screen(turn.text) is not None)
        )

    def say(self, text: str, *, misread: bool = False) -> Said:
        """Say something to the partner, who answers at once in the embedded voice.

        The words are cleaned and kept first. `misread` says that the client, asked after an
        alarm, wants these same words to be said all the same.
        """
        heard = self.hear(text, misread=misread)
        return self.answer(heard) if isinstance(heard, Heard) else heard

    def hear(self, text: str, *, misread: bool = False) -> Heard | Aside | Alarm:
        """As `say`, up to the partner's answer, which is decided and waits for `answer`."""
        if self._pending is not None:
            self.answer(self._pending)
        words = clean(text)[:MAX_STORED]
        danger = None if misread else self._screen(words)
        spoken = words[:MAX_TURN]
        if danger is not None:
            turn = self._take(words, Reading(spoken, quality=3.0), danger=danger)
            return Alarm(turn, danger)
        reading = self._reader.read(spoken, self.last_line.text)
        if not spoken.strip() or _is_for_the_program(reading):
            act, moment = self.last_line.act, self._next_number
            turn = self._take(words, reading, to_program=True)
            return Aside(turn, help_for(spoken, self.scene, act, moment))
        turn = self._take(words, reading)
        self._pending = self._decide(turn, cut=len(words) > MAX_TURN, private=misread)
        return self._pending

    def answer(self, heard: Heard, rendered: Rendered | None = None) -> Reply:
        """Record and give the partner's answer: the line that was found, or the embedded one.

        Raises ValueError where the turn was answered already or taken back.
        """
        if heard is not self._pending:
            raise ValueError(f"turn {heard.client.number} does not wait for an answer")
        self._pending = None
        partner = self._record(heard.reply, rendered)
        return Reply(heard.client, partner, self.ending, heard.cut)

    def answer_privately(self, heard: Heard) -> Reply:
        """As `answer`, in the embedded voice, because the turn must not leave this machine."""
        return self.answer(heard, Rendered(heard.reply.text, EMBEDDED, PRIVATE))

    def order(self, heard: Heard) -> Order:
        """What another voice needs to say the answer. Holds nothing that must not be sent."""
        return self._partner.order(
            PartnerState.from_json(self.last_line.state),
            heard.client.reading,
            heard.reply,
            [*self._talk_before(heard.client.number)],
        )

    def _talk_before(self, number: int) -> Iterable[Line]:
        """What was said before a turn, without what is told, asides, and words about danger."""
        for turn in self._turns:
            if turn.number >= number:
                return
            if isinstance(turn, PartnerTurn):
                if not turn.told:
                    yield Line(Speaker.PARTNER, turn.text)
            elif not turn.to_program and turn.danger is None and not self._screen(turn.text):
                yield Line(Speaker.CLIENT, turn.text[:MAX_TURN])

    def misread(self, alarm: Alarm) -> Said:
        """The alarm misread the words: they are said to the partner after all."""
        heard = self.hear_after_all(alarm)
        return self.answer(heard) if isinstance(heard, Heard) else heard

    def hear_after_all(self, alarm: Alarm) -> Heard | Aside | Alarm:
        """As `misread`, up to the answer; such words are private all the same."""
        self._drop_from(alarm.client.number)
        return self.hear(alarm.client.text, misread=True)

    def rewind(self, number: int) -> str:
        """Go back to before the client's turn of this number; returns what was said there.

        The turns from there on are kept in the journal, marked replaced. Raises ValueError where
        the number is not a live turn of the client.
        """
        turn = next((t for t in self._turns if t.number == number), None)
        if not isinstance(turn, ClientTurn):
            raise ValueError(f"turn {number} is not one of yours; choose a turn that you said")
        if self.ending is not None:
            self._journal.reopen(self.attempt)
            self.ending = None
        self._drop_from(number)
        return turn.text

    def hint(self) -> Hint | None:
        """Open the next hint for this moment, or None when all have been opened."""
        if self._ladder is None:
            self._ladder = HintLadder(self.scene, self.last_line.act, self._next_number)
        hint = self._ladder.climb()
        if hint is not None:
            self._journal.aid_used(self.attempt, AidUsed(hint.aid, self._next_number))
        return hint

    @property
    def next_aid(self) -> Aid | None:
        """What the next hint for this moment would be, or None when all have been opened."""
        return self._ladder.next_aid if self._ladder else Aid.BREATH

    @property
    def agreed(self) -> str | None:
        """The return that was agreed, where the talk ended with one that can be rehearsed."""
        scene = self.scene
        if scene.part is Part.RETURN or scene.scenario.return_ is None:
            return None
        if self.ending not in {Ending.ACCEPTED, Ending.ACCEPTED_WITH_CONDITION}:
            return None
        return PartnerState.from_json(self.last_line.state).promised

    def stop(self) -> None:
        """The client stops here; the scene is over."""
        self.ending = self.ending or Ending.STOPPED

    def keep_draft(self, text: str) -> None:
        """Keep the words typed but not yet said."""
        self._journal.keep_draft(self.attempt, clean(text)[:MAX_STORED])

    def close(self) -> Feedback:
        """End the attempt, early if the scene is not over, and give the feedback on it."""
        self.stop()
        scene = self.scene
        found = feedback(
            self.exchanges,
            self.ending or Ending.STOPPED,
            scene.scenario,
            scene.rung,
            self._reader.read,
            scene.part,
        )
        self._journal.end(self.attempt, found)
        return found

    def restate(self, found: Feedback) -> None:
        """Keep another feedback on this attempt, which has been closed."""
        self._journal.end(self.attempt, found)

    @property
    def reader(self) -> Reader:
        """What reads the turns."""
        return self._reader

    @property
    def _next_number(self) -> int:
        return self._turns[-1].number + 1 if self._turns else 0

    def _take(
        self,
        words: str,
        reading: Reading,
        *,
        danger: Danger | None = None,
        to_program: bool = False,
    ) -> ClientTurn:
        turn = ClientTurn(self._next_number, words, reading, danger, to_program)
        self._journal.client_turn(self.attempt, turn)
        self._turns.append(turn)
        return turn

    def _decide(self, turn: ClientTurn, *, cut: bool, private: bool = False) -> Heard:
        before = PartnerState.from_json(self.last_line.state)
        return Heard(turn, self._partner.reply(before, turn.reading), cut, private)

    def _record(self, reply: PartnerReply, rendered: Rendered | None = None) -> PartnerTurn:
        state, text, voice, why = reply.state, reply.text, TOLD if reply.told else EMBEDDED, ""
        if rendered is not None:
            voice, why = rendered.voice, rendered.why
            if rendered.voice == MODEL:  # the embedded line was not spoken and stays fresh
                text = rendered.text
                state = replace(state, said=(*state.said[:-1], text))
        turn = PartnerTurn(
            self._next_number, text, reply.act, state.stance, state.to_json(), voice, why
        )
        self._journal.partner_turn(self.attempt, turn)
        self._turns.append(turn)
        self._ladder = None
        self.ending = reply.ending
        return turn

    def _drop_from(self, number: int) -> None:
        self._journal.replace_from(self.attempt, number)
        self._turns = [turn for turn in self._turns if turn.number < number]
        self._pending = None
        self._ladder = None
