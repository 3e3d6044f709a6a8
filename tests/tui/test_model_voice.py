"""A model's words on the talk screen: they come as they come, and can be stopped."""

import threading
from collections.abc import Iterator

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Button

from driving import WIDE, opened, say, sees, shown, until
from model.server import ModelServer, Reply, drips, says, stalls, status
from steady.house import House
from steady.practice.rehearsal import Heard
from steady.practice.scene import Scene
from steady.records import MODEL
from steady.terms import Rung
from steady.tui.screens.talk import TalkScreen
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.lines import Lines
from steady.tui.widgets.say_box import SayBox

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."
LINE = "Half past eight. And if you don't?"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(always=says(LINE)) as open_server:
        monkeypatch.setenv("STEADY_MODEL__BASE_URL", open_server.base_url)
        monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
        monkeypatch.setenv("STEADY_MODEL__USE", "voice")
        yield open_server


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Holds back what a server has yet to say, at the latest until the test is over."""
    held = threading.Event()
    yield held
    held.set()


def scene(*, slow: bool = False) -> Scene:
    """The painter's scenario, accused: the first answer is a push."""
    with House() as house:
        return house.scene("avoiding-me", Rung.ACCUSED, seed=3, slow=slow, voice=MODEL)


def talk(pilot: Pilot[None]) -> TalkScreen:
    screen = pilot.app.screen
    assert isinstance(screen, TalkScreen)
    return screen


def box(pilot: Pilot[None]) -> SayBox:
    return pilot.app.screen.query_one(SayBox)


async def spoken(pilot: Pilot[None]) -> None:
    """Wait until the partner has spoken."""
    rehearsal = talk(pilot)._rehearsal
    await until_slowly(pilot, lambda: rehearsal.pending is None)


async def until_slowly(pilot: Pilot[None], true: object) -> None:
    """As `until`, for what another thread has to do first."""
    for _ in range(400):
        if true():  # type: ignore[operator]
            return
        await pilot.pause(0.01)
    raise AssertionError(f"never came to be; the screen shows:\n{shown(pilot)}")


async def test_words_are_shown_as_they_come(server: ModelServer, gate: threading.Event) -> None:
    server.always = drips(["Half past eight.", " And if ", "you don't?"], gate)
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await until_slowly(pilot, lambda: "Half past eight." in shown(pilot))
        assert "stop Alex" in shown(pilot)
        assert talk(pilot)._rehearsal.pending is not None
        gate.set()
        await spoken(pilot)
        await sees(pilot, LINE)
        assert talk(pilot)._rehearsal.last_line.voice == "model"
        assert "say it" in shown(pilot)


async def test_before_the_first_word_somebody_is_about_to_speak(
    server: ModelServer, gate: threading.Event
) -> None:
    server.always = stalls()
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await sees(pilot, "…")
        await pilot.press("escape")
        await spoken(pilot)
        assert talk(pilot)._rehearsal.last_line.voice == "embedded"
        await sees(pilot, talk(pilot)._rehearsal.last_line.text[:30])


async def test_escape_stops_the_partner_and_keeps_what_came(
    server: ModelServer, gate: threading.Event
) -> None:
    server.always = drips(["You always say ", "that, Sam."], gate)
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await until_slowly(pilot, lambda: "You always say" in shown(pilot))
        await pilot.press("escape")
        await sees(pilot, "You always say…")
        assert "Leave this talk?" not in shown(pilot)
        kept = talk(pilot)._rehearsal.last_line
        assert (kept.text, kept.voice) == ("You always say…", "model")
        gate.set()
        server.always = says(LINE)
        assert box(pilot).has_focus
        await say(pilot, "I know. In 20 minutes I'm with you.")
        await spoken(pilot)
        await sees(pilot, LINE)
        assert "that, Sam" not in shown(pilot)


async def test_words_typed_meanwhile_are_not_lost_and_not_sent(
    server: ModelServer, gate: threading.Event
) -> None:
    server.always = drips(["Half past eight.", " And if you don't?"], gate)
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await until_slowly(pilot, lambda: "Half past eight." in shown(pilot))
        await pilot.press(*"wait", "enter")
        gate.set()
        await spoken(pilot)
        assert box(pilot).text == "wait"
        assert len(server.asked) == 1
        await pilot.press("enter")
        await spoken(pilot)
        assert len(talk(pilot)._rehearsal.turns) == 5


async def test_reading_back_is_left_alone(server: ModelServer, gate: threading.Event) -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        lines = pilot.app.screen.query_one(Lines)
        for number in range(12):
            lines.add_program(f"An older line, number {number}.")
        await pilot.pause()
        server.always = drips(["Half past eight.", " And if ", "you don't?"], gate)
        await say(pilot, KIND)
        await until_slowly(pilot, lambda: "Half past eight." in shown(pilot))
        await pilot.press("pageup")
        await pilot.pause()
        here = lines.scroll_offset.y
        assert here < lines.max_scroll_y
        gate.set()
        await spoken(pilot)
        await pilot.pause()
        assert lines.scroll_offset.y == here


async def test_a_failure_is_one_quiet_sentence_and_the_talk_goes_on(server: ModelServer) -> None:
    server.always = status(401)
    async with opened(size=WIDE, scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await spoken(pilot)
        assert shown(pilot).count("built-in voice") == 1
        line = talk(pilot)._rehearsal.last_line
        assert line.voice == "embedded"
        await sees(pilot, line.text[:30])
        await say(pilot, "I'm not leaving. In 20 minutes I'll sit with you.")
        await spoken(pilot)
        assert shown(pilot).count("built-in voice") == 1
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "words", ["[/red] Later [b]when[/b]?", "[link=http://x]y", "\x1b[31mLater"]
)
async def test_a_models_words_are_never_markup(server: ModelServer, words: str) -> None:
    server.always = says(words)
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await spoken(pilot)
        assert "turn 2" in shown(pilot)


async def test_at_a_slow_pace_nobody_is_asked_before_the_client_is_ready(
    server: ModelServer,
) -> None:
    async with opened(scene=scene(slow=True)) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await sees(pilot, "I am ready")
        assert server.asked == []
        await pilot.press("enter")
        await spoken(pilot)
        await sees(pilot, LINE)


async def test_an_attempt_killed_in_the_middle_of_a_line_gets_it_on_return(
    server: ModelServer,
) -> None:
    with House() as house:  # which is never closed in an orderly way
        rehearsal = house.begin(scene())
        assert isinstance(rehearsal.hear(KIND), Heard)
    async with opened() as pilot:
        await sees(pilot, "Carry on where you stopped")
        await pilot.press("enter")
        await until_slowly(pilot, lambda: isinstance(pilot.app.screen, TalkScreen))
        await spoken(pilot)
        await sees(pilot, LINE)
        assert [turn.text for turn in talk(pilot)._rehearsal.turns][1:] == [KIND, LINE]


async def test_the_briefing_offers_the_voices_where_a_model_is_set_up(server: ModelServer) -> None:
    async with opened(size=WIDE) as pilot:
        pilot.app.brief("avoiding-me")  # type: ignore[attr-defined]
        await sees(pilot, "Partner's voice")
        row = pilot.app.screen.query_one("#voice", Choice)
        assert row.value == "built-in"
        row.focus()
        await pilot.press("right")
        pilot.app.screen.query_one("#begin", Button).press()
        await sees(pilot, "turn 1")
        assert talk(pilot)._rehearsal.scene.voice == "model"


async def test_without_a_model_nothing_speaks_of_one() -> None:
    async with opened(size=WIDE) as pilot:
        pilot.app.brief("avoiding-me")  # type: ignore[attr-defined]
        await sees(pilot, "Hints")
        assert "voice" not in shown(pilot)


async def begin_with_the_model(pilot: Pilot[None]) -> None:
    pilot.app.brief("avoiding-me")  # type: ignore[attr-defined]
    await sees(pilot, "Partner's voice")
    pilot.app.screen.query_one("#voice", Choice).chosen = 1
    pilot.app.screen.query_one("#begin", Button).press()


async def test_another_machine_is_asked_about_once_with_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STEADY_MODEL__BASE_URL", "https://models.example.com/v1")
    monkeypatch.setenv("STEADY_MODEL__MODEL", "large")
    async with opened() as pilot:
        await begin_with_the_model(pilot)
        await sees(pilot, "models.example.com")
        assert "Sent to it" in shown(pilot)
        assert "Names" in shown(pilot)
        await pilot.press("enter")  # the first answer is the harmless one
        await sees(pilot, "Partner's voice")
        assert pilot.app.screen.query_one("#voice", Choice).value == "built-in"
        pilot.app.screen.query_one("#voice", Choice).chosen = 1
        pilot.app.screen.query_one("#begin", Button).press()
        await sees(pilot, "models.example.com")
        await pilot.press("down", "enter")
        await sees(pilot, "turn 1")
    async with opened() as pilot:
        await begin_with_the_model(pilot)
        await sees(pilot, "turn 1")


async def test_the_palette_changes_the_voice_of_an_open_talk(server: ModelServer) -> None:
    with House() as house:
        plain = house.scene("avoiding-me", Rung.ACCUSED, seed=3)
    async with opened(scene=plain) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        assert talk(pilot)._rehearsal.last_line.voice == "embedded"
        pilot.app.action_command_palette()
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        await pilot.press(*"voice: model")
        await until_slowly(pilot, lambda: "Lines found by tiny" in shown(pilot))
        await pilot.press("enter")
        await pilot.press("enter")
        await until_slowly(pilot, lambda: talk_open(pilot) and talk(pilot)._voice is not None)
        await say(pilot, "I'm not leaving. In 20 minutes I'll sit with you.")
        await spoken(pilot)
        assert talk(pilot)._rehearsal.last_line.voice == "model"


def talk_open(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, TalkScreen)


async def test_feedback_and_transcript_tell_whose_words_and_what_they_took(
    server: ModelServer,
) -> None:
    refused: Reply = says("You're right, take all the time you need.")
    server.replies.extend([says(LINE), refused, refused])
    async with opened(size=WIDE, scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        for words in (KIND, "I'm not leaving. In 20 minutes I'll sit with you."):
            await say(pilot, words)
            await spoken(pilot)
        attempt = talk(pilot)._rehearsal.attempt
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "How it went")
        await sees(pilot, "The model's voice  1 of 2 lines, about")
        from steady.tui.screens.transcript import TranscriptScreen

        pilot.app.push_screen(TranscriptScreen(attempt))
        await sees(pilot, "(model)")
        await sees(pilot, "(built-in: the model")
