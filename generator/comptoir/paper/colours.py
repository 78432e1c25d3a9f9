"""The colours of paper: those of the organisation in; the tokens of the site by day, on white, out."""

from __future__ import annotations

from comptoir.model.organisation import Organisation
from comptoir.model.services import Family
from comptoir.paper.types import ViewData
from comptoir.tokens import family_tokens, site_tokens


def paper_colours(organisation: Organisation) -> dict[str, ViewData]:
    """Every colour of the brand that a template may use, by name; each text passes WCAG AA where it is meant to stand."""
    colours = organisation.brand.colours
    return {**site_tokens(colours.primary, colours.accent or colours.primary), "paper": "#ffffff"}


def family_colours(family: Family | None, organisation: Organisation) -> dict[str, ViewData]:
    """The colours of a family; those of the brand where there is none."""
    return {**family_tokens(family.colour if family else organisation.brand.colours.primary)}
