"""The glossary: every term with its definition, by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from comptoir.addresses import PAGES
from comptoir.content.edition import Edition
from comptoir.content.parts import Link
from comptoir.model.customers import Term
from comptoir.site.pages.page import Page, trail
from comptoir.wording import plain_words


@dataclass(frozen=True, slots=True)
class TermView:
    """A term; `see` leads to others of the page."""

    id: str
    term: str
    definition: Markup
    see: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GlossaryLetter:
    """The terms that begin with a letter."""

    letter: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """All that the glossary shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    letters: tuple[GlossaryLetter, ...]


def glossary_pages(at: Edition) -> Iterator[Page]:
    """The glossary; no page when there is no term."""
    terms = at.catalogue.glossary
    if not terms:
        return
    say = at.language.gettext
    ordered = sorted(terms.values(), key=lambda term: (plain_words(at.text(term.term)), term.id))
    letters = tuple(
        GlossaryLetter(letter, tuple(_term(at, term) for term in group))
        for letter, group in groupby(ordered, key=lambda term: _letter(at.text(term.term)))
    )
    view = GlossaryView(
        title=say("Glossaire"),
        lead=say("Les mots que nous employons, et ce que nous entendons par là."),
        crumbs=trail(at),
        letters=letters,
    )
    yield Page(
        PAGES["glossary"],
        "glossary.md.j2",
        view,
        view.title,
        description=view.lead,
        section="glossary",
        source=ordered[0].file,
    )


def _letter(term: str) -> str:
    words = plain_words(term)
    return words[0][0].upper() if words and words[0][0].isalpha() else "#"


def _term(at: Edition, term: Term) -> TermView:
    others = (at.catalogue.glossary[name] for name in term.see if name in at.catalogue.glossary)
    return TermView(
        id=term.id,
        term=at.text(term.term),
        definition=at.html(term.definition, level=4),
        see=tuple(Link(at.text(other.term), f"#{other.id}") for other in others),
    )
