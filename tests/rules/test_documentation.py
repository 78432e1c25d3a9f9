"""Each rule's docstring is its documentation, and its two snippets are tests."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

import comptoir.rules
from comptoir.build import check_project
from comptoir.rules import RULES, Rule

from ..conftest import MakeProject

HELPERS = {"__init__", "durations", "promises", "walking"}


def read_snippet(documentation: str, title: str) -> dict[str, object]:
    """The keys, or whole texts, that a snippet sets: file → values."""
    found = re.search(rf"^{title}::\n\n((?:    .*\n|\n)+)", documentation + "\n", re.MULTILINE)
    assert found, f"no snippet '{title}::'"
    files: dict[str, object] = {}
    for name, body in re.findall(r"^# (\S+)\n((?:(?!# ).*\n?)*)", dedent(found.group(1)), re.MULTILINE):
        files[name] = yaml.load(body, yaml.BaseLoader) if name.endswith(".yaml") else body
    return files


def rules_found(rule: Rule, title: str, make_project: MakeProject, today: date) -> set[str]:
    project = make_project(keys=read_snippet(rule.documentation, title))
    _, problems = check_project(project, today)
    return {problem.rule for problem in problems}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_passing_snippet_passes(rule: Rule, make_project: MakeProject, today: date) -> None:
    assert rules_found(rule, "Passes", make_project, today) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_failing_snippet_fails_by_that_rule_alone(
    rule: Rule, make_project: MakeProject, today: date
) -> None:
    assert rules_found(rule, "Fails", make_project, today) == {rule.name}


def test_each_rule_has_a_name_of_its_own_and_begins_with_a_sentence() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert rule.documentation.partition("\n\n")[0].rstrip().endswith((".", ").")), rule.name


def test_each_module_is_in_the_registry() -> None:
    modules = {path.stem for path in Path(comptoir.rules.__file__).parent.glob("*.py")}
    assert len(modules - HELPERS) == len(RULES)
