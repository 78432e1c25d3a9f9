"""A name of the files of data stands for one thing: the codes, aliases and former identifiers of services, segments,
clients and partners, and the pairs of indicators/names.csv, are nobody else's name of the same kind, whatever their
capitals and spaces. What a pair stands for is in the catalogue.

Passes::

    # catalogue/services/mail.yaml
    aliases: [MSG-01]
    # catalogue/services/wifi.yaml
    aliases: [NET-07]

Fails::

    # catalogue/services/mail.yaml
    aliases: [MSG-01]
    # catalogue/services/wifi.yaml
    aliases: [msg-01]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.names import Spelling, spellings_of
from comptoir.problems import Problem, suggest
from comptoir.sources.name_pairs import NAMED_KINDS

RULE: Final = "names"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Names that stand for two things, told wherever they are written; pairs of what does not exist."""
    for kind in NAMED_KINDS:
        for spellings in spellings_of(catalogue, kind).values():
            if any(one.is_added for one in spellings):
                yield from _contradictions(kind, spellings)
    for pair in catalogue.names:
        known = catalogue.declared.get(pair.kind)
        if known is not None and pair.id not in known:
            yield Problem(pair.location, RULE, f"unknown {pair.kind} '{pair.id}'", suggest(pair.id, known))


def _contradictions(kind: str, spellings: tuple[Spelling, ...]) -> Iterator[Problem]:
    """A problem at each place of a name that stands for several entities of a kind."""
    for one in spellings:
        others = sorted({f"'{other.id}'" for other in spellings if other.id != one.id})
        if others and one.location.file:
            message = f"'{one.name}' also stands for the {kind} {' and '.join(others)}: files of data cannot tell which"
            yield Problem(one.location, RULE, message)
