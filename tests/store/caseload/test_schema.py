import sqlite3
from contextlib import closing
from pathlib import Path

from steady.store.caseload import Caseload
from steady.store.caseload.kind import CASELOAD
from steady.store.caseload.schema import SCHEMA

PINNED = Path(__file__).with_name("schema.sql")


def test_the_schema_is_the_one_written_down(tmp_path: Path) -> None:
    """A change here means a new step, and a new dump: see the module's first lines."""
    path = tmp_path / "caseload.db"
    Caseload.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        found = [
            row[0]
            for row in raw.execute(
                "SELECT sql FROM sqlite_master WHERE sql NOT NULL"
                " AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'said_*'"
                " AND name NOT GLOB '_sqlite_migrations*' ORDER BY rowid"
            )
        ]
        assert raw.execute("PRAGMA application_id").fetchone() == (CASELOAD.application_id,)
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA.latest,)
    assert ";\n\n".join(found) + ";\n" == PINNED.read_text(encoding="utf-8")


def test_every_table_is_strict(tmp_path: Path) -> None:
    with Caseload.open(tmp_path / "caseload.db") as caseload:
        rows = caseload._rows(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%'"
        )
    ours = {name: strict for name, strict in rows if not name.startswith(("said", "_sqlite"))}
    assert len(ours) > 10
    assert set(ours.values()) == {1}
