"""Search engines' view of a service: a service and its catalogue in, schema.org JSON-LD out.

The result is laid between `<script type="application/ld+json">` and `</script>`: no text can end that element.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final

from comptoir.calendars import OpenHours, exceptions, week_runs
from comptoir.markdown import plain_text
from comptoir.model.base import Text
from comptoir.model.calendars import DAYS, MINUTES_OF_DAY, Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import Contact
from comptoir.model.services import Price, Service
from comptoir.model.terms import Lifecycle, PriceModel
from comptoir.wording import language

Json = dict[str, object]
Address = Callable[[str, str], str]

SPECIAL_DAYS_AHEAD: Final = 90
"""How far the exceptions of a calendar are told; a page is built again long before."""

_AVAILABILITY: Final = {
    Lifecycle.PIPELINE: "PreOrder",
    Lifecycle.LIVE: "InStock",
    Lifecycle.RETIRING: "LimitedAvailability",
    Lifecycle.RETIRED: "Discontinued",
}
_ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def json_ld(service: Service, catalogue: Catalogue, code: str, today: date, address: Address) -> str:
    """`service` as JSON-LD in the language `code`, safe inside a script element.

    `address(kind, name)` gives the address of a page ('service', 'wifi'), absolute where the site has one.
    `catalogue` is already cut for the audience that reads it; hours are told as known on `today`.
    """
    graph = _Graph(service, catalogue, code, today, address).nodes()
    content = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def line_of(text: Text, code: str) -> str:
    """The text in a language, on one line, as pages show it."""
    return language(code).typeset(text.in_language(code))


def bare_line_of(text: Text, code: str) -> str:
    """The same for Markdown, without its marks: a program is not made to read our links."""
    return language(code).typeset(plain_text(text.in_language(code)))


class _Graph:
    """One service in one language; each method gives one node or value of the graph."""

    def __init__(
        self, service: Service, catalogue: Catalogue, code: str, today: date, address: Address
    ) -> None:
        self.service = service
        self.catalogue = catalogue
        self.organisation = catalogue.organisation
        self.code = code
        self.today = today
        self.address = address
        self.url = address("service", service.id)

    def nodes(self) -> list[Json]:
        nodes = [self.describe_service(), self.describe_provider()]
        if self.service.faq:
            nodes.append(self.describe_questions())
        return nodes

    def describe_service(self) -> Json:
        service = self.service
        family = self.catalogue.families.get(service.family)
        return _filled(
            {
                "@type": "Service",
                "@id": f"{self.url}#service",
                "name": self.text(service.official_name),
                "description": self.text(service.full_summary),
                "url": self.url,
                "serviceType": self.text(family.name) if family else None,
                "provider": {"@id": f"{self.address('page', 'about')}#organisation"},
                "audience": self.describe_audience(service.segments),
                "availableChannel": list(self.describe_channels()),
                "hoursAvailable": self.describe_hours(service.service_hours),
                "offers": list(self.describe_offers()),
                "hasOfferCatalog": self.describe_request_items(),
                "termsOfService": [self.address("agreement", name) for name in service.agreements],
                "isRelatedTo": [
                    {"@type": "Service", "name": self.text(other.name), "url": self.address("service", name)}
                    for name in service.related
                    if (other := self.catalogue.services.get(name))
                ],
            }
        )

    def describe_provider(self) -> Json:
        organisation = self.organisation
        return _filled(
            {
                "@type": "Organization",
                "@id": f"{self.address('page', 'about')}#organisation",
                "name": self.text(organisation.department),
                "alternateName": self.text(organisation.short_name),
                "slogan": self.text(organisation.slogan),
                "parentOrganization": {"@type": "Organization", "name": self.text(organisation.name)},
                "url": self.address("page", "home"),
                "email": organisation.functional_mailbox.address,
                "contactPoint": self.describe_contact(organisation.service_desk),
            }
        )

    def describe_questions(self) -> Json:
        return {
            "@type": "FAQPage",
            "@id": f"{self.url}#faq",
            "inLanguage": self.code,
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": self.text(entry.question),
                    "acceptedAnswer": {"@type": "Answer", "text": bare_line_of(entry.answer, self.code)},
                }
                for entry in self.service.faq
            ],
        }

    def describe_audience(self, segments: tuple[str, ...]) -> list[Json]:
        known = (self.catalogue.segments.get(name) for name in segments)
        return [{"@type": "Audience", "audienceType": self.text(found.name)} for found in known if found]

    def describe_channels(self) -> Iterator[Json]:
        """Where one asks, then who helps."""
        service, desk = self.service, self.organisation.service_desk
        asking = service.request.url or (
            f"mailto:{service.request.email or self.organisation.functional_mailbox.address}"
        )
        yield _filled(
            {
                "@type": "ServiceChannel",
                "serviceUrl": asking,
                "availableLanguage": list(self.organisation.languages),
            }
        )
        helper = service.support or desk
        hours = helper.hours or service.support_hours
        if helper.phone or helper.email or helper.url:
            yield _filled(
                {
                    "@type": "ServiceChannel",
                    "serviceUrl": helper.url,
                    "servicePhone": self.describe_contact(helper, hours),
                    "availableLanguage": list(self.organisation.languages),
                }
            )

    def describe_contact(self, contact: Contact, hours: str | None = None) -> Json:
        return _filled(
            {
                "@type": "ContactPoint",
                "contactType": self.text(contact.role),
                "telephone": contact.phone,
                "email": contact.email,
                "url": contact.url,
                "hoursAvailable": self.describe_hours(hours or contact.hours),
            }
        )

    def describe_offers(self) -> Iterator[Json]:
        """The service at its own price, then each of its offerings."""
        service = self.service
        yield self.describe_offer(service.price)
        for offering in service.offerings:
            yield self.describe_offer(offering.price or service.price) | _filled(
                {
                    "name": self.text(offering.name),
                    "description": self.text(offering.summary),
                    "eligibleCustomerType": [
                        self.text(found.name)
                        for name in offering.segments
                        if (found := self.catalogue.segments.get(name))
                    ],
                }
            )

    def describe_offer(self, price: Price | None) -> Json:
        offer: Json = {
            "@type": "Offer",
            "availability": f"https://schema.org/{_AVAILABILITY[self.service.lifecycle]}",
        }
        return offer | (self.describe_price(price) if price else {})

    def describe_price(self, price: Price) -> Json:
        """An amount with its unit; 0 for what is included; nothing for what is quoted."""
        if price.model is PriceModel.QUOTE:
            return {}
        amount = "0" if price.amount is None else format(price.amount, "f")
        return {
            "priceSpecification": _filled(
                {
                    "@type": "UnitPriceSpecification",
                    "price": amount,
                    "priceCurrency": self.organisation.currency,
                    "unitText": self.text(price.per),
                    "description": self.text(price.note),
                }
            )
        }

    def describe_request_items(self) -> Json | None:
        items = [
            self.describe_offer(item.price)
            | _filled({"name": self.text(item.name), "description": self.text(item.summary), "url": item.url})
            for item in self.service.request_items
        ]
        return {"@type": "OfferCatalog", "itemListElement": items} if items else None

    def describe_hours(self, name: str | None) -> tuple[Json, ...]:
        calendar = self.catalogue.calendars.get(name) if name else None
        return _opening_hours(calendar, self.today) if calendar else ()

    def text(self, text: Text | None) -> str:
        return line_of(text, self.code) if text else ""


@lru_cache(maxsize=256)  # every service asks for the same few calendars
def _opening_hours(calendar: Calendar, today: date) -> tuple[Json, ...]:
    """The week of a calendar, then its exceptions; a closed exception opens and closes at midnight."""
    week = [
        _opening(hours) | {"dayOfWeek": [_day_of_week(day) for day in range(first, last + 1)]}
        for first, last, run in week_runs(calendar)
        for hours in _parts(run)
    ]
    return (*week, *_exceptional_hours(calendar, today))


def _exceptional_hours(calendar: Calendar, today: date) -> Iterator[Json]:
    numbered = enumerate(exceptions(calendar, today, today + timedelta(days=SPECIAL_DAYS_AHEAD)))
    for _, run in groupby(numbered, key=lambda e: (e[1].day.toordinal() - e[0], e[1].hours)):
        days = [day for _, day in run]
        validity = {"validFrom": days[0].day.isoformat(), "validThrough": days[-1].day.isoformat()}
        for hours in _parts(days[0].hours) or [(0, 0)]:
            yield _opening(hours) | validity


def _parts(hours: OpenHours) -> list[tuple[int, int]]:
    return [(interval.start, interval.end) for interval in hours]


def _opening(hours: tuple[int, int]) -> Json:
    """schema.org has no 24:00: the end of the day is written 23:59, as search engines ask."""
    opens, closes = (f"{m // 60:02}:{m % 60:02}" for m in (hours[0], min(hours[1], MINUTES_OF_DAY - 1)))
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def _day_of_week(day: int) -> str:
    return f"https://schema.org/{DAYS[day].capitalize()}"


def _filled(node: Json) -> Json:
    """`node` without what has no value."""
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}
