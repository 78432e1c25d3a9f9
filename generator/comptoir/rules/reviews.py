"""The content of a service is reviewed by the day it gives itself (a warning once that day has passed).

Passes::

    # catalogue/services/mail.yaml
    review_date: 2027-01-31

Fails::

    # catalogue/services/mail.yaml
    review_date: 2025-01-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Lifecycle
from comptoir.problems import Problem, Severity

RULE: Final = "review-overdue"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Services whose review was due before `today`, retired ones apart."""
    for service in catalogue.services.values():
        if service.review_date < today and service.lifecycle is not Lifecycle.RETIRED:
            message = f"the review of this service was due on {service.review_date}"
            hint = "read it again, then write the next date"
            yield Problem(service.locate("review_date"), RULE, message, hint, Severity.WARNING)
