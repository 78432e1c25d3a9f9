"""The slides as a product: what is printed, and what is written anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comptoir.paper.run import Run
from comptoir.paper.types import Printed
from comptoir.slides import product
from comptoir.slides.product import make_slides, make_slides_template
from comptoir.store import Store
from tests.content.samples import TODAY, base_catalogue
from tests.damage import ways_to_damage
from tests.paper.pressing import run_of
from tests.slides.decks import changed


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the decks that were written, and not taken from the store."""
    titles: list[str] = []
    write = product.write_presentation

    def noting(deck, looks, today, **others):  # type: ignore[no-untyped-def]
        titles.append(deck.title)
        return write(deck, looks, today, **others)

    monkeypatch.setattr(product, "write_presentation", noting)
    return titles


def make_both(run: Run) -> list[Printed]:
    """The presentation and the model."""
    return [*make_slides(run), *make_slides_template(run)]


def test_a_presentation_and_a_model_are_printed() -> None:
    slides, model = make_both(run_of(base_catalogue()))
    assert [(p.path, p.kind, p.title, p.pages) for p in (slides, model)] == [
        ("downloads/slides.pptx", "slides", "Diaporama de l’offre", 4),
        ("downloads/slides-template.potx", "slides-template", "Modèle de présentation", 1),
    ]
    assert all(p.content.startswith(b"PK") and p.preview[8:12] == b"WEBP" for p in (slides, model))
    assert slides.problems == ()


def test_only_what_changed_is_written_anew(tmp_path: Path, written: list[str]) -> None:
    store = Store(tmp_path)
    run = replace(run_of(base_catalogue()), store=store)
    first = list(make_both(run))
    assert len(written) == 2
    assert list(make_both(run)) == first
    assert len(written) == 2
    catalogue = base_catalogue()
    services = {**catalogue.services, "wifi": changed(catalogue.services["wifi"], summary="Autre.")}
    edited = replace(run_of(replace(catalogue, services=services)), store=store)
    assert next(iter(make_slides(edited))).content != first[0].content
    assert len(written) == 3  # the model does not speak of services
    tomorrow = replace(run, edition=replace(run.edition, today=date(2026, 10, 16), memory={}))
    list(make_both(tomorrow))
    assert len(written) == 5


def test_a_presentation_that_was_damaged_is_written_anew(tmp_path: Path, written: list[str]) -> None:
    run = replace(run_of(base_catalogue()), store=Store(tmp_path))
    first = list(make_both(run))
    for number, way in enumerate(ways_to_damage(tmp_path), start=2):
        assert list(make_both(run)) == first, way
        assert len(written) == 2 * number
    assert run.edition.today == TODAY


def test_colours_and_fonts_change_the_file(tmp_path: Path, written: list[str]) -> None:
    store = Store(tmp_path)
    catalogue = base_catalogue()
    list(make_both(replace(run_of(catalogue), store=store)))
    brand = catalogue.organisation.brand
    red = brand.model_copy(update={"colours": brand.colours.model_copy(update={"primary": "#8a1538"})})
    organisation = catalogue.organisation.model_copy(update={"brand": red})
    list(make_both(replace(run_of(replace(catalogue, organisation=organisation)), store=store)))
    assert len(written) == 4
