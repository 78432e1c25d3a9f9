"""An SVG file only draws: no scripts, animations, embedded pages or pictures, nothing from outside the file.

Passes::

    # catalogue/brand/logo.svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>

Fails::

    # catalogue/brand/logo.svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><script>alert(1)</script></svg>
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem
from comptoir.svg import check_svg

RULE: Final = "svg"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What is not allowed in the project's drawings."""
    for file, content in sorted(catalogue.svgs.items()):
        for line, column, message in check_svg(content):
            yield Problem(Location(file, line, column), RULE, message)
