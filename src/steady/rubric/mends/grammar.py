"""A little grammar: how words begin, lean on others and end, and how this client types."""

import re
from functools import cache

from steady.rubric.mends.table import patterns, table, words

WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?|[^\W_]")
"""A word: it begins and ends with a letter or figure."""


def word_list(text: str) -> list[str]:
    """The words of a text, lower case, straight apostrophes."""
    return [found.lower().replace("’", "'") for found in WORD.findall(text)]


def opens(found: list[str], *, plain: bool = False) -> bool:
    """Whether words can begin a sentence of their own. `plain` does not count an order."""
    rest = found
    while rest and rest[0] in words("grammar", "loose-joints"):
        rest = rest[1:]
    if not rest or leans(rest):
        return False
    if rest[0] in words("grammar", "subjects") or rest[0] in words("grammar", "helpers"):
        return len(rest) > 1
    if rest[0] in words("grammar", "owners"):
        return any(word in words("grammar", "verbs") for word in rest[1:])
    return not plain and rest[0] in words("grammar", "orders")


def has_core(found: list[str], first: bool) -> bool:
    """Whether a clause says something by itself: who does what, an order, a question."""
    rest = found
    while len(rest) > 1 and (
        rest[0] in words("grammar", "run-ups") or rest[0] in words("grammar", "loose-joints")
    ):
        rest = rest[1:]
    if leans(rest) or len(rest) < 2:
        return False
    return opens(rest) or (first and any(word in _said() for word in rest))


@cache
def _said() -> frozenset[str]:
    """Words that make a clause of a row of words: who, what is done, or that it is not."""
    names = ("subjects", "verbs", "helpers", "orders")
    return frozenset({"not", "no"}).union(*(words("grammar", name) for name in names))


def points_back(found: list[str]) -> bool:
    """Whether words need what stood before them: "that's why", "so we can"."""
    rest = found
    while len(rest) > 1 and rest[0] in {"and", "but", "because", "well"}:
        rest = rest[1:]
    return bool(rest) and rest[0] in words("grammar", "back")


def leans(found: list[str]) -> bool:
    """Whether a clause leans on another: "if you like", "which is why"."""
    rest = found
    while len(rest) > 1 and rest[0] in {"and", "but", "so", "or", "only", "even"}:
        rest = rest[1:]
    if rest[:1] == ["that"]:
        return len(rest) > 1 and rest[1] in words("grammar", "subjects")
    return rest[0] in words("grammar", "leaning") if rest else True


def hangs(found: list[str]) -> bool:
    """Whether a clause is no more than a run-up: "look", "honestly"."""
    if any(found_.fullmatch(" ".join(found)) for found_ in patterns("grammar", "run-up-phrases")):
        return True
    return all(word in words("grammar", "run-ups") for word in found)


def strip_joint(text: str) -> str:
    """A text without the word that joined it to what stood before."""
    joint = patterns("grammar", "first-joints")[0]
    stripped = joint.sub("", text, count=1)
    # "so'm" is one word, however odd: what follows "so" there is no beginning.
    whole = WORD.search(stripped) and not stripped.startswith(("'", "’"))
    return stripped if whole else text


def begin(text: str, *, lower: bool) -> str:
    """A text with the first letter a sentence has; `lower` leaves it small."""
    for at, sign in enumerate(text):
        if sign.isalpha():
            return text if lower else text[:at] + sign.upper() + text[at + 1 :]
        if sign.isdigit():
            return text
    return text


def writes_small(text: str) -> bool:
    """Whether the client writes without capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters or letters[0].isupper():
        return False
    standing = re.findall(r"(?<![\w'’])i(?![\w])", text)
    return not re.search(r"[.!?]\s+[A-Z]", text) or bool(standing)


def capitals() -> frozenset[str]:
    """The words that always have a capital."""
    return frozenset(str(table()["grammar"]["capitals"]).split())


def in_their_hand(line: str, text: str) -> str:
    """A written line as this client would type it."""
    if not writes_small(text):
        return line
    small = re.sub(r"(?<![\w'’])I(?![\w])", "i", line)
    keep = capitals()
    return re.sub(
        r"(^|[.!?]\s+)([A-Z][a-z]*)",
        lambda m: m[1] + (m[2] if m[2] in keep else m[2].lower()),
        small,
    )
