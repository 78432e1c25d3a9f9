"""`python -m comptoir`, and the command `comptoir`: the command line is loaded by the process that serves it alone.

Processes that draw or print begin by importing this module again, and need nothing of the command line.
"""

from __future__ import annotations


def main() -> int:
    """Run one command."""
    from comptoir.cli import main

    return main()


if __name__ == "__main__":
    raise SystemExit(main())
