"""The catalogue for programs: a catalogue cut for its audience in, `catalogue.json` and schema.org JSON-LD out.

`docs/reference/catalogue-json.md` says what each key means, and `catalogue.schema.json` beside it holds the file
to it. Names of clients, of persons, and what only management knows of segments never enter it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Final

from comptoir.addresses import page_path, relative_url
from comptoir.calendars import DAYS_AHEAD, OpenHours, exceptions
from comptoir.model.agreements import Agreement, LoosePromise, Target
from comptoir.model.base import Entity, Text, in_written_order
from comptoir.model.calendars import DAYS, Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.model.customers import Partner, Segment
from comptoir.model.organisation import Contact, Organisation
from comptoir.model.own_fields import OwnField
from comptoir.model.services import Family, Offering, Price, Request, RequestItem, Service
from comptoir.model.validity import in_force
from comptoir.site.data.linked_data import Json, bare_line_of, json_ld, line_of

__all__ = ["CATALOGUE_FILE", "SCHEMA_FILE", "VERSION", "catalogue_json", "catalogue_schema", "json_ld"]

CATALOGUE_FILE: Final = "catalogue.json"
"""Where it is published: at the top of the site, once for all languages. Its addresses are relative to itself."""

VERSION: Final = "1.1"
SCHEMA_FILE: Final = "catalogue.schema.json"
"""The schema, published beside the file that names it."""


def catalogue_json(catalogue: Catalogue, today: date) -> str:
    """`catalogue` as JSON, with the promises in force on `today`.

    `catalogue` is already cut for the audience that reads it (`for_audience`).
    """
    return _Writer(catalogue, today).write()


def catalogue_schema() -> str:
    """The JSON Schema of what `catalogue_json` gives."""
    return (files("comptoir.site.data") / SCHEMA_FILE).read_text(encoding="utf-8")


class _Writer:
    """One catalogue on one day; each method turns one kind of part into plain JSON."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self.catalogue = catalogue
        self.organisation = catalogue.organisation
        self.languages = catalogue.organisation.languages
        self.today = today

    def write(self) -> str:
        catalogue = self.catalogue
        families = sorted(catalogue.families.values(), key=lambda family: (family.order, family.id))
        segments = sorted(catalogue.segments.values(), key=lambda segment: (segment.priority, segment.id))
        content: Json = {
            "schema": SCHEMA_FILE,
            "version": VERSION,
            "date": self.today.isoformat(),
            "organisation": self.describe_organisation(self.organisation),
            "fields": [self.describe_field(field) for field in in_written_order(catalogue.fields)],
            "families": [self.describe_family(family) for family in families],
            "services": [
                self.describe_service(catalogue.services[name]) for name in sorted(catalogue.services)
            ],
            "segments": [self.describe_segment(segment) for segment in segments],
            "agreements": [
                self.describe_agreement(catalogue.agreements[name]) for name in sorted(catalogue.agreements)
            ],
            "partners": [
                self.describe_partner(catalogue.partners[name]) for name in sorted(catalogue.partners)
            ],
            "calendars": [
                self.describe_calendar(catalogue.calendars[name]) for name in sorted(catalogue.calendars)
            ],
        }
        return "{\n" + ",\n".join(f'"{key}": {_lines(part)}' for key, part in content.items()) + "\n}\n"

    def describe_organisation(self, organisation: Organisation) -> Json:
        desk = organisation.service_desk
        mailbox = organisation.functional_mailbox
        return {
            "name": self.text(organisation.name),
            "department": self.text(organisation.department),
            "short_name": self.text(organisation.short_name),
            "slogan": self.text(organisation.slogan),
            "promise": self.text(organisation.promise),
            "demonstration": organisation.demonstration,
            "languages": list(organisation.languages),
            "time_zone": organisation.time_zone,
            "currency": organisation.currency,
            "site_url": organisation.site_url,
            "service_desk": self.describe_contact(desk)
            | {"portal": desk.portal, "promise": self.text(desk.promise)},
            "functional_mailbox": {"address": mailbox.address, "promise": self.text(mailbox.promise)},
        }

    def describe_contact(self, contact: Contact) -> Json:
        """A role and how to reach it; the person's name stays on the page."""
        return {
            "role": self.text(contact.role),
            "email": contact.email,
            "phone": contact.phone,
            "url": contact.url,
            "place": self.text(contact.place),
            "hours": contact.hours,
        }

    def describe_field(self, field: OwnField) -> Json:
        """A field of the project's own, of which the entities of the kinds `of` have values in `fields`."""
        return {
            "id": field.id,
            "label": self.text(field.label),
            "of": [kind.value for kind in field.of],
            "type": field.type.value,
            "choices": [{"id": choice.id, "name": self.text(choice.name)} for choice in field.choices],
        }

    def own_values(self, entity: Entity) -> Json:
        """What an entity says in the project's own fields that this audience may see."""
        values = {name: getattr(entity.own, field.key, None) for name, field in self.catalogue.fields.items()}
        return {name: self.plain(value) for name, value in values.items() if value is not None}

    def plain(self, value: Text | Decimal | date | bool | str) -> Json | str | bool | None:
        """A value of the project's own as JSON has it."""
        match value:
            case Text():
                return self.text(value)
            case Decimal():
                return _exact(value)
            case date():
                return _day(value)
            case _:
                return value

    def describe_family(self, family: Family) -> Json:
        return {
            "id": family.id,
            "name": self.text(family.name),
            "summary": self.text(family.summary),
            "description": self.markdown(family.description),
            "pictogram": family.pictogram,
            "colour": family.colour,
            "order": family.order,
            "url": self.addresses("family", family.id),
            "fields": self.own_values(family),
        }

    def describe_service(self, service: Service) -> Json:
        return {
            "id": service.id,
            "name": self.text(service.official_name),
            "family": service.family,
            "summary": self.text(service.full_summary),
            "description": self.markdown(service.description),
            "url": self.addresses("service", service.id),
            "lifecycle": service.lifecycle.value,
            "maturity": service.maturity.value if service.maturity else None,
            "since": _day(service.since),
            "until": _day(service.until),
            "replaced_by": service.replaced_by,
            "needs": self.texts(service.needs),
            "keywords": self.texts(service.keywords),
            "benefits": self.texts(service.benefits),
            "highlights": self.texts(service.highlights),
            "included": self.texts(service.included),
            "not_included": self.texts(service.not_included),
            "segments": list(service.segments),
            "eligibility": self.markdown(service.eligibility),
            "request": self.describe_request(service.request),
            "request_items": [self.describe_request_item(item) for item in service.request_items],
            "offerings": [self.describe_offering(offering) for offering in service.offerings],
            "price": self.describe_price(service.price),
            "service_hours": service.service_hours,
            "support_hours": service.support_hours,
            "support": self.describe_contact(service.support or self.organisation.service_desk),
            "owner": self.describe_contact(service.owner),
            "agreements": list(service.agreements),
            "partners": [
                {"partner": entry.partner, "part": self.text(entry.part)} for entry in service.partners
            ],
            "dependencies": [
                {"service": entry.service, "criticality": entry.criticality.value}
                for entry in service.dependencies
            ],
            "related": list(service.related),
            "faq": [
                {"question": self.text(entry.question), "answer": self.markdown(entry.answer)}
                for entry in service.faq
            ],
            "review_date": service.review_date.isoformat(),
            "fields": self.own_values(service),
        }

    def describe_request(self, request: Request) -> Json:
        email = request.email or (None if request.url else self.organisation.functional_mailbox.address)
        return {
            "url": request.url,
            "email": email,
            "delay": self.text(request.delay),
            "steps": self.texts(request.steps),
        }

    def describe_request_item(self, item: RequestItem) -> Json:
        return {
            "id": item.id,
            "name": self.text(item.name),
            "summary": self.text(item.summary),
            "url": item.url,
            "delay": self.text(item.delay),
            "approval": self.text(item.approval),
            "price": self.describe_price(item.price),
        }

    def describe_offering(self, offering: Offering) -> Json:
        return {
            "id": offering.id,
            "name": self.text(offering.name),
            "summary": self.text(offering.summary),
            "includes": self.texts(offering.includes),
            "segments": list(offering.segments),
            "agreement": offering.agreement,
            "price": self.describe_price(offering.price),
        }

    def describe_price(self, price: Price | None) -> Json | None:
        if price is None:
            return None
        return {
            "model": price.model.value,
            "amount": _exact(price.amount),
            "currency": None if price.amount is None else self.organisation.currency,
            "per": self.text(price.per),
            "note": self.text(price.note),
        }

    def describe_segment(self, segment: Segment) -> Json:
        return {
            "id": segment.id,
            "name": self.text(segment.name),
            "summary": self.text(segment.summary),
            "description": self.markdown(segment.description),
            "pictogram": segment.pictogram,
            "priority": segment.priority,
            "url": self.addresses("segment", segment.id),
            "offer": [{"service": entry.service, "why": self.text(entry.why)} for entry in segment.offer],
            "subscriptions": list(segment.subscriptions),
            "fields": self.own_values(segment),
        }

    def describe_agreement(self, agreement: Agreement) -> Json:
        targets = [target for _, target in agreement.targets_in_force(self.today)]
        return {
            "id": agreement.id,
            "kind": agreement.kind.value,
            "name": self.text(agreement.name),
            "summary": self.text(agreement.summary),
            "url": self.addresses("agreement", agreement.id),
            "partner": agreement.partner,
            "segments": list(agreement.segments),
            "clients": "named" if agreement.clients else "all",
            "rests_on": list(agreement.rests_on),
            "calendar": agreement.calendar,
            "valid_from": agreement.valid_from.isoformat(),
            "valid_until": _day(agreement.valid_until),
            "in_force": in_force(self.today, agreement),
            "targets": [self.describe_target(agreement, target) for target in targets],
            "in_words": [
                self.describe_loose(one) for one in agreement.in_words if in_force(self.today, agreement, one)
            ],
            "we_commit": self.texts(agreement.we_commit),
            "you_commit": self.texts(agreement.you_commit),
            "exclusions": self.texts(agreement.exclusions),
            "fields": self.own_values(agreement),
        }

    def describe_target(self, agreement: Agreement, target: Target) -> Json:
        return {
            "metric": target.metric.value,
            "value": _exact(target.value),
            "unit": target.unit.value,
            "share": _exact(target.share),
            "priority": target.priority,
            "request_item": target.request_item,
            "label": self.text(target.label),
            "judged": agreement.is_judged(target),
            "note": self.text(target.note),
        }

    def describe_loose(self, promise: LoosePromise) -> Json:
        return {
            "metric": promise.metric.value,
            "between": [_exact(bound) for bound in promise.between] if promise.between else None,
            "unit": promise.unit.value if promise.unit else None,
            "words": self.text(promise.words),
            "priority": promise.priority,
            "request_item": promise.request_item,
            "label": self.text(promise.label),
            "note": self.text(promise.note),
        }

    def describe_partner(self, partner: Partner) -> Json:
        return {
            "id": partner.id,
            "name": self.text(partner.name),
            "kind": partner.kind.value,
            "summary": self.text(partner.summary),
            "owns": self.texts(partner.owns),
            "hours": partner.hours,
            "contact": self.describe_contact(partner.contact),
            "website": partner.url,
            "url": self.addresses("partner", partner.id),
            "fields": self.own_values(partner),
        }

    def describe_calendar(self, calendar: Calendar) -> Json:
        last = self.today + timedelta(days=DAYS_AHEAD)
        return {
            "id": calendar.id,
            "name": self.text(calendar.name),
            "summary": self.text(calendar.summary),
            "time_zone": calendar.time_zone or self.organisation.time_zone,
            "week": {day: _hours(hours) for day, hours in zip(DAYS, calendar.week.days(), strict=True)},
            "exceptions": [
                {
                    "day": day.day.isoformat(),
                    "hours": _hours(day.hours),
                    "public_holiday": day.is_public_holiday,
                }
                for day in exceptions(calendar, self.today, last)
            ],
            "exceptions_until": last.isoformat(),
        }

    def text(self, text: Text | None) -> Json | None:
        """A text in each language of the site, as its pages show it."""
        if text is None:
            return None
        return {code: line_of(text, code) for code in self.languages}

    def texts(self, texts: Iterable[Text]) -> list[Json | None]:
        return [self.text(text) for text in texts]

    def markdown(self, text: Text | None) -> Json | None:
        """Markdown as plain text in each language."""
        if text is None:
            return None
        return {code: bare_line_of(text, code) for code in self.languages}

    def addresses(self, kind: str, name: str) -> Json:
        """The page in each language, relative to the file; the first language is at the top of the site."""
        path = relative_url("index.md", page_path(kind, name))
        first = self.organisation.languages[0]
        return {code: path if code == first else f"{code}/{path}" for code in self.languages}


def _lines(part: object) -> str:
    """A part of the file as JSON: an entity a line, so that a change shows as one line (and C encodes it)."""
    if not isinstance(part, list):
        return json.dumps(part, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(entity, ensure_ascii=False) for entity in part) + "\n]"


def _exact(value: Decimal | None) -> str | None:
    """The number as it was written, never in powers of ten."""
    return None if value is None else format(value, "f")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _hours(hours: OpenHours) -> list[Json]:
    return [{"opens": _clock(interval.start), "closes": _clock(interval.end)} for interval in hours]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
