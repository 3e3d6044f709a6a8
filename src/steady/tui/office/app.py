"""The therapist's program on screen: the way between screens, and what every screen can reach."""

from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from steady.tui.office.caseload import CaseloadScreen
from steady.tui.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steady.office import Office
    from steady.terms import Rung


class OfficeApp(Program):
    """The caseload on a terminal."""

    TITLE = "Steady, for therapists"

    def __init__(self, office: "Office | None" = None) -> None:
        """The program; an office may be handed in, else one is opened when first needed."""
        super().__init__()
        self._office = office

    @property
    def office(self) -> "Office":
        """The rooms behind the screens, opened on first use so that the first paint is quick."""
        if self._office is None:
            from steady.office import Office

            self._office = Office()
        return self._office

    def get_default_screen(self) -> Screen[Any]:
        """The caseload."""
        return CaseloadScreen()

    def close_rooms(self) -> None:
        """Close the office, where one was opened."""
        if self._office is not None:
            self._office.close()

    def apply_appearance(self) -> None:
        """Put the theme and the animations of the settings into force."""
        self.wear(self.office.settings.appearance)

    def show_client(self, ref: str) -> None:
        """Open a client's path."""
        from steady.tui.office.client import ClientScreen

        self.push_screen(ClientScreen(ref))

    def show_attempt(self, attempt: int, turn: int | None = None) -> None:
        """Open an attempt, at a turn where one is given (its place among those said, from 0)."""
        from steady.tui.office.attempt import AttemptScreen

        self.push_screen(AttemptScreen(attempt, turn))

    def show_beside(self, ref: str, scenario: str, rung: "Rung | None" = None) -> None:
        """Open the first attempt at a scenario beside the latest."""
        from steady.tui.office.beside import BesideScreen

        self.push_screen(BesideScreen(ref, scenario, rung))

    def action_take_in(self) -> None:
        """Take in packets."""
        from steady.tui.office.importing import ImportScreen

        self.push_screen(ImportScreen())

    def action_assign(self) -> None:
        """Assign something to a client who is chosen next."""
        from steady.tui.office.person import PersonScreen

        self.push_screen(PersonScreen())

    def assign_to(self, ref: str | None, name: str) -> None:
        """Assign something to this client; `ref` is None for a new one."""
        from steady.tui.office.pack import PackScreen

        self.push_screen(PackScreen(ref, name))

    def search(self, ref: str | None = None, words: str = "") -> None:
        """Search shared words, of one client or of all."""
        from steady.tui.office.search import SearchScreen

        self.push_screen(SearchScreen(ref, words))

    def action_search(self) -> None:
        """Search the words of all clients."""
        self.search()

    def action_calibrate(self) -> None:
        """Rate attempts blind."""
        from steady.tui.office.calibrate import CalibrateScreen

        self.push_screen(CalibrateScreen())

    def action_show_help(self) -> None:
        """Open the help screen."""
        from steady.tui.office.help import OfficeHelpScreen

        self.push_screen(OfficeHelpScreen())

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":
        """What the command palette offers; before there is a key, only the way out."""
        if self.office.is_set_up():
            yield SystemCommand("Caseload", "Back to everybody", self.go_home)
            yield SystemCommand("Import", "Take in what clients sent", self.action_take_in)
            yield SystemCommand("Assign", "A pack of homework for a client", self.action_assign)
            yield SystemCommand("Search", "Find shared words and notes", self.action_search)
            yield SystemCommand("Rate blind", "How far the program agrees", self.action_calibrate)
            yield SystemCommand("Help", "Keys, and what is kept where", self.action_show_help)
        yield SystemCommand("Theme", "Another set of colors", self.action_change_theme)
        yield SystemCommand("Leave Steady", "Everything is kept", self.action_quit)
