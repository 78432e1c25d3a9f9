"""What content leads to, without saying where that is: a kind and a name in, a reference out, for each medium to resolve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

HOLDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "segments": "segment",
        "commitments": "agreement",
        "partners": "partner",
        "committees": "committee",
        "actions": "action",
        "glossary": "term",
    }
)
"""Pages that are there only when there is an entity of that kind."""


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity ('service', 'wifi'), a page of its own ('page', 'results'), or a file: of catalogue/ ('file') or of the
    site ('path').

    As text it is '@service/wifi#anchor': templates and Markdown write it, and the site puts the address in its place.
    """

    kind: str
    name: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"@{self.kind}/{self.name}#{self.anchor}" if self.anchor else f"@{self.kind}/{self.name}"


LinkTarget: TypeAlias = "Ref | str"
"""Where a link leads: a reference, an address outside, or '' for nowhere."""
