"""The partner in the return: waits, is found again, tests once, and goes on with the talk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from steady.partner.embedded import PartnerReply
from steady.partner.order import EXAMPLES, Line, Order, order
from steady.partner.stance import moved
from steady.partner.state import PartnerState
from steady.partner.tables import act_tables, waiting
from steady.partner.voice import fill
from steady.records import Reading
from steady.scenario.model import Return, Scenario, slots_of
from steady.terms import PUSHES, Act, Ending, Move, Part, Rung

_HOT = frozenset({Move.BLAMES, Move.CONTEMPT, Move.THREATENS, Move.DEFENDS})
_MATTER = frozenset(
    {Move.EXPRESSES, Move.DESCRIBES, Move.ASSERTS, Move.NEGOTIATES, Move.COMMITS, Move.VALIDATES}
)


_LINES_OF = {
    Act.LEAVE_HURT: "bristles",
    Act.CALL_OUT: "bristles",
    Act.LET_GO: "tests",
    Act.NOTICE_SILENCE: "tests",
    Act.QUESTION: "tests",
    Act.SOFTEN: "receives",
    Act.ACCEPT: "closes",
}


@dataclass(frozen=True, slots=True)
class _Step:
    """What the partner does next in the return, and from which of the scene's lines."""

    act: Act
    lines: str
    ending: Ending | None = None


class ReturningPartner:
    """The other person, after the agreed pause. The client speaks first.

    `agreed` is the return that was agreed, as the partner would say it ("in 20 minutes").
    """

    def __init__(self, scenario: Scenario, rung: Rung, seed: int, agreed: str) -> None:
        """A partner for one return. Raises ValueError where the scenario has no return."""
        if scenario.return_ is None:
            raise ValueError(f"{scenario.id} has no [return] to rehearse")
        self._scenario = scenario
        self._return: Return = scenario.return_
        self._rung = rung
        self._seed = seed
        self._slots = {"time": agreed} if agreed else {}

    def open(self) -> PartnerReply:
        """Where the partner is now: told, not spoken."""
        rng = self._dice("return")
        table = waiting()
        spread = table["varies"]

        def about(figure: float) -> float:
            return min(1.0, max(0.0, figure + rng.uniform(-spread, spread)))

        state = PartnerState(
            tension=about(table["tension"]),
            heard=about(table["heard"]),
            trust=about(table["trust"]),
            reachable=True,
            pushes_left=1,
            asked=True,
        )
        text = rng.choice(self._return.scenes)
        return PartnerReply(text, None, replace(state, said=(text,)), told=True)

    def reply(self, before: PartnerState, reading: Reading) -> PartnerReply:
        """The partner's answer to a turn, from the state before it."""
        reading = reading.without_doubtful_hurt(act_tables().limits["sure_of_hurt"])
        rng = self._dice(f"{before.client_turns}:{len(before.said)}")
        state = self._remembered(moved(before, reading, self._scenario.partner), reading)
        step = self._step(before, state, reading)
        if step.act in PUSHES:
            state = replace(state, pushes_made=state.pushes_made + 1, pushes_left=0)
        template = self._line(step.lines, state, rng)
        text = fill(template, self._slots)
        return PartnerReply(text, step.act, state.did(step.act, template), step.ending)

    def order(
        self, before: PartnerState, reading: Reading, reply: PartnerReply, talk: Sequence[Line]
    ) -> Order:
        """What another voice needs to say `reply` in its own words; as EmbeddedPartner's."""
        if reply.act is None:
            raise ValueError("where the partner is as the return begins is told, not spoken")
        kind = _LINES_OF[reply.act]
        pool = [*self._fresh(kind, reply.state), *self._spare(kind, reply.state)]
        rng = self._dice(f"examples:{before.client_turns}:{len(before.said)}")
        spoken = [fill(line, self._slots) for line in pool if "(" not in line]
        return order(
            self._scenario,
            reply.act,
            reply.state,
            embedded=reply.text,
            examples=rng.sample(spoken, min(EXAMPLES, len(spoken))),
            talk=talk,
            said=reading.text,
            ending=reply.ending,
            part=Part.RETURN,
        )

    def _remembered(self, state: PartnerState, reading: Reading) -> PartnerState:
        hot = bool(reading.moves & _HOT)
        empty = not reading.moves - {Move.WITHDRAWS, Move.YIELDS}
        return replace(
            state,
            client_turns=state.client_turns + 1,
            strikes=state.strikes + hot,
            withdrawals=state.withdrawals + 1 if empty else 0,
        )

    def _step(self, before: PartnerState, state: PartnerState, reading: Reading) -> _Step:
        limits = waiting()
        if reading.moves & _HOT:
            if state.strikes >= limits["hot_turns_to_leave"]:
                return _Step(Act.LEAVE_HURT, "bristles", Ending.CLIENT_BLEW_UP)
            return _Step(Act.CALL_OUT, "bristles")
        if state.withdrawals >= limits["silences_to_let_go"]:
            return _Step(Act.LET_GO, "tests", Ending.CLIENT_SHUT_DOWN)
        if state.withdrawals:
            return _Step(Act.NOTICE_SILENCE, "tests")
        if Act.SOFTEN.value not in before.last_acts:
            return _Step(Act.SOFTEN, "receives")
        settled = state.pushes_made > 0 and bool(reading.moves & _MATTER)
        if settled or state.client_turns >= limits["turns"]:
            return _Step(Act.ACCEPT, "closes", Ending.ACCEPTED)
        return _Step(Act.QUESTION, "tests")

    def _line(self, kind: str, state: PartnerState, rng: Random) -> str:
        """A line of the scene, then one of the scenario for the same purpose."""
        fresh = self._fresh(kind, state) or self._spare(kind, state)
        return rng.choice(fresh) if fresh else "…"

    def _fresh(self, kind: str, state: PartnerState) -> list[str]:
        pool: list[str] = getattr(self._return, kind)
        return [line for line in pool if line not in state.said and self._fits(line)]

    def _spare(self, kind: str, state: PartnerState) -> list[str]:
        act = {"bristles": Act.CALL_OUT, "tests": Act.QUESTION, "closes": Act.ACCEPT}.get(
            kind, Act.SOFTEN
        )
        spare = [line for lines in self._scenario.lines.get(act, {}).values() for line in lines]
        return [line for line in spare if line not in state.said and self._fits(line)]

    def _fits(self, line: str) -> bool:
        return slots_of(line) <= self._slots.keys()

    def _dice(self, moment: str) -> Random:
        return Random(f"{self._seed}:{self._scenario.id}:{self._rung}:{moment}")  # noqa: S311
