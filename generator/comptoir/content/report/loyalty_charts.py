"""The charts of loyalty: a catalogue and the results of one report in; Pareto, value, slope, scores, cohorts and quadrant out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.divergence import DivergenceKind
from comptoir.analysis.quadrant import LoyaltyKind
from comptoir.charts import (
    ChartNumber,
    HeatCell,
    HeatMap,
    HeatRow,
    Multiples,
    Panel,
    Pareto,
    ParetoRow,
    Point,
    QuadrantChart,
    QuadrantDot,
    Slope,
    SlopeRow,
    Spec,
    nice_ticks,
)
from comptoir.charts.slope import Turn
from comptoir.content.chart_parts import SHOWN
from comptoir.content.chart_sentences import chart_words
from comptoir.content.loyalty_words import QUADRANT, Tongue
from comptoir.content.measure_words import long_quarter, short_quarter
from comptoir.content.report.loyalty_findings import (
    abc_title,
    cohort_title,
    divergence_title,
    group_name,
    quadrant_title,
    rfm_title,
    value_title,
)
from comptoir.content.report.risk_charts import accounts_chart, at_risk_chart, watermelons_chart
from comptoir.content.results import Results
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period
from comptoir.wording import N_, Language

MAX_AGES: Final = 12
_TURNS: Final[dict[DivergenceKind, Turn]] = {
    DivergenceKind.SMALL_BUT_VALUABLE: "better",
    DivergenceKind.LARGE_BUT_WEAK: "worse",
    DivergenceKind.COSTS_MONEY: "worse",
}


def loyalty_chart(language: Language, quarter: Period, what: str) -> str:
    """The name of a chart of loyalty: 'fr-report-2026-q3-loyalty-abc'."""
    return f"{language.code}-report-{str(quarter).lower()}-loyalty-{what}"


def loyalty_specs(catalogue: Catalogue, results: Results, language: Language) -> Iterator[Spec]:
    """The charts of the loyalty analyses that there is enough to draw of, for the narrowest audience."""
    if results.loyalty is None:
        return
    analyses, tongue = results.loyalty.at(results.quarter), Tongue(catalogue, language)
    for maker in (_abc, _value, _divergence, _rfm, _cohorts, _quadrant):
        spec = maker(tongue, analyses)
        if spec is not None:
            yield spec
    keys = [
        loyalty_chart(language, analyses.quarter, what) for what in ("at-risk", "accounts", "watermelons")
    ]
    risks = (
        at_risk_chart(tongue, analyses, keys[0]),
        accounts_chart(tongue, analyses, keys[1]),
        watermelons_chart(tongue, results, analyses, keys[2]),
    )
    yield from (spec for spec in risks if spec is not None)


def _finding(tongue: Tongue, analyses: Analyses, title: str) -> str:
    """The finding of a chart, to who does not see it."""
    quarter = long_quarter(tongue.language, analyses.quarter)
    return tongue.say("{quarter} : {title}.", quarter=quarter, title=title)


def _clients(tongue: Tongue) -> str:
    return tongue.say("Client")


def _abc(tongue: Tongue, analyses: Analyses) -> Pareto | None:
    abc = analyses.abc
    if abc is None or len(abc.items) < 2 or abc.total <= 0 or abc.items[-1].item.amount < 0:
        return None
    rows = tuple(
        ParetoRow(
            name=tongue.name("client", row.item.name),
            value=ChartNumber(float(row.item.amount), tongue.weighed(analyses, row.item.amount)),
            cumulative=ChartNumber(float(row.item.cumulative or 0), tongue.share(row.item.cumulative, 1)),
            category=row.category.value if row.category else "",
        )
        for row in abc.items[:SHOWN]
    )
    title = abc_title(tongue, analyses)
    return Pareto(
        key=loyalty_chart(tongue.language, analyses.quarter, "abc"),
        title=title,
        subtitle=_period(tongue, analyses, tongue.weight_name(analyses)),
        alternative=_finding(tongue, analyses, title),
        words=replace(chart_words(tongue.language), service=_clients(tongue)),
        note=tongue.chosen(N_("Les {n} clients qui pèsent le plus"), len(rows), len(abc.items)),
        rows=rows,
    )


def _period(tongue: Tongue, analyses: Analyses, what: str) -> str:
    """What is added up, and over which quarters."""
    first = analyses.quarter.shift(1 - analyses.quarter.as_many(analyses.settings.abc.quarters))
    ends = [short_quarter(tongue.language, quarter) for quarter in (first, analyses.quarter)]
    pair = N_("{what}, {first} à {last}")
    text = tongue.say(pair, what=what, first=ends[0], last=ends[1])
    return text[:1].upper() + text[1:]


def _value(tongue: Tongue, analyses: Analyses) -> Multiples | None:
    groups = [group for group in analyses.worth.groups if group.value and group.value.years]
    if not groups:
        return None
    panels = tuple(
        Panel(
            name=group_name(tongue, group),
            points=tuple(
                Point(
                    quarter=tongue.say("an {n}", n=str(year.year)),
                    value=ChartNumber(float(year.result), tongue.money(year.result)),
                )
                for year in (group.value.years if group.value else ())
            ),
        )
        for group in groups
    )
    values = tuple(p.value.value for panel in panels for p in panel.points if p.value)
    title = value_title(tongue, analyses)
    return Multiples(
        key=loyalty_chart(tongue.language, analyses.quarter, "value"),
        title=title,
        subtitle=tongue.say("Résultat de chaque année, par groupe"),
        alternative=_finding(tongue, analyses, title),
        words=replace(
            chart_words(tongue.language),
            service=tongue.say("Groupe"),
            quarter=tongue.say("Année"),
        ),
        panels=panels,
        ticks=tuple(ChartNumber(tick, tongue.money(Fraction(tick))) for tick in nice_ticks((0.0, *values))),
        higher_is_better=None,
    )


def _divergence(tongue: Tongue, analyses: Analyses) -> Slope | None:
    abc, worth = analyses.abc, analyses.profitability
    if abc is None or worth is None or abc.total <= 0 or worth.total <= 0:
        return None
    values = {row.item.name: row.item for row in worth.items}
    turns = {one.name: _TURNS[one.kind] for one in analyses.divergences}
    both = [row.item for row in abc.items if row.item.name in values]
    shown = sorted(both, key=lambda item: (item.name not in turns, item.rank))[:20]
    rows = tuple(
        SlopeRow(
            name=tongue.name("client", item.name),
            before=_share(tongue, item.share),
            after=_share(tongue, values[item.name].share),
            turn=turns.get(item.name, ""),
        )
        for item in sorted(shown, key=lambda item: item.rank)
    )
    if len(rows) < 2:
        return None
    title = divergence_title(tongue, analyses)
    note = N_(
        "Les {n} premiers de ceux qui valent autre chose que ce qu’ils pèsent, puis de ceux qui pèsent le plus"
    )
    what = tongue.weight_name(analyses)
    return Slope(
        key=loyalty_chart(tongue.language, analyses.quarter, "divergence"),
        title=title,
        subtitle=tongue.say("Part du total, par client"),
        alternative=_finding(tongue, analyses, title),
        words=replace(chart_words(tongue.language), service=_clients(tongue)),
        note=tongue.chosen(note, len(rows), len(both)),
        rows=rows,
        before_name=what[:1].upper() + what[1:],
        after_name=tongue.say("Valeur client"),
    )


def _share(tongue: Tongue, share: Fraction | None) -> ChartNumber:
    known = share or Fraction(0)
    return ChartNumber(float(known), tongue.share(known, 1))


def _rfm(tongue: Tongue, analyses: Analyses) -> HeatMap | None:
    scored = sorted(
        (row for row in analyses.rfm if row.total is not None),
        key=lambda row: (-(row.total or 0), row.client),
    )
    if not scored:
        return None
    title = rfm_title(tongue, analyses)
    return HeatMap(
        key=loyalty_chart(tongue.language, analyses.quarter, "rfm"),
        title=title,
        subtitle=tongue.say("Scores de 1 à 5, par cinquièmes ; 5 est le mieux"),
        alternative=_finding(tongue, analyses, title),
        words=replace(chart_words(tongue.language), service=_clients(tongue)),
        columns=tuple(tongue.say(pair) for pair in (N_("Récence"), N_("Fréquence"), N_("Montant"))),
        rows=tuple(
            HeatRow(
                name=tongue.name("client", row.client),
                cells=tuple(
                    HeatCell(value=ChartNumber(float(score or 0), str(score)))
                    for score in (row.recency, row.frequency, row.monetary)
                ),
            )
            for row in scored[:SHOWN]
        ),
        note=tongue.chosen(
            N_("Les {n} clients dont les trois scores sont les plus hauts"),
            min(len(scored), SHOWN),
            len(scored),
        ),
        higher_is_better=None,
    )


def _cohorts(tongue: Tongue, analyses: Analyses) -> HeatMap | None:
    cohorts = analyses.cohorts[-SHOWN:]
    ages = min(MAX_AGES, max((stage.age for cohort in cohorts for stage in cohort.stages), default=0) + 1)
    if len(cohorts) < 2:
        return None
    rows = []
    for cohort in cohorts:
        kept = {stage.age: stage.retention.value for stage in cohort.stages}
        name = short_quarter(tongue.language, cohort.quarter)
        if cohort.is_first:
            name = tongue.say("{name} et avant", name=name)
        rows.append(
            HeatRow(
                name=f"{name} ({len(cohort.clients)})",
                cells=tuple(_kept(tongue, kept.get(age)) for age in range(ages)),
            )
        )
    title = cohort_title(tongue, analyses)
    return HeatMap(
        key=loyalty_chart(tongue.language, analyses.quarter, "cohorts"),
        title=title,
        subtitle=tongue.say("Part encore présente, par trimestre d’arrivée, après tant de trimestres"),
        alternative=_finding(tongue, analyses, title),
        words=replace(
            chart_words(tongue.language),
            service=tongue.say("Arrivée"),
            missing=tongue.say("à venir"),
        ),
        columns=tuple(f"+{age}" if age else "0" for age in range(ages)),
        rows=tuple(rows),
        higher_is_better=None,
    )


def _kept(tongue: Tongue, share: Fraction | None) -> HeatCell:
    return HeatCell() if share is None else HeatCell(value=ChartNumber(float(share), tongue.share(share)))


def _quadrant(tongue: Tongue, analyses: Analyses) -> QuadrantChart | None:
    quadrant = analyses.quadrant
    placed = [one for one in quadrant.placed if one.kind] if quadrant else []
    if quadrant is None or not placed:
        return None
    kind = "segment" if quadrant.by_segment else "client"
    urgent = (LoyaltyKind.LEAVING, LoyaltyKind.DRIFTING, LoyaltyKind.CAPTIVE, LoyaltyKind.LOYAL)
    ranks = {kind: rank for rank, kind in enumerate(urgent)}
    shown = (
        placed
        if len(placed) <= SHOWN
        else sorted(placed, key=lambda one: (ranks[one.kind or LoyaltyKind.LOYAL], one.name))
    )
    dots = tuple(
        QuadrantDot(
            name=tongue.name(kind, one.name),
            x=ChartNumber(float(one.trend or 0), tongue.share(one.trend, signed=True)),
            y=ChartNumber(float(one.satisfaction or 0), tongue.number(one.satisfaction or 0, 2)),
            category=tongue.say(QUADRANT[one.kind]) if one.kind else "",
            stands_out=one.kind is LoyaltyKind.LEAVING,
        )
        for one in shown[:SHOWN]
    )
    trends = nice_ticks((0.0, *(dot.x.value for dot in dots)))
    scores = nice_ticks((float(quadrant.threshold), *(dot.y.value for dot in dots)))
    title = quadrant_title(tongue, analyses)
    order = (LoyaltyKind.DRIFTING, LoyaltyKind.LOYAL, LoyaltyKind.LEAVING, LoyaltyKind.CAPTIVE)
    names = [tongue.say(QUADRANT[one]) for one in order]
    return QuadrantChart(
        key=loyalty_chart(tongue.language, analyses.quarter, "quadrant"),
        title=title,
        subtitle=tongue.say("Évolution de l’usage et satisfaction"),
        alternative=_finding(tongue, analyses, title),
        words=replace(
            chart_words(tongue.language),
            service=tongue.say("Segment") if quadrant.by_segment else _clients(tongue),
            category=tongue.say("Groupe"),
        ),
        dots=dots,
        note=tongue.chosen(N_("Les {n} qui sont le plus près de partir"), len(dots), len(placed)),
        x_name=tongue.say("Évolution de l’usage"),
        y_name=tongue.say("Satisfaction"),
        x_split=ChartNumber(0.0, tongue.share(Fraction(0))),
        y_split=ChartNumber(float(quadrant.threshold), tongue.number(quadrant.threshold, 2)),
        x_ticks=tuple(ChartNumber(tick, tongue.share(Fraction(tick), signed=True)) for tick in trends),
        y_ticks=tuple(ChartNumber(tick, tongue.number(Fraction(tick), 1)) for tick in scores),
        fields=(names[0], names[1], names[2], names[3]),
    )
