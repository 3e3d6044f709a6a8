"""`docs/formats.md` and the schemas say what the models do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from steady.homework import formats
from steady.homework.fingerprint import fingerprint
from steady.homework.formats import Packet
from steady.homework.packs import parse_pack
from steady.homework.schemas import schemas

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "formats.md").read_text("utf-8")


def example(kind: str) -> str:
    found = re.search(rf"```json {kind}\n(.*?)```", TEXT, re.DOTALL)
    assert found
    return found[1]


def test_the_schemas_are_up_to_date() -> None:
    """`python -m steady.homework.schemas docs/schemas` writes them anew."""
    kept = {path.name: path.read_text("utf-8") for path in (DOCS / "schemas").iterdir()}
    assert kept == schemas()


def test_the_example_of_a_pack_is_one() -> None:
    found = parse_pack(example("pack").encode())
    assert json.loads(example("pack")) == json.loads(found.model_dump_json())


def test_the_example_of_a_packet_is_one() -> None:
    found = Packet.model_validate_json(example("packet"))
    assert json.loads(example("packet")) == json.loads(found.model_dump_json(by_alias=True))


def test_every_field_is_told() -> None:
    models = [
        each
        for each in vars(formats).values()
        if isinstance(each, type) and issubclass(each, BaseModel) and each is not BaseModel
    ]
    names = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert len(names) > 60
    assert {name for name in names if f"`{name}`" not in TEXT} == set()


def test_the_fingerprint_told_is_the_one_worked_out() -> None:
    found = re.search(r"`(age1\w+)`\s+gives `([\d ]+)`", TEXT)
    assert found
    assert fingerprint(found[1]) == found[2]


@pytest.mark.parametrize("name", list(schemas()))
def test_a_schema_forbids_what_is_unknown_and_bounds_every_list_and_text(name: str) -> None:
    def look(part: Any, path: str) -> None:
        if isinstance(part, list):
            for inner in part:
                look(inner, path)
        if not isinstance(part, dict):
            return
        kind = part.get("type")
        if kind == "object" and "properties" in part:
            assert part["additionalProperties"] is False, path
        if kind == "array":
            assert "maxItems" in part, path
        if kind == "string":
            assert {"maxLength", "pattern", "format", "enum", "const"} & part.keys(), path
        for key, inner in part.items():
            look(inner, f"{path}.{key}")

    look(json.loads(schemas()[name]), name)
