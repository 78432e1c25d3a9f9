"""The days of an action follow each other: it is due after it starts, and is not done before it starts nor in the future.

Passes::

    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      start: 2026-07-01
      due: 2026-12-18
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}

Fails::

    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      start: 2027-01-18
      due: 2026-12-18
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.customers import Action
from comptoir.problems import Problem

RULE: Final = "action-dates"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Actions whose days contradict each other, or that were done tomorrow."""
    for action in catalogue.actions.values():
        yield from _check_action(action, today)


def _check_action(action: Action, today: date) -> Iterator[Problem]:
    if action.start is not None and action.due < action.start:
        message = f"the action is due on {action.due}, before it starts on {action.start}"
        yield Problem(action.locate("due"), RULE, message)
    if action.done is None:
        return
    if action.start is not None and action.done < action.start:
        message = f"the action was done on {action.done}, before it starts on {action.start}"
        yield Problem(action.locate("done"), RULE, message)
    elif action.done > today:
        message = f"the action is done on {action.done}, which is still to come"
        hint = "write 'status: in-progress' and leave 'done' out"
        yield Problem(action.locate("done"), RULE, message, hint)
