"""Which reports there are: results in; the quarters that have a report, and the results that each may use, out."""

from __future__ import annotations

from dataclasses import replace

from comptoir.measure.types import Measurements
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter
from comptoir.render.results import Results


def report_quarters(catalogue: Catalogue, results: Results) -> tuple[Quarter, ...]:
    """The quarters that have a report, the newest first: that of the results, and those measured that have words."""
    written = {quarter for quarter in catalogue.reports if quarter in results.measurements.quarters}
    return tuple(sorted({results.quarter, *written}, reverse=True))


def results_at(results: Results, quarter: Quarter) -> Results:
    """The results as they stand for the report about `quarter`: that one is current, and none is later."""
    if quarter == results.quarter:
        return results
    kept = results.measurements
    measurements = Measurements(
        tuple(m for m in kept if m.quarter <= quarter),
        kept.indicators,
        tuple(q for q in kept.quarters if q <= quarter),
    )
    return replace(results, measurements=measurements, quarter=quarter)
