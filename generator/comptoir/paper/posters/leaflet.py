"""The leaflet: a site in one language in; an A4 sheet to fold in three, which announces the catalogue, out.

Folded inwards, the panel that ends inside is a little narrower than the others, or the sheet would buckle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import inf
from typing import Final

from comptoir.content.parts import hours_view
from comptoir.content.references import Ref
from comptoir.model.services import Family, Service
from comptoir.paper.colours import family_colours
from comptoir.paper.paper import Paper
from comptoir.paper.posters.cover import families_shown, tiles
from comptoir.paper.posters.fitting import LEADING, lines_of
from comptoir.paper.posters.foot import address_of, invitation
from comptoir.paper.posters.setting import PosterBox, PosterFaces, faces_of, fitted, lines, on_one_line
from comptoir.paper.posters.synopsis import count_words
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.types import A4_SIDE, PaperDocument, ViewData

WIDE: Final = 99.5
FLAP: Final = 98.0
HEIGHT: Final = 210.0
PAD: Final = 11.0
BAND: Final = 34.0  # above the families
INSET: Final = 10.0
PICTOGRAM: Final = 13.0
COLUMN: Final = 4.0  # between the pictogram and its words
BETWEEN: Final = 6.0  # at least, between two families
MARK: Final = 3.5  # a square in the colour of the family, where there is no room for more
BETWEEN_NAMES: Final = 2.0

# In sizes of the name of a family.
SUMMARY: Final = 0.78
SERVICES: Final = 0.7
LARGEST: Final = 4.8
SMALLEST: Final = 2.9


@dataclass(frozen=True, slots=True)
class LeafletEntry:
    """A family in lines, and how high it is."""

    family: Family
    name: tuple[str, ...]
    summary: tuple[str, ...]
    services: tuple[str, ...]
    height: float


class LeafletDetail(Enum):
    """How much the leaflet says of each family, the most first."""

    SERVICES = auto()
    SUMMARY = auto()
    NAME = auto()  # a line each, without its pictogram

    @property
    def between(self) -> float:
        """Millimetres between two families, at least."""
        return BETWEEN if self is not LeafletDetail.NAME else BETWEEN_NAMES


@dataclass(frozen=True, slots=True)
class Inside:
    """The families on the two wide panels inside, the size of their names, and how many have no room."""

    size: float
    panels: tuple[tuple[LeafletEntry, ...], ...]
    detail: LeafletDetail
    left_out: int = 0


def make_leaflets(run: Run) -> Iterator[PaperDocument]:
    """The leaflet; nothing for a catalogue without services."""
    paper = run.paper()
    families = families_shown(paper)
    if not families:
        return
    faces = faces_of(run)
    inside = _inside(run, families, faces)
    count = sum(len(services) for _, services in families)
    view: dict[str, ViewData] = {
        "wide": WIDE,
        "flap": FLAP,
        "pad": PAD,
        "front": _front(run, paper, families, faces),
        "reasons": _reasons(run, paper, faces),
        "back": _back(run, paper, faces),
        "offer": {
            "band": BAND,
            "inset": INSET,
            "title": run.language.gettext("Toute l'offre"),
            "lead": f"{run.language.number(count)} {count_words(run, count, len(families))}",
            "size": round(inside.size, 3),
            "summary": SUMMARY,
            "services": SERVICES,
            "mark": MARK if inside.detail is LeafletDetail.NAME else PICTOGRAM,
            "more": _more(run, inside.left_out),
            "panels": [[_entry(run, paper, entry) for entry in panel] for panel in inside.panels],
        },
        "contact": _contact(run, paper, faces),
    }
    yield run.document(
        paper,
        path=DOWNLOADS + "leaflet.pdf",
        kind="leaflet",
        title=run.language.gettext("Dépliant du catalogue"),
        template="leaflet.typ",
        view=view,
        preview_side=A4_SIDE,
        most_pages=2,
    )


def _front(
    run: Run, paper: Paper, families: Sequence[tuple[Family, tuple[Service, ...]]], faces: PosterFaces
) -> ViewData:
    organisation = run.catalogue.organisation
    width = WIDE - 2 * PAD
    return {
        "department": fitted(
            paper.text(organisation, "department"), PosterBox(width - 20, 11, (3.7, 2)), faces.names
        ),
        "name": fitted(paper.text(organisation, "name"), PosterBox(width - 20, 9, (3.2, 2)), faces.small),
        "title": fitted(
            run.language.gettext("Votre catalogue des services"), PosterBox(width, 46, (11, 5)), faces.titles
        ),
        "slogan": on_one_line(
            paper.text(organisation, "slogan"), PosterBox(width, 24, (4.4, 2.6)), faces.small
        ),
        "side": round(WIDE / 3, 3),
        "tiles": tiles(run, paper, families, 3, 2),
    }


def _reasons(run: Run, paper: Paper, faces: PosterFaces) -> ViewData:
    organisation = run.catalogue.organisation
    reasons: list[ViewData] = []
    width = FLAP - 2 * PAD
    for index in range(len(organisation.reasons)):
        title = paper.text(organisation, "reasons", index, "title")
        text = paper.text(organisation, "reasons", index, "text")
        reasons.append(
            {
                "title": fitted(title, PosterBox(width, 12.5, (5.2, 3)), faces.names),
                "text": fitted(text, PosterBox(width, 19, (4.2, 2.7)), faces.small),
            }
        )
    return {
        "title": run.language.gettext("De bonnes raisons de l'ouvrir"),
        "reasons": reasons,
        "promise": None
        if reasons
        else fitted(paper.text(organisation, "promise"), PosterBox(width, 120, (11, 5)), faces.titles),
    }


def _back(run: Run, paper: Paper, faces: PosterFaces) -> ViewData:
    organisation = run.catalogue.organisation
    width = WIDE - 2 * PAD
    code = paper.qr_code(organisation.site_url or "")
    return {
        "qr": code,
        "invitation": fitted(invitation(run), PosterBox(width, 16, (4.6, 3)), faces.small),
        "address": on_one_line(address_of(paper), PosterBox(width, 16, (4.6, 2)), faces.names),
    }


def _contact(run: Run, paper: Paper, faces: PosterFaces) -> ViewData:
    organisation = run.catalogue.organisation
    width = FLAP - 2 * PAD
    hours = hours_view(paper.at, organisation.service_desk.hours)
    say = run.language.gettext

    def text(*path: str, height: float, sizes: tuple[float, float], bold: bool = False) -> ViewData:
        face = faces.names if bold else faces.small
        return on_one_line(paper.text(organisation, *path), PosterBox(width, height, sizes), face)

    return {
        "title": say("Nous joindre"),
        "role": text("service_desk", "role", height=11, sizes=(4.6, 3), bold=True),
        "phone": text("service_desk", "phone", height=12, sizes=(7.2, 3), bold=True),
        "email": text("service_desk", "email", height=9, sizes=(3.7, 1.9)),
        "place": text("service_desk", "place", height=9, sizes=(3.7, 2.4)),
        "promise": text("service_desk", "promise", height=24, sizes=(3.5, 2.6)),
        "hours": [{"days": line.days, "hours": line.hours} for line in hours.lines] if hours else [],
        "holidays": hours.holidays if hours else "",
        "mailbox_title": say("Nous écrire"),
        "mailbox": text("functional_mailbox", "address", height=9, sizes=(3.7, 1.9), bold=True),
        "mailbox_promise": text("functional_mailbox", "promise", height=24, sizes=(3.5, 2.6)),
    }


def _more(run: Run, count: int) -> str:
    if not count:
        return ""
    words = run.language.ngettext("et %(num)s autre famille", "et %(num)s autres familles", count)
    return words % {"num": run.language.number(count)}


def _entry(run: Run, paper: Paper, entry: LeafletEntry) -> ViewData:
    family = entry.family
    return {
        "colours": family_colours(family, run.catalogue.organisation),
        "pictogram": paper.drawing(family.pictogram),
        "url": Ref("family", family.id),
        "name": lines(paper.text(family, "name"), entry.name),
        "summary": lines(paper.text(family, "summary"), entry.summary) if entry.summary else None,
        "services": list(entry.services),
    }


def _inside(run: Run, families: Sequence[tuple[Family, tuple[Service, ...]]], faces: PosterFaces) -> Inside:
    """The families in letters as large as two panels allow, with their services if these fit in letters that read well.

    Where even their names do not fit, the last ones have no room: the leaflet says how many.
    """
    room = HEIGHT - BAND - 2 * INSET
    for detail in LeafletDetail:
        size = LARGEST
        while size >= SMALLEST:
            entries = [_lines(run, family, services, size, detail, faces) for family, services in families]
            panels = _parted(entries, detail.between)
            if all(_height(panel, detail.between) <= room for panel in panels):
                return Inside(size, panels, detail)
            size *= 0.97
    size, detail = SMALLEST, LeafletDetail.NAME
    entries = [_lines(run, family, services, size, detail, faces) for family, services in families]
    room -= LEADING * size + detail.between  # for the words that say how many more there are
    while len(entries) > 1:
        entries.pop()
        panels = _parted(entries, detail.between)
        if all(_height(panel, detail.between) <= room for panel in panels):
            break
    return Inside(size, panels, detail, len(families) - len(entries))


def _lines(
    run: Run,
    family: Family,
    services: tuple[Service, ...],
    size: float,
    detail: LeafletDetail,
    faces: PosterFaces,
) -> LeafletEntry:
    mark = PICTOGRAM if detail is not LeafletDetail.NAME else MARK
    width = WIDE - 2 * PAD - mark - COLUMN
    name = lines_of(run.text(family.name), width / size, faces.names) or (run.text(family.name),)
    if detail is LeafletDetail.NAME:
        return LeafletEntry(family, name, (), (), LEADING * size * len(name))
    summary = lines_of(run.text(family.summary), width / (SUMMARY * size), faces.small) or ()
    names = (
        ", ".join(run.text(service.name) for service in services) if detail is LeafletDetail.SERVICES else ""
    )
    of_services = lines_of(names, width / (SERVICES * size), faces.small) or ()
    height = (
        LEADING * size * (len(name) + SUMMARY * (len(summary) + 0.6) + SERVICES * (len(of_services) + 0.6))
    )
    return LeafletEntry(family, name, summary, of_services, max(height, PICTOGRAM))


def _parted(entries: Sequence[LeafletEntry], between: float) -> tuple[tuple[LeafletEntry, ...], ...]:
    """The families on two panels, in their order, of heights as equal as can be."""
    best: tuple[float, int] = (inf, 0)
    for cut in range(len(entries) + 1):
        best = min(best, (max(_height(entries[:cut], between), _height(entries[cut:], between)), -cut))
    return tuple(entries[: -best[1]]), tuple(entries[-best[1] :]) if best[1] else ()


def _height(entries: Sequence[LeafletEntry], between: float) -> float:
    return sum(entry.height for entry in entries) + between * max(0, len(entries) - 1)
