"""Services of other tools become files of a project, and what people write since then stays."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from comptoir.checking import check_project
from comptoir.cli import main
from comptoir.model.catalogue import Catalogue
from comptoir.problems import errors
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files

TODAY = date(2026, 10, 15)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write_new_files(root, first_project(("fr",), "Ville de Test", TODAY))
    return root


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def import_files(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["import", *map(str, arguments), "--project", str(project), "--today", str(TODAY)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return import_files


def catalogue(project: Path) -> Catalogue:
    """The project, which must have no errors."""
    found, problems = check_project(project, TODAY)
    assert errors(problems) == ()
    return found


TABLE = """Nom du service;Famille;Description;Bénéfices;Responsable;Courriel du responsable;Prix;Modèle de prix;Statut;\
Mise en service;Mots-clés;Centre de coûts
Impression;Poste de travail;Imprimer partout;"- Imprimer sans attendre
- Numériser vers sa boîte";Équipe poste;poste@ville.example;1 212,50 €;Abonnement;En service;01/03/2019;imprimante, copieur;4401
Wi-Fi public;Réseau;Se connecter sans câble;;;;;Gratuit;En fin de vie;2015-01-01;wifi;4402
Sauvegarde;Réseau;Copies;;;pas une adresse;abc;;Bizarre;32/13/2020;;
;Réseau;Sans nom;;;;;;;;;
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "offre.csv"
    path.write_text(TABLE, "cp1252")
    return path


def test_a_spreadsheet_becomes_services_and_families(project: Path, run: Run, table: Path) -> None:
    code, said, warned = run(table)
    assert code == 0
    services = catalogue(project).services
    printer = services["impression"]
    assert printer.family == "poste-de-travail"
    assert [benefit.in_language("fr") for benefit in printer.benefits] == [
        "Imprimer sans attendre",
        "Numériser vers sa boîte",
    ]
    assert (str(printer.price.amount), printer.price.model) == ("1212.5", "subscription")
    assert printer.since == date(2019, 3, 1)
    assert printer.owner.email == "poste@ville.example"
    assert [word.in_language("fr") for word in printer.keywords] == ["imprimante", "copieur"]
    assert printer.own_values["centre-de-couts"] == "4401"
    assert services["wi-fi-public"].lifecycle == "retiring"
    assert "impression.yaml: review_date" in said
    assert "sauvegarde.yaml: benefits" in said
    for words in (
        "offre.csv:5:1: warning: 'Courriel du responsable': 'pas une adresse'",
        "'Prix': 'abc' is not an amount",
        "'Mise en service': '32/13/2020' is not a date",
        "'Statut': 'Bizarre' is not known (known: pipeline, live, retiring, retired)",
        "this service has no name: it is left out",
    ):
        assert words in warned
    assert services["sauvegarde"].own_values["statut"] == "Bizarre"


def test_what_people_edit_stays_and_the_rest_follows(project: Path, run: Run, table: Path) -> None:
    run(table)
    path = project / "catalogue" / "services" / "impression.yaml"
    edited = path.read_text("utf-8").replace("name: Impression\n", "name: Imprimantes # dit l'accueil\n")
    path.write_text(
        edited.replace("summary: Imprimer partout", "summary: Imprimer à tous les étages"), "utf-8"
    )
    assert run(table)[1].startswith("0 new, 0 changed")
    changed = TABLE.replace("1 212,50", "13").replace("Imprimer partout", "Imprimer ici")
    table.write_text(
        changed.replace("Wi-Fi public;", "Wi-Fi public;").replace("\nWi-Fi", "\nWi-Fi"), "cp1252"
    )
    code, said, _ = run(table)
    assert code == 0
    assert "impression.yaml: summary was changed here and there; yours stays" in said
    text = path.read_text("utf-8")
    assert "name: Imprimantes # dit l'accueil" in text
    assert "summary: Imprimer à tous les étages" in text
    assert "amount: 13\n" in text
    assert run(table)[1].startswith("0 new, 0 changed, 5 as before")


def test_what_is_no_longer_exported_stays_and_is_told(project: Path, run: Run, table: Path) -> None:
    run(table)
    table.write_text("".join(TABLE.splitlines(keepends=True)[:3]), "cp1252")
    _, said, _ = run(table)
    assert "catalogue/services/sauvegarde.yaml: no longer in the export; it stays" in said
    assert (project / "catalogue" / "services" / "sauvegarde.yaml").is_file()


def test_a_dry_run_writes_nothing(project: Path, run: Run, table: Path) -> None:
    before = sorted(path for path in project.rglob("*"))
    code, said, _ = run(table, "--dry-run")
    assert code == 0
    assert "6 would be new" in said or "5 would be new" in said
    assert sorted(path for path in project.rglob("*")) == before


def test_a_service_of_the_projects_own_is_left_alone(project: Path, run: Run, table: Path) -> None:
    own = next(iter(catalogue(project).services.values()))
    name = own.name.in_language("fr")
    table.write_text(f"Nom;Description\n{name};Autre chose\n", "utf-8")
    before = (project / own.file).read_bytes()
    _, said, _ = run(table)
    assert f"service '{name}': the project has one of its own, which was left as it is" in said
    assert (project / own.file).read_bytes() == before


def test_texts_by_language_and_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "two"
    write_new_files(root, first_project(("fr", "en"), "Ville", TODAY))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name (fr)", "Name (en)", "Family", "Summary_fr", "Summary_en", "Benefits", "Review date"])
    sheet.append(
        ["Télécopie", "Fax", "Ancien", "Envoyer une page.", "Send a page.", "Rapide; Sûr", date(2027, 5, 1)]
    )
    path = tmp_path / "offre.xlsx"
    book.save(path)
    assert main(["import", str(path), "--project", str(root), "--today", str(TODAY)]) == 0
    capsys.readouterr()
    service = catalogue(root).services["telecopie"]
    assert service.name.in_language("en") == "Fax"
    assert service.summary.in_language("en") == "Send a page."
    assert len(service.benefits) == 2
    assert service.review_date == date(2027, 5, 1)


BACKSTAGE = """apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: payments, title: Payments, description: "Everything about paying"}
spec: {owner: team-pay}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: invoices
  title: Invoices
  description: |
    Makes invoices.
  tags: [java, billing]
  annotations: {github.com/project-slug: org/invoices}
  links: [{url: "https://wiki.example/invoices", title: Handbook}]
spec: {type: service, lifecycle: production, owner: "group:team-pay", system: payments, dependsOn: ["component:default/ledger"], providesApis: [invoice-api]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: ledger}
spec: {type: service, lifecycle: dreaming, owner: nobody}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-pay}
spec: {type: team, children: [], profile: {displayName: Payments team, email: pay@org.example}}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: db}
spec: {type: database, owner: team-pay}
"""


def test_backstage(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "catalog-info.yaml"
    path.write_text(BACKSTAGE)
    code, said, warned = run(path)
    assert code == 0
    found = catalogue(project)
    service = found.services["invoices"]
    assert service.family == "payments"
    assert service.summary.in_language("fr") == "Makes invoices."
    assert service.owner.role.in_language("fr") == "Payments team"
    assert service.owner.email == "pay@org.example"
    assert [one.service for one in service.dependencies] == ["ledger"]
    assert service.documents[0].url == "https://wiki.example/invoices"
    assert service.own_values["github-com-project-slug"] == "org/invoices"
    assert service.own_values["type"] == "service"
    assert found.services["ledger"].own_values["lifecycle"] == "dreaming"
    assert "the lifecycle 'dreaming' is not known" in warned
    assert "- Resource: 1" in said


OPENSLO = """apiVersion: openslo/v1
kind: Service
metadata: {name: shop, displayName: Web shop}
spec: {description: Buying things}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: shop-availability}
spec:
  service: shop
  indicatorRef: http-ok
  timeWindow: [{duration: WINDOW, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{displayName: Answers, target: 0.995}]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: alert}
spec: {}
"""


def test_openslo(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "slo.yaml"
    path.write_text(OPENSLO.replace("WINDOW", "1M"))
    code, said, _ = run(path)
    assert code == 0
    found = catalogue(project)
    agreement = found.agreements[found.services["web-shop"].agreements[0]]
    assert [(t.metric, str(t.value), t.unit) for t in agreement.targets] == [
        ("availability", "99.5", "percent")
    ]
    assert agreement.own_values["shop-availability-window"] == "1M"
    assert "- AlertPolicy: 1" in said


def test_several_objectives_of_a_service_are_told_apart(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "slo.yaml"
    one = OPENSLO.replace("WINDOW", "28d")
    second = (
        one.split("---\n")[1].replace("shop-availability", "shop-latency").replace("Answers", "Fast answers")
    )
    path.write_text(f"{one}---\n{second.replace('0.995', '0.9')}")
    assert run(path)[0] == 0
    agreement = next(a for a in catalogue(project).agreements.values() if a.own_values)
    assert [(t.label.in_language("fr"), str(t.value)) for t in agreement.targets] == [
        ("Answers", "99.5"),
        ("Fast answers", "90"),
    ]


def test_a_window_of_minutes_is_asked_about(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "slo.yaml"
    path.write_text(OPENSLO.replace("WINDOW", "1m"))
    code, _, said = run(path)
    assert code == 1
    assert "the window '1m' of 'shop-availability' is of minutes (a month is '1M'" in said
    assert not (project / "catalogue" / "services" / "web-shop.yaml").exists()


ITOP = """<?xml version="1.0" encoding="UTF-8"?>
<Set>
 <ServiceFamily alias="ServiceFamily" id="1"><name>Réseau</name><friendlyname>Réseau</friendlyname><icon/></ServiceFamily>
 <Service alias="Service" id="7"><name>Accès distant</name><servicefamily_id>1</servicefamily_id><servicefamily_name>Réseau</servicefamily_name>
  <description>&lt;p&gt;Travailler de chez soi&lt;/p&gt;</description><status>production</status><org_name>DSI</org_name></Service>
 <ServiceSubcategory id="9"><name>Ouvrir un accès</name><service_name>Accès distant</service_name><description>Pour un agent</description><request_type>service_request</request_type></ServiceSubcategory>
 <SLA id="2"><name>Or</name><description>Le meilleur</description></SLA>
 <SLT id="3"><name>TTR P1</name><priority>1</priority><metric>ttr</metric><value>4</value><unit>hours</unit></SLT>
 <SLT id="4"><name>Vide</name><metric>ttr</metric><value>?</value><unit>hours</unit></SLT>
 <lnkSLAToSLT id="5"><sla_name>Or</sla_name><slt_name>TTR P1</slt_name></lnkSLAToSLT>
 <lnkSLAToSLT id="6"><sla_name>Or</sla_name><slt_name>Vide</slt_name></lnkSLAToSLT>
 <lnkCustomerContractToService id="8"><service_name>Accès distant</service_name><sla_name>Or</sla_name><coveragewindow_name>8-18</coveragewindow_name></lnkCustomerContractToService>
 <CoverageWindow id="10"><name>8-18</name></CoverageWindow>
 <Server id="11"><name>srv1</name></Server>
</Set>
"""


def test_itop(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "itop.xml"
    path.write_text(ITOP, "utf-8")
    code, said, warned = run(path)
    assert code == 0, warned
    found = catalogue(project)
    service = found.services["acces-distant"]
    assert (service.family, service.lifecycle, service.service_hours) == ("reseau", "live", "8-18")
    assert service.summary.in_language("fr") == "Travailler de chez soi"
    assert [item.name.in_language("fr") for item in service.request_items] == ["Ouvrir un accès"]
    assert [(t.metric, t.priority, t.value, t.unit) for t in found.agreements["or"].targets] == [
        ("ttr", "p1", 4, "hours")
    ]
    assert service.agreements == ("or",)
    assert service.own_values["org-name"] == "DSI"
    assert "'Vide' of 'Or' is no target that is known here" in warned
    assert "- Server: 1" in said


def test_glpi_forms_and_categories(project: Path, run: Run, tmp_path: Path) -> None:
    forms = {
        "version": 1,
        "forms": [
            {
                "id": 3,
                "uuid": "a-1",
                "name": "Demander un badge",
                "header": "<p>Badge d'accès</p>",
                "description": "Entrer partout",
                "category_name": "Sécurité",
                "is_active": True,
                "sections": [{"questions": []}],
                "entity_name": "Racine",
            },
        ],
    }
    path = tmp_path / "forms.json"
    path.write_text(json.dumps(forms), "utf-8")
    assert run(path)[0] == 0
    service = catalogue(project).services["demander-un-badge"]
    assert (service.family, service.lifecycle) == ("securite", "live")
    table = tmp_path / "categories.csv"
    table.write_text(
        '"Nom complet";"Commentaires"\n"Réseau";""\n"Réseau > Wi-Fi invité";"Pour les visiteurs"\n"Réseau > Wi-Fi invité > Panne";""\n',
        "utf-8",
    )
    assert run(table, "--from", "glpi")[0] == 0
    wifi = catalogue(project).services["wi-fi-invite"]
    assert wifi.family == "reseau"
    assert wifi.summary.in_language("fr") == "Pour les visiteurs"
    assert [item.id for item in wifi.request_items] == ["panne"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Set><Service><name>&a;</name></Service></Set>', "declares entities"),
        ("cut.xml", b"<Set><Service>", "not valid XML"),
        ("cut.json", b'[{"name": ', "not valid JSON"),
        ("one.json", b'{"name": "x"}', "expected a list of objects"),
        ("alias.yaml", b"apiVersion: backstage.io/v1alpha1\nkind: &a Component\nmetadata: {name: *a}\n", "an alias is not read here"),
        ("deep.yaml", b"apiVersion: backstage.io/v1alpha1\nx: " + b"[" * 60 + b"]" * 60, "values nested so deep"),
        ("other.yaml", b"apiVersion: v1\n---\napiVersion: backstage.io/v1\n", "is not of Backstage"),
    ],
)  # fmt: skip
def test_hostile_and_broken_files(
    project: Path, run: Run, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = sorted(project.rglob("*"))
    code, _, said = run(path)
    assert code == 1
    assert words in said
    assert sorted(project.rglob("*")) == before


def test_a_workbook_that_unpacks_to_too_much(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    path.write_bytes(packed.getvalue())
    code, _, said = run(path, "--from", "spreadsheet")
    assert code == 1
    assert "unpacks to more than is read" in said


def test_usage(project: Path, run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv")[0] == 2
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text("a: b\n")
    code, _, said = run(unknown)
    assert code == 2
    assert "name it with --from (backstage, glpi, itop, openslo, spreadsheet)" in said
    table = tmp_path / "t.csv"
    table.write_text("Nom;Famille\nX;Y\n")
    assert run(table, "--language", "de")[0] == 2


def test_hostile_texts_stay_texts(project: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text(
        'Nom;Description\n"../../etc: {a: !!python/object x}";"<script>alert(1)</script> *a &b # c: d\n- e"\n',
        "utf-8",
    )
    assert run(path)[0] == 0
    services = catalogue(project).services
    name = next(one for one in services if one.startswith("etc"))
    assert services[name].name.in_language("fr") == "../../etc: {a: !!python/object x}"
