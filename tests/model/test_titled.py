"""Official names and summaries are accepted as long as they are; narrow places show what fits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.build import check_project
from comptoir.model.names import names_of
from comptoir.model.titled import SHORT_NAME, SHORT_SUMMARY, propose_name, propose_summary
from comptoir.problems import Problem, Severity

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
LONG = "Demander une autorisation d'occupation temporaire du domaine public routier départemental (travaux, échafaudage, benne)"
SUMMARY = (
    "Une démarche en ligne pour les particuliers. Elle vaut aussi pour les entreprises du département, quelle que soit leur taille. "
    * 3
)


def found(make_project: MakeProject, **keys: object) -> tuple[object, list[Problem]]:
    project = make_project(keys={"catalogue/services/wifi.yaml": keys})
    catalogue, problems = check_project(project, TODAY)
    return catalogue, [problem for problem in problems if problem.severity is not Severity.NOTICE]


def test_an_official_name_is_kept_and_a_short_one_proposed(make_project: MakeProject) -> None:
    catalogue, problems = found(make_project, name=LONG, summary={"fr": SUMMARY, "en": "Short."})
    assert problems == []
    service = catalogue.services["wifi"]  # type: ignore[attr-defined]
    assert service.official_name.in_language("fr") == LONG
    assert service.name.in_language("fr") == "Demander une autorisation d'occupation…"
    assert service.full_summary.in_language("fr") == SUMMARY.strip()
    assert service.summary.in_language("fr").endswith("taille.")
    assert service.summary.in_language("en") == "Short."
    assert names_of(catalogue, "service")[LONG.casefold()] == "wifi"  # type: ignore[arg-type]


def test_a_short_name_is_shown_where_it_is_written(make_project: MakeProject) -> None:
    catalogue, problems = found(
        make_project, name={"fr": LONG, "en": "Short"}, short_name={"fr": "Voirie", "en": "Roads"}
    )
    assert problems == []
    service = catalogue.services["wifi"]  # type: ignore[attr-defined]
    assert service.name.variants() == (("en", "Roads"), ("fr", "Voirie"))
    assert not service.has_proposed_name


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"name": "x" * 151}, "this text has 151 characters; 150 fit in its place"),
        ({"summary": {"fr": "x " * 250, "en": "y"}}, "this text has 499 characters; 400 fit in its place"),
        ({"short_name": "x" * 49}, "this text has 49 characters; 48 fit in its place"),
        ({"name": {"fr": LONG}}, "this text lacks 'en'"),
        ({"name": ["a"]}, "expected text"),
    ],
)
def test_mistakes(make_project: MakeProject, keys: dict[str, object], message: str) -> None:
    _, problems = found(make_project, **keys)
    assert any(message in problem.message for problem in problems), problems


@given(st.text(min_size=1, max_size=200))
def test_what_is_proposed_fits(text: str) -> None:
    assert len(propose_name(text)) <= SHORT_NAME
    assert len(propose_summary(text)) <= SHORT_SUMMARY
    if 0 < len(" ".join(text.split())) <= SHORT_NAME:
        assert propose_name(text) == " ".join(text.split())
