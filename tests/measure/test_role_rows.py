"""The rows behind analyses: every row of a role is used, or apart for one reason, or was not read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.measure.project import data_places
from comptoir.measure.role_rows import Apart, RoleRows, RowsAsked, tell_rows
from comptoir.measure.types import Scope
from comptoir.model.roles import Role

from ..conftest import CASES, MakeProject

TICKETS = """\
opened,kind,client,service
2026-06-30T23:30,incident,physics,mail
2026-07-01T00:30,incident,physics,mail
2026-07-02T09:00,complaint,physics,mail
2026-07-03T09:00,incident,,mail
2026-07-04T09:00,incident,workshop,mail
2026-10-01T09:00,incident,physics,mail
,incident,physics,mail
2026-07-05T09:00,,physics,wifi
"""
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    columns: dict[str, object] = {name: {} for name in ("opened", "kind", "client", "service")}
    source = {
        "role": "requests",
        "name": {"fr": "Demandes", "en": "Tickets"},
        "files": ["tickets.csv"],
        "columns": columns,
    }
    workshop = (CASES / "base/segments/clients/physics.yaml").read_text("utf-8")
    return make_project(
        None,
        {
            "indicators/sources/tickets.yaml": source,
            "segments/clients/workshop.yaml": workshop,
            "indicators/data/tickets.csv": TICKETS,
        },
    )


def rows(project: Path, asked: RowsAsked) -> RoleRows:
    catalogue, _ = check_project(project, date(2026, 10, 15))
    (found,) = tell_rows(catalogue, data_places(project, None), (asked,))
    return found


def apart(found: RoleRows) -> dict[Apart, list[int]]:
    return {one.reason: [line.line for line in one.samples] for one in found.apart}


def test_every_row_has_one_place(project: Path) -> None:
    found = rows(project, RowsAsked(Role.REQUESTS, FIRST, LAST, complaints=False))
    assert [line.line for line in found.samples] == [3, 6, 9]
    assert apart(found) == {
        Apart.A_COMPLAINT: [4],
        Apart.NO_CLIENT: [5],
        Apart.LATER: [7],
        Apart.EARLIER: [2],  # 23:30 in the time zone of the organisation, not in UTC
    }
    assert [(left.reason.value, [line.line for line in left.samples]) for left in found.left_out] == [
        ("required", [8])
    ]
    whole = found.used + sum(one.rows for one in found.apart) + sum(one.rows for one in found.left_out)
    assert whole == found.files[0].rows == 8


def test_of_one_client(project: Path) -> None:
    found = rows(
        project, RowsAsked(Role.REQUESTS, FIRST, LAST, complaints=False, clients=frozenset({"workshop"}))
    )
    assert [line.line for line in found.samples] == [6]
    assert apart(found)[Apart.ELSEWHERE] == [3, 9]


def test_of_no_client_that_is_known(project: Path) -> None:
    found = rows(project, RowsAsked(Role.REQUESTS, FIRST, LAST, clients=frozenset()))
    assert found.used == 0


def test_of_complaints_about_a_service(project: Path) -> None:
    asked = RowsAsked(Role.REQUESTS, None, LAST, (), complaints=True, scope=Scope(service="wifi"))
    found = rows(project, asked)
    assert (found.used, apart(found)[Apart.ELSEWHERE]) == (0, [4])


def test_a_role_without_source_is_passed_over(project: Path) -> None:
    catalogue, _ = check_project(project, date(2026, 10, 15))
    assert tell_rows(catalogue, data_places(project, None), (RowsAsked(Role.LEDGER),)) == ()
