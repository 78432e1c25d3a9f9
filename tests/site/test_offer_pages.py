"""Segments, commitments, partners and the synopsis: addressed to readers, in force today, and gone without content."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from comptoir.addresses import root_url
from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.content.edition import Edition
from comptoir.content.labels import undertaking
from comptoir.content.references import Ref
from comptoir.model.agreements import Agreement, Target
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import ServicePartner
from comptoir.model.terms import AgreementKind, Lifecycle, Metric, PartnerKind, Priority, Unit
from comptoir.site.pages import make_pages
from comptoir.site.pages.synopsis import columns
from comptoir.wording import language
from tests.conftest import CASES
from tests.content.samples import TODAY, Read, base_catalogue, body_of, render

CONTROL_ROOM: Path = CASES / "control-room"


def page(path: str, catalogue: Catalogue | None = None, code: str = "fr", day: date = TODAY) -> Any:
    site = Edition(catalogue or base_catalogue(), language(code), day)
    return next(made.view for made in make_pages(site) if made.path == path)


def control_room(audience: str) -> Catalogue:
    return for_audience(check_project(CONTROL_ROOM, TODAY)[0], audience)


def with_agreement(name: str, **changes: object) -> Catalogue:
    catalogue = base_catalogue()
    changed = catalogue.agreements[name].model_copy(update=changes)
    return replace(catalogue, agreements={**catalogue.agreements, name: changed})


def target(value: int, priority: Priority | None = None, **dates: date) -> Target:
    return Target(
        metric=Metric.TTR,
        value=Decimal(value),
        unit=Unit.HOURS,
        share=Decimal(90),
        priority=priority,
        **dates,
    )


def test_a_segment_is_offered_services_in_order_with_reasons() -> None:
    view = page("segments/physics.md", control_room("employees"))
    assert [item.line.name for item in view.offer][:2] == [
        "Rétablir la physique après une panne",
        "Froid pour la physique",
    ]
    assert view.offer[1].why == "Un réchauffage coûte des jours."
    assert view.services_url == "@page/services?segment=physics"
    assert [line.id for line in view.subscriptions][:2] == ["electricity", "cooling-water"]
    assert [table.id for table in view.commitments] == ["sla-physics"]
    assert [other.id for other in view.others] == ["tertiary", "equipment-groups"]
    assert view.manager.role == "Responsable relations clients"


def test_what_only_management_sees_of_a_segment() -> None:
    employees = page("segments/physics.md", control_room("employees"))
    assert (employees.needs, employees.facts, employees.clients) == ((), (), ())
    management = page("segments/physics.md", control_room("management"), "en")
    assert [(fact.title, fact.note) for fact in management.facts] == [
        ("Loyalty profile", "Core target"),
        ("Potential", "High"),
        ("Strategy", "Intensification"),
        ("Levers", "Satisfaction, Relationship"),
    ]
    assert len(management.needs) == 4
    assert {need.state for need in management.needs} <= {"Met", "Partly met", "Not yet met"}
    assert management.clients


def test_a_segment_without_a_manager_is_sent_to_the_desk() -> None:
    desk = base_catalogue().organisation.service_desk
    assert page("segments/researchers.md").manager.email == (desk.email or "")


def test_population_is_counted_in_words() -> None:
    catalogue = base_catalogue()
    for count, words in ((1, "1 personne"), (820, "820 personnes"), (None, "")):
        segment = catalogue.segments["researchers"].model_copy(update={"population": count})
        view = page("segments/index.md", replace(catalogue, segments={segment.id: segment}))
        assert view.segments[0].population == words


def test_promises_in_brief_compare_the_most_urgent() -> None:
    catalogue = with_agreement("sla-standard", targets=(target(8, Priority.P2), target(4, Priority.P1)))
    view = page("commitments/index.md", catalogue)
    assert view.columns == ("Rétablissement",)
    (row,) = view.brief
    assert [(cell.value, cell.note) for cell in row.cells] == [("4\u00a0heures", "90\u202f%, P1 · Critique")]


def test_promises_are_grouped_by_family_and_none_is_left_out() -> None:
    catalogue = base_catalogue()
    idle = catalogue.agreements["sla-standard"].model_copy(update={"id": "sla-idle"})
    view = page(
        "commitments/index.md", replace(catalogue, agreements={**catalogue.agreements, "sla-idle": idle})
    )
    assert [(group.mark and group.mark.id, len(group.agreements)) for group in view.families] == [
        ("workplace", 1),
        (None, 1),
    ]
    assert {link.title for link in view.families[0].agreements[0].services} == {"Wi-Fi", "Messagerie"}
    assert [line.who[0].title for line in view.operating] == ["Équipe réseau"]
    assert [link.title for link in view.operating[0].upheld] == ["Engagement courant", "Engagement courant"]
    assert view.contracts == ()


def test_former_and_coming_targets_have_their_dates() -> None:
    targets = (
        target(8, valid_until=date(2026, 6, 30)),
        target(6, valid_from=date(2026, 7, 1), valid_until=date(2026, 12, 31)),
        target(4, valid_from=date(2027, 1, 1)),
        target(1, valid_until=date(2020, 1, 1)),  # before the agreement: never in force
    )
    view = page("commitments/sla-standard.md", with_agreement("sla-standard", targets=targets))
    assert [row.value for row in view.table.rows] == ["6\u00a0heures"]
    assert [(change.row.value, change.period, change.is_coming) for change in view.changes] == [
        ("4\u00a0heures", "à partir du 1ᵉʳ\u00a0janvier 2027", True),
        ("8\u00a0heures", "jusqu’au 30\u00a0juin 2026", False),
    ]


@pytest.mark.parametrize(
    ("dates", "status", "validity"),
    [
        ({"valid_from": date(2027, 1, 1)}, "Coming into force", "From 1\u00a0January 2027, with no end date"),
        ({"valid_until": date(2026, 1, 31)}, "Ended", "From 1\u00a0January 2025 to 31\u00a0January 2026"),
        ({}, "", "From 1\u00a0January 2025, with no end date"),
    ],
)
def test_an_agreement_says_whether_it_holds(dates: dict[str, date], status: str, validity: str) -> None:
    view = page("commitments/sla-standard.md", with_agreement("sla-standard", **dates), "en")
    assert (view.line.status, view.validity) == (status, validity)
    assert bool(view.table.rows) == (status == "")


def test_an_operating_agreement_says_what_is_owed_and_what_rests_on_it() -> None:
    view = page("commitments/ola-network.md")
    assert (view.is_promise, view.line.kind) == (False, "Accord opérationnel")
    assert [(link.title, link.url) for link in view.line.who] == [
        ("Équipe réseau", Ref("partner", "network-team"))
    ]
    assert [row.sentence for row in view.table.rows] == [
        "En 4\u00a0heures ouvrées au plus.",
        "Au moins 99,8\u202f% du temps.",
    ]
    assert [line.name for line in view.upholds] == ["Engagement courant"]
    assert [line.id for line in view.services] == ["mail", "wifi"]


def test_both_sides_of_an_agreement() -> None:
    assert [link.title for link in page("commitments/sla-standard.md").line.who] == ["Tout le monde"]
    own = with_agreement("ola-network", partner=None)
    assert page("commitments/ola-network.md", own).line.who[0].title == "Nos équipes, entre elles"
    clients = with_agreement("sla-standard", clients=("physics",))
    view = page("commitments/sla-standard.md", clients, "en")
    assert [(link.title, link.url) for link in view.line.who] == [("Physics laboratory", "")]
    assert view.signatories == ()


def test_partners_of_the_house_come_first_with_what_they_owe() -> None:
    catalogue = base_catalogue()
    team = catalogue.partners["network-team"]
    supplier = team.model_copy(update={"id": "acme", "kind": PartnerKind.SUPPLIER})
    part = ServicePartner(partner="network-team", part=Text({"fr": "Pose les bornes.", "en": "Sets up."}))
    wifi = catalogue.services["wifi"].model_copy(update={"partners": (part,)})
    view = page(
        "partners/index.md",
        replace(
            catalogue,
            partners={"acme": supplier, "network-team": team},
            services={**catalogue.services, "wifi": wifi},
        ),
    )
    assert [partner.id for partner in view.internal] == ["network-team"]
    assert [partner.id for partner in view.suppliers] == ["acme"]
    (partner,) = view.internal
    assert [(link.title, link.note) for link in partner.agreements[0].targets] == [
        ("Disponibilité", "au moins 99,8\u202f% du temps"),
        ("Rétablissement", "en 4\u00a0heures ouvrées au plus"),
    ]
    assert [(link.title, link.url, link.note) for link in partner.services] == [
        ("Wi-Fi", Ref("service", "wifi"), "Pose les bornes.")
    ]
    assert view.suppliers[0].agreements == ()


@pytest.mark.parametrize(
    ("metric", "value", "unit", "share", "priority", "french", "english"),
    [
        ("ttr", 2, "hours", 95, "p1", "en 2 heures au plus, dans 95 % des cas critiques", "within 2 hours, in 95% of critical cases"),
        ("tto", 10, "minutes", None, "p2", "en 10 minutes au plus, dans tous les cas de priorité haute", "within 10 minutes, in all high-priority cases"),
        ("availability", 99, "percent", None, None, "au moins 99 % du temps", "at least 99% of the time"),
        ("reliability", 1, "incidents-per-quarter", None, None, "au plus 1 incident par trimestre", "at most 1 incident a quarter"),
        ("rpo", 1, "days", None, None, "1 jour au plus", "at most 1 day"),
        ("satisfaction", 4, "score-5", None, None, "au moins 4 sur 5", "at least 4 out of 5"),
    ],
)  # fmt: skip
def test_what_others_owe_us_in_words(
    metric: str, value: int, unit: str, share: int | None, priority: str | None, french: str, english: str
) -> None:
    owed = Target.model_validate(
        {"metric": metric, "value": value, "unit": unit, "share": share, "priority": priority}
    )
    spoken = [
        re.sub("[\u00a0\u202f]", " ", undertaking(owed, base_catalogue(), language(code)))
        for code in ("fr", "en")
    ]
    assert spoken == [french, english]


def test_every_metric_can_be_owed() -> None:
    catalogue = base_catalogue()
    units = {Metric.AVAILABILITY: "percent", Metric.RELIABILITY: "percent", Metric.SATISFACTION: "percent"}
    for metric in Metric:
        owed = Target.model_validate({"metric": metric, "value": 9, "unit": units.get(metric, "hours")})
        assert "9" in undertaking(owed, catalogue, language("fr"))


@pytest.mark.parametrize(
    ("count", "expected"), [(1, 3), (3, 3), (4, 4), (5, 5), (6, 3), (7, 4), (8, 4), (9, 3), (10, 5), (12, 4)]
)
def test_columns_leave_the_last_row_full(count: int, expected: int) -> None:
    assert columns(count) == expected


def test_the_synopsis_holds_every_service_that_is_offered() -> None:
    catalogue = base_catalogue()
    retired = catalogue.services["wifi"].model_copy(update={"lifecycle": Lifecycle.RETIRED})
    view = page("synopsis.md", replace(catalogue, services={**catalogue.services, "wifi": retired}))
    assert [[line.id for line in band.services] for band in view.bands] == [["mail"]]
    assert view.lead == "1 service, d’un seul coup d’œil."
    read = Read(body_of(str(render(catalogue).files["synopsis.md"])))
    links = {link["href"] for link in read.all("a")}
    assert {"../services/mail/", "../services/wifi/", "../families/workplace/"} <= links


def test_without_content_there_is_neither_page_nor_entry_nor_link() -> None:
    catalogue = base_catalogue()
    about = Text({"fr": "[a](page:segments) [b](page:commitments) [c](page:partners) [d](page:services)"})
    bare = replace(
        catalogue,
        organisation=catalogue.organisation.model_copy(update={"about": about}),
        segments={},
        clients={},
        agreements={},
        partners={},
        committees={},
        glossary={},
    )
    site = render(bare)
    pages = [name for name in site.files if name.endswith(".md")]
    assert not [name for name in pages if re.match("segments|commitments|partners|committees|glossary", name)]
    assert {"segments", "commitments"}.isdisjoint(
        entry["name"] for entry in site.extra["comptoir"]["sections"]
    )
    base = "https://site.example/"
    known = {urljoin(base, root_url(name)) for name in site.files}
    broken = {
        f"{name} → {link['href']}"
        for name in pages
        for link in Read(body_of(str(site.files[name]))).all("a")
        if not re.match("https?:|mailto:|tel:|#", link["href"])
        and re.split("[?#]", urljoin(urljoin(base, root_url(name)), link["href"]))[0] not in known
    }
    assert sorted(broken) == []


def test_a_contract_is_with_its_supplier() -> None:
    kept: Agreement = base_catalogue().agreements["ola-network"]
    catalogue = with_agreement("ola-network", kind=AgreementKind.UC)
    view = page("commitments/index.md", catalogue)
    assert view.operating == ()
    assert [line.summary for line in view.contracts] == [kept.summary.in_language("fr").replace("'", "’")]
