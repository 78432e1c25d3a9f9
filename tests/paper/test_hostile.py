"""Every text of a project written to be taken for code: all of them are printed as written, whatever shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pytest
import yaml
from pptx import Presentation

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.paper.project import PrintedProject
from comptoir.paper.types import Printed
from comptoir.problems import errors
from comptoir.products import PRODUCTS
from tests.conftest import CASES
from tests.content.measured import results
from tests.paper.pressing import print_all, text_of

# 48 letters at most, as a name: code, mathematics, marks, a reference, a label, a backslash, an emoji, a letter with its
# accent apart, one that is written from right to left.
BASE = CASES / "base"
HOSTILE = '#x("/a") $y$ *b* _c_ @d <e> C:\\n `g` 😀 e\u0301 ש'


def hostile(node: Any) -> Any:
    """The YAML with these words for every text that has languages."""
    if isinstance(node, dict):
        if node and set(node) <= {"fr", "en"} and all(isinstance(text, str) for text in node.values()):
            return dict.fromkeys(node, HOSTILE)
        return {key: hostile(value) for key, value in node.items()}
    return [hostile(value) for value in node] if isinstance(node, list) else node


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PrintedProject:
    folder = tmp_path_factory.mktemp("hostile")
    project = folder / "project"
    for file in sorted(BASE.rglob("*")):
        copy = project / file.relative_to(BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".yaml":
            content = hostile(yaml.safe_load(file.read_text("utf-8")))
            copy.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
        elif file.is_file():
            copy.write_bytes(file.read_bytes())
    catalogue, problems = check_project(project, date(2026, 10, 15))
    assert errors(problems) == ()
    measured = replace(results(), is_narrowest=True)
    return print_all(for_audience(catalogue, "management"), folder, measured)


def words_of(file: Printed) -> str:
    """The words of a PDF or of a deck, without blanks."""
    if file.path.endswith(".pdf"):
        words = text_of(file.content)
    else:
        slides = Presentation(BytesIO(file.content)).slides
        frames = (shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
        words = " ".join(frames)
    return bare(words)


def bare(words: str) -> str:
    """Words without blanks; a font may hold a letter and its accent as one."""
    return normalize("NFC", "".join(words.split()))


def test_every_text_comes_out_as_written(printed: PrintedProject) -> None:
    assert printed.problems == ()
    assert {file.kind for file in printed.files} >= {product.kind for product in PRODUCTS}
    wanted = bare(HOSTILE)
    counts = {
        file.path.removeprefix("downloads/"): words_of(file).count(wanted)
        for file in printed.in_language("fr")
        if file.path.endswith((".pdf", ".pptx"))
    }
    assert counts == {
        "sheets/mail.pdf": 9,
        "sheets/wifi.pdf": 8,
        "catalogue.pdf": 37,
        "poster-a2.pdf": 8,
        "cover-a3.pdf": 3,
        "leaflet.pdf": 8,
        "reports/2026-Q3.pdf": 16,
        "reports/2026-Q3-segment-researchers.pdf": 14,
        "reports/2026-Q3-account-segment-researchers.pdf": 14,
        "slides.pptx": 20,
    }


def test_both_languages_show_as_many(printed: PrintedProject) -> None:
    wanted = bare(HOSTILE)
    french, english = (
        [words_of(file).count(wanted) for file in printed.in_language(code) if file.path.endswith(".pdf")]
        for code in ("fr", "en")
    )
    assert french == english
