"""Watermelons: verdicts on service levels and satisfaction in; the services green outside and red inside out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comptoir.measure.types import Scope, Status


@dataclass(frozen=True, slots=True, order=True)
class Watermelon:
    """A service whose level is green and satisfaction red, and in which segment; '' stands for all segments."""

    service: str
    segment: str = ""


def find_watermelons(
    service_level: Mapping[Scope, Status], satisfaction: Mapping[Scope, Status]
) -> tuple[Watermelon, ...]:
    """Services whose level is met while satisfaction is missed, for the same service and segment, in order.

    Anything less sure (near the target, too few answers, missing, suppressed) is neither green nor red. Scopes of a
    client, or of no service, are passed over. Source: DOMAIN section 6 (watermelon).
    """
    return tuple(
        sorted(
            Watermelon(scope.service, scope.segment)
            for scope, status in service_level.items()
            if status is Status.MET
            and satisfaction.get(scope) is Status.MISSED
            and scope.service
            and not scope.client
        )
    )
