"""A third language needs a catalogue of messages and nothing in Python: a site in one that nobody speaks, with no other word left."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from pptx import Presentation
from pypdf import PdfReader

from tests.pseudo import CODE, MARK, marked, program_in_pseudo_language, project_in_pseudo_language

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAID_BY = {"alt", "title", "aria-label", "placeholder"}
_NOT_SAID = {"code", "script", "style"}
# What no language translates: the organisation's own names, forms of files, addresses and keys that readers type.
_NAMES = frozenset(
    [
        "xlsx",
        "institut",
        "test",
        "dsi",
        "wi",
        "fi",
        "incident",
        "ticket",
        "aide",
        "offre",
        "example",
        "org",
        "mail",
        "wifi",
        "spark",
        "score",
        "report",
        "quarter",
        "day",
        "time",
        "pdf",
        "csv",
        "png",
        "svg",
        "powerpoint",
        "sha",
        "ics",
        "yaml",
        "md",
        "answers",
        "our",
        "customer",
        "commitments",
        "decisions",
        "https",
        "http",
        "portal",
    ]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pseudo")
    program, project = program_in_pseudo_language(folder), project_in_pseudo_language(folder / "project")
    command = [
        sys.executable,
        "-m",
        "comptoir",
        "build",
        str(project),
        "--today",
        "2026-10-15",
        "--jobs",
        "1",
    ]
    run = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(program)}, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "site"


class _Said(HTMLParser):
    """Collects what a reader of a page sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unsaid += tag in _NOT_SAID
        self.texts += [
            text for name, text in attrs if text and (name in _SAID_BY or name.startswith("data-o"))
        ]

    def handle_endtag(self, tag: str) -> None:
        self.unsaid -= tag in _NOT_SAID

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.texts.append(data)


def _babel_words() -> frozenset[str]:
    """The words that Babel itself says in the language: months, days, quarters, units, lists."""
    locale = Locale.parse(CODE)
    names = [
        *(name for kind in locale.months.values() for width in kind.values() for name in width.values()),
        *(name for kind in locale.days.values() for width in kind.values() for name in width.values()),
        *(name for kind in locale.quarters.values() for width in kind.values() for name in width.values()),
        *(pattern for patterns in locale.list_patterns.values() for pattern in patterns.values()),
        "kB MB",
    ]
    return frozenset(word.lower() for name in names for word in _WORD.findall(name))


def _left(texts: Iterator[str]) -> list[str]:
    """The words that are of no message, with what they stand in."""
    known = _NAMES | _babel_words()
    return sorted(
        {
            f"{word} in {text.strip()[:100]!r}"
            for text in texts
            for word in _WORD.findall(text)
            if not word.lower().startswith(MARK) and word.lower() not in known
        }
    )


def test_pages_say_nothing_but_messages(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20

    def texts() -> Iterator[str]:
        for page in pages:
            said = _Said()
            said.feed(page.read_text("utf-8"))
            yield from said.texts

    assert sum(MARK in text for text in texts()) > 1_000
    assert _left(texts()) == []


def test_printed_files_say_nothing_but_messages(site: Path) -> None:
    files = sorted(site.rglob("*.pdf"))
    assert files
    # A word that is cut at the end of a line is joined again before it is read.
    texts = (
        re.sub(r"[-\u00ad‐]\n", "", page.extract_text()) for file in files for page in PdfReader(file).pages
    )
    lines = [line for text in texts for line in text.splitlines()]
    assert sum(MARK in line for line in lines) > 200
    assert _left(line for line in lines if not line.startswith("comptoir explain ")) == []


def test_slides_say_nothing_but_messages(site: Path) -> None:
    def texts() -> Iterator[str]:
        for file in sorted(site.rglob("*.pptx")):
            for slide in Presentation(str(file)).slides:
                for shape in slide.shapes:
                    if shape.has_text_frame:
                        yield shape.text_frame.text
                    if shape.has_table:
                        yield from (cell.text for row in shape.table.rows for cell in row.cells)

    assert any(MARK in text for text in texts())
    assert _left(texts()) == []


def test_headings_of_data_say_nothing_but_messages(site: Path) -> None:
    files = sorted((site / "charts").rglob("*.csv"))
    assert files
    heads = [next(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";")) for file in files]
    assert _left(iter(name for head in heads for name in head)) == []


def test_marks_leave_what_is_filled_in() -> None:
    assert (
        marked("%(n)s sur {total} <b>au plus</b>") == f"%(n)s {MARK}sur {{total}} <b>{MARK}au {MARK}plus</b>"
    )
