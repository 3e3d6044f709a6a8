"""The embedded voice: an act said in this partner's words, never twice in an attempt."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from steady.partner.hearing import Heard
from steady.partner.state import PartnerState
from steady.partner.tables import act_tables
from steady.scenario.model import Bank, Banked, Scenario, slots_of
from steady.terms import EASING, PUSHES, Act, Rung, Tension

_ANY = "any"
_LATELY = 3
_QUOTE_FIRST = re.compile(r"((?:^|[.!?] )[\"“])\{quote\}")
_TENSIONS = {
    Tension.LOW: (Tension.LOW, Tension.MID, Tension.HIGH),
    Tension.MID: (Tension.MID, Tension.LOW, Tension.HIGH),
    Tension.HIGH: (Tension.HIGH, Tension.MID, Tension.LOW),
}
# Where an act has run out of fresh lines, a neighboring one says nearly the same.
_NEIGHBORS = {
    Act.NOTICE_CHANGE: (Act.DOUBT_RETURN,),
    Act.DOUBT_RETURN: (Act.QUESTION, Act.PRESS),
    Act.NOTICE_SILENCE: (Act.QUESTION, Act.PRESS),
    Act.CALL_OUT: (Act.GUILT, Act.ACCUSE),
    Act.GO_SILENT: (Act.GUILT,),
    Act.DISCLOSE: (Act.WAVER, Act.SOFTEN),
    Act.WAVER: (Act.SOFTEN,),
    Act.SOFTEN: (Act.WAVER,),
}
_CARRIES_TOPICS = frozenset({Act.PRESS, Act.QUESTION, Act.MINIMISE, Act.MISREAD})
_CARRIES_RUNG_PUSHES = frozenset({Act.PRESS, Act.ACCUSE})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as it is said, and the template it was made from, by which repeats are noticed."""

    text: str
    template: str


class EmbeddedVoice:
    """Lines of one scenario, then of the bank its relationship shares.

    `heard_lately` holds the templates spoken in earlier attempts of this scenario, one set an
    attempt, the latest first: lines not heard at all come first, then those not heard in the last
    three attempts, so that ten rehearsals in a row do not sound alike.
    """

    def __init__(
        self, scenario: Scenario, bank: Bank | None, heard_lately: Sequence[Collection[str]] = ()
    ) -> None:
        """A voice for one attempt."""
        self._scenario = scenario
        self._bank = bank
        ever = frozenset(line for lines in heard_lately for line in lines)
        lately = frozenset(line for lines in heard_lately[:_LATELY] for line in lines)
        self._avoided = (ever, lately, frozenset[str]())

    def opening(self, rung: Rung, rng: Random) -> Spoken:
        """The line that opens the scene."""
        openings = self._scenario.rungs[rung].openings
        for avoided in self._avoided:
            if fresh := [line for line in openings if line not in avoided]:
                break
        line = rng.choice(fresh)
        return Spoken(line, line)

    def say(
        self, act: Act, rung: Rung, state: PartnerState, heard: Heard, was: str | None, rng: Random
    ) -> Spoken:
        """The act as a line; slots are filled only where the client's words fill them well."""
        slots = _slots(state, heard, was)
        for pool in self._pools(act, rung, Tension.of(state.tension), heard, rng):
            fitting = _fitting(act, pool, state, slots)
            if fitting:
                return self._dress(act, rng.choice(_best(act, fitting, slots)), slots, rng)
        return Spoken("…", f"…{len(state.said)}")

    def examples(
        self,
        count: int,
        act: Act,
        rung: Rung,
        state: PartnerState,
        heard: Heard,
        was: str | None,
        rng: Random,
    ) -> list[str]:
        """Up to `count` lines as this voice would choose them now, none of them spoken yet.

        What is shown and not said ("(picks up the keys)") is no example of speech.
        """
        slots = _slots(state, heard, was)
        found: dict[str, None] = {}
        for pool in self._pools(act, rung, Tension.of(state.tension), heard, rng):
            fitting = [line for line in _fitting(act, pool, state, slots) if "(" not in line]
            for line in rng.sample(fitting, len(fitting)):
                found[fill(line, slots)] = None
                if len(found) == count:
                    return list(found)
        return list(found)

    def _pools(
        self, act: Act, rung: Rung, tension: Tension, heard: Heard, rng: Random
    ) -> Iterator[Sequence[str]]:
        """Ever wider circles of lines: what the client brought up, own lines, the shared bank."""
        circles = [*self._circles(act, rung, tension, heard)]
        if heard.topic is not None:
            if act is Act.ANSWER and heard.topic_asked:
                circles.insert(0, heard.topic.answers)
            elif act in _CARRIES_TOPICS and rng.random() < act_tables().chances["pick_up"]:
                circles.insert(0, heard.topic.says)
        beside = [
            pool
            for neighbor in _NEIGHBORS.get(act, ())
            for pool in self._circles(neighbor, rung, tension, heard)
        ]
        for avoided in self._avoided:
            for pool in circles:
                yield [line for line in pool if line not in avoided]
        yield from beside

    def _circles(
        self, act: Act, rung: Rung, tension: Tension, heard: Heard
    ) -> Iterator[Sequence[str]]:
        kinds = (
            ((heard.question or _ANY,), (_ANY,))
            if act is Act.ANSWER
            else tuple((step, _ANY) for step in _TENSIONS[tension])
        )
        for place, step in enumerate(kinds):
            own = _lines(self._scenario, act, step)
            if place == 0 and act in _CARRIES_RUNG_PUSHES:
                own = [*own, *self._scenario.rungs[rung].pushes]
            yield own
            yield _lines(self._bank, act, step)

    def _dress(self, act: Act, line: str, slots: dict[str, str], rng: Random) -> Spoken:
        """The line with its slots filled, and now and then a fragment before or after it."""
        text = fill(line, slots)
        chances = act_tables().chances
        before = self._fragments("before_push" if act in PUSHES else "before_easing", act)
        after = self._fragments("after_push", act) if act in PUSHES else []
        bare = line.startswith("(") or len(line.split()) <= 2
        if not bare and before and rng.random() < chances["opener"]:
            text = f"{rng.choice(before)} {text}"
        elif not bare and after and not text.endswith("?") and rng.random() < chances["tag"]:
            text = f"{text} {rng.choice(after)}"
        return Spoken(text, line)

    def _fragments(self, kind: str, act: Act) -> list[str]:
        if act not in PUSHES and act not in EASING:
            return []
        own: list[str] = getattr(self._scenario.voice, kind)
        shared: list[str] = getattr(self._bank.voice, kind) if self._bank else []
        return own or shared


def _fitting(
    act: Act, pool: Sequence[str], state: PartnerState, slots: dict[str, str]
) -> list[str]:
    """The lines of a pool that are fresh, and whose slots can be filled well."""
    return [
        line
        for line in pool
        if line not in state.said and slots_of(line) <= slots.keys() and _apt(act, line, slots)
    ]


def _lines(source: Banked | None, act: Act, kinds: Sequence[str]) -> list[str]:
    if source is None:
        return []
    by_kind = source.lines.get(act, {})
    return [line for kind in dict.fromkeys(kinds) for line in by_kind.get(kind, [])]


def _slots(state: PartnerState, heard: Heard, was: str | None) -> dict[str, str]:
    """What there is to fill slots with. A time stays in mind after the turn that named it."""
    slots = {}
    if time := (heard.time.adverbial if heard.time else state.promised):
        slots["time"] = time
    if was is not None:
        slots["was"] = was
    if heard.quote is not None:
        slots["quote"] = heard.quote
    return slots


def _apt(act: Act, line: str, slots: dict[str, str]) -> bool:
    """Whether a line suits what has been named: a bare doubt asks when, so not once it is known."""
    wanted = slots_of(line)
    if act is Act.DOUBT_RETURN:
        return ("time" in wanted) == ("time" in slots)
    if act is Act.NOTICE_CHANGE:
        return bool(wanted)
    return True


def _best(act: Act, lines: list[str], slots: dict[str, str]) -> list[str]:
    """The lines that take up the client's own time, where the act is about it and some do."""
    if act in {Act.ACCEPT, Act.ACCEPT_WITH_CONDITION, Act.SOFTEN} and "time" in slots:
        return [line for line in lines if "time" in slots_of(line)] or lines
    return lines


def fill(line: str, slots: dict[str, str]) -> str:
    """The line with its slots filled; what begins a sentence begins with a capital."""
    capitals = {name.capitalize(): value[:1].upper() + value[1:] for name, value in slots.items()}
    line = _QUOTE_FIRST.sub(r"\1{Quote}", line)
    return line.format_map({**slots, **capitals})
