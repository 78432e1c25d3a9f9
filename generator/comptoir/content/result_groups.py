"""What an indicator is about: its definition and the roles of sources in; the group of results that it belongs to out."""

from __future__ import annotations

from comptoir.analysis.shown import group_of as group_of_role
from comptoir.content.results import Results
from comptoir.model.metrics import Indicator


def group_of(results: Results, indicator: Indicator) -> str:
    """The group of the dashboard: by what the rows are, complaints apart from other requests."""
    return group_of_role(indicator, results.role_of(indicator))
