"""Scopes of clients: a catalogue and a scope in; whether a client, or a complaint, is one that it speaks of, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comptoir.analysis.complaints import Complaint
from comptoir.analysis.ranking import Ranked, rank_amounts
from comptoir.measure.types import Scope
from comptoir.model.catalogue import Catalogue


def in_scope(catalogue: Catalogue, scope: Scope, client: str) -> bool:
    """True for a client that a report about this scope speaks of."""
    if scope.client:
        return client == scope.client
    if scope.segment:
        known = catalogue.clients.get(client)
        return known is not None and known.segment == scope.segment
    return True


def concerns(scope: Scope, complaint: Complaint) -> bool:
    """True for a complaint that a report about this scope speaks of."""
    return (
        scope.service in ("", complaint.service)
        and scope.segment in ("", complaint.segment)
        and scope.client in ("", complaint.client)
    )


def rank_own(catalogue: Catalogue, scope: Scope, items: Iterable[Ranked]) -> Mapping[str, Ranked]:
    """The clients of a scope with their shares of its own total, from the largest.

    Beside an amount, a share of the total of all clients would give that total away to who may read of a part only.
    """
    own = {item.name: item.amount for item in items if in_scope(catalogue, scope, item.name)}
    return {item.name: item for item in rank_amounts(own).items}
