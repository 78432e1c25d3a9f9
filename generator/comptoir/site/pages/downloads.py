"""The page of downloads: printed files in; a card with a picture for each, in groups, and the sheets by family, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comptoir.addresses import PAGES
from comptoir.content.downloads import DownloadGroup, download_link, groups_of
from comptoir.content.edition import Edition
from comptoir.content.parts import FamilyMark, Link, family_mark, services_of, sorted_families
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.services import Family
from comptoir.site.pages.page import Page, trail

SHEET: Final = "sheet"
_SECTIONS: Final = (
    ("offer", ("catalogue", "poster", "cover", "leaflet")),
    ("slides", ("slides", "slides-template")),
    ("reports", ("report",)),
    ("letters", ("letter",)),
)
"""Kinds of files that stand together; any other comes last."""

_OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class DownloadCard:
    """Files that belong together, with the picture of their first page: `alternative` says what it shows."""

    title: str
    preview: LinkTarget
    alternative: str
    files: tuple[Link, ...]
    is_wide: bool  # a slide, not a sheet of paper


@dataclass(frozen=True, slots=True)
class DownloadSection:
    """Cards under one heading."""

    id: str
    title: str
    cards: tuple[DownloadCard, ...]


@dataclass(frozen=True, slots=True)
class FamilySheets:
    """The sheets of the services of a family."""

    mark: FamilyMark
    cards: tuple[DownloadCard, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """All that the page of downloads shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    date: str
    iso_date: str
    sections: tuple[DownloadSection, ...]
    sheets: tuple[FamilySheets, ...]


def downloads_pages(at: Edition) -> Iterator[Page]:
    """The page of downloads; nothing when nothing was printed."""
    if not at.downloads:
        return
    say = at.language.gettext
    groups = groups_of(at)
    view = DownloadsView(
        title=say("À télécharger"),
        lead=say("Le catalogue sur papier, au mur ou dans vos présentations : les mêmes mots que ce site."),
        crumbs=trail(at),
        date=at.language.day(at.today),
        iso_date=at.today.isoformat(),
        sections=tuple(_sections(at, [group for group in groups if group.kind != SHEET])),
        sheets=tuple(_sheets(at, {group.subject: group for group in groups if group.kind == SHEET})),
    )
    yield Page(
        PAGES["downloads"],
        "downloads.md.j2",
        view,
        view.title,
        description=view.lead,
        tags=("PDF", "PowerPoint", say("affiche"), say("diaporama")),
    )


def _sections(at: Edition, groups: list[DownloadGroup]) -> Iterator[DownloadSection]:
    say = at.language.gettext
    titles = {
        "offer": say("L'offre sur papier"),
        "slides": say("Pour vos présentations"),
        "reports": say("Les rapports"),
        "letters": say("Les lettres"),
        _OTHER: say("Autres documents"),
    }
    known = {kind: name for name, kinds in _SECTIONS for kind in kinds}
    for name in titles:
        cards = tuple(_card(at, group) for group in groups if known.get(group.kind, _OTHER) == name)
        if cards:
            yield DownloadSection(name, titles[name], cards)


def _sheets(at: Edition, groups: dict[str, DownloadGroup]) -> Iterator[FamilySheets]:
    for family in sorted_families(at):
        cards = tuple(_card(at, groups[name]) for name in _names(at, family) if name in groups)
        if cards:
            yield FamilySheets(family_mark(at, family), cards)


def _names(at: Edition, family: Family) -> tuple[str, ...]:
    return tuple(service.id for service in services_of(at, family.id))


def _card(at: Edition, group: DownloadGroup) -> DownloadCard:
    title = group.files[0].title
    said = at.language.gettext("Aperçu : %(title)s") % {"title": title}
    return DownloadCard(
        title=title,
        preview=Ref("path", group.preview) if group.preview else "",
        alternative=said,
        files=tuple(download_link(at, file) for file in group.files),
        is_wide=group.kind.startswith("slides"),
    )
