"""`steady card`."""

from pathlib import Path

import pytest

from assigned import KIND, rehearsed
from steady.cli import run


def test_the_line_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    rehearsed(KIND)
    assert run(["card", "avoiding-me"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{KIND}\n\nIn my own words, ")


def test_a_page_is_written_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rehearsed(KIND)
    page = tmp_path / "my card.html"
    assert run(["card", "avoiding-me", "--html", str(page)]) == 0
    assert KIND.split(".", maxsplit=1)[0] in page.read_text("utf-8")
    assert run(["card", "avoiding-me", "--html", str(page)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("need-a-minute", "no line of yours"),
        ("ned-a-minute", "Did you mean"),
        ("[/]", "no scenario"),
    ],
)
def test_without_a_line_it_says_what_to_do(
    scenario: str, words: str, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert run(["card", scenario]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not home.exists()
