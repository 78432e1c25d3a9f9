"""Views: raw values kept, text formatted, only what is in force."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

from comptoir.content.ask import ask_button
from comptoir.content.commitments import commitment_table
from comptoir.content.edition import Edition
from comptoir.content.parts import hours_view, price_view
from comptoir.content.references import Ref
from comptoir.model.agreements import Agreement, Target
from comptoir.model.base import Text
from comptoir.model.services import Price, Request
from comptoir.model.terms import Lifecycle, Metric, PriceModel, Unit
from comptoir.model.validity import in_force
from comptoir.site.pages.service import service_view
from comptoir.wording import language

from .samples import TODAY, base_catalogue


def at(today: date = TODAY, code: str = "fr") -> Edition:
    return Edition(base_catalogue(), language(code), today)


def agreement(*targets: Target) -> Agreement:
    kept: Agreement = base_catalogue().agreements["sla-standard"]
    return kept.model_copy(
        update={"targets": targets, "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    )


def target(value: int, first: date | None = None, last: date | None = None) -> Target:
    return Target(
        metric=Metric.TTR, value=Decimal(value), unit=Unit.HOURS, valid_from=first, valid_until=last
    )


def test_only_targets_in_force_are_shown() -> None:
    before = target(8, last=date(2026, 6, 30))
    after = target(4, first=date(2026, 7, 1))
    both = agreement(before, after)
    assert [row.value[0] for row in commitment_table(at(date(2026, 6, 30)), both).rows] == ["8"]
    assert [row.value[0] for row in commitment_table(at(date(2026, 7, 1)), both).rows] == ["4"]
    assert commitment_table(at(date(2027, 1, 1)), both).rows == ()
    assert not in_force(date(2027, 1, 1), both, target(1, last=date(2027, 6, 30)))


def test_price() -> None:
    price = Price(
        model=PriceModel.SUBSCRIPTION, amount=Decimal("12.50"), per=Text({"fr": "mois", "en": "month"})
    )
    french, english = price_view(at(), price), price_view(at(code="en"), price)
    assert french and english
    assert (french.amount, french.text) == (Decimal("12.50"), "12,50\u00a0€ par mois")
    assert english.text == "€12.50 per month"
    included = price_view(at(), Price(model=PriceModel.INCLUDED))
    assert included and included.free and included.amount is None


def test_hours_in_words_and_for_the_browser() -> None:
    hours = hours_view(at(), "office-hours")
    assert hours
    assert hours.short.startswith("Lundi")
    assert set(json.loads(hours.data)) == {"tz", "week", "days", "until"}
    always = hours_view(at(), "around-the-clock")
    assert always and always.short == "24\u00a0h sur 24, 7 jours sur 7"
    assert hours_view(at(), "unknown") is None and hours_view(at(), None) is None


def test_ask_button_leads_to_the_portal_or_writes_an_email() -> None:
    service = base_catalogue().services["wifi"]
    portal = service.model_copy(update={"request": Request(url="https://portal.example/wifi?a=1&b=2")})
    button = ask_button(at(), portal)
    assert button and button.url == "https://portal.example/wifi?a=1&b=2" and not button.is_mail
    mail = ask_button(at(), service.model_copy(update={"request": Request(email="wifi@x.example")}))
    assert mail and mail.url.startswith("mailto:wifi@x.example?subject=Demande")
    assert "{segment}" in mail.template and "{segment}" not in mail.url
    plain = ask_button(at(), service.model_copy(update={"request": Request()}))
    assert plain and unquote(plain.url).startswith(
        f"mailto:{base_catalogue().organisation.functional_mailbox.address}?"
    )


def test_banner_says_until_when_and_what_instead() -> None:
    catalogue = base_catalogue()
    wifi = catalogue.services["wifi"].model_copy(
        update={"lifecycle": Lifecycle.RETIRING, "until": date(2026, 12, 31), "replaced_by": "mail"}
    )
    context = Edition(catalogue, language("fr"), TODAY)
    banner = service_view(context, wifi).banner
    assert banner and banner.text == "Ce service s’arrête après le 31\u00a0décembre 2026."
    assert banner.link and banner.link.url == Ref("service", "mail")


def test_what_the_audience_may_not_see_is_left_out_without_a_trace() -> None:
    catalogue = base_catalogue()
    cut = replace(catalogue, segments={}, partners={}, agreements={}, families={})
    context = Edition(cut, language("fr"), TODAY)
    view = service_view(context, catalogue.services["wifi"])
    assert (view.segments, view.partners, view.commitments, view.family) == ((), (), (), None)
