"""Charts of signs of leaving, accounts and watermelons: what the demonstration shows, and when nothing is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comptoir.analysis.analyses import Analyses
from comptoir.charts import ChartRows
from comptoir.charts.bullet import tabulate_bullet
from comptoir.charts.heat_map import tabulate_heat_map
from comptoir.charts.quadrant import tabulate_quadrant
from comptoir.content.loyalty_words import Tongue
from comptoir.content.report.risk_charts import accounts_chart, at_risk_chart, watermelons_chart
from comptoir.wording import language

from .test_loyalty_sections import Q3, demonstration


def tongue(code: str = "en") -> Tongue:
    return Tongue(demonstration()[0], language(code))


def analyses() -> Analyses:
    found = demonstration()[1].loyalty
    assert found is not None
    return found.at(Q3)


def texts(table: ChartRows, row: int) -> list[str]:
    return [str(getattr(one, "text", one)) for one in table.rows[row]]


def test_each_sign_has_its_column_and_its_measure() -> None:
    chart = at_risk_chart(tongue(), analyses(), "key")
    assert chart is not None
    table = tabulate_heat_map(chart)
    assert [str(getattr(one, "text", one)) for one in table.headers] == [
        "Client",
        "Subscriptions not renewed",
        "Rising requests to support",
        "Repeated complaints",
        "Falling use",
        "Falling satisfaction",
    ]
    assert texts(table, 0) == ["Geomatics Laboratory", "1", "no sign", "4", "−13%", "−1.04"]
    assert texts(table, 2) == ["Wave Basin", "no sign", "19 → 36", "no sign", "no sign", "no sign"]
    assert chart.alternative == "Q3\u00a02026: 3 clients give signs that they may leave."


def test_accounts_are_placed_by_how_often_and_how_much() -> None:
    chart = accounts_chart(tongue(), analyses(), "key")
    assert chart is not None
    table = tabulate_quadrant(chart)
    found = {texts(table, row)[0]: texts(table, row)[1:] for row in range(len(table.rows))}
    assert found["Modelling Laboratory"] == ["16", "€3,093", "Many and large"]
    assert found["Finance Office"] == ["12", "€2,623", "Few and large"]
    assert found["Library"] == ["9", "€95", "Few and small"]
    assert found["Geomatics Laboratory"] == ["16", "€500", "Many and small"]
    assert chart.title == "The largest orders: Modelling Laboratory, €3,093 on average"


def test_services_that_keep_every_level_stand_the_least_liked_first() -> None:
    chart = watermelons_chart(tongue("fr"), demonstration()[1], analyses(), "key")
    assert chart is not None
    assert [row.name for row in chart.rows][:2] == ["Missions et achats", "Wi-Fi"]
    assert [row.status for row in chart.rows][:2] == ["missed", "near"]
    assert {row.status for row in chart.rows[2:]} <= {"kept", "barely"}
    assert len(tabulate_bullet(chart).rows) == len(chart.rows)


@pytest.mark.parametrize("left", [0, 1])
def test_of_fewer_than_two_nothing_is_drawn(left: int) -> None:
    known = analyses()
    few = replace(known, at_risk=known.at_risk[:left], accounts=known.accounts[:left], satisfaction_held=())
    assert at_risk_chart(tongue(), few, "key") is None
    assert accounts_chart(tongue(), few, "key") is None
    assert watermelons_chart(tongue(), demonstration()[1], few, "key") is None
