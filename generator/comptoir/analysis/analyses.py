"""Analyses: observations, measurements and settings in; every loyalty analysis of a quarter, as frozen values, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from comptoir.analysis.abc import AbcAnalysis, classify_abc
from comptoir.analysis.accounts import ClientAccount, accounts_of
from comptoir.analysis.choices import (
    coverage_indicator,
    rules_of,
    satisfaction_by_client,
    satisfied_from,
    share,
    thresholds_of,
)
from comptoir.analysis.client_facts import (
    KnownFacts,
    facts_of_clients,
    mean_use,
    use_by_month,
    without_planned_ends,
)
from comptoir.analysis.coverage import ServiceCoverage, judge_services
from comptoir.analysis.divergence import Divergence, find_divergences
from comptoir.analysis.orders import orders_of, presence_of, weigh_clients
from comptoir.analysis.profitability import ProfitabilityAnalysis, classify_profitability
from comptoir.analysis.quadrant import Placed, Standing, place_in_quadrant
from comptoir.analysis.retention import Cohort, Movement, Presence, follow_cohorts, measure_movement
from comptoir.analysis.rfm import Rfm, score_rfm
from comptoir.analysis.signals import ClientAtRisk, find_clients_at_risk
from comptoir.analysis.watermelons import LevelsAndSatisfaction, hold_levels_against_satisfaction
from comptoir.analysis.worth import Worth, value_customers
from comptoir.measure.observations import Observations
from comptoir.measure.types import Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Weight
from comptoir.periods import Month, Period


@dataclass(frozen=True, slots=True)
class LoyaltyQuadrant:
    """Where clients stand, or segments where no client can be placed; satisfied from `threshold` on.

    `satisfaction` is the indicator that says so.
    """

    placed: tuple[Placed, ...]
    by_segment: bool
    threshold: Fraction
    satisfaction: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days that an analysis looks at, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Analyses:
    """Every analysis of a quarter. Empty, or none, where nothing that was observed tells it: missing is never zero.

    Clients and services are called by their identifiers; what is followed from quarter to quarter is a client, or
    'client/service' where the settings follow subscriptions: `presence` tells who was there when. `weighed` are the days
    of the ABC classes, `scored` those of frequency and amount. `satisfaction_held` against the service levels tells
    watermelons. A service whose end is planned gives no sign that a client leaves.
    """

    quarter: Period
    settings: LoyaltySettings
    weight: Weight
    weighed: DayRange
    abc: AbcAnalysis | None
    worth: Worth
    profitability: ProfitabilityAnalysis | None
    divergences: tuple[Divergence, ...]
    scored: DayRange
    rfm: tuple[Rfm, ...]
    presence: Presence
    movement: Movement | None
    cohorts: tuple[Cohort, ...]
    accounts: tuple[ClientAccount, ...]
    facts: KnownFacts
    at_risk: tuple[ClientAtRisk, ...]
    coverage: tuple[ServiceCoverage, ...]
    satisfaction_held: tuple[LevelsAndSatisfaction, ...] | None
    quadrant: LoyaltyQuadrant | None

    @property
    def watermelons(self) -> tuple[LevelsAndSatisfaction, ...] | None:
        """The services green outside and red inside; None where levels or satisfaction are not measured at all."""
        held = self.satisfaction_held
        return None if held is None else tuple(one for one in held if one.is_watermelon)


@dataclass(frozen=True, slots=True, eq=False)
class LoyaltyInputs:
    """What the analyses of a project are made from, already cut for its audience. Told apart by identity."""

    catalogue: Catalogue
    observations: Observations
    measurements: Measurements

    def at(self, quarter: Period) -> Analyses:
        """The analyses of a quarter, worked out once."""
        return _analyse_once(self, quarter)


@lru_cache(maxsize=8)
def _analyse_once(inputs: LoyaltyInputs, quarter: Period) -> Analyses:
    return analyse(inputs.catalogue, inputs.observations, inputs.measurements, quarter)


def analyse(
    catalogue: Catalogue, observations: Observations, measurements: Measurements, quarter: Period
) -> Analyses:
    """Every analysis as known at the end of `quarter`, by the settings of `catalogue.loyalty`.

    The formulas are those of the functions that each analysis calls; decision 0006 says why they are so.
    """
    settings, on = catalogue.loyalty, quarter.last_day
    weight = settings.weighed_by
    indicators = measurements.indicators.values()
    orders = orders_of(observations, weight)
    weighed = DayRange(quarter.shift(1 - quarter.as_many(settings.abc.quarters)).first_day, on)
    scored = DayRange(on - timedelta(days=settings.rfm.days - 1), on)
    amounts = weigh_clients(orders, weight, weighed.first, weighed.last)
    abc = classify_abc(amounts, thresholds_of(settings)) if amounts else None
    worth = value_customers(catalogue, observations, quarter)
    most = share(settings.value.most)
    profitability = classify_profitability(worth.by_client, most) if worth.by_client else None
    lasting = without_planned_ends(catalogue, observations)
    presence = presence_of(observations, settings.retention.follow, quarter)
    coverage = coverage_indicator(measurements, quarter)
    satisfaction = satisfaction_by_client(settings, indicators)
    facts = facts_of_clients(catalogue.clients, lasting, measurements, satisfaction, on)
    return Analyses(
        quarter=quarter,
        settings=settings,
        weight=weight,
        weighed=weighed,
        abc=abc,
        worth=worth,
        profitability=profitability,
        divergences=find_divergences(abc, profitability) if abc and profitability else (),
        scored=scored,
        rfm=score_rfm(orders, scored.last, scored.first),
        presence=presence,
        movement=measure_movement(presence, quarter),
        cohorts=follow_cohorts(presence),
        accounts=accounts_of(observations, quarter),
        facts=facts,
        at_risk=find_clients_at_risk(facts.clients, rules_of(settings), on),
        coverage=judge_services(catalogue, measurements, coverage, quarter) if coverage else (),
        satisfaction_held=hold_levels_against_satisfaction(settings, measurements, quarter),
        quadrant=_quadrant(catalogue, lasting, measurements, quarter, satisfaction),
    )


def _quadrant(
    catalogue: Catalogue,
    observations: Observations,
    measurements: Measurements,
    quarter: Period,
    satisfaction: Indicator | None,
) -> LoyaltyQuadrant | None:
    settings = catalogue.loyalty
    threshold = satisfied_from(settings, satisfaction, quarter) if satisfaction else None
    if satisfaction is None or threshold is None:
        return None
    before = quarter.shift(-quarter.as_many(settings.quadrant.quarters_back))
    by_client = use_by_month(
        (row.client, row) for row in observations.usage if row.client in catalogue.clients
    )
    clients = _stand(by_client, catalogue.clients, (before, quarter), measurements, satisfaction, "client")
    placed = place_in_quadrant(clients, threshold)
    if any(one.kind for one in placed):
        return LoyaltyQuadrant(placed, False, threshold, satisfaction.id)
    segment_of = {name: client.segment for name, client in catalogue.clients.items()}
    by_segment = use_by_month(
        (row.segment or segment_of.get(row.client, ""), row) for row in observations.usage
    )
    segments = _stand(
        by_segment, catalogue.segments, (before, quarter), measurements, satisfaction, "segment"
    )
    placed = place_in_quadrant(segments, threshold)
    return (
        LoyaltyQuadrant(placed, True, threshold, satisfaction.id) if any(one.kind for one in placed) else None
    )


def _stand(
    use: Mapping[str, Mapping[Month, Fraction]],
    names: Iterable[str],
    quarters: tuple[Period, Period],
    measurements: Measurements,
    satisfaction: Indicator,
    kind: str,
) -> tuple[Standing, ...]:
    before, now = quarters
    found = []
    for name in names:
        measured = measurements.get(satisfaction.id, now, Scope(**{kind: name}))
        months = use.get(name, {})
        score = measured.value if measured else None
        found.append(
            Standing(
                name=name,
                use_before=mean_use(months, before),
                use_now=mean_use(months, now),
                satisfaction=score,
            )
        )
    return tuple(found)
