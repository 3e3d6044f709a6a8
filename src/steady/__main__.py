"""The way in: `steady` alone opens the program, with words after it a command."""

import sys


def main() -> int:
    """Run Steady; returns the exit status."""
    if len(sys.argv) == 1:
        from steady.faults import told

        return told(_open)
    from steady.cli import run

    return run(sys.argv[1:])


def _open() -> int:
    from steady.tui import open_program

    return open_program()


if __name__ == "__main__":
    sys.exit(main())
