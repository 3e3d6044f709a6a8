"""How it is told what read the turns that levels rest on."""

from steady.records import BOTH, EMBEDDED, Feedback

SHORT = {EMBEDDED: "built-in", BOTH: "model too"}
"""The readers, each in a word or two."""


def told_of_reader(found: Feedback) -> str:
    """What a person is told of who read their turns; nothing where no model was asked."""
    if found.reader == BOTH:
        return "Read by a model too; the levels are computed by the same rules."
    return found.coach
