"""Every benchmark, one after the other. Figures worth keeping go to RESULTS.md, with the date."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    ["start.py"],
    ["turn.py"],
    ["model_endpoint.py"],
    ["model_voice.py"],
    ["store_million.py"],
    ["caseload.py", "--clients", "60"],
    ["resistance.py", "10"],
    ["agreement.py", "turns_unseen.jsonl"],
    ["agreement.py", "../training/turns_dev.jsonl"],
    ["fuzz_formats.py", "20000"],
    ["danger.py", "../training/safety_dev.jsonl"],
    ["danger.py", "danger_unseen.jsonl"],
    ["danger.py", "danger_twin_1.jsonl"],
    ["danger.py", "danger_twin_2.jsonl"],
)


def main() -> int:
    """Run each and go on; the status says whether all ran."""
    failed = 0
    for name, *words in BENCHMARKS:
        print(f"\n== {name} {' '.join(words)}".rstrip(), flush=True)
        failed += (
            subprocess.run([sys.executable, name, *words], cwd=HERE, check=False).returncode != 0
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
