"""Each status with its reason and its sentence: gaps, empty quarters, one answer, equal scores, zero denominators."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.measure.types import LeftOut, Measurement, Reason, Scope, TargetInForce
from comptoir.measure.verdicts import judge
from comptoir.measure.words import LEFT_OUT, SENTENCES, in_each_language, sentence_of
from comptoir.model.metrics import Indicator
from comptoir.periods import Quarter
from comptoir.wording import language

from ..conftest import MakeProject
from .tables import Q3, Row, answer, definition, measure, request, tables

SCORE = definition(source="surveys", kind="mean", value="score", unit="score-5", direction="higher")
CALLS = definition(source="calls", kind="sum", value="received", direction="lower", target=[{"value": "100"}])


def one(
    make_project: MakeProject, keys: dict[str, object], quarter: Quarter = Q3, **rows: list[Row]
) -> Measurement:
    measurements, _ = measure(make_project, {"it": keys}, tables(**rows), quarters=[quarter])
    found = measurements.get("it", quarter)
    assert found is not None
    return found


def said(measurement: Measurement) -> tuple[str, str, str]:
    """Status, reason, and the sentence in English."""
    return measurement.status.value, measurement.reason.value, language("en").say(sentence_of(measurement))


def calls(*months: int, year: int = 2026) -> list[Row]:
    return [{"date": date(year, month, 3), "received": 10} for month in months]


def test_a_quarter_without_rows_is_missing_and_never_zero(make_project: MakeProject) -> None:
    found = one(make_project, definition(), requests=[{"opened": datetime(2026, 5, 5)}])
    assert said(found) == ("missing", "no-rows", "There are no data for this quarter.")
    assert (found.value, found.n) == (None, None)


def test_a_quarter_with_rows_and_none_that_counts_is_zero(make_project: MakeProject) -> None:
    before = {"opened": datetime(2026, 5, 4, 9), "kind": "complaint"}
    rows = [before, request(kind="incident")]
    found = one(make_project, definition(where="kind = 'complaint'"), requests=rows)
    assert (found.value, found.n, found.status) == (0, 0, "no-verdict")


def test_a_filter_that_the_data_cannot_answer_is_missing(make_project: MakeProject) -> None:
    found = one(make_project, definition(where="channel = 'e-mail'"), requests=[request()])
    assert said(found) == ("missing", "undecided", "The data do not say what this indicator asks for.")


def test_no_source_at_all(make_project: MakeProject) -> None:
    measurements, problems = measure(make_project, {"it": CALLS}, tables(requests=[]))
    assert [str(p) for p in problems] == [
        "indicators/definitions/it.yaml:3:9: warning: no source has the role 'calls', so 'it' is not measured "
        "[indicator-source]"
    ]
    assert said(measurements.all[0]) == ("missing", "no-source", "No file provides these data.")


def test_an_unknown_source_is_an_error_with_the_nearest_name(make_project: MakeProject) -> None:
    _, problems = measure(make_project, {"it": definition(source="request")}, tables(requests=[]))
    assert [(p.severity, p.message, p.hint) for p in problems] == [
        ("error", "there is no source called 'request', so 'it' is not measured", "did you mean 'requests'?")
    ]


def test_a_gap_within_a_quarter(make_project: MakeProject) -> None:
    rows = calls(4, 5, 6, 7, 9)
    found = one(make_project, CALLS, calls=rows)
    assert said(found) == (
        "no-verdict",
        "gap",
        "A week of data or more is missing: the total is incomplete and is not judged.",
    )
    assert found.value == 20


def test_growth_over_a_gap_is_not_judged(make_project: MakeProject) -> None:
    keys = {**CALLS, "kind": "growth", "unit": "percent"}
    found = one(make_project, keys, calls=calls(1, 2, 3, 4, 6, 7, 8, 9))
    assert (found.reason, found.value) == ("gap", 50)


def test_no_gap_where_every_quarter_is_like_that(make_project: MakeProject) -> None:
    assert one(make_project, CALLS, calls=calls(4, 7)).status == "met"


def test_one_answer_only(make_project: MakeProject) -> None:
    found = one(make_project, SCORE, surveys=[answer(4)])
    assert said(found) == (
        "suppressed",
        "few-respondents",
        "Fewer than five people answered: the result is not shown.",
    )


def test_one_case_has_a_value_and_no_interval(make_project: MakeProject) -> None:
    keys = definition(kind="mean", value="reopened")
    found = one(make_project, keys, requests=[request(reopened=3)])
    assert (found.status, found.value, found.interval, found.deviation) == ("indicative", 3, None, None)
    assert said(found)[2] == "Too few cases to judge by: the value is indicative."


def test_all_equal_scores(make_project: MakeProject) -> None:
    rows = [answer(4) for _ in range(40)]
    rows += [{**answer(5), "date": date(2026, 5, 5)} for _ in range(40)]
    found = one(make_project, {**SCORE, "target": [{"value": "4.5"}]}, surveys=rows)
    assert (found.value, found.deviation, found.status) == (4, 0, "missed")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (4, 4)
    assert found.previous is not None
    assert (found.previous.change.difference, found.previous.significant) == (-1, False)


def test_a_zero_denominator(make_project: MakeProject) -> None:
    keys = definition(
        source="calls", kind="ratio", numerator="answered", denominator="received", unit="percent"
    )
    found = one(make_project, keys, calls=[{"date": date(2026, 7, 1), "received": 0, "answered": 0}])
    assert said(found) == (
        "missing",
        "nothing-below-the-line",
        "The denominator is zero: there is nothing to divide by.",
    )


@pytest.mark.parametrize("where", [None, "cost > 0", "cost is not null"])
@pytest.mark.parametrize("value", ["6 / cost", "6 // cost", "6 % cost + 6 / cost", "6 / nullif(cost, 0)"])
def test_what_a_row_divides_by_zero_is_missing_there(
    make_project: MakeProject, value: str, where: str | None
) -> None:
    rows: list[Row] = [{"date": date(2026, 7, 1), "cost": Decimal(cost)} for cost in ("3", "0", "6")]
    keys = definition(source="calls", kind="sum", value=value, **({"where": where} if where else {}))
    found = one(make_project, keys, calls=rows)
    assert (found.value, found.n, found.status) == (3, 2, "no-verdict")


def test_what_is_divided_by_zero_is_not_large(make_project: MakeProject) -> None:
    rows: list[Row] = [{"date": date(2026, 7, 1), "cost": Decimal(cost)} for cost in ("3", "0", "2")]
    found = one(make_project, definition(source="calls", where="6 / cost > 2"), calls=rows)
    assert (found.value, found.left_out) == (
        1,
        ((LeftOut.FILTERED, 1), (LeftOut.UNDECIDED, 1)),
    )


@pytest.mark.parametrize("value", ["ln(cost) + 1", "sqrt(cost)", "cast(kind as integer)"])
def test_rows_that_do_not_count_stop_nothing(make_project: MakeProject, value: str) -> None:
    rows = [request(1, cost=1, kind="1"), request(2, cost=-1, kind="none")]
    keys = definition(kind="sum", value=value.replace("cost", "reopened"), where="kind <> 'none'")
    rows = [{name.replace("cost", "reopened"): field for name, field in row.items()} for row in rows]
    assert one(make_project, keys, requests=rows).value == 1


def test_no_case_below_the_line(make_project: MakeProject) -> None:
    keys = definition(kind="ratio", numerator="on_time", denominator="kind = 'incident'", unit="percent")
    found = one(make_project, keys, requests=[request(kind="request")])
    assert said(found) == ("missing", "no-cases", "There is no case to count in this quarter.")
    assert (found.numerator, found.denominator) == (None, None)


def test_all_not_applicable(make_project: MakeProject) -> None:
    found = one(make_project, SCORE, surveys=[answer(None) for _ in range(8)])
    assert (found.status, found.value, found.left_out) == ("missing", None, ((LeftOut.NOT_APPLICABLE, 8),))


def test_a_share_of_more_than_all_has_no_interval(make_project: MakeProject) -> None:
    keys = definition(source="usage", kind="coverage", unit="percent")
    rows: list[Row] = [{"date": date(2026, 9, 1), "service": "mail", "users": 12, "eligible": 10}]
    found = one(make_project, keys, usage=rows)
    assert (found.value, found.interval) == (120, None)


def test_a_running_quarter_is_provisional(make_project: MakeProject) -> None:
    rows: list[Row] = [{"opened": datetime(2026, 10, 5)}]
    assert one(make_project, definition(), Quarter(2026, 4), requests=rows).is_provisional


def test_a_scope_with_a_gap_is_missing_there_only(make_project: MakeProject) -> None:
    rows = [request(1, service="mail"), {"opened": datetime(2026, 5, 5), "service": "wifi"}]
    measurements, _ = measure(make_project, {"it": definition()}, tables(requests=rows))
    found = {str(m.scope): m.reason.value for m in measurements}
    assert found == {"everything": "no-target", "service mail": "no-target", "service wifi": "no-rows"}
    assert measurements.series("it", Scope("wifi")) == (measurements.get("it", Q3, Scope("wifi")),)


@pytest.mark.parametrize(
    ("direction", "value", "alert", "expected"),
    [
        ("higher", "95", None, "met"),
        ("higher", "94.99", None, "missed"),
        ("higher", "95", "97", "alert"),
        ("higher", "97", "97", "met"),
        ("higher", "94", "93", "alert"),
        ("higher", "92.9", "93", "missed"),
        ("lower", "95", None, "met"),
        ("lower", "95.01", None, "missed"),
        ("lower", "94", "90", "alert"),
        ("lower", "90", "90", "met"),
        ("lower", "97", "98", "alert"),
        ("lower", "98.1", "98", "missed"),
        ("neither", "95", None, "no-verdict"),
    ],
)
def test_verdicts(direction: str, value: str, alert: str | None, expected: str) -> None:
    indicator = Indicator.model_validate(
        {**definition(direction=direction, kind="ratio", numerator="true"), "id": "it", "alert": alert}
    )
    target = TargetInForce(Decimal(95))
    assert judge(indicator, Fraction(value), target, 100, is_sample=True)[0] == expected
    assert judge(indicator, Fraction(value), target, 29, is_sample=True)[0] == "indicative"
    assert judge(indicator, Fraction(value), None, 100, is_sample=True)[0] == "no-verdict"


def test_the_target_in_force_is_that_of_the_quarter(make_project: MakeProject) -> None:
    targets = [
        {"value": "1", "valid_until": "2026-06-30"},
        {"value": "2", "valid_from": "2026-07-01"},
    ]
    keys = {"it": definition(direction="lower", target=targets)}
    rows = [request(1), request(2), {"opened": datetime(2026, 5, 5)}, {"opened": datetime(2026, 5, 6)}]
    measurements, _ = measure(make_project, keys, tables(requests=rows), quarters=[Q3.previous, Q3])
    assert [(m.value, m.target and m.target.value, m.status) for m in measurements] == [
        (2, 1, "missed"),
        (2, 2, "met"),
    ]


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Reason)
    assert set(LEFT_OUT) == set(LeftOut)
    for message in (*SENTENCES.values(), *LEFT_OUT.values()):
        assert list(in_each_language(message)) == ["en", "fr"]
        assert language("en").say(message) != message
