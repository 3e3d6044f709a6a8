"""What must hold in a scenario file beyond the shape of each value.

These rules look at the file as parsed, before the models, and step over whatever has the wrong
shape: so one check names every fault, and each with its own place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from steady.scenario.lines import Step
from steady.scenario.model import ANSWER_KINDS, MIN_OWN_LINES, SLOTS, TENSION_KINDS, slots_of
from steady.scenario.text import visible
from steady.terms import EASING, PUSHES, Act, Rung

Path = tuple[Step, ...]
Tree = Mapping[str, Any]

# A partner reaches for these first; an easing or an ending among them would end every scene early.
_LEANINGS = (PUSHES | {Act.GO_SILENT}) - EASING
# The one act that comes up only after the client has named two times.
_NEEDS_A_TIME = frozenset({Act.NOTICE_CHANGE})
_RETURN_LINES = ("receives", "tests", "bristles", "closes")
_ASKED = tuple(sorted(ANSWER_KINDS - {"any"}))


@dataclass(frozen=True, slots=True)
class Complaint:
    """A broken rule: the key path it stands at, what is wrong, and how to mend it."""

    path: Path
    what: str
    mend: str


def of_scenario(data: Tree, bank: Tree) -> Iterator[Complaint]:
    """Every broken rule of a scenario; without its bank, nothing is said of missing lines."""
    yield from _missing_rungs(data)
    yield from of_lines(data)
    if bank:
        yield from gaps(data, bank)
    yield from _partner_contradicts_itself(data)
    yield from _return_needs_a_time(data)
    yield from _too_few(data)


def of_lines(data: Tree) -> Iterator[Complaint]:
    """The rules for lines by act, which scenarios and banks share."""
    yield from _unknown_kinds(data)
    yield from _repeats(own_lines(data))
    for path, texts in _other_lists(data):
        yield from _repeats(_entries(texts, path))


def gaps(data: Tree, bank: Tree) -> Iterator[Complaint]:
    """Acts for which, at some moment, there would be nothing to say."""
    lines, shared = _table(data.get("lines")), _table(bank.get("lines"))
    for act in Act:
        kinds = {
            kind: [text for source in (lines, shared) for text in _texts(source, act, kind)]
            for kind in (ANSWER_KINDS if act is Act.ANSWER else TENSION_KINDS)
        }
        yield from _gaps_of(act, kinds)


def own_lines(data: Tree) -> Iterator[tuple[Path, str]]:
    """Every partner line of a file with its place: by act, pushes of the rungs, topics."""
    for act, kinds in _table(data.get("lines")).items():
        for kind, texts in _table(kinds).items():
            yield from _entries(texts, ("lines", act, kind))
    for rung, scene in _table(data.get("rungs")).items():
        yield from _entries(_table(scene).get("pushes"), ("rungs", rung, "pushes"))
    for place, topic in enumerate(_list(data.get("topics"))):
        for key in ("says", "answers"):
            yield from _entries(_table(topic).get(key), ("topics", place, key))


def _gaps_of(act: Act, kinds: Mapping[str, list[str]]) -> Iterator[Complaint]:
    path: Path = ("lines", act.value)
    if not any(kinds.values()):
        yield Complaint(
            path,
            f"there is no line for {act}, here or in the shared bank",
            f"add some under [lines.{act}]",
        )
        return
    if act is Act.ANSWER and not kinds["any"]:
        for kind in _ASKED:
            if not kinds[kind]:
                yield Complaint(
                    path, f"no answer to a question of the kind {kind}", f"add {kind} or any"
                )
    if act not in _NEEDS_A_TIME and all(map(_slots, chain.from_iterable(kinds.values()))):
        yield Complaint(
            path,
            "every line has a slot, and this act may come before there is anything to fill it",
            "add a line without slots",
        )


def _missing_rungs(data: Tree) -> Iterator[Complaint]:
    rungs = data.get("rungs")
    if not isinstance(rungs, Mapping):
        return  # the model says so
    for rung in Rung:
        if rung.value not in rungs:
            yield Complaint(("rungs", rung.value), "this rung is missing", f"add [rungs.{rung}]")


def _unknown_kinds(data: Tree) -> Iterator[Complaint]:
    for act, kinds in _table(data.get("lines")).items():
        if act not in list(Act):
            continue  # the model says so
        allowed = ANSWER_KINDS if act == Act.ANSWER else TENSION_KINDS
        for kind in _table(kinds):
            if kind not in allowed:
                yield Complaint(
                    ("lines", act, kind),
                    "is not a kind of line here",
                    f"use one of {', '.join(sorted(allowed))}",
                )


def _repeats(entries: Iterator[tuple[Path, str]]) -> Iterator[Complaint]:
    seen: dict[str, Path] = {}
    for path, text in entries:
        plain = " ".join(text.casefold().split())
        if plain in seen:
            yield Complaint(
                path,
                f'"{visible(text)}" stands already at {spoken(seen[plain])}',
                "say it in another way",
            )
        else:
            seen[plain] = path


def _other_lists(data: Tree) -> Iterator[tuple[Path, Any]]:
    """The lists of texts that are not lines by act; a text may stand once in each."""
    for key in ("criteria", "content_notes"):
        yield (key,), data.get(key)
    for section in ("voice", "return", "partner"):
        for key, texts in _table(data.get(section)).items():
            yield (section, key), texts
    for rung, scene in _table(data.get("rungs")).items():
        for key in ("openings", "samples"):
            yield ("rungs", rung, key), _table(scene).get(key)
    for place, topic in enumerate(_list(data.get("topics"))):
        yield ("topics", place, "words"), _table(topic).get("words")


def _partner_contradicts_itself(data: Tree) -> Iterator[Complaint]:
    partner = _table(data.get("partner"))
    softening = {text for _, text in _entries(partner.get("softens"), ())}
    for path, move in _entries(partner.get("inflames"), ("partner", "inflames")):
        if move in softening:
            yield Complaint(path, f"{visible(move)} is in softens too", "keep it in one of the two")
    for path, act in _entries(partner.get("leans_on"), ("partner", "leans_on")):
        if act in list(Act) and act not in _LEANINGS:
            yield Complaint(
                path,
                f"{act} eases or ends the scene, so nobody reaches for it first",
                "choose a push",
            )


def _return_needs_a_time(data: Tree) -> Iterator[Complaint]:
    for key in _RETURN_LINES:
        texts = [text for _, text in _entries(_table(data.get("return")).get(key), ())]
        if texts and all(map(_slots, texts)):
            yield Complaint(
                ("return", key),
                "every line has a slot, and there may be nothing to fill it",
                "add a line without slots",
            )


def _too_few(data: Tree) -> Iterator[Complaint]:
    count = sum(1 for _ in own_lines(data))
    if count < MIN_OWN_LINES:
        yield Complaint(
            ("lines",),
            f"there are {count} partner lines in this file, counting those of rungs and topics",
            f"write at least {MIN_OWN_LINES}",
        )


def spoken(path: Path) -> str:
    """A key path as a person reads it: `topics 2, words 3`; entries are counted from 1."""
    said = ""
    joint = ""
    for step in path:
        if isinstance(step, int):
            said, joint = f"{said} {step + 1}", ", "
        else:
            said, joint = f"{said}{joint}{visible(step)}", "."
    return said


def _table(value: object) -> Tree:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _entries(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts in a list with their places; whatever else stands in it is stepped over."""
    for place, text in enumerate(_list(value)):
        if isinstance(text, str):
            yield (*path, place), text


def _texts(lines: Tree, act: Act, kind: str) -> list[str]:
    return [text for _, text in _entries(_table(lines.get(act.value)).get(kind), ())]


def _slots(text: str) -> frozenset[str]:
    """The slots of a line; one with a stray brace counts as filled with all of them."""
    try:
        return slots_of(text)
    except ValueError:
        return SLOTS
