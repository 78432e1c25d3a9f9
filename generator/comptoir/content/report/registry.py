"""Who makes the sections of each chapter, in the order in which they stand: add a section by adding its maker here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.content.report.account_sections import accounts
from comptoir.content.report.adapt import lifecycle, needs, offers, priorities
from comptoir.content.report.closing import closing
from comptoir.content.report.control import CONTROL_MAKERS
from comptoir.content.report.evolve import (
    changes,
    customer_commitments,
    decisions,
    last_commitments,
    our_commitments,
)
from comptoir.content.report.favour import contacts, events
from comptoir.content.report.identify import arrivals, coverage, partners, population
from comptoir.content.report.left_section import what_is_left
from comptoir.content.report.loyalty_sections import abc, cohorts, divergence, rfm, value
from comptoir.content.report.misses_section import misses
from comptoir.content.report.relation_sections import actions_by_lever, coming_actions, past_actions
from comptoir.content.report.risk_sections import at_risk, coverage_advice, quadrant, watermelons
from comptoir.content.report.sections import Chapter, SectionMaker, SectionPlace

PLACES: Final[Mapping[str, SectionPlace]] = MappingProxyType(
    {
        **dict.fromkeys(("decisions", "last-commitments", "misses"), SectionPlace.OPENING),
        **dict.fromkeys(
            (
                *("coverage", "coverage-advice", "abc", "client-value", "divergence", "rfm", "cohorts"),
                *("accounts", "quadrant", "complaint-register"),
            ),
            SectionPlace.APART,
        ),
    }
)
"""The sections that are not shown with their chapter, by their identifier."""

LOYALTY_MAKERS: Final[tuple[SectionMaker, ...]] = (abc, value, divergence, rfm, cohorts, accounts)

MAKERS: Final[Mapping[Chapter, tuple[SectionMaker, ...]]] = MappingProxyType(
    {
        Chapter.IDENTIFY: (population, coverage, arrivals, partners, *LOYALTY_MAKERS),
        Chapter.ADAPT: (priorities, needs, offers, lifecycle),
        Chapter.FAVOUR: (actions_by_lever, contacts, events, at_risk),
        Chapter.CONTROL: (misses, *CONTROL_MAKERS, what_is_left, coverage_advice, watermelons),
        Chapter.EVOLVE: (
            past_actions,
            last_commitments,
            changes,
            quadrant,
            decisions,
            our_commitments,
            customer_commitments,
            coming_actions,
        ),
    }
)

ANNEX_MAKERS: Final[tuple[SectionMaker, ...]] = (closing,)
"""Sections of the annex, before the definitions."""
