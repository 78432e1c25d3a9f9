"""A service says what the customer gains (a warning: an imported one is complete once somebody has written it).

Passes::

    # catalogue/services/mail.yaml
    benefits: [{fr: Vos messages partout., en: Your messages wherever you are.}]

Fails::

    # catalogue/services/mail.yaml
    benefits: []
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Lifecycle
from comptoir.problems import Problem, Severity

RULE: Final = "no-benefits"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Services without benefits, retired ones apart."""
    for service in catalogue.services.values():
        if not service.benefits and service.lifecycle is not Lifecycle.RETIRED:
            message = "nothing says what the customer gains"
            hint = "write three to five 'benefits', the effect for the customer first"
            yield Problem(service.locate("benefits"), RULE, message, hint, Severity.WARNING)
