"""What the danger screen notices in labeled lines, kind by kind, and what it wrongly notices.

usage: python benchmarks/danger.py LABELED.jsonl

LABELED.jsonl holds one object a line: text, label ("self-harm", "abuse", "harm-to-others", "none").
"""

import json
import sys
from pathlib import Path

from steady.safety.danger import screen
from steady.terms import Danger


def main() -> None:
    """Print recall by kind and the false alarms, with the lines that went wrong."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    for danger in Danger:
        texts = [row["text"] for row in rows if row["label"] == danger.value]
        missed = [text for text in texts if screen(text) is not danger]
        if texts:
            share = 1 - len(missed) / len(texts)
            print(f"{danger:16} {len(texts):4d} lines, recall {share:.3f}")
        for text in missed:
            print(f"    not noticed: {text}")
    ordinary = [row["text"] for row in rows if row["label"] == "none"]
    false = [text for text in ordinary if screen(text) is not None]
    if ordinary:
        print(
            f"{'none':16} {len(ordinary):4d} lines, false alarms {len(false) / len(ordinary):.3f}"
        )
    for text in false:
        print(f"    false alarm ({screen(text)}): {text}")


if __name__ == "__main__":
    main()
