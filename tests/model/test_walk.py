"""Walking an entity: every value that its type marks, with the path to it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from comptoir.build import check_project
from comptoir.model.base import Reference, Text, TextPlace
from comptoir.model.catalogue import KINDS, Catalogue
from comptoir.model.walk import reference_kind, submodel, walk

from ..conftest import CASES, MakeProject


@pytest.fixture
def catalogue(make_project: MakeProject, today: date) -> Catalogue:
    result, problems = check_project(make_project(CASES / "good" / "everything-said"), today)
    assert problems == ()
    return result


def test_references(catalogue: Catalogue) -> None:
    found = [(path, mark.kind, name) for path, mark, name in walk(catalogue.services["mail"], Reference)]
    assert found == [
        (("family",), "family", "workplace"),
        (("pictogram",), "pictogram", "own"),
        (("service_hours",), "calendar", "around-the-clock"),
        (("support_hours",), "calendar", "office-hours"),
        (("agreements", 0), "agreement", "sla-standard"),
        (("replaced_by",), "service", "wifi"),
        (("related", 0), "service", "wifi"),
    ]


def test_texts(catalogue: Catalogue) -> None:
    found = {path: place for path, place, _ in walk(catalogue.services["mail"], TextPlace)}
    assert found[("name",)] == TextPlace(150, translated=False)
    assert found[("benefits", 0)] == TextPlace(120)
    assert found[("owner", "role")] == TextPlace(48, translated=False)
    assert found[("documents", 0, "title")] == TextPlace(90)
    assert found[("description",)].markdown


def test_every_value_stands_where_the_walk_says(catalogue: Catalogue) -> None:
    walked = 0
    for _, entity in catalogue.entities():
        for path, _, name in walk(entity, Reference):
            value: object = entity
            for step in path:
                value = value[step] if isinstance(step, int) else getattr(value, step)  # type: ignore[index]
            assert value == name
            assert entity.locate(*path).line >= 1
            walked += 1
        assert all(isinstance(text, Text) for _, _, text in walk(entity, TextPlace))
    assert walked > 15


def test_kinds_have_their_fields() -> None:
    assert {kind.plural for kind in KINDS} <= {one.name for one in fields(Catalogue)}
    assert len({kind.place for kind in KINDS}) == len(KINDS)


def test_models_within_models(catalogue: Catalogue) -> None:
    service = type(catalogue.services["mail"])
    request = submodel(service, "request_items")
    assert request is not None and request.__name__ == "RequestItem"
    assert submodel(service, "name") is None
    assert submodel(service, "nothing") is None
    assert reference_kind(service, "related") == "service"
    assert reference_kind(service, "name") is None
