"""What is observed of clients: the days of instants, what is added up and what stays as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.observations import (
    ComplaintRow,
    ContactRow,
    LedgerRow,
    Observations,
    RevenueDay,
    SubscriptionRow,
    SupportDay,
    UsageDay,
    observe,
)
from comptoir.measure.project import measure_project
from comptoir.measure.reading import Places
from comptoir.measure.sql.engine import QueryError
from comptoir.measure.sql.zones import to_local
from comptoir.model.roles import Role

from ..conftest import MakeProject
from .tables import TODAY, Row, read, tables

PARIS = "Europe/Paris"

ACCOUNTS = {
    "name": "Comptes",
    "role": "ledger",
    "files": ["accounts.csv"],
    "columns": {name: {} for name in ("date", "client", "kind", "amount", "balance")},
}


def observed(zone: str = PARIS, **rows: Iterable[Row]) -> Observations:
    """What is observed in these rows, where the other roles have none."""
    every: dict[str, Iterable[Row]] = {role.value: () for role in Role if role is not Role.OTHER}
    return observe(tables(**(every | rows)), zone, TODAY)


def test_nothing_is_observed_where_there_is_nothing() -> None:
    assert observed() == Observations()


def test_charges_of_a_day_are_added_up_and_credit_notes_kept_apart() -> None:
    day = date(2026, 7, 1)
    charge = {"client": "lab", "date": day, "service": "mail", "volume": None}
    rows = [
        {**charge, "amount": Decimal("10.50")},
        {**charge, "amount": Decimal("2.25"), "volume": Decimal(3)},
        {**charge, "amount": Decimal("-4")},
        {**charge, "amount": Decimal(0), "service": None},
        {"client": None, "date": day, "amount": Decimal(99)},
    ]
    assert observed(revenue=rows).revenue == (
        RevenueDay("lab", day, "", "", Decimal(0), None, 0),
        RevenueDay("lab", day, "", "mail", Decimal(-4), None, 0),
        RevenueDay("lab", day, "", "mail", Decimal("12.75"), Decimal(3), 2),
    )


def test_use_is_added_up_by_what_the_count_names() -> None:
    day = date(2026, 7, 1)
    count = {"date": day, "service": "mail", "segment": "staff"}
    rows: list[Row] = [
        {**count, "client": "lab", "users": 3, "eligible": 4, "volume": Decimal("1.5")},
        {**count, "client": "lab", "users": 2, "eligible": 6},
        {**count, "users": 7},
    ]
    assert observed(usage=rows).usage == (
        UsageDay(day, "mail", "staff", "", 7, None, None),
        UsageDay(day, "mail", "staff", "lab", 5, 10, Decimal("1.5")),
    )


def test_complaints_stay_as_rows_with_their_local_days() -> None:
    late = datetime(2026, 7, 1, 22, 30)  # half past midnight of the 2nd in Paris
    complaint = {"kind": "complaint", "opened": late, "client": "lab", "service": "mail", "cause": "delay"}
    rows: list[Row] = [
        {**complaint, "number": "T1", "resolved": late + timedelta(days=1), "solved": True},
        {**complaint, "number": "T2", "resolved": late + timedelta(days=1), "solved": False},
        {**complaint, "number": "T3", "resolved": late, "closed": late + timedelta(days=3)},
        {**complaint, "client": None, "service": None, "cause": None},
        {**complaint, "number": "T4", "resolved": late - timedelta(days=9)},
        {"kind": "incident", "opened": late, "number": "T5"},
    ]
    day, next_day = date(2026, 7, 2), date(2026, 7, 3)
    assert observed(requests=rows).complaints == (
        ComplaintRow("T1", "lab", "", "mail", day, next_day, next_day, "delay"),
        ComplaintRow("T2", "lab", "", "mail", day, next_day, None, "delay"),
        ComplaintRow("T3", "lab", "", "mail", day, day, date(2026, 7, 5), "delay"),
        ComplaintRow("T4", "lab", "", "mail", day, None, None, "delay"),
        ComplaintRow("rows.csv:5", "", "", "", day, None, None, ""),
    )


def test_requests_and_calls_are_counted_by_client_and_day() -> None:
    evening = datetime(2026, 7, 1, 21, 59)
    rows: list[Row] = [
        {"opened": evening, "client": "lab", "kind": "incident"},
        {"opened": evening, "client": "lab"},
        {"opened": evening + timedelta(minutes=1), "client": "lab"},
        {"opened": evening, "client": "lab", "kind": "complaint"},
        {"opened": evening},
    ]
    calls: list[Row] = [
        {"date": date(2026, 7, 2), "client": "lab", "received": 4},
        {"date": date(2026, 7, 2), "received": 40},
    ]
    assert observed(requests=rows, calls=calls).support == (
        SupportDay("lab", date(2026, 7, 1), 2, 0),
        SupportDay("lab", date(2026, 7, 2), 1, 4),
    )


def test_what_is_read_one_by_one() -> None:
    day = date(2026, 7, 1)
    found = observed(
        contacts=[{"date": day, "client": "lab", "kind": "visit", "project": "P"}, {"date": day}],
        subscriptions=[{"client": "lab", "service": "mail", "start": day, "renewed": True}, {"start": day}],
        ledger=[],
    )
    assert found.contacts == (ContactRow("lab", "", day, "visit", "P"),)
    assert found.subscriptions == (SubscriptionRow("lab", "mail", day, None, True),)


def test_requests_are_known_until_their_last_instant_and_never_later_than_today() -> None:
    opened = datetime(2026, 7, 1, 9)
    assert observed(
        requests=[{"opened": opened, "resolved": datetime(2026, 7, 3, 23)}]
    ).requests_until == date(2026, 7, 4)
    assert observed(requests=[{"opened": opened, "closed": datetime(2030, 1, 1)}]).requests_until == TODAY


def test_what_the_engine_refuses_is_a_problem_at_the_first_source(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Observations:
        raise QueryError("it takes more than 120 seconds")

    monkeypatch.setattr("comptoir.measure.project.observe", refuse)
    catalogue = read(make_project, {"indicators/sources/accounts.yaml": ACCOUNTS})
    measured = measure_project(catalogue, Places(tmp_path), (), TODAY)
    assert measured.observations == Observations()
    assert [str(problem) for problem in measured.problems if problem.rule == "observations"] == [
        "indicators/sources/accounts.yaml:2:7: error: "
        "the requests, contacts and accounts of clients could not be gathered from the rows: it takes more than 120 seconds [observations]"
    ]


def test_tables_that_are_not_there_are_refused() -> None:
    with pytest.raises(QueryError, match="requests does not exist"):
        observe(duckdb.connect(), PARIS, TODAY)


@given(
    st.sampled_from([PARIS, "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 31)), min_size=1, max_size=8),
)
def test_days_of_instants_are_those_of_the_zone(zone: str, instants: list[datetime]) -> None:
    day = f"CAST({to_local('moment', zone)} AS DATE)"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE moments (moment TIMESTAMP)")
    connection.executemany("INSERT INTO moments VALUES (?)", [[instant] for instant in instants])
    rows = connection.execute(f"SELECT moment, {day} FROM moments").fetchall()
    assert [(at, at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()) for at, _ in rows] == rows


def test_a_project_is_observed_as_it_is_measured(make_project: MakeProject, tmp_path: Path) -> None:
    catalogue = read(make_project, {"indicators/sources/accounts.yaml": ACCOUNTS})
    client = min(catalogue.clients)
    text = (
        f"date,client,kind,amount,balance\n2026-07-01,{client},opening,5,5\n2026-07-02,{client},invoice,2,7\n"
    )
    (tmp_path / "accounts.csv").write_text(text, "utf-8")
    measured = measure_project(catalogue, Places(tmp_path), (), TODAY)
    assert measured.problems == ()
    assert measured.observations.ledger == (
        LedgerRow("accounts", "accounts.csv", 2, client, date(2026, 7, 1), "opening", Decimal(5), Decimal(5)),
        LedgerRow("accounts", "accounts.csv", 3, client, date(2026, 7, 2), "invoice", Decimal(2), Decimal(7)),
    )


def test_a_project_without_sources_has_no_observations(make_project: MakeProject, tmp_path: Path) -> None:
    catalogue = read(make_project, {})
    assert measure_project(catalogue, Places(tmp_path), (), TODAY).observations == Observations()
