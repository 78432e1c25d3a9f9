"""A service as paper shows it, on its sheet and in the catalogue: the service in, its texts and results as JSON out."""

from __future__ import annotations

from collections.abc import Iterable

from comptoir.content.commitments import CommitmentTable
from comptoir.content.edition import Edition
from comptoir.content.parts import (
    ContactView,
    HoursView,
    Link,
    PriceView,
    segment_links,
)
from comptoir.content.references import Ref
from comptoir.content.service import AskView, Banner, OfferingView, service_content
from comptoir.content.service_results import ServiceResults
from comptoir.model.services import Service
from comptoir.paper.colours import family_colours
from comptoir.paper.paper import Paper
from comptoir.paper.types import ViewData


def service_on_paper(paper: Paper, service: Service) -> dict[str, ViewData]:
    """All that paper shows of `service`."""
    at = paper.at
    content = service_content(at, service)
    family = at.catalogue.families.get(service.family)
    address = paper.web_address(Ref("service", service.id))
    return {
        "id": service.id,
        "name": paper.text(service, "name"),
        "summary": paper.text(service, "summary"),
        "drawing": paper.drawing(service.pictogram or (family.pictogram if family else "")),
        "family": paper.text(family, "name") if family else None,
        "family_drawing": paper.drawing(family.pictogram) if family else "",
        "colours": family_colours(family, at.catalogue.organisation),
        "benefits": paper.texts(service, "benefits"),
        "highlights": paper.texts(service, "highlights"),
        "description": paper.markdown(service, "description"),
        "included": paper.texts(service, "included"),
        "not_included": paper.texts(service, "not_included"),
        "eligibility": paper.markdown(service, "eligibility"),
        "segments": _links(segment_links(at, service.segments)),
        "qr": paper.qr_code(address),
        "url": address,
        "review_date": at.language.day(service.review_date),
        "banner": _banner(content.banner),
        "offerings": [_offering(offering) for offering in content.offerings],
        "commitments": [commitments(table) for table in content.commitments],
        "service_hours": _hours(content.service_hours),
        "results": _results(content.results),
        "owner": contact(content.owner),
        "own": [{"label": fact.label, "text": fact.text, "url": fact.url} for fact in content.own_on_sheet],
        "ask": {
            **_ask(at, service, content.ask),
            "steps": paper.texts(service, "request", "steps"),
            "delay": paper.text(service, "request", "delay"),
        },
    }


def _ask(at: Edition, service: Service, ask: AskView) -> dict[str, ViewData]:
    """How to ask, in words."""
    return {
        "label": ask.button.label if ask.button else "",
        "price": price(ask.price),
        "hours": _hours(ask.support_hours),
        "contact": contact(ask.contact),
        "portal": ask.button.url if ask.button and not ask.button.is_mail else "",
        "email": service.request.email or at.catalogue.organisation.functional_mailbox.address,
    }


def service_words(paper: Paper) -> dict[str, ViewData]:
    """The headings and labels of a service on paper."""
    say = paper.at.language.gettext
    return {
        "sheet": say("Fiche service"),
        "benefits": say("Ce que vous y gagnez"),
        "highlights": say("Points forts"),
        "description": say("En détail"),
        "included": say("Compris"),
        "not_included": say("Non compris"),
        "for_whom": say("Pour qui"),
        "everyone": say("Tout le monde"),
        "ask": say("Obtenir ce service"),
        "how": say("Comment demander"),
        "delay": say("Délai"),
        "price": say("Prix"),
        "help": say("Aide"),
        "scan": say("Pour demander, ou en savoir plus"),
        "offerings": say("Les formules"),
        "commitments": say("Nos engagements"),
        "results": say("Résultats"),
        "promise": say("Promesse"),
        "indicator": say("Indicateur"),
        "target": say("Objectif"),
        "value": say("Mesuré"),
        "verdict": say("Verdict"),
        "provisional": say("Résultats provisoires."),
        "service_hours": say("Horaires du service"),
        "owner": say("Responsable du service :"),
        "own": say("Autres renseignements"),
        "review": say("À relire avant le"),
        "instead": say("À la place :"),
        "priority": say("Priorité"),
    }


def price(view: PriceView | None) -> ViewData:
    """A price in words."""
    return {"text": view.text, "note": view.note} if view else None


def contact(view: ContactView | None) -> ViewData:
    """Whom to reach, in words."""
    if view is None:
        return None
    return {
        "role": view.role,
        "person": view.person,
        "email": view.email,
        "phone": view.phone,
        "phone_url": view.phone_url,
        "place": view.place,
        "hours": view.hours.short if view.hours else "",
    }


def _banner(view: Banner | None) -> ViewData:
    if view is None:
        return None
    return {"title": view.title, "text": view.text, "instead": view.link.title if view.link else ""}


def _links(links: Iterable[Link]) -> list[ViewData]:
    return [{"title": link.title, "url": link.url} for link in links]


def _hours(view: HoursView | None) -> ViewData:
    return {"name": view.name, "short": view.short, "holidays": view.holidays} if view else None


def _offering(offering: OfferingView) -> ViewData:
    return {
        "name": offering.name,
        "summary": offering.summary,
        "includes": list(offering.includes),
        "segments": [link.title for link in offering.segments],
        "price": price(offering.price),
    }


def commitments(table: CommitmentTable) -> ViewData:
    """An agreement with the promises in force."""
    return {
        "name": table.name,
        "calendar": table.calendar,
        "rows": [
            {"metric": row.metric, "sentence": row.sentence, "priority": row.priority, "note": row.note}
            for row in table.rows
        ],
    }


def _results(results: ServiceResults | None) -> ViewData:
    if results is None:
        return None
    return {
        "quarter": results.quarter,
        "provisional": results.is_provisional,
        "rows": [
            {
                "name": row.name,
                "value": row.value,
                "promise": row.promise,
                "tone": row.verdict.tone,
                "verdict": row.verdict.word,
                "sample": row.sample,
            }
            for row in results.rows
        ],
    }
