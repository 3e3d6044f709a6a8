"""What the weights see of a turn: named yes-or-no features, clause by clause and as a whole.

A name tells its kind: a bare word or two words; `#name` a cue and `#12` one of its lines, `~name` a
cue that is denied or quoted; `<class>`, `subject:<class>` and `a/b/c` classes of words; `shape:` a
clause's shape; `t:` a time named; `echo` the partner's words taken up; `p` the partner's line; the
rest are figures of the whole turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from steady.reading.analysis import Analysis
from steady.reading.words import ENDERS
from steady.records import TimePhrase

_SUBJECTS = {
    "i": "i", "my": "i", "me": "i", "you": "you", "your": "you", "we": "we", "us": "we",
    "our": "we", "it": "it", "that": "it", "this": "it", "there": "it", "he": "they",
    "she": "they", "they": "they",
}  # fmt: skip
_COMMON = frozenset(
    [
        "i",
        "you",
        "we",
        "it",
        "that",
        "this",
        "a",
        "an",
        "the",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "am",
        "be",
        "do",
        "not",
        "my",
        "your",
        "our",
        "me",
        "us",
        "with",
        "have",
        "has",
        "so",
        "if",
        "can",
        "will",
        "would",
        "just",
    ]
)
_LENGTHS = (2, 4, 7, 11, 16, 22, 30, 40)
_COUNTED = ("sorry", "?", "!", "...", "i", "you", "we", "maybe")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a turn.

    `clauses` holds each clause's own, `sentence_of` the number of the sentence each clause belongs
    to, `whole` those of the turn as a whole.
    """

    clauses: tuple[set[str], ...]
    sentence_of: tuple[int, ...]
    whole: set[str]

    def sentences(self) -> list[set[str]]:
        """The features of each sentence; one empty set for a turn without words."""
        out: list[set[str]] = []
        for names, number in zip(self.clauses, self.sentence_of, strict=True):
            if number == len(out):
                out.append(set(names))
            else:
                out[number] |= names
        return out or [set()]

    def everything(self) -> set[str]:
        """All features of the turn."""
        return self.whole.union(*self.clauses)


def features_of(
    turn: Analysis, partner: Analysis, cue_names: Sequence[str], times: Sequence[TimePhrase]
) -> Features:
    """The features of a turn read after the partner's line."""
    clauses = tuple(set[str]() for _ in turn.clauses.bounds)
    whole: set[str] = set()
    _words(turn, clauses)
    _cues(turn, cue_names, clauses, whole)
    _classes(turn, clauses)
    _shapes(turn, clauses, whole)
    _times(turn, times, clauses, whole)
    _figures(turn, whole)
    _partner(turn, partner, cue_names, clauses, whole)
    return Features(clauses, _sentences(turn), whole)


def _sentences(turn: Analysis) -> tuple[int, ...]:
    number = 0
    out: list[int] = []
    names = turn.words.words
    for start, _ in turn.clauses.bounds:
        if start and names[start - 1] in ENDERS:
            number += 1
        out.append(number)
    return tuple(out)


def _words(turn: Analysis, clauses: Sequence[set[str]]) -> None:
    """Words, pairs of words, and what clauses and the turn begin and end with."""
    before = "^"
    of, firsts = turn.clauses.of, turn.clauses.firsts
    names = turn.words.words
    for at, word in enumerate(names):
        held = clauses[of[at]]
        if firsts[at]:
            before = "^"
        held.add(word)
        held.add(f"{before} {word}")
        before = word
    if names:
        clauses[0].add(f"^^ {names[0]}")
        clauses[0].add(f"^^ {' '.join(names[:2])}")
        clauses[-1].add(f"{names[-1]} $$")
        clauses[-1].add(f"{' '.join(names[-2:])} $$")


def _cues(
    turn: Analysis, cue_names: Sequence[str], clauses: Sequence[set[str]], whole: set[str]
) -> None:
    """Cues, and where in the turn they stand."""
    of = turn.clauses.of
    last = len(clauses) - 1
    places: dict[str, set[int]] = {}
    for cue, start, _ in turn.cues:
        clause = of[start]
        name = cue_names[cue]
        clauses[clause].add(f"#{name}")
        clauses[clause].add(f"#{cue}")
        places.setdefault(name, set()).add(clause)
    for name, held in places.items():
        if 0 in held:
            whole.add(f"#{name}@first")
        if last in held:
            whole.add(f"#{name}@last")
        if len(held) > 1:
            whole.add(f"#{name}*2")
    for cue, start, _ in turn.denied:
        clauses[of[start]].add(f"~{cue_names[cue]}")


def _classes(turn: Analysis, clauses: Sequence[set[str]]) -> None:
    """Classes of words, alone, beside each other and with the clause's subject."""
    symbols = turn.symbols
    for held, (start, end) in zip(clauses, turn.clauses.bounds, strict=True):
        subject = "-"
        before = earlier = "^"
        for at in range(start, end):
            names = symbols[at]
            word = names[0]
            kind = names[1] if len(names) > 1 else (word if word in _COMMON else "_")
            held.add(f"{before}/{kind}")
            held.add(f"{earlier}/{before}/{kind}")
            earlier, before = before, kind
            if subject == "-" and word in _SUBJECTS:
                subject = _SUBJECTS[word]
            for name in names[1:]:
                held.add(name)
                held.add(f"{subject}:{name}")


def _shapes(turn: Analysis, clauses: Sequence[set[str]], whole: set[str]) -> None:
    """Each clause's shape: whose it is, whether it asks, denies or orders."""
    names = turn.words.words
    last = len(clauses) - 1
    for number, (start, end) in enumerate(turn.clauses.bounds):
        subject = next((_SUBJECTS[w] for w in names[start:end] if w in _SUBJECTS), "-")
        after = names[end] if end < len(names) and names[end] in ENDERS else ","
        order = "<do-verb>" in turn.symbols[start]
        deny = any("<deny>" in turn.symbols[at] for at in range(start, end))
        shape = f"{'order' if order else subject}{'-not' if deny else ''}{after}"
        size = "1" if end - start < 2 else "3" if end - start < 4 else "n"
        clauses[number].add(f"shape:{shape}")
        clauses[number].add(f"shape:{subject}{after}{size}")
        if number == 0:
            whole.add(f"first:{shape}")
        if number == last:
            whole.add(f"last:{shape}")


def _times(
    turn: Analysis, times: Sequence[TimePhrase], clauses: Sequence[set[str]], whole: set[str]
) -> None:
    """Where the turn names a time to go on."""
    for step in (1, 2, 3):
        if len(times) >= step:
            whole.add(f"times>={step}")
    starts, ends = turn.words.starts, turn.words.ends
    for time in times:
        for number, (start, end) in enumerate(turn.clauses.bounds):
            if starts[start] <= time.start < ends[end - 1]:
                clauses[number].add("t:time")
                clauses[number].add("t:wait" if time.minutes else "t:moment")
                asks = end < len(turn.words.words) and turn.words.words[end] == "?"
                clauses[number].add("t:asked" if asks else "t:said")
                break


def _figures(turn: Analysis, whole: set[str]) -> None:
    """Figures of the whole turn, in steps."""
    words = turn.words
    names = words.words
    whole.update(f"length>={step}" for step in _LENGTHS if len(names) >= step)
    whole.update(f"clauses>={n}" for n in (2, 3, 5, 7) if len(turn.clauses.bounds) >= n)
    for name in _COUNTED:
        count = names.count(name)
        if count > 1:
            whole.add(f"{name}*2")
            if count > 2:
                whole.add(f"{name}*3")
    if words.shouted:
        whole.add("shouted")
        if len(words.shouted) > 2:
            whole.add("shouted*3")
    if words.stretched:
        whole.add("stretched")
    if words.quoted:
        whole.add("quoted")
    if words.acted:
        whole.add("acted")
    if not names:
        whole.add("empty")
    you = names.count("you") + names.count("your")
    me = names.count("i") + names.count("my")
    whole.add("more-you" if you > me else "more-i" if me > you else "even")


def _partner(
    turn: Analysis,
    partner: Analysis,
    cue_names: Sequence[str],
    clauses: Sequence[set[str]],
    whole: set[str],
) -> None:
    """What the partner just did, and how the turn takes up the partner's words."""
    names = partner.words.words
    theirs = _content(partner)
    _echoes(turn, theirs, clauses, whole)
    whole.update(f"p#{cue_names[cue]}" for cue, _, _ in partner.cues)
    if "?" in names:
        whole.add("p-asks")
        if names[-1] == "?":
            whole.add("p-asks-last")
    if not theirs:
        whole.add("p-empty")
    if "you" in names:
        whole.add("p-you")
    if "i" in names:
        whole.add("p-i")


def _stem(word: str) -> str:
    """The beginning of a word, by which its forms are taken for the same."""
    return word[:5] if len(word) > 5 else word[:4] if word.endswith("s") else word


def _content(look: Analysis) -> dict[str, str]:
    """The telling words of a text, each with the subject of the first clause that has it."""
    out: dict[str, str] = {}
    names = look.words.words
    for start, end in look.clauses.bounds:
        subject = next((_SUBJECTS[w] for w in names[start:end] if w in _SUBJECTS), "-")
        for word in names[start:end]:
            if len(word) > 2 and word not in _COMMON and word not in ENDERS:
                out.setdefault(_stem(word), subject)
    return out


def _echoes(
    turn: Analysis, theirs: dict[str, str], clauses: Sequence[set[str]], whole: set[str]
) -> None:
    """Which of the partner's words come back, in whose mouth, denied or not, and where."""
    names = turn.words.words
    shared: set[str] = set()
    for number, (start, end) in enumerate(turn.clauses.bounds):
        words = [w for w in names[start:end] if len(w) > 2 and w not in _COMMON]
        back = {_stem(w) for w in words} & theirs.keys()
        if not back:
            continue
        subject = next((_SUBJECTS[w] for w in names[start:end] if w in _SUBJECTS), "-")
        deny = "-not" if any("<deny>" in turn.symbols[at] for at in range(start, end)) else ""
        held = clauses[number]
        held.add("echoes")
        for word in back:
            held.add(f"echo:{theirs[word]}>{subject}{deny}")
        if len(back) == len(words):
            after = names[end] if end < len(names) and names[end] in ENDERS else ","
            held.add(f"echo-all:{after}")
        if number == 0:
            whole.add("echo-first")
            whole.add(f"echo-first:{subject}{deny}")
        shared |= back
    whole.update(f"echo>={step}" for step in (1, 2, 3, 4) if len(shared) >= step)
