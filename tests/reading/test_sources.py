"""The cue, word and time files, and what is compiled from them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from steady.reading.patterns import PatternFault
from steady.reading.reader import MODEL
from steady.reading.sources import DATA, digest_of, read_sources
from steady.terms import Move


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_the_weights_were_learned_from_these_files() -> None:
    """After a change to a cue, a word list or a time phrase, run training/train.py."""
    assert json.loads(MODEL.read_text("utf-8"))["sources"] == digest_of()


def test_no_writer_who_measures_the_reader_was_learned_from() -> None:
    root = Path(__file__).parents[2]
    unseen = _rows(root / "benchmarks" / "turns_unseen.jsonl")
    learned = [row for path in root.glob("training/turns_*.jsonl") for row in _rows(path)]
    assert len(unseen) > 500
    for key in ("id", "writer"):
        assert not {row[key] for row in unseen} & {row.get(key) for row in learned}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_is_read_is_what_the_files_say() -> None:
    data = json.loads(MODEL.read_text("utf-8"))
    sources = read_sources()
    assert data["cues"] == sources.cues
    assert data["spellings"] == sources.spellings
    assert data["classes"] == sources.classes
    assert data["graph"] == [list(node) for node in sources.graph]
    assert data["time_graph"] == [list(node) for node in sources.time_graph]


def test_every_move_has_cues_of_its_own() -> None:
    assert {move.value for move in Move} <= set(read_sources().shows)


def test_a_fault_in_a_cue_names_its_file_and_group(folder: Path) -> None:
    path = folder / "cues" / "blames.toml"
    path.write_text('[mine]\nshows = "blames"\nlines = ["you (never"]\n')
    with pytest.raises(PatternFault, match=r'blames\.toml \[mine\]: "you \(never"'):
        read_sources(folder)


def test_a_file_that_is_not_toml_is_named(folder: Path) -> None:
    (folder / "times.toml").write_text("[rules\n")
    with pytest.raises(PatternFault, match=r"times\.toml"):
        read_sources(folder)


@pytest.mark.parametrize(
    ("work", "unwanted"),
    [
        ("import steady.reading", {"steady.reading.reader", "json", "numpy"}),
        (
            "from steady.reading import Reader; Reader().read('hello')",
            {"numpy", "tomllib", "steady.reading.sources"},
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(work: str, unwanted: set[str]) -> None:
    code = f"import sys; {work}; print(sorted({unwanted!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
