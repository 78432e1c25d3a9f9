"""The published cases explained: each figure of docs/methods.md, step by step, to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import CASES, MakeProject
from .told import explain

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def rimaldi(make_project: MakeProject) -> Path:
    return make_project(CASES / "rimaldi")


def test_the_classes_of_rimaldi(rimaldi: Path, capsys: Capture) -> None:
    told = explain(capsys, rimaldi, "abc", "--quarter", "2026-Q2")
    assert (told.step("total"), told.step("clients"), told.step("share of class A")) == ("2850000", 10, "0.6")
    assert [
        (row["client"], row["amount"], row["share"], row["cumulative"], row["class"])
        for row in told.table("Clients, from the largest")
    ] == [
        ("c", "1710000", "0.6", "0.6", "A"),
        ("e", "399000", "0.14", "0.74", "B"),
        ("d", "370500", "0.13", "0.87", "B"),
        ("g", "114000", "0.04", "0.91", "C"),
        ("b", "85500", "0.03", "0.94", "C"),
        ("j", "65550", "0.023", "0.963", "C"),
        ("f", "57000", "0.02", "0.983", "C"),
        ("a", "28500", "0.01", "0.993", "C"),
        ("h", "14250", "0.005", "0.998", "C"),
        ("i", "5700", "0.002", "1", "C"),
    ]
    assert told.setting("abc.first") == ("60 %", "indicators/loyalty.yaml:3:14")
    assert told.setting("abc.crossing") == ("ends", "indicators/loyalty.yaml:3:40")
    assert told.setting("abc.quarters") == ("4", "default")
    assert told.setting("weight") == ("revenue", "default of external customers")
    (rows,) = told.data["rows"]
    assert (rows["role"], rows["used"], rows["not_used"], rows["not_read"]) == ("revenue", 10, [], [])
    (file,) = told.data["files"]
    assert (file["path"], file["rows"], len(file["sha256"])) == ("revenue.csv", 10, 64)


def test_the_values_of_rimaldi(rimaldi: Path, capsys: Capture) -> None:
    told = explain(capsys, rimaldi, "client-value", "--quarter", "2026-Q2")
    assert told.step("total of clients") == "3589500"
    rows = told.table("Clients, from the most valuable")
    assert [(row["client"], row["value"], row["profitability"]) for row in rows] == [
        ("e", "1615275", "very-profitable"),
        ("c", "1076850", "very-profitable"),
        ("b", "538425", "very-profitable"),
        ("a", "287160", "weakly-profitable"),
        ("i", "251265", "weakly-profitable"),
        ("g", "197422", "weakly-profitable"),
        ("f", "107685", "weakly-profitable"),
        ("h", "-89737", "unprofitable"),
        ("d", "-179475", "unprofitable"),
        ("j", "-215370", "unprofitable"),
    ]
    assert [row["share"] for row in rows[:3]] == ["0.45", "0.3", "0.15"]
    assert {row["group"] for row in rows} == {"known elsewhere"}
    assert told.setting("value.known.2.value") == ("b 538425", "indicators/loyalty.yaml:7:26")
    assert told.data["rows"] == [], "no row of data says what these clients are worth"


def test_the_divergences_of_rimaldi(rimaldi: Path, capsys: Capture) -> None:
    told = explain(capsys, rimaldi, "divergence", "--quarter", "2026-Q2")
    assert told.step("clients that diverge") == 2
    found = {row["client"]: row["divergence"] for row in told.table("Clients, from the largest")}
    assert {name: kind for name, kind in found.items() if kind} == {
        "b": "small-but-valuable",
        "d": "costs-money",
    }


def test_one_client_of_rimaldi_has_its_own_rows(rimaldi: Path, capsys: Capture) -> None:
    told = explain(capsys, rimaldi, "abc", "--quarter", "2026-Q2", "--client", "d")
    (row,) = told.table("Clients, from the largest")
    assert (row["rank"], row["before"], row["share"], row["cumulative"]) == (3, "0.74", "0.13", "0.87")
    assert told.step("total") == "2850000", "the whole stays the whole"
    assert told.table("What the amounts add up") == [
        {"client": "d", "day": "2026-06-30", "orders": 1, "amount": "370500"}
    ]
    (rows,) = told.data["rows"]
    assert rows["used"] == 1 and rows["first"] == ["revenue.csv:5"]
    assert [(apart["reason"], apart["rows"]) for apart in rows["not_used"]] == [("elsewhere", 9)]


def test_the_account_of_tamax(make_project: MakeProject, capsys: Capture) -> None:
    project = make_project(CASES / "tamax")
    file = project / "indicators/data/accounts.csv"
    file.write_text(file.read_text("utf-8").replace("219,17", "294,17"), "utf-8")
    told = explain(capsys, project, "accounts", "--quarter", "2010-Q2", "--client", "tamax")
    (row,) = told.table("Clients")
    assert (row["orders"], row["total"], row["mean"], row["a month"]) == (8, "3638.46", "454.8075", "1212.82")
    assert (row["opened"], row["last order"], row["days"], row["one every"]) == (
        "2010-03-31",
        "2010-06-23",
        84,
        "10.5",
    )
    assert (row["opening"], row["closing"]) == ("3716.78", "1805.44")
    entries = told.table("tamax, entry by entry")
    assert len(entries) == 13
    assert [row["balance"] for row in entries] == [row["printed"] for row in entries]


def test_the_row_of_tamax_that_does_not_add_up(make_project: MakeProject, capsys: Capture) -> None:
    project = make_project(CASES / "tamax")
    told = explain(capsys, project, "accounts", "--quarter", "2010-Q2", code=1)
    assert told.table("tamax, lines that do not add up") == [
        {
            "line": 6,
            "amount": "219.17",
            "printed": "3541.39",
            "computed": "3466.39",
            "wrong": "amount",
            "proven amount": "294.17",
        }
    ]


def test_the_value_of_400_clients(make_project: MakeProject, capsys: Capture) -> None:
    told = explain(capsys, make_project(CASES / "client-value"), "client-value", "--quarter", "2026-Q2")
    rows = told.table("Group 1, year by year")
    assert [(row["lost"], row["remaining"], row["margin"], row["result"], row["total"]) for row in rows] == [
        (100, 300, "180", "54000", "54000"),
        (60, 240, "157.6", "37824", "91824"),
        (36, 204, "135.952", "27734.208", "119558.208"),
        (21, 183, "115.02304", "21049.21632", "140607.42432"),
    ]
    assert [row["published"] for row in rows] == ["54000", "37824", "27744", "21057.78"]
    assert [row["cost"] for row in rows] == ["120", "122.4", "124.848", "127.34496"]
    assert (told.step("group 1, start"), told.step("all groups")) == (400, "140607.42432")
    assert told.setting("value.groups.1.attrition") == ("25, 20, 15, 10 %", "indicators/loyalty.yaml:6:18")


def test_the_complaint_of_2013(make_project: MakeProject, capsys: Capture) -> None:
    project = make_project(CASES / "good" / "complaint-2013")
    told = explain(capsys, project, "complaints", "--quarter", "2013-Q2", "--service", "mail")
    rows = told.table("Complaints received over a year, and those that are open")
    assert [(row["complaint"], row["working days"], row["state"], row["repeats"]) for row in rows] == [
        ("L-2013-17", 6, "late", ""),
        ("L-2013-18", 2, "waiting", "L-2013-17"),
    ]
    counted = {row["complaint"]: row["which"] for row in told.table("The days that were counted")}
    assert counted["L-2013-17"] == "2013-04-08, 2013-04-09, 2013-04-10, 2013-04-11, 2013-04-12, 2013-04-15"
    assert told.setting("complaints.days") == ("5", "default")
    assert told.setting("complaints.calendar")[1].startswith("default, catalogue/organisation.yaml:")
    (asked,) = told.data["rows"]
    assert (asked["used"], asked["first"]) == (2, ["register.csv:2", "register.csv:3"])


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "value"),
    [("survey-response", 87, 93, 93.548387), ("physics-lost", 383, 5107, 7.49951)],
)
def test_the_shares_of_the_control_room(
    capsys: Capture, indicator: str, numerator: int, denominator: int, value: float
) -> None:
    told = explain(capsys, CASES / "control-room", indicator, "--quarter", "2000-Q4")
    measurement = told.data["measurement"]
    assert (measurement["numerator"], measurement["denominator"]) == (numerator, denominator)
    assert measurement["value"] == value
    assert told.data["files"][0]["sha256"] and told.data["sql"]


def test_an_analysis_without_data_says_what_is_missing(capsys: Capture) -> None:
    told = explain(capsys, CASES / "control-room", "abc", "--quarter", "2000-Q4")
    assert told.data["notes"] == [
        "Nothing to explain: no source of the role revenue or usage names a client up to that day"
    ]
    assert (told.data["steps"], told.data["tables"]) == ([], [])


USAGE = """\
day,client,service,users
2026-04-30,physics,mail,10
2026-05-31,physics,mail,14
2026-05-31,physics,wifi,6
2026-06-30,,mail,5
2026-07-31,physics,mail,99
"""


def test_internal_clients_weigh_the_monthly_mean_of_their_users(
    make_project: MakeProject, capsys: Capture
) -> None:
    columns: dict[str, object] = {"date": {"column": "day"}, "client": {}, "service": {}, "users": {}}
    source = {"role": "usage", "name": {"fr": "Usage", "en": "Use"}, "files": ["use.csv"], "columns": columns}
    project = make_project(
        None,
        {
            "indicators/loyalty.yaml": {"customers": "internal"},
            "indicators/sources/use.yaml": source,
            "indicators/data/use.csv": USAGE,
        },
    )
    told = explain(capsys, project, "abc", "--quarter", "2026-Q2", "--client", "physics")
    assert told.setting("weight") == ("users", "default of internal customers")
    assert (told.step("months"), told.step("total")) == (2, "15")
    assert [(row["day"], row["amount"]) for row in told.table("What the amounts add up")] == [
        ("2026-04-30", "10"),
        ("2026-05-31", "20"),
    ]
    (rows,) = told.data["rows"]
    assert {one["reason"]: one["rows"] for one in rows["not_used"]} == {"no-client": 1, "later": 1}


def test_a_client_that_was_never_charged_has_no_value(rimaldi: Path, capsys: Capture) -> None:
    told = explain(capsys, rimaldi, "client-value", "--quarter", "2026-Q2", "--client", "physics")
    assert told.data["notes"] == ["physics has no value of its own: no group of clients has it"]


def test_retention_of_clients_is_not_told_of_one_service(rimaldi: Path, capsys: Capture) -> None:
    file = rimaldi / "indicators/data/revenue.csv"
    rows = file.read_text("utf-8")
    file.write_text(rows + "31/03/2026;A;100,00\n31/03/2026;C;100,00\n", "utf-8")
    told = explain(capsys, rimaldi, "retention", "--quarter", "2026-Q2")
    assert (told.step("there in 2026-Q1"), told.step("kept"), told.step("new")) == (2, 2, 8)
    told = explain(capsys, rimaldi, "retention", "--quarter", "2026-Q2", "--client", "b")
    assert told.table("Who was there") == [
        {"who": "b", "in 2026-Q1": "no", "in 2026-Q2": "yes", "state": "new"}
    ]
    assert told.table("Charges and uses") == [{"client": "b", "quarter": "2026-Q2", "charges": 1, "uses": 0}]
    told = explain(capsys, rimaldi, "retention", "--quarter", "2026-Q2", "--service", "mail")
    assert told.data["notes"] == [
        "Nothing to explain: clients are followed, not their subscriptions (retention.follow): leave --service out"
    ]


def test_the_whole_report_of_the_control_room(capsys: Capture) -> None:
    told = explain(capsys, CASES / "control-room", "results", "--quarter", "2000-Q4")
    assert [(row["indicator"], row["tile"], row["value"]) for row in told.table("Results")] == [
        ("physics-lost", "1", "7.49951"),
        ("survey-response", "2", "93.548387"),
    ]
    assert (told.step("tiles"), told.step("compared")) == (2, 0)
    told = explain(capsys, CASES / "control-room", "catalogue", "--quarter", "2000-Q4")
    assert (told.step("clients"), told.step("people")) == (9, None), (
        "nobody counted the people: missing is not zero"
    )
    assert (told.step("needs met: yes"), told.step("needs met: no")) == (4, 2)
    assert [(row["segment"], row["priority"], row["clients"]) for row in told.table("Segments")] == [
        ("physics", 1, 3),
        ("tertiary", 2, 3),
        ("equipment-groups", 3, 3),
    ]
