"""A retired service is no longer put forward or relied on; one that is retiring says until when, and what follows.

What replaces a retiring service may be missing (a warning); a last day that has passed is one too.

Passes::

    # catalogue/services/wifi.yaml
    lifecycle: retiring
    until: 2027-06-30
    replaced_by: mail

Fails::

    # catalogue/services/wifi.yaml
    lifecycle: retired
    # catalogue/services/mail.yaml
    related: [wifi]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.base import Located
from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle
from comptoir.problems import Problem, Severity

RULE: Final = "lifecycle"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Retired services that are still named, retiring ones that do not say enough."""
    retired = {name for name, s in catalogue.services.items() if s.lifecycle is Lifecycle.RETIRED}
    for owner, path, name in _mentions(catalogue):
        if name in retired:
            yield Problem(
                owner.locate(*path), RULE, f"the service '{name}' is retired", _hint(catalogue, name)
            )
    for service in catalogue.services.values():
        if service.lifecycle is Lifecycle.RETIRING:
            yield from _check_retiring(service, today)


def _mentions(catalogue: Catalogue) -> Iterator[tuple[Located, ValuePath, str]]:
    """Where a service is put forward or relied on."""
    if catalogue.has_organisation:
        for index, name in enumerate(catalogue.organisation.most_asked):
            yield catalogue.organisation, ("most_asked", index), name
    for segment in catalogue.segments.values():
        for index, offer in enumerate(segment.offer):
            yield segment, ("offer", index, "service"), offer.service
    for service in catalogue.services.values():
        if service.lifecycle is Lifecycle.RETIRED:
            continue
        for index, name in enumerate(service.related):
            yield service, ("related", index), name
        for index, dependency in enumerate(service.dependencies):
            yield service, ("dependencies", index, "service"), dependency.service
        if service.replaced_by is not None:
            yield service, ("replaced_by",), service.replaced_by


def _hint(catalogue: Catalogue, name: str) -> str:
    successor = catalogue.services[name].replaced_by
    return f"'{successor}' replaces it" if successor else "delete this mention"


def _check_retiring(service: Service, today: date) -> Iterator[Problem]:
    where = service.locate("lifecycle")
    if service.until is None:
        yield Problem(where, RULE, "a retiring service gives its last day in 'until'", "until: 2027-12-31")
    elif service.until < today:
        message = f"the last day, {service.until}, has passed"
        hint = "write 'lifecycle: retired'"
        yield Problem(service.locate("until"), RULE, message, hint, Severity.WARNING)
    if service.replaced_by is None:
        message = "nothing says what replaces this retiring service"
        yield Problem(where, RULE, message, "name a service in 'replaced_by'", Severity.WARNING)
