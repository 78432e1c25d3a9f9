"""The results for programs: what was measured, cut for its audience, in; `results.json`, versioned and held to its schema, out."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any, Final

from comptoir.content.results import Results
from comptoir.measure.formats import measurement_object
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue

RESULTS_FILE: Final = "results.json"
"""Beside `catalogue.json`: at the top of the site, once for all languages."""

RESULTS_SCHEMA: Final = "results.schema.json"
RESULTS_VERSION: Final = "1.0"
_TOLD: Final = ("scope", "status", "unit", "value", "numerator", "denominator", "n", "interval", "target")


def results_json(catalogue: Catalogue, results: Results, today: date) -> str:
    """The measurements of the quarter that pages speak of, with their definitions; both are already cut for who reads them.

    Numbers are exact decimals. What is withheld has a status and no number.
    """
    measured = results.measurements.of(quarter=results.quarter)
    told = {m.indicator for m in measured}
    return json.dumps(
        {
            "schema": RESULTS_SCHEMA,
            "version": RESULTS_VERSION,
            "date": today.isoformat(),
            "quarter": str(results.quarter),
            "catalogue": "catalogue.json",
            "indicators": [
                {
                    "id": name,
                    "name": _texts(catalogue, one.name),
                    "summary": _texts(catalogue, one.summary),
                    "unit": one.unit.value,
                    "direction": one.direction.value,
                    "decimals": one.decimals,
                }
                for name, one in sorted(results.indicators.items())
                if name in told
            ],
            "measurements": [
                {
                    "indicator": m.indicator,
                    **{key: whole[key] for key in _TOLD},
                    "provisional": m.is_provisional,
                }
                for m in measured
                for whole in (measurement_object(m, results.indicators[m.indicator]),)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def results_schema() -> str:
    """The JSON Schema of what `results_json` gives."""
    return (files("comptoir.site.data") / RESULTS_SCHEMA).read_text(encoding="utf-8")


def _texts(catalogue: Catalogue, text: Text) -> dict[str, Any]:
    return {code: text.in_language(code) for code in catalogue.organisation.languages}
