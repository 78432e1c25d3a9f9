"""What an indicator is about: its definition and the roles of sources in; the group of results that it belongs to out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.roles import Role
from comptoir.render.results import Results

_OF_ROLE: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.OUTAGES: "levels",
        Role.REQUESTS: "requests",
        Role.PAUSES: "requests",
        Role.CALLS: "calls",
        Role.SURVEYS: "loyalty",
        Role.CONTACTS: "loyalty",
        Role.SUBSCRIPTIONS: "loyalty",
        Role.USAGE: "portfolio",
        Role.REVENUE: "portfolio",
        Role.LEDGER: "portfolio",
        Role.OTHER: "portfolio",
    }
)


def group_of(results: Results, indicator: Indicator) -> str:
    """The group of the dashboard: by what the rows are, complaints apart from other requests."""
    if indicator.kind in (IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY):
        return "levels"
    group = _OF_ROLE[results.role_of(indicator)]
    speaks_of = " ".join(filter(None, (indicator.id, indicator.use, indicator.where, indicator.numerator)))
    return "complaints" if group == "requests" and "complaint" in speaks_of else group
