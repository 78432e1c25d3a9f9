"""The scorecard of services: what each check sees, levels one after the other, reminders, the file for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from comptoir.analysis.scorecard import CHECKS, ScorecardFacts, ServiceScore, default_levels, score_services
from comptoir.checking import check_project
from comptoir.cli import main
from comptoir.content.edition import Edition
from comptoir.content.scorecard import owner_reminders, scorecard_content
from comptoir.model.terms import ScorecardCheck
from comptoir.site import render_site
from comptoir.site.data.scorecard import scorecard_json, scorecard_schema
from comptoir.wording import language
from tests.conftest import MakeProject, project_maker
from tests.content.relations import DAY, make, site_for

TODAY = date(2026, 10, 15)
MAIL = "catalogue/services/mail.yaml"
WIFI = "catalogue/services/wifi.yaml"
FIELDS = "- {id: cost-centre, label: {fr: Centre de coûts, en: Cost centre}, required: true}\n"
THREE = [{"fr": f"Bénéfice numéro {n}.", "en": f"Benefit number {n}."} for n in (1, 2, 3)]
ROLE = {"role": {"fr": "Responsable", "en": "Head"}}
ASKED = {"id": "box", "name": {"fr": "Boîte", "en": "Mailbox"}}
DELAY = {"fr": "un jour", "en": "one day"}
SAME = {"fr": "Not translated by anybody yet.", "en": "Not translated by anybody yet."}


def scores(project: Path, today: date = TODAY) -> dict[str, ServiceScore]:
    """The scores of a project where nothing is measured, by service."""
    catalogue, problems = check_project(project, today)
    assert [p.message for p in problems if p.severity == "error"] == []
    card = score_services(ScorecardFacts(catalogue, None, None, today))
    return {one.service.id: one for one in card.services}


@pytest.mark.parametrize(
    ("check", "keys", "expected"),
    [
        ("owner", {}, False),
        ("owner", {"owner": {**ROLE, "phone": "+33 1 23 45 67 89"}}, True),
        ("reviewed", {}, True),
        ("reviewed", {"review_date": "2026-10-14"}, False),
        ("benefits", {}, False),
        ("benefits", {"benefits": THREE}, True),
        ("description", {}, False),
        ("description", {"description": {"fr": "Tout.", "en": "All."}}, True),
        ("needs", {"needs": [{"fr": "écrire", "en": "write"}]}, True),
        ("keywords", {"keywords": [{"fr": "courriel", "en": "e-mail"}]}, True),
        ("questions", {}, False),
        ("request", {}, False),
        ("request", {"request": {"email": "ask@example.org"}}, True),
        ("delay", {"request": {"delay": DELAY}}, True),
        ("delay", {"request_items": [{**ASKED, "delay": DELAY}]}, True),
        (
            "delay",
            {
                "request_items": [
                    {**ASKED, "delay": DELAY},
                    {"id": "other", "name": {"fr": "Autre", "en": "Other"}},
                ]
            },
            False,
        ),
        ("translated", {}, True),
        ("translated", {"summary": SAME}, False),
        ("own-fields", {}, None),
        ("agreement", {}, True),
        ("agreement", {"agreements": []}, False),
        ("measured", {}, False),
        ("measured", {"lifecycle": "pipeline"}, None),
        ("promises-measured", {}, False),
        ("promises-measured", {"agreements": []}, None),
    ],
)
def test_a_check_sees_what_it_says(
    make_project: MakeProject, check: str, keys: dict[str, object], expected: bool | None
) -> None:
    found = scores(make_project(keys={MAIL: keys}))["mail"]
    assert (check in found.passed, check in found.failed) == (expected is True, expected is False)


def test_required_fields_count_and_a_retired_service_does_not(make_project: MakeProject) -> None:
    project = make_project(
        keys={
            "catalogue/fields.yaml": FIELDS,
            MAIL: {"x-cost-centre": "IT-1", "related": []},
            WIFI: {"lifecycle": "retired", "until": "2026-01-01"},
        }
    )
    found = scores(project)
    assert list(found) == ["mail"] and ScorecardCheck.OWN_FIELDS in found["mail"].passed


def test_a_level_needs_those_before_it(make_project: MakeProject) -> None:
    levels = """\
- {id: zero, name: {fr: Base, en: Base}, needs: [reviewed]}
- {id: one, name: {fr: Deux, en: Two}, needs: [benefits, owner]}
- {id: alpha, name: {fr: Trois, en: Three}, needs: [agreement]}
"""
    keys: dict[str, Any] = {"catalogue/scorecard.yaml": levels, MAIL: {"benefits": THREE}}
    one = scores(make_project(keys=keys))["mail"]
    assert one.level is not None and one.level.id == "zero" and one.wanting == (ScorecardCheck.OWNER,)


def test_a_word_that_is_no_check_is_refused_with_the_nearest(make_project: MakeProject) -> None:
    wrong = "- {id: zero, name: Base, needs: [benefit]}\n"
    _, problems = check_project(make_project(keys={"catalogue/scorecard.yaml": wrong}), TODAY)
    (problem,) = (p for p in problems if p.location.file == "catalogue/scorecard.yaml")
    assert (problem.location.line, problem.location.column) == (1, 34)
    assert "benefits" in f"{problem.message} {problem.hint}"


def test_every_check_has_a_function_and_the_usual_levels_use_known_ones() -> None:
    assert set(CHECKS) == set(ScorecardCheck)
    assert [level.id for level in default_levels()] == ["bronze", "silver", "gold"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make(project_maker(tmp_path_factory.mktemp("scorecard")))
    mail = project / MAIL
    text = mail.read_text("utf-8").replace(
        "en: Head of messaging}", "en: Head of messaging}\n  email: mail@example.org"
    )
    mail.write_text(text, "utf-8")
    return project


def test_the_page_the_file_and_the_services_agree(measured: Path) -> None:
    at = replace(site_for(measured, "management", "en"), is_narrowest=True)
    told = json.loads(scorecard_json(at))
    Draft202012Validator(json.loads(scorecard_schema())).validate(told)
    content = scorecard_content(at)
    assert {one["id"] for one in told["services"]} == {"mail", "wifi"}
    assert [level["services"] for level in told["levels"]] == [int(level.count) for level in content.levels]
    mail = next(one for one in told["services"] if one["id"] == "mail")
    assert "measured" in mail["passed"] and "promises-measured" in mail["failed"]
    (lack,) = (one for one in content.lacks if one.name == "All promises in figures measured")
    assert [link.title for link in lack.services] == ["Mail", "Wi-Fi"]
    assert sum(int(group.total) for group in content.owners) == 2 == int(content.families[0].total)


def test_only_those_who_keep_the_catalogue_see_it(measured: Path) -> None:
    at = site_for(measured, "management", "fr")
    pages = {
        narrow: render_site(at.catalogue, language="fr", today=DAY, is_narrowest=narrow).files
        for narrow in (False, True)
    }
    assert {"scorecard.md", "scorecard.json", "scorecard.schema.json"} <= pages[True].keys()
    assert not any("scorecard" in path for path in pages[False])


def test_each_owner_gets_a_draft_with_the_days_of_reviews(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["deliver", "owners", str(measured), "--today", "2027-04-01", "--out", str(tmp_path / "out")]
    assert main(asked) == 1  # one owner has no address: said, and the others are written
    assert "no draft" in capsys.readouterr().err
    (file,) = (tmp_path / "out").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["To"] == "mail@example.org" and message["X-Unsent"] == "1"
    text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "Messagerie" in text and "À relire : la date était le 31 mars 2027." in text.replace("\u00a0", " ")
    (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
    days = [event.decoded("dtstart") for event in Calendar.from_ical(attached.get_content()).walk("VEVENT")]
    assert days == [date(2027, 3, 31)]


def test_an_owner_with_nothing_to_do_gets_no_draft(make_project: MakeProject) -> None:
    project = make_project(
        keys={
            "catalogue/scorecard.yaml": "- {id: read, name: Lu, needs: [reviewed]}\n",
            WIFI: {"review_date": "2027-09-30"},
        }
    )
    catalogue, _ = check_project(project, TODAY)
    asked = {
        today: [one.services for one in owner_reminders(Edition(catalogue, language("fr"), today))]
        for today in (TODAY, date(2027, 2, 15))
    }
    assert asked == {TODAY: [], date(2027, 2, 15): [("mail",)]}
