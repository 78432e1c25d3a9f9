"""The installed command in a process of its own, and folders by their content."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from comptoir.publish.stage import read_tree

Result = subprocess.CompletedProcess[str]


def comptoir(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    """Runs `comptoir` and gives its exit code and what it said."""
    return subprocess.run(
        [sys.executable, "-m", "comptoir", *map(str, arguments)],
        env={**os.environ, "NO_COLOR": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def build(project: Path, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    """Runs `comptoir build` on the day of the tests."""
    return comptoir("build", project, "--today", "2026-10-15", *arguments, env=env)


def built(project: Path, *arguments: str | Path, env: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Builds, which must succeed, and gives the files of the site."""
    result = build(project, *arguments, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return read_tree(project / "site")
