"""The last words of a program that met a fault of its own."""

import traceback
from pathlib import Path

from textual.worker import WorkerFailed

from steady.errors import SteadyError
from steady.safety.cleaning import one_line

_OURS = Path(__file__).resolve().parents[1]


def last_words(fault: BaseException | None) -> str:
    """What happened, where, and what still stands.

    The words of an unknown fault are left out, and so is the state of the program: both can hold
    what was typed, and this stays on the terminal for whoever comes next.
    """
    if isinstance(fault, WorkerFailed):
        fault = fault.error
    if isinstance(fault, SteadyError):
        return f"steady: {one_line(str(fault))}"
    where = ""
    if fault is not None:
        steps = traceback.extract_tb(fault.__traceback__)
        ours = [step for step in steps if _OURS in Path(step.filename).parents] or steps
        last = f", {Path(ours[-1].filename).name} line {ours[-1].lineno}" if ours else ""
        where = f" ({type(fault).__name__}{last})"
    return (
        f"steady: stopped by a fault of its own{where}. All that you said is kept; open Steady "
        "again to carry on. The person who looks after it sees more with TEXTUAL=debug set."
    )
