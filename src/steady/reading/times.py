"""Finds when, after what or on what condition the client says a talk goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steady.reading.clauses import Clauses
from steady.reading.patterns import Finder
from steady.reading.words import ENDERS, Words
from steady.records import TimePhrase

_MAX_RUN = 10
_ONWARD = frozenset({"then", "can", "could", "will", "would", "please", "let", "hand", "shall"})
_PAST = frozenset(
    [
        "was",
        "were",
        "did",
        "had",
        "said",
        "told",
        "asked",
        "came",
        "went",
        "got",
        "ate",
        "left",
        "saw",
        "made",
        "tried",
        "took",
        "walked",
        "came",
    ]
)
_PAST_OK = frozenset({"got", "ate", "had", "have"})
_NUMBERS = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "a": 1,
    "an": 1,
    "couple": 2,
}
_UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "easter",
    ]
)
_JOINED = {
    "am": "'re",
    "are": "'re",
    "is": "'s",
    "will": "'ll",
    "have": "'ve",
    "would": "'d",
    "'s": "'s",
}
_SUBJECT_AFTER = frozenset(
    [
        "when",
        "once",
        "after",
        "before",
        "until",
        "as",
        "soon",
        "while",
        "if",
        "and",
        "that",
        "both",
        "whenever",
        "time",
        "minute",
        "second",
        "moment",
    ]
)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    template: str
    begins: frozenset[str]
    needs: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    extend: bool


class TimeFinder:
    """Finds time phrases by compiled rules."""

    def __init__(
        self, rules: Sequence[Mapping[str, Any]], finder: Finder, turned: Mapping[str, str]
    ) -> None:
        """`rules` as in times.toml, `finder` over their patterns, `turned` the pronouns."""
        self._rules = [
            _Rule(
                str(rule["name"]),
                str(rule["as"]),
                frozenset(rule.get("begins", ())),
                frozenset(rule.get("needs", ())),
                frozenset(rule.get("not-after", ())),
                frozenset(rule.get("not-before", ())),
                bool(rule.get("extend", False)),
            )
            for rule in rules
        ]
        self._finder = finder
        self._turned = turned

    def find(
        self, words: Words, clauses: Clauses, symbols: Sequence[Sequence[str]]
    ) -> tuple[TimePhrase, ...]:
        """The time phrases of a text in order, none overlapping; neighbors become one phrase."""
        spans: list[tuple[int, int, _Rule]] = []
        for number, start, end in self._finder.find(symbols, clauses.firsts, clauses.lasts):
            rule = self._rules[number]
            if found := self._fit(rule, start, end, words, clauses, symbols):
                spans.append((*found, rule))
        spans.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int, _Rule]] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return self._phrases(kept, words)

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
            end = _run_on(names, stop, end)
        if rule.name in ("wait", "clock", "till-clock", "at-clock"):
            while end - 1 > start and names[end - 1] in _TRAILING:
                end -= 1
        if start >= end or (start and names[start - 1] in rule.not_after):
            return None
        if start > 1 and names[start - 2] in ("last", "since", "not") and start - 2 >= first:
            return None
        if end < last and names[end] in rule.not_before:
            return None
        if _is_past(rule, names, first, start, end, last):
            return None
        return start, end

    def _phrases(
        self, spans: Sequence[tuple[int, int, _Rule]], words: Words
    ) -> tuple[TimePhrase, ...]:
        out: list[TimePhrase] = []
        reached = -1
        for start, end, rule in spans:
            adverbial = rule.template.replace("{}", self._said(words, start, end))
            if rule.name == "wait":
                adverbial = _wait(adverbial)
            phrase = TimePhrase(
                words.starts[start],
                words.ends[end - 1],
                words.text[words.starts[start] : words.ends[end - 1]],
                adverbial,
                _minutes(words.words[start:end]) if rule.name == "wait" else None,
            )
            if out and start == reached and rule.name != "wait" and out[-1].minutes is None:
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
            same_piece = at > start and words.starts[at] == words.starts[at - 1]
            if word == "you" and at > start and before not in _SUBJECT_AFTER:
                turned = "me"
            elif word == "are" and before == "you":
                turned = "am"
            else:
                turned = self._turned.get(word, word)
            typed = words.text[words.starts[at] : words.ends[at]]
            if same_piece and "'" not in turned and not _is_one_word(typed) and said:
                turned = "m" if turned == "am" and said[-1] == "I" else turned
                if turned == "m":
                    said[-1] += "'m"
                    continue
                if turned in _JOINED:
                    said[-1] += _JOINED[turned]
                    continue
                if turned == "not":
                    said[-1] = {"can": "can't", "will": "won't"}.get(said[-1], said[-1] + "n't")
                    continue
            if word == "'s" and said:
                said[-1] += "'s"
                continue
            turned = "I" if turned == "i" else turned
            said.append(turned.capitalize() if turned in _NAMES else turned)
        return " ".join(said)


_TRAILING = frozenset(
    [
        "and",
        "then",
        "first",
        "alone",
        "outside",
        "out",
        "on",
        "in",
        "to",
        "of",
        "by",
        "with",
        "max",
        "tops",
        "please",
        "is",
        "all",
        "myself",
    ]
)


def _is_one_word(typed: str) -> bool:
    """Whether the typed piece is a spelling like "gonna", not a contraction."""
    low = typed.lower().replace("’", "'")
    return "'" not in low and low not in {
        "im",
        "ive",
        "youre",
        "weve",
        "theyre",
        "dont",
        "cant",
        "wont",
        "ill",
        "youll",
        "youve",
        "its",
        "thats",
        "hes",
        "shes",
        "id",
        "isnt",
        "werent",
        "theyve",
        "havent",
        "hasnt",
    }


def _run_on(names: Sequence[str], stop: int, least: int) -> int:
    """Where a phrase that runs on to the end of its clause ends."""
    for at in range(least, stop):
        if names[at] in _ONWARD or names[at] in ENDERS:
            return at
        if (
            names[at] in ("i", "we", "you")
            and at + 1 < len(names)
            and names[at + 1] in ("will", "can", "am", "would", "are")
        ):
            return at
    return max(stop, least)


def _is_past(
    rule: _Rule, names: Sequence[str], first: int, start: int, end: int, last: int
) -> bool:
    """Whether the phrase tells of something that has been."""
    inside = names[start:end]
    if rule.extend:
        return bool(_PAST.difference(_PAST_OK).intersection(inside))
    if rule.name in ("day", "by-day", "near-day", "at-event", "day-event"):
        around = [*names[first:start], *names[end:last]]
        return bool({"was", "were", "did", "had", "said", "told"}.intersection(around))
    return False


def _wait(adverbial: str) -> str:
    return adverbial.replace(" more ", " ") if adverbial.count(" ") > 2 else adverbial


def _minutes(names: Sequence[str]) -> int | None:
    """The length of a wait in minutes, where it can be known."""
    text = " ".join(names)
    if "few" in names or "moment" in text:
        return None
    half = "half" in names
    amount = 0
    for name in names:
        if name.isdigit():
            amount += int(name)
        elif name in _NUMBERS and not (half and name in ("a", "an")):
            amount += _NUMBERS[name]
    unit = next((size for name, size in _UNITS.items() if name in text), 1)
    if text.startswith(("half an hour", "half hour", "a half hour", "half a")):
        return unit // 2
    if text.startswith("quarter of an hour"):
        return 15
    if half and "and a half" in text:
        return unit * max(amount, 1) + unit // 2
    return amount * unit or None


def _joined(first: TimePhrase, second: TimePhrase, text: str) -> TimePhrase:
    """Two neighboring phrases as one: "tonight" and "at 8"."""
    return TimePhrase(
        first.start,
        second.end,
        text[first.start : second.end],
        f"{first.adverbial} {second.adverbial}",
        None,
    )


def find_times(text: str) -> tuple[TimePhrase, ...]:
    """The time phrases of a text; see TimePhrase."""
    from steady.reading.reader import shared_reader

    return shared_reader().times(text)
