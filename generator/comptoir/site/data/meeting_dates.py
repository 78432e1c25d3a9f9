"""Dates for people's own calendars: committees and planned works in; iCalendar files (RFC 5545) out.

The same meetings on the same day of the build give the same bytes. A meeting keeps its UID from build to build, so
that a calendar replaces it instead of adding it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from comptoir.addresses import web_address
from comptoir.content.disturbances import instant_of
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.references import Ref
from comptoir.model.customers import Committee, Meeting
from comptoir.model.works import Works

WORKS_CALENDAR: Final = "works.ics"
PRODUCT: Final = "-//Comptoir//Committees//{language}"
_MARGIN: Final = timedelta(days=370)
"""A time zone is described for a year beyond the meetings, so that both changes of the clock are in it."""


def meeting_file(committee: Committee) -> str:
    """The path of the calendar of a committee, under docs/."""
    return f"committees/{committee.id}.ics"


def meeting_files(at: Edition) -> dict[str, str | bytes]:
    """Path under docs/ → the calendar of each committee that has meetings, and that of the works to come."""
    calendars: dict[str, str | bytes] = {
        meeting_file(committee): committee_calendar(at, committee)
        for committee in at.catalogue.committees.values()
        if committee.meetings
    }
    works = sorted(
        (one for one in at.catalogue.works.values() if one.ends >= at.today),
        key=lambda one: (one.day, one.id),
    )
    return {**calendars, WORKS_CALENDAR: works_calendar(at, works)} if works else calendars


def works_calendar(at: Edition, works: Sequence[Works]) -> bytes:
    """Planned works, in their order: what changes, and what to do meanwhile."""
    calendar = _calendar(at, at.language.gettext("Travaux"), works[0].day, max(one.ends for one in works))
    domain = at.catalogue.organisation.functional_mailbox.address.rpartition("@")[2]
    for one in works:
        event = Event()
        event.add("uid", f"works-{one.id}@{domain}")
        event.add("dtstamp", datetime.combine(at.today, time(), UTC))
        event.add("dtstart", instant_of(at, one.day, one.start))
        event.add("dtend", instant_of(at, one.ends, one.end))
        event.add("summary", at.text(one.title))
        event.add("description", " ".join(filter(None, (at.text(one.change), at.text(one.meanwhile)))))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def committee_calendar(at: Edition, committee: Committee) -> bytes:
    """Every meeting of the committee, past ones included: place, purpose and topics, which every audience may see."""
    meetings = sorted(committee.meetings, key=lambda m: (m.date, m.start))
    calendar = _calendar(at, at.text(committee.name), meetings[0].date, meetings[-1].date)
    for meeting in meetings:
        calendar.add_component(_event(at, committee, meeting))
    written: bytes = calendar.to_ical()
    return written


def _calendar(at: Edition, name: str, first: date, last: date) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT.format(language=at.language.code.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add_component(_time_zone(ZoneInfo(at.catalogue.organisation.time_zone).key, first, last))
    return calendar


def _time_zone(name: str, first: date, last: date) -> Timezone:
    return Timezone.from_tzid(name, first_date=first - _MARGIN, last_date=last + _MARGIN)


def _event(at: Edition, committee: Committee, meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting_uid(at, committee, meeting))
    event.add("dtstamp", datetime.combine(at.today, time(), UTC))
    event.add("dtstart", instant_of(at, meeting.date, meeting.start))
    event.add("dtend", instant_of(at, meeting.date, meeting.end))
    event.add("summary", at.text(committee.name))
    if meeting.place:
        event.add("location", at.text(meeting.place))
    topics = "".join(f"\n– {topic}" for topic in at.texts(meeting.topics))
    event.add("description", at.text(committee.purpose) + topics)
    event.add("categories", [label(committee.kind, at.language)])
    if url := web_address(at.catalogue.organisation, at.language.code, Ref("committee", committee.id)):
        event.add("url", url)
    return event


def meeting_uid(at: Edition, committee: Committee, meeting: Meeting) -> str:
    """What tells a meeting from every other, the same in all languages: committee, day, time and organisation."""
    domain = at.catalogue.organisation.functional_mailbox.address.rpartition("@")[2]
    begin = f"{meeting.date:%Y%m%d}T{meeting.start.replace(':', '')}"
    return f"{committee.id}-{begin}@{domain}"
