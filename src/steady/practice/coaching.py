"""The coach that a language model can be, beside the built-in one.

The built-in feedback is in the journal before a model is asked; whatever goes wrong, it stands.
Nothing of a model is imported before an attempt is to be read by one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from steady.practice.rehearsal import Rehearsal
from steady.records import MODEL, ClientTurn, Feedback
from steady.settings import Model, ModelUse
from steady.terms import Ending

if TYPE_CHECKING:
    from steady.model.endpoint import Endpoint

WENT_ON = "You went on before the model had read your turns."
"""Why a model's reading was not used, where the person did not wait for it."""

_STANDS = "The built-in coach read your turns."


class Coach:
    """The model's coach for one program run. `declined` is set where the person wanted none."""

    def __init__(self, settings: Model, endpoint: "Callable[[], Endpoint | None]") -> None:
        """`endpoint` is opened on first use."""
        self._settings = settings
        self._endpoint = endpoint
        self.declined = False

    def reads(self, rehearsal: Rehearsal, voice: str) -> bool:
        """Whether a model is to read an attempt, in which the partner had this voice at the end.

        Set to be used for both, it reads where it also speaks: with the built-in voice, or once the
        model is left alone, nothing is sent. An attempt in which words sounded like danger is not
        read by it at all.
        """
        use = self._settings.use
        wanted = use is ModelUse.COACH or (use is ModelUse.BOTH and voice == MODEL)
        said = [turn for turn in rehearsal.turns if isinstance(turn, ClientTurn)]
        danger = any(turn.danger is not None for turn in said)
        speaks = any(turn.number not in rehearsal.private for turn in said)
        return self._settings.on and wanted and speaks and not danger and not self.declined

    async def read(
        self, rehearsal: Rehearsal, found: Feedback, notice: Callable[[str], None]
    ) -> Feedback:
        """The feedback with a model's reading weighed in, kept in the journal.

        `found` is the built-in feedback on the rehearsal, which is closed; it stands where the
        model cannot be used, and `coach` says why. `notice` is told why the person waits.
        """
        from steady.model.faults import ModelFault
        from steady.practice.voices import known_texts
        from steady.rubric.coach.reading import Attempt, coached
        from steady.safety.redaction import Redactor

        endpoint = self._endpoint()
        assert endpoint is not None  # `reads` has said so
        scene = rehearsal.scene
        attempt = Attempt(
            rehearsal.attempt,
            rehearsal.exchanges,
            rehearsal.ending or Ending.STOPPED,
            scene.scenario,
            scene.rung,
            scene.part,
            rehearsal.reader.read,
            rehearsal.private,
        )
        try:
            read = await coached(endpoint, Redactor(known_texts(scene.scenario)), attempt, notice)
        except ModelFault as fault:
            read = replace(found, coach=f"{fault} {_STANDS}")
        rehearsal.restate(read)
        return read

    @staticmethod
    def went_on(rehearsal: Rehearsal, found: Feedback) -> Feedback:
        """The built-in feedback, kept as that: the person did not wait for the model."""
        read = replace(found, coach=WENT_ON)
        rehearsal.restate(read)
        return read
