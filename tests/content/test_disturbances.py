"""Planned works and known problems: when they are told, where, of which services, and as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from comptoir.checking import check_project
from comptoir.content.disturbances import coming_works, open_problems, past_works, planned_works
from comptoir.content.edition import Edition
from comptoir.model.catalogue import Catalogue
from comptoir.site import render_site
from comptoir.wording import language
from tests.conftest import project_maker
from tests.content.samples import Read, body_of

WORKS = """\
title: {fr: Nouveau réseau, en: New network}
services: [wifi]
day: 2026-11-07
start: "22:00"
last_day: 2026-11-08
end: "02:30"
change: {fr: Le Wi-Fi s'arrête., en: Wi-Fi stops.}
meanwhile: {fr: Le câble marche., en: Cables work.}
"""
PROBLEMS = """\
- id: slow
  title: {fr: Lenteur, en: Slowness}
  services: [mail]
  since: 2026-10-05
  until: 2026-10-20
  meanwhile: {fr: Passez par *la page*., en: Use *the page*.}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    project = project_maker(tmp_path_factory.mktemp("works"))(
        keys={
            "catalogue/works/network.yaml": WORKS,
            "catalogue/known-problems.yaml": PROBLEMS,
            "catalogue/services/mail.yaml": {
                "dependencies": [{"service": "wifi", "criticality": "degraded"}]
            },
        }
    )
    found, problems = check_project(Path(project), date(2026, 10, 15))
    assert [p.message for p in problems if p.severity == "error"] == []
    return found


def at(catalogue: Catalogue, day: date, code: str = "en") -> Edition:
    return Edition(catalogue, language(code), day)


def test_works_are_told_from_a_month_before_to_their_last_day(catalogue: Catalogue) -> None:
    told = {
        day: (
            len(coming_works(at(catalogue, day))),
            len(planned_works(at(catalogue, day))),
            len(past_works(at(catalogue, day))),
        )
        for day in (
            date(2026, 10, 7),
            date(2026, 10, 8),
            date(2026, 11, 8),
            date(2026, 11, 9),
            date(2027, 3, 1),
        )
    }
    assert list(told.values()) == [(0, 1, 0), (1, 1, 0), (1, 1, 0), (0, 0, 1), (0, 0, 0)]


def test_a_service_is_told_of_its_own_works_and_of_those_of_what_it_needs(catalogue: Catalogue) -> None:
    edition = at(catalogue, date(2026, 10, 15))
    (own,) = coming_works(edition, catalogue.services["wifi"])
    (through,) = coming_works(edition, catalogue.services["mail"])
    assert own.through == "" and through.through.startswith("Wi-Fi – ") and "less well" in through.through
    assert (
        own.when.replace("\u00a0", " ")
        == "from Saturday 7 November 2026 at 22:00 to Sunday 8 November 2026 at 2:30"
    )
    assert (own.begins, own.ends) == ("2026-11-07T22:00:00+01:00", "2026-11-08T02:30:00+01:00")


def test_a_problem_is_told_while_it_is_there(catalogue: Catalogue) -> None:
    days = (date(2026, 10, 4), date(2026, 10, 5), date(2026, 10, 20), date(2026, 10, 21))
    assert [len(open_problems(at(catalogue, day))) for day in days] == [0, 1, 1, 0]
    edition = at(catalogue, days[1], "fr")
    assert open_problems(edition, catalogue.services["wifi"]) == ()
    (problem,) = open_problems(edition, catalogue.services["mail"])
    assert (
        "<em>la page</em>" in problem.meanwhile and problem.since.replace("\u00a0", " ") == "5 octobre 2026"
    )


def test_pages_and_the_calendar_say_them(catalogue: Catalogue) -> None:
    files = render_site(catalogue, language="fr", today=date(2026, 10, 15)).files
    for page in ("index.md", "services/mail.md", "works.md"):
        words = Read(body_of(str(files[page]))).words
        assert "Nouveau réseau" in words and "Lenteur" in words, page
    assert "Lenteur" not in Read(body_of(str(files["services/wifi.md"]))).words
    content = files["works.ics"]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 11, 7, 21, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 8, 1, 30, tzinfo=UTC)
    assert str(event["description"]) == "Le Wi-Fi s’arrête. Le câble marche."
    later = render_site(catalogue, language="fr", today=date(2026, 12, 1)).files
    assert "works.ics" not in later and "Nouveau réseau" in Read(body_of(str(later["works.md"]))).words


def test_a_project_without_any_has_no_page(catalogue: Catalogue) -> None:
    bare = replace(catalogue, works={}, known_problems={})
    files = render_site(bare, language="fr", today=date(2026, 10, 15)).files
    assert not [name for name in files if name.startswith("works")]
