"""The rated turns of the training folder, as one-exchange attempts."""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from steady.terms import Act

FOLDER = Path(__file__).parents[1] / "training"
ACTS = (None, Act.ACCUSE, Act.PRESS, Act.GUILT, Act.DOUBT_RETURN, Act.QUESTION, Act.MINIMISE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with the partner's line before it, an act for that line, and the raters' quality."""

    scenario: str
    partner: str
    text: str
    act: Act | None
    quality: float


def rated_turns(*names: str) -> list[Turn]:
    """The turns of the named files: `dev`, `train`."""
    turns: list[Turn] = []
    for name in names:
        for line in (FOLDER / f"turns_{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            quality = statistics.fmean(rater["quality"] for rater in row["raters"].values())
            act = Act.QUESTION if row["partner"].endswith("?") else ACTS[len(turns) % len(ACTS)]
            turns.append(Turn(row["scenario"], row["partner"], row["text"], act, quality))
    return turns


TURNS = rated_turns("dev", "train")
