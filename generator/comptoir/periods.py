"""Periods of a report: a text such as '2026-Q3' or a day in, a quarter or a month with its days and neighbours out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, Self

_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
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
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day, included."""
        return _last_day_of_month(self.year, self.number)

    @property
    def previous(self) -> Self:
        """The month before."""
        return self.shift(-1)

    @property
    def same_last_year(self) -> Self:
        """The same month, a year before."""
        return self.shift(-12)

    def shift(self, months: int) -> Self:
        """The month so many months later (earlier when negative). Raises ValueError outside years 1 to 9999."""
        return type(self)(*_shift(self.year, self.number, months, 12))

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
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
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day, included."""
        return _last_day_of_month(self.year, 3 * self.number)

    @property
    def previous(self) -> Self:
        """The quarter before."""
        return self.shift(-1)

    @property
    def same_last_year(self) -> Self:
        """The same quarter, a year before."""
        return self.shift(-4)

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Its three months."""
        first = Month(self.year, 3 * self.number - 2)
        return first, first.shift(1), first.shift(2)

    def shift(self, quarters: int) -> Self:
        """The quarter so many quarters later (earlier when negative). Raises ValueError outside years 1 to 9999."""
        return type(self)(*_shift(self.year, self.number, quarters, 4))

    def latest(self, count: int) -> tuple[Self, ...]:
        """The `count` quarters that end with this one, the oldest first."""
        return tuple(self.shift(-back) for back in range(count - 1, -1, -1))

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


def quarters_between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    """The quarters from `first` to `last`, both included; none when `last` comes before `first`."""
    count = 4 * (last.year - first.year) + last.number - first.number + 1
    return last.latest(max(count, 0))


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """The months from `first` to `last`, both included; none when `last` comes before `first`."""
    count = 12 * (last.year - first.year) + last.number - first.number + 1
    return tuple(first.shift(ahead) for ahead in range(max(count, 0)))


def _check(year: int, number: int, numbers: int, name: str) -> None:
    if not 1 <= number <= numbers:
        raise ValueError(f"a {name} is numbered from 1 to {numbers}, not {number}")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"a year is between {MINYEAR} and {MAXYEAR}, not {year}")


def _shift(year: int, number: int, by: int, numbers: int) -> tuple[int, int]:
    year, index = divmod(year * numbers + number - 1 + by, numbers)
    return year, index + 1


def _last_day_of_month(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
