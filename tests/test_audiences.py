"""What an audience may not see is gone, with what needs it; and nothing limited seems to become general."""

from dataclasses import replace
from typing import Any

import pytest

from comptoir.audiences import for_audience
from comptoir.model.agreements import Agreement
from comptoir.model.base import Entity, Text
from comptoir.model.calendars import Calendar
from comptoir.model.catalogue import KINDS, Catalogue
from comptoir.model.customers import Action, Client, Committee, News, Partner, Segment
from comptoir.model.metrics import Indicator
from comptoir.model.organisation import Organisation
from comptoir.model.reports import FrontMatter, Report, ReportWords
from comptoir.model.services import Family, Service
from comptoir.periods import Quarter

ORGANISATION = {
    "name": "O",
    "department": "D",
    "short_name": "D",
    "slogan": "s",
    "promise": "p",
    "about": "a",
    "languages": ["fr"],
    "time_zone": "UTC",
    "brand": {"colours": {"primary": "#000000"}},
    "service_desk": {"role": "desk"},
    "functional_mailbox": {"address": "a@b.org"},
    "most_asked": ["mail", "secret"],
}
TARGET = {"metric": "availability", "value": "99", "unit": "percent"}


def service(name: str, **keys: Any) -> Service:
    given = {
        "id": name,
        "name": name,
        "family": "tools",
        "summary": "s",
        "benefits": ["b"],
        "price": {"model": "included"},
        "service_hours": "always",
        "support_hours": "always",
        "owner": {"role": "o"},
        "review_date": "2027-01-01",
    }
    return Service.model_validate(given | keys)


def agreement(name: str, **keys: Any) -> Agreement:
    given = {
        "id": name,
        "kind": "sla",
        "name": name,
        "summary": "s",
        "calendar": "always",
        "targets": [TARGET],
    }
    return Agreement.model_validate(given | {"valid_from": "2026-01-01"} | keys)


def segment(name: str, **keys: Any) -> Segment:
    given = {"id": name, "name": name, "summary": "s", "pictogram": "star", "priority": 1}
    return Segment.model_validate(given | keys)


def catalogue(*entities: Entity) -> Catalogue:
    always = Calendar.model_validate({"id": "always", "name": "a", "week": {"monday-sunday": "24 h"}})
    tools = Family.model_validate(
        {"id": "tools", "name": "t", "summary": "s", "pictogram": "star", "colour": "#000000"}
    )
    given = [always, tools, *entities]
    by_kind: dict[str, Any] = {
        kind.plural: {entity.id: entity for entity in given if type(entity) is kind.model} for kind in KINDS
    }
    return Catalogue(
        organisation=Organisation.model_validate(ORGANISATION),
        **by_kind,
        declared={},
        pictograms=frozenset({"star"}),
        assets={},
        svgs={},
    )


def test_everyone_sees_what_says_nothing_of_audiences() -> None:
    seen = for_audience(catalogue(service("mail"), segment("staff")), "employees")
    assert set(seen.services) == {"mail"}
    assert set(seen.segments) == {"staff"}


def test_a_hidden_service_leaves_every_list() -> None:
    given = catalogue(
        service("mail", related=["secret"], dependencies=[{"service": "secret", "criticality": "critical"}]),
        service("secret", audience="management"),
        News.model_validate(
            {"id": "n", "date": "2026-01-01", "title": "t", "summary": "s", "services": ["secret"]}
        ),
        segment("staff", offer=[{"service": "secret", "why": "w"}, {"service": "mail", "why": "w"}]),
    )
    seen = for_audience(given, "employees")
    assert set(seen.services) == {"mail"}
    assert seen.services["mail"].related == ()
    assert seen.services["mail"].dependencies == ()
    assert seen.news["n"].services == ()
    assert [offer.service for offer in seen.segments["staff"].offer] == ["mail"]
    assert seen.organisation.most_asked == ("mail",)
    assert "secret" not in repr(seen)


def test_management_sees_all() -> None:
    given = catalogue(service("mail", related=["secret"]), service("secret", audience="management"))
    assert for_audience(given, "management").services == given.services


def test_what_needs_something_hidden_goes_too() -> None:
    family = {
        "id": "dark",
        "name": "d",
        "summary": "s",
        "pictogram": "star",
        "colour": "#000000",
        "audience": "management",
    }
    given = catalogue(
        Family.model_validate(family),
        service("inside", family="dark"),
        service("mail", related=["inside"]),
    )
    seen = for_audience(given, "employees")
    assert set(seen.services) == {"mail"}
    assert seen.services["mail"].related == ()


def test_a_promise_to_hidden_clients_does_not_become_one_to_everyone() -> None:
    client = Client.model_validate({"id": "lab", "name": "Lab", "segment": "staff"})
    given = catalogue(
        segment("staff"),
        segment("board", audience="management"),
        client,
        agreement("sla-all"),
        agreement("sla-lab", clients=["lab"]),
        agreement("sla-board", segments=["board"]),
        service("mail", agreements=["sla-all", "sla-lab"], segments=["staff", "board"]),
        service("cockpit", segments=["board"]),
        service("offers", offerings=[{"id": "a", "name": "a", "summary": "s", "segments": ["board"]}]),
    )
    seen = for_audience(given, "employees")
    assert set(seen.agreements) == {"sla-all"}
    assert seen.services["mail"].agreements == ("sla-all",)
    assert seen.services["mail"].segments == ("staff",)
    assert "cockpit" not in seen.services
    assert seen.services["offers"].offerings == ()


def test_a_committee_that_names_clients_is_for_management() -> None:
    keys = {"kind": "tactical", "purpose": "p"}
    named = {"alone": {"clients": ["lab"]}, "both": {"clients": ["lab"], "segments": ["staff"]}}
    committees = [
        Committee.model_validate({"id": name, "name": name, **keys, **who})
        for name, who in {**named, "segments": {"segments": ["staff"]}, "all": {}}.items()
    ]
    client = Client.model_validate({"id": "lab", "name": "Lab", "segment": "staff"})
    given = catalogue(segment("staff"), client, *committees)
    assert set(for_audience(given, "employees").committees) == {"segments", "all"}
    assert set(for_audience(given, "management").committees) == {"alone", "both", "segments", "all"}


def test_an_effect_on_what_is_hidden_does_not_become_one_on_everything() -> None:
    action = {
        "id": "a",
        "name": "n",
        "lever": "convenience",
        "status": "planned",
        "owner": "o",
        "due": "2026-12-01",
        "expected_effect": "e",
        "audience": "employees",
    }
    effect = {"indicator": "share", "from": "1", "to": "2"}
    indicator = {
        "id": "share",
        "name": "n",
        "summary": "s",
        "source": "requests",
        "kind": "count",
        "unit": "number",
        "direction": "higher",
    }
    given = catalogue(
        segment("staff"),
        segment("board", audience="management"),
        Indicator.model_validate(indicator),
        Action.model_validate(action | {"id": "all", "effect": effect}),
        Action.model_validate(action | {"id": "seen", "effect": effect | {"segment": "staff"}}),
        Action.model_validate(action | {"id": "hidden", "effect": effect | {"segment": "board"}}),
    )
    seen = for_audience(given, "employees").actions
    assert {name: found.effect is not None for name, found in seen.items()} == {
        "all": True,
        "seen": True,
        "hidden": False,
    }


@pytest.mark.parametrize("audience", ["employees", "management"])
def test_clients_actions_and_loyalty_fields_are_for_management(audience: str) -> None:
    action = {
        "id": "a",
        "name": "n",
        "lever": "convenience",
        "status": "planned",
        "owner": "o",
        "due": "2026-01-01",
        "expected_effect": "e",
    }
    given = catalogue(
        segment("staff", profile="core-target", potential="high", levers=["convenience"], strategy="reward"),
        Client.model_validate({"id": "lab", "name": "Lab", "segment": "staff"}),
        Action.model_validate(action),
    )
    seen = for_audience(given, audience)
    is_management = audience == "management"
    assert bool(seen.clients) is is_management
    assert bool(seen.actions) is is_management
    staff = seen.segments["staff"]
    assert (staff.profile is not None, bool(staff.levers), staff.strategy is not None) == (is_management,) * 3


def test_an_optional_reference_is_dropped_and_its_holder_stays() -> None:
    partner = {
        "id": "acme",
        "name": "A",
        "kind": "supplier",
        "summary": "s",
        "contact": {"role": "r"},
        "audience": "management",
    }
    given = catalogue(
        Partner.model_validate(partner),
        agreement("ola-acme", kind="ola", partner="acme"),
        service("mail", replaced_by="next"),
        service("next", audience="management"),
    )
    seen = for_audience(given, "employees")
    assert seen.agreements["ola-acme"].partner is None
    assert seen.services["mail"].replaced_by is None


def test_places_survive() -> None:
    given = catalogue(service("mail"))
    assert for_audience(given, "employees").services["mail"].locate() == given.services["mail"].locate()


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="board"):
        for_audience(catalogue(), "board")


def test_only_what_a_report_says_to_be_public_reaches_a_wide_audience() -> None:
    front = FrontMatter.model_validate(
        {
            "title": "Geomatics is leaving",
            "signatory": "Manager",
            "public": "For all.",
            "tiles": ["open", "closed"],
            "decisions": [{"text": "Tell", "public": "true"}, {"text": "Hide"}],
            "our_commitments": [{"text": "Keep"}, {"text": "Show", "public": "true", "indicator": "closed"}],
            "customer_commitments": [{"text": "Theirs", "segment": "staff"}],
        }
    )
    words = ReportWords.model_validate({"opening": "Inside."})
    quarter = Quarter(2026, 3)
    definition = {
        "summary": "s",
        "source": "requests",
        "kind": "count",
        "unit": "number",
        "direction": "neither",
    }
    seen = Indicator.model_validate({"id": "open", "name": "o", **definition})
    closed = Indicator.model_validate({"id": "closed", "name": "c", "audience": "management", **definition})
    whole = replace(catalogue(seen, closed), reports={quarter: Report(quarter, front, {"fr": words})})
    inside = for_audience(whole, "management").reports[quarter]
    assert (inside.front.title, inside.words["fr"].opening) == (Text("Geomatics is leaving"), Text("Inside."))
    assert len(inside.front.decisions) == len(inside.front.our_commitments) == 2
    cut = for_audience(whole, "employees").reports[quarter]
    assert cut.words == {} and cut.front.title is None
    assert cut.front.public == Text("For all.") and cut.front.tiles == ("open",)
    assert [d.text for d in cut.front.decisions] == [Text("Tell")]
    assert [(c.text, c.indicator) for c in cut.front.our_commitments] == [(Text("Show"), None)]
    assert cut.front.customer_commitments == ()
