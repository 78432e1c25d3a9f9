"""Priorities against promises: the rows of requests and the agreements in; a warning for each that the other knows nothing of out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import duckdb

from comptoir.measure.within_target import ONLY
from comptoir.model.agreements import Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import IndicatorKind
from comptoir.model.roles import FieldType, Role
from comptoir.model.terms import AgreementKind
from comptoir.problems import Problem, Severity

RULE: Final = "priority-promise"
_FIELD: Final = ONLY[0]


def tell_priorities(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, fields: Mapping[str, Mapping[str, FieldType]]
) -> Iterator[Problem]:
    """Priorities of requests that no agreement promises anything to, and promises to a priority that no request has.

    Only where promises to requests are measured, and where agreements tell priorities apart.
    """
    measured = {
        one.metric for one in catalogue.indicators.values() if one.kind is IndicatorKind.WITHIN_TARGET
    }
    promised = [
        (agreement.locate("targets", number, _FIELD), target)
        for agreement in catalogue.agreements.values()
        if agreement.kind is AgreementKind.SLA
        for number, target in enumerate(agreement.targets)
        if target.metric in measured and agreement.is_judged(target)
    ]
    if not any(target.priority for _, target in promised) or _FIELD not in fields.get(Role.REQUESTS, {}):
        return
    found = dict(
        connection.execute(
            f"SELECT lower({_FIELD}), count(*) FROM {Role.REQUESTS} WHERE {_FIELD} <> '' GROUP BY ALL ORDER BY 1"
        ).fetchall()
    )
    yield from _unpromised(catalogue, found, [target for _, target in promised])
    for where, target in promised:
        if found and target.priority and target.priority not in found:
            message = f"no request has the priority '{target.priority}': nothing measures this promise"
            hint = (
                f"the data have {', '.join(sorted(found))}; 'values' of the source says what their words mean"
            )
            yield Problem(where, RULE, message, hint, Severity.WARNING)


def _unpromised(catalogue: Catalogue, found: Mapping[str, int], targets: list[Target]) -> Iterator[Problem]:
    if not all(target.priority for target in targets):
        return  # one is made to all
    named = {target.priority for target in targets}
    source = min((s for s in catalogue.sources.values() if s.role is Role.REQUESTS), key=lambda s: s.id)
    for priority in sorted(found.keys() - named):
        message = (
            f"{found[priority]} request{'s' if found[priority] > 1 else ''} of priority '{priority}': no agreement promises anything to them, "
            "so no share of promises kept counts them"
        )
        hint = f"promised: {', '.join(sorted(map(str, named)))}; or map their word to one of these"
        yield Problem(source.locate("columns", _FIELD), RULE, message, hint, Severity.WARNING)
