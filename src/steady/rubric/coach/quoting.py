"""Finding a model's quotation in the words it is said to come from."""

import re

from steady.rubric.coach.table import table

_WORD = re.compile(r"\w+")


def span_of(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quotation stands in a text, as character offsets, or None where it does not.

    The words must be the same and in the same order, case and the marks between them aside.
    """
    words = _WORD.findall(quote)
    if not words or len(words) > table()["words"]["most_quoted"]:
        return None
    pattern = r"(?<![\w'’])" + r"[^\w]+".join(map(re.escape, words)) + r"(?![\w])"
    found = re.search(pattern, text, re.IGNORECASE)
    return found.span() if found else None
