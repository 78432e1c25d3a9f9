"""Parts that several pages show: services in a list, families, hours, contacts, prices, news."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from comptoir.calendars import browser_hours, is_always_open, week_runs
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.calendars import Calendar, DayInterval
from comptoir.model.customers import News
from comptoir.model.organisation import Contact
from comptoir.model.services import Family, Price, Service
from comptoir.model.terms import Lifecycle, PriceModel
from comptoir.wording import Language, plain_words


@dataclass(frozen=True, slots=True)
class Link:
    """A title and where it leads; `note` is a word beside it."""

    title: str
    url: LinkTarget
    note: str = ""


@dataclass(frozen=True, slots=True)
class FamilyMark:
    """A family wherever it is named: its colours come with the class `css`."""

    id: str
    css: str
    name: str
    summary: str
    url: LinkTarget
    pictogram: Markup
    count: int
    count_text: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a list. `status` is '' for a service in its prime."""

    id: str
    name: str
    summary: str
    url: LinkTarget
    css: str
    pictogram: Markup
    family: str
    lifecycle: str
    status: str
    delay: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """Hours of a run of days: 'lundi – vendredi', '8:00 – 18:00'."""

    days: str
    hours: str


@dataclass(frozen=True, slots=True)
class HoursView:
    """Hours in words, and as `data` for the browser to say whether it is open now."""

    name: str
    summary: str
    short: str
    lines: tuple[DayLine, ...]
    holidays: str
    data: str
    id: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to reach, each way with its link."""

    role: str
    person: str
    email: str
    phone: str
    phone_url: str
    url: str
    place: str
    hours: HoursView | None


@dataclass(frozen=True, slots=True)
class PriceView:
    """A price: the amount (None where there is none to state) and its words."""

    amount: Decimal | None
    text: str
    note: str
    free: bool


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A piece of news in a list."""

    title: str
    summary: str
    url: LinkTarget
    date: str
    iso_date: str
    pinned: bool


def sorted_families(at: Edition) -> tuple[Family, ...]:
    """The families in the order that the department chose."""
    families = at.catalogue.families.values()
    return at.once(
        "families", lambda: tuple(sorted(families, key=lambda f: (f.order, at.text(f.name), f.id)))
    )


def offered(services: Iterable[Service]) -> tuple[Service, ...]:
    """The services that one may ask for or expect: not the retired ones."""
    return tuple(s for s in services if s.lifecycle is not Lifecycle.RETIRED)


def services_of(at: Edition, family: str) -> tuple[Service, ...]:
    """The services of a family that are not retired, by name."""
    return at.once("services by family", lambda: _services_by_family(at)).get(family, ())


def _services_by_family(at: Edition) -> dict[str, tuple[Service, ...]]:
    families: dict[str, list[Service]] = {}
    for service in by_name(at, offered(at.catalogue.services.values())):
        families.setdefault(service.family, []).append(service)
    return {family: tuple(services) for family, services in families.items()}


def by_name(at: Edition, services: Iterable[Service]) -> tuple[Service, ...]:
    """The services in the order of their names, accents and case apart."""
    return tuple(sorted(services, key=lambda s: (plain_words(at.text(s.name)), s.id)))


def family_mark(at: Edition, family: Family) -> FamilyMark:
    """The family as other pages show it."""
    count = len(services_of(at, family.id))
    return FamilyMark(
        id=family.id,
        css=f"f-{family.id}",
        name=at.text(family.name),
        summary=at.text(family.summary),
        url=Ref("family", family.id),
        pictogram=at.pictogram(family.pictogram),
        count=count,
        count_text=count_services(at, count),
    )


def count_services(at: Edition, count: int) -> str:
    """'1 service', '12 services'."""
    return at.language.ngettext("%(num)s service", "%(num)s services", count) % {
        "num": at.language.number(count)
    }


def service_line(at: Edition, service: Service) -> ServiceLine:
    """The service as lists show it."""
    family = at.catalogue.families.get(service.family)
    return ServiceLine(
        id=service.id,
        name=at.text(service.official_name),
        summary=at.text(service.summary),
        url=Ref("service", service.id),
        css=f"f-{service.family}",
        pictogram=at.pictogram(service.pictogram or (family.pictogram if family else "")),
        family=at.text(family.name) if family else "",
        lifecycle=service.lifecycle.value,
        status="" if service.lifecycle is Lifecycle.LIVE else label(service.lifecycle, at.language),
        delay=at.text(service.request.delay),
    )


def service_lines(at: Edition, names: Iterable[str]) -> tuple[ServiceLine, ...]:
    """Those of the named services that this catalogue holds, in the order given."""
    services = at.catalogue.services
    return tuple(service_line(at, services[name]) for name in names if name in services)


HINT_LENGTH: Final = 20  # characters of a word in a search hint


def search_hint(at: Edition) -> str:
    """Three things that people look for, as an example in search fields: short words of the most asked services."""
    services = at.catalogue.services
    asked = [services[name] for name in at.catalogue.organisation.most_asked if name in services]
    words = (at.text(s.keywords[0] if s.keywords else s.name) for s in (*asked, *offered(services.values())))
    short = list(dict.fromkeys(word for word in words if len(word) <= HINT_LENGTH))[:3]
    return ", ".join(short) + "…" if short else ""


def segment_links(at: Edition, names: Iterable[str]) -> tuple[Link, ...]:
    """Links to the named segments, in the order of their priority."""
    segments = [at.catalogue.segments[name] for name in names if name in at.catalogue.segments]
    segments.sort(key=lambda s: (s.priority, s.id))
    return tuple(Link(at.text(s.name), Ref("segment", s.id)) for s in segments)


def hours_view(at: Edition, name: str | None) -> HoursView | None:
    """The hours of the calendar called `name`; None when there is none."""
    calendar = at.catalogue.calendars.get(name) if name else None
    if calendar is None:
        return None
    return at.once(("hours", calendar.id), lambda: _hours_view(at, calendar))


def _hours_view(at: Edition, calendar: Calendar) -> HoursView:
    lines = _day_lines(at, calendar)
    opened = tuple(line for line, run in zip(lines, week_runs(calendar), strict=True) if run[2])
    say = at.language.gettext
    if is_always_open(calendar):
        short = say("24 h sur 24, 7 jours sur 7")
    else:
        short = ", ".join(f"{line.days} {line.hours}" for line in opened) or say("Fermé")
    data = browser_hours(calendar, at.catalogue.organisation.time_zone, at.today)
    return HoursView(
        name=at.text(calendar.name),
        summary=at.text(calendar.summary),
        short=short[:1].upper() + short[1:],
        lines=lines,
        holidays=say("Fermé les jours fériés") if calendar.public_holidays else "",
        data=json.dumps(data, separators=(",", ":")),
        id=calendar.id,
    )


def _day_lines(at: Edition, calendar: Calendar) -> tuple[DayLine, ...]:
    return tuple(
        DayLine(
            days=at.language.weekday(first)
            if first == last
            else f"{at.language.weekday(first)}\u2009–\u2009{at.language.weekday(last)}",
            hours=", ".join(_interval(i, at.language) for i in hours) or at.language.gettext("fermé"),
        )
        for first, last, hours in week_runs(calendar)
    )


def _interval(interval: DayInterval, language: Language) -> str:
    if interval.end - interval.start == 24 * 60:
        return "24\u00a0h"
    return f"{language.clock(interval.start)}\u2009–\u2009{language.clock(interval.end)}"


def contact_view(at: Edition, contact: Contact | None) -> ContactView | None:
    """The contact with its links; None for None."""
    if contact is None:
        return None
    phone = contact.phone or ""
    return ContactView(
        role=at.text(contact.role),
        person=at.language.typeset(contact.person or ""),
        email=contact.email or "",
        phone=phone.replace(" ", "\u00a0"),
        phone_url="tel:" + "".join(c for c in phone if c.isdigit() or c == "+") if phone else "",
        url=contact.url or "",
        place=at.text(contact.place),
        hours=hours_view(at, contact.hours),
    )


def price_view(at: Edition, price: Price | None) -> PriceView | None:
    """The price in words; None for None."""
    if price is None:
        return None
    text = label(price.model, at.language)
    if price.amount is not None:
        text = at.language.money(price.amount, at.catalogue.organisation.currency)
        if price.per is not None:
            text = at.language.gettext("%(amount)s par %(unit)s") % {
                "amount": text,
                "unit": at.text(price.per),
            }
    return PriceView(price.amount, text, at.text(price.note), free=price.model is PriceModel.INCLUDED)


def news_line(at: Edition, news: News) -> NewsLine:
    """The piece of news as lists show it."""
    return NewsLine(
        title=at.text(news.title),
        summary=at.text(news.summary),
        url=Ref("news", news.id),
        date=at.language.day(news.date),
        iso_date=news.date.isoformat(),
        pinned=news.pinned,
    )


def sorted_news(at: Edition) -> tuple[News, ...]:
    """News that is out at the day of the build, the newest first."""
    out = (n for n in at.catalogue.news.values() if n.date <= at.today)
    return tuple(sorted(out, key=lambda n: (-n.date.toordinal(), n.id)))
