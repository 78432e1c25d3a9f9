"""Rows that are events or checks: how several rows of one case become one, as a source says it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from comptoir.model.base import Model

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]

ExpressionText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    Field(
        description="SQL expression over the fields of the source, such as kind = 'incident' and priority = 'p1'."
    ),
]


class Take(StrEnum):
    """What is taken of the events of a case, in their order."""

    FIRST = "first"
    LAST = "last"
    MIN = "min"
    MAX = "max"
    SUM = "sum"
    COUNT = "count"  # events
    COUNT_DISTINCT = "count-distinct"  # different values
    CHANGES = "changes"  # times that the value is another one than before


COUNTS: Final = frozenset({Take.COUNT, Take.COUNT_DISTINCT, Take.CHANGES})


class Events(Model):
    """Each row is an event of a case: the rows that share `key` become one row."""

    key: tuple[FieldName, ...] = Field(
        min_length=1, max_length=6, description="Fields that the events of one case share."
    )
    order: tuple[FieldName, ...] = Field(
        min_length=1,
        max_length=4,
        description="Fields that say which event came first: an instant, then what orders events of the same instant.",
    )


SPAN: Final = ("start", "end", "unknown")  # the fields of an outage that are made of checks


class Checks(Model):
    """Each row is a check of monitoring, an instant with a state: checks become spans of down and of unmonitored time."""

    at: FieldName = Field(description="Field of the instant of a check.")
    thing: FieldName | None = Field(
        default=None,
        description="Field that tells apart several things checked for one service, such as hosts; the service if left out.",
    )
    down: ExpressionText = Field(description="True of a check that found it down, as an SQL expression.")
    unknown: ExpressionText | None = Field(
        default=None,
        description="True of a check that saw nothing, as an SQL expression; all other checks are up.",
    )
    every: Decimal = Field(
        gt=0,
        le=1440,
        max_digits=9,
        decimal_places=4,
        description="Minutes from one check to the next: beyond twice as many nobody watched.",
    )
