"""A turn as the danger screen sees it: plain lower-case words, spelling evened out.

People in danger type fast, badly, in a second language, or so that a filter will not notice.
Capitals, accents, curly quotes, stretched letters, digits for letters, texting and slips of the
pen are evened out here and nowhere else, so a phrase in the data files is written once.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

END = "."
"""The word that stands for the end of a sentence."""

NAME = "<name>"
"""The class of names: given names, and words with a capital inside a sentence."""

_TOKEN = re.compile(
    r"[a-z0-9&$@*]+(?:['!][a-z0-9*]+)*'?"  # a word, also with an apostrophe or a sign in it
    r"|[.?!;\n]+|[\"“”„«»]|[😂🤣😅😆]"
)
_STRETCH = re.compile(r"([a-z])\1{2,}")
_SPELT_OUT = re.compile(r"\b(?:[a-z][ .\-*_]){2,}[a-z]\b")
_SIGNS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "!": "i"}
)
_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "…": " ", "\u200b": "", "\u00ad": ""}
)
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_MAX_WORD = 40


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the data files say about words.

    `meant` maps what is typed to the words it stands for, `classes` a word to its classes,
    `slips` the words whose small slips of the pen are seen through, and `known` every word that
    is never taken for a slip of another.
    """

    meant: Mapping[str, Sequence[str]]
    classes: Mapping[str, Sequence[str]]
    slips: Mapping[str, str]
    known: Container[str]
    together: Mapping[str, str] = field(default_factory=dict)
    """Words written apart that are meant as one, wherever they stand as whole words."""
    capitals: Container[str] = frozenset()
    """Words that begin with a capital without being a name."""


@dataclass(slots=True)
class Wording:
    """A text as a row of words. A mask is a whole number whose bit n speaks of the nth word."""

    words: list[str] = field(default_factory=list)
    masks: dict[str, int] = field(default_factory=dict)
    """For each word and each class where it stands."""
    quoted: int = 0
    """The words between quotation marks."""

    def sentence(self, start: int, end: int) -> int:
        """The mask of the sentence, or sentences, a stretch of words stands in."""
        ends = self.masks.get(END, 0)
        before = ends & ((1 << start) - 1)
        first = before.bit_length()
        after = ends >> end
        last = end + (after & -after).bit_length() if after else len(self.words)
        return ((1 << last) - 1) & ~((1 << first) - 1)


def slips_of(words: Iterable[str]) -> dict[str, str]:
    """Every way to leave one letter out of a word, and the word itself, for `Spelling.slips`."""
    found: dict[str, str] = {}
    for word in words:
        found[word] = word
        for at in range(1, len(word)):
            found.setdefault(word[:at] + word[at + 1 :], word)
    return found


def wording(text: str, spelling: Spelling) -> Wording:
    """The text as a row of words."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    lowered = folded.lower()
    if not lowered.isascii():
        plain = unicodedata.normalize("NFD", lowered)
        lowered = "".join(c for c in plain if not unicodedata.combining(c))
        folded = lowered  # the letters no longer stand at the same places: no names are seen
    if len(folded) == len(lowered):
        for apart, word in spelling.together.items():
            if apart in lowered:
                # padded, so that every letter keeps its place and names can still be seen
                lowered = re.sub(rf"\b{re.escape(apart)}\b", word.ljust(len(apart)), lowered)
    lowered = (
        _SPELT_OUT.sub(lambda m: re.sub(r"[ .\-*_]", "", m.group()), lowered)
        if (_SPELT_OUT.search(lowered))
        else lowered
    )
    return _row(lowered, folded if len(folded) == len(lowered) else lowered, spelling)


def _row(lowered: str, folded: str, spelling: Spelling) -> Wording:
    out = Wording()
    words, masks, classes = out.words, out.masks, spelling.classes
    meant, inside = spelling.meant, False
    for found in _TOKEN.finditer(lowered):
        heard = found.group()
        if heard[0] in ".?!;\n":
            parts: Sequence[str] = (END,)
        elif heard in '"“”„«»':
            inside = not inside
            continue
        else:
            parts = meant.get(heard) or _known(heard, spelling)
        at = found.start()
        named = parts[0] == heard and _is_name(folded, at, heard, spelling)
        for part in parts:
            bit = 1 << len(words)
            words.append(part)
            masks[part] = masks.get(part, 0) | bit
            for name in classes.get(part, ()):
                masks[name] = masks.get(name, 0) | bit
            if named:
                masks[NAME] = masks.get(NAME, 0) | bit
            if inside:
                out.quoted |= bit
    return out


def _is_name(folded: str, at: int, token: str, spelling: Spelling) -> bool:
    """Whether a word has a name's capital: inside a sentence, and not all in capitals."""
    written = folded[at : at + len(token)]
    return (
        written[0].isupper()
        and written[1:].islower()
        and token not in spelling.capitals
        and at > 0
        and folded[:at].rstrip(" \"'(“„«*_-")[-1:] not in ("", ".", "!", "?", "\n", ";", ":")
    )


def _known(token: str, spelling: Spelling) -> Sequence[str]:
    """The words a token stands for that is not among the known spellings as it is."""
    if token in spelling.known or len(token) > _MAX_WORD:
        return (token,)
    if "'" in token:
        return _contraction(token, spelling)
    if not token.isalpha() and not token.isdigit():
        token = token.translate(_SIGNS)
        if token in spelling.meant:
            return spelling.meant[token]
    if _STRETCH.search(token):
        for tried in (_STRETCH.sub(r"\1\1", token), _STRETCH.sub(r"\1", token)):
            if tried in spelling.meant:
                return spelling.meant[tried]
            if tried in spelling.known:
                return (tried,)
    elif token in spelling.meant:
        return spelling.meant[token]
    return (_slip(token, spelling),)


def _contraction(token: str, spelling: Spelling) -> Sequence[str]:
    bare = token.replace("'", "")
    if bare in spelling.meant:
        return spelling.meant[bare]
    head, _, tail = token.partition("'")
    first = spelling.meant.get(head) or (_known(head, spelling) if head else ())
    if tail == "t" and head.endswith("n"):
        return (*(spelling.meant.get(head[:-1]) or (head[:-1],)), "not")
    if tail in _ENDINGS:
        return (*first, _ENDINGS[tail])
    if tail == "s":
        return (*first, "'s")
    return ((*first, tail) if tail else first) or (bare,)


def _slip(token: str, spelling: Spelling) -> str:
    """The word a token is one letter away from: left out, put in, changed, or two swapped."""
    if len(token) < 6:
        return token
    slips = spelling.slips
    if token in slips:
        return slips[token]
    for at in range(1, len(token)):
        shorter = token[:at] + token[at + 1 :]
        if shorter in slips:
            return slips[shorter]
    return token
