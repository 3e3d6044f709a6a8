"""Every shipped line of the partner by its act, the slots filled."""

from collections import defaultdict
from functools import cache

from steady.partner.voice import fill
from steady.places import shipped_scenarios
from steady.scenario.library import Library
from steady.terms import Act

SAID = {"time": "in 20 minutes", "was": "at eight", "quote": "I can't do this now"}


@cache
def every_line_by_act() -> dict[Act, list[str]]:
    """The lines of all scenarios and banks; a rung's own pushes are presses."""
    shipped = shipped_scenarios()
    library = Library(shipped, shipped / "none")
    found: dict[Act, set[str]] = defaultdict(set)
    for head in library.heads():
        scenario = library.find(head.id)
        for source in (scenario.scenario, scenario.bank):
            for act, kinds in source.lines.items() if source else ():
                found[act] |= {fill(line, SAID) for lines in kinds.values() for line in lines}
        for scene in scenario.scenario.rungs.values():
            found[Act.PRESS] |= {fill(line, SAID) for line in scene.pushes}
    return {act: sorted(lines) for act, lines in found.items()}
