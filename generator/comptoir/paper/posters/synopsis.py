"""The poster of the offer: a site in one language in; the whole offer at a glance, on paper and on screens, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from comptoir.content.labels import label
from comptoir.content.parts import services_of, sorted_families
from comptoir.content.references import Ref
from comptoir.model.services import Family, Service
from comptoir.model.terms import Lifecycle
from comptoir.paper.colours import family_colours
from comptoir.paper.paper import Paper
from comptoir.paper.posters.choice import Shown, choose, left_out
from comptoir.paper.posters.foot import foot
from comptoir.paper.posters.forms import PAPERS, SCREENS, Form
from comptoir.paper.posters.grid import CardGroup, GridField, GridItem
from comptoir.paper.posters.layout import Card, PosterCell, PosterLayout, lay_out
from comptoir.paper.posters.setting import PosterBox, PosterFaces, faces_of, fitted, lines, millimetres
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.types import PaperDocument, ViewData

MOST: Final = 120
"""Services that the poster has room for in letters that one reads from two metres."""

FEWER: Final = 8  # at a time, where names are so long that not even these fit
MARGIN: Final = 16.0
_TEMPLATE: Final = "poster.typ"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands above and below the cards: how high, and how far from them."""

    head: float
    foot: float
    air: float
    top: float


ROOMY: Final = Furniture(head=100, foot=82, air=9, top=14)
DENSE: Final = Furniture(head=70, foot=62, air=6, top=10)
WIDE: Final = Furniture(head=70, foot=62, air=7, top=11)
DENSE_FROM: Final = 60  # services


@dataclass(frozen=True, slots=True)
class Planned:
    """What a form shows, where."""

    form: Form
    furniture: Furniture
    families: tuple[Shown, ...]  # those without room among them
    layout: PosterLayout

    @property
    def chosen(self) -> tuple[Shown, ...]:
        """The families that are shown."""
        return tuple(shown for shown in self.families if shown.services)


def make_posters(run: Run) -> Iterator[PaperDocument]:
    """The poster in every form that the organisation asks for; nothing for a catalogue without services."""
    at = run.paper().at
    families = [
        (family, services) for family in sorted_families(at) if (services := services_of(at, family.id))
    ]
    if not families:
        return
    shapes: dict[tuple[float, float], Planned | None] = {}
    told: set[tuple[str, ...]] = set()
    is_default = run.language.code == run.catalogue.organisation.languages[0]
    for form in (*(PAPERS[size] for size in run.settings.poster_sizes), *SCREENS):
        shape = form.width, form.height
        if shape not in shapes:
            shapes[shape] = _plan(run, form, families)
        planned = shapes[shape]
        if planned is not None:
            out = tuple(service.id for shown in planned.families for service in shown.left_out)
            yield _document(run, form, planned, tells=is_default and out not in told)
            told.add(out)


def _plan(run: Run, form: Form, families: Sequence[tuple[Family, tuple[Service, ...]]]) -> Planned | None:
    """As many services as there is room for."""
    count = sum(len(services) for _, services in families)
    furniture = WIDE if form.is_wide else DENSE if count > DENSE_FROM else ROOMY
    faces = faces_of(run)
    field = GridField(
        form.width - 2 * MARGIN,
        form.height - furniture.head - furniture.foot - 2 * furniture.air,
        faces.names,
        faces.titles,
        faces.small,
    )
    asked = run.catalogue.organisation.most_asked
    for room in range(min(count, MOST), 0, -FEWER):
        chosen = choose(families, room, asked)
        layout = lay_out([_group(run, shown) for shown in chosen if shown.services], field)
        if layout is not None:
            return Planned(form, furniture, chosen, layout)
    return None


def _group(run: Run, shown: Shown) -> CardGroup:
    items = [
        GridItem(
            service.id,
            run.text(service.name),
            "" if service.lifecycle is Lifecycle.LIVE else label(service.lifecycle, run.language),
            run.text(service.summary),
        )
        for service in shown.services
    ]
    if shown.left_out:
        count = len(shown.left_out)
        more = run.language.ngettext("et %(num)s autre", "et %(num)s autres", count)
        items.append(GridItem("", more % {"num": run.language.number(count)}))
    return CardGroup(
        shown.family.id, run.text(shown.family.name), run.text(shown.family.summary), tuple(items)
    )


def _document(run: Run, form: Form, planned: Planned, tells: bool) -> PaperDocument:
    """The poster in one form; it `tells` what it leaves out, once for all languages and forms that leave out the same."""
    paper = run.paper()
    faces = faces_of(run)
    furniture, layout = planned.furniture, planned.layout
    families = {shown.family.id: shown for shown in planned.chosen}
    title = _title(run, form)
    view: dict[str, ViewData] = {
        "scale": round(form.scale, 6),
        "paper": [millimetres(side) for side in form.paper],
        "width": form.width,
        "height": form.height,
        "margin": MARGIN,
        "size": millimetres(layout.size),
        "head": _head(run, paper, form, planned, faces),
        "foot": foot(run, paper, faces, form.width - 2 * MARGIN, furniture.foot),
        "cards": [
            _card(run, paper, card, families[card.id], furniture.head + furniture.air)
            for card in layout.cards
        ],
    }
    document = run.document(
        paper,
        path=DOWNLOADS + form.file,
        kind="poster",
        title=title,
        template=_TEMPLATE,
        view=view,
        format=form.format,
        ppi=form.ppi,
        preview_side=max(form.paper) if form.format == "pdf" else 0,
        most_pages=1,
        problems=tuple(left_out(planned.families, title)) if tells else (),
    )
    if form.format == "pdf":
        return document
    return replace(document, data={**document.data, "print": {"bleed": 0, "marks": False}})


def _title(run: Run, form: Form) -> str:
    say = run.language.gettext
    if form.id in PAPERS:
        return say("L'offre en une page, poster %(size)s") % {"size": form.id.upper()}
    if form.is_wide:
        return say("L'offre en une page, pour les écrans larges")
    return say("L'offre en une page, image %(format)s") % {"format": form.format.upper()}


def _head(run: Run, paper: Paper, form: Form, planned: Planned, faces: PosterFaces) -> ViewData:
    furniture = planned.furniture
    services = sum(len(shown.services) + len(shown.left_out) for shown in planned.families)
    inner = form.width - 2 * MARGIN
    organisation = run.catalogue.organisation
    box = PosterBox(inner - 82, furniture.head - 1.85 * furniture.top - 23, (30, 6))
    return {
        "height": furniture.head,
        "top": furniture.top,
        "slogan": fitted(paper.text(organisation, "slogan"), box, faces.titles),
        "department": fitted(
            paper.text(organisation, "department"), PosterBox(inner - 30, 10, (7.6, 4)), faces.names
        ),
        "name": fitted(paper.text(organisation, "name"), PosterBox(inner - 30, 9, (6.4, 4)), faces.small),
        "count": run.language.number(services),
        "count_words": count_words(run, services, len(planned.families)),
    }


def count_words(run: Run, services: int, families: int) -> str:
    """'services en 7 familles', after their number."""
    language = run.language
    of_services = language.ngettext("service", "services", services)
    of_families = language.ngettext("en %(num)s famille", "en %(num)s familles", families)
    return f"{of_services} {of_families % {'num': language.number(families)}}"


def _card(run: Run, paper: Paper, card: Card, shown: Shown, down: float) -> ViewData:
    family = shown.family
    services = {service.id: service for service in shown.services}
    return {
        "x": millimetres(MARGIN + card.x),
        "y": millimetres(down + card.y),
        "width": millimetres(card.width),
        "height": millimetres(card.height),
        "head": millimetres(card.head),
        "colours": family_colours(family, run.catalogue.organisation),
        "pictogram": paper.drawing(family.pictogram),
        "title": lines(paper.text(family, "name"), card.title),
        "summary": lines(paper.text(family, "summary"), card.summary),
        "url": Ref("family", family.id),
        "cells": [_cell(paper, cell, family, services, down) for cell in card.cells],
    }


def _cell(
    paper: Paper, cell: PosterCell, family: Family, services: Mapping[str, Service], down: float
) -> ViewData:
    service = services.get(cell.id)
    pictogram = (service.pictogram or family.pictogram) if service else ""
    return {
        "x": millimetres(MARGIN + cell.x),
        "y": millimetres(down + cell.y),
        "width": millimetres(cell.width),
        "height": millimetres(cell.height),
        "pictogram": paper.drawing(pictogram) if service else "",
        "name": lines(paper.text(service, "name") if service else None, cell.lines),
        "note": list(cell.notes),
        "summary": lines(paper.text(service, "summary") if service else None, cell.summary),
        "url": Ref("service", service.id) if service else Ref("family", family.id),
    }
