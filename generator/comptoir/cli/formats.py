"""Problems in, text out: for people, for programs, for annotations of a merge request. Does no output itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from comptoir import __version__
from comptoir.problems import Problem, Severity
from comptoir.wording import PROBLEM_LANGUAGE, tell

FORMAT_VERSION: Final = "1.2"
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def told(problem: Problem, language: str) -> Problem:
    """The problem in the words of a language; its rule and its place stay."""
    return replace(problem, message=tell(problem.message, language), hint=tell(problem.hint, language))


def format_text(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """One line a problem, then a line that counts them."""
    return "\n".join([*(str(told(one, language)) for one in problems), summarize(problems, language)])


def format_json(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """A versioned object: `problems`, each with file, line, column, severity, rule, message and hint in English.

    In another language that was asked for, also with `told` and `told_hint`.
    """
    return json.dumps(
        {
            "version": FORMAT_VERSION,
            "language": language,
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
                    **_also(problem, language),
                }
                for problem in problems
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _also(problem: Problem, language: str) -> dict[str, str]:
    if language == PROBLEM_LANGUAGE:
        return {}
    said = told(problem, language)
    return {"told": said.message, "told_hint": said.hint}


def _sentence(problem: Problem, language: str) -> str:
    """The message with its hint."""
    said = told(problem, language)
    return f"{said.message} ({said.hint})" if said.hint else said.message


def format_github(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """Workflow commands that a forge shows beside the lines; then the count."""
    lines = []
    for problem in problems:
        place = problem.location
        properties = f"file={_property(place.file)},line={place.line},col={place.column},title={_property(problem.rule)}"
        lines.append(f"::{problem.severity} {properties}::{_data(_sentence(problem, language))}")
    return "\n".join([*lines, summarize(problems, language)])


def format_code_quality(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """GitLab's Code Quality report: a list of issues with a fingerprint, a severity, a file and a line."""
    severities = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
    issues = [
        {
            "description": _sentence(problem, language),
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


def format_sarif(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """SARIF 2.1.0, as code scanning of forges reads it."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
    results = [
        {
            "ruleId": problem.rule,
            "level": levels[problem.severity],
            "message": {"text": _sentence(problem, language)},
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


def summarize(problems: Sequence[Problem], language: str = PROBLEM_LANGUAGE) -> str:
    """`2 errors and 1 warning in 3 files`, or that all is well; notices are nothing to mend."""
    problems = [problem for problem in problems if problem.severity is not Severity.NOTICE]
    if not problems:
        return tell("No problems.", language)
    counts = [
        f"{count} {word}{'s' if count > 1 else ''}"
        for word, severity in (("error", Severity.ERROR), ("warning", Severity.WARNING))
        if (count := _count(problems, severity))
    ]
    files = len({problem.location.file for problem in problems})
    return tell(f"{' and '.join(counts)} in {files} file{'s' if files > 1 else ''}.", language)


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[Mapping[str, Callable[[Sequence[Problem], str], str]]] = MappingProxyType(
    {
        "text": format_text,
        "json": format_json,
        "github": format_github,
        "code-quality": format_code_quality,
        "sarif": format_sarif,
    }
)
