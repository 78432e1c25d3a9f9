"""What `comptoir explain` tells, read back from its JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comptoir.cli import main


@dataclass(frozen=True)
class Told:
    """The JSON of an explanation, and how its parts are found."""

    data: dict[str, Any]

    def step(self, name: str) -> Any:
        """The value of a step."""
        (found,) = [step["value"] for step in self.data["steps"] if step["name"] == name]
        return found

    def table(self, title: str) -> list[dict[str, Any]]:
        """The rows of a table, by name of column."""
        (found,) = [table for table in self.data["tables"] if table["title"] == title]
        names = [column["name"] for column in found["columns"]]
        return [dict(zip(names, row, strict=True)) for row in found["rows"]]

    def setting(self, key: str) -> tuple[str, str]:
        """The value of a setting, and its place."""
        (found,) = [(one["value"], one["place"]) for one in self.data["settings"] if one["key"] == key]
        return found


def explain(
    capsys: pytest.CaptureFixture[str], project: Path, name: str, *options: str, code: int = 0
) -> Told:
    """The JSON that the command writes."""
    arguments = ["explain", name, str(project), *options, "--today", "2026-10-15", "--format", "json"]
    assert main(arguments) == code
    return Told(json.loads(capsys.readouterr().out))
