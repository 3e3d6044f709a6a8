"""Whatever a scenario file holds, checking it ends with a list of faults and never with a crash."""

import tomllib
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelves import Shelf
from steady.scenario.check import check_bytes
from steady.scenario.files import Faulty

ROUGH = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HERE = Path("never-yes.toml")
SIGNS = st.sampled_from([*"[]{}\"'=.,#\n\\ 1a-\x1b", '"""', "[[", "{time", "nan", "= []\n"])


@ROUGH
@given(data=st.data())
def test_a_sound_file_spoiled_anywhere(shelf: Shelf, data: Any) -> None:
    text = shelf.put("never-yes").read_text()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(SIGNS) + text[start + gone :]
    faults = check_bytes(text.encode(), HERE, shelf.shipped)
    lines = text.count("\n") + 1
    assert all(0 <= fault.line <= lines and fault.what and fault.mend for fault in faults)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert faults


@ROUGH
@given(data=st.binary(max_size=200))
def test_any_bytes_at_all(shelf: Shelf, data: bytes) -> None:
    assert check_bytes(data, HERE, shelf.shipped)


VALUES = st.recursive(
    st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=5), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["any", "press", "gentle", "pushes", "x"]), inner),
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["id", "title", "lines", "rungs", "topics", "partner", "voice", "return", "criteria", "format"]
)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
    return str(value)


@ROUGH
@given(tree=st.dictionaries(KEYS, VALUES))
def test_values_of_any_shape_under_the_keys_of_a_scenario(
    shelf: Shelf, tree: dict[str, object]
) -> None:
    text = "".join(f"{key} = {as_toml(value)}\n" for key, value in tree.items())
    assert check_bytes(text.encode(), HERE, shelf.shipped)
    bank = check_bytes(text.encode(), shelf.shipped / "banks" / "partner.toml", shelf.shipped)
    starters = check_bytes(text.encode(), shelf.shipped / "banks" / "starters.toml", shelf.shipped)
    assert bank
    assert starters


@ROUGH
@given(data=st.data())
def test_the_library_opens_a_spoiled_file_or_says_why_not(shelf: Shelf, data: Any) -> None:
    path = shelf.put("never-yes")
    text = path.read_text()
    start = data.draw(st.integers(0, len(text)))
    path.write_text(text[:start] + data.draw(SIGNS) + text[start + data.draw(st.integers(0, 9)) :])
    try:
        found = shelf.library.find("never-yes")
    except Faulty as refused:
        assert str(path) in str(refused)
    else:
        assert found.head.id == "never-yes"
