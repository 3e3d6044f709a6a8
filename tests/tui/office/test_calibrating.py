"""Rating blind: single keys, stopping at any time, and what is said of the agreement."""

from pathlib import Path

from cases import BETTER, FUMBLED, STRONG, Talk, came
from driving import NARROW, office_opened, sees, shown, until
from steady.office import Office
from steady.progress.calibration import Agreement
from steady.terms import CRITERIA, Criterion, Part
from steady.tui.office.agreement import agreement_rows
from steady.tui.office.caseload import CaseloadScreen
from steady.tui.widgets.sheet import Sheet

SEVEN = CRITERIA[Part.TALK]


def kept(office: Office) -> dict[Criterion, int | None]:
    """The therapist's own levels, of whatever attempt."""
    with office.store._reading() as db:
        rows = db.execute("SELECT criterion, level FROM ratings").fetchall()
    return {Criterion(criterion): level for criterion, level in rows}


async def test_a_key_for_each_criterion_and_the_next_attempt_follows(
    office: Office, tmp_path: Path
) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG), Talk(BETTER), Talk(FUMBLED, words=False))
    async with office_opened() as pilot:
        await pilot.press("c")
        await sees(pilot, "2 to rate")
        await sees(pilot, "Took it in nearly every time")
        screen = shown(pilot)
        assert "validates" not in screen
        assert "●" not in screen
        await pilot.press("3", "2", "1", "0", "minus", "3")
        await sees(pilot, "7 of 7")
        await pilot.press("2")
        await sees(pilot, "1 to rate")
    assert kept(office) == dict(zip(SEVEN, (3, 2, 1, 0, None, 3, 2), strict=True))
    assert office.store.rated() == 1


async def test_stopping_keeps_what_was_scored(office: Office, tmp_path: Path) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG), Talk(BETTER))
    async with office_opened() as pilot:
        await pilot.press("c")
        await sees(pilot, "2 to rate")
        await pilot.press("3", "2", "backspace", "1")
        await sees(pilot, "so far: Validation 3, Own voice 1")
        await pilot.press("escape")
        await sees(pilot, "1 attempt kept just now")
        await sees(pilot, "1 of 10 rated")
        assert kept(office) == {Criterion.VALIDATION: 3, Criterion.OWN_VOICE: 1}
        await pilot.press("m")
        await sees(pilot, "1 to rate")
        await pilot.press("escape")
        await sees(pilot, "How far the program and you agree")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CaseloadScreen))
    assert office.store.rated() == 1


async def test_a_level_can_be_clicked_and_other_keys_do_nothing(
    office: Office, tmp_path: Path
) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened(NARROW) as pilot:
        await pilot.press("c")
        await sees(pilot, "1 of 7")
        await pilot.press("4", "x", "enter", "backspace", "m")
        await sees(pilot, "1 of 7")
        await pilot.click("#rate", offset=(5, 2))
        await sees(pilot, "so far: Validation 2")
        await pilot.press("down", "pagedown", "pageup")
        await sees(pilot, "2 of 7")


async def test_with_nothing_to_rate_that_is_said(office: Office, tmp_path: Path) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG, words=False))
    async with office_opened() as pilot:
        await pilot.press("c")
        await sees(pilot, "There is nothing to rate")
        await pilot.press("0", "m", "backspace")
        await sees(pilot, "There is nothing to rate")
        await pilot.press("escape")
        await sees(pilot, "need a look")


async def test_the_end_is_shown_after_the_last(office: Office, tmp_path: Path) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened() as pilot:
        await pilot.press("c")
        await sees(pilot, "1 to rate")
        await pilot.press(*"3333333")
        await sees(pilot, "1 attempt rated by you so far")
        assert pilot.app.screen.query_one("#said", Sheet).rows


def test_agreement_is_said_with_its_interval_and_flagged_when_weak() -> None:
    agreement = {
        criterion: Agreement(criterion, 24, kappa, low, high)
        for criterion, kappa, low, high in (
            (Criterion.VALIDATION, 0.81, 0.62, 0.93),
            (Criterion.RESPECT, 0.21, -0.1, 0.5),
            (Criterion.CLEAR_ASK, 0.6, 0.1, 0.7),
            (Criterion.FEW_WORDS, 0.6, 0.45, 0.7),
        )
    } | {Criterion.RETURN: Agreement(Criterion.RETURN, 4, None, None, None)}
    told = [
        (row.text if not callable(row.text) else row.text()).plain
        for row in agreement_rows(agreement, 24, 72)
    ]
    (validation,) = (line for line in told if line.startswith("Validation"))
    assert "0.81" in validation
    assert "0.62 to 0.93" in validation
    assert validation.endswith("close, 24 rated")
    (respect,) = (line for line in told if line.startswith("Respect"))
    assert respect.endswith("weak, 24 rated")
    (ask,) = (line for line in told if line.startswith("Clear ask"))
    assert ask.endswith("not sure yet, 24 rated")
    (few,) = (line for line in told if line.startswith("Few words"))
    assert few.endswith("fair, 24 rated")
    assert any(line.startswith("Read with caution: Respect.") for line in told)
    (returned,) = (line for line in told if line.startswith("Return"))
    assert "4 of 10 rated" in returned
