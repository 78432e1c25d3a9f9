"""Explanations in, text out: for people, and JSON for programs. Does no output itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from comptoir.explain.types import CitedFigure, Explanation, Value, ValueTable, ValueUnit
from comptoir.measure.explain_json import file_object, left_out_object, unknown_object
from comptoir.measure.explain_text import file_text, left_out_text, place_text, rows_text
from comptoir.measure.formats import number_text, rounded_text
from comptoir.measure.role_rows import Apart, RoleRows
from comptoir.problems import printable

FORMAT_VERSION: Final = "1.0"
APART: Final = {
    Apart.NO_CLIENT: "name no client of the catalogue",
    Apart.NO_SERVICE: "name no service of the catalogue",
    Apart.NO_VOLUME: "have no volume",
    Apart.A_COMPLAINT: "are complaints",
    Apart.NO_COMPLAINT: "are no complaints",
    Apart.LATER: "are of a later day",
    Apart.EARLIER: "are of an earlier day",
    Apart.ELSEWHERE: "are about others",
}
_NUMERIC: Final = frozenset({ValueUnit.COUNT, ValueUnit.MONEY, ValueUnit.NUMBER, ValueUnit.SHARE})


def explanation_text(explanation: Explanation) -> str:
    """Formula, settings, numbers step by step, and the measurements, rows and files behind them."""
    parts = (
        _head(explanation),
        _titled("Settings", _settings(explanation)),
        _titled("Numbers", _steps(explanation)),
        *(_table(table) for table in explanation.tables),
        _titled("Measurements", _measurements(explanation.cited)),
        _titled("Rows", (line for rows in explanation.rows for line in _rows(rows))),
        _titled("Files", map(file_text, explanation.files)),
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part)))


def value_text(value: Value, unit: ValueUnit) -> str:
    """A value as the text shows it; money with two decimals at least, up to six where it has them."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int | Fraction | Decimal):
        return printable(str(value))
    exact = Fraction(value)
    if unit is ValueUnit.SHARE:
        return f"{rounded_text(exact * 100, 2)} %"
    text = number_text(exact)
    if unit is not ValueUnit.MONEY:
        return text
    whole, _, cents = text.partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"


def _head(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.name} · {explanation.title}"
    for formula in explanation.formula:
        yield f"Formula: {formula}"
    if explanation.source:
        yield f"Source: {explanation.source}"
    yield ""
    yield f"{explanation.quarter}, {explanation.scope}"
    yield from explanation.notes


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = tuple(lines)
    if found:
        yield title
        yield from (f"  {line}" for line in found)


def _settings(explanation: Explanation) -> Iterator[str]:
    found = explanation.settings
    yield from _aligned([(one.key, printable(one.value), one.place) for one in found], ())


def _steps(explanation: Explanation) -> Iterator[str]:
    rows = [(one.name, value_text(one.value, one.unit), printable(one.how)) for one in explanation.steps]
    yield from _aligned(rows, (1,))


def _table(table: ValueTable) -> Iterator[str]:
    yield table.title
    rows = [tuple(column.name for column in table.columns)]
    rows += [
        tuple(value_text(value, column.unit) for value, column in zip(row, table.columns, strict=True))
        for row in table.rows
    ]
    right = tuple(place for place, column in enumerate(table.columns) if column.unit in _NUMERIC)
    yield from (f"  {line}" for line in _aligned(rows, right))
    if not table.rows:
        yield "  none"
    for column in table.columns:
        if column.how:
            yield f"  {column.name}: {column.how}"


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[int]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _measurements(cited: Sequence[CitedFigure]) -> Iterator[str]:
    for one in cited:
        found = one.measurement
        parts = [
            f"value {number_text(found.value)}" if found.value is not None else "no value",
            found.status.value,
        ]
        if found.numerator is not None and found.denominator is not None:
            parts.insert(1, f"= {number_text(found.numerator)} ÷ {number_text(found.denominator)}")
        if found.target is not None:
            parts.append(f"target {number_text(found.target.value)}")
        if found.n is not None:
            parts.append(f"n {found.n}")
        if found.closed_on is not None:
            parts.append(f"closed on {found.closed_on.isoformat()}")
        yield f"{found.indicator}, {found.quarter}, {found.scope}: {', '.join(parts)}"
        yield f"  {one.command}"


def _rows(rows: RoleRows) -> Iterator[str]:
    first = f", the first: {', '.join(map(place_text, rows.samples))}" if rows.samples else ""
    yield f"{rows.asked.role.value}: {rows_text(rows.used)} used{first}"
    for apart in rows.apart:
        samples = ", ".join(map(place_text, apart.samples))
        yield f"  {rows_text(apart.rows)} not used, as they {APART[apart.reason]}: {samples}"
    for left in rows.left_out:
        yield from left_out_text(left)
    for unknown in rows.unknown:
        name = printable(unknown.name)
        yield f"  {rows_text(unknown.rows)} with the unknown {unknown.what} '{name}', counted in totals only"


def explanation_json(explanation: Explanation) -> str:
    """A versioned object with every part of the explanation; numbers as text, with six decimals where they have more."""
    scope = explanation.scope
    told = {
        "version": FORMAT_VERSION,
        "name": explanation.name,
        "title": explanation.title,
        "quarter": str(explanation.quarter),
        "scope": {
            "service": scope.service or None,
            "segment": scope.segment or None,
            "client": scope.client or None,
        },
        "notes": list(explanation.notes),
        "formula": list(explanation.formula),
        "source": explanation.source,
        "settings": [{"key": s.key, "value": s.value, "place": s.place} for s in explanation.settings],
        "steps": [
            {"name": s.name, "value": json_value(s.value), "unit": s.unit.value, "how": s.how}
            for s in explanation.steps
        ],
        "tables": [_table_object(table) for table in explanation.tables],
        "measurements": [_cited_object(one) for one in explanation.cited],
        "rows": [_rows_object(rows) for rows in explanation.rows],
        "files": [file_object(file) for file in explanation.files],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def json_value(value: Value) -> str | int | None:
    """A value for programs: a whole number as one, others as the text of their decimals."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Fraction | Decimal):
        return number_text(Fraction(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _table_object(table: ValueTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"name": c.name, "unit": c.unit.value, "how": c.how} for c in table.columns],
        "rows": [[json_value(value) for value in row] for row in table.rows],
    }


def _cited_object(one: CitedFigure) -> dict[str, Any]:
    found = one.measurement
    scope = found.scope
    return {
        "indicator": found.indicator,
        "quarter": str(found.quarter),
        "scope": {
            "service": scope.service or None,
            "segment": scope.segment or None,
            "client": scope.client or None,
        },
        "status": found.status.value,
        "value": json_value(found.value),
        "numerator": json_value(found.numerator),
        "denominator": json_value(found.denominator),
        "n": found.n,
        "target": json_value(found.target.value) if found.target else None,
        "closed": found.closed_on.isoformat() if found.closed_on else None,
        "command": one.command,
    }


def _rows_object(rows: RoleRows) -> dict[str, Any]:
    return {
        "role": rows.asked.role.value,
        "used": rows.used,
        "first": [place_text(line) for line in rows.samples],
        "not_used": [
            {
                "reason": one.reason.value,
                "rows": one.rows,
                "first": [place_text(line) for line in one.samples],
            }
            for one in rows.apart
        ],
        "not_read": [left_out_object(left) for left in rows.left_out],
        "unknown": [unknown_object(one) for one in rows.unknown],
    }


__all__ = [
    "explanation_json",
    "explanation_text",
    "json_value",
    "value_text",
]
