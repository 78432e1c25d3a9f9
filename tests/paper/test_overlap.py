"""Texts as long as they may be, in every place at once: nothing runs over anything else, nor off the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pypdf import PageObject

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.problems import errors
from tests.conftest import CASES
from tests.content.measured import results
from tests.paper.pressing import print_all, reader

BASE = CASES / "base"
FRENCH = (
    "Accompagnement numérique des laboratoires et des unités de recherche embarquées en mer, avec celles et ceux qui "
    "les font vivre chaque jour, du port au pôle et retour, par tous les temps"
)
LONG_WORDS = (
    "électroencéphalogram internationalisation particularisation désinstitutionnaliser contre-révolutionnaire "
    "anticonstitutionnel hyperréglementation incompréhensibilité"
)  # just short of what may be cut anywhere
UNBROKEN = ("anticonstitutionnellementetcetera" * 3)[:80]
NARROWEST = 0.3  # of its size: no letter of these texts is narrower on the whole
CLOSE = 0.85  # of the smaller size, from one baseline to the next: lines that touch
OF_LENGTH = {"name": 48, "role": 48, "person": 48, "place": 48, "department": 48, "title": 70}


class Words(NamedTuple):
    """Words on one line: where they begin, from the foot of the page, and their size, in points."""

    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """Where they end, at least."""
        return self.x + NARROWEST * self.size * len(self.text)


def lines_of(page: PageObject) -> list[Words]:
    """The words of a page as they are placed."""
    found: list[Words] = []

    def note(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        words = text.replace("\u200b", "").strip()
        if words:
            x = line[4] * page[0] + line[5] * page[2] + page[4]
            y = line[4] * page[1] + line[5] * page[3] + page[5]
            found.append(Words(words, x, y, abs(size * line[3] * page[3])))

    page.extract_text(visitor_text=note)
    return found


def faults(content: bytes) -> Iterator[str]:
    """Words that stand on one another, or off the page."""
    for number, page in enumerate(reader(content).pages, start=1):
        lines = lines_of(page)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        for index, one in enumerate(lines):
            if not (one.x >= 0 and one.end <= width and 0 <= one.y <= height):
                yield f"page {number}: '{one.text}' leaves the page"
            for other in lines[:index]:
                close = abs(one.y - other.y) < CLOSE * min(one.size, other.size)
                if close and min(one.end, other.end) - max(one.x, other.x) > 2:
                    yield f"page {number}: '{one.text}' stands on '{other.text}'"


def filled(node: Any, words: str, key: str = "", length: int = 110) -> Any:
    """The YAML with these words for every text that has languages, as long as its key allows."""
    if isinstance(node, dict):
        if node and set(node) <= {"fr", "en"} and all(isinstance(text, str) for text in node.values()):
            return dict.fromkeys(node, words[: OF_LENGTH.get(key, length)].strip())
        return {key: filled(value, words, key, length) for key, value in node.items()}
    return [filled(value, words, key, length) for value in node] if isinstance(node, list) else node


def write(project: Path, words: str) -> None:
    """The base case with these words everywhere."""
    for file in sorted(BASE.rglob("*")):
        copy = project / file.relative_to(BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".yaml":
            content = filled(yaml.safe_load(file.read_text("utf-8")), words)
            if file.name == "organisation.yaml":
                content["name"] = words[:48].strip()
                content["department"] = words[:48].strip()
            copy.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
        elif file.is_file():
            copy.write_bytes(file.read_bytes())


@pytest.mark.parametrize("words", [FRENCH, LONG_WORDS, UNBROKEN], ids=["french", "long-words", "unbroken"])
def test_nothing_stands_on_anything_else(tmp_path: Path, words: str) -> None:
    write(tmp_path / "project", words)
    catalogue, problems = check_project(tmp_path / "project", date(2026, 10, 15))
    assert errors(problems) == ()
    measured = replace(results(), is_narrowest=True)
    printed = print_all(for_audience(catalogue, "management"), tmp_path, measured)
    assert printed.problems == ()
    wrong = {
        file.path: found
        for file in printed.in_language("fr")
        if file.path.endswith(".pdf") and (found := list(faults(file.content)))
    }
    assert wrong == {}
