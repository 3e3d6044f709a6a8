"""On which line of a TOML text each key and each entry of a list stands.

The parser of the standard library forgets where it found things. This scan walks the same text
again, only as deep as finding places needs: it decodes keys, and passes over values.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

DEEPEST = 100
"""How far lists and inline tables may lie inside each other."""

Step = str | int
"""One step down: the name of a key, or the place of an entry in a list, counted from 0."""

_BETWEEN = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]++")
_STRINGS = (  # the longer quotes first; a closing run may hold two quotation marks of the text
    re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL),
    re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}", re.DOTALL),
    re.compile(r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+"'),
    re.compile(r"'(?!'')[^'\n]*+'"),
)


class Lost(ValueError):
    """The text is not TOML from `line` on, or what was opened there is never closed."""

    def __init__(self, line: int) -> None:
        """Lost at a line, counted from 1."""
        super().__init__(f"line {line} cannot be followed")
        self.line = line


@dataclass(slots=True)
class _Place:
    """Where something begins, and the places of what is inside it."""

    line: int
    inside: "dict[Step, _Place]" = field(default_factory=dict)
    is_list_of_tables: bool = False

    def child(self, step: Step, line: int) -> "_Place":
        """The place of a part, begun on this line unless it has begun before."""
        return self.inside.setdefault(step, _Place(line))

    def latest(self) -> "_Place":
        """Where a header that names this goes on: in a list of tables, the last of them."""
        return self.inside.get(len(self.inside) - 1, self) if self.is_list_of_tables else self


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a TOML text."""

    _root: _Place

    def line(self, path: Sequence[Step]) -> int:
        """The line, from 1, of a key path such as `("topics", 0, "words", 2)`.

        Where the path does not exist, the line of the nearest thing around it that does: for a
        missing key, the header of its section.
        """
        place = self._root
        for step in path:
            inner = place.inside.get(step)
            if inner is None:
                break
            place = inner
        return place.line

    def all(self) -> Iterator[tuple[tuple[Step, ...], int]]:
        """Every key path of the text with its line."""
        waiting: list[tuple[tuple[Step, ...], _Place]] = [((), self._root)]
        while waiting:
            path, place = waiting.pop()
            for step, inner in place.inside.items():
                yield (*path, step), inner.line
                waiting.append(((*path, step), inner))


def locate(text: str) -> Lines:
    """The lines of a TOML text. Raises `Lost` where the text is not TOML."""
    root = _Place(1)
    _Scan(text).document(root)
    return Lines(root)


class _Scan:
    """One walk over a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def document(self, root: _Place) -> None:
        table = root
        while not self._ended():
            if self._text.startswith("[[", self._at):
                table = self._header(root, "[[", "]]")
            elif self._text.startswith("[", self._at):
                table = self._header(root, "[", "]")
            else:
                self._pair(table, 0)

    def _ended(self) -> bool:
        self._pass(_BETWEEN)
        return self._at >= len(self._text)

    def _header(self, root: _Place, opening: str, closing: str) -> _Place:
        line = self._line()
        self._at += len(opening)
        *above, name = self._key()
        self._expect(closing, line)
        place = root
        for step in above:
            place = place.child(step, line).latest()
        place = place.child(name, line)
        if opening == "[":
            place.line = line  # it may have begun with a table inside it, further up
            return place
        place.is_list_of_tables = True
        return place.child(len(place.inside), line)

    def _pair(self, table: _Place, depth: int) -> None:
        line = self._line()
        steps = self._key()
        self._expect("=", line)
        self._pass(_SPACE)
        for step in steps:
            table = table.child(step, line)
        self._value(table, depth)

    def _key(self) -> list[str]:
        steps = []
        while True:
            self._pass(_SPACE)
            steps.append(self._name())
            self._pass(_SPACE)
            if not self._text.startswith(".", self._at):
                return steps
            self._at += 1

    def _name(self) -> str:
        start, line = self._at, self._line()
        if self._pass(_BARE_KEY):
            return self._text[start : self._at]
        self._string()
        written = self._text[start : self._at]
        if "\\" not in written:
            return written[1:-1]
        try:
            name: str = tomllib.loads(f"key = {written}")["key"]
        except ValueError:
            raise Lost(line) from None
        return name

    def _value(self, place: _Place, depth: int) -> None:
        if depth > DEEPEST:
            raise Lost(self._line())
        first = self._text[self._at : self._at + 1]
        if first == "[":
            self._list(place, depth)
        elif first == "{":
            self._inline_table(place, depth)
        elif first in {'"', "'"}:
            self._string()
        elif not self._pass(_BARE_VALUE):
            raise Lost(self._line())

    def _list(self, place: _Place, depth: int) -> None:
        opened = self._line()
        self._at += 1
        while not self._closed("]", opened):
            entry = place.child(len(place.inside), self._line())
            self._value(entry, depth + 1)
            self._comma_before("]", opened)

    def _inline_table(self, place: _Place, depth: int) -> None:
        opened = self._line()
        self._at += 1
        while not self._closed("}", opened):
            self._pair(place, depth + 1)
            self._comma_before("}", opened)

    def _closed(self, closing: str, opened: int) -> bool:
        if self._ended():
            raise Lost(opened)
        if self._text.startswith(closing, self._at):
            self._at += 1
            return True
        return False

    def _comma_before(self, closing: str, opened: int) -> None:
        if self._ended():
            raise Lost(opened)
        if self._text.startswith(",", self._at):
            self._at += 1
        elif not self._text.startswith(closing, self._at):
            raise Lost(self._line())

    def _string(self) -> None:
        if not any(self._pass(kind) for kind in _STRINGS):
            raise Lost(self._line())

    def _expect(self, sign: str, line: int) -> None:
        if not self._text.startswith(sign, self._at):
            raise Lost(line)
        self._at += len(sign)

    def _pass(self, pattern: re.Pattern[str]) -> bool:
        """Go past what the pattern matches here; whether it matched anything."""
        found = pattern.match(self._text, self._at)
        if found is None or found.end() == self._at:
            return False
        self._at = found.end()
        return True

    def _line(self) -> int:
        return bisect_left(self._breaks, self._at) + 1
