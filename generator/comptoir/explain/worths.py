"""Explanations of what clients are worth: their value over years, and where weight and value diverge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.analysis.client_value import Assumptions, amounts_of_year, expect_years
from comptoir.analysis.worth import GroupValue, assume_client
from comptoir.explain.material import Material, Told, nothing, own_shares, setting
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, Value, ValueTable, ValueUnit
from comptoir.explain.weights import abc_settings, asked_rows, unit_of, weight_settings
from comptoir.measure.role_rows import RowsAsked
from comptoir.measure.statistics import exact
from comptoir.model.loyalty import ValueGroup
from comptoir.model.roles import Role

VALUE: Final = "What clients are worth over years"
DIVERGENCE: Final = "Weight against value: small but valuable, large but weak, and who costs money"
_PER_CENT: Final = ("attrition", "revenue_growth", "cost_growth", "discount")
_MONEY: Final = ("acquisition_cost", "cost_to_serve", "cost_per_request")


def explain_value(material: Material) -> Told:
    """The years of each group, and the value of each client; of the clients that are asked for, their years too."""
    analyses = material.analyses
    worth, profitability = analyses.worth, analyses.profitability
    if profitability is None and not worth.valued:
        return nothing("client-value", VALUE, material, "loyalty.yaml assumes nothing of a group of clients")
    steps = [
        Step(
            "first day",
            worth.first_year.first,
            ValueUnit.DAY,
            "of the four quarters that a first year rests on",
        ),
        Step("last day", worth.first_year.last, ValueUnit.DAY),
    ]
    tables: list[ValueTable] = []
    if material.clients is None:
        steps += [step for group in _groups(material) for step in _group_steps(*group)]
        if worth.valued:
            steps.append(
                Step("all groups", worth.total, ValueUnit.MONEY, "the totals of the groups together")
            )
        tables += [_group_table(index, group) for index, _, group in _groups(material) if group.value]
    if profitability is not None:
        steps.append(
            Step(
                "total of clients", profitability.total, ValueUnit.MONEY, "the values of all clients together"
            )
        )
        tables.append(_clients_table(material))
        tables += own_shares(material, (row.item for row in profitability.items), ValueUnit.MONEY)
    if material.clients is not None:
        tables += _client_tables(material)
    explanation = Explanation(
        name="client-value",
        title=VALUE,
        formula=(
            "group: lost = attrition × clients before, rounded up; remaining = before − lost; result = remaining × margin; "
            "margin = revenue × (1 + growth)^(year − 1) − acquisition − cost to serve × (1 + growth)^(year − 1)",
            "client: value = the sum over years of chance × margin, with chance = (1 − attrition) of each year so far",
            "both ÷ (1 + discount)^year; cost to serve = cost_to_serve + requests × cost_per_request",
            "very profitable: those who, from the largest value, make up to 'most' of the total; unprofitable: below 0; "
            "weakly: the rest",
        ),
        source="docs/guides/loyalty.md, Client value over years; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=tuple(_settings(material)),
        steps=tuple(steps),
        tables=tuple(tables),
        notes=_without_value(material),
    )
    return Told(explanation, _asked(material))


def explain_divergence(material: Material) -> Told:
    """The class by weight and the class by value of each client that has both."""
    analyses = material.analyses
    if analyses.abc is None or analyses.profitability is None:
        missing = "it takes what clients weigh (abc) and what they are worth (client-value)"
        return nothing("divergence", DIVERGENCE, material, missing)
    values = {row.item.name: row for row in analyses.profitability.items}
    kinds = {one.name: one.kind.value for one in analyses.divergences}
    rows = tuple(
        (
            row.item.name,
            row.item.amount,
            row.item.share,
            row.category.value if row.category else None,
            values[row.item.name].item.amount,
            values[row.item.name].item.share,
            values[row.item.name].category.value,
            kinds.get(row.item.name),
        )
        for row in analyses.abc.items
        if row.item.name in values and material.speaks_of(row.item.name)
    )
    columns = (
        Column("client"),
        Column("weight", unit_of(analyses)),
        Column("share", ValueUnit.SHARE, "of the total weight"),
        Column("class"),
        Column("value", ValueUnit.MONEY),
        Column("share of value", ValueUnit.SHARE, "of the total value"),
        Column("profitability"),
        Column("divergence"),
    )
    explanation = Explanation(
        name="divergence",
        title=DIVERGENCE,
        formula=(
            "small-but-valuable: class C and very profitable; large-but-weak: A and weakly profitable; "
            "costs-money: A or B and unprofitable; classes as 'abc' and 'client-value' explain them",
        ),
        source="docs/guides/loyalty.md, Client value over years; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(
            *weight_settings(material),
            *abc_settings(material),
            setting(material, "value", "most", unit=" %"),
        ),
        steps=(
            Step("clients that diverge", len(analyses.divergences)),
            Step("total weight", analyses.abc.total, unit_of(analyses)),
            Step("total value", analyses.profitability.total, ValueUnit.MONEY),
        ),
        tables=(ValueTable("Clients, from the largest", columns, rows),),
    )
    asked = {*asked_rows(material, analyses.weighed), *_asked(material)}
    return Told(
        explanation, tuple(sorted(asked, key=lambda one: (one.role, one.first is None, str(one.first))))
    )


def _without_value(material: Material) -> tuple[str, ...]:
    """Which of the clients that are asked for have no value, and why."""
    valued = material.analyses.worth.by_client
    grouped = {client for _, _, group in _groups(material) for client in group.clients}
    left = sorted((material.clients or frozenset()) - valued.keys())
    return tuple(
        f"{client} has no value of its own: "
        + (
            "it was never charged, and unknown is not zero"
            if client in grouped
            else "no group of clients has it"
        )
        for client in left
    )


def _groups(material: Material) -> Iterator[tuple[int, ValueGroup, GroupValue]]:
    settings = material.catalogue.loyalty.value
    for index, (written, group) in enumerate(
        zip(settings.groups, material.analyses.worth.groups, strict=True), 1
    ):
        yield index, written, group


def _settings(material: Material) -> Iterator[SettingInForce]:
    yield setting(material, "value", "most", unit=" %")
    for index, group in enumerate(material.catalogue.loyalty.value.groups):
        path = ("value", "groups", index)
        for key in ("segments", "clients"):
            if getattr(group, key):
                yield setting(material, *path, key, value=", ".join(getattr(group, key)))
        yield setting(material, *path, "attrition", value=", ".join(map(str, group.attrition)), unit=" %")
        for key in ("start", "revenue"):
            shown = getattr(group, key)
            yield setting(material, *path, key, value="as measured" if shown is None else shown)
        for key in _MONEY:
            yield setting(material, *path, key)
        for key in _PER_CENT[1:]:
            yield setting(material, *path, key, unit=" %")
    for index, known in enumerate(material.catalogue.loyalty.value.known):
        if material.speaks_of(known.client):
            yield setting(material, "value", "known", index, "value", value=f"{known.client} {known.value}")


def _group_steps(index: int, written: ValueGroup, group: GroupValue) -> Iterator[Step]:
    name = f"group {index}"
    yield Step(f"{name}, clients", len(group.clients), how=", ".join(group.clients) or "none")
    if group.value is None:
        return
    found = group.value.assumptions
    how = "mean of what its clients were charged" if group.is_measured else "as the group assumes"
    yield Step(
        f"{name}, start", found.clients, how="as the group assumes" if written.start is not None else ""
    )
    yield Step(f"{name}, revenue", found.revenue, ValueUnit.MONEY, how)
    how = f"{written.cost_to_serve} + mean requests of its clients × {written.cost_per_request}"
    yield Step(f"{name}, cost to serve", found.cost_to_serve, ValueUnit.MONEY, how)
    yield Step(f"{name}, total", group.value.total, ValueUnit.MONEY, "the values of its years together")


def _group_table(index: int, group: GroupValue) -> ValueTable:
    assert group.value is not None
    found = group.value.assumptions
    columns = (
        Column("year", ValueUnit.COUNT),
        Column("attrition", ValueUnit.SHARE),
        Column("lost", ValueUnit.COUNT, "⌈attrition × remaining of the year before⌉"),
        Column("remaining", ValueUnit.COUNT, "of the year before − lost"),
        Column("revenue", ValueUnit.MONEY, "of one client"),
        Column("acquisition", ValueUnit.MONEY),
        Column("cost", ValueUnit.MONEY, "to serve one client"),
        Column("margin", ValueUnit.MONEY, "revenue − acquisition − cost"),
        Column("result", ValueUnit.MONEY, "remaining × margin"),
        Column("value", ValueUnit.MONEY, "result ÷ (1 + discount)^year"),
        Column("total", ValueUnit.MONEY, "values so far"),
        Column("published", ValueUnit.MONEY, "result as published elsewhere"),
    )
    rows = tuple(
        (
            year.year,
            exact(found.attrition[place]),
            year.lost,
            year.remaining,
            amounts_of_year(found, place)[0],
            found.acquisition_cost,
            amounts_of_year(found, place)[1],
            year.margin,
            year.result,
            year.value,
            year.total,
            group.published[place] if place < len(group.published) else None,
        )
        for place, year in enumerate(group.value.years)
    )
    kept = len(columns) if group.published else len(columns) - 1
    return ValueTable(f"Group {index}, year by year", columns[:kept], tuple(row[:kept] for row in rows))


def _clients_table(material: Material) -> ValueTable:
    worth, profitability = material.analyses.worth, material.analyses.profitability
    assert profitability is not None
    is_asked = bool(material.observations.support)  # without a source nobody is known to have asked nothing
    group_of = {client: index for index, _, group in _groups(material) for client in group.clients}
    columns = (
        Column("rank", ValueUnit.COUNT),
        Column("client"),
        Column("group"),
        Column("charged", ValueUnit.MONEY, "from the first day to the last"),
        Column("requests", ValueUnit.COUNT, "no complaints, from the first day to the last"),
        Column("value", ValueUnit.MONEY, "'--client' shows its years"),
        Column("share", ValueUnit.SHARE, "value ÷ total of clients"),
        Column("before", ValueUnit.SHARE, "shares of those above"),
        Column("profitability"),
    )
    rows = tuple(
        (
            row.item.rank,
            row.item.name,
            "known elsewhere"
            if row.item.name in worth.known
            else f"group {group_of.get(row.item.name, '–')}",
            worth.first_year.revenue.get(row.item.name),
            worth.first_year.requests.get(row.item.name, 0) if is_asked else None,
            row.item.amount,
            row.item.share,
            row.item.before,
            row.category.value,
        )
        for row in profitability.items
        if material.speaks_of(row.item.name)
    )
    return ValueTable("Clients, from the most valuable", columns, rows)


def _client_tables(material: Material) -> Iterator[ValueTable]:
    """The years of each client that is asked for, and whose value was worked out here."""
    worth = material.analyses.worth
    for _, written, group in _groups(material):
        for client in group.clients:
            if (
                material.speaks_of(client)
                and client in worth.first_year.revenue
                and client not in worth.known
            ):
                yield _client_table(client, assume_client(written, client, worth.first_year))


def _client_table(client: str, found: Assumptions) -> ValueTable:
    columns = (
        Column("year", ValueUnit.COUNT),
        Column("attrition", ValueUnit.SHARE),
        Column("chance", ValueUnit.SHARE, "of the year before × (1 − attrition)"),
        Column("revenue", ValueUnit.MONEY),
        Column("acquisition", ValueUnit.MONEY),
        Column("cost", ValueUnit.MONEY, "to serve it"),
        Column("margin", ValueUnit.MONEY, "revenue − acquisition − cost"),
        Column("value", ValueUnit.MONEY, "chance × margin ÷ (1 + discount)^year"),
        Column("total", ValueUnit.MONEY, "values so far"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            year.year,
            exact(found.attrition[place]),
            year.chance,
            amounts_of_year(found, place)[0],
            found.acquisition_cost,
            amounts_of_year(found, place)[1],
            year.margin,
            year.value,
            year.total,
        )
        for place, year in enumerate(expect_years(found))
    )
    return ValueTable(f"{client}, year by year", columns, rows)


def _asked(material: Material) -> tuple[RowsAsked, ...]:
    """The charges and requests of the four quarters; none where every value is known from elsewhere."""
    settings = material.catalogue.loyalty.value
    if not settings.groups:
        return ()
    year, clients = material.analyses.worth.first_year, material.clients
    charges = RowsAsked(Role.REVENUE, year.first, year.last, clients=clients)
    if not any(group.cost_per_request for group in settings.groups):
        return (charges,)
    return charges, RowsAsked(Role.REQUESTS, year.first, year.last, complaints=False, clients=clients)
