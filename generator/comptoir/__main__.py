"""`python -m comptoir`: the same as the command `comptoir`."""

from comptoir.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
