"""Agreements around a service: those that it promises, and those that they rest on. Holds no rule itself."""

from __future__ import annotations

from collections.abc import Iterator

from comptoir.model.agreements import Agreement
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import AgreementKind


def supports(catalogue: Catalogue, agreement: Agreement) -> Iterator[Agreement]:
    """The OLA and UC that the agreement rests on, those that could be read."""
    for name in agreement.rests_on:
        other = catalogue.agreements.get(name)
        if other is not None and other.kind is not AgreementKind.SLA:
            yield other


def promises(catalogue: Catalogue, service: Service) -> Iterator[tuple[tuple[str | int, ...], Agreement]]:
    """The SLA of a service and of its offerings, each with the path where the service names it."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("agreements", index), name) for index, name in enumerate(service.agreements)
    ]
    named += [
        (("offerings", index, "agreement"), offering.agreement)
        for index, offering in enumerate(service.offerings)
        if offering.agreement is not None
    ]
    for path, name in named:
        agreement = catalogue.agreements.get(name)
        if agreement is not None and agreement.kind is AgreementKind.SLA:
            yield path, agreement
