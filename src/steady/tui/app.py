"""The client's program on screen: the way between screens, and what every screen can reach."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import SystemCommand
from textual.screen import Screen

from steady.safety.cleaning import one_line
from steady.tui.program import Program
from steady.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steady.house import House
    from steady.practice.rehearsal import Rehearsal
    from steady.practice.scene import Scene
    from steady.terms import Rung


class SteadyApp(Program):
    """Steady on a terminal. `scene` is a scene to begin at once instead of at home."""

    def __init__(self, scene: "Scene | None" = None, house: "House | None" = None) -> None:
        """The program; a house may be handed in, else one is opened when first needed."""
        super().__init__()
        self._scene = scene
        self._house = house

    @property
    def house(self) -> "House":
        """The rooms behind the screens, opened on first use so that the first paint is quick."""
        if self._house is None:
            from steady.house import House

            self._house = House()
        return self._house

    def get_default_screen(self) -> Screen[Any]:
        """Home."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Begin the scene that was asked for."""
        if self._scene is not None:
            scene = self._scene
            self.call_after_refresh(lambda: self._begin(scene))

    @work(exclusive=True, group="begin")
    async def _begin(self, scene: "Scene") -> None:
        """Begin the scene; where words would leave this machine, only if that is agreed."""
        from steady.records import EMBEDDED, MODEL

        if scene.voice == MODEL and self.house.voices.offered:
            from steady.tui.voice import may_speak

            if not await may_speak(self):
                scene = replace(scene, voice=EMBEDDED)
        self.talk(self.house.begin(scene))

    @work(exclusive=True, group="voice")
    async def _choose_voice(self, voice: str) -> None:
        """The voice of what is begun from now on, and of an open talk from its next line on."""
        from steady.records import MODEL
        from steady.tui.screens.talk import TalkScreen
        from steady.tui.voice import VOICES, may_speak

        voices = self.house.voices
        if voice == MODEL and not await may_speak(self):
            return
        voices.chosen = voice
        if isinstance(self.screen, TalkScreen):
            self.screen.use_voice(voice)
        self.notify(f"The partner's voice: {VOICES[voice]}.", markup=False)

    def _fatal_error(self) -> None:
        """Leave with a sentence; Textual's own way out prints what the program held in mind."""
        if "debug" in self.features:
            super()._fatal_error()
            return
        from rich.text import Text

        from steady.tui.stopped import last_words

        self.bell()
        if not self._exit_renderables:  # a second fault on the way out says nothing new
            self._exit_renderables.append(Text(last_words(self._exception)))
        self._close_messages_no_wait()

    async def on_unmount(self) -> None:
        """Hang up on the model; the rooms are closed after this."""
        if self._house is not None:
            await self._house.close_endpoint()

    def close_rooms(self) -> None:
        """Close the house, where one was opened."""
        if self._house is not None:
            self._house.close()

    def apply_appearance(self) -> None:
        """Put the theme and the animations of the settings into force."""
        self.wear(self.house.settings.appearance)

    def brief(self, scenario_id: str, rung: "Rung | None" = None, *, probe: bool = False) -> None:
        """Open the briefing of a scenario. Raises a SteadyError where its file cannot be used."""
        from steady.tui.screens.briefing import BriefingScreen

        self.house.scenario(scenario_id)
        self.push_screen(BriefingScreen(scenario_id, rung, probe=probe))

    def brief_homework(self, assignment: str) -> None:
        """Open the briefing of an assignment; an attempt begun from there counts for it.

        Raises a SteadyError where its scenario's file cannot be used.
        """
        from steady.tui.screens.briefing import BriefingScreen

        homework = self.house.store.assignment(assignment)
        if homework is not None:
            set_ = homework.assigned
            self.house.scenario(set_.scenario)
            self.push_screen(BriefingScreen(set_.scenario, set_.rung, homework=homework))

    def talk(self, rehearsal: "Rehearsal") -> None:
        """Open the conversation of a rehearsal."""
        from steady.tui.screens.talk import TalkScreen

        self.push_screen(TalkScreen(rehearsal))

    def action_go_home(self) -> None:
        """As `go_home`."""
        self.go_home()

    def action_show_help(self) -> None:
        """Open the help screen."""
        from steady.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_show_progress(self) -> None:
        """Open the progress screen."""
        from steady.tui.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen())

    def action_show_homework(self) -> None:
        """Open the homework screen."""
        from steady.tui.screens.homework import HomeworkScreen

        self.push_screen(HomeworkScreen())

    @work(exclusive=True, group="open")
    async def action_open_homework(self) -> None:
        """Ask for a file with homework, and show what is in it before anything is added."""
        from steady.homework.opening import Opening, look
        from steady.tui.paths import typed_path
        from steady.tui.screens.opening import OpeningScreen
        from steady.tui.screens.where import WhereScreen

        house, found = self.house, list[Opening]()

        def use(typed: str) -> str:
            found.append(look(typed_path(typed), house.store, house.library))
            return ""

        question = (
            "Where is the file from your therapist? Type or paste its place, or drop the file"
            " here. Nothing is added yet."
        )
        if await self.push_screen_wait(WhereScreen(question, use, done="look into it")) is not None:
            self.push_screen(OpeningScreen(found[-1]))

    def share(self, pack: str) -> None:
        """Choose what to share with the therapist a pack came from."""
        from steady.tui.screens.share import ShareScreen

        found = self.house.store.pack(pack)
        if found is not None:
            self.push_screen(ShareScreen(found))

    @work(exclusive=True, group="open")
    async def action_share(self) -> None:
        """Choose what to share, after asking with whom where there are several."""
        from steady.homework.sharing import therapists
        from steady.tui.screens.ask import AskScreen

        known = therapists(self.house.store)
        if not known:
            self.action_show_homework()
            return
        chosen: str | None = known[0].id
        if len(known) > 1:
            answers = [(each.id, f"{each.therapist}  {each.fingerprint}") for each in known]
            chosen = await self.push_screen_wait(AskScreen("Share with whom?", *answers))
        if chosen is not None:
            self.share(chosen)

    @work(exclusive=True, group="open")
    async def action_carry(self) -> None:
        """The line to carry, after asking for which scenario."""
        from steady.tui.screens.ask import AskScreen
        from steady.tui.screens.card import CardScreen

        practised = {each.scenario: each.title for each in self.house.store.practised()}
        question = (
            "A line of yours to carry. For which talk?"
            if practised
            else "A line to carry comes from a finished rehearsal. There is none yet."
        )
        answers = list(practised.items()) or [("", "Back")]
        chosen = await self.push_screen_wait(AskScreen(question, *answers))
        if chosen:
            self.push_screen(CardScreen(chosen, practised[chosen]))

    def _voice_commands(self) -> "Iterable[SystemCommand]":
        from steady.records import EMBEDDED, MODEL

        model, host = self.house.voices.model, self.house.voices.host
        yield SystemCommand(
            "Partner's voice: built-in",
            "Lines that come with Steady; nothing is sent anywhere",
            lambda: self._choose_voice(EMBEDDED),
        )
        yield SystemCommand(
            "Partner's voice: model",
            one_line(f"Lines found by {model} on {host}"),
            lambda: self._choose_voice(MODEL),
        )

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":
        """What the command palette offers."""
        yield SystemCommand("Home", "Back to the list of scenarios", self.go_home)
        yield SystemCommand("Progress", "How it has gone so far", self.action_show_progress)
        yield SystemCommand(
            "Homework", "What is set, and what was shared", self.action_show_homework
        )
        yield SystemCommand(
            "Open homework", "A file from your therapist", self.action_open_homework
        )
        yield SystemCommand("Share", "Choose what your therapist gets to see", self.action_share)
        yield SystemCommand("A line to carry", "Your own best line, on a card", self.action_carry)
        yield SystemCommand("Help", "Keys, and what this program is", self.action_show_help)
        if self.house.voices.offered:
            yield from self._voice_commands()
        yield SystemCommand("Theme", "Another set of colors", self.action_change_theme)
        yield SystemCommand("Leave Steady", "Everything said is kept", self.action_quit)
