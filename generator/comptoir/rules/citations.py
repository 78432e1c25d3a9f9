"""A report cites measurements that can be: an indicator, services, segments and clients that exist, in the way that
the indicator is measured, of the quarter of the report or an earlier one.

Passes::

    # indicators/reports/2026-Q3.md
    ---
    signatory: {fr: Responsable des relations clients, en: Client relations manager}
    public: {fr: 'La cible est [[trial target]].', en: 'The target is [[trial target]].'}
    ---

    # indicators/definitions/trial.yaml
    use: satisfaction

Fails::

    # indicators/reports/2026-Q3.md
    ---
    signatory: {fr: Responsable des relations clients, en: Client relations manager}
    public: {fr: 'La cible est [[trail target]].', en: 'The target is [[trial target]].'}
    ---

    # indicators/definitions/trial.yaml
    use: satisfaction
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.citations import BadCitation, Citation
from comptoir.model.reports import Report
from comptoir.problems import Problem, suggest
from comptoir.rules.walking import cited_in

RULE: Final = "citation"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Citations of what is not there, or is not measured in that way."""
    for report in catalogue.reports.values():
        for where, citation in cited_in(report):
            fault = _judge(catalogue, report, citation)
            if fault:
                yield Problem(where, RULE, *fault)


def _judge(catalogue: Catalogue, report: Report, citation: Citation | BadCitation) -> tuple[str, str] | None:
    """Message and hint; None for a citation that may stay."""
    if isinstance(citation, BadCitation):
        return citation.message, citation.hint
    named = {"indicator": citation.indicator, **citation.about}
    for kind, name in named.items():
        known = catalogue.declared.get(kind)
        if known is not None and name not in known:
            return f"unknown {kind} '{name}'", suggest(name, known)
    if citation.quarter is not None and citation.quarter.last_day > report.quarter.last_day:
        return f"a report on {report.quarter} cannot cite {citation.quarter}", ""
    indicator = catalogue.indicators.get(citation.indicator)
    for kind in citation.about:
        if indicator is not None and kind not in indicator.by:
            ways = ", ".join(indicator.by)
            hint = f"measured for each {ways}" if ways else "it is measured as a whole only"
            return f"'{citation.indicator}' is not measured for a {kind}", hint
    return None
