"""Time zones in the engine: the rules of a zone in, SQL that turns local times into UTC and back out.

A local time that the clock repeats is the first of the two; one that it skips is read as if the clock had not been
put forward yet (02:30 where 02:00 becomes 03:00 is 03:30). That is `fold=0` of Python's datetime.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1900, 2100
_WEEK = timedelta(weeks=1)  # no zone has put its clock forward and back within one
_NEVER = 2**62
_YEARS = range(FIRST_YEAR - 1, LAST_YEAR + 2)


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
    since = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    offset = _offset(info, since)
    while since.year <= LAST_YEAR:
        after = _offset(info, since + _WEEK)
        if after != offset:
            shifts.append(Shift(_find_shift(info, since, offset), offset, after))
            offset = after
        since += _WEEK
    return tuple(shifts)


def _offset(info: ZoneInfo, instant: datetime) -> int:
    delta = instant.astimezone(info).utcoffset()
    assert delta is not None
    return int(delta.total_seconds())


def _find_shift(info: ZoneInfo, since: datetime, before: int) -> datetime:
    low, high = 0, int(_WEEK.total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(info, since + timedelta(seconds=middle)) == before:
            low = middle
        else:
            high = middle
    return since + timedelta(seconds=high)


def to_utc(local: str, zone: str) -> str:
    """SQL: the TIMESTAMP in UTC of `local`, the SQL of a TIMESTAMP of the zone's clocks; NULL far from our years."""
    return f"make_timestamp(epoch_us({local}) - 1000000 * {_choose(local, _offsets_by_clock(zone))})"


def to_local(instant: str, zone: str) -> str:
    """SQL: the TIMESTAMP of the zone's clocks at `instant`, the SQL of a TIMESTAMP in UTC; NULL far from our years."""
    return f"make_timestamp(epoch_us({instant}) + 1000000 * {_choose(instant, _offsets_by_instant(zone))})"


def is_doubtful(local: str, zone: str) -> str:
    """SQL: true where the zone's clocks skip `local` or show it twice."""
    return f"({_choose(local, _doubtful_hours(zone))}) = 1"


@dataclass(frozen=True, slots=True)
class _Steps:
    """A number that changes at some moments, as SQL of lists with a place for each year.

    `begins`: what each year begins with; `cuts`: the first, second… moment of each year at which it changes, in
    microseconds, and what it is from then on.
    """

    begins: str
    cuts: tuple[tuple[str, str], ...]


@cache
def _offsets_by_clock(zone: str) -> _Steps:
    cuts = [(_naive(shift.at, max(shift.before, shift.after)), shift.after) for shift in shifts_of(zone)]
    return _steps(cuts, _first_offset(zone))


@cache
def _offsets_by_instant(zone: str) -> _Steps:
    return _steps([(_naive(shift.at, 0), shift.after) for shift in shifts_of(zone)], _first_offset(zone))


@cache
def _doubtful_hours(zone: str) -> _Steps:
    edges: list[tuple[datetime, int]] = []
    for shift in shifts_of(zone):
        edges.append((_naive(shift.at, min(shift.before, shift.after)), 1))
        edges.append((_naive(shift.at, max(shift.before, shift.after)), 0))
    return _steps(edges, 0)


def _first_offset(zone: str) -> int:
    shifts = shifts_of(zone)
    return shifts[0].before if shifts else _offset(ZoneInfo(zone), datetime(2000, 1, 1, tzinfo=UTC))


def _naive(instant: datetime, seconds: int) -> datetime:
    return (instant + timedelta(seconds=seconds)).replace(tzinfo=None)


def _steps(cuts: Sequence[tuple[datetime, int]], first: int) -> _Steps:
    """The number that came with the last of `cuts`, or `first`."""
    of_year: dict[int, list[tuple[datetime, int]]] = {year: [] for year in _YEARS}
    for cut, number in cuts:
        of_year[cut.year].append((cut, number))
    begins, number = [], first
    for year in _YEARS:
        begins.append(number)
        number = of_year[year][-1][1] if of_year[year] else number
    lists = []
    for k in range(max(map(len, of_year.values()))):
        kth = [of_year[year][k] if k < len(of_year[year]) else None for year in _YEARS]
        limits = _list(_microseconds(cut[0]) if cut else _NEVER for cut in kth)
        lists.append((limits, _list(cut[1] if cut else 0 for cut in kth)))
    return _Steps(_list(begins), tuple(lists))


def _choose(value: str, steps: _Steps) -> str:
    """SQL of the number at `value`.

    One list a cut that a year may have, with a place for each year, each list one text: the engine plans that in a
    small part of the time that it takes for hundreds of comparisons, or of constants.
    """
    place = f"year({value}) - {_YEARS[0] - 1}"
    text = f"{steps.begins}[{place}]"
    for limits, numbers in steps.cuts:
        text = f"CASE WHEN epoch_us({value}) >= {limits}[{place}] THEN {numbers}[{place}] ELSE {text} END"
    return text


def _list(numbers: Iterable[int]) -> str:
    return f"('[{', '.join(map(str, numbers))}]'::BIGINT[])"


def _microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1)
