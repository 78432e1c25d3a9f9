"""`python -m comptoir`, and the command `comptoir`: the command line is loaded by the process that serves it alone.

Processes that draw or print begin by importing this module again, and need nothing of the command line.
"""

from __future__ import annotations

import gc
import signal


def main() -> int:
    """Run one command. It ends soon, and most of what it makes lives until then: nothing looks for garbage.

    `serve`, which stays, looks for it again.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what it started ends first, as with Ctrl-C
    gc.set_threshold(0)
    try:
        from comptoir.cli import main

        return main()
    except KeyboardInterrupt:  # while it was still loaded
        return 130
    finally:
        gc.freeze()  # the interpreter looks through all that is left once more at its end


if __name__ == "__main__":
    raise SystemExit(main())
