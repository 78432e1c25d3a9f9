"""Shifts of time zones: each of them found, those that lie closest together too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comptoir.measure.sql.zones import FIRST_YEAR, LAST_YEAR, shifts_of


@pytest.mark.parametrize("zone", ["Europe/Paris", "Brazil/DeNoronha", "Europe/Vienna", "Asia/Gaza", "UTC"])
def test_every_day_on_which_a_clock_changes_is_found(zone: str) -> None:
    info = ZoneInfo(zone)
    day, changed = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), []
    while day.year <= LAST_YEAR:
        after = day + timedelta(days=1)
        if day.astimezone(info).utcoffset() != after.astimezone(info).utcoffset():
            changed.append(day.date())
        day = after
    assert [(shift.at - timedelta(microseconds=1)).date() for shift in shifts_of(zone)] == changed


def test_a_shift_is_at_its_second() -> None:
    spring = next(shift for shift in shifts_of("Europe/Paris") if shift.at.year == 2026)
    assert (spring.at, spring.before, spring.after) == (datetime(2026, 3, 29, 1, tzinfo=UTC), 3600, 7200)
