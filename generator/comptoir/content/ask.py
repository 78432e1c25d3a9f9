"""Asking for a service: how one asks in; the button, its link and what one should know before out."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.content.edition import Edition
from comptoir.content.mail import fill_segment, mail_template
from comptoir.content.parts import PriceView, price_view
from comptoir.content.subjects import ASK, ASK_ITEM, FAULT, PROFILE_LINE, SERVICE_LINE, TELL_ME
from comptoir.model.base import Url
from comptoir.model.services import RequestItem, Service
from comptoir.model.terms import Lifecycle


@dataclass(frozen=True, slots=True)
class AskButton:
    """A button. `template` is its link with a mark for who one is ('' when it leads to a portal)."""

    label: str
    url: str
    template: str
    is_mail: bool
    accessible_name: str


@dataclass(frozen=True, slots=True)
class RequestItemView:
    """A thing one can ask for, with its own button."""

    id: str
    name: str
    summary: str
    delay: str
    approval: str
    price: PriceView | None
    ask: AskButton | None


def ask_button(at: Edition, service: Service) -> AskButton | None:
    """The button of the service; None when it can no longer be asked for."""
    say = at.language.gettext
    name = at.text(service.name)
    if service.lifecycle is Lifecycle.RETIRED:
        return None
    if service.lifecycle is Lifecycle.PIPELINE:
        return _mail(at, service, say("Me prévenir à l'ouverture"), say(TELL_ME) % {"name": name})
    words = say("Demander ce service")
    if service.request.url:
        return _portal(words, service.request.url, name)
    return _mail(at, service, words, say(ASK) % {"name": name})


def fault_button(at: Edition, service: Service) -> AskButton | None:
    """The button that reports a fault of a service that works; it leads to whoever helps, by mail or to their portal."""
    if service.lifecycle not in (Lifecycle.LIVE, Lifecycle.RETIRING):
        return None
    say, desk = at.language.gettext, at.catalogue.organisation.service_desk
    helper = service.support or desk
    portal = helper.url or (desk.portal if helper is desk else None)
    label, name = say("Signaler une panne"), at.text(service.name)
    address = helper.email or (desk.email if portal is None else None)
    if address is None and portal is not None:
        return _portal(label, portal, name)
    lines = (
        say("Bonjour,"),
        "",
        say(SERVICE_LINE) % {"name": name},
        say("Ce qui ne marche pas :"),
        "",
        say("Depuis quand :"),
        say("Nom et équipe :"),
    )
    to = address or at.catalogue.organisation.functional_mailbox.address
    url = mail_template(to, say(FAULT) % {"name": name}, lines)
    return AskButton(label, url, "", is_mail=True, accessible_name=_full_name(label, name))


def request_item_view(at: Edition, service: Service, item: RequestItem) -> RequestItemView:
    """The request item as the service page lists it."""
    return RequestItemView(
        id=item.id,
        name=at.text(item.name),
        summary=at.text(item.summary),
        delay=at.text(item.delay) or at.text(service.request.delay),
        approval=at.text(item.approval),
        price=price_view(at, item.price),
        ask=_ask_item(at, service, item),
    )


def _ask_item(at: Edition, service: Service, item: RequestItem) -> AskButton | None:
    say = at.language.gettext
    if service.lifecycle in (Lifecycle.RETIRED, Lifecycle.PIPELINE):
        return None
    name = at.text(item.name)
    url = item.url or service.request.url
    if url:
        return _portal(say("Demander"), url, name)
    names = {"service": at.text(service.name), "item": name}
    return _mail(at, service, say("Demander"), say(ASK_ITEM) % names, item)


def _portal(label: str, url: Url, name: str) -> AskButton:
    return AskButton(label, url, "", is_mail=False, accessible_name=_full_name(label, name))


def _mail(
    at: Edition, service: Service, label: str, subject: str, item: RequestItem | None = None
) -> AskButton:
    say = at.language.gettext
    lines = [say("Bonjour,"), "", say(SERVICE_LINE) % {"name": at.text(service.name)}]
    if item is not None:
        lines.append(say(ASK) % {"name": at.text(item.name)})
    lines += [say("Ce dont j'ai besoin :"), "", say("Nom et équipe :")]
    address = service.request.email or at.catalogue.organisation.functional_mailbox.address
    template = mail_template(address, subject, tuple(lines), say(PROFILE_LINE))
    named = at.text(item.name if item else service.name)
    return AskButton(
        label,
        fill_segment(template, say("à préciser")),
        template,
        is_mail=True,
        accessible_name=_full_name(label, named),
    )


def _full_name(label: str, name: str) -> str:
    """What a screen reader says: begins with the words one sees (WCAG 2.5.3)."""
    return f"{label}\u00a0: {name}"
