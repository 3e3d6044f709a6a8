"""The therapist's house: builds the rooms they need, lazily, and hands them to one another.

Screens and commands of the therapist's side talk to the office; it knows nothing of how they look.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from steady.errors import UsageFault
from steady.office.facts import SharedAttempt, SideBySide, ToRate
from steady.office.rating import Rating
from steady.terms import Rung

if TYPE_CHECKING:
    from steady.homework.assigning import Draft, Wanted
    from steady.homework.keys import TherapistKeys
    from steady.progress.caseload import CaseloadView, Reason
    from steady.progress.client import ClientView, Slice
    from steady.progress.report import Form
    from steady.scenario.head import Head
    from steady.store.caseload import CaseAttempt, CaseHit, Client, Taken

__all__ = [
    "SHORT",
    "NoSuchPerson",
    "Office",
    "SeveralPeople",
    "SharedAttempt",
    "SideBySide",
    "ToRate",
]

SHORT = 8
"""How many signs of a client's reference are shown."""

_LEAST_REF = 4
_MOST_LISTED = 8


class NoSuchPerson(UsageFault):
    """It cannot be told which client is meant by what was written."""


class SeveralPeople(NoSuchPerson):
    """More than one client is meant by what was written."""


class Office(Rating):
    """The rooms behind the therapist's screens and commands, for one data folder."""

    # Beginning

    def is_set_up(self) -> bool:
        """Whether the therapist has made a key here."""
        from steady.homework.keys import have_keys

        return have_keys(self.places)

    def set_up(self, name: str) -> "TherapistKeys":
        """Make the key pair and the caseload. Raises KeyFault where there is a key already."""
        from steady.homework.keys import make_keys

        keys = self.__dict__["keys"] = make_keys(name, self.places)
        _ = self.store
        return keys

    # The caseload

    def caseload(self) -> "CaseloadView":
        """Every client: what is due, when they last practised, what needs a look."""
        from steady.progress.caseload import caseload

        return caseload(self.store.clients(), self.store.assigned(), self.today)

    def find(self, asked: str, *, exactly: bool = False) -> "Client":
        """The client meant by a name, or by the beginning of a reference.

        Where nobody has the name as it is written, its beginning will do ("Ana" for "Ana
        Moreno"), unless it is to be `exactly` the name. Raises NoSuchPerson, which names those it
        may be (SeveralPeople, where there are several).
        """
        wanted = _folded(asked)
        everybody = self.store.clients()
        found = [each for each in everybody if _folded(each.name) == wanted]
        if not found and len(wanted) >= _LEAST_REF:
            found = [each for each in everybody if each.ref.startswith(wanted)]
        if not found and wanted and not exactly:
            found = [
                each for each in everybody if f"{_folded(each.name)} ".startswith(f"{wanted} ")
            ]
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralPeople(
                f"There is more than one '{_shown(asked)}': {_listed(found)}. Write the letters "
                "and digits instead of the name."
            )
        import difflib

        close = difflib.get_close_matches(
            wanted, {_folded(each.name) for each in everybody}, 3, 0.5
        )
        near = [each for each in everybody if _folded(each.name) in close]
        hint = f" Did you mean {_listed(near)}?" if near else ""
        raise NoSuchPerson(
            f"There is no client '{_shown(asked)}'.{hint} 'steady therapist clients' lists them."
        )

    def alike(self, name: str) -> "tuple[Client, ...]":
        """Clients whose names are written nearly like this one, or begin with it."""
        import difflib

        wanted = _folded(name)
        everybody = self.store.clients()
        close = difflib.get_close_matches(wanted, {_folded(e.name) for e in everybody}, 3, 0.5)
        return tuple(
            each
            for each in everybody
            if (called := _folded(each.name)) in close or called.startswith(f"{wanted} ")
        )

    def client(self, ref: str, chosen: "Slice | None" = None) -> "ClientView":
        """A client's path, of the attempts looked at; all of them where nothing is chosen.

        Raises NoSuchClientError.
        """
        from steady.progress.client import EVERYTHING, client_view

        store = self.store
        return client_view(
            store.client(ref),
            store.attempts(ref),
            store.assigned(ref),
            store.field_notes(ref),
            store.notes(ref),
            store.packets(ref),
            self.today,
            chosen or EVERYTHING,
        )

    def reasons(self, ref: str) -> "tuple[Reason, ...]":
        """Why this client needs a look, the most pressing first. Raises NoSuchClientError."""
        from steady.progress.caseload import caseload

        (row,) = caseload((self.store.client(ref),), self.store.assigned(ref), self.today).rows
        return row.reasons

    def looked_at(self, ref: str) -> None:
        """What came from this client so far has been seen: it is no longer new."""
        self.store.looked_at(ref)

    def attempt(self, attempt: int) -> SharedAttempt:
        """One attempt in full, by the caseload's id. Raises NoSuchSharedAttemptError."""
        found = self.store.attempt(attempt)
        return self._full(self.store.client(found.ref), found)[0]

    def side_by_side(self, ref: str, scenario: str, rung: Rung | None = None) -> SideBySide | None:
        """The first and the latest talk at a scenario, on one rung where given; None where the
        client has shared none."""
        from steady.progress.client import compared

        found = compared(self.store.attempts(ref), scenario, rung)
        if found is None:
            return None
        first, latest = self._full(self.store.client(ref), found.first, found.latest)
        return SideBySide(first, latest, found.between)

    def search(self, text: str, ref: str | None = None, limit: int = 50) -> "tuple[CaseHit, ...]":
        """What was said or written and holds these words, of one client or of all."""
        return self.store.search(text, ref, limit)

    def note(self, ref: str, text: str) -> None:
        """Add a note of the therapist's own. Raises UsageFault where nothing is in it."""
        from steady.safety.cleaning import MAX_STORED, clean

        words = clean(text).strip()
        if not words:
            raise UsageFault("The note is empty; write a word or two.")
        if len(words) > MAX_STORED:
            raise UsageFault(f"The note is longer than {MAX_STORED:,} characters; shorten it.")
        self.store.note(ref, words)

    def rename(self, ref: str, name: str) -> None:
        """Give a client another name. Raises UsageFault where it is empty or too long."""
        from steady.homework.assigning import LONGEST_NAME
        from steady.safety.cleaning import one_line

        called = one_line(name)
        if not 0 < len(called) <= LONGEST_NAME:
            raise UsageFault(f"A client's name has 1 to {LONGEST_NAME} characters.")
        self.store.rename_client(ref, called)

    def forget(self, ref: str) -> None:
        """Erase a client and everything they shared."""
        self.store.forget_client(ref)

    # Assigning and importing

    def scenarios(self) -> "tuple[Head, ...]":
        """The scenarios that can be assigned."""
        return self.library.heads()

    def suggested_rung(self, ref: str | None, scenario: str) -> Rung:
        """The rung to offer first: the lowest not held yet, as far as the client has shared."""
        if ref is None:
            return Rung.GENTLE
        from steady.terms import Outcome

        held = {
            each.rung
            for each in self.store.attempts(ref)
            if each.scenario.id == scenario and each.outcome is Outcome.HELD
        }
        return next((rung for rung in Rung if rung not in held), Rung.ACCUSED)

    def draft(
        self, ref: str | None, name: str, wanted: "Sequence[Wanted]", message: str = ""
    ) -> "Draft":
        """A pack as it would be given, with what the client will read; nothing is written yet.

        `ref` is None for a client who is not in the caseload; `name` is used for the pack.
        Raises HomeworkFault or a fault of the library.
        """
        from steady.homework.assigning import draft

        return draft(self.keys, self.library, wanted, ref=ref, name=name, message=message)

    def give(self, chosen: "Draft", path: Path, *, replace: bool = False) -> None:
        """Write the pack of a draft and keep what was assigned: both or neither.

        A file that is there is left alone unless `replace` is set.
        """
        from steady.homework.assigning import give

        give(chosen, path, self.store, replace=replace)

    def take(self, path: Path) -> "Taken":
        """Import a packet, whole or not at all. `homework.importing.told` says what it did.

        Raises HomeworkFault or StoreError, having changed nothing.
        """
        from steady.homework.importing import import_packet

        return import_packet(path, self.keys, self.store)

    # Reports

    def report(
        self,
        ref: str,
        form: "Form",
        chosen: "Slice | None" = None,
        *,
        words: bool = False,
        notes: bool = False,
    ) -> bytes:
        """The bytes of a report's file: a page, a table or JSON, of the attempts looked at.

        `words` puts shared words in (a table has no room for them), `notes` the therapist's own
        notes.
        """
        from steady.progress.report import Report, rendered, words_needed

        view = self.client(ref, chosen)
        told = self.store.words_of(words_needed(view, form)) if words else {}
        made = self._now().astimezone()
        name = self.keys.name if self.is_set_up() else "the therapist"
        report = Report(view, name, made, self.agreement(), told, notes)
        return rendered(report, form)

    def write_report(
        self,
        ref: str,
        form: "Form",
        path: Path,
        chosen: "Slice | None" = None,
        *,
        words: bool = False,
        notes: bool = False,
        replace: bool = False,
    ) -> None:
        """Write a report for its owner alone, whole or not at all; see `report`.

        A file that is there is left alone unless `replace` is set. Raises HomeworkFault.
        """
        from steady.homework.files import write_private

        write_private(
            path, self.report(ref, form, chosen, words=words, notes=notes), replace=replace
        )

    def _full(self, client: "Client", *attempts: "CaseAttempt") -> "tuple[SharedAttempt, ...]":
        agreement = self.agreement()
        words = self.store.words_of([each.id for each in attempts])
        return tuple(
            SharedAttempt(
                client,
                each,
                words.get(each.id),
                {level.criterion: agreement[level.criterion] for level in each.levels},
            )
            for each in attempts
        )


def _folded(text: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _shown(text: str) -> str:
    from steady.safety.cleaning import one_line

    return one_line(text)[:60]


def _listed(clients: "Iterable[Client]") -> str:
    told = [f"{each.name} ({each.ref[:SHORT]})" for each in clients]
    more = len(told) - _MOST_LISTED
    return ", ".join(told[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
