"""`steady rate`: read turns from a file and print what the embedded reader finds in them."""

import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from steady.errors import SteadyError
from steady.practice.rehearsal import MAX_TURN
from steady.safety.cleaning import one_line


class BadTurn(SteadyError):
    """A line of the input is not a turn that can be read."""


@click.command()
@click.argument("source", metavar="FILE", type=click.File("r", encoding="utf-8"))
def rate(source: TextIO) -> int:
    """Read turns, one JSON object a line with id, partner and text, from FILE or - .

    Prints, in the same order, each turn's id, moves, spans, quality (1 to 5) and danger. A line
    that cannot be read is named on standard error; the others are still printed.
    """
    from steady.reading import Reader
    from steady.safety.danger import screen

    reader = Reader()
    faults = 0
    for number, line in _lines(source):
        try:
            turn = _turn(line, number)
        except BadTurn as fault:
            print(f"steady: {one_line(str(fault))}", file=sys.stderr)
            faults += 1
            continue
        text = turn["text"][:MAX_TURN]
        reading = reader.read(text, turn.get("partner", "")[:MAX_TURN])
        danger = screen(text)
        print(
            json.dumps(
                {
                    "id": turn["id"],
                    "moves": [found.move.value for found in reading.found],
                    "spans": {f.move.value: [f.start, f.end] for f in reading.found},
                    "quality": round(reading.quality, 2),
                    "danger": danger.value if danger else None,
                },
                ensure_ascii=False,
            )
        )
    return 1 if faults else 0


def _lines(source: TextIO) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers. Raises BadTurn where it is not text."""
    number = 0
    try:
        for number, line in enumerate(source, start=1):
            if line.strip():
                yield number, line
    except UnicodeDecodeError:
        raise BadTurn(
            f"line {number + 1} is not UTF-8 text; save the file as UTF-8 and try again"
        ) from None


def _turn(line: str, number: int) -> dict[str, Any]:
    try:
        turn = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise BadTurn(f"line {number} is not a JSON object; write one object a line") from None
    if not isinstance(turn, dict):
        raise BadTurn(f"line {number} is not a JSON object; write one object a line")
    for key, kind in (("id", (str, int)), ("text", str)):
        if not isinstance(turn.get(key), kind):
            raise BadTurn(f"line {number} has no usable '{key}'; write it as text")
    if not isinstance(turn.get("partner", ""), str):
        raise BadTurn(f"line {number}: 'partner' is not text; write it as text or leave it out")
    return turn
