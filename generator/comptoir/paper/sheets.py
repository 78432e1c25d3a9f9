"""Product sheets: the services in, a document of one or two pages for each out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.model.terms import Lifecycle
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.service_view import service_on_paper, service_words
from comptoir.paper.types import A4_SIDE, PaperDocument

MOST_PAGES: Final = 2


def sheet_path(service: str) -> str:
    """Where the sheet of a service is published, under docs/ of its language."""
    return f"{DOWNLOADS}sheets/{service}.pdf"


def make_sheets(run: Run) -> Iterator[PaperDocument]:
    """A sheet for each service that one may ask for or expect."""
    for service in run.catalogue.services.values():
        if service.lifecycle is Lifecycle.RETIRED:
            continue
        paper = run.paper()
        view = {"service": service_on_paper(paper, service), "labels": service_words(paper)}
        yield run.document(
            paper,
            path=sheet_path(service.id),
            kind="sheet",
            title=paper.at.text(service.official_name),
            template="sheet.typ",
            view=view,
            most_pages=MOST_PAGES,
            preview_side=A4_SIDE,
            subject=service.id,
        )
