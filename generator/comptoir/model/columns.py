"""Columns of a source as written: where each field comes from, and what the rows of outages cover."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from comptoir.model.base import Day, Model, ServiceRef, fault_at
from comptoir.model.dialects import WrittenDate
from comptoir.model.gathering import FieldName, Take
from comptoir.model.roles import FieldType

ExpressionText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    Field(
        description="SQL expression over the fields of the source, such as kind = 'incident' and priority = 'p1'."
    ),
]


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
