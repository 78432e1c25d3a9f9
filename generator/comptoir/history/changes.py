"""Compares two states of a catalogue by meaning: what was offered and what is in, changes by what they mean out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from comptoir.calendars import weekly_minutes
from comptoir.content.labels import label, promise
from comptoir.history.types import CatalogueChange, ChangeKind
from comptoir.model.agreements import Agreement, LoosePromise, Target
from comptoir.model.base import Text
from comptoir.model.calendars import Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Offering, Price, Service
from comptoir.model.terms import AgreementKind, Lifecycle, PriceModel
from comptoir.rules.durations import DurationOrder, holds, order_of
from comptoir.wording import N_, Language

_ENDS = (Lifecycle.RETIRING, Lifecycle.RETIRED)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two states, and the language in which they are told."""

    old: Catalogue
    new: Catalogue
    language: Language
    today: date

    def text(self, text: Text | None) -> str:
        return self.language.typeset(text.in_language(self.language.code)) if text else ""

    def notice(self, agreement: Agreement | None = None) -> int | None:
        """The days of notice that were promised: what the old state said binds."""
        own = agreement.notice_days if agreement else None
        return own if own is not None else self.old.organisation.notice_days


def compare_catalogues(
    old: Catalogue, new: Catalogue, language: Language, today: date
) -> tuple[CatalogueChange, ...]:
    """Every change between two states, those that take something from customers first.

    Both are cut for one audience. A service that was renamed (`formerly`) is the same one.
    """
    pair = _Pair(old, new, language, today)
    found = [*_services(pair), *_agreements(pair)]
    rank = list(ChangeKind).index
    return tuple(sorted(found, key=lambda change: (rank(change.kind), change.subject, change.before)))


def _services(pair: _Pair) -> Iterator[CatalogueChange]:
    before = dict(pair.old.services)
    for name, service in pair.new.services.items():
        past = before.pop(name, None) or next(
            (before.pop(former) for former in service.formerly if former in before), None
        )
        if past is None:
            yield CatalogueChange(
                ChangeKind.SERVICE_NEW,
                ("service", name),
                pair.text(service.name),
                after=pair.text(service.summary),
                services=(name,),
                day=service.since,
            )
        else:
            yield from _service(pair, past, service)
    for name, past in before.items():
        if past.lifecycle is not Lifecycle.RETIRED:
            yield CatalogueChange(
                ChangeKind.SERVICE_GONE,
                ("service", name),
                pair.text(past.name),
                services=(name,),
                day=pair.today,
                notice_days=pair.notice(),
            )


def _service(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    found = [
        *_life(pair, old, new),
        *_price(pair, old.price, new.price, new, ""),
        *_offerings(pair, old, new),
        *_hours(pair, old, new),
        *_included(pair, old, new),
        *_eligible(pair, old, new),
        *_promised(pair, old, new),
    ]
    if (old.owner.role, old.owner.email, old.owner.person) != (
        new.owner.role,
        new.owner.email,
        new.owner.person,
    ):
        who = (pair.text(old.owner.role), pair.text(new.owner.role))
        found.append(_change(pair, ChangeKind.OWNER, new, *who))
    yield from found
    skipped = {"id", "formerly", "aliases", "code", "review_date", "segments", "agreements"}
    if not found and old.model_dump(exclude=skipped) != new.model_dump(exclude=skipped):
        yield _change(pair, ChangeKind.WORDS, new)


def _change(
    pair: _Pair,
    kind: ChangeKind,
    service: Service,
    before: str = "",
    after: str = "",
    day: date | None = None,
) -> CatalogueChange:
    return CatalogueChange(
        kind,
        ("service", service.id),
        pair.text(service.name),
        before,
        after,
        (service.id,),
        day or pair.today,
        pair.notice() if kind.weakens else None,
    )


def _life(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    said = (label(old.lifecycle, pair.language), label(new.lifecycle, pair.language))
    ends_sooner = new.until is not None and (old.until is None or new.until < old.until)
    if new.lifecycle in _ENDS and (old.lifecycle not in _ENDS or ends_sooner):
        yield _change(pair, ChangeKind.SERVICE_ENDING, new, *said, day=new.until)
    elif new.lifecycle is Lifecycle.LIVE and old.lifecycle is not Lifecycle.LIVE:
        yield _change(pair, ChangeKind.SERVICE_LIVE, new, *said)


def _price(
    pair: _Pair, old: Price | None, new: Price | None, service: Service, of: str
) -> Iterator[CatalogueChange]:
    if old is None or new is None or (old.model, old.amount, old.per) == (new.model, new.amount, new.per):
        return
    currency = pair.new.organisation.currency
    past, present = (f"{of}{price_words(pair.language, price, currency)}" for price in (old, new))
    free = (PriceModel.INCLUDED,)
    same_terms = (
        (old.model, old.per) == (new.model, new.per) and old.amount is not None and new.amount is not None
    )
    lower = new.model in free or (same_terms and (new.amount or 0) < (old.amount or 0))
    yield _change(
        pair, ChangeKind.PRICE_LOWERED if lower else ChangeKind.PRICE_RAISED, service, past, present
    )


def price_words(language: Language, price: Price, currency: str) -> str:
    """A price on one line: its model, its amount, what it is for."""
    words = [label(price.model, language)]
    if price.amount is not None:
        amount = language.money(price.amount, currency)
        per = price.per.in_language(language.code) if price.per else ""
        words.append(language.say(N_("{amount} par {unit}"), amount=amount, unit=per) if per else amount)
    return ", ".join(words)


def _offerings(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    before: dict[str, Offering] = {offering.id: offering for offering in old.offerings}
    for offering in new.offerings:
        past = before.pop(offering.id, None)
        name = pair.text(offering.name)
        if past is None:
            yield _change(pair, ChangeKind.OFFERING_NEW, new, after=name)
        else:
            yield from _price(pair, past.price, offering.price, new, f"{name} – ")
    for past in before.values():
        yield _change(pair, ChangeKind.OFFERING_GONE, new, pair.text(past.name))


def _hours(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    for key in ("service_hours", "support_hours"):
        past = pair.old.calendars.get(getattr(old, key))
        present = pair.new.calendars.get(getattr(new, key))
        if past is None or present is None or _same_hours(past, present):
            continue
        gained = holds(present.week.days(), past.week.days()) and not _closes_more(past, present)
        kind = ChangeKind.HOURS_LONGER if gained else ChangeKind.HOURS_SHORTER
        said = (_hours_words(pair, past), _hours_words(pair, present))
        yield _change(pair, kind, new, *said)


def _same_hours(one: Calendar, other: Calendar) -> bool:
    return one.week == other.week and one.public_holidays == other.public_holidays


def _closes_more(old: Calendar, new: Calendar) -> bool:
    return new.public_holidays is not None and old.public_holidays is None


def _hours_words(pair: _Pair, calendar: Calendar) -> str:
    hours = pair.language.number(round(weekly_minutes(calendar) / 60))
    name = pair.text(calendar.name)
    return pair.language.say(N_("{name} ({hours} h par semaine)"), name=name, hours=hours)


def _included(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    gone = [pair.text(item) for item in old.included[len(new.included) :]]
    if gone or len(new.not_included) > len(old.not_included):
        told = gone or [pair.text(item) for item in new.not_included[len(old.not_included) :]]
        yield _change(
            pair, ChangeKind.LESS_INCLUDED, new, *((", ".join(told), "") if gone else ("", ", ".join(told)))
        )
    elif len(new.included) > len(old.included):
        told = [pair.text(item) for item in new.included[len(old.included) :]]
        yield _change(pair, ChangeKind.MORE_INCLUDED, new, "", ", ".join(told))


def _eligible(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    """Segments that may have it: none named means everyone."""
    everyone = frozenset(pair.new.segments)
    past, present = frozenset(old.segments) or everyone, frozenset(new.segments) or everyone
    if past == present:
        return
    fewer, more = (
        ", ".join(
            pair.text(pair.new.segments[name].name) for name in sorted(names) if name in pair.new.segments
        )
        for names in (past - present, present - past)
    )
    kind = ChangeKind.FEWER_ELIGIBLE if past - present else ChangeKind.MORE_ELIGIBLE
    yield _change(pair, kind, new, fewer, more)


def _promised(pair: _Pair, old: Service, new: Service) -> Iterator[CatalogueChange]:
    """Agreements that no longer cover a service, or cover it now; what they say is compared once, apart."""
    for name in old.agreements:
        agreement = pair.new.agreements.get(name) or pair.old.agreements.get(name)
        if name not in new.agreements and agreement and agreement.kind is AgreementKind.SLA:
            yield _change(pair, ChangeKind.PROMISE_WEAKER, new, pair.text(agreement.name), "–")
    for name in new.agreements:
        agreement = pair.new.agreements.get(name)
        if name not in old.agreements and agreement and agreement.kind is AgreementKind.SLA:
            yield _change(pair, ChangeKind.PROMISE_STRONGER, new, "–", pair.text(agreement.name))


def _agreements(pair: _Pair) -> Iterator[CatalogueChange]:
    for name, old in pair.old.agreements.items():
        new = pair.new.agreements.get(name)
        if old.kind is not AgreementKind.SLA or new is None:
            continue  # what covered a service and is gone is told of the service
        told: set[tuple[object, ...]] = set()
        for day in _days(pair, old, new):
            before, after = _targets(old, day), _targets(new, day)
            for key in [*before, *(key for key in after if key not in before)]:
                change = _target(pair, (old, before.get(key)), (new, after.get(key)), day)
                if change and key not in told:
                    told.add(key)
                    yield change


def _days(pair: _Pair, *agreements: Agreement) -> list[date]:
    """Today, and each day to come on which something that is promised begins or ends."""
    days = {pair.today}
    dated: list[Agreement | Target | LoosePromise] = []
    for agreement in agreements:
        dated += [agreement, *agreement.targets]
    for one in dated:
        days |= {one.valid_from} if one.valid_from else set()
        days |= {one.valid_until + timedelta(days=1)} if one.valid_until else set()
    return sorted(day for day in days if day >= pair.today)


def _targets(agreement: Agreement, day: date) -> Mapping[tuple[object, ...], Target]:
    return {
        (target.metric, target.priority, target.request_item, target.label): target
        for _, target in agreement.targets_in_force(day)
        if not isinstance(target, LoosePromise)
    }


def _target(
    pair: _Pair, before: tuple[Agreement, Target | None], after: tuple[Agreement, Target | None], day: date
) -> CatalogueChange | None:
    (old, past), (new, present) = before, after
    if past is not None and present is not None:
        calendars = (pair.new.calendars.get(new.calendar), pair.old.calendars.get(old.calendar))
        kind = _judge(past, present, calendars[1], calendars[0])
    else:
        kind = ChangeKind.PROMISE_WEAKER if present is None else ChangeKind.PROMISE_STRONGER
    if kind is None:
        return None
    return CatalogueChange(
        kind,
        ("agreement", new.id),
        pair.text(new.name),
        promise(past, pair.old, pair.language) if past else "",
        promise(present, pair.new, pair.language) if present else "",
        tuple(sorted(s.id for s in pair.new.services.values() if new.id in s.agreements)),
        day,
        pair.notice(old) if kind.weakens else None,
    )


def _judge(
    past: Target, present: Target, past_calendar: Calendar | None, calendar: Calendar | None
) -> ChangeKind | None:
    """What the change of a target means; None where it means nothing."""
    order = order_of(present, calendar, past, past_calendar)
    back = order_of(past, past_calendar, present, calendar)
    share, past_share = present.share or 100, past.share or 100
    if order is DurationOrder.UNKNOWN:
        return ChangeKind.PROMISE_DIFFERENT
    if order is DurationOrder.BEYOND or share < past_share:
        return ChangeKind.PROMISE_WEAKER
    if back is DurationOrder.BEYOND or share > past_share:
        return ChangeKind.PROMISE_STRONGER
    return None
