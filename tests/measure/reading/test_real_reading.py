"""The real sets reproduce their published figures from the files as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comptoir.measure.reading import Names, Places, open_engine, read_tables

from .conftest import make_source

DATA = Path(os.environ.get("COMPTOIR_REAL_DATA", Path(__file__).parents[3] / "../shared/data"))
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not here"),
]


def test_incidents_by_the_latest_of_their_events() -> None:
    source = make_source(
        {
            "number": {},
            "opened": {"column": "opened_at"},
            "resolved": {"column": "resolved_at"},
            "closed": {"column": "closed_at"},
            "priority": {"values": {"1": "p1", "2": "p2", "3": "p3", "4": "p4"}},
            "on_time": {"column": "made_sla"},
            "reopened": {"column": "reopen_count"},
            "reassigned": {"column": "reassignment_count"},
            "version": {"column": "sys_mod_count", "type": "integer"},
        },
        id="incidents", role="requests", files=["uci_incidents/*.csv.gz"], key=["number"], duplicates="latest",
        latest_by="version", dialect={"instants": "d/m/yyyy H:M", "missing": ["", "?"], "time_zone": "UTC"},
    )  # fmt: skip
    connection = open_engine()
    tables, problems = read_tables(connection, [source], Places(DATA), Names(), "Europe/Paris")
    assert problems == ()
    assert [file.rows for file in tables.files] == [141_712]
    assert tables.kept == {"incidents": 24_918}
    assert [(left.reason, left.rows) for left in tables.left_out] == [("duplicate", 141_712 - 24_918)]
    assert connection.execute(
        "SELECT count(*) FILTER (resolved IS NULL), "
        "round(quantile_cont(epoch(resolved - opened) / 3600, 0.5), 1), "
        "round(avg(epoch(resolved - opened) / 3600), 1), round(max(epoch(resolved - opened) / 3600), 1), "
        "count(*) FILTER (NOT on_time AND resolved IS NOT NULL), count(*) FILTER (NOT on_time), "
        "count(*) FILTER (reopened > 0), count(*) FILTER (reassigned > 0) FROM requests"
    ).fetchall() == [(1_556, 22.1, 178.2, 8_070.2, 8_930, 9_115, 275, 11_369)]
    assert connection.execute(
        "SELECT priority, count(*) FILTER (NOT on_time), count(*) FROM requests GROUP BY 1 ORDER BY 1"
    ).fetchall() == [("p1", 265, 270), ("p2", 406, 408), ("p3", 8_321, 23_466), ("p4", 123, 774)]


def test_attendances() -> None:
    source = make_source(
        {
            "date": {"column": "period", "type": "day"},
            "type": {"type": "text"},
            "attendances": {"type": "integer"},
            "breaches": {"type": "integer"},
        },
        files=["nhs_ae_4h/*.csv"],
    )
    connection = open_engine()
    tables, problems = read_tables(connection, [source], Places(DATA), Names(), "Europe/London")
    assert problems == ()
    assert tables.kept == {"things": 12_765}
    assert connection.execute("SELECT sum(attendances), sum(breaches) FROM source_things").fetchall() == [
        (72_019_402, 8_295_237)
    ]
