"""Asking before something is done, on a terminal or from a file of answers."""

import sys


def answer(question: str) -> str | None:
    """What is answered, in lower case, or None at the end of the input."""
    print(f"{question} ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip().lower()


def agreed(question: str) -> bool:
    """Whether the answer is yes; anything else, or none, is no."""
    return answer(f"{question} [y/N]") in {"y", "yes"}
