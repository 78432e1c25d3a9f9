"""An `audience` is one of those that organisation.yaml declares; without any there, `employees` or `management`.

Passes::

    # catalogue/services/mail.yaml
    audience: management

Fails::

    # catalogue/services/mail.yaml
    audience: managment
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.audiences import audiences_of
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, suggest

RULE: Final = "unknown-audience"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Entities kept for an audience that nobody belongs to."""
    if not catalogue.has_organisation:
        return
    known = tuple(audience.id for audience in audiences_of(catalogue.organisation))
    for _, entity in catalogue.entities():
        if entity.audience is not None and entity.audience not in known:
            message = f"unknown audience '{entity.audience}'"
            yield Problem(entity.locate("audience"), RULE, message, suggest(entity.audience, known))
