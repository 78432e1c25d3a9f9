"""Days and hours of instants are those of the organisation's clocks, at the ends of quarters and of summer time too."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.build import check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import Measurement
from comptoir.periods import parse_period

from ..conftest import CASES, MakeProject

TODAY = date(2027, 1, 15)
PARIS = ZoneInfo("Europe/Paris")
SOURCE = """\
role: requests
name: {fr: Demandes, en: Requests}
files: [t.csv]
columns: {opened: {}, resolved: {}, service: {}}
"""
WORDS = "name: {fr: Un, en: One}\nsummary: {fr: Un., en: One.}\nsource: requests\nby: [service]\nunit: number\ndirection: lower\n"


def project(make_project: MakeProject, rows: list[tuple[str, str]], **definitions: str) -> Path:
    data = "opened,resolved,service\n" + "".join(f"{opened},{resolved},mail\n" for opened, resolved in rows)
    keys = {f"indicators/definitions/{name}.yaml": text for name, text in definitions.items()}
    return make_project(
        keys={"indicators/sources/tickets.yaml": SOURCE, "indicators/data/t.csv": data, **keys}
    )


def measure(folder: Path, name: str, period: str) -> tuple[Measurement, list[str]]:
    catalogue, problems = check_project(folder, TODAY)
    assert [str(p) for p in problems if p.severity == "error"] == []
    wanted = parse_period(period)
    found = measure_project(catalogue, data_places(folder, None), (wanted,), TODAY)
    one = found.measurements.get(name, wanted)
    assert one is not None
    return one, [str(problem) for problem in found.problems]


AT_THE_END = [
    ("2025-09-10T10:00+02:00", "2025-10-01T00:30+02:00"),  # 22:30 of September in UTC
    ("2025-09-10T00:10+02:00", "2025-10-02T12:00+02:00"),  # of the ninth in UTC
    ("2025-09-10T10:00+02:00", "2025-09-30T23:30+02:00"),
]


def test_what_is_resolved_just_after_a_quarter_was_open_at_its_end(make_project: MakeProject) -> None:
    uses = {name: f"use: {name}\nby: []\n" for name in ("backlog", "backlog-age")}
    folder = project(make_project, AT_THE_END, **uses)
    found, said = measure(folder, "backlog", "2025-Q3")
    assert (found.value, said) == (2, [])
    age, _ = measure(folder, "backlog-age", "2025-Q3")
    assert (age.value, age.n) == (20, 2)


def test_at_a_change_of_clocks_too(make_project: MakeProject) -> None:
    rows = [
        ("2025-10-20T10:00+02:00", "2025-11-01T00:30+01:00"),
        ("2025-10-26T00:10+02:00", "2025-10-31T23:59+01:00"),
    ]
    folder = project(make_project, rows, backlog="use: backlog\nby: []\n")
    assert measure(folder, "backlog", "2025-10")[0].value == 1


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 365 * 24 * 60), min_size=1, max_size=30))
def test_hours_are_those_of_the_zone(tmp_path_factory: pytest.TempPathFactory, minutes: list[int]) -> None:
    instants = [datetime(2025, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=n) for n in minutes]
    late = sum(
        instant.astimezone(PARIS).hour >= 18 for instant in instants if instant.astimezone(PARIS).year == 2025
    )
    folder = tmp_path_factory.mktemp("hours")
    made = _make(folder)
    rows = [(instant.isoformat(), "") for instant in instants]
    text = f"{WORDS}kind: count\nwhere: hour(opened_local) >= 18\n"
    found, said = measure(project(made, rows, late=text), "late", "2025")
    assert (found.value or 0, said) == (late, [])


def _make(folder: Path) -> MakeProject:
    """A project in a folder of its own: Hypothesis runs a test several times."""

    def make(over: Path | None = None, keys: dict[str, object] | None = None) -> Path:
        shutil.copytree(CASES / "base", folder / "project")
        for name, text in (keys or {}).items():
            path = folder / "project" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(text), "utf-8")
        return folder / "project"

    return make


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("hour(opened) >= 16", "opened"),
        ("cast(resolved as date) > quarter_end", "resolved"),
        ("date_trunc('day', opened) = quarter_start", "opened"),
        ("dayofweek(opened) = 1", "opened"),
    ],
)
def test_21_days_and_hours_in_utc_are_told(make_project: MakeProject, expression: str, name: str) -> None:
    folder = project(make_project, AT_THE_END, it=f"{WORDS}kind: count\nwhere: {expression}\n")
    said = measure(folder, "it", "2025-Q3")[1]
    assert len(said) == 1
    assert (
        f"'{name}' is an instant in UTC: its days and hours are not those of Europe/Paris (write '{name}_local'"
        in said[0]
    )
    assert said[0].startswith("indicators/definitions/it.yaml:8:8:")


def test_a_duration_needs_no_clocks(make_project: MakeProject) -> None:
    text = f"{WORDS}kind: mean\nvalue: date_diff('hour', opened, resolved)\n"
    assert measure(project(make_project, AT_THE_END, it=text), "it", "2025-Q3")[1] == []
