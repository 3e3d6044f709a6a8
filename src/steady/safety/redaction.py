"""Names and contact data in a client's words, replaced before the words leave this machine.

One redactor serves one attempt: the same name gets the same placeholder throughout.
"""

from collections.abc import Iterable


class Redactor:
    """Replaces names, street addresses, phone numbers, mail addresses, links and handles."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are texts whose words are no secret: the scenario's own names and setting."""
        self._known = tuple(known)

    def hide(self, text: str) -> str:
        """The text with a placeholder for each thing that could tell who is meant."""
        raise NotImplementedError

    def restore(self, text: str) -> str:
        """The text with the client's own words back in the place of every placeholder."""
        raise NotImplementedError


class Restorer:
    """Restores a text that arrives in pieces; holds back only what may begin a placeholder."""

    def __init__(self, redactor: Redactor) -> None:
        """A restorer for one streamed text."""
        self._redactor = redactor

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece has come."""
        raise NotImplementedError

    def finish(self) -> str:
        """What was still held back."""
        raise NotImplementedError
