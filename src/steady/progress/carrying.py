"""Which line a client carries for a scenario: the best of their own, or the one they chose."""

import json
from typing import TYPE_CHECKING

from steady.errors import SteadyError
from steady.progress.card import LONGEST, Card, best_lines
from steady.safety.cleaning import clean
from steady.store.own import OwnLine

if TYPE_CHECKING:
    from steady.scenario.library import Library
    from steady.store import Store

_KEY = "card:"


def lines_to_carry(store: "Store", library: "Library", scenario: str) -> tuple[OwnLine, ...]:
    """The client's lines for a scenario that are fit for a card, the best first."""
    return best_lines(store.own_lines(scenario), _given(library, scenario))


def card_for(store: "Store", library: "Library", scenario: str) -> Card | None:
    """The card as the client left it; else their best line; None where there is no line yet.

    A line that was chosen and whose attempt has since been forgotten is gone from the card too.
    """
    kept = _kept(store, scenario)
    if words := kept.get("words"):
        return Card(clean(str(words)), None)
    lines = lines_to_carry(store, library, scenario)
    place = (kept.get("attempt"), kept.get("turn"))
    chosen = next((line for line in lines if (line.attempt, line.number) == place), None)
    line = chosen or next(iter(lines), None)
    return Card(clean(line.text), line.said_at) if line else None


def carry_line(store: "Store", scenario: str, line: OwnLine) -> None:
    """Carry this line: the card points at it, and holds no words of its own."""
    store.keep_fact(_KEY + scenario, json.dumps({"attempt": line.attempt, "turn": line.number}))


def carry_words(store: "Store", scenario: str, words: str) -> None:
    """Carry words written for the card; none at all takes the card back to the best line."""
    text = clean(words).strip()[:LONGEST]
    store.keep_fact(_KEY + scenario, json.dumps({"words": text} if text else {}))


def _kept(store: "Store", scenario: str) -> dict[str, object]:
    """What was chosen for the card; nothing where it cannot be read."""
    try:
        kept = json.loads(store.fact(_KEY + scenario) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _given(library: "Library", scenario: str) -> list[str]:
    """The sentences a scenario offers: said after it, they are not the client's own."""
    try:
        rungs = library.find(scenario).scenario.rungs.values()
    except SteadyError:  # gone, or refused: its lines in the history are still the client's
        return []
    return [text for rung in rungs for text in (rung.script, *rung.samples)]
