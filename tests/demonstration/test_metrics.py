"""The metrics of the demonstration: made anew they are the same bytes, fit the catalogue, and measure without surprise."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import Scope, Status
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import AgreementKind, Metric, Unit
from comptoir.periods import Quarter
from comptoir.problems import Severity
from tests.demonstration.clock import CALENDARS
from tests.demonstration.make_metrics import DATA, make_files, write_files
from tests.demonstration.relations import SUBSCRIBED
from tests.demonstration.world import (
    CLIENTS,
    NEW_TARGETS,
    PROMISES,
    QUARTERS,
    SEGMENTS,
    SERVICES,
    people_of,
    segments_of,
)

PROJECT = DATA.parents[1]
TODAY = date(2026, 10, 15)
MINUTES = {
    Unit.MINUTES: 1,
    Unit.WORKING_MINUTES: 1,
    Unit.HOURS: 60,
    Unit.WORKING_HOURS: 60,
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return check_project(PROJECT, TODAY)[0]


@pytest.fixture(scope="module")
def measured(catalogue: Catalogue) -> Measured:
    quarters = tuple(Quarter.parse(quarter) for quarter in QUARTERS)
    return measure_project(catalogue, data_places(PROJECT, None), quarters, TODAY)


def test_files_are_made_anew_to_the_byte(tmp_path: Path) -> None:
    write_files(tmp_path)
    committed = {path.name: path.read_bytes() for path in DATA.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed
    assert make_files() == committed
    assert sum(map(len, committed.values())) < 1_500_000


def test_customers_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    found = {
        name: (client.segment, client.population, client.code) for name, client in catalogue.clients.items()
    }
    assert found == {name: (client.segment, client.people, client.code) for name, client in CLIENTS.items()}
    assert {name: segment.population for name, segment in catalogue.segments.items()} == {
        name: people_of(name) for name in SEGMENTS
    }
    for name, client in catalogue.clients.items():
        lasting = set(SUBSCRIBED[name].split()) - ({"virtual-machines"} if name == "lab-geomatics" else set())
        assert lasting == set(client.subscriptions), name


def test_services_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    assert set(SERVICES) == set(catalogue.services) - {"gpu-on-demand"}
    for name, service in SERVICES.items():
        declared = catalogue.services[name]
        if declared.segments:
            assert set(segments_of(name)) == set(declared.segments), name
        agreements = {f"sla-{service.promise}"} if service.promise else set()
        assert agreements == set(declared.agreements), name
        assert (declared.since or date.min) <= max(service.since, date(2024, 10, 1)), name


@pytest.mark.parametrize("day", [date(2026, 1, 1), NEW_TARGETS])
@pytest.mark.parametrize("name", sorted(PROMISES))
def test_promises_are_those_of_the_agreements(catalogue: Catalogue, name: str, day: date) -> None:
    promise, agreement = PROMISES[name], catalogue.agreements[f"sla-{name}"]
    assert agreement.kind is AgreementKind.SLA
    assert promise.calendar == agreement.calendar
    targets = [
        target
        for target in agreement.targets
        if (target.valid_from or day) <= day <= (target.valid_until or day)
    ]
    stricter = promise.stricter if day >= NEW_TARGETS else {}
    delivery = [int(target.value) for target in targets if target.metric is Metric.DELIVERY]
    assert delivery in ([], [stricter.get("delivery", promise.delivery_days)])
    in_minutes: dict[Metric, dict[str, int]] = {Metric.TTO: {}, Metric.TTR: {}}
    in_days: dict[Metric, dict[str, int]] = {Metric.TTO: {}, Metric.TTR: {}}
    for target in targets:
        if target.metric in in_minutes and target.priority is not None:
            if target.unit is Unit.WORKING_DAYS:
                in_days[target.metric][target.priority] = int(target.value)
            else:
                in_minutes[target.metric][target.priority] = int(target.value) * MINUTES[target.unit]
    assert in_minutes[Metric.TTO] == dict(promise.take_up)
    assert in_minutes[Metric.TTR] == {key: stricter.get(key, value) for key, value in promise.restore.items()}
    assert in_days[Metric.TTR] == dict(promise.restore_days)


def test_working_hours_of_the_script() -> None:
    office, extended = CALENDARS["office-hours"], CALENDARS["extended-hours"]
    friday = datetime(2026, 7, 10, 17, 30)
    assert office.advance(friday, 60) == datetime(2026, 7, 13, 9, 0)
    assert extended.advance(datetime(2026, 7, 11, 12, 30), 60) == datetime(2026, 7, 13, 7, 30)
    assert office.after_days(date(2026, 7, 13), 1) == date(2026, 7, 15)  # the 14th is a holiday


def test_nothing_is_wrong_with_the_metrics(measured: Measured) -> None:
    """The dirt of the files is reported, as warnings, and nothing else is."""
    assert {problem.severity for problem in measured.problems} == {Severity.WARNING}
    said = sorted(problem.message for problem in measured.problems)
    assert len(said) == 2
    assert said[0].startswith("opened: empty in 3 rows")
    assert said[1].startswith("unknown service 'Télécopie' in 12 rows")


def test_every_indicator_has_a_figure_in_every_quarter(measured: Measured) -> None:
    found = measured.measurements
    assert len(found.indicators) >= 18
    for name in found.indicators:
        for measurement in found.series(name):
            assert measurement is not None, name
            assert measurement.value is not None, (name, measurement.quarter, measurement.reason)


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        ("within-target-ttr", 82, 97),
        ("within-target-tto", 90, 98),
        ("within-target-delivery", 85, 97),
        ("satisfaction", 3.6, 4.6),
        ("abandonment-rate", 4, 9),
        ("calls-answered-in-time", 75, 90),
        ("availability", 99.5, 100),
        ("coverage-mature", 88, 95),
        ("reopened-requests", 2, 8),
    ],
)
def test_figures_are_realistic(measured: Measured, indicator: str, low: float, high: float) -> None:
    for measurement in measured.measurements.series(indicator):
        assert measurement is not None
        assert measurement.value is not None
        assert low <= measurement.value <= high, (indicator, measurement.quarter, float(measurement.value))


def test_verdicts_tell_the_stories(measured: Measured) -> None:
    found = measured.measurements
    bad, last = Quarter.parse("2025-Q4"), Quarter.parse("2026-Q3")
    email, travel = Scope(service="email"), Scope(service="travel-and-purchasing")
    for indicator in ("within-target-ttr", "satisfaction", "availability"):
        worst = found.get(indicator, bad, email)
        assert worst is not None
        assert worst.status is Status.MISSED, indicator
        assert worst.previous is None or indicator == "availability" or worst.previous.significant
    for quarter in found.quarters:
        for indicator, status in (("within-target-ttr", Status.MET), ("satisfaction", Status.MISSED)):
            watermelon = found.get(indicator, quarter, travel)
            assert watermelon is not None
            assert watermelon.status is status, (indicator, quarter, watermelon.n)
    few = found.get("satisfaction", last, Scope(service="research-repository"))
    assert few is not None
    assert few.status is Status.SUPPRESSED
    unseen = found.get("availability", Quarter.parse("2025-Q3"), Scope(service="code-forge"))
    assert unseen is not None
    assert unseen.status is Status.NO_VERDICT
