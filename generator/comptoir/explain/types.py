"""What an explanation is made of: formula, settings with their places, steps, tables, measurements, rows and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from comptoir.measure.reading import SourceFile
from comptoir.measure.role_rows import RoleRows
from comptoir.measure.types import Measurement, Scope
from comptoir.periods import Period

Value: TypeAlias = Fraction | Decimal | int | date | Period | str | None


class ValueUnit(StrEnum):
    """How a value is written."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"  # 0.6 is shown as 60 %
    DAY = "day"


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting in force: its key in the YAML, its value as one reads it, and 'file:line:column' or 'default'."""

    key: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """A number of the report: what it is, how it is reached from numbers below or before it, and its exact value."""

    name: str
    value: Value
    unit: ValueUnit = ValueUnit.COUNT
    how: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `how` says how its values are reached from those at its left."""

    name: str
    unit: ValueUnit = ValueUnit.TEXT
    how: str = ""


@dataclass(frozen=True, slots=True)
class ValueTable:
    """Numbers side by side; a row has as many values as there are columns, None for what is not known."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A measurement that an analysis takes over, and the command that explains it in its turn."""

    measurement: Measurement
    command: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the numbers of one analysis were reached. `source` says where the formula comes from.

    Every value is that of the function which the report calls: nothing is worked out a second time.
    """

    name: str
    title: str
    formula: tuple[str, ...]
    source: str
    quarter: Period
    scope: Scope
    settings: tuple[SettingInForce, ...] = ()
    steps: tuple[Step, ...] = ()
    tables: tuple[ValueTable, ...] = ()
    cited: tuple[CitedFigure, ...] = ()
    rows: tuple[RoleRows, ...] = ()
    files: tuple[SourceFile, ...] = ()
    notes: tuple[str, ...] = ()
