"""The catalogue in other formats, as an audience may see it; and the workbook that people edit and give back."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar
from openpyxl import load_workbook

from comptoir.audiences import audiences_of, for_audience
from comptoir.checking import check_project
from comptoir.cli import main
from comptoir.model.catalogue import Catalogue
from comptoir.moving.exporting import EXPORT_FORMATS, ExportJob
from comptoir.moving.headings import read_tool
from comptoir.moving.offer_table import FIELDS, offer_columns
from comptoir.problems import errors
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files
from comptoir.wording import language, spoken_languages

TODAY = date(2026, 10, 15)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write_new_files(root, first_project(("fr", "en"), "Ville", TODAY))
    return root


def catalogue(project: Path) -> Catalogue:
    found, problems = check_project(project, TODAY)
    assert errors(problems) == ()
    return found


def run(*arguments: str | Path) -> int:
    return main([*map(str, arguments), "--today", str(TODAY)])


def export(project: Path, kind: str, audience: str = "", code: str = "fr") -> dict[str, bytes]:
    found = catalogue(project)
    visible = for_audience(found, audience or audiences_of(found.organisation)[0].id)
    return dict(EXPORT_FORMATS[kind].write(ExportJob(visible, language(code), TODAY)))


@pytest.mark.parametrize("code", spoken_languages())
def test_import_knows_each_heading_that_is_exported(code: str) -> None:
    known = read_tool("spreadsheet").classes[""]
    for column in offer_columns(language(code), ("fr", "en")):
        assert known.field_of(column.heading) == (column.field.path, column.language), column.heading
    assert len(offer_columns(language(code), ("fr",))) == len(FIELDS)


def workbook(project: Path, tmp_path: Path) -> Path:
    assert run("export", "xlsx", project, "--out", tmp_path / "out") == 0
    return tmp_path / "out" / "offer.xlsx"


def texts_of(project: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((project / "catalogue").rglob("*.yaml"))}


def test_a_workbook_given_back_unchanged_changes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts_of(project)
    path = workbook(project, tmp_path)
    capsys.readouterr()
    assert run("import", path, "--project", project) == 0
    assert "0 changed" in capsys.readouterr().out
    assert texts_of(project) == before


def edit(path: Path, changes: dict[tuple[str, str], object]) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for (service, heading), value in changes.items():
        sheet.cell(rows[service], headings[heading], value)
    book.save(path)


def test_changed_cells_only_go_into_the_files(project: Path, tmp_path: Path) -> None:
    before = texts_of(project)
    path = workbook(project, tmp_path)
    edit(
        path,
        {
            ("wifi", "Courriel du responsable"): "reseau@ville.example",
            ("wifi", "Résumé (en)"): "Wireless everywhere.",
            ("laptop", "Date de révision"): date(2028, 1, 31),
            ("laptop", "Modèle de prix"): "abonnement",
            ("laptop", "Montant"): 12.5,
        },
    )
    assert run("import", path, "--project", project) == 0
    services = catalogue(project).services
    assert services["wifi"].owner.email == "reseau@ville.example"
    assert services["wifi"].summary.in_language("en") == "Wireless everywhere."
    assert services["laptop"].review_date == date(2028, 1, 31)
    assert (services["laptop"].price.model, str(services["laptop"].price.amount)) == ("subscription", "12.5")
    after = texts_of(project)
    assert {name for name in before if before[name] != after[name]} == {"wifi.yaml", "laptop.yaml"}
    kept = set(before["wifi.yaml"].splitlines()) & set(after["wifi.yaml"].splitlines())
    assert len(kept) >= len(before["wifi.yaml"].splitlines()) - 4
    comments = re.findall(r"^#.*$", before["wifi.yaml"], re.MULTILINE)
    assert comments == re.findall(r"^#.*$", after["wifi.yaml"], re.MULTILINE)


def test_fields_of_the_project_s_own_go_out_and_come_back(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = """\
- {id: cost-centre, label: {fr: Centre de coûts, en: Cost centre}}
- {id: users, label: {fr: Utilisateurs, en: Users}, type: number}
- {id: critical, label: {fr: Vital, en: Critical}, type: yes-no}
- {id: note, label: {fr: Remarque, en: Remark}, type: text}
- {id: inner, label: {fr: Interne, en: Inner}, show: [page]}
"""
    (project / "catalogue/fields.yaml").write_text(fields, "utf-8")
    file = project / "catalogue/services/wifi.yaml"
    file.write_text(
        file.read_text("utf-8") + 'x-cost-centre: "0440"\nx-critical: true\nx-inner: a\n', "utf-8"
    )
    before = texts_of(project)
    path = workbook(project, tmp_path)
    headings = [cell.value for cell in load_workbook(path).worksheets[0][1]]
    assert headings[-5:] == ["Centre de coûts", "Utilisateurs", "Vital", "Remarque (fr)", "Remarque (en)"]
    assert run("import", path, "--project", project) == 0
    assert texts_of(project) == before
    changes: dict[tuple[str, str], object] = {
        ("wifi", "Centre de coûts"): "0441",
        ("wifi", "Vital"): "non",
        ("wifi", "Utilisateurs"): 1900,
        ("laptop", "Remarque (fr)"): "À voir",
        ("laptop", "Remarque (en)"): "To see",
        ("laptop", "Vital"): "perhaps",
    }
    edit(path, changes)
    assert run("import", path, "--project", project) == 0
    assert "'Vital': 'perhaps' is neither true nor false" in capsys.readouterr().err
    after = texts_of(project)
    assert after["wifi.yaml"].endswith(
        'x-cost-centre: "0441"\nx-critical: false\nx-inner: a\nx-users: 1900\n'
    )
    assert after["laptop.yaml"].endswith("x-note:\n  fr: À voir\n  en: To see\n")
    assert errors(check_project(project, TODAY)[1]) == ()


def test_what_changed_on_both_sides_stays_as_the_project_has_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(project, tmp_path)
    edit(path, {("wifi", "Date de révision"): date(2028, 1, 31)})
    file = project / "catalogue" / "services" / "wifi.yaml"
    file.write_text(re.sub(r"review_date: \S+", "review_date: 2029-02-01", file.read_text("utf-8")), "utf-8")
    capsys.readouterr()
    assert run("import", path, "--project", project) == 0
    said = capsys.readouterr().out
    assert "wifi.yaml: Date de révision was changed here and in the workbook; yours stays" in said
    assert catalogue(project).services["wifi"].review_date == date(2029, 2, 1)


def test_mistakes_in_cells_are_told_and_change_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(project, tmp_path)
    before = texts_of(project)
    edit(
        path,
        {
            ("wifi", "Montant"): "douze",
            ("wifi", "Cycle de vie"): "bizarre",
            ("wifi", "Bénéfices (fr)"): "Un seul\nEt un autre",
        },
    )
    capsys.readouterr()
    assert run("import", path, "--project", project) == 0
    warned = capsys.readouterr().err
    assert "'Montant': 'douze' is not an amount" in warned
    assert "'Cycle de vie': 'bizarre' is not known" in warned
    assert "which one goes, in every language, is for the YAML to say" in warned
    assert texts_of(project) == before


def test_a_row_that_is_gone_deletes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(project, tmp_path)
    book = load_workbook(path)
    book.worksheets[0].delete_rows(2)
    book.save(path)
    capsys.readouterr()
    assert run("import", path, "--project", project) == 0
    assert "its row did not come back; the service stays" in capsys.readouterr().out


def test_an_audience_reads_only_what_it_may(project: Path) -> None:
    file = project / "catalogue" / "services" / "wifi.yaml"
    file.write_text(f"{file.read_text('utf-8')}\naudience: management\nx-secret: planted\n", "utf-8")
    for other in ("laptop.yaml", "e-mail.yaml"):
        path = file.with_name(other)
        path.write_text(re.sub(r"^related:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    name = catalogue(project).services["wifi"].name.in_language("fr").encode()
    for kind in EXPORT_FORMATS:
        for path, content in export(project, kind).items():
            text = _text_of(path, content)
            assert name not in text, (kind, path)
            assert b"planted" not in text
    assert any(name in _text_of(p, c) for p, c in export(project, "csv", "management").items())


def _text_of(path: str, content: bytes) -> bytes:
    if not path.endswith(".xlsx"):
        return content
    book = load_workbook(io.BytesIO(content))
    return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row).encode()


def test_the_tables_are_what_their_description_says(project: Path) -> None:
    files = export(project, "csv")
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(files[resource["path"]].decode())))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        for place, field in enumerate(resource["schema"]["fields"]):
            for row in filter(lambda row: row[place], rows[1:]):
                assert field["type"] != "date" or date.fromisoformat(row[place])
                assert field["type"] != "number" or float(row[place]) >= 0


def test_backstage_and_openslo_can_be_imported_again(project: Path, tmp_path: Path) -> None:
    services = catalogue(project).services
    for kind in ("backstage", "openslo"):
        other = tmp_path / kind
        write_new_files(other, first_project(("fr",), "Autre", TODAY))
        for path in (other / "catalogue" / "services").glob("*.yaml"):
            path.unlink()
        for name, content in export(project, kind).items():
            path = tmp_path / name
            path.write_bytes(content)
            assert run("import", path, "--project", other) == 0
        found, _ = check_project(other, TODAY)
        assert {s.name.in_language("fr") for s in found.services.values()} == {
            s.name.in_language("fr") for s in services.values()
        }


def test_reviews_are_days_of_a_calendar(project: Path) -> None:
    calendar = Calendar.from_ical(export(project, "ics")["reviews.ics"])
    days = {str(event["uid"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    for service in catalogue(project).services.values():
        assert days[f"review-{service.id}@comptoir"] == service.review_date


def test_llms_has_a_line_for_each_service(project: Path) -> None:
    lines = export(project, "llms", code="en")["llms.txt"].decode().splitlines()
    assert lines[0].startswith("# ")
    assert sum(line.startswith("- [") for line in lines) == len(catalogue(project).services)


def test_documents_are_yaml_of_their_formats(project: Path) -> None:
    for entity in yaml.safe_load_all(export(project, "backstage")["catalog-info.yaml"]):
        assert entity["apiVersion"] == "backstage.io/v1alpha1"
        assert re.fullmatch(r"[a-zA-Z0-9._-]{1,63}", entity["metadata"]["name"])
        assert entity["kind"] != "Component" or {"type", "lifecycle", "owner"} <= entity["spec"].keys()
    for document in yaml.safe_load_all(export(project, "openslo")["openslo.yaml"]):
        assert document["apiVersion"] == "openslo/v1"
        assert re.fullmatch(r"[a-z0-9-]{1,63}", document["metadata"]["name"])


def test_usage(project: Path) -> None:
    assert run("export", "csv", project, "--audience", "nobody") == 2
    assert run("export", "csv", project, "--language", "de") == 2
