"""Finds when, after what or on what condition the client says a talk goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steady.reading.clauses import Clauses
from steady.reading.patterns import Finder
from steady.reading.words import ENDERS, Words
from steady.records import TimePhrase

_MAX_RUN = 10
_UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_TAILS = {"am": "'re", "are": "'re", "is": "'s", "will": "'ll", "have": "'ve", "would": "'d"}
_NO = {"can": "can't", "will": "won't"}
_OTHERS = frozenset({"i", "we", "you"})
_ACTS = frozenset({"will", "can", "am", "would", "are"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule of times.toml; its keys are explained there."""

    template: str
    begins: frozenset[str]
    needs: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    extend: bool
    measured: bool
    dated: bool

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "_Rule":
        return cls(
            str(table["as"]),
            frozenset(table.get("begins", ())),
            frozenset(table.get("needs", ())),
            frozenset(table.get("not-after", ())),
            frozenset(table.get("not-before", ())),
            extend=bool(table.get("extend")),
            measured=bool(table.get("measured")),
            dated=bool(table.get("dated")),
        )


_Span = tuple[int, int, _Rule]


class TimeFinder:
    """Finds time phrases by compiled rules."""

    def __init__(
        self, tables: Mapping[str, Any], finder: Finder, turned: Mapping[str, str]
    ) -> None:
        """`tables` as in times.toml, `finder` over its patterns, `turned` the pronouns."""
        self._rules = [_Rule.of(rule) for rule in tables["rules"]]
        self._words = {name: frozenset(words.split()) for name, words in tables["words"].items()}
        self._numbers: Mapping[str, int] = tables["numbers"]
        self._finder = finder
        self._turned = turned

    def find(
        self, words: Words, clauses: Clauses, symbols: Sequence[Sequence[str]]
    ) -> tuple[TimePhrase, ...]:
        """The time phrases of a text in order, none overlapping; neighbors become one phrase."""
        spans: list[_Span] = []
        for number, start, end in self._finder.find(symbols, clauses.firsts, clauses.lasts):
            rule = self._rules[number]
            if found := self._fit(rule, start, end, words, clauses, symbols):
                spans.append((*found, rule))
        spans.sort(key=lambda span: (span[0], -span[1]))
        kept: list[_Span] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        # "half an hour on Saturday" is a length and a day: the day is when
        apart = [
            span
            for at, span in enumerate(kept)
            if not (span[2].measured and at + 1 < len(kept) and kept[at + 1][0] == span[1])
            or span[1] in words.breaks
        ]
        return self._phrases(apart, words)

    def _fit(
        self,
        rule: _Rule,
        start: int,
        end: int,
        words: Words,
        clauses: Clauses,
        symbols: Sequence[Sequence[str]],
    ) -> tuple[int, int] | None:
        """Where the phrase itself lies, or None where it is no time to go on."""
        names = words.words
        first, last = clauses.bounds[clauses.of[start]]
        while end > start and names[end - 1] in ENDERS:
            end -= 1
        if rule.begins:
            while start < end and rule.begins.isdisjoint(symbols[start]):
                start += 1
        if rule.needs and rule.needs.isdisjoint(names[first:start]):
            return None
        if rule.extend:
            stop = min(clauses.bounds[clauses.of[end - 1]][1], start + _MAX_RUN)
            end = self._run_on(names, end, stop)
        else:
            while end - 1 > start and names[end - 1] in self._words["trailing"]:
                end -= 1
        if start >= end or self._is_past(rule, names, (first, last), start, end):
            return None
        if start > first and names[start - 1] in rule.not_after:
            return None
        if start - 1 > first and names[start - 2] in ("last", "since", "not"):
            return None
        if end < len(names) and end not in words.breaks and names[end] in rule.not_before:
            return None
        return start, end

    def _run_on(self, names: Sequence[str], least: int, stop: int) -> int:
        """Where a phrase that runs on to the end of its clause ends."""
        for at in range(least, stop):
            follow = names[at + 1] if at + 1 < len(names) else ""
            if names[at] in self._words["onward"] or names[at] in ENDERS:
                return at
            if names[at] in _OTHERS and follow in _ACTS:
                return at
        return max(stop, least)

    def _is_past(
        self, rule: _Rule, names: Sequence[str], clause: tuple[int, int], start: int, end: int
    ) -> bool:
        """Whether the phrase tells of something that has been."""
        if rule.extend:
            return not self._words["past"].isdisjoint(names[start:end])
        beside = [*names[clause[0] : start], *names[end : clause[1]]]
        return rule.dated and not self._words["past-beside"].isdisjoint(beside)

    def _phrases(self, spans: Sequence[_Span], words: Words) -> tuple[TimePhrase, ...]:
        out: list[TimePhrase] = []
        reached = -1
        for start, end, rule in spans:
            adverbial = rule.template.replace("{}", self._said(words, start, end))
            minutes = None
            if rule.measured:
                adverbial = adverbial.replace(" more ", " ")
                minutes = self._minutes(words.words[start:end])
            begin, finish = words.starts[start], words.ends[end - 1]
            phrase = TimePhrase(begin, finish, words.text[begin:finish], adverbial, minutes)
            if out and start == reached and not rule.measured and out[-1].minutes is None:
                phrase = _joined(out.pop(), phrase, words.text)
            out.append(phrase)
            reached = end
        return tuple(out)

    def _said(self, words: Words, start: int, end: int) -> str:
        """The words as the partner says them: pronouns turned, contractions kept."""
        said: list[str] = []
        for at in range(start, end):
            word = words.words[at]
            if word.startswith("<") or word in ENDERS:
                continue
            before = words.words[at - 1] if at > start else ""
            turned = self._turn(word, before, at > start)
            typed = words.text[words.starts[at] : words.ends[at]].lower().replace("’", "'")
            joined = at > start and words.starts[at] == words.starts[at - 1]
            if joined and said and ("'" in typed or typed in self._words["bare"]):
                said[-1] = _contracted(said[-1], turned)
            elif word == "'s" and said:
                said[-1] += "'s"
            else:
                said.append(turned)
        return " ".join(said)

    def _turn(self, word: str, before: str, inside: bool) -> str:
        """A word from the partner's mouth."""
        if word == "you" and inside and before not in self._words["before-subject"]:
            return "me"
        if word == "are" and before == "you":
            return "am"
        turned = self._turned.get(word, word)
        if turned == "i":
            return "I"
        return turned.capitalize() if turned in self._words["names"] else turned

    def _minutes(self, names: Sequence[str]) -> int | None:
        """The length of a wait in minutes, where it can be known."""
        text = " ".join(names)
        if "few" in names or "moment" in text:
            return None
        unit = next((size for name, size in _UNITS.items() if name in text), 1)
        if text.startswith("quarter of an hour"):
            return 15
        if text.startswith(("half", "a half")):
            return unit // 2
        amount = sum(int(n) if n.isdecimal() else self._numbers.get(n, 0) for n in names)
        if "and a half" in text:
            return unit * max(amount, 1) + unit // 2
        if not amount and names[0] in ("a", "an"):
            amount = 1
        return amount * unit or None


def _contracted(head: str, tail: str) -> str:
    """Two words as one with an apostrophe: "you" and "are" are "you're"."""
    if tail == "not":
        return _NO.get(head, head + "n't")
    if head == "I" and tail == "am":
        return "I'm"
    return head + _TAILS.get(tail, tail if tail.startswith("'") else f" {tail}")


def _joined(first: TimePhrase, second: TimePhrase, text: str) -> TimePhrase:
    """Two neighboring phrases as one: "tonight" and "at 8"."""
    return TimePhrase(
        first.start,
        second.end,
        text[first.start : second.end],
        f"{first.adverbial} {second.adverbial}",
    )


def find_times(text: str) -> tuple[TimePhrase, ...]:
    """The time phrases of a text; see TimePhrase."""
    from steady.reading.reader import shared_reader

    return shared_reader().times(text)
