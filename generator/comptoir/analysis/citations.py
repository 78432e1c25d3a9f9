"""Citations against the measurements: reports and what their audience may see in; each that gives no number, out.

`rules.citations` says what cannot be cited; here is what could be, and has no number to show this time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.analysis.verdicts import Verdict, verdict_of
from comptoir.measure.types import Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.citations import BadCitation, Citation, Cited
from comptoir.model.reports import Report
from comptoir.problems import Problem, Severity
from comptoir.rules.walking import cited_in

RULE: Final = "citation-empty"


def check_cited(catalogue: Catalogue, *measured: Measurements) -> Iterator[Problem]:
    """A warning for each citation of the reports of these periods where readers find words instead of a number."""
    quarters = {quarter for one in measured for quarter in one.quarters}
    measurements = Measurements(
        tuple(m for one in measured for m in one), measured[0].indicators, tuple(sorted(quarters))
    )
    for quarter, report in catalogue.reports.items():
        if quarter not in quarters:
            continue
        for where, citation in cited_in(report):
            fault = None if isinstance(citation, BadCitation) else _judge(report, citation, measurements)
            if fault:
                yield Problem(where, RULE, *fault, Severity.WARNING)


def _judge(report: Report, citation: Citation, measurements: Measurements) -> tuple[str, str] | None:
    """Message and hint; None for a citation that gives a number."""
    if citation.indicator not in measurements.indicators:
        return f"'{citation.indicator}' is not shown to this audience", "its readers find words instead"
    quarter = citation.quarter or report.quarter
    found = measurements.get(citation.indicator, quarter, Scope(**citation.about))
    lacking = _lacking(citation.cited, found)
    if not lacking:
        return None
    about = "".join(f", {key} '{name}'" for key, name in citation.about.items())
    return f"'{citation.indicator}' {lacking} in {quarter}{about}", "readers find words instead of a number"


def _lacking(cited: Cited, found: Measurement | None) -> str:
    """What there is not of a measurement; '' where there is all that is cited."""
    if found is not None and verdict_of(found) is Verdict.SUPPRESSED:
        return "is withheld, for too few answered,"
    if cited is Cited.TARGET:
        return "" if found is not None and found.target is not None else "has no target"
    if found is None or not found.has_value:
        return "has no value"
    if cited is Cited.CHANGE and found.previous is None:
        return "has nothing to be compared with"
    return "has no n" if cited is Cited.N and found.n is None else ""
