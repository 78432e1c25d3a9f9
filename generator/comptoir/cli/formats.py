"""Problems in, text out: for people, for programs, for annotations of a merge request. Does no output itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from comptoir import __version__
from comptoir.problems import Problem, Severity

FORMAT_VERSION: Final = "1.1"
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def format_text(problems: Sequence[Problem]) -> str:
    """One line a problem, then a line that counts them."""
    return "\n".join([*(str(problem) for problem in problems), summarize(problems)])


def format_json(problems: Sequence[Problem]) -> str:
    """A versioned object: `problems`, each with file, line, column, severity, rule, message, hint."""
    return json.dumps(
        {
            "version": FORMAT_VERSION,
            "errors": _count(problems, Severity.ERROR),
            "warnings": _count(problems, Severity.WARNING),
            "notices": _count(problems, Severity.NOTICE),
            "problems": [
                {
                    "file": problem.location.file,
                    "line": problem.location.line,
                    "column": problem.location.column,
                    "severity": problem.severity,
                    "rule": problem.rule,
                    "message": problem.message,
                    "hint": problem.hint,
                }
                for problem in problems
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def format_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that a forge shows beside the lines; then the count."""
    lines = []
    for problem in problems:
        place = problem.location
        properties = f"file={_property(place.file)},line={place.line},col={place.column},title={_property(problem.rule)}"
        hint = f" ({problem.hint})" if problem.hint else ""
        lines.append(f"::{problem.severity} {properties}::{_data(problem.message + hint)}")
    return "\n".join([*lines, summarize(problems)])


def format_code_quality(problems: Sequence[Problem]) -> str:
    """GitLab's Code Quality report: a list of issues with a fingerprint, a severity, a file and a line."""
    severities = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
    issues = [
        {
            "description": f"{problem.message} ({problem.hint})" if problem.hint else problem.message,
            "check_name": problem.rule,
            "fingerprint": hashlib.sha256(
                f"{problem.location.file}\0{problem.rule}\0{problem.message}\0{n}".encode()
            ).hexdigest(),
            "severity": severities[problem.severity],
            "location": {"path": problem.location.file, "lines": {"begin": problem.location.line}},
        }
        for problem, n in _numbered(problems)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2)


def _numbered(problems: Sequence[Problem]) -> Iterator[tuple[Problem, int]]:
    """Each problem with the number of those before it that say the same of the same file: lines move, it does not."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        key = (problem.location.file, problem.rule, problem.message)
        yield problem, seen[key]
        seen[key] += 1


def format_sarif(problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0, as code scanning of forges reads it."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
    results = [
        {
            "ruleId": problem.rule,
            "level": levels[problem.severity],
            "message": {"text": f"{problem.message} ({problem.hint})" if problem.hint else problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(problem.location.file)},
                        "region": {
                            "startLine": problem.location.line,
                            "startColumn": problem.location.column,
                        },
                    }
                }
            ],
        }
        for problem in problems
    ]
    rules = [{"id": rule} for rule in sorted({problem.rule for problem in problems})]
    tool = {"driver": {"name": "Comptoir", "version": __version__, "rules": rules}}
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def summarize(problems: Sequence[Problem]) -> str:
    """`2 errors and 1 warning in 3 files`, or that all is well; notices are nothing to mend."""
    problems = [problem for problem in problems if problem.severity is not Severity.NOTICE]
    if not problems:
        return "No problems."
    counts = [
        f"{count} {word}{'s' if count > 1 else ''}"
        for word, severity in (("error", Severity.ERROR), ("warning", Severity.WARNING))
        if (count := _count(problems, severity))
    ]
    files = len({problem.location.file for problem in problems})
    return f"{' and '.join(counts)} in {files} file{'s' if files > 1 else ''}."


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[Mapping[str, Callable[[Sequence[Problem]], str]]] = MappingProxyType(
    {
        "text": format_text,
        "json": format_json,
        "github": format_github,
        "code-quality": format_code_quality,
        "sarif": format_sarif,
    }
)
