"""How the line faces let the partner answer: at once in the built-in voice, or by a model."""

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from steady.practice.rehearsal import Alarm, Aside, Heard, Rehearsal, Said
from steady.records import EMBEDDED, MODEL, Feedback, Usage

if TYPE_CHECKING:
    import asyncio

    from steady.house import House
    from steady.practice.coaching import Coach
    from steady.practice.protocols import Voice


class Answering:
    """The partner of one rehearsal, in the voice chosen for it. Use as a context."""

    def __init__(
        self,
        rehearsal: Rehearsal,
        voice: "Voice | None" = None,
        close: Callable[[], Awaitable[None]] | None = None,
        coach: "Coach | None" = None,
        usage: "Callable[[], Usage]" = Usage,
        currency: str = "",
    ) -> None:
        """`voice` is None for the built-in one; `close` is awaited at the end, in its loop.

        `usage` tells what models have used for this attempt, at prices in `currency`.
        """
        self.usage = usage
        self.currency = currency
        self._rehearsal = rehearsal
        self._voice = voice
        self._coach = coach
        self._close = close
        self._stack = ExitStack()
        self._runner: asyncio.Runner | None = None

    @classmethod
    def of(cls, house: "House", rehearsal: Rehearsal) -> Self:
        """The partner of a rehearsal of this house."""
        return cls(
            rehearsal,
            house.voices.of(rehearsal),
            house.close_endpoint,
            house.coach,
            lambda: house.store.usage_of(rehearsal.attempt),
            house.voices.currency,
        )

    def __enter__(self) -> Self:
        """A loop for the model's voice; without one, nothing."""
        if self._voice is not None:
            self._run()
        return self

    def _run(self) -> "asyncio.Runner":
        if self._runner is None:
            import asyncio

            self._runner = self._stack.enter_context(asyncio.Runner())
        return self._runner

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections, then the loop."""
        if self._runner is not None and self._close is not None:

            async def closed(close: Callable[[], Awaitable[None]] = self._close) -> None:
                await close()

            self._runner.run(closed())
        self._stack.close()

    def say(self, text: str, notice: Callable[[str], None]) -> Said:
        """Say something; `notice` is told what is happening while a model is asked."""
        return self._answered(self._rehearsal.hear(text), notice)

    def close(self, notice: Callable[[str], None]) -> Feedback:
        """End the attempt and give the feedback, read by a model too where that was chosen."""
        rehearsal, coach = self._rehearsal, self._coach
        found = rehearsal.close()
        voice = EMBEDDED if self._voice is None or self._voice.resting else MODEL
        if coach is None or not coach.reads(rehearsal, voice):
            return found
        notice("Reading your turns.")
        return self._run().run(coach.read(rehearsal, found, notice))

    def misread(self, alarm: Alarm, notice: Callable[[str], None]) -> Said:
        """Say the words of an alarm after all."""
        return self._answered(self._rehearsal.hear_after_all(alarm), notice)

    def _answered(self, heard: Heard | Aside | Alarm, notice: Callable[[str], None]) -> Said:
        if not isinstance(heard, Heard):
            return heard
        rehearsal, voice = self._rehearsal, self._voice
        if voice is None or self._runner is None:
            return rehearsal.answer(heard)
        if heard.private:
            return rehearsal.answer_privately(heard)
        order = rehearsal.order(heard)
        rendered = self._runner.run(voice.render(order, lambda _: None, notice))
        return rehearsal.answer(heard, rendered)
