"""Calendars of committees: what a calendar program reads back, and the very bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from comptoir.content.edition import Edition
from comptoir.site.data.meeting_dates import committee_calendar, meeting_files
from comptoir.wording import language
from tests.conftest import Golden

from ..content.samples import TODAY, base_catalogue, render

PARIS = ZoneInfo("Europe/Paris")


def site(code: str = "fr", today: date = TODAY) -> Edition:
    return Edition(base_catalogue(), language(code), today)


def written(code: str = "fr", today: date = TODAY) -> bytes:
    made = site(code, today)
    return committee_calendar(made, made.catalogue.committees["users"])


def test_a_calendar_program_reads_every_meeting_back() -> None:
    calendar = Calendar.from_ical(written())
    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        datetime(2026, 6, 18, 14, tzinfo=PARIS),
        datetime(2026, 12, 10, 14, tzinfo=PARIS),
    ]
    assert [event.decoded("dtend") for event in events] == [
        datetime(2026, 6, 18, 16, tzinfo=PARIS),
        datetime(2026, 12, 10, 16, tzinfo=PARIS),
    ]
    assert {event.decoded("dtstamp") for event in events} == {datetime(2026, 10, 15, tzinfo=UTC)}
    last = events[1]
    assert (str(last["summary"]), str(last["location"])) == ("Comité des utilisateurs", "Salle 1")
    assert str(last["description"]) == "Écouter et rendre compte.\n– Résultats"
    assert "location" not in events[0]


def test_the_time_zone_is_described_with_both_its_hours() -> None:
    (zone,) = Calendar.from_ical(written()).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Paris"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_a_meeting_keeps_its_uid_whatever_the_day_and_the_language() -> None:
    def uids(code: str, day: date) -> list[str]:
        return [str(event["uid"]) for event in Calendar.from_ical(written(code, day)).walk("VEVENT")]

    assert uids("fr", TODAY) == ["users-20260618T1400@example.org", "users-20261210T1400@example.org"]
    assert uids("en", date(2027, 1, 1)) == uids("fr", TODAY)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_same_inputs_give_the_same_bytes(code: str, golden: Golden) -> None:
    data = written(code)
    assert data == written(code)
    assert b"\n" not in data.replace(b"\r\n", b""), "RFC 5545: lines end with CRLF"
    assert max(map(len, data.split(b"\r\n"))) <= 75
    golden(data.decode().replace("\r\n", "\n"), Path(__file__).with_name(f"users-{code}.ics.txt"))


def test_only_what_has_meetings_has_a_calendar_and_pages_lead_to_it() -> None:
    assert list(meeting_files(site())) == ["committees/users.ics"]
    files = render(base_catalogue()).files
    assert "committees/users.ics" in files
    assert 'href="users.ics"' in str(files["committees.md"])
    assert 'href="../users.ics"' in str(files["committees/users.md"])
    assert "Mettre toutes les dates" not in str(files["committees/open-day.md"])
