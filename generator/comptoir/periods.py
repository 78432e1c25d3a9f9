"""Periods of a report: a text such as '2026-Q3', '2026-09' or '2026' in; its days and its neighbours out."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Any, Final, Self, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_PART: Final = re.compile(r"(FY)?(\d{4})(?:[-/](\d{2}|\d{4}))?(?:-([HQ])([1-4]))?", re.ASCII)
_WINDOW: Final = re.compile(r"(?:(\d{1,3})m|(\d{4}-\d{2}))\.\.(\d{4}-\d{2})", re.ASCII)
_KINDS: Final = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_LENGTHS: Final = {"H": 6, "Q": 3, None: 12}
FORMS: Final = "'2026-09', '2026-Q3', '2026-H1', '2026', 'FY2026', '2025-10..2026-09' or '12m..2026-09'"


class Period:
    """Whole months in a row. Those before and after it are as long: a rolling year follows the one before it."""

    __slots__ = ()

    @property
    @abstractmethod
    def start(self) -> int:
        """How many months its first comes after January of the year 0."""

    @property
    @abstractmethod
    def length(self) -> int:
        """How many months it has."""

    @abstractmethod
    def _starting(self, start: int) -> Self:
        """The one of its kind that starts with that month. Raises ValueError outside years 1 to 9999."""

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.start // 12, self.start % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day, included."""
        after = self.start + self.length
        if after == 12 * (MAXYEAR + 1):
            return date.max
        return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)

    @property
    def previous(self) -> Self:
        """The one before."""
        return self.shift(-1)

    @property
    def same_last_year(self) -> Self:
        """The same one, a year before."""
        return self._starting(self.start - 12)

    @property
    def is_year(self) -> bool:
        """True for a calendar year."""
        return self.length == 12 and self.start % 12 == 0

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months."""
        return tuple(Month(n // 12, n % 12 + 1) for n in range(self.start, self.start + self.length))

    def shift(self, count: int) -> Self:
        """The one so many later (earlier when negative). Raises ValueError outside years 1 to 9999."""
        return self._starting(self.start + count * self.length)

    def latest(self, count: int) -> tuple[Self, ...]:
        """The `count` of its kind that end with this one, the oldest first."""
        return tuple(self.shift(-back) for back in range(count - 1, -1, -1))

    def around(self, day: date) -> Self:
        """The one of its kind that holds `day`: that quarter for a quarter, that fiscal year for one."""
        return self.shift((12 * day.year + day.month - 1 - self.start) // self.length)

    def is_like(self, other: Period) -> bool:
        """True for one of the same kind: as long, and some whole ones before or after it."""
        return self.length == other.length and (self.start - other.start) % self.length == 0

    def as_many(self, quarters: int) -> int:
        """How many of its kind make so many quarters, at least one: 12 months, 2 half-years or a year make four."""
        return max(1, -(-3 * quarters // self.length))

    @property
    def kind(self) -> str:
        """What people call its length: 'month', 'quarter', 'half', 'year', or 'period' for any other."""
        return _KINDS.get(self.length, "period")

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In JSON a period is its text, such as '2026-Q3'."""

        def parse(text: str) -> Period:
            period = parse_period(text)
            if not isinstance(period, cls):
                raise ValueError(f"'{text}' is no {cls.__name__.lower()}")
            return period

        as_text = core_schema.no_info_after_validator_function(parse, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            as_text,
            core_schema.is_instance_schema(cls),
            serialization=core_schema.to_string_ser_schema(),
        )

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.length) < (other.start, other.length)

    def __le__(self, other: Period) -> bool:
        return (self.start, self.length) <= (other.start, other.length)


P = TypeVar("P", bound=Period)


@dataclass(frozen=True, slots=True)
class Month(Period):
    """A month of the calendar year. Raises ValueError for a year or a number that does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        _check(self.year, self.number, 12, "month")

    @classmethod
    def parse(cls, text: str) -> Self:
        """'2026-09' → the month. Raises ValueError for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"expected a month such as '2026-09', not '{text}'")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """The month of `day`."""
        return cls(day.year, day.month)

    @classmethod
    def last_closed(cls, today: date) -> Self:
        """The month before that of `today`: a month is closed on the day after its last."""
        return cls.containing(today).shift(-1)

    @property
    def start(self) -> int:
        """How many months it comes after January of the year 0."""
        return 12 * self.year + self.number - 1

    @property
    def length(self) -> int:
        """One month."""
        return 1

    def _starting(self, start: int) -> Self:
        return type(self)(start // 12, start % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Quarter(Period):
    """A quarter of the calendar year. Raises ValueError for a year or a number that does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        _check(self.year, self.number, 4, "quarter")

    def __hash__(self) -> int:  # every figure is found by its quarter
        return 4 * self.year + self.number

    @classmethod
    def parse(cls, text: str) -> Self:
        """'2026-Q3' → the quarter. Raises ValueError for anything else."""
        match = _QUARTER.fullmatch(text)
        if match is None:
            raise ValueError(f"expected a quarter such as '2026-Q3', not '{text}'")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter of `day`."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def last_closed(cls, today: date) -> Self:
        """The quarter before that of `today`: a quarter is closed on the day after its last."""
        return cls.containing(today).shift(-1)

    @property
    def start(self) -> int:
        """How many months its first comes after January of the year 0."""
        return 12 * self.year + 3 * self.number - 3

    @property
    def length(self) -> int:
        """Three months."""
        return 3

    def _starting(self, start: int) -> Self:
        return type(self)(start // 12, start % 12 // 3 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class Span(Period):
    """So many months from a first one: a half-year, a year, calendar or fiscal, or any window of months.

    Raises ValueError for no month, or a last one after the year 9999.
    """

    first: Month
    length: int

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"a period has a month or more, not {self.length}")
        _check((self.start + self.length - 1) // 12, 1, 12, "month")

    @property
    def start(self) -> int:
        """How many months its first comes after January of the year 0."""
        return self.first.start

    def _starting(self, start: int) -> Self:
        return type(self)(Month(start // 12, start % 12 + 1), self.length)

    def __str__(self) -> str:
        year, number = self.first.year, self.first.number
        if self.is_year:
            return f"{year:04d}"
        if self.length == 6 and number in (1, 7):
            return f"{year:04d}-H{1 + number // 7}"
        return f"{self.first}..{self.first.shift(self.length - 1)}"


@lru_cache(maxsize=10_000)
def parse_period(text: str, fiscal: int | None = None) -> Period:
    """The period of a text in one of `FORMS`; `fiscal` is the month in which fiscal years begin.

    'FY2026' begins in 2026. Raises ValueError for anything else, and for a fiscal year where none is declared.
    """
    if _MONTH.fullmatch(text):
        return Month.parse(text)
    if window := _WINDOW.fullmatch(text):
        last = Month.parse(window[3])
        length = int(window[1]) if window[1] else last.start - Month.parse(window[2]).start + 1
        if length < 1:
            raise ValueError(f"'{text}' ends before it begins, or has no month")
        return _period(last.start - length + 1, length)
    part = _PART.fullmatch(text)
    if part is None or (part[4] == "H" and part[5] > "2") or (part[3] and not part[1]):
        raise ValueError(f"expected a period such as {FORMS}, not '{text}'{_nearest(text)}")
    year = int(part[2])
    if part[3] and int(part[3]) not in (year + 1, (year + 1) % 100):
        raise ValueError(f"'{text}': a fiscal year that begins in {year} ends in {year + 1}")
    if part[1] and fiscal is None:
        raise ValueError(
            f"'{text}' needs the month in which fiscal years begin, such as 'fiscal_year: april'"
        )
    length = _LENGTHS[part[4]]
    first = fiscal if part[1] and fiscal else 1
    return _period(12 * year + first - 1 + length * (int(part[5] or 1) - 1), length)


def _nearest(text: str) -> str:
    """' (did you mean …?)' for a period as people write it: '2026-9', 'Q3 2026', '2026T3', '09/2026'; '' for any other."""
    found = re.fullmatch(r"(\d{4})\W*([QTHS]?)(\d{1,2})|([QTHS]?)(\d{1,2})\W*(\d{4})", text.strip().upper())
    if found is None:
        return ""
    year, kind, number = found[1] or found[6], found[2] or found[4] or "", int(found[3] or found[5])
    letter = {"Q": "Q", "T": "Q", "H": "H", "S": "H"}.get(kind, "")
    if not 1 <= number <= {"Q": 4, "H": 2, "": 12}[letter]:
        return ""
    return (
        f" (did you mean '{year}-{letter}{number}'?)" if letter else f" (did you mean '{year}-{number:02d}'?)"
    )


def periods_between(first: P, last: P) -> tuple[P, ...]:
    """Those from `first` to `last`, both included, of one kind; none when `last` comes before `first`."""
    return last.latest(max((last.start - first.start) // last.length + 1, 0))


def _period(start: int, length: int) -> Period:
    """The period of so many months: a month or a quarter where it is one."""
    first = Month(start // 12, start % 12 + 1)
    if length == 1:
        return first
    return Quarter.containing(first.first_day) if length == 3 and start % 3 == 0 else Span(first, length)


def _check(year: int, number: int, numbers: int, name: str) -> None:
    if not 1 <= number <= numbers:
        raise ValueError(f"a {name} is numbered from 1 to {numbers}, not {number}")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"a year is between {MINYEAR} and {MAXYEAR}, not {year}")
