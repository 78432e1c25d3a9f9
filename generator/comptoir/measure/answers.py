"""Answers against the register: a catalogue and what was observed in; each answer to a complaint that is not there, out."""

from __future__ import annotations

from collections.abc import Iterator

from comptoir.measure.observations import Observations
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, Severity, suggest

RULE = "answer-unknown"


def check_answers(catalogue: Catalogue, observations: Observations) -> Iterator[Problem]:
    """Warnings, since the register may have lost old complaints; none where no request was read at all."""
    if observations.requests_until is None:
        return
    numbers = [row.id for row in observations.complaints]
    for answer in catalogue.answers.values():
        if answer.complaint not in numbers:
            message = f"there is no complaint '{answer.complaint}' in the register"
            hint = suggest(answer.complaint, numbers) or "its number is that of the source of requests"
            yield Problem(answer.locate("complaint"), RULE, message, hint, Severity.WARNING)
