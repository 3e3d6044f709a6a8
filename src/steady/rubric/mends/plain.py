"""What words say on their face: whether they ask, take in, sting, or give in.

Reading weighs a whole turn and may be mistaken about a part of it; what is kept of a client's
words must be good by these plain signs too.
"""

from functools import lru_cache

from steady.rubric.mends.table import patterns


@lru_cache(maxsize=1024)
def _shows(text: str, section: str, name: str) -> bool:
    return any(sign.search(text) for sign in patterns(section, name))


def asks(text: str) -> bool:
    """Whether words ask for something or set a limit."""
    return _shows(text, "asking", "own")


def is_warm(text: str) -> bool:
    """Whether words take in, own up, thank or care."""
    return _shows(text, "warm", "signs")


def stings(text: str) -> bool:
    """Whether words sting, however mild they read."""
    return _shows(text, "stays", "stings")


def gives_in(text: str) -> bool:
    """Whether words take back, wave away or run the speaker down."""
    return _shows(text, "stays", "gives-in")


def is_clean(text: str) -> bool:
    """Whether words neither sting nor shout nor give in."""
    return not (stings(text) or gives_in(text) or _shows(text, "heated", "signs"))


def asks_cleanly(text: str) -> bool:
    """Whether words ask and do nothing else that would be better left out."""
    return asks(text) and is_clean(text)


def takes_in_cleanly(text: str) -> bool:
    """Whether words are warm and do nothing that would be better left out."""
    return is_warm(text) and is_clean(text)
