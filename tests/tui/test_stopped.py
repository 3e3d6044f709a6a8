"""A fault of the program's own is told in words, and shows nothing of what was typed."""

import pytest
from textual.worker import WorkerFailed

from driving import opened
from steady.errors import SteadyError
from steady.tui.stopped import last_words

SECRET = "I never told Alex [/] about the letter"


def broken(fault: Exception) -> Exception:
    """The fault, as if raised in the middle of things."""

    def breaks() -> None:
        raise fault

    try:
        breaks()
    except Exception as raised:
        return raised
    return fault


def test_a_fault_is_named_with_its_place_and_without_its_words() -> None:
    told = last_words(broken(KeyError(SECRET)))
    assert "KeyError, test_stopped.py line" in told
    assert "All that you said is kept" in told
    assert "letter" not in told


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_known_fault_keeps_its_sentence(wrapped: bool) -> None:
    fault = broken(SteadyError("The disk is full; make room and open Steady again."))
    told = last_words(WorkerFailed(fault) if wrapped else fault)
    assert told == "steady: The disk is full; make room and open Steady again."


async def test_what_stays_on_the_terminal_holds_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(KeyError):
        async with opened() as pilot:
            typed = SECRET

            def breaks() -> None:
                raise KeyError(typed)

            pilot.app.call_later(breaks)
            await pilot.pause()
    left = capsys.readouterr().err
    assert "stopped by a fault of its own" in " ".join(left.split())
    assert "letter" not in left
    assert "Traceback" not in left
