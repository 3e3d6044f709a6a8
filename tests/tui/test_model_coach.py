"""A model's coach on screen: a quiet wait, one sentence where it fails, and who read."""

import threading
from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from driving import opened, say, sees, shown
from model.server import Handler, ModelServer, Reply, says, status
from practice.coached import FIRM, KIND, reply
from steady.house import House
from steady.practice.scene import Scene
from steady.terms import Rung
from steady.tui.screens.talk import TalkScreen
from tui.test_model_voice import until_slowly

GOOD = says(reply({"turn": 3, "quote": "I'm not leaving you"}))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer() as open_server:
        monkeypatch.setenv("STEADY_MODEL__BASE_URL", open_server.base_url)
        monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
        monkeypatch.setenv("STEADY_MODEL__USE", "coach")
        yield open_server


def scene() -> Scene:
    with House() as house:
        return house.scene("avoiding-me", Rung.ACCUSED, seed=3)


def held(gate: threading.Event) -> Reply:
    """A good reply that waits at a gate."""

    def answer(to: Handler) -> None:
        gate.wait(30)
        GOOD(to)

    return answer


async def end(pilot: Pilot[None]) -> None:
    """Say both turns, then stop and ask how it went."""
    await sees(pilot, "turn 1")
    await say(pilot, KIND)
    await say(pilot, FIRM)
    screen = pilot.app.screen
    assert isinstance(screen, TalkScreen)
    screen._rehearsal.stop()
    screen._see_how_it_went()
    await pilot.pause()


async def seen(pilot: Pilot[None], words: str) -> None:
    await until_slowly(pilot, lambda: words in shown(pilot))


async def test_the_wait_is_told_and_then_the_feedback_says_who_read(server: ModelServer) -> None:
    gate = threading.Event()
    server.replies.append(held(gate))
    async with opened(scene=scene()) as pilot:
        await end(pilot)
        await seen(pilot, "Reading your turns…")
        assert "go on without" in shown(pilot)
        gate.set()
        await seen(pilot, "How it went")
        assert "“I'm not leaving you”" in shown(pilot)
        pilot.app.screen.query_one("#reader").scroll_visible(animate=False)
        await seen(pilot, "Read by a model too")
        await seen(pilot, "The model  47 tokens")


async def test_esc_goes_on_with_the_built_in_feedback(server: ModelServer) -> None:
    gate = threading.Event()
    server.replies.append(held(gate))
    async with opened(scene=scene()) as pilot:
        await end(pilot)
        await seen(pilot, "Reading your turns…")
        await pilot.press("escape")
        await seen(pilot, "How it went")
        gate.set()
        pilot.app.screen.query_one("#reader").scroll_visible(animate=False)
        await seen(pilot, "You went on before the model had read your turns.")
    with House() as house:
        (summary,) = house.store.attempts()
    assert summary.reader == "embedded"


async def test_what_fails_is_one_quiet_sentence_under_the_built_in_feedback(
    server: ModelServer,
) -> None:
    server.replies.append(status(403))
    async with opened(scene=scene()) as pilot:
        await end(pilot)
        await seen(pilot, "How it went")
        pilot.app.screen.query_one("#reader").scroll_visible(animate=False)
        await seen(pilot, "does not let this key use the model")
        assert "What worked" in shown(pilot)


async def test_another_machine_is_asked_about_first_and_a_no_is_kept_to(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEADY_MODEL__BASE_URL", "https://models.example/v1")
    async with opened(scene=scene()) as pilot:
        await end(pilot)
        await seen(pilot, "models.example")
        assert "Stay with the built-in coach" in shown(pilot)
        await pilot.press("enter")
        await seen(pilot, "How it went")
        assert pilot.app.house.coach.declined  # type: ignore[attr-defined]


async def test_progress_marks_where_another_reader_begins(server: ModelServer) -> None:
    server.replies.append(GOOD)
    with House() as house:
        first = house.begin(scene())
        first.say(KIND)
        first.close()
    async with opened(scene=scene()) as pilot:
        await end(pilot)
        await seen(pilot, "How it went")
        await pilot.press("escape")
        await sees(pilot, "So far")
        await pilot.press("p")
        await sees(pilot, "After an m, a model read the turns too")
        (row,) = [line for line in shown(pilot).splitlines() if line.split()[:1] == ["Respect"]]
        assert row.split()[1][1] == "m"
        await pilot.press("enter")
        await sees(pilot, "What worked")
        await pilot.press("end")
        await sees(pilot, "Read by a model too")
