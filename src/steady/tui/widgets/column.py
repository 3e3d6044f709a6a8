"""The column of text that most screens are: read with page up and page down, wherever the focus."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen


class ReadOn(Screen[None]):
    """A screen with a `.column` that page up and page down move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read_on(-1)", show=False, priority=True),
        Binding("pagedown", "read_on(1)", show=False, priority=True),
    ]

    def action_read_on(self, step: int) -> None:
        """A page up or down."""
        column = self.query_one(".column", VerticalScroll)
        if step < 0:
            column.scroll_page_up(animate=False)
        else:
            column.scroll_page_down(animate=False)

    def from_the_top(self) -> None:
        """Show the beginning once everything has its place, though the focus is further down."""
        column = self.query_one(".column", VerticalScroll)
        self.call_after_refresh(column.scroll_home, animate=False)
