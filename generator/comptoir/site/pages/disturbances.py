"""Planned works and known problems, on one page: those to come, those that are there, those that are over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comptoir.addresses import PAGES
from comptoir.content.disturbances import (
    ProblemLine,
    WorksLine,
    open_problems,
    past_works,
    planned_works,
)
from comptoir.content.edition import Edition
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.site.data.meeting_dates import WORKS_CALENDAR
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class DisturbancesView:
    """All that the page shows; `calendar` is '' without works to come."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    works: tuple[WorksLine, ...]
    problems: tuple[ProblemLine, ...]
    past: tuple[WorksLine, ...]
    calendar: LinkTarget


def disturbance_pages(at: Edition) -> Iterator[Page]:
    """The page; nothing for a project that writes neither works nor problems."""
    if not at.catalogue.works and not at.catalogue.known_problems:
        return
    say = at.language.gettext
    works = planned_works(at)
    view = DisturbancesView(
        title=say("Travaux et problèmes connus"),
        lead=say("Ce qui sera interrompu, ce qui ne marche pas, et ce que l'on peut faire en attendant."),
        crumbs=trail(at),
        works=works,
        problems=open_problems(at),
        past=past_works(at),
        calendar=Ref("path", WORKS_CALENDAR) if works else "",
    )
    yield Page(
        PAGES["disturbances"],
        "disturbances.md.j2",
        view,
        view.title,
        description=view.lead,
        section="disturbances",
    )
