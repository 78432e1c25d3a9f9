"""`python -m comptoir`, and the command `comptoir`: the command line is loaded by the process that serves it alone.

Processes that draw or print begin by importing this module again, and need nothing of the command line.
"""

from __future__ import annotations

import gc
import signal

GARBAGE_THRESHOLD = 200_000
"""A catalogue is many small values that live to the end: looking for garbage often costs a third of a check."""


def main() -> int:
    """Run one command."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what it started ends first, as with Ctrl-C
    gc.set_threshold(GARBAGE_THRESHOLD, 50, 100)
    try:
        from comptoir.cli import main

        return main()
    except KeyboardInterrupt:  # while it was still loaded
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
