"""What the poster leaves out when there is no room, and how it says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.model.services import Family, Service
from comptoir.paper.posters.choice import choose, left_out
from tests.conftest import MakeProject

Offer = list[tuple[Family, tuple[Service, ...]]]


@pytest.fixture
def offer(make_project: MakeProject, today: date) -> Offer:
    """Two families: one of five services, one of two."""
    return offer_of(make_project(keys=many({"workplace": 5, "network": 2})), today)


def many(counts: dict[str, int]) -> dict[str, object]:
    """Files of families with so many services each; the third of each is being prepared."""
    files: dict[str, object] = {}
    for family, count in counts.items():
        files[f"catalogue/families/{family}.yaml"] = {
            "name": {"fr": family.title(), "en": family.title()},
            "summary": {"fr": "Une famille.", "en": "A family."},
            "pictogram": "desktop",
            "colour": "#1a5fb4",
        }
        for number in range(1, count + 1):
            files[f"catalogue/services/{family}-{number}.yaml"] = {
                "name": {"fr": f"Service {number}", "en": f"Service {number}"},
                "family": family,
                "summary": {"fr": "Un service.", "en": "A service."},
                "benefits": [{"fr": "Il sert.", "en": "It serves."}],
                "price": {"model": "included"},
                "service_hours": "office-hours",
                "support_hours": "office-hours",
                "owner": {"role": {"fr": "Responsable", "en": "Head"}},
                "lifecycle": "pipeline" if number == 3 else "live",
                "review_date": "2027-03-31",
            }
    return files


def offer_of(project: Path, today: date) -> Offer:
    catalogue, _ = check_project(project, today)
    services = [s for s in catalogue.services.values() if s.id not in {"mail", "wifi"}]
    return [
        (family, tuple(s for s in services if s.family == family.id))
        for family in catalogue.families.values()
    ]


def shown(offer: Offer, room: int, asked: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return {part.family.id: [service.id for service in part.services] for part in choose(offer, room, asked)}


def test_everything_is_shown_where_there_is_room(offer: Offer) -> None:
    chosen = choose(offer, 7, ())
    assert [len(part.services) for part in chosen] == [2, 5]
    assert list(left_out(chosen, "Poster")) == []


def test_the_largest_family_gives_way_first_and_what_is_not_live_yet_goes_first(offer: Offer) -> None:
    assert shown(offer, 6) == {
        "network": ["network-1", "network-2"],
        "workplace": ["workplace-1", "workplace-2", "workplace-4", "workplace-5"],
    }


def test_the_most_asked_stay(offer: Offer) -> None:
    assert shown(offer, 4, ("workplace-5", "workplace-3"))["workplace"] == ["workplace-3", "workplace-5"]


def test_each_family_keeps_a_service_as_long_as_there_is_room(offer: Offer) -> None:
    assert shown(offer, 2) == {"network": ["network-1"], "workplace": ["workplace-1"]}


def test_what_is_left_out_is_told_at_its_family(offer: Offer) -> None:
    problems = [str(problem) for problem in left_out(choose(offer, 4, ()), "L’offre en une page")]
    assert problems == [
        "catalogue/families/workplace.yaml:2:3: warning: 'L’offre en une page' has room for 4 services; of this family "
        "it leaves out 3: workplace-3, workplace-4, workplace-5 [left-out]"
    ]


def test_a_family_without_room_is_told_and_still_counts(offer: Offer) -> None:
    chosen = choose(offer, 1, ())
    assert sorted(len(part.services) for part in chosen) == [0, 1]
    assert sum(len(part.services) + len(part.left_out) for part in chosen) == 7
    assert len(list(left_out(chosen, "Poster"))) == 2
