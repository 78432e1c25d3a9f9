"""Whatever is named must exist: services, families, segments, clients, partners, calendars, agreements, needs,
pictograms and terms of the glossary. Nothing is related to itself.

What is declared in a file that has problems of its own counts as existing: one fault gives one problem.

Passes::

    # catalogue/services/mail.yaml
    related: [wifi]

Fails::

    # catalogue/services/mail.yaml
    related: [wify]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final

from comptoir.model.base import Located, Reference
from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import Fragment, ValuePath
from comptoir.model.names import nearest_name
from comptoir.model.ready_made import ready_made_definitions
from comptoir.model.walk import walk
from comptoir.problems import Problem, suggest

RULE: Final = "reference"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """References to what does not exist, and services related to themselves."""
    known: Mapping[str, frozenset[str]] = {**catalogue.declared, "pictogram": catalogue.pictograms}
    for owner, path, reference, name in _references(catalogue):
        names = known.get(reference.kind)
        if names is not None and name not in names:
            message = f"unknown {reference.kind} '{name}'"
            yield Problem(owner.locate(*path), RULE, message, _hint(catalogue, reference.kind, name, names))
    yield from _check_terms(catalogue)
    for service in catalogue.services.values():
        for index, name in enumerate(service.related):
            if name == service.id:
                message = f"the service '{name}' is related to itself"
                yield Problem(service.locate("related", index), RULE, message)


def _hint(catalogue: Catalogue, kind: str, name: str, names: frozenset[str]) -> str:
    """The nearest name; for an indicator also one that ships and is not used yet; for a pictogram where the list is."""
    hint = nearest_name(catalogue, kind, name, names)
    if kind == "indicator" and not hint.startswith("did you mean"):
        ready_made = ready_made_definitions()
        if name in ready_made:
            return (
                f"it ships ready-made: write indicators/definitions/{name}.yaml with the line 'use: {name}'"
            )
        return suggest(name, ready_made) or hint
    if kind == "pictogram" and not hint:
        nearest = ", ".join(get_close_matches(name, sorted(names), n=3, cutoff=0))
        return f"nearest: {nearest}; editors propose all {len(names)}, and docs/reference/pictograms.md shows them"
    return hint


def _references(catalogue: Catalogue) -> Iterator[tuple[Located | Fragment, ValuePath, Reference, str]]:
    """Every reference, in what was decoded and in what has mistakes of form elsewhere."""
    for owner in catalogue.parts():
        for path, reference, name in walk(owner, Reference):
            yield owner, path, reference, name
    for fragment in catalogue.undecoded:
        for path, reference, name in fragment.walk(Reference):
            if isinstance(name, str):
                yield fragment, path, reference, name


def _check_terms(catalogue: Catalogue) -> Iterator[Problem]:
    names = catalogue.declared.get("term", frozenset())
    for term in catalogue.glossary.values():
        for index, name in enumerate(term.see):
            if name not in names:
                message = f"unknown term '{name}'"
                yield Problem(term.locate("see", index), RULE, message, suggest(name, names))
