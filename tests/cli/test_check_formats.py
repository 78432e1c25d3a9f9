"""Problems for the reports of forges."""

from __future__ import annotations

import json

from comptoir.cli.formats import format_code_quality, format_sarif
from comptoir.problems import Location, Problem, Severity

PROBLEMS = (
    Problem(Location("catalogue/services/a b.yaml", 3, 7), "reference", "unknown service 'x'", "did you mean 'y'?"),
    Problem(Location("catalogue/services/a b.yaml", 9, 1), "reference", "unknown service 'x'", "did you mean 'y'?"),
    Problem(Location("mkdocs.yml", 1, 1), "notice-rule", "say", severity=Severity.NOTICE),
)  # fmt: skip


def test_code_quality() -> None:
    issues = json.loads(format_code_quality(PROBLEMS))
    assert [issue["severity"] for issue in issues] == ["major", "major", "info"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[0]["location"] == {"path": "catalogue/services/a b.yaml", "lines": {"begin": 3}}
    moved = (
        Problem(
            Location("catalogue/services/a b.yaml", 5, 7),
            *("reference", "unknown service 'x'", "did you mean 'y'?"),
        ),
    )
    assert json.loads(format_code_quality(moved))[0]["fingerprint"] == issues[0]["fingerprint"]
    assert json.loads(format_code_quality(())) == []


def test_sarif() -> None:
    run = json.loads(format_sarif(PROBLEMS))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "error", "note"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "catalogue/services/a%20b.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"reference", "notice-rule"}
