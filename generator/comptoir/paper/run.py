"""A print run in one language: its edition in; a new paper for each document, and what all documents see, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from comptoir.content.edition import Edition
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import PrintSettings
from comptoir.paper.colours import paper_colours
from comptoir.paper.fonts import Typefaces
from comptoir.paper.paper import Anchor, Paper
from comptoir.paper.types import PaperDocument, ViewData
from comptoir.paper.written import written_at
from comptoir.store import Store
from comptoir.wording import Language

DOWNLOADS: Final = "downloads/"


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be printed: the catalogue in one language, with what was measured; and how."""

    edition: Edition
    typefaces: Typefaces
    settings: PrintSettings
    store: Store | None = None  # for what is made here, and not by the compiler
    template_folders: Sequence[Path] = ()  # the project's own first

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, cut for its audience."""
        return self.edition.catalogue

    @property
    def language(self) -> Language:
        """The language of the run."""
        return self.edition.language

    def paper(self, inside: frozenset[Anchor] = frozenset()) -> Paper:
        """A new sheet to write a document on; `inside` are the parts that the document itself holds."""
        return Paper(self.edition, inside)

    def document(
        self,
        paper: Paper,
        *,
        path: str,
        kind: str,
        title: str,
        template: str,
        view: Mapping[str, ViewData],
        **others: Any,
    ) -> PaperDocument:
        """The document that was written on `paper`. Its template sees `view`, and what all templates see.

        `others` are further fields of `PaperDocument`.
        """
        shared = self._shared(paper)
        return PaperDocument(
            path=path,
            kind=kind,
            title=title,
            language=self.language.code,
            template=template,
            data={**shared, "title": title, "view": paper.resolved(dict(view)), "drawings": paper.drawings},
            places=paper.places,
            search=partial(written_at, self.catalogue),
            assets=paper.assets,
            **others,
        )

    def _shared(self, paper: Paper) -> dict[str, ViewData]:
        organisation = self.catalogue.organisation
        brand = organisation.brand
        return {
            "language": self.language.code,
            "date": self.edition.today.isoformat(),
            "date_in_words": self.language.day(self.edition.today),
            "organisation": {
                "name": paper.text(organisation, "name"),
                "department": paper.text(organisation, "department"),
                "short_name": paper.text(organisation, "short_name"),
                "slogan": paper.text(organisation, "slogan"),
                "demonstration": organisation.demonstration,
                "mailbox": organisation.functional_mailbox.address,
                "phone": (organisation.service_desk.phone or "").replace(" ", "\u00a0"),
            },
            "brand": {
                "colours": paper_colours(organisation),
                "logo": paper.picture(brand.logo),
                "logo_dark": paper.picture(brand.logo_dark or brand.logo),
                "fonts": {
                    "text": list(self.typefaces.text),
                    "headings": list(self.typefaces.headings),
                    "code": list(self.typefaces.code),
                },
            },
            "print": {"bleed": self.settings.bleed, "marks": self.settings.crop_marks},
            "words": self._words(),
        }

    def _words(self) -> dict[str, ViewData]:
        """The words of the furniture of every page."""
        say = self.language.gettext
        return {
            "demonstration": say("Contenu fictif, pour la démonstration."),
            "page": say("page"),
            "qr": say("Code QR vers %(address)s"),
        }

    def text(self, text: Text | None) -> str:
        """A user's text in the language of the run, on one line."""
        return self.paper().at.text(text)
