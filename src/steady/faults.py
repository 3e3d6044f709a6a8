"""Faults told in one sentence on standard error; never a traceback for a known fault."""

import os
import sys
from collections.abc import Callable

from steady.errors import SteadyError, UsageFault
from steady.safety.cleaning import one_line

INTERRUPTED = 130


def told(work: Callable[[], int]) -> int:
    """Do the work; a known fault becomes a sentence and status 1 (wrong usage: 2)."""
    try:
        return work()
    except UsageFault as fault:
        print(f"steady: {one_line(str(fault))}", file=sys.stderr)
        return 2
    except SteadyError as fault:
        print(f"steady: {one_line(str(fault))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has left; give Python nowhere to write at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
