"""The twenty published results of a ticketing tool's calendar, read from the real data."""

from __future__ import annotations

import csv
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comptoir.measure.working_days import end_after_working_days
from comptoir.measure.working_time import working_edges, working_seconds
from comptoir.model.calendars import Calendar
from tests.measure.calendars import calendar, is_working

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / os.environ.get("COMPTOIR_REAL_DATA", "../shared/data")
FILE = FOLDER / "working_time" / "calendar_expected.csv"
CALENDARS = {
    "default_mon_fri_08_20": calendar(week={"monday-friday": "08:00-20:00"}),
    "5x24_mon_fri": calendar(week={"monday-friday": "24 h"}),
}
ALWAYS = calendar(week={"monday-sunday": "24 h"})

pytestmark = pytest.mark.real_data


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def answer(row: dict[str, str], of: Calendar) -> str:
    start, other = instant(row["start"]), row["end_or_delta"]
    if row["function"] == "is_working_hour":
        return str(is_working(of, "UTC", start)).lower()
    if row["function"] == "active_time_between":
        counted = ALWAYS if row["mode"] == "days" else of  # counted in days, every hour is active
        edges = working_edges(counted, "UTC", date(2018, 12, 1), date(2019, 1, 31))
        return str(working_seconds(edges, start, instant(other)))
    assert row["function"] == "compute_end_date"
    days = int(other.removesuffix(" days"))
    due = end_after_working_days(of, "UTC", start, days, row["mode"] == "working_days_end_of_day")
    return due.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not there")
def test_every_published_result() -> None:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 20
    answers = [answer(row, CALENDARS[row["calendar"]]) for row in rows]
    assert answers == [row["expected"] for row in rows]
