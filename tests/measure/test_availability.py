"""Availability: down and unknown time within service hours, against a slow count of minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.measure.availability import Outage, hours_of_service, merge, subtract
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.measure.working_time import working_edges
from comptoir.model.metrics import Indicator
from comptoir.periods import Quarter
from tests.measure.calendars import is_working

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, base, definition, measure, tables

KEYS = definition(source="outages", kind="availability", unit="percent", direction="higher", by=["service"])
START = datetime(2026, 6, 30, 22, tzinfo=UTC)


def outage(start: datetime, end: datetime | None, service: str = "mail", **fields: bool) -> Row:
    return {"start": start, "end": end, "service": service, **fields}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of July 2026 by the clock of Paris, in UTC."""
    return datetime(2026, 7, day, hour, minute) - timedelta(hours=2)


OLD = outage(datetime(2026, 2, 2, 9), datetime(2026, 2, 2, 10))
NEW = outage(datetime(2026, 10, 5, 9), datetime(2026, 10, 5, 10))


def covering(**covers: object) -> dict[str, object]:
    """The keys of a project whose source of outages says what it covers."""
    columns = {"service": {}, "start": {}, "end": {}}
    source = {"role": "outages", "name": "Arrêts", "files": ["a.csv"], "columns": columns, "covers": covers}
    return {"indicators/sources/outages.yaml": source}


def measured(make_project: MakeProject, rows: list[Row], **covers: object) -> Measurements:
    keys = covering(**covers) if covers else None
    measurements, problems = measure(make_project, {"it": KEYS}, tables(outages=rows), keys=keys)
    assert problems == ()
    return measurements


def of(measurements: Measurements, service: str = "", quarter: Quarter = Q3) -> Measurement:
    found = measurements.get("it", quarter, Scope(service=service))
    assert found is not None
    return found


def test_overlapping_outages_count_once_and_only_within_service_hours(make_project: MakeProject) -> None:
    rows = [
        OLD,
        NEW,
        outage(at(6, 10), at(6, 11)),
        outage(at(6, 10, 30), at(6, 14)),  # closed from 12 to 13: two hours and one
        outage(at(6, 18), at(6, 23)),  # out of hours
        outage(at(7, 8), at(7, 12), planned=True),
    ]
    found = of(measured(make_project, rows), "mail")
    hours = 8 * 65  # 66 week days from July to September, less 14 July
    assert (found.denominator, found.numerator) == (hours, hours - 3)
    assert found.value == Fraction(100 * (hours - 3), hours)
    assert found.target is not None
    assert (found.target.value, found.target.from_agreements, found.status) == (
        Fraction("99.5"),
        True,
        "missed",
    )
    assert [(reason.value, count) for reason, count in found.left_out] == [("planned", 1)]


def test_hours_lost_and_whose_they_are(make_project: MakeProject) -> None:
    rows = [OLD, NEW, outage(at(6, 10), at(6, 11), attributable=True), outage(at(6, 13), at(6, 16))]
    lost = {"it": {**KEYS, "unit": "hours"}, "ours": {**KEYS, "numerator": "attributable"}}
    measurements, _ = measure(make_project, lost, tables(outages=rows))
    ours = measurements.get("ours", Q3)
    assert of(measurements).value == 4
    assert ours is not None
    assert (ours.numerator, ours.denominator, ours.value) == (1, 4, 25)


def test_services_add_up_and_never_average(make_project: MakeProject) -> None:
    rows = [OLD, NEW, outage(at(6, 10), at(6, 11)), outage(at(6, 10), at(6, 20), "wifi")]
    keys = {"catalogue/services/wifi.yaml": {"agreements": []}}
    found, _ = measure(make_project, {"it": KEYS}, tables(outages=rows), keys=keys)
    mail, wifi, both = of(found, "mail"), of(found, "wifi"), of(found)
    assert both.numerator == (mail.numerator or 0) + (wifi.numerator or 0)
    assert both.denominator == (mail.denominator or 0) + (wifi.denominator or 0)
    assert (wifi.target, wifi.status, wifi.reason) == (None, "no-verdict", "no-target")


def test_unknown_time_is_neither_up_nor_down(make_project: MakeProject) -> None:
    rows = [OLD, NEW, outage(at(6, 8), at(6, 12), unknown=True), outage(at(6, 10), at(6, 11))]
    found = of(measured(make_project, rows), "mail")
    hours = 8 * 65 - 4  # four blind hours: an outage over one of them was seen by nobody
    assert (found.denominator, found.numerator) == (hours, hours)


def test_above_ten_per_cent_unknown_there_is_no_verdict(make_project: MakeProject) -> None:
    rows = [OLD, NEW, outage(at(1, 0), at(13, 0), unknown=True)]
    found = of(measured(make_project, rows), "mail")
    assert (found.status, found.reason, found.value) == ("no-verdict", "unknown-time", 100)


def test_05_an_open_outage_ends_where_monitoring_ends(make_project: MakeProject) -> None:
    rows = [OLD, outage(datetime(2026, 9, 30, 6), None)]
    found = of(measured(make_project, rows, until="2026-09-30"), "mail")
    assert found.denominator == 8 * 65
    assert found.numerator == found.denominator - 8


def test_05_an_open_outage_of_a_source_that_does_not_say_until_when(make_project: MakeProject) -> None:
    rows = [OLD, outage(at(6, 8), at(6, 12)), outage(datetime(2026, 9, 29, 15), None)]
    found = of(measured(make_project, rows), "mail")
    hours = 8 * 65 - 8  # the 30th: nobody knows
    assert (found.denominator, found.numerator) == (hours, hours - 4)


def test_05_an_open_outage_of_a_running_quarter_lasts_until_today(make_project: MakeProject) -> None:
    running = Q3.shift(1)
    rows = [OLD, outage(datetime(2026, 9, 30, 6), None)]
    keys = covering(until="2026-12-31")
    measurements, _ = measure(make_project, {"it": KEYS}, tables(outages=rows), quarters=[running], keys=keys)
    found = of(measurements, "mail", running)
    assert (found.value, found.is_provisional) == (0, True)


def test_04_no_outage_is_good_news_only_between_records(make_project: MakeProject) -> None:
    quarters = [Quarter(2025, 4), Q3.previous, Q3, Q3.shift(1)]
    rows = [OLD, outage(datetime(2026, 7, 6, 8), datetime(2026, 7, 6, 9))]
    measurements, _ = measure(make_project, {"it": KEYS}, tables(outages=rows), quarters=quarters)
    found = [of(measurements, "mail", quarter) for quarter in quarters]
    assert [(m.status, m.reason) for m in found] == [
        ("missing", "not-monitored"),
        ("met", "target-met"),
        ("no-verdict", "unknown-time"),
        ("missing", "not-monitored"),
    ]
    assert found[1].value == 100


def test_04_a_promise_that_no_file_speaks_of_is_not_met(make_project: MakeProject) -> None:
    rows = [{**OLD, "service": "wifi"}, {**NEW, "service": "wifi"}]
    measurements = measured(make_project, rows)
    found = of(measurements, "mail")
    assert (found.status, found.reason, found.value, found.n) == ("missing", "not-monitored", None, None)
    both = of(measurements)
    assert (both.value, both.denominator) == (100, of(measurements, "wifi").denominator)


def test_04_a_source_says_which_services_it_covers_and_when(make_project: MakeProject) -> None:
    rows = [outage(datetime(2026, 8, 3, 8), datetime(2026, 8, 3, 9), "wifi")]
    period = {"from": "2026-07-01", "until": "2026-09-30"}
    found = of(measured(make_project, rows, services=["mail"], **period), "mail")
    assert (found.status, found.value, found.denominator) == ("met", 100, 8 * 65)


def test_04_time_before_and_after_is_not_monitored(make_project: MakeProject) -> None:
    period = {"from": "2026-07-06", "until": "2026-09-29"}
    found = of(
        measured(make_project, [outage(at(3, 8), at(3, 12)), outage(at(6, 8), at(6, 12))], **period), "mail"
    )
    hours = 8 * 65 - 8 * 4  # three days of July and the last of September
    assert (found.denominator, found.numerator, found.status) == (hours, hours - 4, "missed")


def test_04_what_is_announced_for_later_was_not_seen(make_project: MakeProject) -> None:
    rows = [
        OLD,
        outage(at(6, 8), at(6, 12)),
        outage(datetime(2026, 10, 5, 9), datetime(2026, 10, 5, 10), planned=True),
    ]
    found = of(measured(make_project, rows), "mail")
    assert (found.status, found.reason) == ("no-verdict", "unknown-time")


def test_spans_merge_and_subtract() -> None:
    hours = [datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(24)]
    merged = merge([(hours[5], hours[6]), (hours[1], hours[3]), (hours[2], hours[4]), (hours[4], hours[5])])
    assert merged == ((hours[1], hours[6]),)
    assert subtract(merged, ((hours[0], hours[2]), (hours[3], hours[4]), (hours[6], hours[9]))) == (
        (hours[2], hours[3]),
        (hours[4], hours[6]),
    )


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 14 * 96), st.integers(0, 300), st.booleans(), st.booleans()), max_size=8
    )
)
def test_hours_are_those_of_a_slow_count(drawn: list[tuple[int, int, bool, bool]]) -> None:
    """Quarters of an hour, over a fortnight."""
    calendar = base().calendars["office-hours"]
    quarter_hour = timedelta(minutes=15)
    outages = [
        Outage(
            "mail",
            START + quarter_hour * start,
            START + quarter_hour * (start + length),
            planned,
            unknown,
            True,
        )
        for start, length, planned, unknown in drawn
    ]
    down = blind = 0
    for step in range(14 * 96):
        moment = START + quarter_hour * step
        if is_working(calendar, "Europe/Paris", moment):
            now = [o for o in outages if o.start <= moment < o.end]
            is_down = any(not o.is_planned and not o.is_unknown for o in now)
            is_blind = any(o.is_unknown for o in now)
            down += is_down and not is_blind
            blind += is_blind
    edges = working_edges(calendar, "Europe/Paris", date(2026, 6, 1), date(2026, 8, 30))
    hours = hours_of_service(
        outages, edges, Q3, "Europe/Paris", None, date(2026, 7, 14), [(START, START + timedelta(days=99))]
    )
    assert (hours.down, hours.unknown) == (900 * down, 900 * blind)


def test_a_source_that_holds_no_outages_is_a_problem(make_project: MakeProject) -> None:
    _, problems = measure(
        make_project,
        {"it": {**KEYS, "source": "requests"}},
        tables(requests=[{"opened": START.replace(tzinfo=None)}]),
    )
    assert [p.message for p in problems] == ["availability is measured from a source of the role 'outages'"]


def test_a_retired_service_counts_to_its_last_day() -> None:
    service = base().services["mail"].model_copy(update={"until": date(2026, 7, 31)})
    catalogue = replace(
        base(),
        services={"mail": service},
        indicators={"it": Indicator.model_validate({**KEYS, "id": "it"})},
    )
    measurements, _ = measure_catalogue(catalogue, tables(outages=[OLD, NEW]), [Q3], TODAY)
    found = measurements.get("it", Q3, EVERYTHING)
    assert found is not None
    assert found.denominator == 8 * 22  # week days of July, less the 14th
