"""Metrics as written: what each CSV file means (sources) and how an indicator is computed (definitions)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import Day, Entity, Identifier, Line, Model, Paragraph, Title
from comptoir.model.organisation import TimeZone
from comptoir.model.roles import FIELDS, FieldType, Role
from comptoir.model.terms import Metric, Priority

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Expression = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    Field(
        description="SQL expression over the fields of the source, such as kind = 'incident' and priority = 'p1'."
    ),
]
FilePattern = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_*?-][A-Za-z0-9._*?-]*(/[A-Za-z0-9_*?-][A-Za-z0-9._*?-]*)*$", max_length=200
    ),
    Field(
        description="Name of a file below indicators/data (or --data), '*' and '?' allowed: .csv, .csv.gz or .parquet."
    ),
]


class Encoding(StrEnum):
    UTF_8 = "utf-8"  # with or without byte order mark
    CP1252 = "cp1252"
    LATIN_1 = "latin-1"
    UTF_16 = "utf-16"


class Duplicates(StrEnum):
    """What to do with rows that share their key."""

    REFUSE = "refuse"
    FIRST = "first"
    LATEST = "latest"


class Dialect(Model):
    """How a CSV file is written. Nothing is guessed."""

    delimiter: Annotated[str, StringConstraints(pattern=r"^(,|;|\||\t|tab)$", strip_whitespace=False)] = ","
    quote: Annotated[str, StringConstraints(pattern=r"^[\"']$")] = '"'
    encoding: Encoding = Encoding.UTF_8
    decimal: Annotated[str, StringConstraints(pattern=r"^[.,]$")] = Field(
        default=".", description="Decimal mark: '.' or ','."
    )
    thousands: Annotated[str, StringConstraints(pattern=r"^(none|space|\.|,|')$")] = Field(
        default="none", description="Thousands mark: none, space (of any width), '.', ',' or \"'\"."
    )
    dates: str | None = Field(
        default=None,
        max_length=40,
        description="How days are written, such as dd/mm/yyyy, d/m/yyyy or yyyy-mm-dd; ISO 8601 if left out.",
    )
    instants: str | None = Field(
        default=None,
        max_length=40,
        description="How days with times are written, such as dd/mm/yyyy HH:MM; ISO 8601 if left out.",
    )
    time_zone: TimeZone | None = Field(
        default=None, description="Time zone of times that name none; the organisation's if left out."
    )
    missing: tuple[str, ...] = Field(
        default=("",), description="What stands for an unknown value, such as '' and '?'."
    )
    true: tuple[str, ...] = Field(default=("true", "yes", "1"), description="What stands for true.")
    false: tuple[str, ...] = Field(default=("false", "no", "0"), description="What stands for false.")


class Column(Model):
    """Where a field comes from."""

    column: str | None = Field(
        default=None, max_length=200, description="Header of the column; the name of the field if left out."
    )
    constant: str | None = Field(
        default=None, max_length=200, description="One value for every row, instead of a column."
    )
    type: FieldType | None = Field(default=None, description="Type of a field that the role does not have.")
    values: dict[str, str] = Field(
        default={}, description="Words of the file and what they mean here; other words stay as they are."
    )
    dates: str | None = Field(
        default=None, max_length=40, description="How this column writes days or times, if it differs."
    )

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if self.column is not None and self.constant is not None:
            raise PydanticCustomError("column_or_constant", "give either 'column' or 'constant'")
        return self


class Source(Entity):
    """indicators/sources/*.yaml: what a CSV file is, and what its columns mean."""

    role: Role
    name: Title
    summary: Line | None = None
    files: tuple[FilePattern, ...] = Field(min_length=1, max_length=40)
    dialect: Dialect = Dialect()
    columns: dict[FieldName, Column] = Field(
        description="Fields of the role (and free ones) and where they come from."
    )
    where: Expression | None = Field(
        default=None, description="Rows to keep, as an SQL expression over the fields."
    )
    key: tuple[FieldName, ...] = Field(
        default=(), max_length=6, description="Fields that together are different in each row."
    )
    duplicates: Duplicates = Duplicates.REFUSE
    latest_by: FieldName | None = Field(
        default=None, description="Field whose highest value wins, for duplicates: latest."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        known = {field.name for field in FIELDS[self.role]}
        missing = [f.name for f in FIELDS[self.role] if f.required and f.name not in self.columns]
        if missing:
            raise PydanticCustomError(
                "source_fields",
                "the role '{role}' needs {names}",
                {"role": self.role, "names": ", ".join(missing)},
            )
        untyped = [name for name, column in self.columns.items() if name not in known and column.type is None]
        if untyped:
            raise PydanticCustomError(
                "source_type",
                "'{name}' is no field of the role '{role}' (it has {known}); a free field needs a 'type'",
                {"name": untyped[0], "role": self.role, "known": ", ".join(sorted(known)) or "none"},
            )
        if (self.duplicates is Duplicates.LATEST) != (self.latest_by is not None):
            raise PydanticCustomError("source_latest", "'latest_by' goes with 'duplicates: latest'")
        for name in (*self.key, *([self.latest_by] if self.latest_by else [])):
            if name not in self.columns:
                raise PydanticCustomError("source_key", "'{name}' is not among the columns", {"name": name})
        return self

    def type_of(self, name: str) -> FieldType:
        """The type of one of its fields. Raises KeyError for a name that it does not have."""
        own = self.columns[name].type
        if own is not None:
            return own
        return next(field.type for field in FIELDS[self.role] if field.name == name)


class IndicatorKind(StrEnum):
    """How rows become a number."""

    COUNT = "count"
    SUM = "sum"
    RATIO = (
        "ratio"  # rows that satisfy `numerator` among those that satisfy `denominator`, or sums of two values
    )
    MEAN = "mean"
    QUANTILE = "quantile"
    NPS = "nps"
    RATE = "rate-per-thousand"
    AVAILABILITY = "availability"
    WITHIN_TARGET = "within-target"  # share of cases within the target of the service's agreement
    COVERAGE = "coverage"  # users ÷ eligible, at the end of the quarter
    DISTINCT = "distinct"
    GROWTH = "growth"  # of a sum or count against the quarter before


class Direction(StrEnum):
    HIGHER = "higher"  # is better
    LOWER = "lower"
    NEITHER = "neither"


class Dimension(StrEnum):
    SERVICE = "service"
    SEGMENT = "segment"
    CLIENT = "client"


class IndicatorUnit(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"  # NPS
    SCORE_5 = "score-5"
    SCORE_10 = "score-10"
    SECONDS = "seconds"
    HOURS = "hours"
    WORKING_HOURS = "working-hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    CURRENCY = "currency"
    PER_THOUSAND = "per-thousand"


class IndicatorTarget(Model):
    """What is aimed at, and since when."""

    value: Decimal
    valid_from: Day | None = None
    valid_until: Day | None = None


class Indicator(Entity):
    """indicators/definitions/*.yaml: one indicator. `use` starts from a ready-made one; other keys then replace its own."""

    use: Identifier | None = Field(default=None, description="Ready-made definition to start from.")
    name: Title
    summary: Line = Field(description="What it tells, in one sentence that a customer understands.")
    note: Paragraph | None = Field(default=None, description="How to read it, and what it does not tell.")
    source: Identifier = Field(description="Role (requests, surveys…) or identifier of a source.")
    kind: IndicatorKind
    where: Expression | None = Field(
        default=None, description="Rows that count, as an SQL expression over the fields."
    )
    value: Expression | None = Field(
        default=None, description="What is summed, averaged, ranked or told apart."
    )
    numerator: Expression | None = Field(
        default=None, description="Condition, or value to sum, above the line."
    )
    denominator: Expression | None = Field(
        default=None, description="Condition, or value to sum, below the line."
    )
    quantile: Decimal | None = Field(default=None, gt=0, lt=1, description="Such as 0.5 for the median.")
    metric: Metric | None = Field(default=None, description="Target of the agreement, for within-target.")
    priority: Priority | None = Field(default=None, description="Only this priority, for within-target.")
    date: FieldName | None = Field(
        default=None, description="Field that decides the quarter; the role's own if left out."
    )
    by: tuple[Dimension, ...] = Field(
        default=(Dimension.SERVICE, Dimension.SEGMENT), description="Also measured for each."
    )
    unit: IndicatorUnit
    decimals: int = Field(default=1, ge=0, le=4)
    direction: Direction
    target: tuple[IndicatorTarget, ...] = ()
    alert: Decimal | None = Field(
        default=None, description="Value from which to worry although the target is met, or nearly."
    )
    min_sample: int = Field(default=30, ge=1, description="Below this n a value is indicative.")
    respondents: bool | None = Field(
        default=None, description="n counts people: below five the value is suppressed. True for surveys."
    )
