"""Places: a path in, the line and column of what stands there out."""

from __future__ import annotations

import pytest

from comptoir.problems import Location
from comptoir.sources.nodes import Document
from comptoir.sources.yaml_reader import read_document

CONTENT = b"""\
name: {fr: Un, en: One}
list:
  - id: a
    text: |
      one [x](y)
      two [x](y) [x](y)
folded: >
  a
  [x](y)
quoted: "z [x](y)"
"""


@pytest.fixture
def document() -> Document:
    document, _ = read_document(CONTENT, "f.yaml")
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("name",), 1, 7),
        (("name", "en"), 1, 20),
        (("name", "de"), 1, 7),  # not there: the nearest that is
        (("list", 0, "id"), 3, 9),
        (("list", 7, "id"), 3, 3),
        (("nothing", "at", "all"), 1, 1),
        (("quoted", "inside", 0), 10, 9),
    ],
)
def test_value(document: Document, path: tuple[str | int, ...], line: int, column: int) -> None:
    assert document.locate(path) == Location("f.yaml", line, column)


def test_key(document: Document) -> None:
    assert document.locate(("list", 0, "text"), key=True) == Location("f.yaml", 4, 5)


@pytest.mark.parametrize(
    ("path", "occurrence", "line", "column"),
    [
        (("list", 0, "text"), 0, 5, 15),
        (("list", 0, "text"), 1, 6, 15),
        (("list", 0, "text"), 2, 6, 22),
        (("list", 0, "text"), 3, 4, 11),  # not that often: the text itself
        (("folded",), 0, 9, 7),
        (("quoted",), 0, 10, 16),
        (("name",), 0, 1, 7),  # not a text
    ],
)
def test_inside_a_text(
    document: Document, path: tuple[str | int, ...], occurrence: int, line: int, column: int
) -> None:
    assert document.locate_inside(path, "y)", occurrence) == Location("f.yaml", line, column)
