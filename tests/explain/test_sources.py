"""Where an explanation says that its formula is explained, it is: a guide has that heading."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = re.compile(r'source="(docs/guides/[a-z-]+\.md), ([^;"]+)(?:; (docs/decisions/\d{4}))?"')


def test_every_source_is_a_part_of_a_guide() -> None:
    modules = sorted((ROOT / "generator" / "comptoir" / "explain").glob("*.py"))
    written = [
        line
        for path in modules
        for line in path.read_text("utf-8").splitlines()
        if 'source="' in line and 'source=""' not in line
    ]
    found = [match for line in written if (match := SOURCE.search(line))]
    assert len(found) == len(written) == 16
    for match in found:
        guide, heading, decision = match.groups()
        assert re.search(rf"^## {re.escape(heading)}$", (ROOT / guide).read_text("utf-8"), re.M), match[0]
        assert decision is None or any((ROOT / "docs" / "decisions").glob(f"{Path(decision).name}-*.md")), (
            match[0]
        )
