"""The products of the press: each kind with who writes its documents. An immutable table; a test holds it to its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.paper.catalogue import make_catalogue
from comptoir.paper.kinds import Product, Shows
from comptoir.paper.posters.cover import make_covers
from comptoir.paper.posters.leaflet import make_leaflets
from comptoir.paper.posters.synopsis import make_posters
from comptoir.paper.reports import make_reports
from comptoir.paper.run import Run
from comptoir.paper.sheets import make_sheets
from comptoir.paper.types import Printed


# What writes slides is slow to load, so it is loaded when workers have work already.
def _make_slides(run: Run) -> Iterator[Printed]:
    from comptoir.slides.product import make_slides

    return make_slides(run)


def _make_slides_template(run: Run) -> Iterator[Printed]:
    from comptoir.slides.product import make_slides_template

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
