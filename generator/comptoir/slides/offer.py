"""Slides of the offer: the catalogue in; cover, synopsis, families, services and ways to reach the department, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.content.parts import contact_view, count_services, offered, services_of, sorted_families
from comptoir.model.organisation import Contact
from comptoir.model.services import Family, Service
from comptoir.slides.deck import TITLE, Box, Paragraphs, Picture, Shape, Slide, SlideParagraph
from comptoir.slides.fitting import fits, share
from comptoir.slides.places import (
    CAPTION,
    CONTACT,
    COVER,
    FIRST_CARD,
    GRIDS,
    LEFT,
    PICTURE,
    RIGHT,
    SIGN,
    SUBTITLE,
    family_layout,
    grid_layout,
)
from comptoir.slides.words import Scribe, columns_of

_MOST_WITH_SUMMARIES: Final = 3
"""Slides of one family on which each service has its summary; where it takes more, names alone are shown."""


def cover(scribe: Scribe) -> Slide:
    """The first slide."""
    at, organisation = scribe.at, scribe.at.catalogue.organisation
    who = (SlideParagraph(f"{at.text(organisation.department)} – {at.text(organisation.name)}"),)
    return Slide(
        COVER,
        {
            TITLE: (SlideParagraph(scribe.say("Notre offre de services")),),
            SUBTITLE: scribe.text(organisation.slogan, organisation, "slogan"),
            CAPTION: (*who, SlideParagraph(at.language.day(at.today))),
        },
        notes=(at.text(organisation.promise), *scribe.note(organisation.opening_words)),
    )


def synopsis(scribe: Scribe) -> Iterator[Slide]:
    """The whole offer: a card a family."""
    at = scribe.at
    families = tuple(family for family in sorted_families(at) if services_of(at, family.id))
    lots = share(families, max(GRIDS))
    count = count_services(at, len(offered(at.catalogue.services.values())))
    lead = scribe.say("%(services)s, d'un seul coup d'œil.") % {"services": count}
    for number, lot in enumerate(lots, 1):
        key = grid_layout(len(lot))
        texts: dict[int, Paragraphs] = {
            TITLE: (SlideParagraph(scribe.part(scribe.say("L'offre en une page"), number, len(lots))),)
        }
        shapes: list[Shape] = []
        for place, family in enumerate(lot):
            box = scribe.layouts[key].hole(FIRST_CARD + 2 * place).box
            sign = Box(box.x + 12, box.y + 12, SIGN, SIGN)
            shapes.append(Shape(sign, scribe.palette.families[family.id], round=True))
            shapes.append(Shape(Box(sign.x + 8, sign.y + 8, SIGN - 16, SIGN - 16), "bg1", family.pictogram))
            index = FIRST_CARD + 2 * place
            texts[index] = scribe.text(family.name, family, "name")
            texts[index + 1] = (_names(scribe, family, key, index + 1),)
        notes = (lead, *(f"{at.text(f.name)}: {at.text(f.summary)}" for f in lot))
        yield Slide(key, texts, tuple(at.language.typeset(note) for note in notes), shapes=tuple(shapes))


def _names(scribe: Scribe, family: Family, layout: str, index: int) -> SlideParagraph:
    """The services of the family on a line, as many as its card holds; what is left out is counted."""
    names = [scribe.at.text(service.name) for service in services_of(scribe.at, family.id)]
    hole = scribe.layouts[layout].hole(index)
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        text = "\u00a0· ".join(names[:shown])
        if left:
            more = scribe.at.language.ngettext("et %(num)s autre", "et %(num)s autres", left) % {"num": left}
            text = f"{text}\u00a0· {more}"
        if shown == 1 or fits((SlideParagraph(text),), hole, scribe.faces):
            return SlideParagraph(text)
    return SlideParagraph("")


def family_slides(scribe: Scribe, family: Family) -> Iterator[Slide]:
    """One slide for the family, or more where its services need them."""
    at, key = scribe.at, family_layout(family.id)
    hole = scribe.layouts[key].hole(LEFT)
    services = services_of(at, family.id)
    groups = [_entry(scribe, service) for service in services]
    columns = columns_of(groups, hole, scribe.faces, 2)
    if len(columns) > 2 * _MOST_WITH_SUMMARIES:
        names = [scribe.text(service.name, service, "name", level=2) for service in services]
        columns = columns_of(names, hole, scribe.faces, 2)
    slides = [columns[n : n + 2] for n in range(0, len(columns), 2)] or [()]
    for number, pair in enumerate(slides, 1):
        texts: dict[int, Paragraphs] = {
            TITLE: _titled(scribe, scribe.text(family.name, family, "name"), number, len(slides)),
            SUBTITLE: (
                *scribe.text(family.summary, family, "summary"),
                SlideParagraph(count_services(at, len(services)), 1, bold=True),
            ),
        }
        texts |= dict(zip((LEFT, RIGHT), pair, strict=False))
        yield Slide(key, texts, scribe.note(family.description) or (at.text(family.summary),))


def _titled(scribe: Scribe, title: Paragraphs, number: int, count: int) -> Paragraphs:
    return tuple(
        SlideParagraph(scribe.part(p.text, number, count), p.level, p.bold, p.url, p.source) for p in title
    )


def _entry(scribe: Scribe, service: Service) -> Paragraphs:
    return (
        *scribe.text(service.name, service, "name"),
        *scribe.text(service.summary, service, "summary", level=1),
    )


def reach(scribe: Scribe, code: bytes, address: str) -> Slide:
    """How to reach the department. `code` is a picture that leads to `address`; empty when there is none."""
    organisation = scribe.at.catalogue.organisation
    desk, mailbox = organisation.service_desk, organisation.functional_mailbox
    cards: list[Paragraphs] = [
        (
            *_contact(scribe, desk, "service_desk"),
            *scribe.text(desk.promise, organisation, "service_desk", "promise", level=2),
        ),
        (
            SlideParagraph(scribe.say("Une question sur l'offre ?")),
            SlideParagraph(mailbox.address, 1, url=f"mailto:{mailbox.address}"),
            *scribe.text(mailbox.promise, organisation, "functional_mailbox", "promise", level=2),
        ),
    ]
    if desk.portal:
        cards.append(
            (
                SlideParagraph(scribe.say("Le portail des demandes")),
                SlideParagraph(_spoken(desk.portal), 1, url=desk.portal),
            )
        )
    if organisation.relationship_manager:
        cards.append(_contact(scribe, organisation.relationship_manager, "relationship_manager"))
    texts: dict[int, Paragraphs] = {TITLE: (SlideParagraph(scribe.say("Nous joindre")),)}
    texts |= {FIRST_CARD + place: card for place, card in enumerate(cards)}
    pictures: tuple[Picture, ...] = ()
    if code:
        texts[CAPTION] = (SlideParagraph(_spoken(address)),)
        said = scribe.say("Code QR vers %(address)s") % {"address": address}
        pictures = (Picture(code, said, PICTURE, address),)
    notes = tuple(
        reason for r in organisation.reasons for reason in (scribe.at.text(r.title), scribe.at.text(r.text))
    )
    return Slide(CONTACT, texts, notes or (scribe.at.text(organisation.promise),), pictures)


def _contact(scribe: Scribe, contact: Contact, key: str) -> Paragraphs:
    view = contact_view(scribe.at, contact)
    assert view is not None
    ways = [
        SlideParagraph(text, 1, url=url)
        for text, url in (
            (view.person, ""),
            (view.phone, view.phone_url),
            (view.email, f"mailto:{view.email}"),
        )
        if text
    ]
    hours = (SlideParagraph(view.hours.short, 2),) if view.hours else ()
    organisation = scribe.at.catalogue.organisation
    return (
        *scribe.text(contact.role, organisation, key, "role"),
        *ways,
        *scribe.text(contact.place, organisation, key, "place", level=2),
        *hours,
    )


def _spoken(address: str) -> str:
    """The address as one says it: without scheme, nor slash at the end."""
    return address.partition("://")[2].rstrip("/")
