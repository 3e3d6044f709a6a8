"""How a turn moves the partner's stance: pure functions over the tables."""

from dataclasses import replace
from random import Random

from steady.partner.hearing import Heard
from steady.partner.state import PartnerState
from steady.partner.tables import act_tables, effects
from steady.records import Reading, one_time
from steady.scenario.model import Partner, Scenario
from steady.terms import Move, Rung

_ASKS = frozenset({Move.ASSERTS, Move.COMMITS, Move.NEGOTIATES})


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))


def starting_state(scenario: Scenario, rung: Rung, rng: Random) -> PartnerState:
    """The partner as the scene opens; two attempts differ a little, as two evenings do."""
    tables = act_tables()
    scene = scenario.rungs[rung]
    spread = tables.start["varies"]
    return PartnerState(
        tension=_bounded(scene.tension + rng.uniform(-spread, spread)),
        heard=_bounded(tables.start["heard"] + rng.uniform(-spread, spread)),
        trust=_bounded(tables.start["trust"] + rng.uniform(-spread, spread)),
        reachable=rng.random() < tables.comes_round[scene.comes_round],
        pushes_left=scene.pushes_for,
    )


def moved(state: PartnerState, reading: Reading, partner: Partner) -> PartnerState:
    """The stance after a turn's moves, each counted once, in the light of the temperament."""
    table = effects()
    tension, heard, trust = state.tension, state.heard, state.trust
    ease = min(1.0, state.tension / table.eases_fully_from)
    for move in reading.moves:
        effect = table.of[move]
        scale = 1.0
        if move in partner.softens or move in partner.inflames:
            scale *= table.strengthened
        if move.value in state.last_moves and effect.tension <= 0:
            scale *= table.again
        rise = effect.tension * scale
        tension += rise * (0.6 + 0.8 * partner.temper) if rise > 0 else rise * ease
        heard += effect.heard * scale
        trust += effect.trust * scale
    return replace(
        state,
        tension=_bounded(tension),
        heard=_bounded(heard),
        trust=_bounded(trust),
        last_moves=tuple(sorted(move.value for move in reading.moves)),
    )


def remembered(state: PartnerState, reading: Reading, heard: Heard) -> PartnerState:
    """What the partner keeps in mind after a turn: strikes, silences, the ask, the promise.

    A turn that hurts costs ground: more pushes have to be met before the partner comes round.
    """
    strikes, costs = act_tables().strikes, act_tables().slip_costs
    withdrew = Move.WITHDRAWS in reading.moves and not reading.moves & _ASKS
    time = heard.time if Move.COMMITS in reading.moves else None
    slip = max((costs.get(move, 0) for move in reading.moves), default=0)
    return replace(
        state,
        client_turns=state.client_turns + 1,
        strikes=state.strikes + sum(strikes.get(move, 0.0) for move in reading.moves),
        withdrawals=state.withdrawals + 1 if withdrew else 0,
        pushes_left=state.pushes_left + slip,
        slips=state.slips + (slip > 0),
        asked=state.asked or bool(reading.moves & _ASKS),
        promised=time.adverbial if time else state.promised,
        promised_minutes=time.minutes if time else state.promised_minutes,
    )


def changed_promise(state: PartnerState, heard: Heard) -> bool:
    """Whether the client now names another return than the one remembered before this turn."""
    if heard.time is None or state.promised is None:
        return False
    now, before = heard.time.adverbial, state.promised
    if one_time(now, before):
        return False
    if heard.time.minutes is not None and state.promised_minutes is not None:
        return heard.time.minutes != state.promised_minutes
    kind_now, kind_before = now.split()[0], before.split()[0]
    return kind_now == kind_before and kind_now in {"at", "on", "in"}
