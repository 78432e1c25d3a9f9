"""Groups of one to four people, planted in a small project: no file of a build tells their answers, nor what gives them back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.build import Options, build, check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import Status
from comptoir.periods import Quarter
from comptoir.publish.stage import read_tree

from ..conftest import MakeProject

TODAY, Q3 = date(2026, 10, 15), Quarter(2026, 3)
PLANTED = {"wifi": ("3.1719", "2.9413", "1.7307")}
"""Service → what its three people answered: numbers that nothing else in a site is."""


def answers() -> str:
    """Many answers on mail in every quarter, and in the last one three on the wireless network, by people of two segments."""
    rows = [
        f"2026-0{1 + 3 * (index % 3)}-1{index % 9},mail,researchers,r{index},{3 + index % 2}"
        for index in range(150)
    ]
    rows += [f"2026-08-0{n},wifi,researchers,s{n},{score}" for n, score in enumerate(PLANTED["wifi"], 1)]
    return "\n".join(("date,service,segment,respondent,score", *rows, ""))


def source(file: str, **more: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    return (
        f"role: surveys\nname: {{fr: Enquête, en: Survey}}\nfiles: [{file}]\n{keys}columns: {{date: {{}}, "
        "service: {}, segment: {}, respondent: {}, question: {constant: satisfaction}, score: {}}\n"
    )


KEYS: dict[str, object] = {
    "indicators/sources/answers.yaml": source("answers.csv"),
    "indicators/data/answers.csv": answers(),
    "indicators/definitions/satisfaction.yaml": "use: satisfaction\ndecimals: 4\n",
    "indicators/definitions/satisfied-users.yaml": "use: satisfied-users\ndecimals: 4\n",
    "indicators/definitions/inside.yaml": "use: satisfaction\nname: {fr: Dedans, en: Inside}\naudience: management\ndecimals: 4\n",
    "indicators/definitions/by-question.yaml": "use: satisfaction\nname: {fr: Par question, en: By question}\ndecimals: 4\nby: [segment, question]\n",
    "indicators/reports/2026-Q3.md": "---\nsignatory: {fr: La direction, en: The head}\n---\n",
}


@cache
def secrets() -> tuple[str, ...]:
    """What must not be told: each planted answer, the mean and the sum of them, as numbers are written."""
    scores = [float(score) for score in PLANTED["wifi"]]
    told = [*scores, sum(scores) / 3, sum(scores)]
    return tuple(f"{number:.4f}".rstrip("0")[:6].replace(".", "[.,]") for number in told)


def texts(name: str, content: bytes) -> Iterator[str]:
    """What can be read in a file: of documents their words, of packages each part, of anything else all of it."""
    if name.endswith(".pdf"):
        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield from texts(part, package.read(part))
    elif not name.endswith((".png", ".woff2", ".jpg", ".ico", ".otf", ".ttf")):
        yield content.decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["employees", "management"])
def test_no_file_of_a_build_tells_of_few_people(make_project: MakeProject, audience: str) -> None:
    project = make_project(keys=KEYS)
    options = Options(project=project, today=TODAY, out=project.parent / "site", work=project.parent / "work")
    result = build(replace(options, audience=audience, quarter=Q3))
    files = read_tree(result.out)
    read = {name: list(texts(name, content)) for name, content in files.items()}
    assert {Path(name).suffix for name in read} >= {".html", ".json", ".csv", ".pdf", ".pptx"}
    found = [
        (name, secret)
        for name, parts in read.items()
        for secret in secrets()
        if any(re.search(rf"(?<![\d.,]){secret}", part) for part in parts)
    ]
    assert found == []
    rows = csv.DictReader(io.StringIO(files["indicators/satisfaction.csv"].decode("utf-8-sig")))
    shown = [row for row in rows if row["quarter"] == "2026-Q3" and row["value"]]
    assert shown and all(row["service"] != "wifi" for row in shown)  # the many are told
    assert _differences(files) == []


def _differences(files: dict[str, bytes]) -> list[str]:
    """Cells of the published data whose n, less those of its parts, or of one that it holds, leaves one to four people."""
    wrong = []
    for name, content in files.items():
        if not re.fullmatch(r"indicators/[\w-]+\.csv", name):
            continue
        told: dict[tuple[str, str], dict[tuple[str, str, str], int]] = {}
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        if not {"indicator", "quarter", "n"} <= set(reader.fieldnames or ()):
            continue  # the data of a chart
        for row in reader:
            if row.get("n") and row.get("value"):
                scope = row["service"], row["segment"], row["client"]
                told.setdefault((row["indicator"], row["quarter"]), {})[scope] = int(row["n"])
        assert told, name
        for key, cells in told.items():
            for wide, whole in cells.items():
                parts = [
                    n
                    for s, n in cells.items()
                    if s != wide and all(a in ("", b) for a, b in zip(wide, s, strict=True))
                ]
                wrong += [f"{name} {key} {wide}: {whole}"] if 0 < whole < 5 else []
                wrong += [f"{name} {key} {wide}: {whole} - {part}" for part in parts if 0 < whole - part < 5]
    return wrong


def measured(project: Path) -> tuple[dict[str, Status], list[str]]:
    catalogue, _ = check_project(project, TODAY)
    found = measure_project(catalogue, data_places(project, None), (Q3,), TODAY)
    statuses = {m.indicator: m.status for m in found.measurements if not any(m.scope)}
    return statuses, [problem.rule for problem in found.problems]


def test_a_role_and_one_of_its_sources_do_not_give_the_other_back(make_project: MakeProject) -> None:
    lines = answers().splitlines()
    keys = {
        **{name: text for name, text in KEYS.items() if "definitions" not in name},
        "indicators/data/answers.csv": "\n".join(lines[:-3]) + "\n",
        "indicators/data/paper.csv": "\n".join([lines[0], *lines[-3:]]) + "\n",
        "indicators/sources/paper.yaml": source("paper.csv"),
        "indicators/definitions/all.yaml": "use: satisfaction\nby: []\n",
        "indicators/definitions/online.yaml": "use: satisfaction\nsource: answers\nby: []\n",
        "indicators/definitions/paper.yaml": "use: satisfaction\nsource: paper\nby: []\n",
    }
    statuses, rules = measured(make_project(keys=keys))
    assert statuses["paper"] is Status.SUPPRESSED
    assert statuses["online"] is Status.SUPPRESSED  # all less online would be the three on paper
    assert statuses["all"] is not Status.SUPPRESSED
    assert "nearly-the-same-people" in rules


def test_the_same_answers_by_their_role_and_by_their_source_are_one_population(
    make_project: MakeProject,
) -> None:
    keys = {name: text for name, text in KEYS.items() if "definitions" not in name}
    keys["indicators/definitions/all.yaml"] = "use: satisfaction\nby: [service]\n"
    keys["indicators/definitions/online.yaml"] = "use: satisfaction\nsource: answers\nby: []\n"
    keys["indicators/definitions/most.yaml"] = (
        "use: satisfaction\nsource: answers\nby: []\nwhere: question = 'satisfaction' and service = 'mail'\n"
    )
    statuses, rules = measured(make_project(keys=keys))
    assert "nearly-the-same-people" in rules
    assert statuses["most"] is Status.SUPPRESSED
    assert statuses["all"] is statuses["online"] is not Status.SUPPRESSED


def test_two_sources_of_the_same_answers_are_refused(make_project: MakeProject) -> None:
    keys = {**KEYS, "indicators/sources/some.yaml": source("answers.csv", where="\"service <> 'wifi'\"")}
    _, problems = check_project(make_project(keys=keys), TODAY)
    said = [str(problem) for problem in problems if "counts twice" in problem.message]
    assert len(said) == 1 and said[0].startswith(
        "indicators/sources/some.yaml:3:8: error: 'answers.csv' is read by 'answers'"
    )
