"""Columns of a source as written: where each field comes from, what the rows of outages cover, and what contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Self

from pydantic import Field, model_validator

from comptoir.model.base import Day, Model, ServiceRef, fault_at
from comptoir.model.dialects import Duration, WrittenDate
from comptoir.model.gathering import SPAN, Checks, ExpressionText, FieldName, Take
from comptoir.model.roles import CONSTANTS, FieldType, is_constant
from comptoir.spaces import fold

_DATED: Final = frozenset({FieldType.INSTANT, FieldType.DAY})


class SourceColumn(Model):
    """Where a field comes from."""

    column: str | None = Field(
        default=None, max_length=200, description="Header of the column; the name of the field if left out."
    )
    constant: str | None = Field(
        default=None, max_length=200, description="One value for every row, instead of a column."
    )
    expression: ExpressionText | None = Field(
        default=None,
        description="SQL expression over the columns of the row, instead of a heading; what it gives is read like a cell.",
    )
    of: FieldName | None = Field(default=None, description="Another column, of whose events 'take' takes.")
    take: Take | None = Field(
        default=None, description="What is taken of the events of a case; 'last' if left out."
    )
    when: ExpressionText | None = Field(
        default=None, description="Events that 'take' looks at, as an SQL expression over the columns."
    )
    type: FieldType | None = Field(default=None, description="Type of a field that the role does not have.")
    values: dict[str, str] = Field(
        default={}, description="Words of the file and what they mean here; other words stay as they are."
    )
    dates: WrittenDate | None = Field(
        default=None, description="How this column writes days or times, if it differs."
    )
    duration: Duration | None = Field(
        default=None, description="How this column writes durations; they become numbers of seconds."
    )
    scale: tuple[Decimal, Decimal] | None = Field(
        default=None, description="Lowest and highest value that there is: others are told and left out."
    )

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        given = [
            name for name in ("column", "constant", "expression", "of") if getattr(self, name) is not None
        ]
        if len(given) > 1:
            message = "give either '{first}' or '{second}'"
            raise fault_at(
                (given[1],), "column_or_constant", message, {"first": given[0], "second": given[1]}
            )
        return self

    @property
    def is_read(self) -> bool:
        """True when its values are cells of the file."""
        made = self.constant, self.expression, self.of
        return not any(part is not None for part in made) and (
            self.take is not Take.COUNT or self.column is not None
        )


class Covers(Model):
    """What monitoring watched: outside it nothing is known, and no outage is no good news."""

    since: Day | None = Field(
        default=None, alias="from", description="First day; that of its first row if left out."
    )
    until: Day | None = Field(
        default=None, description="Last day, included; the last instant of its rows if left out."
    )
    services: tuple[ServiceRef, ...] = Field(
        default=(), description="Services watched, besides those that its rows name."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise fault_at(("until",), "validity_order", "'until' comes before 'from'")
        return self


def check_of(name: str, column: SourceColumn, columns: Mapping[str, SourceColumn]) -> None:
    """Refuse a column taken from events that are not there."""
    other = columns.get(column.of or "")
    if column.take is None:
        raise fault_at(("columns", name, "of"), "source_events", "'of' goes with 'take'")
    if other is None or other.of is not None:
        message = "'{of}' is not among the columns" if other is None else "'{of}' is taken from events itself"
        raise fault_at(("columns", name, "of"), "source_events", message, {"of": column.of})


def check_column(name: str, column: SourceColumn, kind: FieldType) -> None:
    """Refuse what a column of this type cannot have."""
    if column.dates and kind not in _DATED:
        raise fault_at(
            ("columns", name, "dates"),
            "source_dates",
            "'{name}' is neither a day nor an instant: 'dates' has no use",
            {"name": name},
        )
    for key in ("scale", "duration"):
        if getattr(column, key) is not None and kind not in (FieldType.INTEGER, FieldType.NUMBER):
            message = "'{name}' is no number: '{key}' has no use"
            raise fault_at(("columns", name, key), "source_scale", message, {"name": name, "key": key})
    if column.scale is not None and column.scale[0] >= column.scale[1]:
        message = "a scale goes from its lowest value to its highest: {low} is not below {high}"
        low, high = column.scale
        raise fault_at(("columns", name, "scale"), "source_scale", message, {"low": low, "high": high})
    if column.constant is not None and not is_constant(column.constant, kind):
        raise fault_at(
            ("columns", name, "constant"),
            "source_constant",
            "'{value}' cannot be the '{name}' of every row: {needs}",
            {"value": column.constant, "name": name, "needs": CONSTANTS[kind]},
        )


def check_checks(checks: Checks, is_fitting: bool, columns: Mapping[str, SourceColumn]) -> None:
    """Refuse checks of what are no outages, without their columns, or of several things that nothing tells apart."""
    if not is_fitting:
        message = "'checks' become outages: the role is 'outages', and the rows are not 'events' as well"
        raise fault_at(("checks",), "source_checks", message)
    for name in SPAN:
        if name in columns:
            message = "'{name}' is made of the checks: leave it out here (a column of the file may have any other name)"
            raise fault_at(("columns", name), "source_checks", message, {"name": name})
    for key, name in (("at", checks.at), ("thing", checks.thing or checks.at)):
        if name not in columns:
            raise fault_at(("checks", key), "source_key", "'{name}' is not among the columns", {"name": name})
    kind = columns[checks.at].type
    if kind not in (FieldType.INSTANT, None):
        message = "checks come at instants: '{name}' is of type '{type}'"
        raise fault_at(("checks", "at"), "source_checks", message, {"name": checks.at, "type": kind})
    values = columns["service"].values if "service" in columns else {}
    meant = Counter({(fold(word), name): name for word, name in values.items()}.values())
    shared = next((name for name in sorted(meant) if name and meant[name] > 1), None)
    if shared is not None and checks.thing is None:
        words = " and ".join(f"'{word}'" for word, name in values.items() if name == shared)
        message = "{words} are all '{service}': say with 'thing' which field tells their checks apart"
        raise fault_at(("checks",), "source_checks", message, {"words": words, "service": shared})
