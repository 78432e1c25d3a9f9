"""Months and years beside quarters: nothing that is withheld can be subtracted back from what else is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import EVERYTHING, Scope, Status
from comptoir.periods import Month, Quarter, parse_period, periods_between
from comptoir.site import render_site, results_for_audience
from comptoir.steps import other_periods

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
SOURCE = """\
role: surveys
name: {fr: Enquêtes, en: Surveys}
files: [answers.csv]
columns: {date: {}, service: {}, respondent: {}, question: {constant: satisfaction}, score: {}}
"""
PER_MONTH = {"2026-04": 40, "2026-05": 40, "2026-06": 40, "2026-07": 40, "2026-08": 2, "2026-09": 40}
ANSWERS = "date,service,respondent,score\n" + "".join(
    f"{month}-15,mail,{month}-{index},{3 + index % 3}\n"
    for month, people in PER_MONTH.items()
    for index in range(people)
)
MONTHS = periods_between(Month(2026, 4), Month(2026, 9))
QUARTERS = Quarter(2026, 3).latest(2)


def project_of(make_project: MakeProject, answers: str = ANSWERS) -> Path:
    keys: dict[str, object] = {
        "indicators/sources/answers.yaml": SOURCE,
        "indicators/definitions/satisfaction.yaml": "use: satisfaction\ntarget: [{value: 3.5}]\n",
        "indicators/data/answers.csv": answers,
    }
    return make_project(keys=keys)


def measure(project: Path, *others: str) -> Measured:
    catalogue, _ = check_project(project, TODAY)
    periods = [(parse_period(text),) for text in others] or [MONTHS]
    return measure_project(catalogue, data_places(project, None), QUARTERS, TODAY, others=periods)


def test_a_month_of_few_people_takes_its_quarter_with_it(make_project: MakeProject) -> None:
    measured = measure(project_of(make_project))
    [months] = measured.others
    shown = {str(m.quarter): m.status for m in months if m.scope == EVERYTHING}
    assert shown == {
        "2026-04": Status.MET,
        "2026-05": Status.MET,
        "2026-06": Status.MET,
        "2026-07": Status.SUPPRESSED,
        "2026-08": Status.SUPPRESSED,
        "2026-09": Status.SUPPRESSED,
    }
    assert measured.measurements.get("satisfaction", QUARTERS[-1]).value is not None  # type: ignore[union-attr]
    assert all(m.value is None and m.n is None for m in months if m.status is Status.SUPPRESSED)
    assert {m.previous for m in months} == {None}


def test_of_people_only_the_total_is_told(make_project: MakeProject) -> None:
    [months] = measure(project_of(make_project)).others
    assert {m.scope for m in months} == {EVERYTHING}


def test_a_year_does_not_tell_a_quarter_of_few_people(make_project: MakeProject) -> None:
    answers = "".join(line for line in ANSWERS.splitlines(True) if line[:7] not in ("2026-07", "2026-09"))
    measured = measure(project_of(make_project, answers), "2026")
    [year] = measured.others
    assert [m.status for m in year] == [Status.SUPPRESSED]
    assert measured.measurements.get("satisfaction", QUARTERS[-1]).status is Status.SUPPRESSED  # type: ignore[union-attr]


def test_a_year_of_shown_quarters_is_told(make_project: MakeProject) -> None:
    [year] = measure(project_of(make_project), "2026").others
    assert [(m.n, m.value is not None) for m in year] == [(202, True)]


def test_what_counts_no_people_is_told_for_each_service(make_project: MakeProject) -> None:
    project = project_of(make_project)
    (project / "indicators/definitions/volume.yaml").write_text(
        "name: {fr: Lignes, en: Rows}\nsummary: {fr: Des lignes., en: Rows.}\nsource: tickets\nkind: count\n"
        "unit: number\ndirection: neither\nby: [service]\n"
    )
    (project / "indicators/sources/tickets.yaml").write_text(
        "role: requests\nname: {fr: Demandes, en: Requests}\nfiles: [t.csv]\ncolumns: {opened: {}, service: {}}\n"
    )
    (project / "indicators/data/t.csv").write_text(
        "opened,service\n2026-07-01T09:30,mail\n2026-08-01T09:30,mail\n"
    )
    [months] = measure(project).others
    found = months.get("volume", Month(2026, 7), Scope(service="mail"))
    assert found is not None
    assert (found.value, found.previous) == (1, None)


def test_pages_offer_months_and_years(make_project: MakeProject) -> None:
    project = project_of(make_project)
    catalogue, _ = check_project(project, TODAY)
    others = other_periods(catalogue, Quarter(2026, 3), TODAY)
    assert [str(one) for one in others[1]] == ["2023", "2024", "2025"]
    assert [str(one) for one in others[0]][:: len(others[0]) - 1] == ["2025-10", "2026-09"]
    measured = measure_project(catalogue, data_places(project, None), QUARTERS, TODAY, others=others)
    visible = for_audience(catalogue, "management")
    results = results_for_audience(measured, visible, "management", Quarter(2026, 3))
    files = render_site(visible, language="fr", today=TODAY, results=results).files
    page = str(files["indicators/satisfaction.md"])
    assert "<summary>Mois par mois</summary>" in page
    assert "<summary>Année par année</summary>" not in page  # no year before 2026 has rows
    rows = str(files["indicators/satisfaction-months.csv"]).splitlines()
    assert rows[0].startswith("indicator,period,")
    assert [row.split(",")[1] for row in rows[1:]] == [str(month) for month in others[0]]
    assert "indicators/satisfaction-years.csv" not in files


def test_fiscal_years_take_the_place_of_years(make_project: MakeProject) -> None:
    project = project_of(make_project)
    organisation = project / "catalogue/organisation.yaml"
    organisation.write_text(
        organisation.read_text(encoding="utf-8") + "fiscal_year: april\n", encoding="utf-8"
    )
    catalogue, _ = check_project(project, TODAY)
    years = other_periods(catalogue, Quarter(2026, 3), TODAY)[1]
    assert [str(year) for year in years] == ["2023-04..2024-03", "2024-04..2025-03", "2025-04..2026-03"]
