"""Reads the cue, word and time files a therapist may read, and compiles them for reading.

Reading itself never opens these files: what they say is compiled into `data/reader.json` together
with the weights learned from it, because a cue without its weight means nothing.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from steady.reading.patterns import Graph, PatternFault, Sketch
from steady.reading.words import Speller

DATA = Path(__file__).parent / "data"
_VOWELS = "aeiou"
# "nag", "stop": their last letter doubles in "nagged", "stopping"
_DOUBLES = re.compile(r"[a-z]?[^aeiou][aeiou][bcfgjmpqstvz]")


@dataclass(slots=True)
class Sources:
    """What the data files say, compiled."""

    spellings: dict[str, list[str]] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)
    """Each word's classes, the one that stands for it in a row of classes first."""
    cues: list[str] = field(default_factory=list)
    """The group's name of each cue; every line of a group is a cue of its own."""
    shows: list[str] = field(default_factory=list)
    """For each cue the move it was written for, or an empty string."""
    strong: list[bool] = field(default_factory=list)
    graph: Graph = field(default_factory=list)
    times: dict[str, Any] = field(default_factory=dict)
    time_graph: Graph = field(default_factory=list)
    turned: dict[str, str] = field(default_factory=dict)
    digest: str = ""


def read_sources(folder: Path = DATA) -> Sources:
    """Reads and compiles every data file; raises PatternFault, naming file and key, on a fault."""
    return _Compiler(folder).compile()


def digest_of(folder: Path = DATA) -> str:
    """A fingerprint of the data files, kept with the weights learned from them."""
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        hashed.update(path.relative_to(folder).as_posix().encode())
        hashed.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return hashed.hexdigest()[:16]


class _Compiler:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = Sources(digest=digest_of(folder))
        self.irregular: dict[str, list[str]] = {}
        self.phrases: dict[str, list[str]] = {}
        self.class_names: set[str] = {"<num>", "<clock>", "<clock-sure>", "<money>", "<ordinal>"}

    def compile(self) -> Sources:
        self._spellings(self._load("spellings.toml"))
        self.speller = Speller(self.out.spellings)
        for path in sorted((self.folder / "words").glob("*.toml")):
            self._classes(self._load(path.relative_to(self.folder).as_posix()))
        self._cues()
        self._times(self._load("times.toml"))
        return self.out

    def _load(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as fault:
            raise PatternFault(f"{path.name}: {fault}") from fault

    def _spellings(self, table: Mapping[str, Any]) -> None:
        for typed, meant in table["spellings"].items():
            self.out.spellings[typed] = str(meant).split()
            if "'" in typed and table["bare"].get(typed, True):
                self.out.spellings.setdefault(typed.replace("'", ""), str(meant).split())
        for meant in self.out.spellings.values():
            self.class_names.update(word for word in meant if word.startswith("<"))
        self.irregular = {verb: str(rest).split() for verb, rest in table["irregular"].items()}
        self.out.turned = {key: str(value) for key, value in table["turned"].items()}

    def _classes(self, table: Mapping[str, Any]) -> None:
        for name, words in table.get("classes", {}).items():
            self.class_names.add(f"<{name}>")
            for word in str(words).split():
                for form in self.forms(word[:-1]) if word.endswith("+") else [word]:
                    held = self.out.classes.setdefault(form, [])
                    if f"<{name}>" not in held:
                        held.append(f"<{name}>")
        for name, lines in table.get("phrases", {}).items():
            self.phrases[name] = list(lines)

    def forms(self, verb: str) -> list[str]:
        """A word in every form: "want" gives want, wants, wanted, wanting."""
        if verb in self.irregular:
            return [verb, *self.irregular[verb]]
        doubled = verb + verb[-1] if _DOUBLES.fullmatch(verb) else verb
        if verb.endswith("e"):
            return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
        if verb.endswith("y") and len(verb) > 1 and verb[-2] not in _VOWELS:
            return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
        plural = "es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"
        return [verb, verb + plural, doubled + "ed", doubled + "ing"]

    def _sketch(self) -> Sketch:
        return Sketch(
            self.phrases, self.class_names, lambda word: self.speller.cut(word).words, self.forms
        )

    def _cues(self) -> None:
        sketch = self._sketch()
        for path in sorted((self.folder / "cues").glob("*.toml")):
            for name, cue in self._load(f"cues/{path.name}").items():
                for line in cue["lines"]:
                    _add(sketch, line, len(self.out.cues), f"{path.name} [{name}]")
                    self.out.cues.append(name)
                    self.out.shows.append(cue.get("shows", ""))
                    self.out.strong.append(cue.get("strength", "hint") == "strong")
        self.out.graph = sketch.compile()

    def _times(self, table: Mapping[str, Any]) -> None:
        sketch = self._sketch()
        rules: list[dict[str, Any]] = []
        for name, rule in table["rules"].items():
            for line in rule["lines"]:
                _add(sketch, line, len(rules), f"times.toml [rules.{name}]")
            rules.append({key: value for key, value in rule.items() if key != "lines"})
        self.out.times = {"words": table["words"], "numbers": table["numbers"], "rules": rules}
        self.out.time_graph = sketch.compile()


def _add(sketch: Sketch, line: str, number: int, where: str) -> None:
    """Adds a pattern, a fault in it named with its place."""
    try:
        sketch.add(line, number)
    except PatternFault as fault:
        raise PatternFault(f"{where}: {fault}") from fault
