"""How often a change is proposed, for which turns, and whether it keeps what it promises.

usage: python benchmarks/changes.py RATED.jsonl [--show N]

RATED.jsonl holds one object a line: id, scenario, partner, text, raters {name: {moves, quality}}.
Every turn is taken as an attempt of one exchange in its scenario (a turn of no shipped scenario in
FALLBACK), with an act that suits the partner's line, the three rungs by turns. Printed: the share
of turns with a change, by the raters' quality; the same per sentence of what was mended; the share
of changes that hold when they are put into the turn and read again; milliseconds a turn.
`--show N` prints N changes for turns rated 3 or less, to be read by a person: no figure here says
whether a line is grammatical, keeps what was meant and is better.
"""

import json
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steady.places import shipped_scenarios
from steady.reading import Reader
from steady.records import Change, Reading
from steady.rubric.change import change
from steady.rubric.exchange import Exchange
from steady.scenario.library import Library
from steady.scenario.model import Scenario
from steady.terms import HURTING, Act, Rung

FALLBACK = "need-a-minute"
GROUPS = ("3 or less", "between", "nearly 5 or 5")

# Which act a partner's line sounds like; the first that is heard.
SOUNDS_LIKE = (
    (Act.QUESTION, r"(^|[.!] )(so |and |but |well )*(what|why|how|when|where|who|which|is|are|do"
                   r"|did|does|can|could|will|would|have|has|was|were) [^.!?]{8,}\?\W*$"),
    (Act.DOUBT_RETURN, r"you (always )?say|promise|later\b|last time|if you don't"),
    (Act.BARGAIN, r"how about|ten (more )?minutes|half (an hour|watch)|then i'm all yours|what if"
                  r"|just this once|one (little|tiny|quick)"),
    (Act.MINIMISE, r"it's (only|just)|that's all|relax|chill|nobody else|everyone|big deal"),
    (Act.ACCUSE, r"\b(always|never|every time|selfish|you don't|you only|you just|you're the)\b"),
    (Act.GUILT, r"hurt|cry|cried|alone|tired|exhaust|i('ve| have) (been|waited|had)|disappoint"),
    (Act.MISREAD, r"\bso (i'm|it's|you)\b|is this|this is (about|because)|you think|avoiding"),
    (Act.PRESS, r"\bnow\b|please|come on|can you|could you|tell me|i need|don't|let me|i want"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One rated turn with what was proposed for it."""

    row: dict[str, Any]
    quality: float
    reading: Reading
    found: Change | None
    seconds: float

    @property
    def group(self) -> str:
        """Which of GROUPS the raters' mean quality falls in."""
        if self.quality <= 3.0:
            return GROUPS[0]
        return GROUPS[2] if self.quality >= 4.75 else GROUPS[1]


def act_of(line: str) -> Act | None:
    """What a partner's line sounds like, None where it might be anything."""
    return next((act for act, sign in SOUNDS_LIKE if re.search(sign, line.lower())), None)


def scenarios() -> dict[str, Scenario]:
    """The shipped scenarios by id."""
    library = Library(shipped_scenarios(), Path("/nonexistent"))
    return {head.id: library.find(head.id).scenario for head in library.heads()}


def cases(path: Path, reader: Reader) -> Iterator[Case]:
    """Every rated turn of a file with its change."""
    shipped = scenarios()
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        scenario = shipped.get(row["scenario"], shipped[FALLBACK])
        reading = reader.read(row["text"], row["partner"])
        exchange = Exchange(1, row["partner"], act_of(row["partner"]), reading)
        start = time.perf_counter()
        found = change([exchange], scenario, list(Rung)[number % len(Rung)], reader.read)
        seconds = time.perf_counter() - start
        quality = statistics.fmean(r["quality"] for r in row["raters"].values())
        yield Case(row, quality, reading, found, seconds)


def holds(case: Case, found: Change, reader: Reader) -> bool:
    """Whether the turn with the change put in reads no worse and has no new fault."""
    text = str(case.row["text"])
    mended = text.replace(found.instead, found.try_, 1)
    again = reader.read(mended, case.row["partner"])
    new = again.moves & HURTING - case.reading.moves
    return mended != text and not new and again.quality >= case.reading.quality


def main() -> None:
    """Print the shares, and changes to read."""
    path, reader = Path(sys.argv[1]), Reader()
    done = list(cases(path, reader))
    proposed = [(case, case.found) for case in done if case.found is not None]
    print(f"{path.name}: {len(done)} turns, {len(proposed)} changes")
    for group in GROUPS:
        here = [case for case in done if case.group == group]
        with_change = sum(case.found is not None for case in here)
        share = with_change / len(here) if here else 0.0
        print(f"  rated {group:14} {with_change:5} of {len(here):5}  {share:6.1%}")
    sentences: dict[str, Counter[str]] = defaultdict(Counter)
    for case, found in proposed:
        sentences[found.mends][case.group] += 1
    print("  changes by what was mended, in the same three groups:")
    for sentence, counts in sorted(sentences.items(), key=lambda item: -item[1].total()):
        print("   " + "".join(f"{counts[group]:5}" for group in GROUPS), sentence)
    good = sum(holds(case, found, reader) for case, found in proposed)
    print(f"  hold when put in and read again: {good} of {len(proposed)}")
    cost = sorted(case.seconds * 1000 for case in done)
    print(f"  a turn: median {statistics.median(cost):.1f} ms, most {cost[-1]:.1f} ms")
    if "--show" in sys.argv:
        poor = [(case, found) for case, found in proposed if case.group == GROUPS[0]]
        random.Random(1).shuffle(poor)
        for case, found in poor[: int(sys.argv[sys.argv.index("--show") + 1])]:
            row = case.row
            print(f"\n{row['id']} {row['scenario']}  {row['partner']}")
            print(f"  instead of  {found.instead}\n  try         {found.try_}\n  {found.mends}")


if __name__ == "__main__":
    main()
