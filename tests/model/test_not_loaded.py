"""No model package is loaded until a model is used."""

import subprocess
import sys
from pathlib import Path

import pytest

MODEL_PACKAGES = "{'openai', 'httpx2', 'httpcore2', 'tenacity', 'anyio', 'jiter'}"
LOADED = f"print(sorted(m for m in sys.modules if m.split('.')[0] in {MODEL_PACKAGES}))"
HOME = """
import asyncio, sys
from steady.tui.app import SteadyApp
async def main():
    async with SteadyApp().run_test(size=(80, 24)) as pilot:
        for _ in range(5):
            await pilot.pause()
asyncio.run(main())
"""
HELP = """
import sys, io, contextlib
from steady.cli import run
with contextlib.redirect_stdout(io.StringIO()):
    run(["--help"]); run(["model", "--help"]); run(["practice", "--help"])
"""
REHEARSAL = """
import sys, io
from steady.house import House
from steady.cli import as_events
from steady.terms import Rung
house = House()
said = io.StringIO("I need 20 minutes, then I'll come back.\\nI hear you. At nine.\\n")
as_events.rehearse(house.begin(house.scene("avoiding-me", Rung.GENTLE)), said, io.StringIO())
house.close()
"""
SET_UP = """
import sys
from steady.house import House
house = House()
assert house.endpoint is not None
house.close()
"""


def loaded_after(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{LOADED}"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("program", [HOME, HELP, REHEARSAL], ids=["home", "help", "rehearsal"])
def test_without_a_model_none_of_its_packages_is_loaded(program: str) -> None:
    assert loaded_after(program) == "[]"


def test_with_a_model_set_up_and_not_used_neither(home: Path) -> None:
    home.mkdir()
    home.joinpath("config.toml").write_text(
        '[model]\nbase_url = "http://localhost:1/v1"\nmodel = "tiny"\n'
    )
    assert loaded_after(SET_UP) == "[]"


def test_the_test_would_see_them() -> None:
    assert "'openai'" in loaded_after("import sys, steady.model.wire")
