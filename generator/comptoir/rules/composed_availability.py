"""An availability that is promised can be held: what it rests on, multiplied, gives at least as much.

Multiplied are the availability of the OLA and UC of the promise, and the availability promised by each service
on which this one depends critically: when one of them stops, it stops too.

Passes::

    # catalogue/services/mail.yaml
    agreements: [sla-standard]

Fails::

    # catalogue/services/mail.yaml
    agreements: [sla-standard]
    dependencies:
      - {service: wifi, criticality: critical}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from math import prod
from typing import Final

from comptoir.model.agreements import Agreement
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import AgreementKind, Criticality, Lifecycle, Metric
from comptoir.problems import Location, Problem
from comptoir.rules.promises import promises, supports

RULE: Final = "composed-availability"
Factors = dict[str, Decimal]  # what is relied on → per cent it gives


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Promises of availability above the product of what they rest on; of an SLA alone once, at the SLA."""
    beneath: dict[str, Factors] = {}
    short: set[str] = set()
    for agreement in catalogue.agreements.values():
        if agreement.kind is not AgreementKind.SLA:
            continue
        beneath[agreement.id] = _factors_of(catalogue, agreement, today)
        promise = _promised(agreement, today)
        if promise is not None and _is_short(promise[1], beneath[agreement.id]):
            short.add(agreement.id)
            if len(beneath[agreement.id]) > 1:  # one alone is told by the rule on stricter promises
                where = agreement.locate("targets", promise[0], "value")
                yield _problem(where, promise[1], beneath[agreement.id])
    for service in catalogue.services.values():
        if service.lifecycle is Lifecycle.RETIRED:
            continue
        relied_on = _dependencies_of(catalogue, service, today)
        for path, agreement in promises(catalogue, service) if relied_on else ():
            promise = _promised(agreement, today)
            factors = {**relied_on, **beneath[agreement.id]}
            if promise is not None and agreement.id not in short and _is_short(promise[1], factors):
                yield _problem(service.locate(*path), promise[1], factors)


def _promised(agreement: Agreement, today: date) -> tuple[int, Decimal] | None:
    """The highest availability promised today, with the rank of its target."""
    found = [(i, t.value) for i, t in agreement.targets_in_force(today) if t.metric is Metric.AVAILABILITY]
    return max(found, key=lambda promise: promise[1], default=None)


def _given(agreement: Agreement, today: date) -> Decimal | None:
    """The lowest availability that one may count on today."""
    found = [t.value for _, t in agreement.targets_in_force(today) if t.metric is Metric.AVAILABILITY]
    return min(found, default=None)


def _factors_of(catalogue: Catalogue, agreement: Agreement, today: date) -> Factors:
    given = {support.id: _given(support, today) for support in supports(catalogue, agreement)}
    return {name: value for name, value in given.items() if value is not None}


def _dependencies_of(catalogue: Catalogue, service: Service, today: date) -> Factors:
    factors: Factors = {}
    for dependency in service.dependencies:
        other = catalogue.services.get(dependency.service)
        if other is None or dependency.criticality is not Criticality.CRITICAL:
            continue
        given = [_given(agreement, today) for _, agreement in promises(catalogue, other)]
        values = [value for value in given if value is not None]
        if values:
            factors[other.id] = min(values)
    return factors


def _compose(factors: Factors) -> Fraction:
    """The product, in per cent and exact."""
    return 100 * prod((Fraction(value) / 100 for value in factors.values()), start=Fraction(1))


def _is_short(promise: Decimal, factors: Factors) -> bool:
    return bool(factors) and _compose(factors) < Fraction(promise)


def _problem(where: Location, promise: Decimal, factors: Factors) -> Problem:
    product = " × ".join(f"{name} {value.normalize():f}" for name, value in factors.items())
    composed = _compose(factors)
    shown = (Decimal(composed.numerator) / Decimal(composed.denominator)).quantize(
        Decimal("0.01"), ROUND_FLOOR
    )
    message = f"{promise.normalize():f} % is promised but what it rests on gives {shown} % ({product})"
    return Problem(where, RULE, message)
