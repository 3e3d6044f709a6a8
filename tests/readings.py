"""Readings made by hand, so that a test says which moves it is about."""

from steady.reading.times import find_times
from steady.records import Found, Reading
from steady.terms import Move


def reading(text: str, *moves: Move, quality: float = 4.0, probability: float = 0.95) -> Reading:
    """A turn read as showing these moves, each on the whole text."""
    found = tuple(Found(move, 0, len(text), probability) for move in moves)
    return Reading(text, found, quality, find_times(text))
