"""The rooms behind the therapist's side, each built when it is first needed."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from steady.places import Places
from steady.premises import Premises

if TYPE_CHECKING:
    from steady.homework.keys import TherapistKeys
    from steady.store.caseload import Caseload


class Rooms(Premises):
    """The caseload, the scenarios and the keys of one data folder."""

    def __init__(
        self, at: Places | None = None, now: Callable[[], datetime] = datetime.now
    ) -> None:
        """An office over the folders in force, or over those given; `now` tells local time."""
        super().__init__(at)
        self._now = now

    @cached_property
    def store(self) -> "Caseload":
        """The caseload; its connection belongs to the thread that first asks for it."""
        from steady.store.caseload import Caseload

        return Caseload.open(self.places.caseload)

    @cached_property
    def keys(self) -> "TherapistKeys":
        """The therapist's name and keys. Raises KeyFault where there are none."""
        from steady.homework.keys import load_keys

        return load_keys(self.places)

    @property
    def today(self) -> date:
        """The day by this computer's clock."""
        return self._now().date()
