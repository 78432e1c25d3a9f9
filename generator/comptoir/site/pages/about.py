"""The page 'About': who the department is, and every way to reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import PAGES
from comptoir.content.edition import Edition
from comptoir.content.parts import ContactView, Link, contact_view
from comptoir.content.references import LinkTarget
from comptoir.site.data.catalogue import CATALOGUE_FILE
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class AboutView:
    """All that the page 'About' shows."""

    title: str
    slogan: str
    crumbs: tuple[Link, ...]
    about: Markup
    opening_words: Markup
    desk: ContactView | None
    desk_promise: str
    manager: ContactView | None
    mailbox: str
    mailbox_promise: str
    data_url: LinkTarget
    repository: str


def about_pages(at: Edition) -> Iterator[Page]:
    """The page 'About', which also leads to the catalogue for programs, kept with the default language."""
    organisation = at.catalogue.organisation
    say = at.language.gettext
    is_default = at.language.code == organisation.languages[0]
    mailbox = organisation.functional_mailbox
    view = AboutView(
        title=at.text(organisation.department),
        slogan=at.text(organisation.slogan),
        crumbs=trail(at),
        about=at.html(organisation.about, level=2),
        opening_words=at.html(organisation.opening_words, level=3),
        desk=contact_view(at, organisation.service_desk),
        desk_promise=at.text(organisation.service_desk.promise),
        manager=contact_view(at, organisation.relationship_manager),
        mailbox=mailbox.address,
        mailbox_promise=at.text(mailbox.promise),
        data_url=("../" if is_default else "../../") + CATALOGUE_FILE,
        repository=organisation.repository.url if organisation.repository else "",
    )
    yield Page(
        PAGES["about"],
        "about.md.j2",
        view,
        say("À propos"),
        description=view.slogan,
        section="about",
        source=organisation.file,
    )
