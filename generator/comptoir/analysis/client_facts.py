"""Facts: observations and measurements in; what is known of each client, for signals and the quadrant, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from comptoir.analysis.signals import ClientFacts, DatedValue, Subscription
from comptoir.measure.observations import Observations, SubscriptionRow, UsageDay
from comptoir.measure.types import Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.model.terms import SignalKind
from comptoir.periods import Month, Period


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The facts of each client, and the signals that anything at all is known for."""

    clients: tuple[ClientFacts, ...]
    judged: frozenset[SignalKind]


def facts_of_clients(
    names: Iterable[str],
    observations: Observations,
    measurements: Measurements,
    satisfaction: Indicator | None,
    on: date,
) -> KnownFacts:
    """What is known of the clients `names` at the end of `on`.

    Use is the people who used each service, added up by month. Satisfaction is that of each quarter, as measured:
    where few answered it is withheld, and not known here either. Calls are those of the switchboard where it tells
    clients apart, else the requests that are no complaints.
    """
    support: dict[str, list[date]] = {}
    by_call = any(row.calls for row in observations.support)
    for row in observations.support:
        times = row.calls if by_call else row.requests
        support.setdefault(row.client, []).extend([row.day] * times)
    complaints: dict[str, list[date]] = {}
    for complaint in observations.complaints:
        complaints.setdefault(complaint.client, []).append(complaint.received)
    use = use_by_month((row.client, row) for row in observations.usage if row.client)
    subscriptions = _subscriptions(observations.subscriptions)
    facts = tuple(
        ClientFacts(
            client=name,
            subscriptions=tuple(subscriptions.get(name, ())),
            calls=tuple(support.get(name, ())),
            complaints=tuple(complaints.get(name, ())),
            use=tuple(
                DatedValue(month.first_day, users) for month, users in sorted(use.get(name, {}).items())
            ),
            satisfaction=_scores(name, measurements, satisfaction, on),
        )
        for name in sorted(names)
    )
    known = {
        SignalKind.NOT_RENEWED: any(f.subscriptions for f in facts),
        SignalKind.RISING_CALLS: any(f.calls for f in facts),
        SignalKind.REPEATED_COMPLAINTS: bool(observations.support or observations.complaints),
        SignalKind.FALLING_USE: any(f.use for f in facts),
        SignalKind.FALLING_SATISFACTION: any(f.satisfaction for f in facts),
    }
    return KnownFacts(facts, frozenset(kind for kind, is_known in known.items() if is_known))


def without_planned_ends(catalogue: Catalogue, observations: Observations) -> Observations:
    """The same without the use and the subscriptions of services that are retiring or retired: that these end is our
    decision, and no sign that a client leaves."""
    ending = {name for name, service in catalogue.services.items() if service.is_ending}
    return replace(
        observations,
        usage=tuple(row for row in observations.usage if row.service not in ending),
        subscriptions=tuple(row for row in observations.subscriptions if row.service not in ending),
    )


def use_by_month(rows: Iterable[tuple[str, UsageDay]]) -> dict[str, dict[Month, Fraction]]:
    """The people who used each service, added up by name and month; of several counts in a month, their mean."""
    counts: dict[tuple[str, Month, str, str, str], list[int]] = {}
    for name, row in rows:
        key = (name, Month.containing(row.day), row.service, row.segment, row.client)
        counts.setdefault(key, []).append(row.users)
    sums: dict[str, dict[Month, Fraction]] = {}
    for (name, month, *_), users in counts.items():
        months = sums.setdefault(name, {})
        months[month] = months.get(month, Fraction(0)) + Fraction(sum(users), len(users))
    return sums


def mean_use(months: Mapping[Month, Fraction], quarter: Period) -> Fraction | None:
    """The mean of the months of a quarter that are known; none without any."""
    known = [
        users for month, users in months.items() if quarter.first_day <= month.first_day <= quarter.last_day
    ]
    return sum(known, Fraction(0)) / len(known) if known else None


def _subscriptions(rows: Iterable[SubscriptionRow]) -> dict[str, list[Subscription]]:
    """The terms that end, by client. One goes on when it says so, or when the next begins before or just after."""
    listed = tuple(rows)
    starts: dict[tuple[str, str], list[date]] = {}
    for row in listed:
        starts.setdefault((row.client, row.service), []).append(row.start)
    found: dict[str, list[Subscription]] = {}
    for row in listed:
        if row.end is None:
            continue
        later = any(row.start < start for start in starts[row.client, row.service])
        is_renewed = row.renewed if row.renewed is not None else later
        found.setdefault(row.client, []).append(Subscription(row.service, row.end, is_renewed))
    return found


def _scores(
    client: str, measurements: Measurements, satisfaction: Indicator | None, on: date
) -> tuple[DatedValue, ...]:
    if satisfaction is None:
        return ()
    measured = measurements.series(satisfaction.id, Scope(client=client))
    return tuple(
        DatedValue(m.quarter.last_day, m.value)
        for m in measured
        if m is not None and m.value is not None and m.quarter.last_day <= on
    )
