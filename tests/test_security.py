"""The promises of docs/security.md: each is held by tests that exist under the name that it gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
TEXT: Final = (ROOT / "docs" / "security.md").read_text()


def named() -> list[tuple[str, str]]:
    """The file and the name of each test that the document names; '::test' stands in the file named before it."""
    found, file = [], ""
    for path, test in re.findall(r"`(tests/[\w/.]+)?::(test_\w+)`", TEXT):
        file = path or file
        found.append((file, test))
    return found


def test_every_test_that_is_named_exists() -> None:
    assert len(named()) > 40
    for file in {file for file, _ in named()}:
        tree = ast.parse((ROOT / file).read_text())
        known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert {test for path, test in named() if path == file} <= known, file


def test_every_promise_names_a_test() -> None:
    promises = TEXT.partition("## Promises")[2].partition("## Not promised")[0]
    rows = [
        line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| Promise")
    ]
    assert len(rows) > 20
    assert [row for row in rows if "::test_" not in row] == []
