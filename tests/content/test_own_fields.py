"""Fields of a project's own: declared once, typed, shown where the project says and to whom it says."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from comptoir.audiences import for_audience
from comptoir.checking import check_project
from comptoir.content.edition import Edition
from comptoir.content.own_fields import OwnFact, own_facts
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import FieldPlace
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files
from comptoir.site.data.catalogue import catalogue_json
from comptoir.wording import language

TODAY = date(2026, 10, 15)
FIELDS = """\
- id: hosting
  label: {fr: Hébergement, en: Hosting}
  type: choice
  choices:
    - {id: here, name: {fr: Chez nous, en: In house}}
    - {id: away, name: {fr: Ailleurs, en: Elsewhere}}
  show: [page, sheet, list, export]
- {id: users, label: {fr: Utilisateurs, en: Users}, type: number, show: [page, export]}
- {id: audited, label: {fr: Audité le, en: Audited on}, type: day, show: [sheet]}
- {id: manual, label: {fr: Manuel, en: Manual}, type: link, show: [page]}
- {id: critical, label: {fr: Vital, en: Critical}, type: yes-no, show: [page]}
- {id: remark, label: {fr: Remarque, en: Remark}, type: text, show: [page]}
- {id: cost-centre, label: {fr: Centre de coûts, en: Cost centre}, audience: management}
- {id: head, label: {fr: Tête, en: Head}, of: [family], type: name, show: []}
"""
VALUES = """\
x-hosting: away
x-users: 1900.5
x-audited: 2026-09-01
x-manual: https://docs.example.org/guide/
x-critical: false
x-remark: {fr: "Bon à savoir : rien", en: Nothing to know}
x-cost-centre: "0440"
x-undeclared: "secret-7731"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    write_new_files(tmp_path, first_project(("fr", "en"), "Ville", TODAY))
    (tmp_path / "catalogue/fields.yaml").write_text(FIELDS, "utf-8")
    service = next((tmp_path / "catalogue/services").iterdir())
    service.write_text(service.read_text("utf-8") + VALUES, "utf-8")
    family = next((tmp_path / "catalogue/families").iterdir())
    family.write_text(family.read_text("utf-8") + "x-head: Bo\n", "utf-8")
    found, problems = check_project(tmp_path, TODAY)
    assert [p.message for p in problems if p.rule == "own-field"] == [
        "catalogue/fields.yaml declares no 'x-undeclared' for the kind 'service': it is shown nowhere"
    ]
    return found


def facts(catalogue: Catalogue, code: str, place: FieldPlace) -> list[tuple[str, str, str]]:
    service = next(one for one in catalogue.services.values() if one.own)
    shown = own_facts(Edition(catalogue, language(code), TODAY), service, place)
    assert all(isinstance(fact, OwnFact) for fact in shown)
    return [(fact.label, fact.text, fact.url) for fact in shown]


def test_values_are_in_the_words_of_the_reader_and_in_the_order_of_the_file(catalogue: Catalogue) -> None:
    assert facts(catalogue, "en", FieldPlace.PAGE) == [
        ("Hosting", "Elsewhere", ""),
        ("Users", "1,900.5", ""),
        ("Manual", "docs.example.org/guide", "https://docs.example.org/guide/"),
        ("Critical", "No", ""),
        ("Remark", "Nothing to know", ""),
        ("Cost centre", "0440", ""),
    ]
    assert facts(catalogue, "fr", FieldPlace.SHEET) == [
        ("Hébergement", "Ailleurs", ""),
        ("Audité le", "1\u1d49\u02b3\u00a0septembre 2026", ""),
    ]


def test_another_process_gets_the_same_values(catalogue: Catalogue) -> None:
    sent = pickle.loads(pickle.dumps(catalogue))
    assert [one.own for one in sent.services.values()] == [one.own for one in catalogue.services.values()]
    assert facts(sent, "fr", FieldPlace.PAGE) == facts(catalogue, "fr", FieldPlace.PAGE) != []


def test_an_audience_sees_only_its_fields_and_nothing_undeclared(catalogue: Catalogue) -> None:
    told = for_audience(catalogue, "employees")
    assert "Centre de coûts" not in [label for label, _, _ in facts(told, "fr", FieldPlace.PAGE)]
    public = catalogue_json(told, TODAY)
    assert "0440" not in public and "cost-centre" not in public and "secret-7731" not in public
    whole = json.loads(catalogue_json(for_audience(catalogue, "management"), TODAY))
    assert [field["id"] for field in whole["fields"]][:2] == ["hosting", "users"]
    held = [service["fields"] for service in whole["services"] if service["fields"]]
    assert held == [
        {
            "hosting": "away",
            "users": "1900.5",
            "audited": "2026-09-01",
            "manual": "https://docs.example.org/guide/",
            "critical": False,
            "remark": {"fr": "Bon à savoir\u00a0: rien", "en": "Nothing to know"},
            "cost-centre": "0440",
        }
    ]
    assert [family["fields"] for family in whole["families"] if family["fields"]] == [{"head": "Bo"}]
