import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steady.scenario.lines import Lost, Step, locate

Path = tuple[Step, ...]


def paths_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Every key path of what the standard parser reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from paths_of(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield (*path, place)
            yield from paths_of(inner, (*path, place))


# A document is written piece by piece; whoever writes a piece notes the line it begins on.

NASTY = st.text(alphabet="ab#[]{}=,.'\" \\é\t", max_size=8)
NASTY_BLOCK = st.text(alphabet="ab#[]{}=,.'\" \\é\n", max_size=12)
GAP = st.sampled_from(["", " ", "\t", "\n", "  \n", ' # a [remark] = "x\n', "\n#\n\n"])
SCALAR = st.sampled_from(
    ["1", "-0.5", "true", "1e3", "nan", "0xff", "1979-05-27", "1979-05-27 07:32:00", "07:32:00"]
)


@dataclass
class Document:
    draw: Any
    text: str = ""
    lines: dict[Path, int] = field(default_factory=dict)

    def note(self, path: Path) -> None:
        self.lines[path] = self.text.count("\n") + 1

    def write_key(self, name: str) -> None:
        kinds = ["basic"]
        if re.fullmatch(r"[A-Za-z0-9_-]+", name):
            kinds.append("bare")
        if "'" not in name:
            kinds.append("literal")
        kind = self.draw(st.sampled_from(kinds))
        self.text += {"bare": name, "literal": f"'{name}'", "basic": basic(name)}[kind]

    def write_keys(self, names: list[str]) -> None:
        for place, name in enumerate(names):
            if place:
                self.text += self.draw(st.sampled_from([".", " . ", ".\t"]))
            self.write_key(name)

    def write_value(self, path: Path, depth: int) -> None:
        kinds = ["scalar", "text"] + (["list", "table"] if depth else [])
        match self.draw(st.sampled_from(kinds)):
            case "scalar":
                self.text += self.draw(SCALAR)
            case "text":
                self.text += self.text_value()
            case "list":
                self.write_list(path, depth)
            case "table":
                self.write_inline_table(path, depth)

    def text_value(self) -> str:
        kind = self.draw(st.sampled_from(["basic", "literal", "basic block", "literal block"]))
        if kind == "basic":
            return basic(str(self.draw(NASTY)))
        if kind == "literal":
            return "'" + str(self.draw(NASTY)).replace("'", "") + "'"
        if kind == "basic block":
            text = self.draw(NASTY_BLOCK).replace("\\", "\\\\").replace('"""', '""\\"')
            return f'"""{text}"""' if not text.endswith('"') or tail(text, '"') < 3 else '""""""'
        text = self.draw(NASTY_BLOCK).replace("'''", "''")
        return f"'''{text}'''" if tail(text, "'") < 3 else "''''''"

    def write_list(self, path: Path, depth: int) -> None:
        self.text += "["
        for place in range(self.draw(st.integers(0, 3))):
            self.text += ("," if place else "") + self.draw(GAP)
            self.note((*path, place))
            self.write_value((*path, place), depth - 1)
            self.text += self.draw(GAP)
        if not self.text.endswith("["):
            self.text += self.draw(st.sampled_from(["", ","]))
        self.text += self.draw(GAP) + "]"

    def write_inline_table(self, path: Path, depth: int) -> None:
        self.text += "{ "
        for place, name in enumerate(self.names(2)):
            self.text += ", " if place else ""
            self.write_pair(path, name, depth - 1)
        self.text += " }"

    def write_pair(self, path: Path, name: str, depth: int) -> None:
        names = [name, *(self.names(1) if self.draw(st.booleans()) else [])]
        for place in range(len(names)):
            self.note((*path, *names[: place + 1]))
        self.write_keys(names)
        self.text += self.draw(st.sampled_from(["=", " = "]))
        self.write_value((*path, *names), depth)

    def write_pairs(self, path: Path, taken: set[str]) -> None:
        for name in self.names(3):
            if name not in taken:
                taken.add(name)
                self.text += self.draw(GAP) if self.text.endswith("\n") or not self.text else ""
                self.fresh_line()
                self.text += self.draw(st.sampled_from(["", "  "]))
                self.write_pair(path, name, 2)
                self.text += self.draw(st.sampled_from(["\n", " # said\n"]))

    def write_header(self, path: Path, names: list[str], signs: str) -> None:
        self.fresh_line()
        self.note(path)
        self.text += signs
        self.write_keys(names)
        self.text += {"[": "]", "[[": "]]"}[signs] + self.draw(GAP)
        self.fresh_line()

    def fresh_line(self) -> None:
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def names(self, most: int) -> list[str]:
        name = st.one_of(st.sampled_from(["a", "b-c", "1", "lines"]), NASTY)
        names: list[str] = self.draw(st.lists(name, min_size=1, max_size=most, unique=True))
        return names


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def tail(text: str, sign: str) -> int:
    return len(text) - len(text.rstrip(sign))


@st.composite
def documents(draw: Any) -> Document:
    document = Document(draw)
    taken: set[str] = set()
    document.write_pairs((), taken)
    for name in document.names(4):
        if name in taken:
            continue
        taken.add(name)
        match draw(st.sampled_from(["table", "tables", "inner first"])):
            case "table":
                document.write_header((name,), [name], "[")
                document.write_pairs((name,), set())
            case "tables":
                for row in range(draw(st.integers(1, 3))):
                    first_line = document.lines.get((name,))
                    document.write_header((name, row), [name], "[[")
                    document.lines[(name,)] = first_line or document.lines[(name, row)]
                    inner: set[str] = set()
                    document.write_pairs((name, row), inner)
                    if draw(st.booleans()) and "sub" not in inner:
                        document.write_header((name, row, "sub"), [name, "sub"], "[")
                        document.write_pairs((name, row, "sub"), set())
            case "inner first":
                document.write_header((name, "sub"), [name, "sub"], "[")
                document.lines[(name,)] = document.lines[(name, "sub")]
                document.write_pairs((name, "sub"), set())
                if draw(st.booleans()):
                    document.write_header((name,), [name], "[")
                    document.write_pairs((name,), {"sub"})
    return document


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), st.booleans())
def test_every_key_and_entry_is_found_on_the_line_where_it_was_written(
    document: Document, dos_line_ends: bool
) -> None:
    text = document.text.replace("\n", "\r\n") if dos_line_ends else document.text
    found = dict(locate(text).all())
    assert set(found) == set(paths_of(tomllib.loads(text)))
    assert found == document.lines


@settings(deadline=None)
@given(st.text(alphabet="ab[]{}=,.#'\"\\\n\t 1", max_size=60))
def test_any_text_is_either_followed_or_given_up_at_one_of_its_lines(text: str) -> None:
    try:
        found = locate(text)
    except Lost as lost:
        assert 1 <= lost.line <= text.count("\n") + 1
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(text)
    else:
        assert all(1 <= line <= text.count("\n") + 1 for _, line in found.all())


@settings(deadline=None)
@given(st.text(alphabet="ab[]{}=,.#'\"\\\n\t 1", max_size=60))
def test_whatever_the_parser_takes_is_followed_to_the_same_keys(text: str) -> None:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(dict(locate(text).all())) == set(paths_of(tree))


def test_a_missing_key_is_placed_at_the_header_of_its_section() -> None:
    lines = locate("x = 1\n\n[a.b]\ny = 2\n\n[a]\nz = 3\n")
    assert lines.line(("a", "missing")) == 6
    assert lines.line(("a", "b", "missing", "deeper")) == 3
    assert lines.line(("missing",)) == 1


def test_brackets_and_quotes_inside_texts_open_nothing() -> None:
    text = 'a = [\n  \'] # "\',\n  """\n[b]\n""",\n  3,\n]\nc = 4\n'
    lines = locate(text)
    assert lines.line(("a", 1)) == 3
    assert lines.line(("a", 2)) == 6
    assert lines.line(("c",)) == 8


def test_what_is_left_open_is_reported_where_it_was_opened() -> None:
    with pytest.raises(Lost) as lost:
        locate('a = 1\nb = [\n  "x",\n\n')
    assert lost.value.line == 2


def test_lists_deeper_than_any_scenario_needs_are_given_up() -> None:
    with pytest.raises(Lost):
        locate("a = " + "[" * 102 + "]" * 102)
