"""What tests of slides share: the base case as a deck, and presentations as a program reads them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation

from comptoir.audiences import for_audience
from comptoir.content.edition import Edition
from comptoir.model.base import Model, Text
from comptoir.model.catalogue import Catalogue
from comptoir.resources import templates_folder
from comptoir.site import Results
from comptoir.slides.deck import Deck, Hole, Kind
from comptoir.slides.looks import Looks
from comptoir.slides.make import make_deck
from comptoir.slides.template import find_template
from comptoir.slides.write import write_presentation
from comptoir.wording import language as speak
from tests.content.samples import TODAY, base_catalogue

TEMPLATE = find_template((templates_folder(),))
IDENTIFIERS = frozenset({"id", "family", "audience"})


def deck_of(
    catalogue: Catalogue | None = None,
    code: str = "fr",
    results: Results | None = None,
    *,
    per_service: bool = True,
) -> tuple[Deck, Looks]:
    """The deck of `catalogue`, cut for everybody; that of the base case if None."""
    cut = for_audience(catalogue or base_catalogue(), "employees")
    return make_deck(Edition(cut, speak(code), TODAY, results), TEMPLATE, per_service=per_service)


def presentation_of(
    catalogue: Catalogue | None = None, code: str = "fr", results: Results | None = None, **others: Any
) -> Any:
    """The same, written and read again."""
    return Presentation(BytesIO(written(catalogue, code, results, **others)))


def written(
    catalogue: Catalogue | None = None, code: str = "fr", results: Results | None = None, **others: Any
) -> bytes:
    """The bytes of the presentation."""
    deck, looks = deck_of(catalogue, code, results)
    return write_presentation(deck, looks, TODAY, **others)


def changed(model: Model, **values: Any) -> Any:
    """The same with other values; strings are texts, save identifiers. Keeps the document that it was read from."""
    texts = {
        name: Text(value) if isinstance(value, str) and name not in IDENTIFIERS else value
        for name, value in values.items()
    }
    return model.model_copy(update=texts)


def with_services(catalogue: Catalogue, count: int, **values: Any) -> Catalogue:
    """The catalogue with so many services, like 'wifi' but for `values`, and no other."""
    wifi = catalogue.services["wifi"]
    services = {
        f"s{n:02}": changed(
            wifi,
            id=f"s{n:02}",
            **{k: v.format(n=n) if isinstance(v, str) else v for k, v in values.items()},
        )
        for n in range(count)
    }
    return replace(catalogue, services=services)


def body(width: float, height: float, *levels: Any) -> Hole:
    """A place of that size."""
    from comptoir.slides.deck import Box, Level

    return Hole(10, Kind.BODY, "Text", Box(0, 0, width, height), levels or (Level(20),))


def words_of(presentation: Any) -> list[str]:
    """Every text of the slides and of their notes."""
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        found += slide.notes_slide.notes_text_frame.text.splitlines()
    return found
