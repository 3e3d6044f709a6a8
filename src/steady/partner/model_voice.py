"""The model's voice: an order becomes a line of a language model, as far as the guard lets it.

Whatever happens, a line comes out: where the model fails or says what it must not, the embedded
line is said, and the record tells why.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Message, Purpose
from steady.partner.guard import Guard, Refusal, first_sentences, tidy, whole_sentences
from steady.partner.order import Order, Rendered
from steady.partner.prompts import instructions, messages_again, messages_for
from steady.records import EMBEDDED, MODEL
from steady.safety.redaction import Redactor, Restorer
from steady.terms import Act

MOST_TOKENS = 200
"""What one line may use; three sentences use a quarter of it."""

STOPPED = "you stopped it"
"""Why a line is not all of what the model was saying."""

TRIES = 2
"""How often a model is asked for one line: once, and once more with the reason of a refusal."""

_IN_TIME = "the model took too long"
_MUST_BE_WHOLE = frozenset({Act.ACCEPT, Act.ACCEPT_WITH_CONDITION})
_BROKEN_OFF = "…"
_FAULTS_TO_REST = 2
# What will not mend itself while a talk lasts.
_LASTING = frozenset(
    {
        FaultKind.NOT_SET,
        FaultKind.NOT_AGREED,
        FaultKind.LIMIT_REACHED,
        FaultKind.NOT_SECURE,
        FaultKind.REFUSED_KEY,
        FaultKind.FORBIDDEN,
        FaultKind.NO_MODEL,
    }
)

Show = Callable[[str], None]
Notice = Callable[[str], None]


class Endpoint(Protocol):
    """The part of `steady.model.endpoint.Endpoint` that a voice uses."""

    def stream(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        purpose: Purpose,
        attempt: int | None = None,
        notice: Notice = ...,
    ) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """The reply as it arrives; raises ModelFault."""
        ...

    async def prepare(self) -> None:
        """Load what a request needs."""
        ...


@dataclass(slots=True)
class _Try:
    """What came of one request: the line as it stands, and what ended it early."""

    line: str = ""
    refusal: Refusal | None = None
    fault: ModelFault | None = None


class ModelVoice:
    """The partner's voice for one attempt.

    After a fault that will not mend itself, or two faults in a row, the model is left alone for
    the rest of the attempt, so that nobody waits for it at every turn.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        redactor: Redactor,
        attempt: int,
        *,
        name: str = "",
        patience: float = 60.0,
    ) -> None:
        """`name` is how the partner is called on screen; `patience` is in seconds, for a line."""
        self._endpoint = endpoint
        self._redactor = redactor
        self._attempt = attempt
        self._name = name
        self._patience = patience
        self._faults = 0
        self._resting = ""  # why the model is left alone

    @property
    def resting(self) -> bool:
        """Whether the model is left alone for the rest of the attempt."""
        return bool(self._resting)

    async def prepare(self) -> None:
        """Load, in a thread, what the first line would else wait for."""
        await self._endpoint.prepare()

    async def render(self, order: Order, show: Show, notice: Notice) -> Rendered:
        """The line; see `practice.protocols.Voice`."""
        if self._resting:
            return Rendered(order.embedded, EMBEDDED, self._resting)
        shown = ""

        def showing(text: str) -> None:
            nonlocal shown
            shown = text
            show(text)

        try:
            async with asyncio.timeout(self._patience):
                return await self._tries(order, showing, notice)
        except TimeoutError:
            fault = ModelFault(FaultKind.TOO_SLOW, f"{_IN_TIME.capitalize()}.")
            return self._after_fault(order, shown, fault, show, notice)

    def stopped(self, order: Order, shown: str) -> Rendered:
        """The line where the client stopped it after `shown` had come: that much of it.

        What says yes or closes the scene is not left half said: of it whole sentences stand.
        """
        whole = whole_sentences(shown)
        if order.ends or order.act in _MUST_BE_WHOLE:
            line = whole
        else:
            rest = shown.rstrip().rstrip(",;:-–—")
            line = shown.strip() if whole.strip() == shown.strip() else f"{rest}{_BROKEN_OFF}"
        if line.strip(f" {_BROKEN_OFF}") and self._guard(order).whole(line) is None:
            return Rendered(line, MODEL, STOPPED)
        return Rendered(order.embedded, EMBEDDED, STOPPED)

    async def _tries(self, order: Order, show: Show, notice: Notice) -> Rendered:
        guard = self._guard(order)
        first = messages = messages_for(order, self._redactor.hide)
        refusal: Refusal | None = None
        for _ in range(TRIES):
            found = await self._ask(messages, order, guard, show, notice)
            if found.fault is not None:
                return self._after_fault(order, found.line, found.fault, show, notice)
            self._faults = 0
            if found.refusal is None:
                return Rendered(found.line, MODEL)
            refusal = found.refusal
            show("")
            messages = messages_again(first, found.line, refusal, order, self._redactor.hide)
        return Rendered(order.embedded, EMBEDDED, refusal.why if refusal else "")

    async def _ask(
        self, messages: list[Message], order: Order, guard: Guard, show: Show, notice: Notice
    ) -> _Try:
        """One request, its words shown as they come as far as the guard lets them."""
        found, raw, restorer = _Try(), "", Restorer(self._redactor)
        try:
            async with self._endpoint.stream(
                messages,
                max_tokens=MOST_TOKENS,
                purpose=Purpose.VOICE,
                attempt=self._attempt,
                notice=notice,
            ) as pieces:
                async for piece in pieces:
                    raw += restorer.feed(piece)
                    if self._take(raw, found, order, guard, show):
                        break
                else:
                    self._take(raw + restorer.finish(), found, order, guard, show)
        except ModelFault as fault:
            found.fault = fault
            return found
        if found.refusal is None:
            found.refusal = guard.whole(found.line)
        return found

    def _take(self, raw: str, found: _Try, order: Order, guard: Guard, show: Show) -> bool:
        """Take up what has come so far; says whether no more of it is wanted."""
        line, more = first_sentences(tidy(_on_one_line(raw), order.name))
        if line == found.line:
            return more
        found.refusal = guard.growing(line)
        found.line = line
        if found.refusal is None and line:
            show(line)
        return more or found.refusal is not None

    def _after_fault(
        self, order: Order, shown: str, fault: ModelFault, show: Show, notice: Notice
    ) -> Rendered:
        """What stands after a fault: whole sentences that came, else the embedded line."""
        line, why = whole_sentences(shown).strip(), str(fault)
        self._faults += 1
        if fault.kind in _LASTING or self._faults >= _FAULTS_TO_REST:
            self._resting = why
        if line and self._guard(order).whole(line) is None:
            show(line)
            notice(f"{fault} What had been said stands.")
            return Rendered(line, MODEL, why)
        show("")
        notice(fault.told(self._name or "Your partner"))
        return Rendered(order.embedded, EMBEDDED, why)

    def _guard(self, order: Order) -> Guard:
        return Guard(order, instructions())


def _on_one_line(text: str) -> str:
    """Speech on one line: a line break inside it is a blank, two of them are left to the guard."""
    head, gap, tail = text.strip().partition("\n\n")
    return " ".join(head.split()) + (f"{gap}{tail}" if gap else "")
