"""Which voices the partner can have, and the model's voice for an attempt.

Nothing of a model is imported before somebody asks for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from steady.errors import SteadyError
from steady.practice.rehearsal import Rehearsal
from steady.records import EMBEDDED, MODEL
from steady.settings import Model, ModelUse

if TYPE_CHECKING:
    from steady.model.endpoint import Endpoint, Memory
    from steady.partner.model_voice import ModelVoice
    from steady.scenario.model import Scenario


class NoModel(SteadyError):
    """The model's voice was asked for and cannot be had."""


class Voices:
    """The voices of one program run. `chosen` is the voice of attempts begun from now on."""

    def __init__(
        self,
        settings: Model,
        facts: "Callable[[], Memory]",
        endpoint: "Callable[[], Endpoint | None]",
    ) -> None:
        """`facts` and `endpoint` are opened on first use."""
        self._settings = settings
        self._facts = facts
        self._endpoint = endpoint
        self.chosen: str = settings.partner.value if self.offered else EMBEDDED

    @property
    def offered(self) -> bool:
        """Whether a model is configured and may be used for the voice."""
        return self._settings.on and self._settings.use is not ModelUse.COACH

    @property
    def model(self) -> str:
        """The model's name, as the settings have it."""
        return self._settings.model

    @property
    def currency(self) -> str:
        """The currency of the settings' prices."""
        return self._settings.currency

    @property
    def host(self) -> str:
        """The host that a model's voice would send words to."""
        from steady.model.consent import host_of

        return host_of(self._settings.base_url)

    @property
    def local(self) -> bool:
        """Whether that host is this machine."""
        from steady.model.consent import is_local

        return is_local(self._settings.base_url)

    @property
    def agreed(self) -> bool:
        """Whether the person has agreed to that host, or need not."""
        from steady.model.consent import agreed

        return agreed(self._settings, self._facts())

    @property
    def question(self) -> tuple[str, ...]:
        """What the person is told before agreeing to the host, a paragraph each."""
        from steady.model.consent import question

        return question(self._settings)

    def agree(self) -> None:
        """Remember that the person agreed to the host."""
        from steady.model.consent import agree

        agree(self._settings, self._facts())

    def must_be_offered(self) -> None:
        """Raises NoModel, saying what to do, where there is no model for the voice."""
        if not self._settings.on:
            raise NoModel(
                "No model is set up: put base_url and model under [model] in config.toml "
                "(docs/models.md shows how), or use --partner embedded."
            )
        if not self.offered:
            raise NoModel(
                'The model is set to be used for the coach alone: put use = "both" under [model] '
                "in config.toml, or use --partner embedded."
            )

    def must_be_agreed(self) -> None:
        """Raises NoModel, saying what to do, where the host was not agreed to."""
        self.must_be_offered()
        if not self.agreed:
            host = self.host
            raise NoModel(
                f"The model is on {host}, another machine. `steady model check` tells what "
                f'would be sent there and asks; for a script, put agreed_hosts = ["{host}"] under '
                "[model] in config.toml."
            )

    def of(self, rehearsal: Rehearsal) -> "ModelVoice | None":
        """The voice for an attempt, or None where the embedded voice speaks."""
        if rehearsal.scene.voice != MODEL or not self.offered:
            return None
        return self.model_voice(rehearsal)

    def model_voice(self, rehearsal: Rehearsal) -> "ModelVoice":
        """The model's voice for an attempt, whatever was chosen for it; raises NoModel."""
        from steady.partner.model_voice import ModelVoice
        from steady.safety.redaction import Redactor

        self.must_be_offered()
        endpoint = self._endpoint()
        assert endpoint is not None  # one is offered
        scene = rehearsal.scene
        return ModelVoice(
            endpoint,
            Redactor(known_texts(scene.scenario)),
            rehearsal.attempt,
            name=scene.name,
            patience=self._settings.total_timeout,
        )


def known_texts(scenario: "Scenario") -> list[str]:
    """Texts whose names are no secret: those of the scenario itself."""
    lines = [line for scene in scenario.rungs.values() for line in (*scene.openings, *scene.pushes)]
    return [
        scenario.partner.name,
        scenario.setting,
        scenario.need,
        scenario.partner.manner,
        scenario.partner.fears,
        *lines,
        *scenario.own_lines(),
    ]
