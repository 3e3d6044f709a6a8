"""A small shelf of scenarios to test with: whole files, made to be spoiled in one place each."""

from dataclasses import dataclass
from pathlib import Path

from steady.scenario.library import Library
from steady.terms import Act, Relationship, Rung

LINES_OF_AN_ACT = 3


def act_lines(said_by: str, count: int, without: Act | None) -> str:
    sections = []
    for act in Act:
        if act is without:
            continue
        texts = "".join(f'  "{said_by} {act}, {n}.",\n' for n in range(1, count + 1))
        sections.append(f"[lines.{act}]\nany = [\n{texts}]\n")
    return "\n".join(sections)


def rung(name: Rung) -> str:
    return f"""\
[rungs.{name}]
tension = 0.4
pushes_for = 2
comes_round = "usually"
openings = [
  "There you are, {name} one.",
  "There you are, {name} two.",
  "There you are, {name} three.",
]
pushes = ["Come on, {name}.", "Well, {name}?"]
script = "I need a minute, and I'll be back at eight."
samples = ["One, {name}.", "Two, {name}.", "Three, {name}."]
"""


def scenario_text(scenario_id: str, without: Act | None) -> str:
    rungs = "\n".join(rung(name) for name in Rung)
    return f"""\
# A scenario to test with.
format = 1
id = "{scenario_id}"
title = '"You never say yes"'
short = "never yes"
relationship = "partner"
setting = "The kitchen. You came home late."
need = "You need an hour for yourself."
criteria = ["clear-ask", "return"]
content_notes = ["sulking"]

[source]
transcript = "a painter"
moment = "She tells of the evening."

[partner]
name = "Alex"
manner = "Short and quick."
fears = "Being forgotten."
softened_by = "Being asked."
inflamed_by = "Being managed."
softens = ["validates", "commits"]
inflames = ["blames"]
temper = 0.5
leans_on = ["press", "guilt"]

{rungs}
{act_lines("Alex does", LINES_OF_AN_ACT, without)}
[voice]
before_push = ["Look."]

[[topics]]
about = "the car"
words = ["car", "cars"]
says = ["The car again."]
answers = ["It's in the shop."]

[[topics]]
about = "the phone"
words = ["phone"]
says = ["That phone."]
answers = ["It was off."]

[return]
scenes = ["Alex is on the stairs."]
receives = ["You came, {{time}}.", "You came."]
tests = ["Took you long enough."]
bristles = ["Now you talk."]
closes = ["Tea?"]
"""


def bank_text(relationship: Relationship, without: Act | None) -> str:
    return f"""\
format = 1
relationship = "{relationship}"

{act_lines("Anybody does", 1, without)}
[voice]
before_push = ["Well."]
"""


STARTERS = """\
[starters.opening]
any = ["I hear you. I…"]
partner = ["I love you, and…"]

[starters.accuse]
any = ["I see why it looks that way. I…"]
"""


@dataclass(frozen=True)
class Shelf:
    """A folder of shipped scenarios and one of the therapist's own, both real files."""

    shipped: Path
    own: Path

    @property
    def library(self) -> Library:
        return Library(self.shipped, self.own)

    def put(
        self,
        scenario_id: str,
        *edits: tuple[str, str],
        own: bool = False,
        without: Act | None = None,
    ) -> Path:
        """A scenario with each first text replaced by the second, `without` the lines of an act."""
        path = (self.own if own else self.shipped) / f"{scenario_id}.toml"
        return self._write(path, scenario_text(scenario_id, without), edits)

    def put_bank(
        self, relationship: Relationship, *edits: tuple[str, str], without: Act | None = None
    ) -> Path:
        path = self.shipped / "banks" / f"{relationship}.toml"
        return self._write(path, bank_text(relationship, without), edits)

    def put_starters(self, *edits: tuple[str, str]) -> Path:
        return self._write(self.shipped / "banks" / "starters.toml", STARTERS, edits)

    def _write(self, path: Path, text: str, edits: tuple[tuple[str, str], ...]) -> Path:
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def stocked(folder: Path) -> Shelf:
    """A shelf with banks and starters, and no scenario yet."""
    made = Shelf(folder / "shipped", folder / "own")
    made.own.mkdir(parents=True)
    for relationship in Relationship:
        made.put_bank(relationship)
    made.put_starters()
    return made
