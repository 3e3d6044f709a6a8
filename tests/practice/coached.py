"""What a scripted model says as a coach of the painter's scenario."""

import json

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."
FIRM = "I'm not leaving you. In 20 minutes I'll sit down with you in the kitchen."

MARKS = [
    {"turn": 1, "move": "validates", "quote": "I hear how hard today was for you"},
    {"turn": 1, "move": "asserts", "quote": "I need 20 minutes"},
    {"turn": 1, "move": "commits", "quote": "then I'll come to you in the kitchen"},
    {"turn": 3, "move": "reassures", "quote": "I'm not leaving you"},
    {"turn": 3, "move": "commits", "quote": "In 20 minutes I'll sit down with you"},
]


def reply(keep: object = None, change: object = None) -> str:
    """A whole reply, with these marks on KIND and FIRM."""
    return json.dumps({"moves": MARKS, "keep": keep, "change": change})
