"""Services, offerings and clients have an SLA; an agreement rests on an OLA or a UC, never on an SLA.

An OLA or a UC is between us and those who help to deliver: it promises nothing to a client.

Passes::

    # catalogue/services/mail.yaml
    agreements: [sla-standard]

Fails::

    # catalogue/services/mail.yaml
    agreements: [ola-network]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.base import Located
from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.terms import AgreementKind
from comptoir.problems import Problem

RULE: Final = "agreement-kind"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Agreements that are not of the kind that their place takes."""
    for client in catalogue.clients.values():
        for index, name in enumerate(client.agreements):
            yield from _check_is_sla(catalogue, client, ("agreements", index), name)
    for service in catalogue.services.values():
        for index, name in enumerate(service.agreements):
            yield from _check_is_sla(catalogue, service, ("agreements", index), name)
        for index, offering in enumerate(service.offerings):
            if offering.agreement is not None:
                path = ("offerings", index, "agreement")
                yield from _check_is_sla(catalogue, service, path, offering.agreement)
    for agreement in catalogue.agreements.values():
        for index, name in enumerate(agreement.rests_on):
            other = catalogue.agreements.get(name)
            if other is not None and other.kind is AgreementKind.SLA:
                message = f"'{name}' is an SLA; a promise rests on OLA and UC"
                yield Problem(agreement.locate("rests_on", index), RULE, message)


def _check_is_sla(catalogue: Catalogue, owner: Located, path: ValuePath, name: str) -> Iterator[Problem]:
    agreement = catalogue.agreements.get(name)
    if agreement is not None and agreement.kind is not AgreementKind.SLA:
        message = f"'{name}' is {_ARTICLES[agreement.kind]}; an SLA is expected here"
        hint = f"let the SLA name it in 'rests_on': rests_on: [{name}]"
        yield Problem(owner.locate(*path), RULE, message, hint)


_ARTICLES: Final = {AgreementKind.OLA: "an OLA", AgreementKind.UC: "a UC"}
