"""The rooms behind the therapist's side, each built when it is first needed."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from steady.closing import Closing
from steady.places import Places, places

if TYPE_CHECKING:
    from steady.homework.keys import TherapistKeys
    from steady.scenario.library import Library
    from steady.settings import Settings
    from steady.store.caseload import Caseload


class Rooms(Closing):
    """The caseload, the scenarios and the keys of one data folder."""

    def __init__(
        self, at: Places | None = None, now: Callable[[], datetime] = datetime.now
    ) -> None:
        """An office over the folders in force, or over those given; `now` tells local time."""
        self.places = at or places()
        self._now = now

    def close(self) -> None:
        """Close what was opened."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]

    @cached_property
    def store(self) -> "Caseload":
        """The caseload; its connection belongs to the thread that first asks for it."""
        from steady.store.caseload import Caseload

        return Caseload.open(self.places.caseload)

    @cached_property
    def settings(self) -> "Settings":
        """The settings in force."""
        from steady.settings import load

        return load(self.places)

    @cached_property
    def library(self) -> "Library":
        """The scenarios that can be assigned: the shipped ones and the therapist's own."""
        from steady.scenario.library import Library

        return Library.at(self.places)

    @cached_property
    def keys(self) -> "TherapistKeys":
        """The therapist's name and keys. Raises KeyFault where there are none."""
        from steady.homework.keys import load_keys

        return load_keys(self.places)

    @property
    def today(self) -> date:
        """The day by this computer's clock."""
        return self._now().date()
