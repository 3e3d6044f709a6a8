"""Writing a report on a client: as a page, a table or JSON, to a place of one's choice."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from steady.errors import SteadyError
from steady.progress.client import EVERYTHING
from steady.safety.cleaning import one_line
from steady.tui.office.client_told import sliced
from steady.tui.office.told import counted
from steady.tui.paths import default_folder, free, place_to_write
from steady.tui.text import plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from steady.progress.client import ClientView
    from steady.progress.report import Form
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "write it", "write"),
    ("tab", "next", "app.focus_next"),
    ("← →", "change", ""),
    ("esc", "back", "app.pop_screen"),
)
_FORMS = {"a page": "html", "a table": "csv", "JSON": "json"}
_NO, _YES = "left out", "in it"


class ReportScreen(Screen[None]):
    """What is in it, and where it goes; a file that is there is never replaced."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    ReportScreen .text { width: 100%; height: auto; padding: 0 3; margin-bottom: 1; }
    ReportScreen Input {
        height: 3;
        margin: 1 2 0 2;
        border: round $border;
        background: $background;
        border-title-color: $foreground 70%;
    }
    ReportScreen Input:focus { border: round $accent; }
    ReportScreen #came { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("enter", "write", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, view: "ClientView") -> None:
        """A report on what is looked at of a client."""
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """What, and where."""
        yield TopBar("Report", one_line(self._view.client.name))
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain(self._what()), classes="text")
            yield Choice("As", list(_FORMS), 0, id="form")
            yield Choice("Shared words", [_NO, _YES], 0, id="words")
            yield Choice("Your own notes", [_NO, _YES], 0, id="notes")
            yield Input(str(self._place("html")), id="place", select_on_focus=False)
            yield Static(id="came", classes="text")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on the form."""
        box = self.query_one(Input)
        box.border_title = "Where to"
        box.cursor_blink = False
        self.query_one("#form").focus()

    def _what(self) -> str:
        view = self._view
        shown = counted(len(view.attempts), "attempt")
        only = (
            f", only {sliced(view.slice, dict(view.scenarios))}" if view.slice != EVERYTHING else ""
        )
        return (
            f"A report on {shown}{only}. A page is for reading and printing, a table for a"
            " spreadsheet (it has no room for words), JSON for other programs. The file is not"
            " encrypted: keep it where you keep your records."
        )

    def _form(self) -> "Form":
        return cast("Form", _FORMS[self.query_one("#form", Choice).value or "a page"])

    def _place(self, form: str) -> Path:
        day = self.app.office.today.isoformat()
        return free(default_folder() / f"report-{day}.{form}")

    @on(Choice.Changed, "#form")
    def _other_form(self) -> None:
        """The end of the file's name goes with its form."""
        box = self.query_one(Input)
        place = Path(box.value)
        if place.suffix.lower().lstrip(".") in _FORMS.values():
            box.value = str(free(place.with_suffix(f".{self._form()}")))

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write it, and say where it is."""
        came = self.query_one("#came", Static)
        form = self._form()
        try:
            path = place_to_write(self.query_one(Input).value, self._place(form).name)
            self.app.office.write_report(
                self._view.client.ref,
                form,
                path,
                self._view.slice,
                words=self.query_one("#words", Choice).value == _YES and form != "csv",
                notes=self.query_one("#notes", Choice).value == _YES,
            )
        except SteadyError as fault:
            came.update(styled(str(fault), "$warning"))
        else:
            came.update(styled(f"Written to {one_line(str(path))}. It is not encrypted.", "bold"))
        came.scroll_visible(animate=False)
