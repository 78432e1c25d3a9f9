"""The poster of the cover: a site in one language in; the cover of the catalogue, with its address and QR code, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from comptoir.content.parts import services_of, sorted_families
from comptoir.model.services import Family, Service
from comptoir.paper.colours import family_colours
from comptoir.paper.paper import Paper
from comptoir.paper.posters.foot import address_of, invitation
from comptoir.paper.posters.mosaic import mosaic
from comptoir.paper.posters.setting import PosterBox, faces_of, fitted, millimetres, on_one_line
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.types import PaperDocument, ViewData

WIDTH: Final = 297.0
HEIGHT: Final = 420.0
MARGIN: Final = 18.0
FOOT: Final = 84.0
TOP: Final = 17.0
MANY: Final = 18  # services: smaller tiles from here on
_QR: Final = 52.0


def make_covers(run: Run) -> Iterator[PaperDocument]:
    """The poster, A3."""
    paper = run.paper()
    families = families_shown(paper)
    columns, rows = (6, 4) if sum(len(services) for _, services in families) >= MANY else (4, 3)
    side = WIDTH / columns
    head = HEIGHT - FOOT - (rows * side if families else 0)
    title = run.language.gettext("Catalogue des services")
    faces = faces_of(run)
    organisation = run.catalogue.organisation
    inner = WIDTH - 2 * MARGIN
    code = paper.qr_code(organisation.site_url or "")
    beside = inner - (_QR + 14 if code else 0)
    view: dict[str, ViewData] = {
        "margin": MARGIN,
        "side": millimetres(side),
        "tiles": tiles(run, paper, families, columns, rows),
        "head": {
            "height": millimetres(head),
            "top": TOP,
            "department": fitted(
                paper.text(organisation, "department"), PosterBox(inner - 26, 9, (6.6, 3)), faces.names
            ),
            "name": fitted(paper.text(organisation, "name"), PosterBox(inner - 26, 8, (5.6, 3)), faces.small),
            "title": fitted(title, PosterBox(inner, head - TOP - 61, (34, 12)), faces.titles),
            "slogan": on_one_line(
                paper.text(organisation, "slogan"), PosterBox(inner, 22, (8.4, 4)), faces.small
            ),
        },
        "foot": {
            "height": FOOT,
            "qr": code,
            "side": _QR,
            "width": beside,
            "invitation": fitted(invitation(run), PosterBox(beside, 18, (7, 4)), faces.small),
            "address": on_one_line(
                address_of(paper),
                PosterBox(beside, 26, (11, 3)),
                faces.names,
            ),
            "contact": fitted(desk_line(run), PosterBox(beside, 14, (5, 3)), faces.small),
        },
    }
    yield run.document(
        paper,
        path=DOWNLOADS + "cover-a3.pdf",
        kind="cover",
        title=run.language.gettext("Affiche du catalogue"),
        template="cover-poster.typ",
        view=view,
        preview_side=HEIGHT,
        most_pages=1,
    )


def families_shown(paper: Paper) -> list[tuple[Family, tuple[Service, ...]]]:
    """The families that have services to ask for, in their order, each with these."""
    return [
        (family, services)
        for family in sorted_families(paper.at)
        if (services := services_of(paper.at, family.id))
    ]


def tiles(
    run: Run,
    paper: Paper,
    families: Sequence[tuple[Family, tuple[Service, ...]]],
    columns: int,
    rows: int,
) -> list[ViewData]:
    """A mosaic of the pictograms of the offer."""
    return [
        {
            "column": tile.column,
            "row": tile.row,
            "pictogram": paper.drawing(tile.pictogram),
            "light": tile.light,
            "colours": family_colours(tile.family, run.catalogue.organisation),
        }
        for tile in mosaic(families, columns, rows)
    ]


def desk_line(run: Run) -> str:
    """The service desk on one line: its role, its telephone number, or else its address."""
    desk = run.catalogue.organisation.service_desk
    reach = (desk.phone or "").replace(" ", "\u00a0") or desk.email or ""
    return " · ".join(part for part in (run.text(desk.role), reach) if part)
