"""A key's fingerprint: short enough to read aloud, so that two people can compare it."""

import hashlib

_GROUPS = 6
_DIGITS = 4


def fingerprint(public_key: str) -> str:
    """Six groups of four digits, worked out from the key and never taken from a file.

    They are the first sixteen bytes of the SHA-256 of the key's text, as a number, modulo
    10 to the power of 24.
    """
    digest = hashlib.sha256(public_key.encode()).digest()
    number = int.from_bytes(digest[:16]) % 10 ** (_GROUPS * _DIGITS)
    digits = f"{number:0{_GROUPS * _DIGITS}}"
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))
