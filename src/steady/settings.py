"""What can be set, its defaults, and the settings in force.

The dataclasses below are the one home of names, defaults and limits. Where neither a config.toml
nor an environment variable says otherwise, nothing more is needed; else `settings_sources` builds
pydantic-settings models from them, which takes longer to import than the first screen to paint.
"""

import os
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from steady.errors import SteadyError
from steady.places import HOME, Places

PREFIX = "STEADY_"
"""What the environment variables begin with: `STEADY_PRACTICE__PACE` sets `practice.pace`."""


class Theme(StrEnum):
    """The colors of the screens."""

    STEADY_DARK = "steady-dark"
    STEADY_LIGHT = "steady-light"
    ANSI_DARK = "ansi-dark"
    ANSI_LIGHT = "ansi-light"
    AUTO = "auto"


class Pace(StrEnum):
    """Whether the partner's reply comes by itself or waits until the client is ready."""

    NORMAL = "normal"
    SLOW = "slow"


# Limits stand in `metadata` in pydantic's words and are laid on the models by settings_sources;
# `allowed` tells a pattern to people.


@dataclass(frozen=True, slots=True)
class Appearance:
    """How it looks."""

    theme: Theme = Theme.STEADY_DARK
    animations: bool = True


@dataclass(frozen=True, slots=True)
class Practice:
    """How a rehearsal runs. `typing_speed` is in characters a second, 0 for all at once."""

    pace: Pace = Pace.NORMAL
    aids: bool = True
    typing_speed: int = field(default=60, metadata={"ge": 0, "le": 1000})


@dataclass(frozen=True, slots=True)
class Safety:
    """Whose help lines are shown. `country` is a two-letter ISO 3166 code."""

    country: str = field(
        default="US",
        metadata={"pattern": "^[A-Z]{2}$", "allowed": 'two capital letters, such as "US"'},
    )


class ModelUse(StrEnum):
    """What a language model is used for."""

    BOTH = "both"
    VOICE = "voice"
    COACH = "coach"


class Voice(StrEnum):
    """Who finds the partner's words: the built-in lines, or a language model."""

    EMBEDDED = "embedded"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Model:
    """A language model for the partner's voice and the coach. Off while `base_url` is empty.

    Timeouts are in seconds; prices are per million tokens, 0 where unknown; a daily limit of 0 is
    none.
    """

    base_url: str = field(
        default="",
        metadata={
            "pattern": r"^(https?://[^\s/]+\S*)?$",
            "allowed": 'the address of a server, such as "http://localhost:11434/v1", or ""',
        },
    )
    model: str = field(
        default="",
        metadata={
            "pattern": r"^[^\x00-\x1f\x7f]{0,200}$",
            "allowed": "the name of a model as the server knows it",
        },
    )
    api_key: str = field(
        default="",
        repr=False,
        metadata={
            "pattern": r"^[\x21-\x7e]*$",
            "allowed": "the key that the service gave you, without spaces",
            "secret": True,
        },
    )
    partner: Voice = Voice.EMBEDDED
    use: ModelUse = ModelUse.BOTH
    temperature: float = field(default=0.8, metadata={"ge": 0, "le": 2})
    connect_timeout: float = field(default=5.0, metadata={"ge": 0.1, "le": 120})
    first_word_timeout: float = field(default=20.0, metadata={"ge": 0.1, "le": 600})
    stall_timeout: float = field(default=10.0, metadata={"ge": 0.1, "le": 600})
    total_timeout: float = field(default=60.0, metadata={"ge": 0.1, "le": 1800})
    price_in: float = field(default=0.0, metadata={"ge": 0, "le": 10_000})
    price_out: float = field(default=0.0, metadata={"ge": 0, "le": 10_000})
    currency: str = field(
        default="USD",
        metadata={"pattern": "^[A-Z]{3}$", "allowed": 'three capital letters, such as "USD"'},
    )
    daily_tokens: int = field(default=0, metadata={"ge": 0, "le": 1_000_000_000})
    daily_cost: float = field(default=0.0, metadata={"ge": 0, "le": 1_000_000})
    agreed_hosts: tuple[str, ...] = field(
        default=(), metadata={"allowed": 'a list of hosts, such as ["api.openai.com"]'}
    )

    @property
    def on(self) -> bool:
        """Whether a server and a model are named."""
        return bool(self.base_url and self.model)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force."""

    appearance: Appearance = Appearance()
    practice: Practice = Practice()
    safety: Safety = Safety()
    model: Model = Model()


class SettingsFault(SteadyError):
    """A setting cannot be used; the sentence names where it stands and what is allowed."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting as it is in force: its name (`practice.pace`), its value, where it comes from.

    A secret's value is "set" or "not set".
    """

    name: str
    value: str | bool | int | float | tuple[str, ...]
    source: str


def load(places: Places) -> Settings:
    """The settings in force: the defaults, over them config.toml, over both the environment.

    Raises `SettingsFault`.
    """
    if _all_is_default(places):
        return Settings()
    from steady.settings_sources import read

    return read(places.config).settings


def explain(places: Places) -> list[InForce]:
    """Every setting in force and where it comes from. Raises `SettingsFault`."""
    settings, sources = Settings(), dict[str, str]()
    if not _all_is_default(places):
        from steady.settings_sources import read

        sourced = read(places.config)
        settings, sources = sourced.settings, sourced.sources
    return [
        InForce(name, _shown(getattr(settings, section), key), sources.get(name, "default"))
        for section, key, name in names()
    ]


def names() -> list[tuple[str, str, str]]:
    """Every setting as its section, its key and its full name, in the order of the sections."""
    return [
        (section.name, setting.name, f"{section.name}.{setting.name}")
        for section in fields(Settings)
        for setting in fields(section.type)  # type: ignore[arg-type]  # always a section's class
    ]


def _shown(section: Any, key: str) -> Any:
    """A setting's value as it may be shown: of a secret only whether it is set."""
    value = getattr(section, key)
    secret = any(part.name == key and part.metadata.get("secret") for part in fields(section))
    return ("set" if value else "not set") if secret else value


def _all_is_default(places: Places) -> bool:
    return not any(
        name.upper().startswith(PREFIX) and name.upper() != HOME for name in os.environ
    ) and not os.path.lexists(places.config)
