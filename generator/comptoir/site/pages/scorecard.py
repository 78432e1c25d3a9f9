"""The scorecard of services, for those who keep the catalogue: its levels, what is missing most, each service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comptoir.addresses import PAGES
from comptoir.content.edition import Edition
from comptoir.content.parts import Link
from comptoir.content.scorecard import ScorecardContent, scorecard_content
from comptoir.site.data.scorecard import SCORECARD_FILE
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """All that the page shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    content: ScorecardContent
    data: Link


def scorecard_pages(at: Edition) -> Iterator[Page]:
    """The page; nothing for an audience that does not see all."""
    if not at.is_narrowest or not at.catalogue.services:
        return
    say = at.language.gettext
    is_default = at.language.code == at.catalogue.organisation.languages[0]
    view = ScorecardView(
        title=say("Tenue du catalogue"),
        lead=say(
            "Ce que chaque fiche de service a déjà, ce qui lui manque pour le niveau suivant, et qui s'en occupe."
        ),
        crumbs=trail(at),
        content=scorecard_content(at),
        data=Link(
            say("Les mêmes données, pour un programme"), f"../{'' if is_default else '../'}{SCORECARD_FILE}"
        ),
    )
    yield Page(
        PAGES["scorecard"], "scorecard.md.j2", view, view.title, description=view.lead, section="scorecard"
    )
