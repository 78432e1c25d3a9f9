"""Many clients: lists show the first and say how many there are, charts say how they chose, reports go to those named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from comptoir.content.edition import Edition
from comptoir.content.report.parts import MOST_ROWS
from comptoir.content.report.variants import handed_scopes, unnamed_clients
from comptoir.measure.types import Scope
from comptoir.model.loyalty import MANY_CLIENTS, LoyaltySettings
from tests.conftest import project_maker
from tests.content.relations import site_for, views
from tests.many_clients import add_clients

CLIENTS, ORDERS = MANY_CLIENTS + 20, 700


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = project_maker(tmp_path_factory.mktemp("many"))()
    add_clients(made, CLIENTS, ORDERS)
    return made


@pytest.fixture(scope="module")
def site(project: Path) -> Edition:
    return site_for(project, "management", "en")


def tables(site: Edition) -> Iterator[tuple[str, int]]:
    found = views(site)
    shown = [s for chapter in found["reports/2026-Q3.md"].chapters for s in chapter.sections]
    for section in (*shown, *found["reports/2026-Q3/analyses.md"].sections):
        for table in section.tables:
            yield table.table.caption, len(table.table.rows)


def test_lists_show_the_first_and_say_how_many_there_are(site: Edition) -> None:
    found = dict(tables(site))
    assert max(found.values()) == MOST_ROWS
    cut = {caption.partition(":")[0] for caption in found if f"the first {MOST_ROWS} of " in caption}
    assert cut >= {"Client accounts", "Value of each client", "Orders and scores"}
    assert found[f"Value of each client: the first {MOST_ROWS} of 200"] == MOST_ROWS


def test_charts_say_how_they_chose(site: Edition) -> None:
    assert site.results is not None
    charts = site.results.charts
    for name, words in (
        ("abc", "The 30 clients that weigh most, of 220."),
        ("rfm", "The 30 clients with the highest three scores, of 220."),
        ("accounts", "The 30 clients whose orders add up to most in a year, of"),
    ):
        svg = charts[f"en-report-2026-q3-loyalty-{name}"].svg
        assert words.partition(",")[0] in svg.replace("\n", " "), name


def test_nobody_has_a_report_until_it_is_said_who(site: Edition) -> None:
    assert site.results is not None
    assert {scope.client for scope in handed_scopes(site, site.results)} == {""}
    assert unnamed_clients(site, site.results) == CLIENTS + 1
    assert "client_reports" in views(site)["reports/2026-Q3.md"].variants_note
    segment = views(site)["segments/students.md"]
    assert (len(segment.clients), segment.more_clients) == (60, "13")


@pytest.mark.parametrize(
    ("said", "expected"), [("all", 53), ("none", 0), (["client-00000", "client-00009"], 2)]
)
def test_reports_go_to_those_who_are_named(site: Edition, said: object, expected: int) -> None:
    assert site.results is not None
    settings = LoyaltySettings.model_validate({"client_reports": said})
    chosen = replace(site, catalogue=replace(site.catalogue, loyalty=settings))
    scopes = [scope for scope in handed_scopes(chosen, site.results) if scope.client]
    assert len(scopes) == expected
    assert unnamed_clients(chosen, site.results) == 0
    if expected == 2:
        assert scopes == [Scope(client="client-00000"), Scope(client="client-00009")]
