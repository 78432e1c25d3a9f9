"""A slide for a service: the service in; what one gains by it, how to ask, what is promised and what was measured, out."""

from __future__ import annotations

from comptoir.content.service import ServiceContent, service_content
from comptoir.model.services import Service
from comptoir.slides.deck import TITLE, Paragraphs, Slide, SlideParagraph
from comptoir.slides.fitting import fits
from comptoir.slides.places import LEFT, RIGHT, SUBTITLE, service_layout
from comptoir.slides.results import told_of
from comptoir.slides.words import Scribe

_MOST_RESULTS = 3


def service_slide(scribe: Scribe, service: Service) -> Slide:
    """The slide of a service: benefits, then as much else as there is room for."""
    content = service_content(scribe.at, service)
    key = service_layout(service.family)
    left = (
        *_headed(
            scribe.say("Ce que vous y gagnez"), scribe.texts(service.benefits, service, "benefits", level=1)
        ),
    )
    more = (
        _headed(scribe.say("À retenir"), scribe.texts(service.highlights, service, "highlights", level=1)),
        _results(scribe, content),
        _headed(scribe.say("Compris"), scribe.texts(service.included, service, "included", level=1)),
    )
    hole = scribe.layouts[key].hole(LEFT)
    for extra in more:
        if fits((*left, *extra), hole, scribe.faces):
            left = (*left, *extra)
    return Slide(
        key,
        {
            TITLE: scribe.text(service.name, service, "name"),
            SUBTITLE: scribe.text(service.summary, service, "summary"),
            LEFT: left,
            RIGHT: _asking(scribe, service, content),
        },
        notes=_notes(scribe, service, content),
    )


def _headed(heading: str, paragraphs: Paragraphs) -> Paragraphs:
    return (SlideParagraph(heading, 3), *paragraphs) if paragraphs else ()


def _results(scribe: Scribe, content: ServiceContent) -> Paragraphs:
    """What was measured, with its verdict and its sample."""
    if content.results is None:
        return ()
    said = [
        ", ".join(filter(None, (f"{row.name}: {row.value}", row.verdict.word.lower(), row.sample)))
        for row in content.results.rows
        if row.value
    ]
    heading = scribe.say("Mesuré : %(quarter)s") % {"quarter": content.results.quarter}
    lines = (SlideParagraph(scribe.at.language.typeset(line), 2) for line in said[:_MOST_RESULTS])
    return _headed(heading, tuple(lines))


def _asking(scribe: Scribe, service: Service, content: ServiceContent) -> Paragraphs:
    """The card: how to ask, how soon, at what price, who helps and when."""
    say, ask = scribe.say, content.ask
    told: list[SlideParagraph] = []
    if content.banner:
        told += [SlideParagraph(content.banner.title, 3), SlideParagraph(content.banner.text, 2)]
    link = scribe.link("service", service.id)
    if ask.button and link:
        told += [
            SlideParagraph(say("Comment demander"), 3),
            SlideParagraph(link.partition("://")[2].rstrip("/"), 2, url=link),
        ]
    if ask.delay:
        told += [
            SlideParagraph(say("Délai"), 3),
            *scribe.text(service.request.delay, service, "request", "delay"),
        ]
    if ask.price:
        told += [SlideParagraph(say("Prix"), 3), SlideParagraph(ask.price.text)]
        told += scribe.text(service.price.note, service, "price", "note", level=2)
    if ask.who:
        told += [
            SlideParagraph(say("Pour qui"), 3),
            SlideParagraph(", ".join(link.title for link in ask.who), 2),
        ]
    if ask.contact:
        ways = ", ".join(filter(None, (ask.contact.phone, ask.contact.email)))
        told += [SlideParagraph(ask.contact.role, 3), *((SlideParagraph(ways, 2),) if ways else ())]
    if ask.support_hours:
        told.append(SlideParagraph(ask.support_hours.short, 2))
    return tuple(told)


def _notes(scribe: Scribe, service: Service, content: ServiceContent) -> tuple[str, ...]:
    notes = list(scribe.note(service.description) or (scribe.at.text(service.summary),))
    for heading, items in (
        (scribe.say("Compris"), scribe.at.texts(service.included)),
        (scribe.say("Non compris"), scribe.at.texts(service.not_included)),
    ):
        if items:
            notes.append(scribe.at.language.typeset(f"{heading}: {'; '.join(items)}"))
    if content.results:
        notes += [told_of(scribe, row) for row in content.results.rows if row.value]
    return tuple(notes)
