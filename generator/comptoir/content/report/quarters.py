"""Which reports there are: results in; the quarters that have a report, and the results that each may use, out."""

from __future__ import annotations

from dataclasses import replace

from comptoir.content.results import Results
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter


def report_quarters(catalogue: Catalogue, results: Results) -> tuple[Quarter, ...]:
    """The quarters that have a report, the newest first: that of the results, and those that have words or are closed."""
    settled = {
        *catalogue.reports,
        *(one.quarter for one in results.closings if isinstance(one.quarter, Quarter)),
    }
    earlier = settled & set(results.archive.quarters)
    return tuple(sorted({results.quarter, *earlier}, reverse=True))


def results_at(results: Results, quarter: Quarter) -> Results:
    """The results as they stand for the report about `quarter`: that one is current, and none is later."""
    if quarter == results.quarter:
        return results
    shown = quarter.latest(len(results.measurements.quarters))
    return results.once(
        ("at", quarter),
        lambda: replace(results, measurements=results.archive.over(shown), quarter=quarter),
    )
