"""Rows that are events: how several rows of one case become one, as a source says it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from comptoir.model.base import Model

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


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
