"""Help: what to press, what this is, where things are kept, numbers to call."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.safety.helplines import lines_for
from steady.terms import Danger
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp

_KEYS = (
    (
        "Anywhere",
        (
            ("arrows, tab", "move"),
            ("enter", "do it"),
            ("esc", "one step back"),
            ("ctrl+p", "everything else"),
            ("ctrl+q", "close at once; what was said is kept"),
        ),
    ),
    ("Home", (("/", "find a scenario by name"), ("p", "progress"), ("h", "homework"))),
    (
        "In a talk",
        (
            ("enter", "say it"),
            ("ctrl+j", "a new line"),
            ("up", "what you said before"),
            ("F1", "a hint, one at a time"),
            ("F2", "slow down: everything waits"),
            ("ctrl+r", "say one of your lines again"),
            ("page up, page down", "read back"),
            ("esc", "stop a partner who is speaking, else leave"),
        ),
    ),
)
_ABOUT = (
    "A made-up partner answers you, and what you say is read for seven things that help in hard"
    " talks. {seen} It is practice, not therapy, and not for a partner you are afraid of.",
    'A turn said to the program ("what do I say?") gets help instead of an answer.',
    "What comes back under Next for you is worked out from how your rehearsals went: what held"
    " comes back later and later, what did not comes back soon. Now and then a check is offered:"
    " without hints, with a push you have not met. It is always said before it begins.",
    "Homework comes as a file from your therapist; h at home opens the list. Nothing goes back to"
    " them but what you choose and look at first, and Steady sends nothing by itself.",
)


class HelpScreen(Screen[None]):
    """One page, scrolled with the arrows."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    HelpScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "app.pop_screen", show=False)
    ]

    def _seen(self) -> str:
        """Who sees what is said, which depends on whether a model is set up."""
        model = self.app.house.settings.model
        if not model.on:
            return "Nobody else sees it."
        from steady.model.consent import host_of, is_local

        host = host_of(model.base_url)
        where = "a server on this machine" if is_local(model.base_url) else host
        return (
            f"Nobody else sees it, unless you let the model of your settings speak or coach: "
            f"then it goes to {where}, names replaced."
        )

    def compose(self) -> ComposeResult:
        """Keys, what this is, places, numbers."""
        yield TopBar("Help")
        with VerticalScroll(classes="column"):
            for place, keys in _KEYS:
                rows = [
                    Content.assemble("  ", (key.ljust(20), "$accent"), words) for key, words in keys
                ]
                yield Static(
                    Content("\n").join([Content.styled(place, "bold"), *rows]), classes="text"
                )
            about = "\n\n".join(_ABOUT).format(seen=self._seen())
            yield Static(plain(about), classes="text")
            yield Static(plain(self._places()), classes="text")
            yield Static(plain(self._numbers()), classes="text")
        yield KeyBar(("↑ ↓", "read on", ""), ("esc", "back", "app.pop_screen"))

    def _places(self) -> str:
        data = self.app.house.places.data
        return f"Everything you say is kept in {data}; Steady keeps it nowhere else."

    def _numbers(self) -> str:
        country = self.app.house.settings.safety.country
        shown = {
            f"{line.name}  {line.number}": None
            for kind in Danger
            for line in lines_for(country, kind)
        }
        return "\n".join(["If you are in danger or thinking of dying:", *shown])
