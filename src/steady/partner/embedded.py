"""The embedded partner: hears a turn, is moved by it, chooses an act and says it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random

from steady.partner.acts import Moment, choose
from steady.partner.hearing import hear
from steady.partner.order import EXAMPLES, Line, Order, order
from steady.partner.stance import moved, remembered, starting_state
from steady.partner.state import PartnerState
from steady.partner.tables import act_tables
from steady.partner.voice import EmbeddedVoice
from steady.records import Reading
from steady.scenario.model import Bank, Scenario
from steady.terms import Act, Ending, Rung


@dataclass(frozen=True, slots=True)
class PartnerReply:
    """What the partner does and says, the state after it, and the ending if the scene closes.

    `act` is None for the opening line; `told` says that the text is not spoken but shown.
    """

    text: str
    act: Act | None
    state: PartnerState
    ending: Ending | None = None
    told: bool = False


class EmbeddedPartner:
    """The other person of a scenario, in code and lines alone.

    The same scenario, rung, seed and words always give the same rehearsal: every choice draws on
    dice thrown from the seed and the number of the turn, so a scene can be resumed anywhere.
    """

    def __init__(
        self,
        scenario: Scenario,
        bank: Bank | None,
        rung: Rung,
        seed: int,
        heard_lately: Sequence[Collection[str]] = (),
        unmet: frozenset[Act] = frozenset(),
    ) -> None:
        """A partner for one attempt; `heard_lately` are the templates of earlier attempts.

        In a probe, `unmet` are the pushes that the client has not met yet.
        """
        self._scenario = scenario
        self._rung = rung
        self._seed = seed
        self._unmet = unmet
        self._voice = EmbeddedVoice(scenario, bank, heard_lately)

    def open(self) -> PartnerReply:
        """The opening line."""
        rng = self._dice("opening")
        state = starting_state(self._scenario, self._rung, rng)
        spoken = self._voice.opening(self._rung, rng)
        return PartnerReply(spoken.text, None, replace(state, said=(spoken.template,)))

    def reply(self, before: PartnerState, reading: Reading) -> PartnerReply:
        """The partner's answer to a turn read as `reading`, from the state before it."""
        rng = self._dice(f"{before.client_turns}:{len(before.said)}")
        reading = reading.without_doubtful_hurt(act_tables().limits["sure_of_hurt"])
        heard = hear(reading, self._scenario)
        state = remembered(moved(before, reading, self._scenario.partner), reading, heard)
        moment = Moment(self._scenario, self._rung, before, state, reading, heard, self._unmet)
        choice = choose(moment, rng)
        was = before.promised if choice.act is Act.NOTICE_CHANGE else None
        spoken = self._voice.say(choice.act, self._rung, choice.state, heard, was, rng)
        return PartnerReply(
            spoken.text, choice.act, choice.state.did(choice.act, spoken.template), choice.ending
        )

    def order(
        self, before: PartnerState, reading: Reading, reply: PartnerReply, talk: Sequence[Line]
    ) -> Order:
        """What another voice needs to say `reply` in its own words.

        `before` and `reading` are those that `reply` was made from; `talk` is all that was said
        before the turn. Raises ValueError for an opening line, which is never said otherwise.
        """
        if reply.act is None:
            raise ValueError("an opening line stands as it is written")
        plain = reading.without_doubtful_hurt(act_tables().limits["sure_of_hurt"])
        heard = hear(plain, self._scenario)
        was = before.promised if reply.act is Act.NOTICE_CHANGE else None
        rng = self._dice(f"examples:{before.client_turns}:{len(before.said)}")
        examples = self._voice.examples(
            EXAMPLES, reply.act, self._rung, reply.state, heard, was, rng
        )
        return order(
            self._scenario,
            reply.act,
            reply.state,
            embedded=reply.text,
            examples=examples,
            talk=talk,
            said=reading.text,
            ending=reply.ending,
        )

    def _dice(self, moment: str) -> Random:
        return Random(f"{self._seed}:{self._scenario.id}:{self._rung}:{moment}")  # noqa: S311
