"""What the partner does next: chosen from stance, rung and what was said. Pure but for the dice."""

from dataclasses import dataclass, replace
from random import Random

from steady.partner.hearing import Heard
from steady.partner.stance import changed_promise
from steady.partner.state import PartnerState
from steady.partner.tables import act_tables
from steady.records import Reading
from steady.scenario.model import Scenario
from steady.terms import HURTING, PUSHES, Act, Ending, Move, Rung

_HEATED = frozenset({Move.CONTEMPT, Move.THREATENS, Move.BLAMES})
_SPOILS = HURTING - {Move.YIELDS, Move.OVER_APOLOGISES, Move.UNDERCUTS}
_EASED = frozenset({Act.WAVER, Act.SOFTEN, Act.DISCLOSE})
_ASKS = frozenset({Move.ASSERTS, Move.COMMITS, Move.NEGOTIATES})


@dataclass(frozen=True, slots=True)
class Choice:
    """The act chosen, the state after choosing it, and the ending where it closes the scene."""

    act: Act
    state: PartnerState
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """All that an act is chosen from. `before` is the state before this turn moved it.

    `unmet` are pushes that the client has not met yet, in a probe; the partner turns to them first.
    """

    scenario: Scenario
    rung: Rung
    before: PartnerState
    state: PartnerState
    reading: Reading
    heard: Heard
    unmet: frozenset[Act] = frozenset()


def choose(moment: Moment, rng: Random) -> Choice:
    """The partner's next act."""
    return (
        _ending_by_client(moment)
        or _after_condition(moment)
        or _reaction(moment, rng)
        or _easing(moment, rng)
        or _push(moment, rng)
    )


def _ending_by_client(m: Moment) -> Choice | None:
    """The scene ends here if the client blew up, gave in, or shut down."""
    limits, moves = act_tables().limits, m.reading.moves
    if moves & _HEATED and (
        m.state.strikes >= limits["strikes_to_leave"]
        or (m.before.strikes > 0 and m.state.tension >= limits["tension_to_leave"])
    ):
        return Choice(Act.LEAVE_HURT, m.state, Ending.CLIENT_BLEW_UP)
    if _surely(m.reading, Move.YIELDS) and not moves & _ASKS and not m.before.condition_set:
        return Choice(Act.TAKE_THE_WIN, m.state, Ending.CLIENT_GAVE_IN)
    if m.state.withdrawals >= limits["withdrawals_to_let_go"]:
        return Choice(Act.LET_GO, m.state, Ending.CLIENT_SHUT_DOWN)
    return None


def _surely(reading: Reading, move: Move) -> bool:
    """Whether a move is shown with confidence enough to end a scene on it."""
    sure = act_tables().limits["sure"]
    return any(found.move is move and found.probability >= sure for found in reading.found)


def _after_condition(m: Moment) -> Choice | None:
    """The partner set a condition; unless the client now hurts, the talk is settled."""
    if m.before.last_act is not Act.ACCEPT_WITH_CONDITION:
        return None
    if not m.heard.agrees and m.reading.moves & _SPOILS:
        return None
    if m.heard.question is not None and not m.reading.moves & _ASKS:
        return Choice(Act.ANSWER, m.state)
    return Choice(Act.ACCEPT, m.state, Ending.ACCEPTED_WITH_CONDITION)


def _reaction(m: Moment, rng: Random) -> Choice | None:
    """What calls for an answer in kind: an attack, silence, a changed promise, a question."""
    chances, moves = act_tables().chances, m.reading.moves
    if moves & _HEATED:
        hurt_quiet = rng.random() < chances["go_silent"]
        quiet = Act.GO_SILENT if hurt_quiet and m.before.last_act is not Act.GO_SILENT else None
        return _pushed(m.state, quiet or Act.CALL_OUT)
    if m.heard.agrees and m.before.last_act in _EASED:
        return None
    if _surely(m.reading, Move.WITHDRAWS) and not moves & _ASKS:
        return _pushed(m.state, Act.NOTICE_SILENCE)
    if m.heard.next_to_nothing and not moves - {Move.YIELDS, Move.WITHDRAWS}:
        return _pushed(m.state, Act.NOTICE_SILENCE)
    if changed_promise(m.before, m.heard):
        return _pushed(replace(m.state, trust=max(0.0, m.state.trust - 0.2)), Act.NOTICE_CHANGE)
    if m.heard.question is not None and rng.random() < chances["answer"]:
        return Choice(Act.ANSWER, m.state)
    return None


def _easing(m: Moment, rng: Random) -> Choice | None:
    """Coming round, or a step toward it, when the stance and the pushes allow."""
    tables = act_tables()
    if m.heard.agrees and m.before.last_act in _EASED:
        return _met_halfway(m)
    if m.reading.moves & HURTING or not m.reading.moves:
        return None
    if _can_accept(m):
        if not m.before.last_acts or Act(m.before.last_acts[-1]) in PUSHES:
            return _disclosed_or(m, rng, Act.SOFTEN)
        if m.rung is Rung.GENTLE and rng.random() < tables.chances["accept_outright"]:
            return Choice(Act.ACCEPT, m.state, Ending.ACCEPTED)
        if m.before.condition_set:
            return Choice(Act.ACCEPT, m.state, Ending.ACCEPTED_WITH_CONDITION)
        return Choice(Act.ACCEPT_WITH_CONDITION, replace(m.state, condition_set=True))
    if m.state.pushes_left > 0:
        if (
            m.state.pushes_made > 0
            and m.state.heard >= tables.heard_enough["to_waver"]
            and m.before.last_act is not Act.WAVER
            and rng.random() < tables.chances["waver_between"]
        ):
            return Choice(Act.WAVER, m.state)
        return None
    if m.state.heard >= tables.heard_enough["to_disclose"]:
        return _disclosed_or(m, rng, None)
    return None


def _met_halfway(m: Moment) -> Choice:
    """The client said yes to a partner who was easing: another step toward each other."""
    enough = 1 if m.rung is Rung.GENTLE else 2
    if m.state.reachable and m.state.asked and m.state.pushes_made >= enough and not m.state.slips:
        return Choice(Act.ACCEPT_WITH_CONDITION, replace(m.state, condition_set=True))
    return Choice(Act.SOFTEN, m.state)


def _disclosed_or(m: Moment, rng: Random, otherwise: Act | None) -> Choice | None:
    """The concern underneath, once, if felt heard; else the other act."""
    tables = act_tables()
    if (
        not m.state.concern_shown
        and m.state.heard >= tables.heard_enough["to_disclose"]
        and rng.random() < tables.chances["disclose"]
    ):
        return Choice(Act.DISCLOSE, replace(m.state, concern_shown=True))
    return Choice(otherwise, m.state) if otherwise else None


def _can_accept(m: Moment) -> bool:
    """Whether pushes are spent and the stance has come within reach."""
    bar = act_tables().acceptance[m.rung]
    return (
        m.state.reachable
        and m.state.asked
        and m.state.pushes_left <= 0
        and m.state.tension <= bar.tension_at_most
        and m.state.heard >= bar.heard_at_least
        and m.state.trust >= bar.trust_at_least
    )


def _push(m: Moment, rng: Random) -> Choice:
    """A push, weighted by rung, temperament and what was said; or leaving, when patience is out."""
    tables = act_tables()
    patience = m.scenario.rungs[m.rung].pushes_for + tables.patience[m.rung]
    if m.state.pushes_made >= patience or m.state.client_turns >= tables.limits["turns"]:
        if _worn_down(m):
            return Choice(Act.ACCEPT_WITH_CONDITION, replace(m.state, condition_set=True))
        return Choice(Act.LEAVE_HURT, m.state, Ending.LEFT_HURT)
    weights = push_weights(m)
    acts = list(weights)
    return _pushed(m.state, rng.choices(acts, [weights[act] for act in acts])[0])


def _worn_down(m: Moment) -> bool:
    """Whether calm and a kept time bring round a partner who never felt quite heard."""
    bar = act_tables().acceptance[m.rung]
    heard = m.rung is not Rung.GENTLE and m.state.heard >= bar.heard_at_least
    forgiven = 1 if heard else 0
    return (
        m.state.reachable
        and m.state.asked
        and m.state.slips <= forgiven
        and m.state.tension <= bar.tension_at_most
        and m.state.trust >= bar.trust_at_least
    )


def _pushed(state: PartnerState, act: Act) -> Choice:
    """The state after one more push."""
    return Choice(
        act,
        replace(
            state,
            pushes_left=max(0, state.pushes_left - 1),
            pushes_made=state.pushes_made + 1,
        ),
    )


def push_weights(m: Moment) -> dict[Act, float]:
    """How strongly each push suggests itself at this moment; every weight is above zero."""
    tables = act_tables()
    weights = dict(tables.pushes[m.rung])
    if not m.state.asked and m.heard.time is None:
        weights.pop(Act.DOUBT_RETURN, None)  # nothing is on the table yet that could be doubted
    for act in m.scenario.partner.leans_on:
        if act in weights:
            weights[act] = weights[act] * tables.temperament["leaning"]
    for situation in _situations(m):
        for act, factor in tables.after[situation].items():
            if act in weights:
                weights[act] *= factor
    for place, name in enumerate(reversed(m.before.last_acts[-3:])):
        act = Act(name)
        if act in weights:
            weights[act] *= tables.temperament["just_done" if place == 0 else "done_lately"]
    unmet = m.unmet - {Act(name) for name in m.before.last_acts}
    return {act: weight for act, weight in weights.items() if act in unmet} or weights


def _situations(m: Moment) -> list[str]:
    """The rows of the `after` table that apply to this turn."""
    moves = m.reading.moves
    found = [
        move.value
        for move in (Move.DEFENDS, Move.UNDERCUTS, Move.OVER_APOLOGISES, Move.EXPRESSES)
        if move in moves
    ]
    if m.heard.time is not None:
        found.append("time-named")
    elif Move.ASSERTS in moves and Move.COMMITS not in moves and m.state.promised is None:
        found.append("asked-without-time")
    if not moves & {Move.VALIDATES, Move.REASSURES, Move.NEGOTIATES}:
        found.append("nothing-heard")
    return found
