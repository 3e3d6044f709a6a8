"""The reading room: a turn's text becomes the moves it makes, each with the words that show it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from steady.reading.reader import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> Any:
    """Loads the reader when it is first asked for, so that importing this room costs nothing."""
    if name == "Reader":
        from steady.reading.reader import Reader

        return Reader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
