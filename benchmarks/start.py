"""The first screen, side by side with a bare Textual program, and `--help`; ratios in one run.

usage: python benchmarks/start.py [RUNS]   (default 11)
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from first_screen import time_to

BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
STEADY = [str(Path(sys.executable).with_name("steady"))]


def main() -> None:
    """Alternate the two programs, so that both meet the same machine, and print medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as home:
        env = {"STEADY_HOME": home}
        _prepare(env)
        bare, first, filled, resident, bare_resident = [], [], [], [], []
        for _ in range(runs + 1):
            seen = time_to(BARE, ["READY"], env)
            bare.append(seen.milliseconds[0])
            bare_resident.append(seen.resident)
            seen = time_to(STEADY, ["Steady", "With a partner"], env)
            first.append(seen.milliseconds[0])
            filled.append(seen.milliseconds[1])
            resident.append(seen.resident)
        helps = [_help(env) for _ in range(runs + 1)]
    # The first of each warms the caches and is left out.
    base = statistics.median(bare[1:])
    print(f"{'bare Textual':27} {base:6.0f} ms   {statistics.median(bare_resident[1:]):.0f} MiB")
    for name, times, budget in (("first paint", first, 1.15), ("home filled", filled, 1.7)):
        middle = statistics.median(times[1:])
        print(f"{name:27} {middle:6.0f} ms   {middle / base:.2f} x (budget {budget} x)")
    print(f"{'resident at home':27} {statistics.median(resident[1:]):6.0f} MiB (budget 60)")
    print(f"{'steady --help':27} {statistics.median(helps[1:]):6.0f} ms   (budget 100)")


def _prepare(env: dict[str, str]) -> None:
    """One finished rehearsal, so that home opens on its list and not on the welcome."""
    subprocess.run(
        [*STEADY, "practice", "avoiding-me", "--json", "--seed", "1"],
        input="I hear you. I need 20 minutes.\n",
        text=True,
        env={**os.environ, **env},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _help(env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [*STEADY, "--help"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **env}
    )
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
