"""What the client's house and the therapist's office have in common: a data folder, its rooms."""

from functools import cached_property
from typing import TYPE_CHECKING

from steady.closing import Closing
from steady.places import Places, places

if TYPE_CHECKING:
    from steady.scenario.library import Library
    from steady.settings import Settings


class Premises(Closing):
    """One data folder; each room in it is built when it is first needed."""

    def __init__(self, at: Places | None = None) -> None:
        """Over the folders in force, or over those given."""
        self.places = at or places()

    def close(self) -> None:
        """Close the store, where it was opened."""
        store: Closing | None = self.__dict__.pop("store", None)
        if store is not None:
            store.close()

    @cached_property
    def settings(self) -> "Settings":
        """The settings in force."""
        from steady.settings import load

        return load(self.places)

    @cached_property
    def library(self) -> "Library":
        """The scenarios: the shipped ones, one's own, and those that came with homework."""
        from steady.scenario.library import Library

        return Library.at(self.places)
