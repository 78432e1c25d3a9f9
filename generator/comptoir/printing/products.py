"""The products of the press: each kind with who writes its documents. An immutable table; a test holds it to its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from comptoir.printing.catalogue import make_catalogue
from comptoir.printing.posters.cover import make_covers
from comptoir.printing.posters.leaflet import make_leaflets
from comptoir.printing.posters.synopsis import make_posters
from comptoir.printing.reports import make_reports
from comptoir.printing.run import Run
from comptoir.printing.sheets import make_sheets
from comptoir.printing.types import Made, Printed


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


# What writes slides is slow to load, so it is loaded when workers have work already.
def _make_slides(run: Run) -> Iterator[Printed]:
    from comptoir.printing.slides.product import make_slides

    return make_slides(run)


def _make_slides_template(run: Run) -> Iterator[Printed]:
    from comptoir.printing.slides.product import make_slides_template

    return make_slides_template(run)


PRODUCTS: Final[tuple[Product, ...]] = (
    Product("sheet", make_sheets),
    Product("catalogue", make_catalogue),
    Product("poster", make_posters, Shows.OFFER),
    Product("cover", make_covers, Shows.OFFER),
    Product("leaflet", make_leaflets, Shows.OFFER),
    Product("report", make_reports, Shows.CHARTS),
    Product("slides", _make_slides, Shows.CHARTS),
    Product("slides-template", _make_slides_template, Shows.OFFER),
)
