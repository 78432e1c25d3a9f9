"""A complaint has one answer: no two items are about the same number.

Passes::

    # segments/answers.yaml
    - {id: wifi-in-the-hall, complaint: T1042}
    - {id: printer-queue, complaint: T1043}

Fails::

    # segments/answers.yaml
    - {id: wifi-in-the-hall, complaint: T1042}
    - {id: printer-queue, complaint: T1042}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem

RULE: Final = "answer-twice"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Complaints that a second item answers."""
    answered: dict[str, str] = {}
    for answer in sorted(catalogue.answers.values(), key=lambda one: one.locate()):
        first = answered.setdefault(answer.complaint, answer.id)
        if first != answer.id:
            message = f"the complaint '{answer.complaint}' is already answered by '{first}'"
            yield Problem(answer.locate("complaint"), RULE, message, "keep one of them")
