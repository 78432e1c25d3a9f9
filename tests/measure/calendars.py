"""Calendars for the tests of working time, made up and generated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from comptoir.measure.working_time import MARGIN, MICROSECONDS, microseconds, opening_seconds, zone_of
from comptoir.model.calendars import DAYS, Calendar

# Zones, and a day on which their clock changes (the last two: a public holiday, no change).
CHANGES = (
    ("Europe/Paris", date(2026, 3, 29)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # by half an hour
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Havana", date(2026, 3, 8)),  # skips midnight
    ("America/Havana", date(2026, 11, 1)),  # is put back to midnight
    ("America/Sao_Paulo", date(2018, 2, 18)),  # is put back over midnight
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),  # skips the day
    ("Asia/Kolkata", date(2026, 12, 25)),
    ("UTC", date(2026, 7, 14)),
)
NIGHT_EDGES = (*range(0, 241, 15), 1380, 1395, 1410, 1440)  # where clocks change


def calendar(**keys: Any) -> Calendar:
    """A calendar of working days, 08:00 to 12:00 and 13:00 to 18:00, unless `keys` say otherwise."""
    return Calendar.model_validate(
        {"id": "c", "name": "C", "week": {"monday-friday": "08:00-12:00, 13:00-18:00"}} | keys
    )


@st.composite
def hours(draw: st.DrawFn) -> str:
    """Hours of a day as written: none, all day, or up to five intervals, touching ones included."""
    kind = draw(st.sampled_from(["closed", "24 h", "any", "night", "night"]))
    if kind in {"closed", "24 h"}:
        return kind
    edge = st.sampled_from(NIGHT_EDGES) if kind == "night" else st.integers(0, 1440)
    edges = sorted(draw(st.lists(edge, min_size=2, max_size=6, unique=True)))
    touching = draw(st.booleans())
    pairs = list(pairwise(edges))[:: 1 if touching else 2]
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs)


@st.composite
def calendars(draw: st.DrawFn, zone: str, around: date) -> Calendar:
    """Any week in `zone`, with closures, openings and public holidays near `around`."""
    days = st.integers(-4, 4).map(lambda offset: around + timedelta(days=offset))
    closures = [
        {"first": str(day), "last": str(day + timedelta(days=draw(st.integers(0, 2))))}
        for day in draw(st.lists(days, max_size=2))
    ]
    openings = [{"day": str(day), "hours": draw(hours())} for day in draw(st.lists(days, max_size=2))]
    holidays = {"country": draw(st.sampled_from(["FR", "US", "GB"]))} if draw(st.booleans()) else None
    return calendar(
        time_zone=zone,
        week={day: draw(hours()) for day in DAYS},
        closures=closures,
        openings=openings,
        public_holidays=holidays,
    )


def is_working(calendar: Calendar, time_zone: str, instant: datetime) -> bool:
    """True when `calendar` works at `instant`. Raises ValueError for an instant without time zone."""
    zone = zone_of(calendar, time_zone)
    second = microseconds(instant) // MICROSECONDS
    today = instant.astimezone(zone).date()
    return any(
        start <= second < end
        for day in (today - MARGIN, today, today + MARGIN)
        for start, end in opening_seconds(calendar, zone, day)
    )
