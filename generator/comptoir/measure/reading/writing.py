"""Rows of anywhere into a Parquet file: mappings of a column to a value in, the file and the number of its rows out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from comptoir.measure.reading.locking import open_engine
from comptoir.measure.reading.selecting import glob_escape
from comptoir.measure.sql.engine import literal, quote

_TYPES: Final[tuple[tuple[type, str], ...]] = (
    (bool, "BOOLEAN"),
    (int, "BIGINT"),
    (float, "DOUBLE"),
    (datetime, "TIMESTAMP"),
    (date, "DATE"),
)
_WIDE: Final = 2**63
_DIGITS: Final = 38  # of a decimal number of the engine


def write_parquet(rows: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Path, int]:
    """Write the rows to a file in `folder`, which is emptied by whoever made it; a column that a row lacks is missing there.

    A column has the type that all its values have, and is a text where they differ; what is no number, text, day, instant
    or truth is written as JSON. Raises ValueError when there is no row, since nothing says
    which columns there are, and for columns that differ in capitals only.
    """
    lines, path = folder / "rows.json", folder / "rows.parquet"
    kinds: dict[str, set[str]] = {}
    places: dict[str, str] = {}
    count = 0
    with lines.open("a", encoding="utf-8") as file:
        for row in rows:
            count += 1
            cells: dict[str, str | None] = {}
            for name, value in row.items():
                known = kinds.setdefault(name, set())
                if value is not None:
                    known.add(_type_of(value))
                cells[places.setdefault(name, f"c{len(places)}")] = _as_text(value)
            file.write(json.dumps(cells, ensure_ascii=False) + "\n")
    if not kinds:
        raise ValueError("no rows came")
    folded: dict[str, str] = {}
    for name in kinds:
        if folded.setdefault(name.lower(), name) != name:
            raise ValueError(
                f"two columns are called '{folded[name.lower()]}' and '{name}', which data files do not tell apart"
            )
    columns = ", ".join(f"{place}: 'VARCHAR'" for place in places.values())
    chosen = ", ".join(
        f"CAST({place} AS {_common(kinds[name])}) AS {quote(name)}" for name, place in places.items()
    )
    with open_engine(threads=1) as engine:
        engine.execute(
            f"COPY (SELECT {chosen} FROM read_json({literal(glob_escape(lines))}, format = 'newline_delimited', "
            f"columns = {{{columns}}}, maximum_object_size = 16000000)) TO {literal(str(path))} (FORMAT parquet)"
        )
    return path, count


def _type_of(value: Any) -> str:
    if isinstance(value, int) and not -_WIDE <= value < _WIDE:
        return "VARCHAR"
    if isinstance(value, Decimal) and value.is_finite():
        digits, exponent = value.as_tuple().digits, int(value.as_tuple().exponent)
        return f"DECIMAL.{max(len(digits) + exponent, 1)}.{max(-exponent, 0)}"
    if isinstance(value, datetime) and value.tzinfo is not None:
        return "TIMESTAMPTZ"
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "VARCHAR")


def _common(kinds: set[str]) -> str:
    """The type of a column whose values have these."""
    decimals = [kind.split(".")[1:] for kind in kinds if kind.startswith("DECIMAL")]
    if decimals and all(kind.startswith("DECIMAL") or kind == "BIGINT" for kind in kinds):
        whole = max(*(int(whole) for whole, _ in decimals), 19 if "BIGINT" in kinds else 1)
        scale = max(int(scale) for _, scale in decimals)
        return f"DECIMAL({whole + scale}, {scale})" if whole + scale <= _DIGITS else "VARCHAR"
    return min(kinds) if len(kinds) == 1 else "VARCHAR"


def _as_text(value: Any) -> str | None:
    """The text that the engine reads as the value."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return format(value, "f") if isinstance(value, Decimal) else str(value)
