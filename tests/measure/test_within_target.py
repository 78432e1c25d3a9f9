"""Cases judged against the promise in force on their day, in the agreement's working time; and whoever has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from comptoir.measure.measure import measure_catalogue
from comptoir.measure.promises import ALWAYS, promises_of
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.measure.working_time import Pause, working_edges, working_seconds
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Metric

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, base, definition, measure, read, request, tables

SLA = "catalogue/agreements/sla-standard.yaml"
TTR = {"kind": "within-target", "metric": "ttr", "unit": "percent", "direction": "higher"}


def sla(*targets: dict[str, str], **keys: object) -> dict[str, object]:
    """The base agreement with these targets."""
    return {SLA: {"targets": list(targets), **keys}}


def judged(
    make_project: MakeProject,
    rows: list[Row],
    keys: dict[str, object],
    pauses: list[Row] | None = None,
    **more: str,
) -> Measurement:
    connection = tables(requests=rows, pauses=pauses or [])
    measurements, problems = measure(
        make_project, {"it": definition(**{**TTR, **more})}, connection, keys=keys
    )
    assert problems == ()
    found = measurements.get("it", Q3)
    assert found is not None
    return found


def left_out(measurement: Measurement) -> dict[str, int]:
    return {reason.value: rows for reason, rows in measurement.left_out}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of September 2026 by the clock of Paris, in UTC."""
    return datetime(2026, 9, day, hour - 2, minute)


def case(start: datetime, end: datetime | None, **fields: object) -> Row:
    return {"opened": start, "resolved": end, "service": "mail", "priority": "p1", **fields}  # type: ignore[dict-item]


def test_working_hours_of_the_agreements_calendar(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "4", "unit": "working-hours", "share": "90"})
    rows = [
        case(at(4, 16), at(7, 11)),  # Friday 16:00 to Monday 11:00: one hour and three
        case(at(4, 16), at(7, 11, 1)),  # a minute too many
        case(at(5, 10), at(7, 12)),  # from Saturday on: four hours of Monday
        case(at(7, 8), at(7, 12)),
    ]
    found = judged(make_project, rows, target)
    assert (found.numerator, found.denominator) == (3, 4)
    assert found.target is not None
    assert (found.target.value, found.target.from_agreements) == (90, True)


def test_elapsed_hours_run_day_and_night(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "20", "unit": "hours"})
    rows = [case(at(4, 16), at(5, 12)), case(at(4, 16), at(5, 12, 1))]
    assert judged(make_project, rows, target).numerator == 1


def test_working_days_do_not_count_the_day_of_receipt(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "2", "unit": "working-days"})
    rows = [case(at(3, 9), at(7, 17)), case(at(3, 9), at(8, 8, 1)), case(at(4, 9), at(8, 17))]
    assert judged(make_project, rows, target).numerator == 2


def test_pauses_do_not_count(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "2", "unit": "working-hours"})
    rows = [case(at(7, 8), at(7, 12), number="1"), case(at(7, 8), at(7, 12), number="2")]
    pauses: list[Row] = [
        {"number": "1", "start": at(7, 9), "end": at(7, 10, 30)},
        {"number": "1", "start": at(7, 10), "end": at(7, 11)},  # overlaps: two hours together
    ]
    assert judged(make_project, rows, target, pauses).numerator == 1


def test_pauses_in_working_days(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "2", "unit": "working-days"})
    rows = [case(at(7, 9), at(11, 9), number="1"), case(at(7, 9), at(11, 9), number="2")]
    pauses: list[Row] = [{"number": "1", "start": at(8, 9), "end": at(10, 9)}]
    assert judged(make_project, rows, target, pauses).numerator == 1


def test_the_target_in_force_on_the_day_of_the_case(make_project: MakeProject) -> None:
    target = sla(
        {"metric": "ttr", "value": "2", "unit": "hours", "valid_until": "2026-09-10"},
        {"metric": "ttr", "value": "8", "unit": "hours", "valid_from": "2026-09-11"},
    )
    rows = [
        case(at(10, 23, 59), at(11, 3)),
        case(at(11, 8), at(11, 12)),
        case(datetime(2026, 9, 10, 22), at(11, 4)),  # midnight in Paris: the new one
    ]
    assert judged(make_project, rows, target).numerator == 2


def test_the_priority_decides_and_the_general_target_fills_in(make_project: MakeProject) -> None:
    target = sla(
        {"metric": "ttr", "value": "1", "unit": "hours", "priority": "p1"},
        {"metric": "ttr", "value": "8", "unit": "hours"},
    )
    rows = [
        case(at(1, 8), at(1, 10), priority="p1"),
        case(at(1, 8), at(1, 10), priority="P1"),
        case(at(1, 8), at(1, 10), priority="p3"),
        case(at(1, 8), at(1, 10), priority="urgent"),
        case(at(1, 8), at(1, 10), priority=None),
    ]
    assert judged(make_project, rows, target).numerator == 3


def test_one_priority_only(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "8", "unit": "hours"})
    rows = [case(at(1, 8), at(1, 10), priority="p1"), case(at(1, 8), at(1, 10), priority="p2")]
    found = judged(make_project, rows, target, priority="p2")
    assert (found.n, left_out(found)) == (1, {"filtered": 1})


def test_what_is_open_is_missed_when_overdue_and_waits_otherwise(make_project: MakeProject) -> None:
    target = sla({"metric": "ttr", "value": "24", "unit": "hours"})
    rows = [
        case(at(1, 8), None),
        case(at(29, 12), None),
        case(at(29, 12), at(30, 10)),  # the last instant that the data know
    ]
    found = judged(make_project, rows, target)
    assert (found.numerator, found.n, left_out(found)) == (1, 2, {"not-yet-due": 1})


def test_all_not_yet_due_is_missing(make_project: MakeProject) -> None:
    found = judged(
        make_project, [case(at(29, 12), None)], sla({"metric": "ttr", "value": "24", "unit": "hours"})
    )
    assert (found.status, found.reason, found.value) == ("missing", "not-yet-due", None)


def test_a_service_without_agreement_is_counted_apart(make_project: MakeProject) -> None:
    rows = [
        case(at(1, 8), at(1, 9)),
        case(at(1, 8), at(1, 9), service="wifi"),
        case(at(1, 8), at(1, 9), service=None),
    ]
    keys = sla({"metric": "ttr", "value": "24", "unit": "hours"})
    keys["catalogue/services/wifi.yaml"] = {"agreements": []}
    measurements, _ = measure(make_project, {"it": definition(**TTR)}, tables(requests=rows), keys=keys)
    wifi = measurements.get("it", Q3, Scope(service="wifi"))
    total = measurements.get("it", Q3)
    assert wifi is not None
    assert total is not None
    assert (wifi.status, wifi.reason, wifi.value) == ("missing", "no-agreement", None)
    assert (total.n, left_out(total)) == (1, {"no-target": 2})


def test_an_answer_before_the_question_is_left_out(make_project: MakeProject) -> None:
    rows = [case(at(2, 8), at(1, 8)), case(at(2, 8), at(2, 9))]
    found = judged(make_project, rows, sla({"metric": "ttr", "value": "24", "unit": "hours"}))
    assert (found.n, left_out(found)) == (1, {"ends-before-start": 1})


def test_an_agreement_with_some_clients_is_theirs_alone(make_project: MakeProject) -> None:
    keys = sla({"metric": "ttr", "value": "24", "unit": "hours"}, clients=["physics"])
    rows = [
        case(at(1, 8), at(1, 9), client="physics"),
        case(at(1, 8), at(1, 9)),
        case(at(1, 8), at(1, 9), client="no"),
    ]
    found = judged(make_project, rows, keys)
    assert (found.n, left_out(found)) == (1, {"no-target": 2})


def test_promised_shares_add_up_over_the_cases(make_project: MakeProject) -> None:
    target = sla(
        {"metric": "ttr", "value": "1", "unit": "hours", "priority": "p1", "share": "90"},
        {"metric": "ttr", "value": "8", "unit": "hours", "share": "60"},
    )
    rows = [
        case(at(1, 8), at(1, 9)),
        case(at(1, 8), at(1, 9), priority="p2"),
        case(at(1, 8), at(1, 9), priority="p3"),
    ]
    found = judged(make_project, rows, target)
    assert found.target is not None
    assert found.target.value == 70


@pytest.mark.parametrize("metric", ["availability", "satisfaction", "rpo"])
def test_a_metric_that_is_no_duration_is_a_problem(make_project: MakeProject, metric: str) -> None:
    wrong = definition(**{**TTR, "metric": metric})
    _, problems = measure(make_project, {"it": wrong}, tables(requests=[request()]))
    assert [(p.message, p.hint) for p in problems] == [
        (f"'{metric}' is no duration of a request", "use tto, ttr, delivery")
    ]


def test_promises_do_not_overlap(make_project: MakeProject) -> None:
    keys = sla(
        {"metric": "ttr", "value": "2", "unit": "hours", "valid_until": "2026-09-10"},
        {
            "metric": "ttr",
            "value": "8",
            "unit": "working-hours",
            "valid_from": "2026-09-11",
            "priority": "p1",
        },
    )
    found = [
        p
        for p in promises_of(read(make_project, keys), Metric.TTR)
        if (p.service, p.priority) == ("mail", "p1")
    ]
    assert [(p.first, p.last, p.calendar, p.seconds) for p in found] == [
        (date(2025, 1, 1), date(2026, 9, 10), ALWAYS, Decimal(7200)),
        (date(2026, 9, 11), date(9000, 1, 1), "office-hours", Decimal(28800)),
    ]


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 92 * 24 * 60 - 1),
            st.none() | st.integers(0, 40 * 24 * 60),
            st.sampled_from(["mail", "wifi"]),
            st.sampled_from(["p1", "p2"]),
            st.lists(st.tuples(st.integers(-500, 5000), st.none() | st.integers(-100, 5000)), max_size=3),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_verdicts_are_those_of_a_slow_and_simple_count(
    drawn: list[tuple[int, int | None, str, str, list[tuple[int, int | None]]]],
) -> None:
    """The base agreement: eight working hours for priority 1; nothing else is promised."""
    begins = datetime(2026, 6, 30, 22)
    rows: list[Row] = []
    pauses: list[Row] = []
    for number, (start, length, service, priority, stops) in enumerate(drawn):
        opened = begins + timedelta(minutes=start)
        resolved = None if length is None else opened + timedelta(minutes=length)
        rows.append(case(opened, resolved, service=service, priority=priority, number=str(number)))
        for after, lasting in stops:
            since = opened + timedelta(minutes=after)
            until = None if lasting is None else since + timedelta(minutes=lasting)
            pauses.append({"number": str(number), "start": since, "end": until})
    end_of_today = datetime(2026, 10, 15, 22)
    instants = [
        moment for row in rows for moment in (row["opened"], row["resolved"]) if isinstance(moment, datetime)
    ]
    known = max(moment for moment in instants if moment < end_of_today)
    edges = working_edges(
        base().calendars["office-hours"], "Europe/Paris", date(2026, 6, 1), date(2027, 3, 1)
    )
    met = missed = 0
    for row in rows:
        if row["priority"] != "p1":
            continue
        opened, resolved = row["opened"], row["resolved"]
        assert isinstance(opened, datetime)
        end = resolved if isinstance(resolved, datetime) else known
        if end < opened:
            continue
        own = [
            Pause(aware(pause["start"]), None if pause["end"] is None else aware(pause["end"]))
            for pause in pauses
            if pause["number"] == row["number"]
        ]
        late = working_seconds(edges, aware(opened), aware(end), own) > 8 * 3600
        missed += late
        met += not late and resolved is not None
    indicator = Indicator.model_validate({**definition(**TTR), "id": "it"})
    catalogue = replace(base(), indicators={"it": indicator})
    measurements, problems = measure_catalogue(catalogue, tables(requests=rows, pauses=pauses), [Q3], TODAY)
    found = measurements.get("it", Q3, EVERYTHING)
    assert problems == ()
    assert found is not None
    assert (found.numerator or 0, found.n) == (met, met + missed)


def aware(moment: object) -> datetime:
    assert isinstance(moment, datetime)
    return moment.replace(tzinfo=UTC)
