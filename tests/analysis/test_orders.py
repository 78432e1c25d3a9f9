"""Orders, weights and presence: what was charged or used, added up exactly; and who is there in which quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.orders import MAX_QUARTERS, orders_of, presence_of, weigh_clients
from comptoir.analysis.rfm import Order
from comptoir.measure.observations import Observations, RevenueDay, SubscriptionRow, UsageDay
from comptoir.model.terms import FollowedBy, Weight
from comptoir.periods import Quarter

JULY = date(2026, 7, 1)
Q3 = Quarter(2026, 3)


def charge(
    client: str, amount: str, day: date = JULY, orders: int = 1, volume: Decimal | None = None
) -> RevenueDay:
    return RevenueDay(client, day, "", "mail", Decimal(amount), volume, orders)


def use(client: str, users: int, day: date = JULY, volume: Decimal | None = None) -> UsageDay:
    return UsageDay(day, "mail", "", client, users, None, volume)


def test_charges_of_a_day_are_orders_of_equal_parts() -> None:
    orders = orders_of(
        Observations(revenue=(charge("a", "10", orders=3), charge("a", "-4", orders=0))), Weight.REVENUE
    )
    assert orders == (*[Order("a", JULY, Fraction(10, 3))] * 3, Order("a", JULY, Fraction(-4)))


def test_volumes_are_those_charged_else_those_used() -> None:
    charged = Observations(
        revenue=(charge("a", "10", volume=Decimal(7)), charge("b", "1")),
        usage=(use("c", 1, volume=Decimal(2)),),
    )
    assert orders_of(charged, Weight.VOLUME) == (Order("a", JULY, Fraction(7)),)
    used = Observations(
        revenue=(charge("b", "1"),), usage=(use("c", 1, volume=Decimal(2)), use("", 9, volume=Decimal(2)))
    )
    assert orders_of(used, Weight.VOLUME) == (Order("c", JULY, Decimal(2)),)


def test_users_weigh_by_the_mean_of_the_months_that_are_known() -> None:
    rows = (use("a", 10), use("a", 20, date(2026, 8, 1)), use("b", 6), use("", 99))
    orders = orders_of(Observations(usage=rows), Weight.USERS)
    assert weigh_clients(orders, Weight.USERS, Q3.first_day, Q3.last_day) == {"a": 15, "b": 3}


def test_nobody_weighs_anything_where_nothing_is_known() -> None:
    assert weigh_clients((), Weight.USERS, Q3.first_day, Q3.last_day) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.decimals(-1000, 1000, places=2), st.integers(0, 9), st.integers(0, 400)
        )
    )
)
def test_what_clients_weigh_adds_up_to_what_was_charged(rows: list[tuple[str, Decimal, int, int]]) -> None:
    charges = [
        charge(client, str(amount), date.fromordinal(Q3.first_day.toordinal() - 200 + days), orders)
        for client, amount, orders, days in rows
    ]
    orders = orders_of(Observations(revenue=tuple(charges)), Weight.REVENUE)
    weights = weigh_clients(orders, Weight.REVENUE, Q3.first_day, Q3.last_day)
    assert sum(weights.values()) == sum(Fraction(row.amount) for row in charges if row.day in Q3)


def test_clients_are_there_when_they_are_charged_use_or_subscribe() -> None:
    observations = Observations(
        revenue=(charge("a", "1"), charge("credited", "-1")),
        usage=(use("b", 3, date(2026, 4, 1)), use("idle", 0)),
        subscriptions=(SubscriptionRow("c", "mail", date(2026, 2, 1), date(2026, 8, 1), None),),
    )
    assert presence_of(observations, FollowedBy.CLIENTS, Q3) == {
        Quarter(2026, 1): {"c"},
        Quarter(2026, 2): {"b", "c"},
        Q3: {"a", "c"},
    }


def test_subscriptions_are_there_when_in_force_on_the_last_day() -> None:
    terms = (
        SubscriptionRow("a", "mail", date(2026, 2, 1), date(2026, 8, 31), False),
        SubscriptionRow("b", "wifi", date(2026, 4, 2), None, None),
    )
    assert presence_of(Observations(subscriptions=terms), FollowedBy.SUBSCRIPTIONS, Q3) == {
        Quarter(2026, 1): {"a/mail"},
        Quarter(2026, 2): {"a/mail", "b/wifi"},
        Q3: {"b/wifi"},
    }


def test_what_begins_later_or_long_ago_is_bounded() -> None:
    later = Observations(subscriptions=(SubscriptionRow("a", "mail", date(2027, 1, 1), None, None),))
    assert presence_of(later, FollowedBy.CLIENTS, Q3) == {}
    ancient = Observations(subscriptions=(SubscriptionRow("a", "mail", date(1900, 1, 1), None, None),))
    assert len(presence_of(ancient, FollowedBy.CLIENTS, Q3)) == MAX_QUARTERS
