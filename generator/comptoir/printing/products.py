"""The products of the press: each kind with who writes its documents. An immutable table; a test holds it to its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from comptoir.printing.catalogue import make_catalogue
from comptoir.printing.posters.cover import make_covers
from comptoir.printing.posters.leaflet import make_leaflets
from comptoir.printing.posters.synopsis import make_posters
from comptoir.printing.reports import make_reports
from comptoir.printing.run import Run
from comptoir.printing.sheets import make_sheets
from comptoir.printing.slides.product import make_slides
from comptoir.printing.types import Made


@dataclass(frozen=True, slots=True)
class Product:
    """A kind of printed thing, in one language. `make` gives documents to compile, or files ready to publish.

    Those with charts come last: the others are made and compiled while charts are drawn.
    """

    kind: str
    make: Callable[[Run], Iterable[Made]]
    has_charts: bool = False


PRODUCTS: Final[tuple[Product, ...]] = (
    Product("sheet", make_sheets),
    Product("catalogue", make_catalogue),
    Product("poster", make_posters),
    Product("cover", make_covers),
    Product("leaflet", make_leaflets),
    Product("report", make_reports, has_charts=True),
    Product("slides", make_slides, has_charts=True),
)
