"""Patterns of what leads to a person: mail, links, handles, phone numbers, street addresses.

Each pattern names the words to replace `what`. They are tried in this order, and are written so
that no text takes longer than its length.
"""

import re

_ENDINGS = (
    "com|net|org|edu|gov|io|app|dev|info|biz|uk|ie|de|fr|nl|es|eu|ca|au|nz|ch|at|se|no|dk|fi|pl|in"
)
_STREET = (
    "street|str|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way|place|pl|terrace|crescent"
    "|square|sq|gardens|grove|hill|row|boulevard|blvd|highway|hwy|parkway|mews|walk|alley|quay|green"
    "|straße|strasse|rue|calle|via"
)
_PART = r"[^\W\d_][\w'’.]{0,24}"

_MAIL = re.compile(
    r"(?P<what>(?<![\w.+'-])[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\sat\s)\s?"
    r"(?:[\w-]{1,40}(?:\.|\s?\(dot\)\s?|\sdot\s)){1,4}[a-z]{2,12}\b)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?P<what>\b(?:https?://|www\.)[^\s<>\"”]{1,400}"
    rf"|(?<![\w.@-])(?:[\w-]{{1,40}}\.){{1,4}}(?:{_ENDINGS})\b(?:/[^\s<>\"”]{{0,400}})?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?P<what>(?<![\w@])@\w{2,40})")
_ACCOUNT = re.compile(
    r"\b(?:insta|instagram|snap|snapchat|discord|tiktok|twitter|telegram|whatsapp)"
    r"(?:\s+is|\s*:)\s+(?P<what>[\w.@-]{3,40})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w£$€.,])(?P<what>\+?\(?\d(?:[\s().\-/]{0,3}\d){6,18})(?![\w%])(?!\s?(?:quid|dollars|euros?)\b)"
)
_POST_CODE = re.compile(r"\b(?P<what>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)\b")
_ADDRESS = re.compile(
    r"(?P<what>(?:\b(?:flat|apt|apartment|unit|suite|house)\s?\#?\d{1,4}[a-z]?,?\s)?"
    rf"\b(?P<number>\d{{1,5}}[a-z]?)(?:\s?[-/]\s?\d{{1,4}})?,?\s(?P<street>(?:{_PART}\s){{1,3}}?)"
    rf"(?P<kind>{_STREET})\b)",
    re.IGNORECASE,
)
_STREET_ALONE = re.compile(
    rf"\b(?:on|in|at|to|from|off|near|down|up|along)\s(?P<what>(?P<street>(?:{_PART}\s){{1,2}}?)"
    r"(?P<kind>street|road|avenue|lane|terrace|crescent|boulevard|mews))\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"(?P<what>\bp\.?\s?o\.?\s?box\s\d{1,8})", re.IGNORECASE)

CONTACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("MAIL", _MAIL),
    ("LINK", _LINK),
    ("LINK", _HANDLE),
    ("LINK", _ACCOUNT),
    ("ADDRESS", _ADDRESS),
    ("ADDRESS", _STREET_ALONE),
    ("ADDRESS", _BOX),
    ("ADDRESS", _POST_CODE),
    ("PHONE", _PHONE),
)


def is_street(found: re.Match[str], no_street: frozenset[str]) -> bool:
    """Whether what looks like a street is one: "14 elm street", not "5 minutes down the road".

    `no_street` are words that no street is named.
    """
    street = found.groupdict().get("street")
    if street is None:
        return True
    return not any(word.strip(".'’").lower() in no_street for word in street.split())
