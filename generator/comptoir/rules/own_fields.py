"""A key that begins with 'x-' is one that catalogue/fields.yaml declares, if there is such a file: the value of any other is
shown nowhere. A field that is required is filled in.

Passes::

    # catalogue/fields.yaml
    - id: cost-centre
      label: {fr: Centre de coûts, en: Cost centre}
    # catalogue/services/mail.yaml
    x-cost-centre: IT-100

Fails::

    # catalogue/fields.yaml
    - id: cost-centre
      label: {fr: Centre de coûts, en: Cost centre}
    # catalogue/services/mail.yaml
    x-cost-center: IT-100
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.base import OWN
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import FieldOwner
from comptoir.problems import Problem, Severity, suggest

RULE: Final = "own-field"
IMPORTED: Final = "origin"
"""What `import` writes for itself."""


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Keys of the project's own that nothing declares, and required ones that are missing."""
    written = catalogue.declared.get("field", frozenset())
    undecoded = written - catalogue.fields.keys()
    for kind in FieldOwner if written else ():
        fields = {field.key: field for field in catalogue.fields.values() if kind in field.of}
        for entity in catalogue.of_kind(kind).values():
            for name in entity.own_values:
                key = f"{OWN}{name}"
                if key not in fields and name not in undecoded and name != IMPORTED:
                    message = f"catalogue/fields.yaml declares no '{key}' for the kind '{kind}': it is shown nowhere"
                    where = entity.locate(key, key=True)
                    yield Problem(where, RULE, message, suggest(key, fields), Severity.WARNING)
            for key, field in fields.items():
                if field.required and field.id not in entity.own_values:
                    message = f"'{key}' is missing, which catalogue/fields.yaml requires"
                    yield Problem(entity.locate(), RULE, message, severity=Severity.WARNING)
