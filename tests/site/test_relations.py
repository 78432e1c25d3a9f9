"""Pages of actions, complaints and committees: what management reads, and what never reaches employees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comptoir.content.edition import Edition
from comptoir.site import render_site
from tests.conftest import MakeProject

from ..content.relations import DAY, make, site_for, views
from ..content.samples import Read, body_of


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make(make_project)


@pytest.fixture
def management(project: Path) -> Edition:
    return site_for(project, "management")


def rendered(site: Edition) -> dict[str, str]:
    files = render_site(site.catalogue, language=site.language.code, today=DAY, results=site.results).files
    return {name: str(text) for name, text in files.items() if isinstance(text, str)}


def test_the_plan_by_lever(management: Edition) -> None:
    plan = views(management)["actions/index.md"]
    assert [(count.state, count.count) for count in plan.counts] == [
        ("overdue", "1"),
        ("done", "1"),
        ("cancelled", "1"),
    ]
    assert [(lever.id, [line.id for line in lever.actions]) for lever in plan.levers] == [
        ("satisfaction", ["faster-answers"]),
        ("brand-and-habit", []),
        ("convenience", ["kiosk"]),
        ("relationship", ["visits"]),
    ]


@pytest.mark.parametrize(
    ("code", "expected", "sentence"),
    [
        (
            "fr",
            "de 4 à 2",
            "1 au 1ᵉʳ\u00a0trimestre\u00a02026, 4 au 3ᵉ\u00a0trimestre\u00a02026\u00a0: un total, dont aucun test ne dit "
            "s’il change vraiment.",
        ),
        (
            "en",
            "from 4 to 2",
            "1 in Q1\u00a02026, 4 in Q3\u00a02026: a total, of which no test tells whether it really changes.",
        ),
    ],
)
def test_the_sheet_of_an_action(project: Path, code: str, expected: str, sentence: str) -> None:
    sheet = views(site_for(project, "management", code))["actions/faster-answers.md"]
    effect = sheet.line.effect
    assert (effect.expected, effect.rises, effect.state, effect.tone) == (expected, False, "untested", "")
    assert effect.sentence == sentence


def test_an_action_without_an_indicator_says_so(management: Edition) -> None:
    page = Read(body_of(rendered(management)["actions/visits.md"]))
    assert page.wrong == []
    assert "Aucun indicateur n’est nommé." in page.words


def test_the_register(management: Edition) -> None:
    page = views(management)["complaints.md"]
    assert page.sentences == (
        "4 réclamations reçues au 3ᵉ\u00a0trimestre\u00a02026.",
        "2 sur 4 ont reçu leur réponse en 5 jours ouvrés (50,0\u202f%, de 15 à 85\u202f%).",
        "2 attendent leur réponse, la plus ancienne depuis 27\u00a0jours ouvrés.".replace("\u00a0", " "),
        "2 en répètent une autre (même client, même service, même cause).",
        "Le registre est connu jusqu’au 8\u00a0octobre 2026.",
    )
    assert [(row.line.id, row.line.state, row.line.repeats) for row in page.rows] == [
        ("C5", "overdue", "C2"),
        ("C6", "waiting", ""),
        ("C4", "in-time", ""),
        ("C3", "late", ""),
        ("C2", "in-time", "C1"),
        ("C1", "in-time", ""),
    ]
    assert page.rows[0].repeats_url == "#r-C2"
    (row,) = page.segments
    assert (row.who.title, row.total, row.in_time, row.open, row.repeated) == (
        "Chercheurs",
        "5",
        "60,0\u202f%",
        "1",
        "2",
    )
    assert len(page.charts) == 2


@pytest.mark.parametrize(
    ("committee", "items"),
    [
        ("board", ["results", "decisions", "at-risk", "lifecycle"]),
        ("users", ["levels", "needs", "actions"]),
        ("desk", ["outages", "backlog", "complaints", "due"]),
        ("fair", []),
    ],
)
def test_agendas_differ_in_depth(management: Edition, committee: str, items: list[str]) -> None:
    agenda = views(management)[f"committees/{committee}.md"].agenda
    assert [item.id for item in agenda] == items
    assert all(item.points or item.nothing for item in agenda)


def test_an_agenda_is_made_from_the_facts(management: Edition) -> None:
    found: dict[str, Any] = {
        item.id: item
        for name in ("board", "desk")
        for item in views(management)[f"committees/{name}.md"].agenda
    }
    assert [(point.title, point.verdict.word) for point in found["results"].points] == [
        ("Réclamations", "Manqué")
    ]
    assert [point.title for point in found["complaints"].points] == [
        "C5 – Laboratoire de physique – Messagerie",
        "C6 – Chercheurs – Wi-Fi",
    ]
    assert [point.title for point in found["due"].points] == ["Visites"]


def test_employees_see_dates_and_topics_and_nothing_else(project: Path) -> None:
    site = site_for(project, "employees")
    pages = views(site)
    assert "complaints.md" not in pages
    assert not any(path.startswith("actions") for path in pages)
    assert all(not pages[path].agenda for path in pages if path.startswith("committees/"))
    files = rendered(site)
    assert "Un sujet public" in files["committees/users.md"]
    everything = "".join(files.values())
    for secret in (
        ">C5<",
        "faster-answers",
        "Répondre plus vite",
        "Laboratoire de physique",
        "Ordre du jour",
    ):
        assert secret not in everything, secret
    assert site.results is not None
    assert [
        name for name in site.results.charts if name.endswith(("complaint-days", "complaint-causes"))
    ] == []


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "actions/index.md",
        "actions/faster-answers.md",
        "complaints.md",
        "committees/board.md",
        "committees/desk.md",
    ],
)
def test_pages_are_well_formed_with_one_title(project: Path, path: str, code: str) -> None:
    page = Read(body_of(rendered(site_for(project, "management", code))[path]))
    assert page.wrong == []
    assert len(page.all("h1")) == 1
    identifiers = [one["id"] for name, one in page.elements if "id" in one and not name.startswith("svg")]
    assert len(identifiers) == len(set(identifiers))


def test_the_report_tells_what_was_done_and_answered(management: Edition) -> None:
    report = views(management)["reports/2026-Q3.md"]
    sections = {section.id: section for chapter in report.chapters for section in chapter.sections}
    assert sections["actions"].sentences == (
        "2 actions au plan\u00a0: satisfaction (1), relation (1). Aucune pour\u00a0: image et habitude, facilité d’accès et de choix.",
        "1 est en retard au 15\u00a0octobre 2026.",
    )
    assert [[cell.text for cell in row][:2] for row in sections["past-actions"].tables[0].table.rows] == [
        ["Répondre plus vite", "Faite le 15\u00a0juin 2026"],
        ["Borne", "Abandonnée"],
    ]
    assert [row[0].text for row in sections["coming-actions"].tables[0].table.rows] == ["Visites"]
    analyses = {one.id: one for one in views(management)["reports/2026-Q3/analyses.md"].sections}
    assert analyses["complaint-register"].sentences[0].startswith("4 réclamations")
    assert len(analyses["complaint-register"].charts) == 2
    evolve = report.chapters[-1].sections
    assert (evolve[0].id, evolve[-1].id) == ("past-actions", "coming-actions")


def test_a_segment_reads_its_own_complaints_only(management: Edition) -> None:
    pages = views(management)
    report = pages["reports/2026-Q3/segments/researchers.md"]
    sections = {section.id: section for chapter in report.chapters for section in chapter.sections}
    assert sections["complaint-register"].charts == ()
    assert sections["complaint-register"].tables == ()
    assert "actions" in sections
    client = pages["reports/2026-Q3/clients/physics.md"]
    own = {section.id: section for chapter in client.chapters for section in chapter.sections}
    assert "actions" not in own
    assert own["complaint-register"].sentences[2] == "1 attend sa réponse, depuis 27 jours ouvrés."


def test_what_is_not_measured_is_not_said_to_be_kept(make_project: MakeProject) -> None:
    """One count of requests: no service level, no outage, no complaint and no sign of leaving can be told."""
    project = make(make_project)
    tickets = project / "indicators" / "data" / "tickets.csv"
    kept = [line for line in tickets.read_text("utf-8").splitlines() if "complaint" not in line]
    tickets.write_text("\n".join(kept) + "\n", encoding="utf-8")
    site = site_for(project, "management", "en")
    pages = views(site)
    found = {
        item.id: item.nothing
        for name in ("board", "users", "desk")
        for item in pages[f"committees/{name}.md"].agenda
        if item.nothing
    }
    unmeasured = "No data tell: to be brought to the meeting."
    assert {name: found[name] for name in ("levels", "outages")} == {
        "levels": unmeasured,
        "outages": unmeasured,
    }
    assert found["complaints"] == "None: all were answered."
    assert "complaints.md" not in pages
