"""Rules: a catalogue and a day in, problems out; one rule that looks across files in each module.

A rule's docstring is its documentation, with a snippet that passes and one that fails; both are tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, sort_problems
from comptoir.rules import (
    action_dates,
    action_effects,
    actions_overdue,
    agreement_kinds,
    agreement_validity,
    answers,
    audiences,
    benefits,
    chart_looks,
    citations,
    composed_availability,
    contrast,
    cycles,
    drawings,
    duplicates,
    lifecycle,
    links,
    names,
    opening_hours,
    own_fields,
    pictures,
    project_files,
    raw_html,
    references,
    reviews,
    searches,
    short_names,
    sources,
    stricter,
    target_scales,
    target_validity,
    text_length,
    translations,
)

Check = Callable[[Catalogue, date], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the name that its problems carry, its function, and what its module says of it."""

    name: str
    check: Check
    documentation: str


RULES: Final = tuple(
    Rule(module.RULE, module.check, module.__doc__ or "")
    for module in (
        references,
        audiences,
        project_files,
        pictures,
        translations,
        text_length,
        duplicates,
        names,
        short_names,
        cycles,
        agreement_kinds,
        stricter,
        composed_availability,
        target_validity,
        target_scales,
        agreement_validity,
        contrast,
        lifecycle,
        reviews,
        benefits,
        searches,
        links,
        raw_html,
        drawings,
        chart_looks,
        opening_hours,
        sources,
        own_fields,
        action_dates,
        actions_overdue,
        action_effects,
        answers,
        citations,
    )
)


def check_catalogue(catalogue: Catalogue, today: date) -> tuple[Problem, ...]:
    """Every problem that the rules find in `catalogue` on `today`, in the order of places."""
    return sort_problems(problem for rule in RULES for problem in rule.check(catalogue, today))
