"""The pages of the site, one maker a kind of page: add a page by adding its maker here and its template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from comptoir.content.edition import Edition
from comptoir.site.pages.about import about_pages
from comptoir.site.pages.actions import action_pages
from comptoir.site.pages.agreements import agreement_pages
from comptoir.site.pages.committees import committee_pages
from comptoir.site.pages.complaints import complaint_pages
from comptoir.site.pages.disturbances import disturbance_pages
from comptoir.site.pages.downloads import downloads_pages
from comptoir.site.pages.families import family_pages
from comptoir.site.pages.glossary import glossary_pages
from comptoir.site.pages.home import home_pages
from comptoir.site.pages.indicators import home_figures, indicator_pages
from comptoir.site.pages.news import news_pages
from comptoir.site.pages.page import Page
from comptoir.site.pages.partners import partner_pages
from comptoir.site.pages.report import report_pages
from comptoir.site.pages.reports import reports_pages
from comptoir.site.pages.scorecard import scorecard_pages
from comptoir.site.pages.segments import segment_pages
from comptoir.site.pages.service import service_pages
from comptoir.site.pages.services import services_pages
from comptoir.site.pages.synopsis import synopsis_pages

MAKERS: Final[tuple[Callable[[Edition], Iterator[Page]], ...]] = (
    lambda at: home_pages(at, home_figures(at)),
    services_pages,
    service_pages,
    family_pages,
    segment_pages,
    agreement_pages,
    indicator_pages,
    reports_pages,
    report_pages,
    action_pages,
    complaint_pages,
    scorecard_pages,
    partner_pages,
    synopsis_pages,
    downloads_pages,
    about_pages,
    committee_pages,
    glossary_pages,
    news_pages,
    disturbance_pages,
)


def make_pages(at: Edition) -> Iterator[Page]:
    """Every page of the site, ready for its template."""
    for maker in MAKERS:
        yield from maker(at)
