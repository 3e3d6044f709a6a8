"""What one turn costs without a model: screen, reading, stance, line, journal; then the feedback.

usage: python benchmarks/turn.py [REHEARSALS]   (default 40)
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from resistance import clients
from steady.house import House
from steady.places import Places, shipped_scenarios
from steady.terms import Rung


def main() -> None:
    """Rehearse with the mixed client's words and print percentiles in milliseconds."""
    rehearsals = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    pool = clients()["mixed"]["partner"]
    texts = [*pool["first"], *pool["push"]]
    turns: list[float] = []
    closes: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        data = Path(home)
        places = Places(
            data, data / "steady.db", data / "config.toml", data / "scenarios", shipped_scenarios()
        )
        with House(places) as house:
            for seed in range(rehearsals):
                rung = list(Rung)[seed % len(Rung)]
                rehearsal = house.begin(house.scene("avoiding-me", rung, seed=seed))
                for text in texts[seed % 3 :: 2]:
                    start = time.perf_counter()
                    rehearsal.say(text)
                    turns.append((time.perf_counter() - start) * 1000)
                    if rehearsal.ending is not None:
                        break
                start = time.perf_counter()
                rehearsal.close()
                closes.append((time.perf_counter() - start) * 1000)
    cut = statistics.quantiles(turns, n=100)
    print(f"{len(turns)} turns: median {cut[49]:.2f} ms, 99 % {cut[98]:.2f} ms (budget 5)")
    print(
        f"{len(closes)} feedbacks: median {statistics.median(closes):.2f} ms,"
        f" most {max(closes):.2f} ms"
    )


if __name__ == "__main__":
    main()
