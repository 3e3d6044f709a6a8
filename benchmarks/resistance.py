"""How the embedded partner holds up against scripted clients of three strengths.

usage: python benchmarks/resistance.py [SEEDS]   (default 50)

For every scenario, rung and seed a weak, a mixed and a strong client rehearse. Printed per rung:
the share of rehearsals that ended held, the pushes before a softening, tension over turns, lines
repeated, and the acts used.
"""

import random
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from steady.partner.embedded import EmbeddedPartner
from steady.places import shipped_scenarios
from steady.reading import Reader
from steady.rubric.exchange import Exchange
from steady.rubric.outcome import outcome
from steady.scenario.library import Found, Library
from steady.terms import EASING, PUSHES, Act, Ending, Outcome, Relationship, Rung

STRENGTHS = ("weak", "mixed", "strong")
MOST_TURNS = 14
HEARD = 10
ACCEPTED = frozenset({Ending.ACCEPTED, Ending.ACCEPTED_WITH_CONDITION})


@dataclass
class Run:
    """One scripted rehearsal."""

    outcome: Outcome
    ending: Ending
    acts: list[Act]
    tension: list[float]
    templates: list[str]
    repeated: int
    pushes_before_easing: int | None = field(default=None)

    @property
    def won(self) -> bool:
        """Whether the client held and the partner came round."""
        return self.outcome in {Outcome.HELD, Outcome.HELD_SHAKILY} and self.ending in ACCEPTED


def clients() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The scripted clients' words: strength, kind of relationship, kind of moment."""
    path = Path(__file__).with_name("clients.toml")
    return tomllib.loads(path.read_text("utf-8"))


def rehearse(
    found: Found,
    rung: Rung,
    strength: str,
    seed: int,
    reader: Reader,
    words: dict[str, dict[str, dict[str, list[str]]]],
    lately: Sequence[Collection[str]] = (),
) -> Run:
    """One rehearsal of a scripted client, from the opening line to the end or fourteen turns."""
    kind = "partner" if found.scenario.relationship is Relationship.PARTNER else "work"
    pool = words[strength][kind]
    dice = random.Random(f"{strength}:{seed}:{found.scenario.id}:{rung}")
    partner = EmbeddedPartner(found.scenario, found.bank, rung, seed, lately)
    reply = partner.open()
    lines, tension = [reply.text], [reply.state.tension]
    acts: list[Act] = []
    exchanges: list[Exchange] = []
    unused = {moment: dice.sample(texts, len(texts)) for moment, texts in pool.items()}
    while reply.ending is None and len(exchanges) < MOST_TURNS:
        moment = _moment(reply.act)
        if not unused[moment]:
            unused[moment] = dice.sample(pool[moment], len(pool[moment]))
        text = unused[moment].pop()
        reading = reader.read(text, reply.text)
        exchanges.append(Exchange(len(exchanges), reply.text, reply.act, reading))
        reply = partner.reply(reply.state, reading)
        lines.append(reply.text)
        tension.append(reply.state.tension)
        if reply.act is not None:
            acts.append(reply.act)
    ending = reply.ending or Ending.STOPPED
    first_ease = next((i for i, act in enumerate(acts) if act in EASING - {Act.WAVER}), None)
    return Run(
        outcome=outcome(exchanges, ending),
        ending=ending,
        acts=acts,
        tension=tension,
        templates=list(reply.state.said),
        repeated=len(lines) - len(set(lines)),
        pushes_before_easing=(
            None if first_ease is None else sum(act in PUSHES for act in acts[:first_ease])
        ),
    )


def _moment(act: Act | None) -> str:
    if act is None:
        return "first"
    if act is Act.ACCEPT_WITH_CONDITION:
        return "condition"
    return "question" if act is Act.QUESTION else "push"


def every(seeds: int, say: Callable[[str], object] = print) -> Iterator[tuple[str, Rung, str, Run]]:
    """Every scripted rehearsal: (scenario, rung, strength, run)."""
    library = Library(shipped_scenarios(), Path("/nonexistent"))
    reader, words = Reader(), clients()
    for head in library.heads():
        found = library.find(head.id)
        say(f"... {head.id}")
        for rung in Rung:
            for strength in STRENGTHS:
                for seed in range(seeds):
                    yield (
                        head.id,
                        rung,
                        strength,
                        rehearse(found, rung, strength, seed, reader, words),
                    )


def shared_lines(seeds: int = 10) -> dict[str, float]:
    """Per scenario, the share of partner lines that ten strong rehearsals have in common."""
    library = Library(shipped_scenarios(), Path("/nonexistent"))
    reader, words = Reader(), clients()
    shares = {}
    for head in library.heads():
        found = library.find(head.id)
        runs: list[list[str]] = []
        for seed in range(seeds):
            lately = runs[: -HEARD - 1 : -1]
            runs.append(rehearse(found, Rung.FIRM, "strong", seed, reader, words, lately).templates)
        times = Counter(line for lines in runs for line in set(lines))
        spoken = sum(times.values())
        shares[head.id] = sum(count for count in times.values() if count > 1) / spoken
    return shares


def main() -> None:
    """Print the table."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    runs: dict[tuple[Rung, str], list[Run]] = {}
    by_scenario: dict[tuple[str, str], list[Run]] = {}
    for name, rung, strength, run in every(seeds, lambda line: print(line, file=sys.stderr)):
        runs.setdefault((rung, strength), []).append(run)
        by_scenario.setdefault((name, strength), []).append(run)
    print(f"{'rung':8} {'client':7} {'held':>6} {'won':>6} {'pushes':>7} {'least':>6}  tension")
    for (rung, strength), group in runs.items():
        held = sum(r.outcome in {Outcome.HELD, Outcome.HELD_SHAKILY} for r in group) / len(group)
        won = sum(r.won for r in group) / len(group)
        pushes = [r.pushes_before_easing for r in group if r.pushes_before_easing is not None]
        course = [
            statistics.fmean(r.tension[i] for r in group if len(r.tension) > i)
            for i in range(6)
            if any(len(r.tension) > i for r in group)
        ]
        mean = f"{statistics.fmean(pushes):.1f}" if pushes else "-"
        print(
            f"{rung:8} {strength:7} {held:6.0%} {won:6.0%} {mean:>7} {min(pushes, default=0):>6}  "
            + " ".join(f"{value:.2f}" for value in course)
        )
    repeated = sum(r.repeated for group in runs.values() for r in group)
    print(f"lines repeated within a rehearsal: {repeated}")
    acts = Counter(act for group in runs.values() for r in group for act in r.acts)
    print("acts: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
    print("final tension, weak > mixed > strong:")
    for name in sorted({name for name, _ in by_scenario}):
        ends = [
            statistics.fmean(r.tension[-1] for r in by_scenario[name, strength])
            for strength in STRENGTHS
        ]
        shares = [
            f"{statistics.fmean(r.won for r in by_scenario[name, strength]):.0%}"
            for strength in STRENGTHS
        ]
        mark = "" if ends[0] > ends[1] > ends[2] else "   <-- order"
        print(f"  {name:24} {' '.join(f'{e:.2f}' for e in ends)}   won {' '.join(shares)}{mark}")
    print("lines shared by ten strong rehearsals:")
    for name, share in shared_lines().items():
        print(f"  {name:24} {share:.0%}")


if __name__ == "__main__":
    main()
