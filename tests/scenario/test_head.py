import subprocess
import sys
from pathlib import Path

import pytest

from shelves import Shelf
from steady.scenario.files import Fault, Faulty
from steady.scenario.head import head_of
from steady.terms import Relationship


def fault_of(path: Path) -> Fault:
    with pytest.raises(Faulty) as refused:
        head_of(path, "own")
    return refused.value.fault


def test_a_head_tells_what_a_list_needs(shelf: Shelf) -> None:
    path = shelf.put("never-yes")
    head = head_of(path, "shipped")
    assert (head.id, head.title, head.short) == ("never-yes", '"You never say yes"', "never yes")
    assert (head.relationship, head.origin, head.path) == (Relationship.PARTNER, "shipped", path)


def test_what_follows_the_head_is_not_looked_at(shelf: Shelf) -> None:
    path = shelf.put("never-yes", ("[source]", "[source]\n!!! no toml \x07"))
    assert head_of(path, "own").id == "never-yes"


def test_a_bracket_inside_a_list_or_a_text_does_not_end_the_head(shelf: Shelf) -> None:
    path = shelf.put(
        "never-yes",
        ('short = "never yes"\n', ""),
        (
            'content_notes = ["sulking"]',
            'content_notes = [\n[ "odd" ] ]\nsetting2 = """\n[x]\n"""\nshort = "late"',
        ),
    )
    assert head_of(path, "own").short == "late"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "what"),
    [
        ('id = "never-yes"\n', "", 1, "id", "missing"),
        ('id = "never-yes"', "id = 7", 3, "id", "not a text"),
        ('id = "never-yes"', 'id = "Never Yes"', 3, "id", "lower case"),
        ('id = "never-yes"', 'id = "no-yes"', 3, "id", "file's name"),
        ('short = "never yes"', 'short = " "', 5, "short", "missing"),
        ('short = "never yes"', f'short = "{"x" * 121}"', 5, "short", "longer than 120"),
        ('short = "never yes"', 'short = "a\\u001b[2Jb"', 5, "short", "control character"),
        ('short = "never yes"', 'short = "a\\u202eb"', 5, "short", "control character"),
        ('short = "never yes"', 'short = "a\\nb"', 5, "short", "line break"),
        ('relationship = "partner"', 'relationship = "friend"', 6, "relationship", "not known"),
        ('relationship = "partner"', 'relationship = "partner', 6, "", "not closed"),
    ],
)
def test_a_head_that_cannot_stand_in_a_list_is_refused_at_its_line(
    shelf: Shelf, old: str, new: str, line: int, key: str, what: str
) -> None:
    fault = fault_of(shelf.put("never-yes", (old, new)))
    assert (fault.line, fault.key) == (line, key)
    assert what in fault.what


def test_heads_cost_no_pydantic(shelf: Shelf) -> None:
    shelf.put("never-yes")
    program = (
        "import sys; from pathlib import Path; from steady.scenario.library import Library;"
        f"heads = Library(Path({str(shelf.shipped)!r}), Path({str(shelf.own)!r})).heads();"
        "print(len(heads), 'pydantic' in sys.modules, 'difflib' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.split() == [b"1", b"False", b"False"]
