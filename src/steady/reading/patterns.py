"""The small language cues are written in, and the machine that finds them.

A pattern is a row of words: `i need <count> minutes`. In it
`(a|b c)` means either, a `?` behind a word, class or bracket means it may be missing,
`<name>` any word of a class, `want+` the word in any form, `{name}` a named list of phrases,
`_` any one word, `...` up to four words of the same clause, `^` the start and `$` the end of a
clause, `^^` and `$$` the start and end of the turn; `? ! .` are the marks themselves.

Patterns are compiled once, when the weights are trained, into one graph whose common beginnings
and endings are shared; reading walks it word by word.
"""

import re
from collections.abc import Callable, Container, Mapping, Sequence

from steady.errors import SteadyError

GAP = "..."
MAX_GAP = 4
_PART = re.compile(r"\(|\)\??|\||<[\w-]+>\??|\{[\w-]+\}\??|\.\.\.|\^\^?|\$\$?|[^\s()|<>{}]+")

Graph = list[tuple[dict[str, int], list[int]]]
Hit = tuple[int, int, int]
"""A cue's number, the first word it covers and the word after its last."""


class PatternFault(SteadyError):
    """A cue file holds a pattern that cannot be read."""


class Sketch:
    """Many patterns as one loose graph of steps, before it is made compact."""

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        classes: Container[str],
        spell: Callable[[str], Sequence[str]],
        forms: Callable[[str], Sequence[str]],
    ) -> None:
        """`phrases` are the named lists, `classes` the known `<name>`s; `spell` cuts a word as a
        typed text is cut, `forms` gives a verb's forms."""
        self.phrases, self.classes, self.spell, self.forms = phrases, classes, spell, forms
        self.steps: list[list[tuple[str, int]]] = [[]]
        self.free: list[list[int]] = [[]]
        self.accepts: list[int | None] = [None]

    def add(self, pattern: str, cue: int) -> None:
        """Adds a pattern; raises PatternFault where it cannot be read."""
        self.accepts[_Parser(self, pattern).build(0)] = cue

    def node(self) -> int:
        """A new node."""
        self.steps.append([])
        self.free.append([])
        self.accepts.append(None)
        return len(self.steps) - 1

    def compile(self) -> Graph:
        """The graph in which every row of words has one path, common endings shared."""
        nodes: dict[frozenset[int], int] = {}
        shared: dict[tuple[tuple[tuple[str, int], ...], tuple[int, ...]], int] = {}
        graph: Graph = []

        def settle(held: frozenset[int]) -> int:
            if held in nodes:
                return nodes[held]
            onward: dict[str, set[int]] = {}
            for node in held:
                for symbol, to in self.steps[node]:
                    onward.setdefault(symbol, set()).add(to)
            edges = {symbol: settle(self._reach(to)) for symbol, to in sorted(onward.items())}
            accepts = sorted({cue for n in held if (cue := self.accepts[n]) is not None})
            key = (tuple(edges.items()), tuple(accepts))
            if key not in shared:
                shared[key] = len(graph)
                graph.append((edges, accepts))
            nodes[held] = shared[key]
            return nodes[held]

        top = settle(self._reach({0}))
        swap = {0: top, top: 0}
        graph[0], graph[top] = graph[top], graph[0]
        return [
            ({symbol: swap.get(to, to) for symbol, to in edges.items()}, accepts)
            for edges, accepts in graph
        ]

    def _reach(self, nodes: set[int]) -> frozenset[int]:
        """The nodes that can be reached without a word."""
        reached, waiting = set(nodes), list(nodes)
        while waiting:
            for to in self.free[waiting.pop()]:
                if to not in reached:
                    reached.add(to)
                    waiting.append(to)
        return frozenset(reached)


class _Parser:
    """Adds one pattern's steps to a sketch."""

    def __init__(self, sketch: Sketch, pattern: str) -> None:
        self.sketch, self.pattern = sketch, pattern
        self.parts: list[str] = _PART.findall(pattern)
        self.at = 0

    def build(self, start: int) -> int:
        """Adds the pattern behind a node and gives the node it ends in."""
        end = self._either(start)
        if self.at < len(self.parts):
            raise PatternFault(f'"{self.pattern}": a bracket is closed that was not opened')
        return end

    def _either(self, start: int) -> int:
        ends = [self._row(start)]
        while self.at < len(self.parts) and self.parts[self.at] == "|":
            self.at += 1
            ends.append(self._row(start))
        end = self.sketch.node()
        for node in ends:
            self.sketch.free[node].append(end)
        return end

    def _row(self, node: int) -> int:
        # a row starts on a node of its own, so that what is optional in it stays its own
        own = self.sketch.node()
        self.sketch.free[node].append(own)
        while self.at < len(self.parts) and self.parts[self.at] not in ("|", ")", ")?"):
            own = self._one(own)
        return own

    def _one(self, node: int) -> int:
        part = self.parts[self.at]
        self.at += 1
        if part == "(":
            end = self._either(node)
            if self.at >= len(self.parts):
                raise PatternFault(f'"{self.pattern}": a bracket is not closed')
            optional = self.parts[self.at] == ")?"
            self.at += 1
        else:
            optional = len(part) > 1 and part.endswith("?")
            end = self._symbol(part[:-1] if optional else part, node)
        if optional:
            self.sketch.free[node].append(end)
        return end

    def _symbol(self, part: str, node: int) -> int:
        sketch = self.sketch
        if part.startswith("{"):
            name = part[1:-1]
            if name not in sketch.phrases:
                raise PatternFault(f'"{self.pattern}": there is no list of phrases named {part}')
            end = sketch.node()
            for phrase in sketch.phrases[name]:
                sketch.free[_Parser(sketch, phrase).build(node)].append(end)
            return end
        if part.startswith("<") and part not in sketch.classes:
            raise PatternFault(f'"{self.pattern}": there is no class named {part}')
        end = sketch.node()
        if part.endswith("+") and len(part) > 1:
            sketch.steps[node] += [(form, end) for form in sketch.forms(part[:-1])]
            return end
        marks = ("^", "^^", "$", "$$", "_", GAP, "?", "!", ".", "'s")
        words = [part] if part.startswith("<") or part in marks else sketch.spell(part)
        for word in words[:-1]:
            between = sketch.node()
            sketch.steps[node].append((word, between))
            node = between
        sketch.steps[node].append((words[-1], end))
        return end


class Finder:
    """Finds every cue of a graph in a row of words."""

    def __init__(self, graph: Sequence[Sequence[object]]) -> None:
        """`graph` as compile_rows gives it, or as it comes back from JSON."""
        self._edges: list[dict[str, int]] = [node[0] for node in graph]  # type: ignore[misc]
        self._accepts: list[list[int]] = [node[1] for node in graph]  # type: ignore[misc]
        root = self._edges[0]
        self._clause_root = self._edges[root["^"]] if "^" in root else {}
        self._turn_root = self._edges[root["^^"]] if "^^" in root else {}

    def find(
        self,
        symbols: Sequence[Sequence[str]],
        firsts: Sequence[bool],
        lasts: Sequence[bool],
    ) -> list[Hit]:
        """The cues in a text, in the order they end.

        `symbols` holds for each word the word itself and its classes; `firsts` and `lasts` say
        where clauses begin and end.
        """
        edges, accepts, root = self._edges, self._accepts, self._edges[0]
        hits: list[Hit] = []
        active: list[tuple[int, int, int]] = []  # node, first word, words the gap may still skip
        end = len(symbols) - 1
        for at, names in enumerate(symbols):
            reached: dict[int, tuple[int, int]] = {}
            first = firsts[at]
            for node, start, gap in active:
                onward = edges[node]
                for name in names:
                    step = onward.get(name)
                    if step is not None and step not in reached:
                        reached[step] = (start, 0)
                step = onward.get("_")
                if step is not None and step not in reached:
                    reached[step] = (start, 0)
                if gap and not first:
                    held = reached.get(node)
                    if held is None or held[1] < gap - 1:
                        reached[node] = (start, gap - 1)
            for name in names:
                if (to := root.get(name)) is not None:
                    reached.setdefault(to, (at, 0))
                if first and (to := self._clause_root.get(name)) is not None:
                    reached.setdefault(to, (at, 0))
                if not at and (to := self._turn_root.get(name)) is not None:
                    reached.setdefault(to, (at, 0))
            active = []
            last = lasts[at]
            for node, (start, gap) in reached.items():
                onward = edges[node]
                if not gap and accepts[node]:
                    hits += [(cue, start, at + 1) for cue in accepts[node]]
                if onward:
                    active.append((node, start, gap))
                    if last and "$" in onward:
                        hits += [(cue, start, at + 1) for cue in accepts[onward["$"]]]
                    if at == end and "$$" in onward:
                        hits += [(cue, start, at + 1) for cue in accepts[onward["$$"]]]
                    if GAP in onward:
                        active.append((onward[GAP], start, MAX_GAP))
        return hits
