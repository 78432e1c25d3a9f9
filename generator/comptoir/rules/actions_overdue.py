"""An action is done, moved or dropped by the day that it is due, and what became of a commitment is said by its day (a warning
once that day has passed).

Passes::

    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      due: 2026-12-18
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}

Fails::

    # segments/actions.yaml
    - id: visits
      name: {fr: Visites, en: Visits}
      lever: relationship
      status: in-progress
      owner: {fr: Responsable, en: Manager}
      due: 2026-06-30
      expected_effect: {fr: Mieux se connaître., en: Know each other better.}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, Severity

RULE: Final = "action-overdue"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Actions that were due before `today` and are neither done nor cancelled, and commitments that are still open."""
    for action in catalogue.actions.values():
        if action.is_overdue(today):
            message = f"this action was due on {action.due} and is still '{action.status}'"
            hint = "write the day in 'done', another day in 'due', or 'status: cancelled'"
            yield Problem(action.locate("due"), RULE, message, hint, Severity.WARNING)
    for report in catalogue.reports.values():
        for key in ("our_commitments", "customer_commitments"):
            for index, commitment in enumerate(getattr(report.front, key)):
                if commitment.is_overdue(today):
                    message = (
                        f"this commitment was due on {commitment.due}, and nothing says what became of it"
                    )
                    hint = "write 'status: kept', 'partly' or 'not-kept', and 'outcome'"
                    where = report.front.locate(key, index, "due")
                    yield Problem(where, RULE, message, hint, Severity.WARNING)
