"""Metrics as written: what each CSV file means (sources) and how an indicator is computed (definitions)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import (
    Day,
    Entity,
    Identifier,
    Line,
    Model,
    Paragraph,
    PriorityRef,
    RequestItemRef,
    Title,
    fault_at,
)
from comptoir.model.columns import Covers, SourceColumn, check_checks, check_column, check_of
from comptoir.model.date_forms import DateForm, read_date_form
from comptoir.model.derived import ABOUT_ROWS, Derivation, check_derived
from comptoir.model.dialects import Dialect
from comptoir.model.fetching import FETCHED, Fetch
from comptoir.model.gathering import COUNTS, SPAN, Checks, Events, ExpressionText, FieldName
from comptoir.model.roles import FIELDS, WHO, FieldType, Role
from comptoir.model.terms import Counts, Direction, Metric, OverTime
from comptoir.sources.data_files import ENDINGS
from comptoir.sources.nodes import Path

MAX_COLUMNS: Final = 60  # of one source: each has a bit in the word that says which values of a row are wrong


def _check_ending(pattern: str) -> str:
    if not pattern.lower().endswith(ENDINGS):
        raise PydanticCustomError(
            "file_ending",
            "'{pattern}' does not end with {endings}",
            {"pattern": pattern, "endings": f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"},
        )
    return pattern


FilePattern = Annotated[
    str,
    StringConstraints(pattern=r"^[^./\\\s][^/\\]*(/[^./\\\s][^/\\]*)*$", max_length=200),
    AfterValidator(_check_ending),
    Field(
        description="Name of a file below indicators/data (or --data), '*' and '?' allowed: .csv, .csv.gz, .parquet or .xlsx."
    ),
]


class Duplicates(StrEnum):
    """What to do with rows that share their key."""

    REFUSE = "refuse"
    FIRST = "first"
    LATEST = "latest"


class Source(Entity):
    """indicators/sources/*.yaml: what a CSV file is, and what its columns mean."""

    role: Role
    name: Title
    summary: Line | None = None
    files: tuple[FilePattern, ...] = Field(min_length=1, max_length=40)
    dialect: Dialect = Dialect()
    columns: dict[FieldName, SourceColumn] = Field(
        min_length=1,
        max_length=MAX_COLUMNS,
        description="Fields of the role (and free ones) and where they come from.",
    )
    where: ExpressionText | None = Field(
        default=None, description="Rows to keep, as an SQL expression over the fields."
    )
    covers: Covers | None = Field(
        default=None, description="Of outages: from when until when, and for which services, it tells them."
    )
    key: tuple[FieldName, ...] = Field(
        default=(), max_length=6, description="Fields that together are different in each row."
    )
    duplicates: Duplicates = Duplicates.REFUSE
    latest_by: FieldName | None = Field(default=None, description="Whose highest value wins, for latest.")
    events: Events | None = Field(
        default=None, description="Where each row is an event: which rows become one, and in which order."
    )
    checks: Checks | None = Field(
        default=None,
        description="Of outages, where each row is a check: which ones are down, and how often they come.",
    )
    fetch: Fetch | None = Field(
        default=None, description="Where 'comptoir fetch' brings the rows of its one file from, a .parquet."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        self._check_fields()
        self._check_key()
        if self.fetch is not None and (len(self.files) > 1 or not FETCHED.fullmatch(self.files[0])):
            message = "what is fetched is one file, such as {id}.parquet, without '*' and '?'"
            raise fault_at(("files", 0), "source_fetch", message, {"id": self.id})
        self._check_events()
        if self.covers is not None and self.role is not Role.OUTAGES:
            raise fault_at(
                ("covers",), "source_covers", "'covers' is said of outages; of other rows it has no use"
            )
        for name, column in self.columns.items():
            check_column(name, column, self.type_of(name))
        if self.checks is not None:  # what is made of them are fields like those that are declared
            if len(self.columns) + len(SPAN) > MAX_COLUMNS:
                message = "with checks, at most {most} columns are read"
                raise fault_at(("columns",), "source_checks", message, {"most": MAX_COLUMNS - len(SPAN)})
            self.__dict__["columns"] = {
                **self.columns,
                **dict.fromkeys(SPAN, SourceColumn(of=self.checks.at)),
            }
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without which a row is none."""
        role = [field.name for field in FIELDS[self.role] if field.required]
        if self.checks is None:
            return tuple(role)
        return self.checks.at, *(name for name in role if name not in SPAN)

    def _check_fields(self) -> None:
        known = {field.name: field for field in FIELDS[self.role]}
        if self.checks is not None:
            check_checks(self.checks, self.role is Role.OUTAGES and self.events is None, self.columns)
        missing = [name for name in self.required if name not in self.columns]
        if missing:
            raise fault_at(
                ("columns",),
                "source_fields",
                "the role '{role}' needs {names}",
                {"role": self.role, "names": ", ".join(missing)},
            )
        for name, column in self.columns.items():
            if name not in known and column.type is None:
                raise fault_at(
                    ("columns", name),
                    "source_type",
                    "'{name}' is no field of the role '{role}' (it has {known}); a free field needs a 'type'",
                    {"name": name, "role": self.role, "known": ", ".join(sorted(known)) or "none"},
                )
            if name in known and column.type not in (None, known[name].type):
                raise fault_at(
                    ("columns", name, "type"),
                    "source_type",
                    "'{name}' is of type '{type}' in the role '{role}'",
                    {"name": name, "type": known[name].type, "role": self.role},
                )

    def _check_key(self) -> None:
        if (self.duplicates is Duplicates.LATEST) != (self.latest_by is not None):
            raise fault_at(
                ("latest_by",) if self.latest_by else ("duplicates",),
                "source_latest",
                "'latest_by' goes with 'duplicates: latest'",
            )
        if self.duplicates is not Duplicates.REFUSE and not self.key:
            raise fault_at(
                ("duplicates",), "source_key", "'duplicates: {rule}' needs a 'key'", {"rule": self.duplicates}
            )
        named: list[tuple[Path, str]] = [(("key", index), name) for index, name in enumerate(self.key)]
        if self.latest_by is not None:
            named.append((("latest_by",), self.latest_by))
        for path, name in named:
            if name not in self.columns:
                raise fault_at(path, "source_key", "'{name}' is not among the columns", {"name": name})
        if self.latest_by and self.type_of(self.latest_by) not in _ORDERED:
            raise fault_at(
                ("latest_by",),
                "source_latest",
                "'{name}' has no order to be the latest by: it needs a type of {types}",
                {"name": self.latest_by, "types": ", ".join(sorted(_ORDERED))},
            )

    def _check_events(self) -> None:
        for name, column in self.columns.items():
            for key in ("of", "take", "when"):
                if self.events is None and getattr(column, key) is not None:
                    message = (
                        "'{key}' is for rows that are events: declare 'events', with their key and order"
                    )
                    raise fault_at(("columns", name, key), "source_events", message, {"key": key})
            if column.of is not None:
                check_of(name, column, self.columns)
            if column.take in COUNTS and self.type_of(name) not in _NUMERIC:
                message = "'{name}' counts events: it needs the type integer or number"
                raise fault_at(("columns", name, "take"), "source_events", message, {"name": name})
        if self.events is None:
            return
        if self.key:
            message = "events of one case become one row: 'events.key' says which, and 'key' has no use"
            raise fault_at(("key",), "source_events", message)
        for part in ("key", "order"):
            for index, name in enumerate(getattr(self.events, part)):
                if name not in self.columns:
                    message = "'{name}' is not among the columns"
                    raise fault_at(("events", part, index), "source_key", message, {"name": name})

    def type_of(self, name: str) -> FieldType:
        """The type of one of its fields. Raises KeyError for a name that it does not have."""
        own = self.columns[name].type
        if own is not None:
            return own
        return next(field.type for field in FIELDS[self.role] if field.name == name)

    @property
    def identifying(self) -> frozenset[str]:
        """Fields that tell one person or row from all others: who answered, what reads that column, a key of one field."""
        who = [self.columns[name].column or name for name in WHO if name in self.columns]
        alike = {name for name, column in self.columns.items() if (column.column or name) in who}
        return frozenset(alike | ({*self.key} if len(self.key) == 1 else set()))

    def form_of(self, name: str) -> DateForm | None:
        """How one of its fields of days or instants is written; None for ISO 8601."""
        default = self.dialect.instants if self.type_of(name) is FieldType.INSTANT else self.dialect.dates
        written = self.columns[name].dates or default
        return read_date_form(written) if written else None

    def scale_of(self, name: str) -> tuple[Decimal | int | None, Decimal | int | None]:
        """The lowest and the highest value that one of its fields may have; None where there is no such bound."""
        least = next((field.least for field in FIELDS[self.role] if field.name == name), None)
        return self.columns[name].scale or (least, None)

    def header_of(self, name: str) -> str | None:
        """The header of the column of one of its fields; None for what is not read: a constant, what is computed or counted."""
        column = self.columns[name]
        return column.column or name if column.is_read else None


_ORDERED: Final = frozenset({FieldType.INSTANT, FieldType.DAY, FieldType.INTEGER, FieldType.NUMBER})
_NUMERIC: Final = frozenset({FieldType.INTEGER, FieldType.NUMBER})


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
    DERIVED = "derived"  # from other indicators, by `derive`


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


SCALES: Final[Mapping[IndicatorUnit, tuple[Decimal, Decimal]]] = MappingProxyType(
    {
        IndicatorUnit.SCORE_5: (Decimal(1), Decimal(5)),
        IndicatorUnit.SCORE_10: (Decimal(0), Decimal(10)),
        IndicatorUnit.POINTS: (Decimal(-100), Decimal(100)),
    }
)
"""The lowest and highest value of the units that have both."""


class IndicatorTarget(Model):
    """What is aimed at, and since when."""

    value: Decimal = Field(max_digits=18)
    valid_from: Day | None = None
    valid_until: Day | None = None


def _decode_targets(value: object) -> object:
    """A number alone stands for one target without dates."""
    return [{"value": value}] if isinstance(value, str | int | Decimal) else value


class Indicator(Entity):
    """indicators/definitions/*.yaml: one indicator. `use` starts from a ready-made one; other keys then replace its own."""

    use: Identifier | None = Field(default=None, description="Ready-made definition to start from.")
    name: Title
    summary: Line = Field(description="What it tells, in one sentence that a customer understands.")
    note: Paragraph | None = Field(default=None, description="How to read it, and what it does not tell.")
    source: Identifier = Field(description="Role (requests, surveys…) or identifier of a source.")
    kind: IndicatorKind
    where: ExpressionText | None = Field(
        default=None, description="Rows that count, as an SQL expression over the fields."
    )
    value: ExpressionText | None = Field(
        default=None, description="What is summed, averaged, ranked or told apart."
    )
    numerator: ExpressionText | None = Field(
        default=None, description="Condition, or value to sum, above the line."
    )
    denominator: ExpressionText | None = Field(
        default=None, description="Condition, or value to sum, below the line."
    )
    counts: Counts | None = Field(
        default=None,
        description="What a ratio of two numbers adds up: cases (a share, with its interval) or amounts, if left out.",
    )
    over_time: OverTime | None = Field(
        default=None,
        description="What a sum becomes over the days of a period: total (calls, euros), if left out; mean or last "
        "of a level that is counted again and again (staff, licences, open cases).",
    )
    scale: tuple[Decimal, Decimal] | None = Field(
        default=None,
        description="Lowest and highest value (or score, for conditions); that of the unit if left out. Others are left out.",
    )
    quantile: Decimal | None = Field(default=None, gt=0, lt=1, description="Such as 0.5 for the median.")
    metric: Metric | None = Field(default=None, description="Target of the agreement, for within-target.")
    priority: PriorityRef | None = Field(default=None, description="Only this priority, for within-target.")
    request_item: RequestItemRef | None = Field(
        default=None, description="Only this thing, for within-target."
    )
    date: FieldName | None = Field(
        default=None, description="Field that decides the quarter; the role's own if left out."
    )
    by: tuple[FieldName, ...] = Field(
        default=(Dimension.SERVICE, Dimension.SEGMENT),
        description="Also measured for each service, segment or client, or for each value of one field such as priority.",
    )
    unit: IndicatorUnit
    decimals: int = Field(default=1, ge=0, le=4)
    direction: Direction
    target: Annotated[
        tuple[IndicatorTarget, ...],
        BeforeValidator(_decode_targets, json_schema_input_type=Decimal | tuple[IndicatorTarget, ...]),
        Field(description="What is aimed at: a number, or a list of values with their dates."),
    ] = ()
    alert: Decimal | None = Field(
        default=None,
        max_digits=18,
        description="Value from which to worry although the target is met, or nearly.",
    )
    min_sample: int = Field(default=30, ge=1, le=1_000_000, description="Below this n a value is indicative.")
    respondents: bool | None = Field(
        default=None,
        description="n counts people: below five the value is suppressed. Always so for surveys.",
    )
    derive: Derivation | None = Field(
        default=None, description="Computed from other indicators, instead of 'source' and 'kind'."
    )

    @model_validator(mode="after")
    def _derived_or_measured(self) -> Self:
        check_derived(
            self.derive,
            is_derived=self.kind is IndicatorKind.DERIVED,
            is_percent=self.unit is IndicatorUnit.PERCENT,
            about_rows={name: getattr(self, name) for name in ABOUT_ROWS},
        )
        return self

    @property
    def ready_made(self) -> str:
        """The ready-made indicator that it is, under whatever name; its own name for any other."""
        return self.use or self.id

    @property
    def value_scale(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest value that a row may have; None where there is no such scale."""
        return self.scale or (None if self.kind is IndicatorKind.NPS else SCALES.get(self.unit))
