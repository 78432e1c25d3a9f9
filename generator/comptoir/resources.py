"""Finds the files that ship with the program, in an installed wheel as in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def templates_folder() -> Path:
    """The folder `site_templates`: inside the package once installed, at the top of the checkout otherwise.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "site_templates", package.parents[1] / "site_templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the folder site_templates is missing: install Comptoir again from its wheel")
