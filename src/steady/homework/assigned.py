"""Finding the assignment a person means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from steady.homework.errors import HomeworkFault
from steady.store.homework_views import Homework
from steady.terms import Rung

if TYPE_CHECKING:
    from steady.store import Store

SHORT = 8
"""How many signs of an assignment's id are shown; fewer do, where they name one alone."""

_LEAST = 4


def find_assignment(store: "Store", asked: str) -> Homework:
    """The assignment of this id, or of the beginning of it, or of this scenario.

    Raises HomeworkFault, naming those there are, where that is none or several.
    """
    wanted = asked.strip().casefold()
    standing = store.homework()
    found = [each for each in standing if each.assigned.scenario == wanted] or [
        each
        for each in standing
        if len(wanted) >= _LEAST and each.assigned.id.replace("-", "").startswith(_flat(wanted))
    ]
    if len(found) == 1:
        return found[0]
    if not standing:
        raise HomeworkFault(
            "There is no homework here yet; steady homework open FILE adds what your therapist "
            "sent you."
        )
    if found:
        raise HomeworkFault(f"More than one assignment fits; name one of these: {_names(found)}.")
    raise HomeworkFault(f"There is no such assignment; there is: {_names(standing)}.")


def fitting(store: "Store", scenario: str, rung: Rung | None) -> Homework | None:
    """The assignment not yet done that practice at a scenario fits: the one due first.

    Of any rung where none is given.
    """
    return next(
        (
            each
            for each in store.homework()
            if not each.complete
            and each.assigned.scenario == scenario
            and rung in {None, each.assigned.rung}
        ),
        None,
    )


def _flat(text: str) -> str:
    return text.replace("-", "")


def _names(found: Sequence[Homework]) -> str:
    return "; ".join(
        f"{each.assigned.id[:SHORT]} ({each.assigned.scenario}, {each.assigned.rung})"
        for each in found[:8]
    )
