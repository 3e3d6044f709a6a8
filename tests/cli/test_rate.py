"""`steady rate`: turns in, moves out."""

import io
import json
from typing import Any

import pytest

from steady.cli import run

TURN = {"id": "t1", "scenario": "avoiding-me", "partner": "Later when?", "text": "At eight."}


@pytest.fixture
def rated(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `steady rate -` on lines of input; gives the status, the rows and the complaints."""

    def rate(*lines: object) -> tuple[int, list[dict[str, Any]], str]:
        text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
        status = run(["rate", "-"])
        out, complaints = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], complaints

    return rate


def test_every_turn_is_read_in_its_order(rated: Any) -> None:
    status, rows, _ = rated(*({**TURN, "id": f"t{n}"} for n in range(5)))
    assert status == 0
    assert [row["id"] for row in rows] == [f"t{n}" for n in range(5)]


def test_a_row_has_moves_spans_quality_and_danger(rated: Any) -> None:
    text = "I need 20 minutes, then I'll come back to you."
    _, [row], _ = rated({**TURN, "text": text})
    assert set(row) == {"id", "moves", "spans", "quality", "danger"}
    assert set(row["spans"]) == set(row["moves"])
    assert "asserts" in row["moves"]
    for start, end in row["spans"].values():
        assert 0 <= start < end <= len(text)
    assert 1 <= row["quality"] <= 5
    assert row["danger"] is None


def test_danger_is_named(rated: Any) -> None:
    _, [row], _ = rated({**TURN, "text": "I want to kill myself."})
    assert row["danger"] == "self-harm"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{broken", "line 2 is not a JSON object"),
        ("[1, 2]", "line 2 is not a JSON object"),
        ({"id": "x"}, "line 2 has no usable 'text'"),
        ({"text": "hello"}, "line 2 has no usable 'id'"),
        ({"id": "x", "text": "hi", "partner": 3}, "line 2: 'partner' is not text"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(rated: Any, line: object, complaint: str) -> None:
    status, rows, complaints = rated(TURN, line, {**TURN, "id": "t3"})
    assert status == 1
    assert [row["id"] for row in rows] == ["t1", "t3"]
    assert complaint in complaints
    assert "Traceback" not in complaints


@pytest.mark.parametrize("text", ["", "k", "🙂", "[/red]", "שלום", "x" * 20_000])
def test_whatever_people_type_is_read(rated: Any, text: str) -> None:
    status, [row], _ = rated({**TURN, "text": text})
    assert status == 0
    assert all(end <= len(text) for _, end in row["spans"].values())
