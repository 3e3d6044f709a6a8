"""Whether an age recipient is one that keeps what is sealed for it."""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PRIME = 2**255 - 19
# The points of Curve25519 with which everybody shares the same secret: what is sealed for one of
# them can be opened by anybody. The age library takes them and gives way when it seals.
_LOW_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    }
)


def is_sound(key: str) -> bool:
    """Whether a key in age's form (`age1…`) is whole, and a secret one at that."""
    import pyrage
    from pyrage import x25519

    try:
        x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        return False
    return _point(key) not in _LOW_ORDER


def _point(key: str) -> int:
    """The number of the point that a key with a sound checksum names."""
    bits = 0
    for letter in key[4:-6]:
        bits = bits << 5 | _LETTERS.index(letter)
    data = (bits >> 4).to_bytes(32)  # 52 letters hold 260 bits, the last four of them padding
    return (int.from_bytes(data, "little") & (2**255 - 1)) % _PRIME
