"""Reports on months, half-years and years, built whole: the period of a file governs its measuring, words, names and address."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.build import Options, build
from comptoir.cli import main
from comptoir.publish.stage import read_tree

from ..conftest import project_maker

TODAY = date(2026, 11, 20)
FRONT = "---\nsignatory: {fr: La direction, en: The head}\n---\n"
ROWS = [
    f"{year}-{month:02d}-{day:02d}T09:00,{'mail' if day % 3 else 'wifi'},{year}-{month:02d}-{day:02d}T{10 + (day < month) * 9}:00"
    for year in (2025, 2026)
    for month in range(1, 13)
    for day in range(1, 29)
    if (year, month, day) < (2026, 11, 20)
]
KEYS: dict[str, object] = {
    "indicators/sources/tickets.yaml": "role: requests\nname: {fr: Demandes, en: Requests}\nfiles: [t.csv]\n"
    "columns: {opened: {}, service: {}, resolved: {}}\n",
    "indicators/data/t.csv": "opened,service,resolved\n" + "\n".join(ROWS) + "\n",
    "indicators/definitions/quick.yaml": "name: {fr: Vite, en: Quickly}\nsummary: {fr: La part vite résolue., en: The share soon resolved.}\n"
    "source: requests\nkind: ratio\nnumerator: resolved < opened + INTERVAL 5 HOUR\nunit: percent\ndirection: higher\nby: [service]\n"
    "min_sample: 5\ntarget: [{value: 50}]\n",
    "indicators/definitions/request-volume.yaml": "use: request-volume\n",
    **{f"indicators/reports/{name}.md": FRONT for name in ("2026-09", "2026-10", "2026-H1", "2025")},
}


def build_site(project: Path, **more: object) -> dict[str, bytes]:
    options: dict[str, object] = {"out": project / "site", "audience": "management", **more}
    build(Options(project, TODAY, work=project / "work", **options))  # type: ignore[arg-type]
    return read_tree(project / "site")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site of a project whose reports are on months, a half-year and a year."""
    project = project_maker(tmp_path_factory.mktemp("periods"))(keys=KEYS)
    organisation = project / "catalogue" / "organisation.yaml"
    organisation.write_text(organisation.read_text("utf-8") + "print: {make: [reports, slides]}\n", "utf-8")
    return build_site(project)


def text_of(page: bytes) -> str:
    bare = re.sub(r"<script.*?</script>|<style.*?</style>", "", page.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.mark.parametrize(
    ("period", "titles", "value"),
    [  # of 28 days, those before the day of the month's number take longer
        ("2026-09", ("septembre 2026", "September 2026"), ("71,4", "71.4")),  # 20 of 28
        ("2026-10", ("octobre 2026", "October 2026"), ("67,9", "67.9")),  # 19 of 28
        ("2026-H1", ("1ᵉʳ semestre 2026", "First half of 2026"), ("91,1", "91.1")),  # 153 of 168
        ("2025", ("2025", "2025"), ("80,4", "80.4")),  # 270 of 336
    ],
)
def test_a_report_is_measured_and_named_by_its_period(
    site: Mapping[str, bytes], period: str, titles: tuple[str, str], value: tuple[str, str]
) -> None:
    for folder, title, shown in zip(("", "en/"), titles, value, strict=True):
        page = text_of(site[f"{folder}reports/{period}/index.html"])
        printed = "\n".join(
            part.extract_text()
            for part in PdfReader(io.BytesIO(site[f"{folder}downloads/reports/{period}.pdf"])).pages
        )
        assert title.split()[-1] in page and shown in page, (period, folder)
        assert shown in printed
        for text in (page, printed):
            assert not re.search(r"trimestr|quarter", text, re.IGNORECASE), (period, folder)


def test_a_report_is_compared_with_the_period_before_of_its_kind(site: Mapping[str, bytes]) -> None:
    page = text_of(site["reports/2026-10/index.html"])
    assert "Ce qui a changé depuis le mois précédent" in page
    assert "Ce qui a changé depuis le semestre précédent" in text_of(site["reports/2026-H1/index.html"])
    assert "What changed since the year before" in text_of(site["en/reports/2025/index.html"])
    command = "comptoir explain results --period 2026-H1"
    assert command in text_of(site["reports/2026-H1/annex/index.html"])


def test_pages_speak_of_the_last_month_that_is_over(site: Mapping[str, bytes]) -> None:
    pages = {name: text_of(page) for name, page in site.items() if name.endswith(".html")}
    assert "octobre 2026" in pages["indicators/quick/index.html"]
    told = {
        name: re.findall(r".{30}(?:trimestr|quarter).{20}", page, re.IGNORECASE)
        for name, page in pages.items()
    }
    assert {name: found for name, found in told.items() if found and "committee" not in name} == {}


def test_a_month_that_runs_says_up_to_which_day(tmp_path: Path) -> None:
    project = project_maker(tmp_path)(keys={**KEYS, "indicators/reports/2026-11.md": FRONT})
    pages = build_site(project, quarter="2026-11", only="site")
    assert "Mois en cours : ces résultats vont jusqu’au 20 novembre 2026" in text_of(
        pages["reports/2026-11/index.html"]
    )
    assert "This month is not over: these results go up to 20 November 2026" in text_of(
        pages["en/reports/2026-11/index.html"]
    )
    assert main(["close", "2026-11", str(project), "--today", "2026-11-20"]) == 2
    assert main(["close", "2026-10", str(project), "--today", "2026-11-20"]) == 0
    assert "2026-10" in (project / "indicators" / "closed" / "2026-10.json").read_text("utf-8")
