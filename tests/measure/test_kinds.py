"""Every kind of indicator against figures that a reader can work out, or that SciPy and statsmodels give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from comptoir.measure import queries, tallies
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.statistics import quantile_ranks
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.model.metrics import Indicator
from comptoir.periods import Quarter

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, answer, base, definition, measure, request, tables

QUARTERS = (Q3.previous, Q3)


def only(
    make_project: MakeProject, keys: dict[str, object], scope: Scope = EVERYTHING, **rows: list[Row]
) -> Measurement:
    """The measurement of one definition in 2026-Q3."""
    measurements, problems = measure(make_project, {"it": definition(**keys)}, tables(**rows))
    assert [str(p) for p in problems if p.rule != "data-scale"] == []
    found = measurements.get("it", Q3, scope)
    assert found is not None
    return found


def left_out(measurement: Measurement) -> dict[str, int]:
    return {reason.value: rows for reason, rows in measurement.left_out}


def test_count_by_scope(make_project: MakeProject) -> None:
    rows = [
        request(1, service="mail", segment="researchers", kind="incident"),
        request(2, service="mail", kind="incident"),
        request(3, service="wifi", segment="researchers", kind="request"),
        request(4, kind="incident"),
    ]
    keys = {"it": definition(where="kind = 'incident'", by=["service", "segment", "client"])}
    measurements, _ = measure(make_project, keys, tables(requests=rows))
    assert {str(m.scope): (m.value, m.n) for m in measurements} == {
        "everything": (3, 3),
        "service mail": (2, 2),
        "service wifi": (0, 0),
        "segment researchers": (1, 1),
        "service mail, segment researchers": (1, 1),
        "service wifi, segment researchers": (0, 0),
    }
    assert left_out(measurements.of("it", scope=EVERYTHING)[0]) == {"filtered": 1}


def test_a_quarter_begins_at_midnight_of_the_organisation(make_project: MakeProject) -> None:
    rows: list[Row] = [
        {"opened": datetime(2026, 6, 30, 21, 59, 59)},  # 23:59:59 in Paris
        {"opened": datetime(2026, 6, 30, 22)},
        {"opened": datetime(2026, 9, 30, 21, 59, 59)},
        {"opened": datetime(2026, 9, 30, 22)},
    ]
    assert only(make_project, {}, requests=rows).value == 2


def test_sum_is_exact_and_keeps_the_missing_apart(make_project: MakeProject) -> None:
    rows: list[Row] = [
        {"date": date(2026, 8, day), "client": "physics", "amount": Decimal("0.1")} for day in range(1, 31)
    ]
    rows.append({"date": date(2026, 8, 31), "client": "physics"})
    found = only(make_project, {"source": "revenue", "kind": "sum", "value": "amount"}, revenue=rows)
    assert (found.value, found.n, left_out(found)) == (3, 30, {"not-applicable": 1})


def test_ratio_of_conditions(make_project: MakeProject) -> None:
    rows = [
        request(day, on_time=day % 4 > 0, kind="incident" if day < 25 else "request") for day in range(1, 29)
    ]
    rows += [request(29, kind="incident")]
    keys = {"kind": "ratio", "unit": "percent", "numerator": "on_time", "denominator": "kind = 'incident'"}
    found = only(make_project, keys, requests=rows)
    assert (found.numerator, found.denominator, found.n) == (18, 24, 24)
    assert found.value == 75
    assert left_out(found) == {"outside-denominator": 4, "not-applicable": 1}
    low, high = proportion_confint(18, 24, method="wilson")
    assert found.interval is not None
    assert (float(found.interval.low), float(found.interval.high)) == pytest.approx((100 * low, 100 * high))


def test_a_ratio_of_totals_is_not_the_mean_of_ratios(make_project: MakeProject) -> None:
    rows: list[Row] = [
        {"date": date(2026, 7, 1), "service": "mail", "received": 10, "answered": 1},
        {"date": date(2026, 7, 2), "service": "wifi", "received": 990, "answered": 899},
        {"date": date(2026, 7, 3), "received": 5},
    ]
    keys = {
        "source": "calls",
        "kind": "ratio",
        "counts": "cases",
        "unit": "percent",
        "numerator": "answered",
        "denominator": "received",
    }
    found = only(make_project, keys, calls=rows)
    assert (found.value, found.numerator, found.denominator, found.n) == (90, 900, 1000, 1000)
    assert left_out(found) == {"not-applicable": 1}


def test_mean_with_students_interval(make_project: MakeProject) -> None:
    scores = [5, 4, 4, 3, 5, 2, 4, 5]
    rows = [answer(score) for score in scores] + [answer(None), answer(5, question="other")]
    keys = {
        "source": "surveys",
        "kind": "mean",
        "value": "score",
        "where": "question = 'satisfaction'",
        "unit": "score-5",
    }
    found = only(make_project, keys, surveys=rows)
    assert found.value == Fraction(sum(scores), len(scores))
    assert (found.n, found.respondents) == (8, 8)
    assert left_out(found) == {"unknown-word": 1, "not-applicable": 1}
    low, high = stats.t.interval(0.95, 7, numpy.mean(scores), stats.sem(scores))
    assert found.interval is not None
    assert found.deviation is not None
    assert (float(found.interval.low), float(found.interval.high)) == pytest.approx((low, high))
    assert float(found.deviation) == pytest.approx(numpy.std(scores, ddof=1))


@settings(max_examples=25, deadline=None)
@given(
    counts=st.lists(st.integers(0, 500), min_size=1, max_size=60),
    share=st.sampled_from(["0.5", "0.9", "0.25", "0.333"]),
    few=st.sampled_from([0, 10_000]),
)
def test_quantiles_are_those_of_numpy(counts: list[int], share: str, few: int) -> None:
    """Whether all values are put in order or those around the quantile are looked for."""
    keys = definition(id="it", kind="quantile", value="reopened", quantile=share, unit="hours", by=())
    catalogue = replace(base(), indicators={"it": Indicator.model_validate(keys)})
    connection = tables(requests=[request(1, reopened=value) for value in counts])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "_FEW", few)
        measurements, problems = measure_catalogue(catalogue, connection, [Q3], TODAY)
    found = measurements.of("it")[0]
    assert problems == ()
    assert found.value is not None
    assert float(found.value) == pytest.approx(float(numpy.quantile(counts, float(share), method="linear")))
    ordered, ends = sorted(counts), quantile_ranks(len(counts), Fraction(share))
    if ends is None:
        assert found.interval is None
    else:
        assert found.interval is not None
        expected = (ordered[ends.low - 1], ordered[ends.high - 1])
        assert (found.interval.low, found.interval.high) == expected
    if share == "0.5":
        assert (found.interval is not None) == (len(counts) >= 6)


def test_nps(make_project: MakeProject) -> None:
    rows = [answer(score, question="recommend") for score in (10, 9, 9, 8, 7, 6, 0)]
    rows += [answer(None, question="recommend"), answer(11, question="recommend")]
    keys = {"source": "surveys", "kind": "nps", "value": "score", "unit": "points"}
    found = only(make_project, keys, surveys=rows)
    assert (found.numerator, found.denominator, found.value) == (1, 7, Fraction(100, 7))
    assert left_out(found) == {"not-applicable": 1, "off-scale": 1}


def test_rate_per_thousand(make_project: MakeProject) -> None:
    rows = [request(1 + i % 28, kind="complaint" if i < 3 else "incident") for i in range(400)]
    keys = {"kind": "rate-per-thousand", "numerator": "kind = 'complaint'", "unit": "per-thousand"}
    found = only(make_project, keys, requests=rows)
    assert (found.value, found.n) == (Fraction(15, 2), 400)
    assert found.interval is not None
    low, high = stats.chi2.ppf(0.025, 6) / 2 / 400 * 1000, stats.chi2.ppf(0.975, 8) / 2 / 400 * 1000
    assert (float(found.interval.low), float(found.interval.high)) == pytest.approx((low, high))


def usage(month: int, service: str, users: int | None, eligible: int | None) -> Row:
    return {"date": date(2026, month, 1), "service": service, "users": users, "eligible": eligible}


def test_coverage_is_read_on_the_last_count_of_each_service(make_project: MakeProject) -> None:
    rows = [
        usage(7, "mail", 10, 100),
        usage(8, "mail", 20, 100),
        usage(9, "mail", 90, 100),
        usage(7, "wifi", 1, 50),
        usage(8, "wifi", 45, 50),  # nothing in September: August is its last
        usage(9, "mail", 7, None),
    ]
    keys = {"it": definition(source="usage", kind="coverage", unit="percent")}
    measurements, _ = measure(make_project, keys, tables(usage=rows))
    assert {str(m.scope): m.value for m in measurements} == {
        "everything": 90,
        "service mail": 90,
        "service wifi": 90,
    }
    assert left_out(measurements.of("it", scope=EVERYTHING)[0]) == {"not-last-day": 3, "no-eligible": 1}


def test_distinct(make_project: MakeProject) -> None:
    rows = [request(1, user="a"), request(2, user="a"), request(3, user="b"), request(4)]
    found = only(make_project, {"kind": "distinct", "value": '"user"'}, requests=rows)
    assert (found.value, found.n, left_out(found)) == (2, 3, {"not-applicable": 1})


def test_growth(make_project: MakeProject) -> None:
    rows: list[Row] = [{"opened": datetime(2026, month, 5)} for month in (4, 5, 6, 4, 7, 8, 9, 7, 8)]
    keys = {"it": definition(kind="growth", unit="percent", decimals=1)}
    measurements, _ = measure(make_project, keys, tables(requests=rows), quarters=QUARTERS)
    now, before = measurements.get("it", Q3), measurements.get("it", Q3.previous)
    assert now is not None
    assert before is not None
    assert (now.value, now.numerator, now.denominator) == (25, 1, 4)
    assert (before.status, before.reason) == ("missing", "no-previous")


def test_facts_of_the_service_and_of_the_quarter_may_be_asked(make_project: MakeProject) -> None:
    rows = [
        request(1, service="mail", client="physics"),
        {**request(2, service="wifi", client="physics"), "opened": datetime(2026, 5, 2)},
    ]
    asked = {
        "family": "family = 'workplace'",
        "lifecycle": "lifecycle = 'live'",
        "calendar": "calendar = 'office-hours'",
        "start": "opened >= quarter_start and cast(opened_local as date) <= quarter_end",
        "first": "client_first >= quarter_start",
        "known": "known_until = opened",
    }
    definitions = {name: definition(where=where) for name, where in asked.items()}
    measurements, problems = measure(make_project, definitions, tables(requests=rows))
    assert problems == ()
    assert {m.indicator: m.value for m in measurements.of(scope=EVERYTHING)} == {
        "family": 1,
        "lifecycle": 1,
        "calendar": 1,
        "start": 1,
        "first": 0,
        "known": 1,
    }


def test_working_time_is_the_same_by_join_and_by_macro(make_project: MakeProject) -> None:
    rows = [
        request(
            1 + i % 20,
            service=("mail", "wifi", None)[i % 3],
            resolved=datetime(2026, 9, 1 + i % 29, i % 24, 30),
        )
        for i in range(60)
    ]
    ask = "kind is null and working_{}(calendar, opened, {}) > {}"
    definitions = {
        f"{unit}-{way}": definition(where=ask.format(unit, end, limit))
        for unit, limit in (("days", 3), ("seconds", 40_000))
        for way, end in (("join", "resolved"), ("macro", "coalesce(resolved, opened)"))
    }
    measurements, problems = measure(make_project, definitions, tables(requests=rows))
    values = {m.indicator: m.value for m in measurements.of(scope=EVERYTHING)}
    assert problems == ()
    assert values["days-join"] == values["days-macro"] != 0
    assert values["seconds-join"] == values["seconds-macro"] != 0


def test_unknown_names_count_in_totals_only(make_project: MakeProject) -> None:
    rows = [request(1, service="mail"), request(2, service="fax"), request(3)]
    measurements, _ = measure(make_project, {"it": definition()}, tables(requests=rows))
    assert {str(m.scope): m.value for m in measurements} == {"everything": 3, "service mail": 1}


def test_many_rows_are_ordered_in_parts(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [{"opened": datetime(2026, month, 5), "reopened": month} for month in range(1, 10)]
    keys = {"it": definition(kind="quantile", value="reopened", quantile="0.5", min_sample=1)}
    quarters = [Quarter(2026, number) for number in (1, 2, 3)]
    monkeypatch.setattr(tallies, "_CHUNK", 4)
    measurements, _ = measure(make_project, keys, tables(requests=rows), quarters=quarters)
    assert [m.value for m in measurements] == [2, 5, 8]


def test_what_definitions_share_is_kept_once(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = tallies.run_query

    def listen(connection: Any, sql: str, limit: float = 60) -> list[dict[str, Any]]:
        if sql.startswith("CREATE"):
            run(connection, sql, limit)
            kept = connection.execute("DESCRIBE comptoir_kept").fetchall()
            asked.extend(column[0] for column in kept)
            return []
        return run(connection, sql, limit)

    rows = [
        request(
            day,
            service="mail",
            kind=("incident", "request")[day % 2],
            resolved=datetime(2026, 10, 3 * day, 12),
            reopened=day,
        )
        for day in range(1, 10)
    ]
    took = "working_seconds(calendar, opened, resolved) / 3600"
    value = {"kind": "quantile", "value": took, "quantile": "0.5", "unit": "working-hours", "min_sample": 1}
    definitions = {
        "a-incidents": definition(**value, where="kind = 'incident'"),
        "b-requests": definition(**value, where="kind = 'request'"),
        "c-again": definition(**value, where="kind = 'incident'"),
        "d-largest": definition(**{**value, "quantile": "0.9"}),
    }
    alone = {  # in other words, so that each is read by itself
        f"{name}-alone": {**keys, "value": f"{took} + {number} - {number}"}
        for number, (name, keys) in enumerate(definitions.items())
    }
    monkeypatch.setattr(tallies, "run_query", listen)
    measurements, problems = measure(make_project, definitions | alone, tables(requests=rows))
    values = {m.indicator: m.value for m in measurements.of(scope=EVERYTHING)}
    computed = [name for name in asked if name.startswith(("kept", "v_"))]
    assert problems == ()
    assert computed[:4] == ["kept_0", "v_0", "kept_1", "kept_3"]
    assert computed[4:] == ["kept_0", "v_0"] * 4
    assert all(values[name] == values[f"{name}-alone"] is not None for name in definitions)
    assert len(set(values.values())) == 3
