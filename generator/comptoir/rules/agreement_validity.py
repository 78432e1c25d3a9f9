"""What a live service promises is in force today: its agreements have begun and have not ended (a warning).

Passes::

    # catalogue/agreements/sla-standard.yaml
    valid_from: 2025-01-01

Fails::

    # catalogue/agreements/sla-standard.yaml
    valid_from: 2025-01-01
    valid_until: 2025-12-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Lifecycle
from comptoir.model.validity import in_force
from comptoir.problems import Problem, Severity
from comptoir.rules.promises import promises

RULE: Final = "agreement-not-in-force"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Live services whose agreement is not in force on `today`."""
    for service in catalogue.services.values():
        if service.lifecycle not in (Lifecycle.LIVE, Lifecycle.RETIRING):
            continue
        for path, agreement in promises(catalogue, service):
            if in_force(today, agreement):
                continue
            if agreement.valid_from > today:
                message = f"the agreement '{agreement.id}' only begins on {agreement.valid_from}"
            else:
                message = f"the agreement '{agreement.id}' ended on {agreement.valid_until}"
            yield Problem(service.locate(*path), RULE, message, severity=Severity.WARNING)
