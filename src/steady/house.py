"""The house: builds the rooms, lazily, and hands them to one another.

Screens and commands talk to the house; it knows where things are and nothing of how they look.
"""

import random
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from steady.errors import SteadyError
from steady.home import WELCOMED, HomeView, view
from steady.premises import Premises
from steady.records import EMBEDDED
from steady.terms import Outcome, Part, Relationship, Rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from steady.model.endpoint import Endpoint
    from steady.practice.coaching import Coach
    from steady.practice.protocols import Partner, Reader, Screen
    from steady.practice.rehearsal import Rehearsal
    from steady.practice.scene import Scene
    from steady.practice.voices import Voices
    from steady.records import SelfRating
    from steady.scenario.library import Found
    from steady.scenario.model import Scenario
    from steady.store import Homework, Store
    from steady.terms import Act

FIRST_SCENARIO = "avoiding-me"
"""The scenario of the first rehearsal."""

_SEEDS = 2**31
_HEARD = 10


class NoReturn(SteadyError):
    """A scenario without a return was asked for its return."""


class House(Premises):
    """The rooms behind the screens and commands, for one person's data folder."""

    @cached_property
    def store(self) -> "Store":
        """The history; its connection belongs to the thread that first asks for it."""
        from steady.store import Store

        return Store.open(self.places.database)

    @cached_property
    def reader(self) -> "Reader":
        """The embedded reader."""
        from steady.reading import Reader

        return Reader()

    @cached_property
    def endpoint(self) -> "Endpoint | None":
        """The language model of the settings, or None where none is set up.

        Belongs to one event loop. Nothing of it is imported before it is asked for.
        """
        if not self.settings.model.on:
            return None
        from steady.model.endpoint import Endpoint

        return Endpoint(self.settings.model, self.store, self.store)

    @cached_property
    def voices(self) -> "Voices":
        """The voices that the partner can have."""
        from steady.practice.voices import Voices

        return Voices(self.settings.model, lambda: self.store, lambda: self.endpoint)

    @cached_property
    def coach(self) -> "Coach":
        """The coach that a model can be."""
        from steady.practice.coaching import Coach

        return Coach(self.settings.model, lambda: self.endpoint)

    async def close_endpoint(self) -> None:
        """Close the connections to the model, in the loop they were opened in."""
        endpoint: Endpoint | None = self.__dict__.pop("endpoint", None)
        if endpoint is not None:
            await endpoint.close()

    def home(self) -> HomeView:
        """All that home shows, from heads and counts alone."""
        return view(self.store, self.library, datetime.now(UTC))

    def plan_next(self) -> None:
        """Work out what to rehearse next, and keep it for home."""
        from steady.progress.planning import work_out

        work_out(self.store, datetime.now(UTC))

    def asked(self, scenario_id: str) -> None:
        """It was asked today whether this was said for real; nothing more is asked today."""
        from steady.progress.asking import was_asked

        was_asked(self.store, scenario_id, datetime.now(UTC))

    def scenario_faults(self) -> list[str]:
        """A sentence for each scenario file that cannot be used. May run in any thread."""
        return [str(fault) for fault in self.library.faults()]

    def seen_welcome(self) -> None:
        """The first screen has been read."""
        self.store.keep_fact(WELCOMED, "yes")

    def scenario(self, scenario_id: str) -> "Scenario":
        """A scenario by its id."""
        return self._found(scenario_id).scenario

    def partner_name(self, scenario_id: str) -> str:
        """How the partner is called, also where the scenario is no longer there."""
        try:
            return self.scenario(scenario_id).partner.name or "Partner"
        except SteadyError:
            return "Partner"

    def suggested_rung(self, scenario_id: str) -> Rung:
        """The rung to offer first: the lowest that has not been held yet."""
        held = {
            practised.rung
            for practised in self.store.practised()
            if practised.scenario == scenario_id and practised.best_outcome is Outcome.HELD
        }
        return next((rung for rung in Rung if rung not in held), Rung.ACCUSED)

    def script(self, scenario_id: str, rung: Rung) -> str:
        """The client's own script for a rung, or the scenario's suggestion."""
        kept = self.store.script(scenario_id, rung)
        return kept or self.scenario(scenario_id).rungs[rung].script

    def keep_script(self, scenario_id: str, rung: Rung, text: str) -> None:
        """Keep the client's script where it differs from the one in force."""
        words = text.strip()
        if words and words != self.script(scenario_id, rung):
            self.store.keep_script(scenario_id, rung, words)

    def scene(
        self,
        scenario_id: str,
        rung: Rung,
        *,
        seed: int | None = None,
        aids_offered: bool = True,
        slow: bool = False,
        face: str = "screen",
        part: Part = Part.TALK,
        agreed: str = "",
        voice: str | None = None,
        assignment: str | None = None,
        probe: bool = False,
    ) -> "Scene":
        """A scenario at a rung, ready to be rehearsed; its return, where `part` says so.

        `voice` is "embedded" or "model", or the one chosen where it is None. `assignment` is the
        homework the attempt is to count for; a `probe` is without aids. Raises NoReturn where the
        scenario has no return.
        """
        from steady.practice.scene import Scene

        found = self._found(scenario_id)
        if part is Part.RETURN and found.scenario.return_ is None:
            raise NoReturn(f"'{scenario_id}' has no return to rehearse: its file has no [return].")
        return Scene(
            scenario=found.scenario,
            content_hash=found.content_hash,
            bank=found.bank,
            rung=rung,
            seed=random.randrange(_SEEDS) if seed is None else seed,  # noqa: S311
            script=self.script(scenario_id, rung),
            starters=self._starters(found.scenario.relationship),
            aids_offered=aids_offered and not probe,
            slow=slow,
            face=face,
            part=part,
            agreed=agreed,
            voice=self.voices.chosen if voice is None else voice,
            assignment=assignment,
            probe=probe,
        )

    def assigned_scene(
        self,
        homework: "Homework",
        *,
        aids_offered: bool = True,
        slow: bool = False,
        voice: str | None = None,
    ) -> "Scene":
        """The scene of an assignment, which counts for it; aids as the therapist asked, if so."""
        asked = homework.assigned
        return self.scene(
            asked.scenario,
            asked.rung,
            aids_offered=aids_offered if asked.aids is None else asked.aids == "on",
            slow=slow,
            voice=voice,
            assignment=asked.id,
        )

    @cached_property
    def _screen(self) -> "Screen":
        """The danger screen, with all it has learned read in, so that no turn waits for that.

        What it and the reader hold stays; looked through for garbage again and again, it would
        hold up a turn now and then.
        """
        import gc

        from steady.safety.danger import prepare, screen

        prepare()
        _ = self.reader
        gc.freeze()
        return screen

    def scenarios_changed(self) -> None:
        """Homework came or went: scenarios already read are read anew."""
        self._opened.clear()

    def begin(self, scene: "Scene") -> "Rehearsal":
        """A new attempt at a scene."""
        from steady.practice.rehearsal import Rehearsal

        partner = self._partner(scene)
        return Rehearsal.begin(scene, partner, self.reader, self._screen, self.store)

    def first_rehearsal(self) -> "Rehearsal":
        """The first rehearsal: gentle, with aids, and nothing of it leaves this machine."""
        return self.begin(self.scene(FIRST_SCENARIO, Rung.GENTLE, voice=EMBEDDED))

    def resume(self, attempt: int) -> "Rehearsal":
        """An unfinished attempt, taken up where it was.

        A turn that lacks its reply has got it, or is `pending` where a model's voice is to say it.
        """
        from steady.practice.rehearsal import Rehearsal

        kept = self.store.resume(attempt)
        start = kept.start
        scene = self.scene(
            start.scenario.id,
            start.rung,
            seed=start.seed,
            aids_offered=start.aids_offered,
            slow=start.slow,
            face=start.face,
            part=start.part,
            agreed=start.agreed,
            voice=start.voice,
            assignment=start.assignment,
            probe=start.probe,
        )
        partner = self._partner(scene, attempt)
        return Rehearsal.resume(
            scene,
            partner,
            self.reader,
            self._screen,
            self.store,
            attempt,
            kept.turns,
            answered=scene.voice == EMBEDDED or not self.voices.offered,
        )

    def draft(self, attempt: int) -> str:
        """What had been typed but not said."""
        return self.store.draft(attempt)

    def rate_self(self, attempt: int, moment: str, rating: "SelfRating") -> None:
        """Keep a self-rating, `moment` being "before" or "after"."""
        self.store.rate_self(attempt, "before" if moment == "before" else "after", rating)

    def the_return(self, rehearsal: "Rehearsal") -> "Rehearsal | None":
        """A new attempt at the return that a talk agreed on, or None where there is none."""
        agreed = rehearsal.agreed
        if agreed is None:
            return None
        was = rehearsal.scene
        return self.begin(
            self.scene(
                was.scenario.id,
                was.rung,
                aids_offered=was.aids_offered,
                slow=was.slow,
                face=was.face,
                part=Part.RETURN,
                agreed=agreed,
                voice=was.voice,
                assignment=was.assignment,
            )
        )

    def _partner(self, scene: "Scene", attempt: int | None = None) -> "Partner":
        if scene.part is Part.RETURN:
            from steady.partner.returning import ReturningPartner

            return ReturningPartner(scene.scenario, scene.rung, scene.seed, scene.agreed)
        from steady.partner.embedded import EmbeddedPartner
        from steady.partner.state import templates_said

        lately = [templates_said(s) for s in self.store.last_states(scene.scenario.id, _HEARD)]
        unmet: frozenset[Act] = frozenset()
        if scene.probe:
            from steady.progress.planning import unmet_pushes

            unmet = unmet_pushes(self.store, scene.scenario.id, scene.rung, before=attempt)
        return EmbeddedPartner(scene.scenario, scene.bank, scene.rung, scene.seed, lately, unmet)

    def _found(self, scenario_id: str) -> "Found":
        kept = self._opened.get(scenario_id)
        if kept is None:
            kept = self._opened[scenario_id] = self.library.find(scenario_id)
        return kept

    @cached_property
    def _opened(self) -> "dict[str, Found]":
        return {}

    def _starters(self, relationship: Relationship) -> "Callable[[Act | None], list[str]]":
        return lambda act: self.library.starters(act, relationship)
