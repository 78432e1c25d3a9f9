"""The explanation of a measurement in; the same as JSON, for programs, out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from comptoir.measure.closed_state import NOT_SHOWN, since, texts_of
from comptoir.measure.explain import ExplanationLine, IndicatorExplanation, RowsLeftOut
from comptoir.measure.formats import measurement_object
from comptoir.measure.reading import SourceFile, UnknownName
from comptoir.measure.words import formula_of

FORMAT_VERSION: Final = "1.0"


def explanation_json(explanation: IndicatorExplanation, language: str = "en") -> str:
    """A versioned object with every part of the explanation."""
    indicator = explanation.indicator
    return json.dumps(
        {
            "version": FORMAT_VERSION,
            "name": indicator.id,
            "title": indicator.name.in_language(language),
            "summary": indicator.summary.in_language(language),
            "formula": formula_of(indicator, language),
            "note": indicator.note.in_language(language) if indicator.note else None,
            "place": str(indicator.locate()),
            "measurement": measurement_object(explanation.measurement, indicator),
            "operands": [measurement_object(m, one) for one, m in explanation.operands],
            "closing": _closing(explanation),
            "rows": {
                "kept": explanation.rows_kept,
                "used": _lines(explanation.used),
                "not_used": _lines(explanation.unused),
                "not_read": [left_out_object(left) for left in explanation.rows_left_out],
                "unknown": [unknown_object(one) for one in explanation.unknown],
            },
            "files": [file_object(file) for file in explanation.files],
            "sql": list(explanation.queries),
        },
        ensure_ascii=False,
        indent=1,
    )


def _closing(explanation: IndicatorExplanation) -> dict[str, Any] | None:
    """When the quarter was closed, and what the data give otherwise now; None while it is open."""
    closing, difference = explanation.closing, explanation.difference
    if closing is None:
        return None
    now = None
    if difference is not None:
        is_secret = difference.change.is_secret
        old, new = texts_of(difference.change, explanation.indicator.decimals)
        now = {
            "closed": None if is_secret else old,
            "now": None if is_secret else new,
            "words": NOT_SHOWN if is_secret else since(difference.causes),
        }
    measurement, decimals = explanation.measurement, explanation.indicator.decimals
    corrections = [
        {
            "on": correction.day.isoformat(),
            "why": correction.reason,
            "figures": None if change.is_secret else texts_of(change, decimals),
        }
        for correction in closing.corrections
        for change in correction.changes
        if change.key == (measurement.indicator, measurement.scope)
    ]
    return {
        "on": closing.closed_on.isoformat(),
        "file": closing.file,
        "corrections": corrections,
        "difference": now,
    }


def _lines(lines: Iterable[ExplanationLine]) -> list[dict[str, Any]]:
    return [{"file": line.file, "line": line.line, "detail": line.detail} for line in lines]


def left_out_object(left: RowsLeftOut) -> dict[str, Any]:
    """Rows that reading left out, for programs."""
    return {
        "source": left.source,
        "reason": left.reason.value,
        "rows": left.rows,
        "first": _lines(left.samples),
    }


def unknown_object(unknown: UnknownName) -> dict[str, Any]:
    """Rows of a name that the catalogue does not have, for programs."""
    return {"kind": unknown.kind.value, "name": unknown.name, "rows": unknown.rows, "source": unknown.source}


def file_object(file: SourceFile) -> dict[str, Any]:
    """A file that was read, for programs."""
    return {"source": file.source, "path": file.path, "rows": file.rows, "sha256": file.sha256}
