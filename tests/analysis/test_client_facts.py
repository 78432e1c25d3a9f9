"""Facts of clients, and what they are worth: what is not known stays unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.client_facts import facts_of_clients, mean_use, use_by_month
from comptoir.analysis.client_value import Assumptions, expect_value, value_clients
from comptoir.analysis.signals import DatedValue, Subscription
from comptoir.analysis.worth import value_customers
from comptoir.measure.observations import (
    Observations,
    RevenueDay,
    SubscriptionRow,
    SupportDay,
    UsageDay,
)
from comptoir.measure.types import Measurements
from comptoir.model.terms import SignalKind
from comptoir.periods import Month, Quarter

from ..conftest import MakeProject
from ..measure.tables import read

Q3 = Quarter(2026, 3)
DAY = date(2026, 7, 1)
NOTHING = Measurements((), {}, ())


def test_requests_count_as_calls_where_the_switchboard_tells_no_client() -> None:
    support = (SupportDay("a", DAY, 2, 0), SupportDay("b", DAY, 1, 0))
    found = facts_of_clients("ab", Observations(support=support), NOTHING, None, Q3.last_day)
    assert [facts.calls for facts in found.clients] == [(DAY, DAY), (DAY,)]
    by_call = (SupportDay("a", DAY, 2, 3), SupportDay("b", DAY, 1, 0))
    found = facts_of_clients("ab", Observations(support=by_call), NOTHING, None, Q3.last_day)
    assert [len(facts.calls) for facts in found.clients] == [3, 0]


def test_a_term_goes_on_when_it_says_so_or_when_the_next_one_begins() -> None:
    terms = (
        SubscriptionRow("a", "mail", date(2024, 1, 1), date(2024, 12, 31), None),
        SubscriptionRow("a", "mail", date(2025, 1, 1), date(2025, 12, 31), False),
        SubscriptionRow("a", "mail", date(2026, 1, 1), date(2026, 12, 31), None),
        SubscriptionRow("a", "wifi", date(2026, 1, 1), None, None),
    )
    found = facts_of_clients("a", Observations(subscriptions=terms), NOTHING, None, Q3.last_day)
    assert found.clients[0].subscriptions == (
        Subscription("mail", date(2024, 12, 31), True),
        Subscription("mail", date(2025, 12, 31), False),
        Subscription("mail", date(2026, 12, 31), False),
    )
    assert found.judged == {SignalKind.NOT_RENEWED}


def test_use_is_added_up_by_month_and_several_counts_of_one_are_averaged() -> None:
    def row(day: date, service: str, users: int) -> UsageDay:
        return UsageDay(day, service, "", "a", users, None, None)

    rows = (
        row(DAY, "mail", 10),
        row(date(2026, 7, 31), "mail", 20),
        row(DAY, "wifi", 1),
        row(date(2026, 8, 1), "mail", 4),
    )
    use = use_by_month(("a", one) for one in rows)
    assert use == {"a": {Month(2026, 7): Fraction(16), Month(2026, 8): Fraction(4)}}
    assert mean_use(use["a"], Q3) == 10
    assert mean_use(use["a"], Quarter(2026, 2)) is None
    found = facts_of_clients("a", Observations(usage=rows), NOTHING, None, Q3.last_day)
    assert found.clients[0].use == (DatedValue(DAY, Fraction(16)), DatedValue(date(2026, 8, 1), Fraction(4)))


def test_the_value_of_a_client_rests_on_its_own_charges_and_requests(make_project: MakeProject) -> None:
    text = (
        "value:\n  groups:\n    - {attrition: [50, 50], cost_to_serve: 10, cost_per_request: 5, start: 4}\n"
    )
    catalogue = read(make_project, {"indicators/loyalty.yaml": text})
    (client,) = catalogue.clients
    observations = Observations(
        revenue=(
            RevenueDay(client, DAY, "", "", Decimal(100), None, 1),
            RevenueDay(client, date(2020, 1, 1), "", "", Decimal(999), None, 1),
        ),
        support=(SupportDay(client, DAY, 4, 0), SupportDay(client, date(2020, 1, 1), 99, 0)),
    )
    worth = value_customers(catalogue, observations, Q3)
    assert worth.by_client == {client: Fraction(1, 2) * 70 + Fraction(1, 4) * 70}
    (group,) = worth.groups
    assert group.is_measured and group.value is not None
    assert [year.result for year in group.value.years] == [2 * 70, 1 * 70]
    assert value_customers(catalogue, Observations(), Q3).by_client == {}


@given(
    st.lists(st.fractions(0, 1), min_size=1, max_size=5),
    st.decimals(0, 1000, places=2),
    st.decimals(0, 1000, places=2),
    st.fractions(Fraction(-1, 2), 1),
)
def test_one_client_is_expected_what_many_bring_each(
    attrition: list[Fraction], revenue: Decimal, cost: Decimal, growth: Fraction
) -> None:
    """Of so many clients that none is lost in part, each brings what one is expected to."""
    whole = 1
    for rate in attrition:
        whole *= rate.denominator
    many = Assumptions(
        clients=whole,
        attrition=tuple(attrition),
        revenue=revenue,
        cost_to_serve=cost,
        revenue_growth=growth,
    )
    assert expect_value(many) == value_clients(many).total / whole
