"""The scorecard of services: the levels of catalogue/scorecard.yaml, each with what a service must have for it."""

from __future__ import annotations

from pydantic import Field

from comptoir.model.base import Entity, Line, Name
from comptoir.model.terms import ScorecardCheck


class ScorecardLevel(Entity):
    """An item of catalogue/scorecard.yaml; a service has a level when it has what this one and those before it need."""

    name: Name
    summary: Line | None = Field(default=None, description="What the level says of a service.")
    needs: tuple[ScorecardCheck, ...] = Field(min_length=1, description="What a service must have.")
