"""What charts are made of and what comes out: frozen values, each number beside its text in the page's language."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from comptoir.charts.tables import ChartNumber, ChartRows

WIDE: Final = 720
NARROW: Final = 320
"""Pixels of the drawings of a chart: on a wide place, and on a phone. The style sheet of `palette_css` shows the one that is shown
large enough to be read: text of 12.5 pixels at 0.88 of its size at least, on a phone of 320 pixels or where the wide one begins."""

_KEY = re.compile(r"[a-z][a-z0-9-]*")

SpecT = TypeVar("SpecT", bound="Spec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The few fixed words of charts and of their tables, in the page's language."""

    quarter: str
    service: str
    value: str
    target: str
    lower: str  # ends of the interval, as headings of the table
    upper: str
    interval: str  # "intervalle à 95 %"
    lower_limit: str
    upper_limit: str
    sample: str  # heading of the numbers of answers, tickets…
    status: str
    count: str
    cumulative: str
    category: str  # the A, B and C of an ABC analysis
    maturity: str
    missing: str
    suppressed: str
    no_data: str
    indicative: str
    significant: str
    outside: str
    met: str
    missed: str
    median: str
    p90: str
    promoters: str
    passives: str
    detractors: str
    score: str


@dataclass(frozen=True, slots=True)
class ChartInterval:
    """From `lower` to `upper`. Raises ValueError when they are the wrong way round."""

    lower: ChartNumber
    upper: ChartNumber

    def __post_init__(self) -> None:
        if self.lower.value > self.upper.value:
            raise ValueError(f"the interval {self.lower.value} to {self.upper.value} is upside down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What every chart says. Raises ValueError for a key that is no identifier, or for what is left unsaid.

    `key` begins every identifier of the drawing, so it is unique in a page; `title` is the finding as a
    sentence, `subtitle` what is measured and its unit, `alternative` a sentence that states the finding to
    who does not see the picture; `width` in pixels of the page.
    """

    key: str
    title: str
    alternative: str
    words: Words
    subtitle: str = ""
    note: str = ""
    width: int = WIDE

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"'{self.key}' cannot be the key of a chart: lower case, digits and hyphens")
        if not self.title.strip() or not self.alternative.strip():
            raise ValueError(f"the chart '{self.key}' has no title or no alternative text")
        if not 40 <= self.width <= 2000:
            raise ValueError(f"the chart '{self.key}' cannot be {self.width} pixels wide")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One quarter of a series. Without a `value` it is missing, and `absence` says why in the page's language."""

    quarter: str
    value: ChartNumber | None
    interval: ChartInterval | None = None
    target: ChartNumber | None = None
    sample: ChartNumber | None = None
    indicative: bool = False
    significant: bool = False
    outside: bool = False
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it says in a sentence, the data it was drawn from, its title, and what it measures."""

    svg: str
    alternative: str
    table: ChartRows
    title: str = ""
    subtitle: str = ""


def narrowed(spec: SpecT, width: int = NARROW) -> SpecT:
    """The same chart for a phone, to be swapped in by the page's style sheet."""
    return replace(spec, key=f"{spec.key}-narrow", width=width)


def nice_ticks(values: tuple[float, ...], most: int = 4) -> tuple[float, ...]:
    """Round numbers, `most` at most, among and around the values: what the caller formats as ticks of an axis.

    >>> nice_ticks((81.5, 97.2))
    (80.0, 90.0, 100.0)
    """
    if not values:
        return ()
    low, high = min(values), max(values)
    scale = max(abs(low), abs(high))
    if scale == 0 or scale < 1e-300 or scale > 1e300:
        return (0.0,) if scale < 1e-300 else (low,)
    span = high - low or scale * 0.2
    exponent = math.floor(math.log10(span)) - 1
    while True:
        for factor in (1, 2, 2.5, 5):
            step = factor * 10.0**exponent
            first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
            if last - first < most:
                digits = max(0, 2 - exponent)
                return tuple(round(index * step, min(digits, 300)) for index in range(first, last + 1))
        exponent += 1
