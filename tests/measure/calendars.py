"""Calendars for the tests of working time, made up and generated."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from comptoir.model.calendars import DAYS, Calendar

ZONES = (
    "Europe/Paris",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/Havana",  # the clock is put back to midnight
    "America/Sao_Paulo",  # it skipped midnight
    "Pacific/Apia",  # it skipped a day
    "UTC",
)
# Days around which the clocks of these zones change.
CHANGES = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2018, 11, 4),
    date(2018, 2, 18),
    date(2011, 12, 30),
    date(2026, 7, 14),
    date(2026, 12, 25),
)


def calendar(**keys: Any) -> Calendar:
    """A calendar of working days, 08:00 to 12:00 and 13:00 to 18:00, unless `keys` say otherwise."""
    return Calendar.model_validate(
        {"id": "c", "name": "C", "week": {"monday-friday": "08:00-12:00, 13:00-18:00"}} | keys
    )


@st.composite
def hours(draw: st.DrawFn) -> str:
    """Hours of a day as written: none, all day, or up to three intervals, touching ones included."""
    kind = draw(st.sampled_from(["closed", "24 h", "intervals", "intervals", "night"]))
    if kind == "night":  # where clocks change
        edges = sorted(draw(st.lists(st.integers(0, 240), min_size=2, max_size=6, unique=True)))
    elif kind == "intervals":
        edges = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True)))
    else:
        return kind
    touching = draw(st.booleans())
    pairs = list(pairwise(edges))[:: 1 if touching else 2]
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs)


@st.composite
def calendars(draw: st.DrawFn, around: date) -> Calendar:
    """Any week in any of the zones, with closures, openings and public holidays near `around`."""
    days = st.integers(-4, 4).map(lambda offset: around + timedelta(days=offset))
    closures = [
        {"first": str(day), "last": str(day + timedelta(days=draw(st.integers(0, 2))))}
        for day in draw(st.lists(days, max_size=2))
    ]
    openings = [{"day": str(day), "hours": draw(hours())} for day in draw(st.lists(days, max_size=2))]
    holidays = {"country": draw(st.sampled_from(["FR", "US", "GB"]))} if draw(st.booleans()) else None
    return calendar(
        time_zone=draw(st.sampled_from(ZONES)),
        week={day: draw(hours()) for day in DAYS},
        closures=closures,
        openings=openings,
        public_holidays=holidays,
    )
