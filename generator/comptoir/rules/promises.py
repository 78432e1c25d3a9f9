"""Agreements on a day: which are in force, with which targets. Holds no rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comptoir.model.agreements import Agreement, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import AgreementKind


def is_in_force(agreement: Agreement, day: date) -> bool:
    """True when `day` lies within the validity of the agreement."""
    return agreement.valid_from <= day <= (agreement.valid_until or date.max)


def validity(agreement: Agreement, target: Target) -> tuple[date, date]:
    """First and last day of a target; the last day of time when it has no end."""
    first = target.valid_from or agreement.valid_from
    last = target.valid_until or agreement.valid_until or date.max
    return first, last


def targets_in_force(agreement: Agreement, day: date) -> Iterator[tuple[int, Target]]:
    """The targets that hold on `day`, each with its rank in the file."""
    if is_in_force(agreement, day):
        for index, target in enumerate(agreement.targets):
            first, last = validity(agreement, target)
            if first <= day <= last:
                yield index, target


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
