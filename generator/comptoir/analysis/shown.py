"""Results that a report shows, without words: measurements in; those of each part out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from comptoir.analysis.choices import is_service_level
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.metrics import Indicator
from comptoir.model.roles import Role
from comptoir.periods import Period

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


def role_of(indicator: Indicator, roles: Mapping[str, Role]) -> Role:
    """What the rows of an indicator are; `roles` are those of the sources."""
    if indicator.source in {role.value for role in Role}:
        return Role(indicator.source)
    return roles.get(indicator.source, Role.OTHER)


def group_of(indicator: Indicator, role: Role) -> str:
    """The group of the dashboard: by what the rows are, complaints apart from other requests."""
    if is_service_level(indicator):
        return "levels"
    group = _OF_ROLE[role]
    speaks_of = " ".join(filter(None, (indicator.id, indicator.use, indicator.where, indicator.numerator)))
    return "complaints" if group == "requests" and "complaint" in speaks_of else group


def chapter_group(indicator: Indicator, role: Role) -> str:
    """The group of the chapter Control; 'satisfaction' is what people say, apart from other loyalty."""
    group = group_of(indicator, role)
    is_said = group == "loyalty" and (indicator.respondents is not None or role is Role.SURVEYS)
    return "satisfaction" if is_said else group


def shown_of(
    measurements: Measurements, quarter: Period, indicators: Iterable[Indicator], scope: Scope = EVERYTHING
) -> tuple[Measurement, ...]:
    """The measurements of a quarter and scope that a report shows, with a value or without."""
    found = (measurements.get(indicator.id, quarter, scope) for indicator in indicators)
    return tuple(m for m in found if m is not None and (m.has_value or m.n != 0 or m.target is not None))
