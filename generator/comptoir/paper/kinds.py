"""Kinds of printed things: who writes the documents of one, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from comptoir.model.organisation import PrintSettings
from comptoir.paper.run import Run
from comptoir.paper.types import Made


class Shows(Enum):
    """What a product shows decides when it can be made: the more of the project it shows, the later."""

    OFFER = auto()  # nothing measured: printed while the project is measured
    RESULTS = auto()  # numbers: written while charts are drawn
    CHARTS = auto()


@dataclass(frozen=True, slots=True)
class Product:
    """A kind of printed thing, in one language. `make` gives documents to compile, or files ready to publish."""

    kind: str
    make: Callable[[Run], Iterable[Made]]
    shows: Shows = Shows.RESULTS

    def is_wanted(self, settings: PrintSettings) -> bool:
        """True when the project makes this kind: 'sheet' is one of the 'sheets'."""
        return any(kind.value in (self.kind, f"{self.kind}s") for kind in settings.make)
