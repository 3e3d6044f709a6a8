"""The data files of the danger screen, read, checked and compiled.

A therapist reads and edits `data/danger/*.toml`; what they say is compiled into `data/danger.jsonl`
(by `python training/compile_danger.py`), which is all that is read when a turn is screened.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from steady.safety.phrases import LONGER, MARKS, MAYBE, PhraseFault, Row, Step, parse, words_of
from steady.safety.wording import NAME, Spelling, slips_of, wording
from steady.terms import Danger

FOLDER = Path(__file__).parent / "data" / "danger"
COMPILED = FOLDER.parent / "danger.jsonl"

_DOUBLED = "bdgmnprt"
_VOWELS = "aeiou"
_RARE = 1


class Group(TypedDict):
    """A named group of phrases: signs of danger where it has a `kind`, else an idiom.

    Signs of a `weight` below 1 are a hint; an alarm is raised where groups add up to 1.
    """

    name: str
    kind: NotRequired[str]
    weight: NotRequired[float]


class TakesBack(TypedDict):
    """Phrases that take an alarm back: a denial, a story, a past that is safe now.

    `around` says that they stand around the alarm's words; else they are looked for in its
    sentence, or in the whole `turn`. `quoted`: the alarm's words stand in quotation marks;
    `others`: the client is not among them. `of` names the kinds and groups they speak of, `unless`
    holds phrases that let the alarm stand.
    """

    name: str
    of: dict[str, int]
    around: bool
    turn: bool
    quoted: bool
    others: bool
    rows: list[Row]
    unless: list[Row]


class Compiled(TypedDict):
    """All that the screen needs but the phrases of its groups, which follow it line by line.

    `spelling` holds the fields of `wording.Spelling`, `group_of` gives the number of the group of
    each phrase; `index` leads from a word or class to the phrases that cannot stand without it.
    """

    digest: str
    spelling: dict[str, Any]
    groups: list[Group]
    group_of: list[int]
    index: dict[str, list[int]]
    takes_back: list[TakesBack]


def digest_of(paths: Iterable[Path]) -> str:
    """A fingerprint of files, kept in what is made from them."""
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(path.name.encode())
        hashed.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return hashed.hexdigest()[:16]


def phrase_files(folder: Path = FOLDER) -> list[Path]:
    """The data files that are compiled."""
    return [folder / f"{name}.toml" for name in sorted(("not-danger", "words", *Danger))]


def compile_files(often: Mapping[str, int], folder: Path = FOLDER) -> tuple[Compiled, list[Row]]:
    """Everything the data files say, ready to be looked for, and the phrases of the groups.

    `often` tells how often a word or class occurs in ordinary turns; a phrase is looked for only
    where the rarest thing it cannot do without occurs. Raises PhraseFault, which names the file and
    the phrase, where something cannot be read.
    """
    compiler = _Compiler(folder, often)
    compiler.compile()
    return compiler.out, compiler.rows


def as_text(compiled: Compiled, rows: list[Row]) -> str:
    """What is compiled as it stands in the file: JSON, the phrases a line each."""
    return "".join(
        json.dumps(part, ensure_ascii=False, separators=(",", ":")) + "\n"
        for part in (compiled, *rows)
    )


def meanings_of(folder: Path = FOLDER) -> dict[str, list[str]]:
    """What each word is about, as `meanings.toml` says, for the listener."""
    about: dict[str, list[str]] = {}
    text = tomllib.loads((folder / "meanings.toml").read_text("utf-8"))["meanings"]
    for meaning, members in _named(text):
        for word in dict.fromkeys(form for member in members for form in _every_form(member)):
            about.setdefault(word, []).append(f"={meaning}")
    return about


class _Compiler:
    def __init__(self, folder: Path, often: Mapping[str, int]) -> None:
        self.folder, self.often = folder, often
        self.words = self._load("words")
        self.members = dict(_named(self.words["classes"]))
        self.lists: dict[str, list[Row]] = {}
        self.rows: list[Row] = []
        self.out: Compiled = {
            "digest": digest_of(phrase_files(folder)),
            "spelling": {},
            "groups": [],
            "group_of": [],
            "index": {},
            "takes_back": [],
        }
        self.out["spelling"] = self._spelling()
        self.spelling = Spelling(**self.out["spelling"])

    def compile(self) -> None:
        for block in f"\n{self.words['lists']}".split("\n[")[1:]:
            name, _, lines = block.partition("]")
            self.lists[name] = self._rows("words", lines)
        other = self._load("not-danger")
        for table in other["idioms"]:
            self._group("not-danger", table, {"name": table["name"]})
        for kind in Danger:
            for table in self._load(kind.value)["signs"]:
                weight = table.get("weight", 1.0)
                self._group(
                    kind.value, table, {"name": table["name"], "kind": kind.value, "weight": weight}
                )
        names = {group["name"] for group in self.out["groups"]} | {kind.value for kind in Danger}
        for table in other["takes_back"]:
            self.out["takes_back"].append(self._takes_back(table, names))

    def _load(self, name: str) -> dict[str, Any]:
        path = self.folder / f"{name}.toml"
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as fault:
            raise PhraseFault(f"{path.name}: {fault}") from fault

    def _spelling(self) -> dict[str, Any]:
        classes, slips = self._classes(), self.words["slips"].split()
        return {
            "meant": {
                typed: meant.split()
                for meant, all_ in _named(self.words["spellings"])
                for typed in all_
            },
            "classes": classes,
            "slips": slips_of(slips),
            "known": dict.fromkeys((*classes, *self.words["no_slips"].split(), *slips), 0),
            "together": dict(_apart(self.words["together"])),
            "capitals": dict.fromkeys(self.words["capitals"].split(), 0),
        }

    def _classes(self) -> dict[str, list[str]]:
        of: dict[str, list[str]] = {}
        for name, members in self.members.items():
            for member in members:
                for word in _every_form(member):
                    of.setdefault(word, []).append(f"<{name}>")
        return of

    def _group(self, file: str, table: Mapping[str, Any], group: Group) -> None:
        if not table.get("why"):
            raise PhraseFault(
                f'{file}.toml: the group "{table["name"]}" does not say why it is there.'
            )
        number = len(self.out["groups"])
        self.out["groups"].append(group)
        for row in self._rows(file, table["lines"]):
            line = len(self.rows)
            self.rows.append(row)
            self.out["group_of"].append(number)
            for word in self._needs(row):
                self.out["index"].setdefault(word, []).append(line)

    def _takes_back(self, table: Mapping[str, Any], names: set[str]) -> TakesBack:
        of = [name.strip() for name in table.get("of", ",".join(Danger)).split(",")]
        unknown = set(of) - names
        if unknown:
            raise PhraseFault(
                f'not-danger.toml: "{table["name"]}" speaks of {sorted(unknown)}, which is neither'
                " a kind nor a group."
            )
        return {
            "name": table["name"],
            "of": dict.fromkeys(of, 0),
            "around": "@" in table["lines"],
            "turn": table.get("turn", False),
            "quoted": table.get("quoted", False),
            "others": table.get("others", False),
            "rows": self._rows("not-danger", table["lines"]),
            "unless": self._rows("not-danger", table.get("unless", "")),
        }

    def _rows(self, file: str, lines: str) -> list[Row]:
        rows = []
        for line in lines.splitlines():
            if line.strip():
                try:
                    row = parse(line, self.lists)
                    self._check(row, line)
                except PhraseFault as fault:
                    raise PhraseFault(f"{file}.toml: {fault}") from fault
                rows.append(row)
        return rows

    def _check(self, row: Row, line: str) -> None:
        """Every class exists, and every word is one that a turn's words can become."""
        for word in _words_in(row):
            if word in MARKS or word == NAME:
                continue
            if word[0] == "<":
                if word[1:-1] not in self.members:
                    raise PhraseFault(f'"{line}": there is no class {word}.')
            elif word != "'s" and (heard := wording(word, self.spelling).words) != [word]:
                raise PhraseFault(f'"{line}": write "{" ".join(heard)}" for "{word}".')

    def _needs(self, row: Row) -> list[str]:
        """The rarest choice of words and classes of which one must occur; raises PhraseFault."""
        needs = [found for step in row if (found := self._needs_of(step)) is not None]
        if not needs:
            raise PhraseFault(f"a phrase asks for no word at all: {row}")
        return min(needs, key=self._cost)

    def _needs_of(self, step: Step) -> list[str] | None:
        if isinstance(step, str):
            return None if step in MARKS else [step]
        if isinstance(step, int) or MAYBE in step:
            return None
        found = words_of(step)
        for row in step.get(LONGER, ()):
            needs = [n for inner in row if (n := self._needs_of(inner)) is not None]
            if not needs:
                return None
            found = [*found, *min(needs, key=self._cost)]
        return found

    def _cost(self, words: list[str]) -> int:
        return sum(self.often.get(word, 0) + _RARE for word in words)


def _named(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines `name: word word` of a text."""
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon:
            yield name.strip(), words.split()


def _apart(text: str) -> Iterator[tuple[str, str]]:
    for word, written in _named(text):
        yield " ".join(written), word


def _words_in(row: Row) -> Iterator[str]:
    for step in row:
        if isinstance(step, str):
            yield step
        elif not isinstance(step, int):
            yield from words_of(step)
            for inner in step.get(LONGER, ()):
                yield from _words_in(inner)


def _every_form(member: str) -> tuple[str, ...]:
    """The word, or all a verb's forms where it ends in "+"."""
    return _forms(member[:-1]) if member[-1] == "+" else (member,)


def _forms(verb: str) -> tuple[str, ...]:
    """A verb's regular forms; those of two ways to spell are both given."""
    if verb[-1] == "e":
        stem = verb[:-1]
        return verb, f"{verb}s", f"{verb}d", f"{stem}ing"
    if verb[-1] == "y" and verb[-2] not in _VOWELS:
        stem = verb[:-1]
        return verb, f"{stem}ies", f"{stem}ied", f"{verb}ing"
    forms = (verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing")
    if verb[-1] in _DOUBLED and verb[-2] in _VOWELS:
        return (*forms, f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    return forms
