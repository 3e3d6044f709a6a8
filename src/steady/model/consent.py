"""Which hosts words may be sent to: this machine always, another once the person has agreed."""

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steady.settings import Model

if TYPE_CHECKING:
    from steady.model.endpoint import Memory

_AGREED = "agreed-host:"


SENT = (
    "what you say in a rehearsal, the partner's lines, and the scenario. Names, addresses, phone "
    "numbers and mail addresses are replaced first, as far as they can be told; some can be missed."
)
"""What is sent to a model, as the person is told before agreeing."""

NEVER_SENT = (
    "your history, your ratings, what you say to the program, and any turn that sounds like danger."
)
"""What is not."""


def host_of(base_url: str) -> str:
    """The host as it is shown and remembered: small letters, with the port where one is named."""
    parts = urlsplit(base_url)
    host = (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{shown}:{port}" if port else shown


def is_local(base_url: str) -> bool:
    """Whether the server is this very machine. Another machine at home is another machine."""
    host = (urlsplit(base_url).hostname or "").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def agreed(settings: Model, memory: "Memory") -> bool:
    """Whether words may be sent to the host of the settings."""
    host = host_of(settings.base_url)
    return (
        is_local(settings.base_url)
        or host in settings.agreed_hosts
        or host.partition(":")[0] in settings.agreed_hosts
        or bool(memory.fact(_AGREED + host))
    )


def agree(settings: Model, memory: "Memory") -> None:
    """Remember that the person agreed to the host of the settings."""
    memory.keep_fact(_AGREED + host_of(settings.base_url), "yes")


def forget(host: str, memory: "Memory") -> bool:
    """Take an agreement back; whether there was one. `host` is as `host_of` gives it."""
    key = _AGREED + host.strip().lower()
    there = bool(memory.fact(key))
    if there:
        memory.keep_fact(key, "")
    return there


def question(settings: Model) -> tuple[str, ...]:
    """What the person is told before agreeing to a host, a paragraph each."""
    host = host_of(settings.base_url)
    insecure = urlsplit(settings.base_url).scheme != "https"
    paragraphs = [
        f"The language model of your settings is at {host}. That is another machine, not this one.",
        f"Sent to it: {SENT}",
        f"Never sent: {NEVER_SENT}",
    ]
    if insecure:
        paragraphs.append("The address begins with http: anyone on the way could read along.")
    return tuple(paragraphs)
