"""What a server can do, found out with as few tiny requests as it takes."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steady.model.abilities import Structured
from steady.model.consent import host_of, is_local
from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Message
from steady.model.replies import NoJson, json_in
from steady.settings import Model

if TYPE_CHECKING:
    from steady.model.endpoint import Endpoint, Notice

_UNREACHED = frozenset(
    {
        FaultKind.UNREACHABLE,
        FaultKind.DNS,
        FaultKind.NOT_SECURE,
        FaultKind.NOT_SET,
        FaultKind.NOT_AGREED,
        FaultKind.LIMIT_REACHED,
    }
)
_ASKED = (
    Message("system", 'You are being tested. Answer with this JSON object: {"ready": true}'),
    Message("user", "Are you ready?"),
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the requests showed. None means that it could not be found out.

    `structured` is the best way that gave a shaped reply; `shaped` whether any did.
    `first_word` is in seconds, of the first request that was answered.
    """

    host: str
    local: bool
    model: str
    reached: bool = False
    key_accepted: bool | None = None
    model_there: bool | None = None
    streaming: bool | None = None
    structured: Structured | None = None
    shaped: bool | None = None
    first_word: float | None = None
    fault: ModelFault | None = None


async def checked(endpoint: "Endpoint", settings: Model, notice: "Notice") -> CheckReport:
    """Ask for a tiny shaped reply, in the best way that the server takes."""
    from pydantic import BaseModel, ConfigDict

    class Ready(BaseModel):
        model_config = ConfigDict(extra="forbid")
        ready: bool

    report = CheckReport(host_of(settings.base_url), is_local(settings.base_url), settings.model)
    step: Structured | None = Structured.JSON_SCHEMA
    while step is not None:
        notice(_DOING[step])
        try:
            reply = await endpoint.probe(_ASKED, step, Ready)
        except ModelFault as fault:
            report = _after_fault(report, fault)
            if fault.kind not in {FaultKind.REFUSED, FaultKind.BROKEN} or step.next is None:
                return report
        else:
            report = replace(
                report,
                reached=True,
                key_accepted=True,
                model_there=True,
                streaming=reply.streamed,
                first_word=report.first_word or reply.first_word,
                fault=None,
            )
            try:
                Ready.model_validate(json_in(reply.text))
            except (NoJson, ValueError):
                report = replace(report, shaped=False)
            else:
                endpoint.keep_step(step)
                return replace(report, shaped=True, structured=step)
        step = step.next
    return report


_DOING = {
    Structured.JSON_SCHEMA: "Asking one small question.",
    Structured.JSON_OBJECT: "Asking for a structured reply in an older way.",
    Structured.TEXT: "Asking for a structured reply in plain words.",
}


def _after_fault(report: CheckReport, fault: ModelFault) -> CheckReport:
    """What a fault shows of the server."""
    reached = report.reached or fault.kind not in _UNREACHED
    key = {FaultKind.REFUSED_KEY: False, FaultKind.NO_MODEL: True}.get(fault.kind)
    there = False if fault.kind is FaultKind.NO_MODEL else None
    return replace(
        report,
        reached=reached,
        key_accepted=report.key_accepted if report.key_accepted is not None else key,
        model_there=report.model_there if report.model_there is not None else there,
        fault=fault,
    )
