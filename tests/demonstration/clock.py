"""Working hours of the demonstration: a moment and a duration in, the moment when that much work is done out.

A second, plain way to count what the program counts, over the same hours as catalogue/calendars/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
_HOLIDAYS: Final = """
    2024-11-01 2024-11-11 2024-12-25
    2025-01-01 2025-04-21 2025-05-01 2025-05-08 2025-05-29 2025-06-09 2025-07-14 2025-08-15 2025-11-01 2025-11-11
    2025-12-25
    2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-01 2026-11-11
"""
HOLIDAYS: Final = frozenset(date.fromisoformat(day) for day in _HOLIDAYS.split())


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day at which each day of the week (Monday first) opens and closes."""

    week: tuple[tuple[int, int] | None, ...]
    has_holidays: bool = True

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """When `day` opens and closes; None when it does not open."""
        hours = self.week[day.weekday()]
        if hours is None or (self.has_holidays and day in HOLIDAYS):
            return None
        midnight = datetime.combine(day, time())
        return midnight + hours[0] * MINUTE, midnight + hours[1] * MINUTE

    def is_open(self, moment: datetime) -> bool:
        """True during opening hours."""
        span = self.span(moment.date())
        return span is not None and span[0] <= moment < span[1]

    def advance(self, start: datetime, minutes: int) -> datetime:
        """The moment at which so many minutes of opening have passed since `start`."""
        left, day = minutes * MINUTE, start.date()
        while True:
            span = self.span(day)
            if span is not None and span[1] > start:
                begin = max(start, span[0])
                if begin + left <= span[1]:
                    return begin + left
                left -= span[1] - begin
            day += DAY

    def after_days(self, day: date, count: int) -> date:
        """The last of so many working days after `day`, which is not counted itself."""
        while count > 0:
            day += DAY
            count -= self.span(day) is not None
        return day


def _hours(weekday: str, saturday: str = "") -> Hours:
    return Hours((*[_minutes(weekday)] * 5, _minutes(saturday) if saturday else None, None))


def _minutes(written: str) -> tuple[int, int]:
    begin, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in written.split("-"))
    return begin, end


CALENDARS: Final[Mapping[str, Hours]] = MappingProxyType(
    {
        "office-hours": _hours("08:30-18:00"),
        "service-desk": _hours("08:00-18:30"),
        "extended-hours": _hours("07:00-20:00", "08:00-13:00"),
        "always": Hours(((0, 1440),) * 7, has_holidays=False),
    }
)
