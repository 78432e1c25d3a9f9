"""What of a report can be explained, besides indicators: names, what they narrow to, and the sections that show them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from comptoir.explain.complaints import COMPLAINTS, explain_complaints
from comptoir.explain.counted import CATALOGUE, explain_catalogue
from comptoir.explain.effects import EFFECTS, explain_effects
from comptoir.explain.material import Material, Told
from comptoir.explain.offers import COVERAGE, WATERMELONS, explain_coverage, explain_watermelons
from comptoir.explain.results import FACTS, MISSES, RESULTS, explain_facts, explain_misses, explain_results
from comptoir.explain.risks import AT_RISK, QUADRANT, explain_at_risk, explain_quadrant
from comptoir.explain.stays import ACCOUNTS, RETENTION, explain_accounts, explain_retention
from comptoir.explain.weights import ABC, RFM, explain_abc, explain_rfm
from comptoir.explain.worths import DIVERGENCE, VALUE, explain_divergence, explain_value
from comptoir.measure.types import EVERYTHING, Scope

PREFIX: Final = "report:"
"""Before the name of an analysis that an indicator of the project has too."""

OPENING: Final = "opening"
"""The head of the report, which has no section: its tiles and facts."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to explain: its name, what it is, what it can be narrowed to, and the sections of the report on it."""

    name: str
    title: str
    explain: Callable[[Material], Told]
    narrows: tuple[str, ...]
    sections: tuple[str, ...]


_CLIENTS: Final = ("segment", "client")

TOPICS: Final = (
    Topic(
        "results",
        RESULTS,
        explain_results,
        _CLIENTS,
        (
            OPENING,
            *("coverage", "arrivals", "contacts", "changes", "control-levels", "control-satisfaction"),
            *("control-requests", "control-complaints", "control-calls"),
            *("last-commitments", "our-commitments"),
        ),
    ),
    Topic("facts", FACTS, explain_facts, _CLIENTS, (OPENING,)),
    Topic("misses", MISSES, explain_misses, _CLIENTS, ("misses",)),
    Topic(
        "catalogue",
        CATALOGUE,
        explain_catalogue,
        _CLIENTS,
        (
            *("population", "arrivals", "partner-agreements", "priorities", "needs", "lifecycle", "contacts"),
            *("events", "actions", "past-actions", "coming-actions", "last-commitments"),
            *("decisions", "our-commitments", "customer-commitments"),
        ),
    ),
    Topic("abc", ABC, explain_abc, _CLIENTS, ("abc",)),
    Topic("client-value", VALUE, explain_value, _CLIENTS, ("client-value",)),
    Topic("divergence", DIVERGENCE, explain_divergence, _CLIENTS, ("divergence",)),
    Topic("rfm", RFM, explain_rfm, _CLIENTS, ("rfm",)),
    Topic("retention", RETENTION, explain_retention, ("service", *_CLIENTS), ("cohorts",)),
    Topic("accounts", ACCOUNTS, explain_accounts, _CLIENTS, ("accounts",)),
    Topic("at-risk", AT_RISK, explain_at_risk, _CLIENTS, ("at-risk",)),
    Topic("coverage-advice", COVERAGE, explain_coverage, ("service",), ("coverage-advice", "coverage")),
    Topic("watermelons", WATERMELONS, explain_watermelons, ("service", "segment"), ("watermelons",)),
    Topic("quadrant", QUADRANT, explain_quadrant, _CLIENTS, ("quadrant",)),
    Topic("complaints", COMPLAINTS, explain_complaints, ("service", *_CLIENTS), ("complaint-register",)),
    Topic(
        "effects",
        EFFECTS,
        explain_effects,
        ("service", "segment"),
        ("actions", "past-actions", "coming-actions"),
    ),
)
TOPIC_BY_NAME: Final = {topic.name: topic for topic in TOPICS}


def topics_of(section: str, scope: Scope = EVERYTHING) -> tuple[Topic, ...]:
    """The topics that explain the numbers of a section, in the report about everything or about `scope`."""
    asked = [kind for kind in ("service", "segment", "client") if getattr(scope, kind)]
    return tuple(
        topic
        for topic in TOPICS
        if section in topic.sections and all(kind in topic.narrows for kind in asked)
    )


def find_topic(name: str, indicators: Collection[str]) -> Topic | None:
    """The topic that `name` calls; None for an indicator, which goes before, and for anything unknown."""
    if name in indicators:
        return None
    return TOPIC_BY_NAME.get(name.removeprefix(PREFIX))


def name_of(topic: Topic, indicators: Collection[str]) -> str:
    """How a topic is called in a project with these indicators."""
    return f"{PREFIX}{topic.name}" if topic.name in indicators else topic.name
