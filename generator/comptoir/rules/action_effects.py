"""The effect of an action can be measured: its indicator is measured for what it names, and should go the right way
(a warning when it goes the other one).

Passes::

    # indicators/definitions/satisfaction.yaml
    use: satisfaction
    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      due: 2026-12-18
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}
      effect: {indicator: satisfaction, service: mail, from: 4.0, to: 4.2}

Fails::

    # indicators/definitions/satisfaction.yaml
    use: satisfaction
    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      due: 2026-12-18
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}
      effect: {indicator: satisfaction, client: physics, from: 4.0, to: 4.2}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.customers import Action, Effect
from comptoir.model.metrics import Dimension, Indicator
from comptoir.model.terms import Direction
from comptoir.problems import Problem, Severity

RULE: Final = "action-effect"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Effects of what is not measured, or that go the wrong way; an unknown indicator is another rule's."""
    for action in catalogue.actions.values():
        effect = action.effect
        indicator = catalogue.indicators.get(effect.indicator) if effect else None
        if effect is not None and indicator is not None:
            yield from _check_scope(action, effect, indicator)
            yield from _check_way(action, effect, indicator)


def _check_scope(action: Action, effect: Effect, indicator: Indicator) -> Iterator[Problem]:
    named = [dimension for dimension in Dimension if getattr(effect, dimension.value) is not None]
    for dimension in named:
        if dimension not in indicator.by:
            message = f"the indicator '{indicator.id}' is not measured by {dimension}"
            hint = "it is measured by " + ", ".join(indicator.by) if indicator.by else "name none"
            yield Problem(action.locate("effect", dimension.value), RULE, message, hint)
    if Dimension.CLIENT in named and len(named) > 1:
        message = "a client is measured alone, not together with a service or a segment"
        yield Problem(action.locate("effect", "client"), RULE, message, "name the client only")


def _check_way(action: Action, effect: Effect, indicator: Indicator) -> Iterator[Problem]:
    rises = effect.to > effect.before
    if indicator.direction is not Direction.NEITHER and rises is not (
        indicator.direction is Direction.HIGHER
    ):
        message = f"the effect would make '{indicator.id}' worse: {indicator.direction} is better"
        hint = "'from' is the value before the action, 'to' the one after it"
        yield Problem(action.locate("effect", "to"), RULE, message, hint, Severity.WARNING)
