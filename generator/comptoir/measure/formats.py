"""Measurements in, text out: a table for people, CSV and JSON for programs. Does no output itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from types import MappingProxyType
from typing import Any, Final

from comptoir.measure.shown import decimals_shown, round_half_even
from comptoir.measure.statistics import Method
from comptoir.measure.types import Comparison, Measurement, Measurements
from comptoir.measure.words import LEFT_OUT, in_each_language, sentence_of
from comptoir.model.metrics import Indicator
from comptoir.periods import Period, Quarter

FORMAT_VERSION: Final = "1.0"
EXACT: Final = 6  # decimals of numbers for programs
COLUMNS: Final = (
    "indicator",
    "quarter",
    "service",
    "segment",
    "client",
    "status",
    "reason",
    "value",
    "unit",
    "numerator",
    "denominator",
    "n",
    "respondents",
    "low",
    "high",
    "method",
    "target",
    "previous",
    "previous_significant",
    "year_ago",
    "year_ago_significant",
    "control_lower",
    "control_upper",
    "provisional",
    "promoters",
    "passives",
    "detractors",
    "closed",
    "by",
)


def format_csv(measurements: Measurements) -> str:
    """One line a measurement, with the columns of `COLUMNS`; what is missing or withheld is empty."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_named(COLUMNS, measurements))
    writer.writerows(_flat(m, measurements.indicators[m.indicator]).values() for m in measurements)
    return stream.getvalue().rstrip("\n")


def format_json(measurements: Measurements) -> str:
    """A versioned object: `quarters` (`periods` of another length), and `measurements` with every part of each; numbers are exact decimals."""
    return json.dumps(
        {
            "version": FORMAT_VERSION,
            f"{_kind(measurements.quarters)}s": [str(quarter) for quarter in measurements.quarters],
            "measurements": [
                measurement_object(m, measurements.indicators[m.indicator]) for m in measurements
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def format_table(measurements: Measurements) -> str:
    """Aligned columns: what, about whom, value and target, n, interval, change and status."""
    rows: list[tuple[str, ...]] = [
        _named(
            ("indicator", "scope", "quarter", "value", "target", "n", "95 % interval", "change", "status"),
            measurements,
        )
    ]
    rows += [_cells(m, measurements.indicators[m.indicator]) for m in measurements]
    return aligned(rows)


def aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns for a terminal under a line; the first row holds the headings."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _kind(periods: Iterable[Period]) -> str:
    """What programs read above periods: 'quarter' when they all are, else 'period'."""
    return "quarter" if all(isinstance(one, Quarter) for one in periods) else "period"


def _named(columns: Iterable[str], measurements: Measurements) -> tuple[str, ...]:
    kind = _kind(measurements.quarters)
    return tuple(kind if column == "quarter" else column for column in columns)


def rounded_text(value: Fraction | Decimal, decimals: int) -> str:
    """A number with so many decimals, for a terminal."""
    return f"{round_half_even(value, decimals):f}"


def number_text(value: Fraction | Decimal | None) -> str:
    """A number for programs: decimals without idle zeros; '' for none."""
    if value is None:
        return ""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:  # most of them are counts
        return str(numerator)
    text = rounded_text(value, EXACT).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _cells(measurement: Measurement, indicator: Indicator) -> tuple[str, ...]:
    decimals = indicator.decimals
    interval = measurement.interval
    return (
        measurement.indicator,
        str(measurement.scope),
        str(measurement.quarter),
        "–"
        if measurement.value is None
        else rounded_text(measurement.value, decimals_shown(measurement, decimals)),
        "" if measurement.target is None else number_text(measurement.target.value),
        "" if measurement.n is None else str(measurement.n),
        f"{rounded_text(interval.low, decimals)} … {rounded_text(interval.high, decimals)}"
        if interval
        else "",
        _change_text(measurement.previous, decimals),
        measurement.status.value,
    )


def _change_text(comparison: Comparison | None, decimals: int) -> str:
    """The change against the quarter before when it is significant; '=' when chance explains it; '' without a test."""
    if comparison is None or comparison.change.difference is None or comparison.change.method is Method.NONE:
        return ""
    if not comparison.significant:
        return "="
    sign = "+" if comparison.change.difference > 0 else ""
    return sign + rounded_text(comparison.change.difference, decimals)


def _significant(comparison: Comparison | None) -> str:
    """Whether a change is significant; that no test applies is not that it is not."""
    if comparison is None:
        return ""
    return "no-test" if comparison.change.method is Method.NONE else str(comparison.significant).lower()


def _flat(measurement: Measurement, indicator: Indicator) -> dict[str, object]:
    """What stands under each of `COLUMNS`, in their order."""
    interval, control = measurement.interval, measurement.control
    previous, year_ago, parts = measurement.previous, measurement.year_ago, measurement.parts
    return {
        "indicator": measurement.indicator,
        "quarter": measurement.quarter,
        "service": measurement.scope.service,
        "segment": measurement.scope.segment,
        "client": measurement.scope.client,
        "status": measurement.status.value,
        "reason": measurement.reason.value,
        "value": number_text(measurement.value),
        "unit": indicator.unit.value,
        "numerator": number_text(measurement.numerator),
        "denominator": number_text(measurement.denominator),
        "n": measurement.n,
        "respondents": measurement.respondents,
        "low": number_text(interval.low) if interval else "",
        "high": number_text(interval.high) if interval else "",
        "method": interval.method if interval else "",
        "target": number_text(measurement.target.value) if measurement.target else "",
        "previous": number_text(previous.value) if previous else "",
        "previous_significant": _significant(previous),
        "year_ago": number_text(year_ago.value) if year_ago else "",
        "year_ago_significant": _significant(year_ago),
        "control_lower": number_text(control.lower) if control else "",
        "control_upper": number_text(control.upper) if control else "",
        "provisional": str(measurement.is_provisional).lower(),
        "promoters": parts.promoters if parts else "",
        "passives": parts.passives if parts else "",
        "detractors": parts.detractors if parts else "",
        "closed": measurement.closed_on.isoformat() if measurement.closed_on else "",
        "by": measurement.scope.part,
    }


def measurement_object(measurement: Measurement, indicator: Indicator) -> dict[str, Any]:
    """A measurement with every part, for JSON."""
    interval, control = measurement.interval, measurement.control
    return {
        "indicator": measurement.indicator,
        _kind((measurement.quarter,)): str(measurement.quarter),
        "scope": {
            "service": measurement.scope.service or None,
            "segment": measurement.scope.segment or None,
            "client": measurement.scope.client or None,
            **({"by": measurement.scope.part} if measurement.scope.part else {}),
        },
        "status": measurement.status.value,
        "reason": measurement.reason.value,
        "sentence": in_each_language(sentence_of(measurement)),
        "unit": indicator.unit.value,
        "value": _number(measurement.value),
        "numerator": _number(measurement.numerator),
        "denominator": _number(measurement.denominator),
        "n": measurement.n,
        "respondents": measurement.respondents,
        "deviation": _number(measurement.deviation),
        "interval": None
        if interval is None
        else {"low": _number(interval.low), "high": _number(interval.high), "method": interval.method},
        "target": None
        if measurement.target is None
        else {
            "value": _number(measurement.target.value),
            "from_agreements": measurement.target.from_agreements,
        },
        "previous": _comparison(measurement.previous),
        "year_ago": _comparison(measurement.year_ago),
        "control": None
        if control is None
        else {
            "mean": _number(control.mean),
            "lower": _number(control.lower),
            "upper": _number(control.upper),
            "points": control.points,
            "signals": [
                {"rule": signal.rule.value, "first": signal.first, "last": signal.last}
                for signal in control.signals
            ],
        },
        "left_out": [
            {"reason": reason.value, "rows": rows, "words": in_each_language(LEFT_OUT[reason])}
            for reason, rows in measurement.left_out
        ],
        "provisional": measurement.is_provisional,
        "parts": None if measurement.parts is None else asdict(measurement.parts),
        "closed": measurement.closed_on.isoformat() if measurement.closed_on else None,
    }


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    change = comparison.change
    return {
        _kind((comparison.quarter,)): str(comparison.quarter),
        "value": _number(comparison.value),
        "difference": _number(change.difference),
        "significant": None if change.method is Method.NONE else change.significant,
        "test": change.method.value,
    }


def _number(value: Fraction | Decimal | None) -> float | int | None:
    """A JSON number: whole where it is, else with six decimals."""
    if value is None:
        return None
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(rounded_text(exact, EXACT))


FORMATS: Final[Mapping[str, Callable[[Measurements], str]]] = MappingProxyType(
    {"table": format_table, "csv": format_csv, "json": format_json}
)
