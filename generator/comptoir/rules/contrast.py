"""White text can be read on every colour: a contrast of 4.5 at least (WCAG 2.2, level AA).

Passes::

    # catalogue/families/workplace.yaml
    colour: '#1a5fb4'

Fails::

    # catalogue/families/workplace.yaml
    colour: '#ffcc00'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor
from typing import Final

from comptoir.colours import AA_TEXT, WHITE, contrast_ratio, nearest_readable
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem

RULE: Final = "contrast"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Colours on which white text is hard to read."""
    if catalogue.has_organisation:
        organisation = catalogue.organisation
        colours = organisation.brand.colours
        for key, colour in (("primary", colours.primary), ("accent", colours.accent)):
            if colour is not None:
                yield from _check_colour(colour, organisation.locate("brand", "colours", key))
    for family in catalogue.families.values():
        yield from _check_colour(family.colour, family.locate("colour"))
    for segment in catalogue.segments.values():
        if segment.colour is not None:
            yield from _check_colour(segment.colour, segment.locate("colour"))


def _check_colour(colour: str, where: Location) -> Iterator[Problem]:
    ratio = contrast_ratio(WHITE, colour)
    if ratio < AA_TEXT:
        shown = floor(ratio * 100) / 100  # never rounded up to what would pass
        message = f"white text on '{colour}' has a contrast of {shown:.2f}; {AA_TEXT} is needed"
        hint = f"the nearest colour that passes is '{nearest_readable(colour, WHITE, AA_TEXT)}'"
        yield Problem(where, RULE, message, hint)
