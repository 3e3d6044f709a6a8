"""A long sheet of lines, some of which can be opened; only the lines in sight are ever drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Leave, MouseMove, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

_HERE, _ELSEWHERE = "› ", "  "
MARGIN = len(_HERE)
"""Cells at the left of every line, where the sign of the cursor stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Rows in a run that bear the same `name` are one entry, which can be opened; a row
    without a name is only read. `part` marks a heading to which Tab goes.

    The text may be a function, which is called only once the line comes into sight.
    """

    text: Content | Callable[[], Content]
    name: str = ""
    part: bool = False


def heading(text: str) -> Row:
    """The heading of a part."""
    return Row(Content.styled(text, "bold"), part=True)


def blank() -> Row:
    """An empty line."""
    return Row(Content(""))


Build = Callable[[int], Sequence[Row]]
"""Makes the rows for a width in cells, the margin taken off."""


class Sheet(ScrollView, can_focus=True):
    """Lines to read and to open: arrows move from entry to entry, or scroll where there is none.

    However many lines there are, showing them costs no more than a screenful.
    """

    DEFAULT_CSS = """
    Sheet {
        height: 1fr;
        width: 100%;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Sheet:focus { background-tint: transparent; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("tab", "part(1)", show=False),
        Binding("shift+tab", "part(-1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Chosen(Message):
        """An entry was opened, by Enter or by a click."""

        def __init__(self, sheet: "Sheet", name: str) -> None:
            """The sheet, and the entry's name."""
            super().__init__()
            self.sheet = sheet
            self.name = name

        @property
        def control(self) -> "Sheet":
            """The sheet."""
            return self.sheet

    def __init__(self, *, id: str | None = None) -> None:
        """An empty sheet."""
        super().__init__(id=id)
        self._build: Build | None = None
        self._built_for = 0
        self._rows: Sequence[Row] = ()
        self._entries: list[tuple[int, int]] = []
        self._entry_of: dict[int, int] = {}
        self._here: int | None = None
        self._hover: int | None = None
        self._drawn: dict[tuple[int, str], Strip] = {}
        self._wanted: int | None = None

    @property
    def here(self) -> str:
        """The name of the entry under the cursor, or nothing."""
        return "" if self._here is None else self._rows[self._entries[self._here][0]].name

    @property
    def rows(self) -> Sequence[Row]:
        """The lines as they stand."""
        return self._rows

    def fill(self, build: Build, *, from_top: bool = False) -> None:
        """Show other lines; the cursor stays with its entry where that is still there."""
        self._build = build
        if self._width() > 0:
            self._make(from_top=from_top)

    def show_row(self, place: int) -> None:
        """Bring a line into sight, a little below the top."""
        self._wanted = place
        self.call_after_refresh(self._go)

    def go_to(self, name: str) -> None:
        """Put the cursor on an entry, if it is there."""
        found = next(
            (n for n, (top, _) in enumerate(self._entries) if self._rows[top].name == name), None
        )
        if found is not None:
            self._move(found)

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        entry = self._entry_of.get(place)
        look = "here" if self.can_focus and entry is not None and entry == self._here else ""
        if entry is not None and entry == self._hover and not look:
            look = "hover"
        if look == "here" and not self.has_focus:
            look = "waiting"
        strip = self._drawn.get((place, look))
        if strip is None:
            strip = self._drawn[(place, look)] = self._line(place, look)
        return strip

    def _line(self, place: int, look: str) -> Strip:
        text = self._rows[place].text
        content = text if isinstance(text, Content) else text()
        first = place == 0 or self._entry_of.get(place - 1) != self._entry_of.get(place)
        sign = _HERE if look in {"here", "waiting"} and first else _ELSEWHERE
        line = Content(sign) + content
        style = self.visual_style
        if look == "here":
            line = line.stylize_before("bold $accent" if first else "$accent")
        if look in {"here", "hover"}:
            style += Style.parse("on $panel", self.app.theme_variables)
        (strip, *_) = Visual.to_strips(self, line, self.size.width, 1, style, pad=True)
        return strip

    def notify_style_update(self) -> None:
        """Another theme: everything is drawn anew."""
        self._drawn.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """The cursor's line looks otherwise now."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor's line looks otherwise now."""
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Lines are made for a width."""
        if self._build is not None and self._width() != self._built_for:
            self._make()

    def on_click(self, event: Click) -> None:
        """A click opens."""
        entry = self._entry_of.get(event.y + self.scroll_offset.y)
        if entry is not None:
            event.stop()
            self._move(entry)
            self.action_open()

    def on_mouse_move(self, event: MouseMove) -> None:
        """What can be clicked shows."""
        self._hover_over(self._entry_of.get(event.y + self.scroll_offset.y))

    def on_leave(self, event: Leave) -> None:
        """Nothing is under the mouse."""
        self._hover_over(None)

    def action_step(self, way: int) -> None:
        """The next entry; or on by a line where it is out of sight, so that no text is skipped."""
        to = None if self._here is None else self._here + way
        if to is None or not 0 <= to < len(self._entries):
            self.scroll_relative(y=way, animate=False)
            return
        top, bottom = self._entries[to]
        seen, height = self.scroll_offset.y, self.size.height
        if (way > 0 and bottom > seen + 2 * height) or (way < 0 and top < seen - height):
            self.scroll_relative(y=way * max(1, height // 2), animate=False)
            return
        self._move(to)

    def action_page(self, way: int) -> None:
        """A page on or back; the cursor comes along to the first entry in sight."""
        height = max(1, self.size.height - 1)
        seen = min(max(0, self.scroll_offset.y + way * height), self.max_scroll_y)
        at_end = seen == self.scroll_offset.y
        self.scroll_to(y=seen, animate=False)
        if not self._entries:
            return
        if at_end:
            self._move(0 if way < 0 else len(self._entries) - 1)
            return
        inside = [n for n, (top, _) in enumerate(self._entries) if seen <= top < seen + height]
        if inside:
            self._put(inside[0] if way > 0 else inside[-1])

    def action_edge(self, end: int) -> None:
        """The first or the last entry."""
        if self._entries:
            self._move(end % len(self._entries))
        self.scroll_to(y=0 if end == 0 else self.max_scroll_y, animate=False)

    def action_part(self, way: int) -> None:
        """The next heading, with the cursor on the first entry below it."""
        parts = [place for place, row in enumerate(self._rows) if row.part]
        if not parts:
            (self.screen.focus_next if way > 0 else self.screen.focus_previous)()
            return
        now = self.scroll_offset.y if self._here is None else self._entries[self._here][0]
        current = max((n for n, place in enumerate(parts) if place <= now), default=-1)
        part = parts[(current + way) % len(parts)]
        below = [n for n, (top, _) in enumerate(self._entries) if top > part]
        until = next((place for place in parts if place > part), len(self._rows))
        if below and self._entries[below[0]][0] < until:
            self._put(below[0])
        elif self._here is not None:
            # A part that is only read: the cursor waits at the nearest entry.
            nearest = below[0] if below and way > 0 else (below[0] - 1 if below else None)
            self._put(max(0, nearest) if nearest is not None else len(self._entries) - 1)
        self.scroll_to(y=part, animate=False)

    def action_open(self) -> None:
        """Open the entry under the cursor."""
        if self.here:
            self.post_message(self.Chosen(self, self.here))

    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _make(self, *, from_top: bool = False) -> None:
        if self._build is None:
            return
        kept, place = self.here, self._here
        width = self._built_for = self._width()
        rows = self._rows = self._build(max(1, width - MARGIN))
        self._entries, self._entry_of = [], {}
        for at, row in enumerate(rows):
            if not row.name:
                continue
            if at and rows[at - 1].name == row.name:
                self._entries[-1] = (self._entries[-1][0], at)
            else:
                self._entries.append((at, at))
            self._entry_of[at] = len(self._entries) - 1
        self._drawn.clear()
        self._hover = None
        self._here = 0 if self._entries else None
        self.virtual_size = Size(width, len(rows))
        if from_top:
            self.scroll_to(y=0, animate=False)
        elif kept:
            names = {rows[top].name: n for n, (top, _) in enumerate(self._entries)}
            last = max(0, len(self._entries) - 1)
            near = min(place or 0, last) if self._entries else None
            self._here = names.get(kept, near)
        self.refresh()

    def _go(self) -> None:
        if self._wanted is not None:
            self.scroll_to(y=max(0, self._wanted - 2), animate=False)
            self._wanted = None

    def _put(self, entry: int) -> None:
        self._here = entry
        self.refresh()

    def _move(self, entry: int) -> None:
        self._put(entry)
        top, bottom = self._entries[entry]
        seen, height = self.scroll_offset.y, self.size.height
        if entry == 0:
            top = max(0, min(top, bottom - height + 1)) if top >= height else 0
        elif self._rows[top - 1].part:
            top -= 1  # the heading stays with the first entry below it
        if top < seen:
            self.scroll_to(y=top, animate=False)
        elif bottom >= seen + height:
            self.scroll_to(y=bottom - height + 1, animate=False)

    def _hover_over(self, entry: int | None) -> None:
        if entry != self._hover:
            self._hover = entry
            self.refresh()
