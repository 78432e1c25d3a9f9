"""The catalogue for programs: held to its schema, exact, deterministic, discreet, and harmless in a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Offering, Price, Question, Service
from comptoir.model.terms import PriceModel
from comptoir.site.data.catalogue import catalogue_json, catalogue_schema, json_ld

ROOT = Path(__file__).parents[2]
CONTROL_ROOM = ROOT / "tests" / "cases" / "control-room"
TODAY = date(2000, 12, 1)
HOSTILE = '</script><script>alert(1)</script> & "x" \\ \u2028\u2029\u0000\u0085 🙂 <!-- ]]>'


def read(project: Path = CONTROL_ROOM, today: date = TODAY) -> Catalogue:
    return check_project(project, today)[0]


CATALOGUE = read()


def publish(catalogue: Catalogue, today: date = TODAY, audience: str = "employees") -> dict[str, Any]:
    written: dict[str, Any] = json.loads(catalogue_json(for_audience(catalogue, audience), today))
    return written


def link(service: Service, catalogue: Catalogue, language: str = "en") -> dict[str, dict[str, Any]]:
    """The nodes of the service's JSON-LD by type."""
    text = json_ld(service, catalogue, language, TODAY, address)
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def address(kind: str, name: str) -> str:
    return urljoin("https://catalogue.example/", f"{kind}/{name}/")


def by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries}


def with_service(catalogue: Catalogue, service: Service) -> Catalogue:
    return replace(catalogue, services={**catalogue.services, service.id: service})


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys_of(part)}
    return {key for part in value for key in keys_of(part)} if isinstance(value, list) else set()


@pytest.mark.parametrize("audience", ["employees", "management"])
@pytest.mark.parametrize("project", [CONTROL_ROOM, ROOT], ids=["control-room", "demonstration"])
def test_it_is_what_its_schema_says(project: Path, audience: str) -> None:
    schema = json.loads(catalogue_schema())
    Draft202012Validator.check_schema(schema)
    written = publish(read(project), audience=audience)
    assert written["services"]
    found = [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(written)]
    assert found == []


def test_every_key_is_described_in_the_schema() -> None:
    def undescribed(schema: dict[str, Any], path: str) -> list[str]:
        missing = []
        for name, part in schema.get("properties", {}).items():
            here = f"{path}.{name}"
            if "description" not in part and "$ref" not in part:
                missing.append(here)
            missing += undescribed(part, here) + undescribed(part.get("items", {}), here)
        return missing

    schema = json.loads(catalogue_schema())
    assert undescribed(schema, "$") == []
    assert [m for name, part in schema["$defs"].items() for m in undescribed(part, name)] == []


def test_every_key_of_the_file_is_explained_in_its_page() -> None:
    page = (ROOT / "docs" / "reference" / "catalogue-json.md").read_text(encoding="utf-8")
    schema = json.loads(catalogue_schema())
    keys = set(schema["properties"]) | {
        key for part in schema["$defs"].values() for key in part.get("properties", {})
    }
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_references_lead_somewhere() -> None:
    written = publish(read())
    known = {kind: set(by_id(written[kind])) for kind in ("services", "families", "segments", "agreements")}
    calendars = set(by_id(written["calendars"]))
    for service in written["services"]:
        assert service["family"] in known["families"]
        assert set(service["related"]) <= known["services"]
        assert set(service["segments"]) <= known["segments"]
        assert set(service["agreements"]) <= known["agreements"]
        assert {service["service_hours"], service["support_hours"]} <= calendars


def test_families_and_segments_come_by_priority() -> None:
    written = publish(read())
    assert [f["id"] for f in written["families"]] == ["base-services", "physics", "tertiary", "relations"]
    assert [s["id"] for s in written["segments"]] == ["physics", "tertiary", "equipment-groups"]


def test_texts_come_in_each_language_and_pages_in_each_language() -> None:
    service = by_id(publish(read())["services"])["electricity"]
    assert service["name"] == {"fr": "Électricité", "en": "Electricity"}
    assert service["url"] == {"fr": "services/electricity/", "en": "en/services/electricity/"}


def test_an_anchor_stays_in_an_address() -> None:
    partner = by_id(publish(read())["partners"])["electricity-group"]
    assert partner["url"] == {"fr": "partners/#electricity-group", "en": "en/partners/#electricity-group"}


@pytest.mark.parametrize(
    ("today", "in_force", "restored_within"),
    [
        (date(1999, 12, 31), False, []),
        (date(2000, 6, 30), True, ["36"]),
        (date(2000, 7, 1), True, ["24"]),
    ],
)
def test_targets_are_those_in_force(today: date, in_force: bool, restored_within: list[str]) -> None:
    agreement = by_id(publish(read(), today)["agreements"])["sla-tertiary"]
    found = [t["value"] for t in agreement["targets"] if (t["metric"], t["priority"]) == ("ttr", "p2")]
    assert (agreement["in_force"], found) == (in_force, restored_within)


def test_hours_are_data() -> None:
    calendars = by_id(publish(read())["calendars"])
    always, office = calendars["always"], calendars["office"]
    assert set(map(str, always["week"].values())) == {"[{'opens': '00:00', 'closes': '24:00'}]"}
    assert always["exceptions"] == []
    assert office["week"]["monday"] == [
        {"opens": "08:30", "closes": "12:00"},
        {"opens": "13:30", "closes": "17:30"},
    ]
    assert office["week"]["sunday"] == []
    assert office["exceptions"][0] == {"day": "2000-12-22", "hours": [], "public_holiday": False}
    assert {"day": "2001-05-01", "hours": [], "public_holiday": True} in office["exceptions"]


@pytest.mark.parametrize(
    ("written", "published"), [("0.10", "0.10"), ("120.5", "120.5"), ("1e3", "1000"), ("0", "0")]
)
def test_amounts_are_exact(written: str, published: str) -> None:
    catalogue = read()
    price = Price(model=PriceModel.ONE_OFF, amount=Decimal(written))
    service = catalogue.services["electricity"].model_copy(update={"price": price})
    found = by_id(publish(with_service(catalogue, service))["services"])["electricity"]["price"]
    assert (found["amount"], found["currency"]) == (published, "EUR")


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    catalogue = read()
    turned = replace(
        catalogue,
        services=dict(reversed(catalogue.services.items())),
        agreements=dict(reversed(catalogue.agreements.items())),
        families=dict(reversed(catalogue.families.items())),
    )
    assert catalogue_json(catalogue, TODAY) == catalogue_json(turned, TODAY)


@pytest.mark.parametrize("audience", ["employees", "management"])
def test_it_names_neither_clients_nor_persons_nor_what_management_knows(audience: str) -> None:
    catalogue = read()
    clients = {
        name: client.model_copy(update={"name": Text("Very Secret Client")})
        for name, client in catalogue.clients.items()
    }
    named = catalogue.agreements["sla-physics"].model_copy(update={"clients": tuple(clients)[:1]})
    owner = catalogue.services["electricity"].owner.model_copy(update={"person": "Camille Secret"})
    service = catalogue.services["electricity"].model_copy(update={"owner": owner})
    catalogue = with_service(
        replace(catalogue, clients=clients, agreements={**catalogue.agreements, "sla-physics": named}),
        service,
    )
    written = publish(catalogue, audience=audience)
    text = json.dumps(written)
    assert "Secret" not in text
    assert not [name for name in clients if f'"{name}"' in text and name not in catalogue.partners]
    assert not keys_of(written) & {"profile", "potential", "levers", "strategy", "population", "history"}
    agreements = by_id(written["agreements"])
    assert ("sla-physics" in agreements) == (audience == "management")
    assert audience == "employees" or agreements["sla-physics"]["clients"] == "named"


def hostile_service(catalogue: Catalogue) -> Service:
    text = Text(HOSTILE)
    price = Price(model=PriceModel.USAGE, amount=Decimal("1.20"), per=text, note=text)
    return catalogue.services["electricity"].model_copy(
        update={
            "name": text,
            "summary": text,
            "description": Text(f"[run](javascript:alert(1)) {HOSTILE}"),
            "price": price,
            "offerings": (Offering(id="x", name=text, summary=text, price=price),),
            "faq": (Question(question=text, answer=Text(f"**{HOSTILE}**")),),
        }
    )


def test_hostile_text_stays_text() -> None:
    catalogue = read()
    service = hostile_service(catalogue)
    catalogue = with_service(catalogue, service)
    written = publish(catalogue)
    assert list(Draft202012Validator(json.loads(catalogue_schema())).iter_errors(written)) == []
    found = by_id(written["services"])["electricity"]
    assert found["name"]["en"] == '</script><script>alert(1)</script> & "x" \\ 🙂 <!-- ]]>'
    assert "javascript:" not in json.dumps(found)
    embedded = json_ld(service, catalogue, "en", TODAY, address)
    assert not set(embedded) & set("<>&\u2028\u2029\u0000\u0085")
    assert link(service, catalogue)["Service"]["name"] == found["name"]["en"]


@settings(deadline=None)  # machines of tests are shared
@given(st.text(min_size=1))
def test_no_text_leaves_its_script_element(text: str) -> None:
    catalogue = CATALOGUE
    service = catalogue.services["electricity"].model_copy(
        update={
            "name": Text(text),
            "faq": (Question.model_construct(question=Text(text), answer=Text(text)),),
        }
    )
    embedded = json_ld(service, catalogue, "fr", TODAY, address)
    assert not set(embedded) & set("<>&\u2028\u2029")
    embedded.encode("utf-8")
    assert json.loads(embedded)["@context"] == "https://schema.org"


def test_json_ld_speaks_the_language_of_its_page() -> None:
    catalogue = read()
    service = catalogue.services["electricity"]
    french, english = (link(service, catalogue, code) for code in ("fr", "en"))
    assert (french["Service"]["name"], english["Service"]["name"]) == ("Électricité", "Electricity")
    assert english["Service"]["serviceType"] == "Base services"
    assert french["FAQPage"]["inLanguage"] == "fr"
    question = english["FAQPage"]["mainEntity"][0]
    assert question["name"] == "Who gets power back first?"
    assert question["acceptedAnswer"]["text"] == "Base services, then physics, then general customers."


def test_json_ld_says_who_provides_it_where_to_ask_and_under_which_terms() -> None:
    catalogue = read()
    nodes = link(catalogue.services["cooling-water"], catalogue)
    service, provider = nodes["Service"], nodes["Organization"]
    assert service["url"] == "https://catalogue.example/service/cooling-water/"
    assert service["provider"]["@id"] == provider["@id"]
    assert (provider["name"], provider["parentOrganization"]["name"]) == (
        "Technical control room",
        "Laboratory",
    )
    assert [a["audienceType"] for a in service["audience"]] == ["Physics customers", "Equipment groups"]
    ask, helper = service["availableChannel"]
    assert ask["serviceUrl"] == "mailto:control-room.services@laboratory.example"
    assert helper["servicePhone"]["telephone"] == "01 99 00 22 01"
    assert service["termsOfService"] == ["https://catalogue.example/agreement/sla-base-services/"]


def test_json_ld_tells_hours_and_exceptions() -> None:
    catalogue = read()
    always = link(catalogue.services["electricity"], catalogue)["Service"]["hoursAvailable"]
    assert [(h["opens"], h["closes"], len(h["dayOfWeek"])) for h in always] == [("00:00", "23:59", 7)]
    office = link(catalogue.services["physics-hours"], catalogue)["Service"]["hoursAvailable"]
    assert [(h["opens"], h["closes"]) for h in office if "dayOfWeek" in h] == [
        ("08:30", "12:00"),
        ("13:30", "17:30"),
    ]
    assert office[0]["dayOfWeek"][0] == "https://schema.org/Monday"
    closed = [(h["validFrom"], h["validThrough"]) for h in office if "validFrom" in h]
    assert closed == [
        ("2000-12-22", "2000-12-22"),
        ("2000-12-25", "2000-12-29"),
        ("2001-01-01", "2001-01-05"),
    ]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (Price(model=PriceModel.INCLUDED), {"price": "0", "priceCurrency": "EUR"}),
        (
            Price(model=PriceModel.SUBSCRIPTION, amount=Decimal("4.50"), per=Text({"en": "month"})),
            {"price": "4.50", "priceCurrency": "EUR", "unitText": "month"},
        ),
        (Price(model=PriceModel.QUOTE), None),
    ],
    ids=["included", "subscription", "quote"],
)
def test_json_ld_tells_the_price(price: Price, expected: dict[str, str] | None) -> None:
    catalogue = read()
    service = catalogue.services["electricity"].model_copy(update={"price": price})
    offer = link(service, catalogue)["Service"]["offers"][0]
    found = offer.get("priceSpecification")
    assert found == (expected and {"@type": "UnitPriceSpecification", **expected})
    assert offer["availability"] == "https://schema.org/InStock"
