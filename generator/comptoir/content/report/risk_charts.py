"""The charts of risk and accounts: results and their analyses in; signs of leaving, accounts and watermelons out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.choices import satisfaction_by_service
from comptoir.analysis.signals import SignalReason
from comptoir.charts import (
    Bullet,
    BulletRow,
    ChartNumber,
    HeatCell,
    HeatMap,
    HeatRow,
    QuadrantChart,
    QuadrantDot,
    nice_ticks,
)
from comptoir.content.chart_parts import SHOWN
from comptoir.content.chart_sentences import chart_words
from comptoir.content.loyalty_words import SIGNALS, Tongue
from comptoir.content.measure_words import Speech, long_quarter
from comptoir.content.quarter_specs import FULL_SCALE, bullet_row
from comptoir.content.report.loyalty_findings import risk_title, watermelon_title
from comptoir.content.results import Results
from comptoir.measure.types import Measurement
from comptoir.model.terms import SignalKind
from comptoir.wording import N_

_FIELDS: tuple[str, str, str, str] = (
    N_("Rares et grosses"),
    N_("Nombreuses et grosses"),
    N_("Rares et petites"),
    N_("Nombreuses et petites"),
)


def at_risk_chart(tongue: Tongue, analyses: Analyses, key: str) -> HeatMap | None:
    """Which client gives which signs; None for fewer than two."""
    shown = analyses.at_risk[:SHOWN]
    kinds = [kind for kind in SignalKind if kind in analyses.facts.judged]
    if len(shown) < 2 or not kinds:
        return None
    rows = []
    for risk in shown:
        given = {reason.rule.kind: reason for reason in risk.reasons}
        cells = (
            HeatCell(value=_sign(tongue, given[kind])) if kind in given else HeatCell() for kind in kinds
        )
        rows.append(HeatRow(name=tongue.name("client", risk.client), cells=tuple(cells)))
    title = risk_title(tongue, analyses)
    return HeatMap(
        key=key,
        title=title,
        subtitle=tongue.say("Ce qui a été observé, signe par signe"),
        alternative=_alternative(tongue, analyses, title),
        words=replace(
            chart_words(tongue.language),
            service=tongue.say("Client"),
            missing=tongue.say("pas de signe"),
        ),
        columns=tuple(_capital(tongue.say(SIGNALS[kind])) for kind in kinds),
        rows=tuple(rows),
        note=tongue.chosen(
            N_("Les {n} clients qui donnent le plus de signes"), len(shown), len(analyses.at_risk)
        ),
        higher_is_better=None,
    )


def _sign(tongue: Tongue, reason: SignalReason) -> ChartNumber:
    """How strong a sign is, in a word; all have one colour, since their units differ."""
    match reason.rule.kind:
        case SignalKind.NOT_RENEWED | SignalKind.REPEATED_COMPLAINTS:
            text = tongue.number(int(reason.now))
        case SignalKind.RISING_CALLS:
            text = f"{tongue.number(int(reason.before or 0))} → {tongue.number(int(reason.now))}"
        case SignalKind.FALLING_USE:
            text = f"−{tongue.share(reason.measured)}"
        case SignalKind.FALLING_SATISFACTION:
            text = tongue.number(Fraction(reason.now) - Fraction(reason.before or 0), 2)
    return ChartNumber(1.0, text)


def accounts_chart(tongue: Tongue, analyses: Analyses, key: str) -> QuadrantChart | None:
    """How often each client orders, and how much at a time; None for fewer than two."""
    found = [one.analysis for one in analyses.accounts if one.analysis.mean is not None]
    orders = sum(account.orders for account in found)
    if len(found) < 2:
        return None
    usual = Fraction(orders, len(found))
    mean = sum((Fraction(account.total) for account in found), Fraction(0)) / orders
    dots = tuple(
        QuadrantDot(
            name=tongue.name("client", account.client),
            x=ChartNumber(float(account.orders), tongue.number(account.orders)),
            y=ChartNumber(float(account.mean or 0), tongue.money(account.mean or Fraction(0))),
            category=tongue.say(_FIELDS[(account.orders >= usual) + 2 * ((account.mean or 0) < mean)]),
        )
        for account in sorted(found, key=lambda one: (-one.total, one.client))[:SHOWN]
    )
    largest = max(found, key=lambda one: (one.mean or 0, one.client))
    title = tongue.say(
        "Les plus grosses commandes : {name}, {mean} en moyenne",
        name=tongue.name("client", largest.client),
        mean=tongue.money(largest.mean or Fraction(0)),
    )
    return QuadrantChart(
        key=key,
        title=title,
        subtitle=tongue.say("Commandes d’un an et leur montant moyen"),
        alternative=_alternative(tongue, analyses, title),
        words=replace(
            chart_words(tongue.language),
            service=tongue.say("Client"),
            category=tongue.say("Groupe"),
        ),
        dots=dots,
        note=tongue.chosen(
            N_("Les {n} clients dont les commandes font le plus en un an"), len(dots), len(found)
        ),
        x_name=tongue.say("Commandes"),
        y_name=tongue.say("Moyenne"),
        x_split=ChartNumber(float(usual), tongue.number(usual, 1)),
        y_split=ChartNumber(float(mean), tongue.money(mean)),
        x_ticks=tuple(
            ChartNumber(tick, tongue.number(Fraction(tick)))
            for tick in nice_ticks((0.0, *(d.x.value for d in dots)))
        ),
        y_ticks=tuple(
            ChartNumber(tick, tongue.money(Fraction(tick)))
            for tick in nice_ticks((0.0, *(d.y.value for d in dots)))
        ),
        fields=(
            tongue.say(_FIELDS[0]),
            tongue.say(_FIELDS[1]),
            tongue.say(_FIELDS[2]),
            tongue.say(_FIELDS[3]),
        ),
    )


def watermelons_chart(tongue: Tongue, results: Results, analyses: Analyses, key: str) -> Bullet | None:
    """The satisfaction of the services that keep every level, the lowest first; None for fewer than two."""
    catalogue = tongue.catalogue
    indicator = satisfaction_by_service(catalogue.loyalty, results.indicators.values())
    full = FULL_SCALE.get(indicator.unit) if indicator else None
    if indicator is None or full is None or not analyses.watermelons:
        return None
    speech = Speech(indicator, tongue.language, catalogue.organisation.currency)
    compared = [one for one in analyses.satisfaction_held or () if one.is_compared]
    lowest = sorted(compared, key=lambda one: (_value(one.satisfaction), one.scope))[:SHOWN]
    if len(lowest) < 2:
        return None
    title = watermelon_title(tongue, analyses)
    return Bullet(
        key=key,
        title=title,
        subtitle=tongue.say(
            "Satisfaction des services qui tiennent tous leurs niveaux, la plus basse d’abord"
        ),
        alternative=_alternative(tongue, analyses, title),
        words=replace(chart_words(tongue.language), service=tongue.say("Service")),
        rows=tuple(
            _row(speech, tongue.name("service", one.scope.service), one.satisfaction, full) for one in lowest
        ),
    )


def _row(speech: Speech, name: str, measurement: Measurement, full: int) -> BulletRow:
    """The row without its n, which the page of the indicator gives with its rows."""
    return replace(bullet_row(speech, name, measurement, full), sample=None)


def _value(measurement: Measurement) -> Fraction:
    return measurement.value or Fraction(0)


def _alternative(tongue: Tongue, analyses: Analyses, title: str) -> str:
    quarter = long_quarter(tongue.language, analyses.quarter)
    return tongue.say("{quarter} : {title}.", quarter=quarter, title=title)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
