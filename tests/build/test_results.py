"""Results in the whole story: measured and drawn when the site is built, kept from one build to the next, cut for readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comptoir.build import Options, Part, build
from comptoir.periods import Quarter
from comptoir.problems import ContentError
from comptoir.publish.stage import PublishError

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
SOURCE = """\
role: surveys
name: {fr: Enquêtes, en: Surveys}
files: [answers.csv]
columns: {date: {}, service: {}, respondent: {}, question: {constant: satisfaction}, score: {}}
"""
ANSWERS = "date,service,respondent,score\n" + "".join(
    f"2026-0{4 + 3 * (index % 2)}-0{1 + index % 9},mail,r{index},{3 + index % 3}\n" for index in range(80)
)
KEYS: dict[str, object] = {
    "indicators/sources/answers.yaml": SOURCE,
    "indicators/definitions/satisfaction.yaml": "use: satisfaction\ntarget: [{value: 3.5}]\n",
    "indicators/definitions/inside.yaml": "use: satisfaction\naudience: management\n",
    "indicators/data/answers.csv": ANSWERS,
}


def options(project: Path, **more: object) -> Options:
    """What to build beside the project."""
    return replace(
        Options(project=project, today=TODAY, out=project.parent / "site", work=project.parent / "work"),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.slow
def test_results_are_published_for_the_quarter_asked_for(make_project: MakeProject) -> None:
    project = make_project(keys=KEYS)
    result = build(options(project))
    page = (result.out / "services" / "mail" / "index.html").read_text("utf-8")
    assert "Promis et tenu" in page and "3ᵉ\u00a0trimestre\u00a02026" in page
    data = (result.out / "indicators" / "satisfaction.csv").read_text("utf-8")
    assert "satisfaction,2026-Q3,mail,,,met,target-met,4" in data.replace("4.0", "4")
    build(options(project, quarter=Quarter(2026, 2)))
    assert "2ᵉ\u00a0trimestre\u00a02026" in (result.out / "indicators" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_what_an_audience_may_not_see_is_nowhere(make_project: MakeProject) -> None:
    project = make_project(keys=KEYS)
    out = build(options(project)).out
    assert not (out / "indicators" / "inside").exists() and not (out / "indicators" / "inside.csv").exists()
    assert "answers.csv" not in (out / "indicators" / "satisfaction" / "index.html").read_text("utf-8")
    build(options(project, audience="management"))
    assert (out / "indicators" / "inside" / "index.html").exists()
    assert "answers.csv" in (out / "indicators" / "satisfaction" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_data_with_an_error_leave_the_previous_site(make_project: MakeProject) -> None:
    project = make_project(keys=KEYS)
    out = build(options(project)).out
    before = (out / "indicators" / "index.html").read_bytes()
    data = project / "indicators" / "data" / "answers.csv"
    data.write_text(ANSWERS + "yesterday,mail,r99,4\n", "utf-8")
    with pytest.raises(ContentError) as raised:
        build(options(project))
    assert [str(p.location) for p in raised.value.problems if "answers.csv" in str(p)] == [
        "indicators/data/answers.csv:82:1"
    ]
    assert (out / "indicators" / "index.html").read_bytes() == before


def test_a_quarter_to_come_cannot_be_asked_for(make_project: MakeProject) -> None:
    with pytest.raises(PublishError, match="2027-Q1 has not begun on 2026-10-15"):
        build(options(make_project(), quarter=Quarter(2027, 1)))


@pytest.mark.slow
def test_data_may_come_from_elsewhere(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project(keys={name: text for name, text in KEYS.items() if "/data/" not in name})
    elsewhere = tmp_path / "exports"
    elsewhere.mkdir()
    (elsewhere / "answers.csv").write_text(ANSWERS, "utf-8")
    out = build(options(project, data=elsewhere)).out
    assert "sur\u00a05" in (out / "indicators" / "satisfaction" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_reports_of_years_ago_stay(make_project: MakeProject) -> None:
    """A report keeps its page and its own eight quarters, while the other pages show the last eight."""
    old = ANSWERS + "".join(
        f"2023-02-0{1 + index % 9},mail,o{index},{4 + index % 2}\n" for index in range(40)
    )
    words = (
        "---\ntitle: {fr: Il y a longtemps, en: Long ago}\nsignatory: {fr: Responsable, en: Manager}\n---\n"
    )
    reports = {"indicators/reports/2023-Q1.md": words, "indicators/reports/2014-Q1.md": words}
    project = make_project(keys=KEYS | reports | {"indicators/data/answers.csv": old})
    out = build(options(project)).out
    report = (out / "reports" / "2023-Q1" / "index.html").read_text("utf-8")
    assert "1ᵉʳ\u00a0trimestre\u00a02023" in report and "4,50" in report
    assert "2023-Q1" in (out / "reports" / "index.html").read_text("utf-8")
    assert "2023" not in (out / "indicators" / "satisfaction.csv").read_text("utf-8")
    assert not (out / "reports" / "2014-Q1").exists()  # more than ten years


@pytest.mark.slow
def test_a_breakdown_by_a_free_field_has_its_table_and_its_chart(make_project: MakeProject) -> None:
    rows = "".join(
        f"2026-0{month}-0{1 + n % 9}T09:00Z,mail,{('p1', 'p2', 'urgent')[n % 3]}\n"
        for month in (2, 5, 8)
        for n in range(30 + month)
    )
    name = {"fr": "Pressante", "en": "Pressing"}
    keys: dict[str, object] = {
        "catalogue/organisation.yaml": {"priorities": [{"id": "urgent", "name": name}]},
        "indicators/data/t.csv": "opened,service,priority\n" + rows,
        "indicators/sources/t.yaml": "role: requests\nname: {fr: Demandes, en: Requests}\nfiles: [t.csv]\n"
        "columns: {opened: {}, service: {}, priority: {}}\n",
        "indicators/definitions/request-volume.yaml": "use: request-volume\nby: [priority]\n",
        "indicators/reports/2026-Q3.md": "---\nsignatory: {fr: La direction, en: The head}\n---\n",
    }
    project = make_project(keys=keys)
    out = build(options(project, only=Part.SITE, quarter=Quarter(2026, 3), audience="management")).out
    page = (out / "indicators" / "request-volume" / "index.html").read_text("utf-8")
    assert "<caption>3ᵉ\u00a0trimestre\u00a02026</caption>" in page
    assert '<th scope="row">Pressante</th>' in page
    assert "Pressante" in (out / "charts" / "parts-request-volume.csv").read_text("utf-8")
    assert (out / "charts" / "report-2026-q3-parts-request-volume.csv").exists()
    assert "Pressante" in (out / "reports" / "2026-Q3" / "index.html").read_text("utf-8")
