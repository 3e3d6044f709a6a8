"""The JSON Schemas of pack and packet, made from the models, for others who write them.

usage: python -m steady.homework.schemas FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

from steady.homework.formats import PACK_VERSION, PACKET_VERSION, Pack, Packet

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The text of each schema, by the name of its file."""
    return {
        f"steady-pack-{PACK_VERSION}.json": _text(Pack.model_json_schema(by_alias=True)),
        f"steady-packet-{PACKET_VERSION}.json": _text(Packet.model_json_schema(by_alias=True)),
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


def main(folder: Path) -> None:
    """Write the schemas into a folder."""
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
