"""Compiles the danger screen's phrases, after `src/steady/safety/data/danger/*.toml` was edited.

    python training/compile_danger.py

Writes `src/steady/safety/data/danger.jsonl`. The rated turns tell which words are rare in ordinary
talk, so that a phrase is looked for only where its rarest word occurs.
"""

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from steady.safety.signs import COMPILED, as_text, compile_files  # noqa: E402
from steady.safety.wording import Spelling, wording  # noqa: E402


def how_often(folder: Path) -> Counter[str]:
    """In how many of the rated turns each word and each class of words occurs."""
    spelling = Spelling(**compile_files({})[0]["spelling"])
    often: Counter[str] = Counter()
    for path in sorted(folder.glob("turns_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            often.update(wording(json.loads(line)["text"], spelling).masks.keys())
    return often


def main() -> None:
    compiled, rows = compile_files(how_often(ROOT / "training"))
    text = as_text(compiled, rows)
    COMPILED.write_text(text, "utf-8", newline="\n")
    print(f"{len(rows)} phrases, {len(text) / 1024:.0f} KiB: {COMPILED.name}")


if __name__ == "__main__":
    main()
