"""Explanations of risk: what each rule of early warning measured of a client, and where clients stand in the quadrant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Final

from comptoir.analysis.analyses import LoyaltyQuadrant
from comptoir.analysis.choices import rules_of, satisfaction_by_client
from comptoir.analysis.quadrant import LoyaltyKind, Placed
from comptoir.analysis.signals import ClientAtRisk, ClientFacts, SignalRule, try_rule
from comptoir.explain.material import Material, Told, cite, nothing, setting
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, ValueTable, ValueUnit
from comptoir.measure.role_rows import RowsAsked
from comptoir.measure.statistics import Number, exact
from comptoir.measure.types import Measurement, Scope
from comptoir.model.roles import Role
from comptoir.model.terms import SignalKind

AT_RISK: Final = "Signs of leaving: what each rule measured of each client"
QUADRANT: Final = "Loyalty quadrant: trend of use, and satisfaction"
_ROLES: Final = {
    SignalKind.NOT_RENEWED: (Role.SUBSCRIPTIONS,),
    SignalKind.RISING_CALLS: (Role.REQUESTS, Role.CALLS),
    SignalKind.REPEATED_COMPLAINTS: (Role.REQUESTS,),
    SignalKind.FALLING_USE: (Role.USAGE,),
    SignalKind.FALLING_SATISFACTION: (),
}


def explain_at_risk(material: Material) -> Told:
    """The signals of each client at risk; of the clients that are asked for, every rule and what it was tried on."""
    analyses = material.analyses
    if not analyses.facts.judged:
        return nothing(
            "at-risk", AT_RISK, material, "no source tells of subscriptions, requests, use or satisfaction"
        )
    shown = [facts for facts in analyses.facts.clients if material.speaks_of(facts.client)]
    at_risk = [risk for risk in analyses.at_risk if material.speaks_of(risk.client)]
    blind = [kind.value for kind in SignalKind if kind not in analyses.facts.judged]
    tables = [_trials(material, shown)]
    if material.clients is not None:
        tables += [table for facts in shown for table in _facts_tables(material, facts)]
    explanation = Explanation(
        name="at-risk",
        title=AT_RISK,
        formula=(
            "window = the days of the rule up to the last day of the quarter; before = as many days before those",
            "not-renewed: subscriptions that end within the window before or after and do not go on; "
            "repeated-complaints: complaints in the window",
            "rising-calls: (now − before) ÷ before; falling-use: (mean before − mean now) ÷ mean before; "
            "falling-satisfaction: mean before − mean now, of the quarters' scores",
            "a signal: what is measured reaches the threshold, and the minimum is reached; unknown is no signal",
        ),
        source="docs/guides/loyalty.md, Signs of leaving; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(_satisfaction_setting(material), *_rule_settings(material)),
        steps=(
            Step("last day", material.quarter.last_day, ValueUnit.DAY),
            Step("clients at risk", len(at_risk), how=", ".join(risk.client for risk in at_risk)),
            Step("signals without data", len(blind), how=", ".join(blind)),
        ),
        tables=tuple(tables),
        cited=cite(_scores(material, at_risk)),
    )
    roles = {role for kind in analyses.facts.judged for role in _ROLES[kind]}
    last, clients = material.quarter.last_day, material.clients
    asked = tuple(RowsAsked(role, None, last, clients=clients) for role in Role if role in roles)
    return Told(explanation, asked)


def explain_quadrant(material: Material) -> Told:
    """Use before and now, its trend, satisfaction and the quadrant of each client, or segment."""
    found = material.analyses.quadrant
    if found is None:
        missing = "use and satisfaction, by client or by segment, are needed, and a score from which one is satisfied"
        return nothing("quadrant", QUADRANT, material, missing)
    settings = material.analyses.settings.quadrant
    before = material.quarter.shift(-material.quarter.as_many(settings.quarters_back))
    shown = [one for one in found.placed if _stands(material, one.name, found.by_segment)]
    tables = [_standings(material, found, shown)]
    if material.clients is not None and not found.by_segment:
        facts = [one for one in material.analyses.facts.clients if material.speaks_of(one.client)]
        tables += [_use(one) for one in facts if one.use]
    kind = "segment" if found.by_segment else "client"
    measured = (
        material.archive.get(found.satisfaction, material.quarter, Scope(**{kind: one.name})) for one in shown
    )
    kinds = [one.kind for one in found.placed]
    explanation = Explanation(
        name="quadrant",
        title=QUADRANT,
        formula=(
            "trend = (use now − use before) ÷ use before; 0 and more holds; satisfied from the threshold on",
            "loyal: holds, satisfied; captive: holds, not satisfied; drifting: falls, satisfied; leaving: falls, not satisfied",
            "use = people who used each service, added up by month",
        ),
        source="docs/guides/loyalty.md, Loyalty quadrant; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(
            _satisfaction_setting(material),
            setting(
                material,
                "quadrant",
                "satisfied_from",
                value=material.analyses.settings.quadrant.satisfied_from
                or f"the target of {found.satisfaction}",
            ),
            setting(material, "quadrant", "quarters_back"),
        ),
        steps=(
            Step("satisfied from", found.threshold, ValueUnit.NUMBER),
            Step(
                "placed",
                sum(one is not None for one in kinds),
                how="use before, use now and satisfaction are known",
            ),
            *(Step(one.value, kinds.count(one)) for one in LoyaltyKind),
        ),
        tables=tuple(tables),
        cited=cite(measured),
    )
    asked = RowsAsked(Role.USAGE, before.first_day, material.quarter.last_day, (), clients=material.clients)
    return Told(explanation, (asked,))


def _standings(material: Material, found: LoyaltyQuadrant, shown: list[Placed]) -> ValueTable:
    before = material.quarter.shift(
        -material.quarter.as_many(material.analyses.settings.quadrant.quarters_back)
    )
    columns = (
        Column("segment" if found.by_segment else "client"),
        Column(f"use in {before}", ValueUnit.NUMBER, "mean of its months"),
        Column(f"use in {material.quarter}", ValueUnit.NUMBER, "mean of its months"),
        Column("trend", ValueUnit.SHARE, "(use now − use before) ÷ use before"),
        Column("satisfaction", ValueUnit.NUMBER),
        Column("quadrant"),
    )
    rows = tuple(
        (
            one.name,
            _exact(one.standing.use_before if one.standing else None),
            _exact(one.standing.use_now if one.standing else None),
            one.trend,
            one.satisfaction,
            one.kind.value if one.kind else None,
        )
        for one in shown
    )
    return ValueTable("Where each stands", columns, rows)


def _exact(value: Number | None) -> Fraction | None:
    return None if value is None else exact(value)


def _stands(material: Material, name: str, by_segment: bool) -> bool:
    if not by_segment:
        return material.speaks_of(name)
    return not material.scope.client and material.scope.segment in ("", name)


def _satisfaction_setting(material: Material) -> SettingInForce:
    chosen = satisfaction_by_client(material.catalogue.loyalty, material.archive.indicators.values())
    return setting(material, "satisfaction", value=chosen.id if chosen else "no indicator measures it")


def _rule_settings(material: Material) -> Iterator[SettingInForce]:
    for index, signal in enumerate(material.catalogue.loyalty.signals):
        yield setting(material, "signals", index, "kind", value=signal.kind.value)
        for key in ("threshold", "days", "minimum"):
            yield setting(material, "signals", index, key)


def _trials(material: Material, shown: list[ClientFacts]) -> ValueTable:
    columns = (
        Column("client"),
        Column("rule", ValueUnit.COUNT, "its place in signals"),
        Column("kind"),
        Column("window from", ValueUnit.DAY),
        Column("now", ValueUnit.NUMBER),
        Column("before", ValueUnit.NUMBER),
        Column("measured", ValueUnit.NUMBER, "a share, a count or points, as the rule says"),
        Column("threshold", ValueUnit.NUMBER, "in the unit of what is measured"),
        Column("minimum", ValueUnit.COUNT),
        Column("signal"),
        Column("services"),
    )
    rules, on = rules_of(material.analyses.settings), material.quarter.last_day
    trials = [
        (facts.client, index, try_rule(facts, rule, on))
        for facts in shown
        for index, rule in enumerate(rules, 1)
    ]
    rows = tuple(
        (
            client,
            index,
            trial.rule.kind.value,
            on - timedelta(days=trial.rule.window - 1),
            trial.now,
            trial.before,
            trial.measured,
            Fraction(trial.rule.threshold),
            trial.rule.minimum,
            "yes" if trial.is_signal else "no",
            ", ".join(trial.services),
        )
        for client, index, trial in trials
        if trial.is_signal or material.clients is not None
    )
    title = "What each rule measured" if material.clients is not None else "The rules that gave a signal"
    return ValueTable(title, columns, rows)


def _facts_tables(material: Material, facts: ClientFacts) -> Iterator[ValueTable]:
    """What is known of a client, as far back as a rule looks."""
    rules, on = rules_of(material.analyses.settings), material.quarter.last_day
    if facts.subscriptions:
        yield ValueTable(
            f"{facts.client}, subscriptions that end",
            (Column("service"), Column("ends", ValueUnit.DAY), Column("goes on")),
            tuple((s.service, s.ends_on, "yes" if s.is_renewed else "no") for s in facts.subscriptions),
        )
    for title, kind, days in (
        ("requests or calls", SignalKind.RISING_CALLS, facts.calls),
        ("complaints", SignalKind.REPEATED_COMPLAINTS, facts.complaints),
    ):
        if days:
            yield _days(f"{facts.client}, {title}", days, rules, kind, on)
    if facts.use:
        yield _use(facts)
    if facts.satisfaction:
        yield ValueTable(
            f"{facts.client}, satisfaction of each quarter",
            (Column("known on", ValueUnit.DAY), Column("satisfaction", ValueUnit.NUMBER)),
            tuple((reading.day, Fraction(reading.value)) for reading in facts.satisfaction),
        )


def _days(
    title: str, days: tuple[date, ...], rules: tuple[SignalRule, ...], kind: SignalKind, on: date
) -> ValueTable:
    far = max((2 * rule.window for rule in rules if rule.kind is kind), default=0)
    seen = sorted(day for day in days if on - timedelta(days=far) < day <= on)
    rows = tuple((day, len(tuple(group))) for day, group in groupby(seen))
    return ValueTable(title, (Column("day", ValueUnit.DAY), Column("count", ValueUnit.COUNT)), rows)


def _use(facts: ClientFacts) -> ValueTable:
    rows = tuple((reading.day, Fraction(reading.value)) for reading in facts.use)
    columns = (
        Column("month from", ValueUnit.DAY),
        Column("users", ValueUnit.NUMBER, "of each service, added up"),
    )
    return ValueTable(f"{facts.client}, use month by month", columns, rows)


def _scores(material: Material, at_risk: list[ClientAtRisk]) -> Iterator[Measurement | None]:
    """The satisfaction of the clients that are asked for; else of those whose satisfaction falls."""
    chosen = satisfaction_by_client(material.catalogue.loyalty, material.archive.indicators.values())
    if chosen is None:
        return
    falling = {
        risk.client
        for risk in at_risk
        if any(reason.rule.kind is SignalKind.FALLING_SATISFACTION for reason in risk.reasons)
    }
    for client in sorted(falling if material.clients is None else material.clients):
        for one in material.archive.series(chosen.id, Scope(client=client)):
            if one is not None and one.quarter <= material.quarter and one.has_value:
                yield one
