"""A short list of things to do, each on a line; Enter or a click does it."""

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

_HERE, _ELSEWHERE = "› ", "  "


class Menu(OptionList):
    """A plain list: the line under the cursor is marked with a sign, not only with color."""

    DEFAULT_CSS = """
    Menu { height: auto; width: 100%; border: none; background: transparent; padding: 0; }
    Menu:focus { border: none; background: transparent; background-tint: transparent; }
    Menu > .option-list--option { padding: 0 1; }
    Menu > .option-list--option-highlighted { background: transparent; color: $foreground; }
    Menu:focus > .option-list--option-highlighted {
        background: $panel;
        color: $accent;
        text-style: bold;
    }
    Menu > .option-list--option-hover { background: $panel; }
    Menu > .option-list--option-disabled { color: $foreground 70%; }
    """

    def __init__(
        self,
        *entries: tuple[str, Content | str],
        id: str | None = None,
    ) -> None:
        """Entries are (id, text)."""
        self._marked: int | None = None  # before `super`, which already moves the cursor
        super().__init__(*(self.entry(name, text) for name, text in entries), id=id, markup=False)

    @staticmethod
    def entry(name: str, text: Content | str) -> Option:
        """A line that can be chosen."""
        words = Content(text) if isinstance(text, str) else text
        return Option(Content(_ELSEWHERE) + words, id=name)

    @staticmethod
    def heading(text: str) -> Option:
        """A line that only names what follows."""
        return Option(Content.styled(text, "bold"), disabled=True)

    def clear_options(self) -> "Menu":
        """Take every line away."""
        self._marked = None
        super().clear_options()
        return self

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign with the cursor."""
        super().watch_highlighted(highlighted)
        if self._marked is not None and self._marked < self.option_count:
            self._sign(self._marked, _ELSEWHERE)
        if highlighted is not None:
            self._sign(highlighted, _HERE)
        self._marked = highlighted

    def _sign(self, place: int, sign: str) -> None:
        prompt = self.get_option_at_index(place).prompt
        if isinstance(prompt, Content):
            self.replace_option_prompt_at_index(place, Content(sign) + prompt[len(sign) :])
