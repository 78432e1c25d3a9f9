"""Which reports there are: results in; the quarters that have a report, and the results that each may use, out."""

from __future__ import annotations

from dataclasses import replace

from comptoir.content.results import Results, shown_until
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period


def report_quarters(catalogue: Catalogue, results: Results) -> tuple[Period, ...]:
    """The quarters that have a report, the newest first: that of the results, and those that have words or are closed."""
    closed = {one.quarter for one in results.closings} & set(results.archive.quarters)
    measured = {period for one in (results.archive, *results.others) for period in one.quarters}
    return tuple(sorted({results.quarter, *closed, *(measured & set(catalogue.reports))}, reverse=True))


def results_at(results: Results, quarter: Period) -> Results:
    """The results as they stand for the report about `quarter`: that one is current, and none is later.

    A report on a period of another kind has the measurements of that kind, and is compared with others of it.
    """
    if quarter == results.quarter:
        return results
    archive = next(one for one in (results.archive, *results.others) if quarter in one.quarters)
    loyalty = results.loyalty
    if archive is not results.archive and loyalty is not None:
        loyalty = replace(loyalty, measurements=archive)
    return results.once(
        ("at", quarter),
        lambda: replace(
            results,
            measurements=archive.over(shown_until(quarter)),
            quarter=quarter,
            earlier=archive,
            loyalty=loyalty,
            running=None,
        ),
    )
