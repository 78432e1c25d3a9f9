"""Makes the slides: the site in one language in; a deck, its looks, and what does not fit its place, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Final

import segno

from comptoir.brand import OWN_PICTOGRAMS, read_pictogram
from comptoir.content.edition import NO_PICTOGRAM, Edition
from comptoir.content.parts import services_of, sorted_families
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem
from comptoir.slides.deck import Deck, Layout, Slide, SlideParagraph
from comptoir.slides.fitting import Faces, scale_of
from comptoir.slides.geometry import Outline, outline_of
from comptoir.slides.layouts import make_layouts, words_of
from comptoir.slides.looks import Looks
from comptoir.slides.metrics import choose_face
from comptoir.slides.offer import cover, family_slides, reach, synopsis
from comptoir.slides.palette import Palette, choose_palette
from comptoir.slides.places import COVER
from comptoir.slides.raster import draw_svg
from comptoir.slides.results import result_slides
from comptoir.slides.services import service_slide
from comptoir.slides.words import Scribe

RULE: Final = "print-fit"
_LOGO_HEIGHT: Final = 60  # points


def make_deck(at: Edition, template: bytes, *, per_service: bool) -> tuple[Deck, Looks]:
    """The presentation of the offer, with a slide a service if `per_service`. Raises PrintError for a wrong template."""
    scribe, empty, looks = _begin(at, template)
    return replace(empty, slides=tuple(_slides(scribe, per_service))), looks


def make_model(at: Edition, template: bytes) -> tuple[Deck, Looks]:
    """The same layouts without the offer: a first slide to be filled, from which people begin their own."""
    _, empty, looks = _begin(at, template)
    first = Slide(COVER, {}, notes=(), is_open=True)
    return replace(empty, title=empty.author, slides=(first,)), looks


def _begin(at: Edition, template: bytes) -> tuple[Scribe, Deck, Looks]:
    """Who writes slides, the layouts to write them on, and how they look."""
    fonts = at.catalogue.organisation.brand.fonts
    faces = Faces(choose_face(at.catalogue, fonts.text), choose_face(at.catalogue, fonts.headings))
    palette = choose_palette(at)
    layouts = make_layouts(at, palette, template)
    scribe = Scribe(at, layouts, faces, palette)
    organisation = at.catalogue.organisation
    empty = Deck(
        language=at.language.code,
        title=f"{scribe.say('Notre offre de services')} – {at.text(organisation.short_name)}",
        author=f"{at.text(organisation.name)}, {at.text(organisation.department)}",
        footer=f"{at.text(organisation.name)} · {at.text(organisation.department)}",
        layouts=layouts,
        slides=(),
        template=template,
        words=words_of(at.language),
    )
    return scribe, empty, _looks(at.catalogue, palette, faces)


def _slides(scribe: Scribe, per_service: bool) -> Iterator[Slide]:
    at = scribe.at
    yield cover(scribe)
    yield from synopsis(scribe)
    for family in sorted_families(at):
        yield from family_slides(scribe, family)
        if per_service:
            yield from (service_slide(scribe, service) for service in services_of(at, family.id))
    yield from result_slides(scribe)
    address = scribe.link("page", "home")
    yield reach(scribe, _code(address, scribe.palette) if address else b"", address)


def _code(address: str, palette: Palette) -> bytes:
    """The QR code of an address as a PNG."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="png", scale=12, border=4, dark=palette.scheme["dk1"], light="#ffffff"
    )
    return picture.getvalue()


def _looks(catalogue: Catalogue, palette: Palette, faces: Faces) -> Looks:
    @cache
    def drawing(name: str) -> str:
        own = catalogue.svgs.get(f"{OWN_PICTOGRAMS}{name}.svg")
        try:
            return read_pictogram(name, {f"{OWN_PICTOGRAMS}{name}.svg": own} if own else {})
        except (KeyError, ValueError):
            return read_pictogram(NO_PICTOGRAM, {})

    @cache
    def outline(name: str) -> Outline | None:
        return outline_of(drawing(name))

    def picture(name: str, colour: str) -> bytes:
        return draw_svg(drawing(name).replace("currentColor", colour), 96)

    brand = catalogue.organisation.brand
    logos = {"light": _logo(catalogue, brand.logo), "dark": _logo(catalogue, brand.logo_dark or brand.logo)}
    found = {use: logo for use, logo in logos.items() if logo}
    return Looks(
        palette, faces, outline, picture, drawing, found, _fingerprint(catalogue, palette, faces, found)
    )


def _fingerprint(catalogue: Catalogue, palette: Palette, faces: Faces, logos: Mapping[str, bytes]) -> str:
    """Changes with the colours, the typefaces, the logos and the project's own drawings."""
    digest = hashlib.sha256(f"{palette!r} {faces.text.family} {faces.headings.family}".encode())
    fonts = (path.read_bytes() for face in (faces.text, faces.headings) for path in face.paths)
    for content in (*fonts, *logos.values(), *(svg for _, svg in sorted(catalogue.svgs.items()))):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _logo(catalogue: Catalogue, file: str | None) -> bytes:
    """The logo as a PNG; empty when there is none that can be drawn."""
    path = catalogue.assets.get(f"catalogue/{file}") if file else None
    if path is None:
        return b""
    if path.suffix.lower() != ".svg":
        return path.read_bytes()
    try:
        return draw_svg(path.read_text("utf-8"), _LOGO_HEIGHT, 288)
    except ValueError:
        return b""


def problems_of(deck: Deck, faces: Faces) -> Iterator[Problem]:
    """A problem for each place that holds more text than fits, even when it is set smaller."""
    for slide in deck.slides:
        layout = deck.layouts[slide.layout]
        for index, paragraphs in slide.texts.items():
            if scale_of(paragraphs, layout.hole(index), faces) is None:
                yield _problem(slide, layout, paragraphs)


def _problem(slide: Slide, layout: Layout, paragraphs: tuple[SlideParagraph, ...]) -> Problem:
    longest = max(paragraphs, key=lambda p: (p.source is not None, len(p.text)))
    place = longest.source.owner.locate(*longest.source.path) if longest.source else Location("")
    message = f"this text does not fit its place on the slide '{slide.title}'"
    return Problem(place, RULE, message, "shorten it, or the texts beside it")
