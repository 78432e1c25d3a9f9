"""Time zones in the engine: the rules of a zone in, SQL that turns local times into UTC and back out.

A local time that the clock repeats is the first of the two; one that it skips is read as if the clock had not been
put forward yet (02:30 where 02:00 becomes 03:00 is 03:30). That is `fold=0` of Python's datetime.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """The clock is put forward or back: when (in UTC), seconds ahead of UTC before it and after it."""

    at: datetime
    before: int
    after: int


@cache
def shifts_of(zone: str) -> tuple[Shift, ...]:
    """Every shift of the zone from 1900 to 2100. Raises ZoneInfoNotFoundError for an unknown zone."""
    info = ZoneInfo(zone)
    shifts = []
    day = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    offset = _offset(info, day)
    while day.year <= LAST_YEAR:
        after = _offset(info, day + _DAY)
        if after != offset:
            shifts.append(Shift(_find_shift(info, day, offset), offset, after))
            offset = after
        day += _DAY
    return tuple(shifts)


def _offset(info: ZoneInfo, instant: datetime) -> int:
    delta = instant.astimezone(info).utcoffset()
    assert delta is not None
    return int(delta.total_seconds())


def _find_shift(info: ZoneInfo, day: datetime, before: int) -> datetime:
    low, high = 0, 86400
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(info, day + timedelta(seconds=middle)) == before:
            low = middle
        else:
            high = middle
    return day + timedelta(seconds=high)


def to_utc(local: str, zone: str) -> str:
    """SQL: the TIMESTAMP in UTC of `local`, the SQL of a TIMESTAMP of the zone's clocks."""
    cuts = [(_naive(shift.at, max(shift.before, shift.after)), shift.after) for shift in shifts_of(zone)]
    return f"make_timestamp(epoch_us({local}) - {_tree(local, cuts, _first_offset(zone))})"


def to_local(instant: str, zone: str) -> str:
    """SQL: the TIMESTAMP of the zone's clocks at `instant`, the SQL of a TIMESTAMP in UTC."""
    cuts = [(_naive(shift.at, 0), shift.after) for shift in shifts_of(zone)]
    return f"make_timestamp(epoch_us({instant}) + {_tree(instant, cuts, _first_offset(zone))})"


def is_doubtful(local: str, zone: str) -> str:
    """SQL: true where the zone's clocks skip `local` or show it twice."""
    edges: list[tuple[str, bool]] = []
    for shift in shifts_of(zone):
        edges.append((_naive(shift.at, min(shift.before, shift.after)), True))
        edges.append((_naive(shift.at, max(shift.before, shift.after)), False))
    return _choose(local, [(edge, str(doubtful)) for edge, doubtful in edges], "False")


def _first_offset(zone: str) -> int:
    shifts = shifts_of(zone)
    return shifts[0].before if shifts else _offset(ZoneInfo(zone), datetime(2000, 1, 1, tzinfo=UTC))


def _naive(instant: datetime, seconds: int) -> str:
    return (instant + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat(" ")


def _tree(value: str, cuts: list[tuple[str, int]], first: int) -> str:
    return _choose(value, [(cut, _microseconds(offset)) for cut, offset in cuts], _microseconds(first))


def _microseconds(seconds: int) -> str:
    return f"{seconds * 1_000_000}::BIGINT"


def _choose(value: str, cuts: list[tuple[str, str]], first: str) -> str:
    """SQL that finds the last cut at or before `value` by halving: eight comparisons for two centuries."""
    if not cuts:
        return first
    middle = len(cuts) // 2
    cut, at = cuts[middle]
    later = _choose(value, cuts[middle + 1 :], at)
    return (
        f"CASE WHEN {value} < TIMESTAMP '{cut}' THEN {_choose(value, cuts[:middle], first)} ELSE {later} END"
    )
