"""The printed catalogue: the whole offer in; one document, from its cover to its index, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from comptoir.content.commitments import commitment_table
from comptoir.content.parts import contact_view, count_services, offered, services_of, sorted_families
from comptoir.content.references import Ref
from comptoir.model.agreements import Agreement
from comptoir.model.customers import Term
from comptoir.model.services import Family, Service
from comptoir.model.terms import AgreementKind
from comptoir.paper.colours import family_colours
from comptoir.paper.paper import Anchor, Paper
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.service_view import commitments, contact, service_on_paper, service_words
from comptoir.paper.types import A4_SIDE, PaperDocument, ViewData
from comptoir.wording import plain_words


def make_catalogue(run: Run) -> Iterator[PaperDocument]:
    """The catalogue of all services that one may ask for or expect; none where there is no service."""
    services = offered(run.catalogue.services.values())
    if not services:
        return
    paper = run.paper(_inside(run))
    at = paper.at
    say = at.language.gettext
    title = say("Catalogue des services")
    agreements = _agreements(run)
    terms = sorted(
        run.catalogue.glossary.values(), key=lambda term: (plain_words(at.text(term.term)), term.id)
    )
    families = [family for family in sorted_families(at) if services_of(at, family.id)]
    view: dict[str, ViewData] = {
        "labels": {**service_words(paper), **_words(paper, len(services))},
        "cover": _cover(run, paper, title),
        "opening": paper.markdown(run.catalogue.organisation, "opening_words"),
        "reading": _reading(paper),
        "families": [_family(paper, family) for family in families],
        "agreements": [_agreement(paper, agreement) for agreement in agreements],
        "glossary": [
            _letter(paper, letter, list(group))
            for letter, group in groupby(terms, lambda t: _first(at.text(t.term)))
        ],
        "index": _index(paper, services),
        "needs": _needs(paper, services),
        "contacts": _contacts(run, paper),
    }
    yield run.document(
        paper,
        path=f"{DOWNLOADS}catalogue.pdf",
        kind="catalogue",
        title=title,
        template="catalogue.typ",
        view=view,
        preview_side=A4_SIDE,
        preview_alone=True,
    )


def _inside(run: Run) -> frozenset[Anchor]:
    """What the catalogue holds itself, so that links lead there and not to the site."""
    catalogue = run.catalogue
    services = [
        service for service in offered(catalogue.services.values()) if service.family in catalogue.families
    ]
    return frozenset(
        [("service", service.id) for service in services]
        + [("family", service.family) for service in services]
        + [("agreement", agreement.id) for agreement in _agreements(run)]
        + [("term", name) for name in catalogue.glossary]
    )


def _agreements(run: Run) -> list[Agreement]:
    """The promises to customers that hold on the day of the run, in the order of identifiers."""
    at = run.paper().at
    promised = (a for a in run.catalogue.agreements.values() if a.kind is AgreementKind.SLA)
    return [agreement for agreement in promised if commitment_table(at, agreement).rows]


def _cover(run: Run, paper: Paper, title: str) -> ViewData:
    organisation = run.catalogue.organisation
    say = run.language.gettext
    return {
        "title": title,
        "edition": say("Édition du %(day)s") % {"day": run.language.day(run.edition.today)},
        "promise": paper.text(organisation, "promise"),
        "qr": paper.qr_code(paper.web_address(Ref("page", "home"))),
        "drawings": [paper.drawing(family.pictogram) for family in sorted_families(paper.at)],
    }


def _reading(paper: Paper) -> list[ViewData]:
    """How to read a sheet: what the numbers of the drawing show."""
    say = paper.at.language.gettext
    parts = (
        (
            say("La famille"),
            say("Une couleur et un pictogramme par famille : ils vous suivent sur toutes les pages."),
        ),
        (say("Ce que vous y gagnez"), say("Le service en quelques phrases, dites de votre point de vue.")),
        (say("Obtenir ce service"), say("Le délai, le prix, pour qui, les heures d'aide et à qui parler.")),
        (say("Le code QR"), say("Photographiez-le : il mène à la page du service, toujours à jour.")),
        (say("Nos engagements"), say("Ce que nous promettons, en chiffres, avec les heures où cela vaut.")),
        (say("Les résultats"), say("Ce que nous avons mesuré le trimestre dernier, bon ou mauvais.")),
    )
    return [{"title": title, "text": text} for title, text in parts]


def _family(paper: Paper, family: Family) -> ViewData:
    services = services_of(paper.at, family.id)
    return {
        "id": family.id,
        "name": paper.text(family, "name"),
        "summary": paper.text(family, "summary"),
        "description": paper.markdown(family, "description"),
        "drawing": paper.drawing(family.pictogram),
        "colours": family_colours(family, paper.at.catalogue.organisation),
        "count": count_services(paper.at, len(services)),
        "services": [service_on_paper(paper, service) for service in services],
    }


def _agreement(paper: Paper, agreement: Agreement) -> ViewData:
    at = paper.at
    covered = [
        service
        for service in offered(at.catalogue.services.values())
        if agreement.id in service.agreements or any(o.agreement == agreement.id for o in service.offerings)
    ]
    return {
        "id": agreement.id,
        "summary": paper.text(agreement, "summary"),
        "table": commitments(commitment_table(at, agreement)),
        "we_commit": paper.texts(agreement, "we_commit"),
        "you_commit": paper.texts(agreement, "you_commit"),
        "services": [{"title": at.text(s.name), "url": Ref("service", s.id)} for s in covered],
    }


def _letter(paper: Paper, letter: str, terms: list[Term]) -> ViewData:
    return {
        "letter": letter,
        "terms": [
            {
                "id": term.id,
                "term": paper.text(term, "term"),
                "definition": paper.markdown(term, "definition", level=4),
            }
            for term in terms
        ],
    }


def _first(words: str) -> str:
    plain = plain_words(words)
    return plain[0][0].upper() if plain and plain[0][0].isalpha() else "#"


def _index(paper: Paper, services: tuple[Service, ...]) -> list[ViewData]:
    """Every service in the order of the alphabet, by letter."""
    at = paper.at
    ordered = sorted(services, key=lambda service: (plain_words(at.text(service.name)), service.id))
    return [
        {
            "letter": letter,
            "entries": [{"title": at.text(s.name), "url": Ref("service", s.id)} for s in group],
        }
        for letter, group in groupby(ordered, lambda service: _first(at.text(service.name)))
    ]


def _needs(paper: Paper, services: tuple[Service, ...]) -> list[ViewData]:
    """What a customer would say, in the order of the alphabet, each with the service that answers."""
    at = paper.at
    said = [(at.text(need), service) for service in services for need in service.needs]
    said.sort(key=lambda pair: (plain_words(pair[0]), pair[1].id))
    return [
        {"title": need, "service": at.text(service.name), "url": Ref("service", service.id)}
        for need, service in said
    ]


def _contacts(run: Run, paper: Paper) -> ViewData:
    organisation = run.catalogue.organisation
    manager = organisation.relationship_manager
    return {
        "desk": contact(contact_view(paper.at, organisation.service_desk)),
        "desk_promise": paper.text(organisation, "service_desk", "promise"),
        "mailbox": organisation.functional_mailbox.address,
        "mailbox_promise": paper.text(organisation, "functional_mailbox", "promise"),
        "manager": contact(contact_view(paper.at, manager)) if manager else None,
    }


def _words(paper: Paper, count: int) -> dict[str, ViewData]:
    say = paper.at.language.gettext
    return {
        "contents": say("Sommaire"),
        "opening": say("En ouverture"),
        "reading": say("Comment lire ce catalogue"),
        "reading_lead": say("Chaque service tient sur une ou deux pages, toujours dans le même ordre."),
        "synopsis": say("L'offre d'un coup d'œil"),
        "count": count_services(paper.at, count),
        "all_commitments": say("Nos engagements"),
        "commitments_lead": say(
            "Ce que nous promettons, par écrit. Les résultats sont publiés chaque trimestre."
        ),
        "covers": say("Couvre :"),
        "we_commit": say("Nous nous engageons à"),
        "you_commit": say("Vous vous engagez à"),
        "glossary": say("Glossaire"),
        "index": say("Index des services"),
        "needs": say("Index des besoins"),
        "needs_lead": say("Partez de ce que vous voulez faire."),
        "contacts": say("Nous joindre"),
        "mailbox": say("Une question sur l'offre"),
        "met": say("Promesse tenue"),
        "near": say("Manquée de peu"),
        "missed": say("Promesse non tenue"),
        "other": say("Trop peu de cas pour juger, ou pas d'objectif"),
    }
