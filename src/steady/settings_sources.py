"""Settings from config.toml and the environment: read, checked, and each with its origin.

No value is ever repeated in a message: one day it may be a secret.
"""

import dataclasses
import difflib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from steady.scenario.files import Fault, Faulty, decode, parse
from steady.scenario.files import read as read_file
from steady.scenario.lines import Lines, locate
from steady.scenario.text import visible
from steady.settings import PREFIX, Settings, SettingsFault

_DEEPER = "__"
_SECTIONS: dict[str, Any] = {part.name: part.type for part in dataclasses.fields(Settings)}
_SETTINGS: dict[str, dataclasses.Field[Any]] = {
    f"{section}.{setting.name}": setting
    for section, kind in _SECTIONS.items()
    for setting in dataclasses.fields(kind)
}


@dataclass(frozen=True, slots=True)
class Sourced:
    """Settings, and for each that is not left at its default where it was set."""

    settings: Settings
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class _File:
    """A config.toml as parsed, with its lines; empty where there is none."""

    path: Path
    tree: Mapping[str, Any]
    lines: Lines


def read(config: Path) -> Sourced:
    """The settings of a config.toml, which may be missing, under those of the environment.

    Raises `SettingsFault`.
    """
    try:
        file = _read(config)
    except Faulty as refused:
        raise SettingsFault(str(refused)) from None
    variables = _variables()
    if faults := _mistyped(file):
        raise _refusal(faults)
    try:
        checked = _MODEL(**file.tree)
    except ValidationError as refused:
        errors = refused.errors(include_url=False, include_input=False, include_context=False)
        raise _refusal([_fault(error["loc"], file, variables) for error in errors]) from None
    settings = Settings(
        **{name: kind(**getattr(checked, name).model_dump()) for name, kind in _SECTIONS.items()}
    )
    return Sourced(settings, _sources(file, variables))


class _Base(BaseSettings):
    """The environment over the words handed in, which are those of config.toml."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=_DEEPER,
        env_ignore_empty=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    @classmethod
    def settings_customise_sources(  # the library calls it with these names
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, strongest first."""
        return env_settings, init_settings


def _section_model(kind: Any) -> Any:
    """A model of a section, from the names, types, defaults and limits of its dataclass."""
    settings: dict[str, Any] = {
        setting.name: (_type_of(setting), Field(default=setting.default, **_limits(setting)))
        for setting in dataclasses.fields(kind)
    }
    config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    return create_model(kind.__name__, __config__=config, **settings)


def _type_of(setting: dataclasses.Field[Any]) -> Any:
    """A setting's type; a list may be one text, as a variable gives it: "a, b" or JSON."""
    if not isinstance(setting.default, tuple):
        return setting.type
    return Annotated[setting.type, NoDecode, BeforeValidator(_listed)]


def _listed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [part for part in map(str.strip, value.split(",")) if part]


def _limits(setting: dataclasses.Field[Any]) -> dict[str, Any]:
    return {
        name: limit for name, limit in setting.metadata.items() if name not in {"allowed", "secret"}
    }


def _model() -> type[_Base]:
    models = {name: _section_model(kind) for name, kind in _SECTIONS.items()}
    sections: dict[str, Any] = {name: (model, model()) for name, model in models.items()}
    return create_model("SettingsModel", __base__=_Base, **sections)


_MODEL = _model()


def _read(config: Path) -> _File:
    if not os.path.lexists(config):
        return _File(config, {}, locate(""))
    text = decode(read_file(config), config)
    return _File(config, parse(text, config), locate(text))


def _variables() -> dict[str, str]:
    """The environment variable that gives each setting. Raises `SettingsFault` for a stray one.

    Names without a double underscore are left alone: they are not settings.
    """
    found = {}
    for name, value in os.environ.items():
        section, deeper, key = name.upper().removeprefix(PREFIX).lower().partition(_DEEPER)
        if not name.upper().startswith(PREFIX) or not (deeper or section in _SECTIONS):
            continue
        setting = f"{section}.{key}"
        if setting not in _SETTINGS:
            meant = _nearest(setting)
            mend = f"write {_variable(meant)}" if meant else "take it out"
            raise SettingsFault(f"{visible(name)} in the environment is not a setting; {mend}.")
        if value:
            found[setting] = name
    return found


def _mistyped(file: _File) -> list[str]:
    """Values in the file whose type a lenient reading would let through, such as "yes" for true."""
    faults = []
    for section, kind in _SECTIONS.items():
        table = file.tree.get(section)
        if not isinstance(table, dict):
            continue  # the model says so
        for setting in dataclasses.fields(kind):
            if setting.name in table and type(table[setting.name]) not in _written(setting):
                faults.append(_fault((section, setting.name), file, {}))
    return faults


def _written(setting: dataclasses.Field[Any]) -> tuple[type, ...]:
    """The types that a setting's value may have in a file."""
    if isinstance(setting.default, str):
        return (str,)
    if isinstance(setting.default, float):
        return (int, float)
    return (list,) if isinstance(setting.default, tuple) else (type(setting.default),)


def _fault(loc: tuple[int | str, ...], file: _File, variables: Mapping[str, str]) -> str:
    """What is wrong at a place of the settings, said of the file or the variable it came from."""
    name = ".".join(str(step) for step in loc[:2])
    if name in variables:
        return (
            f"{variables[name]} in the environment is not a value of {name}; "
            f"{_allowed(_SETTINGS[name])}."
        )
    if name in _SETTINGS:
        what, mend = "this value is not allowed", _allowed(_SETTINGS[name])
    elif name in _SECTIONS:
        what, mend = "is not a section", f"open it with [{name}] on a line of its own"
    else:
        what, mend = "is not a setting", _better(name)
    return str(Fault(file.path, file.lines.line(loc), visible(name), what, mend))


def _better(name: str) -> str:
    """What to write in the file instead of a name that is no setting's."""
    if meant := _nearest(name):
        section, key = meant.split(".")
        return f"write {key} under [{section}]"
    return "the settings are " + ", ".join(_SETTINGS)


def _variable(setting: str) -> str:
    return PREFIX + setting.upper().replace(".", _DEEPER)


def _nearest(name: str) -> str | None:
    """The setting that was meant by a name that is no setting's, where one can be told."""
    key = name.rpartition(".")[2]
    if same_key := [known for known in _SETTINGS if known.endswith(f".{key}")]:
        return same_key[0]
    near = difflib.get_close_matches(name, _SETTINGS, 1)
    return near[0] if near else None


def _allowed(setting: dataclasses.Field[Any]) -> str:
    if isinstance(setting.default, StrEnum):
        return "use one of " + ", ".join(type(setting.default))
    if isinstance(setting.default, bool):
        return "use true or false, without quotation marks"
    if isinstance(setting.default, int):
        return f"use a whole number from {setting.metadata['ge']} to {setting.metadata['le']}"
    if isinstance(setting.default, float):
        return f"use a number from {setting.metadata['ge']} to {setting.metadata['le']}"
    return f"use {setting.metadata['allowed']}"


def _sources(file: _File, variables: Mapping[str, str]) -> dict[str, str]:
    sources = {}
    for name in _SETTINGS:
        section, key = name.split(".")
        if name in variables:
            sources[name] = f"environment {variables[name]}"
        elif key in file.tree.get(section, {}):
            sources[name] = f"{file.path}:{file.lines.line((section, key))}"
    return sources


def _refusal(faults: list[str]) -> SettingsFault:
    more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
    return SettingsFault(f"{faults[0]}{more}")
