"""What of a mended turn is shown: the whole of a short one, else the sentences that changed."""

from collections.abc import Iterator

from steady.rubric.mends.grammar import word_list
from steady.rubric.mends.pieces import sentences
from steady.rubric.mends.table import figure


def shown(text: str, mended: str) -> tuple[str, str]:
    """The client's words that change and what can be said in their place.

    Putting the second where the first stands in `text` gives `mended`.
    """
    whole = text.strip(), mended
    parts = sentences(text)
    if len(text.split()) <= figure("shown_words") or len(parts) == 1:
        return whole
    first, last = 0, len(parts)
    while first < last - 1 and mended.startswith(text[: parts[first].end]):
        first += 1
    while last > first + 1 and mended.endswith(text[parts[last - 1].start :]):
        last -= 1
    for low, high in _windows(first, last, len(parts)):
        start, end = parts[low].start, parts[high - 1].end
        put = mended[start : len(mended) - (len(text) - end)]
        instead = text[start:end]
        fits = text[:start] + put + text[end:] == mended and text.find(instead) == start
        if fits and put.strip() and _holds_some(instead, put):
            return instead, put
    return whole


def _windows(first: int, last: int, count: int) -> Iterator[tuple[int, int]]:
    """The sentences that changed, then with a neighbor behind, before, on both sides."""
    for low, high in ((first, last), (first, last + 1), (first - 1, last), (first - 1, last + 1)):
        if 0 <= low < high <= count:
            yield low, high


def _holds_some(instead: str, put: str) -> bool:
    """Whether what is put in the place still holds some of the client's own words."""
    own, now = word_list(instead), word_list(put)
    rows = {tuple(own[at : at + 2]) for at in range(len(own) - 1)}
    return any(tuple(now[at : at + 2]) in rows for at in range(len(now) - 1))
