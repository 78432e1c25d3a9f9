"""The material of explanations: a project measured and analysed in; what each maker of an explanation is given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.ranking import Ranked
from comptoir.analysis.scopes import in_scope, rank_own
from comptoir.explain.types import (
    CitedFigure,
    Column,
    Explanation,
    SettingInForce,
    Step,
    ValueTable,
    ValueUnit,
)
from comptoir.measure.closed import Closing
from comptoir.measure.inputs import DATA
from comptoir.measure.observations import Observations
from comptoir.measure.role_rows import RowsAsked
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.roles import Role
from comptoir.periods import Period

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Material:
    """What explanations are made from: the report's own analyses, and what they were made from.

    `measurements` are of the quarters that the report shows, `archive` of those before too; `closings` are of every
    closed quarter, `roles` of the sources.
    """

    catalogue: Catalogue
    observations: Observations
    analyses: Analyses
    measurements: Measurements
    archive: Measurements
    today: date
    scope: Scope = EVERYTHING
    closings: tuple[Closing, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)

    @property
    def quarter(self) -> Period:
        """The quarter of the report."""
        return self.analyses.quarter

    def speaks_of(self, client: str) -> bool:
        """True for a client that is asked for."""
        return in_scope(self.catalogue, self.scope, client)

    @property
    def clients(self) -> frozenset[str] | None:
        """The clients that are asked for; None for all."""
        if not self.scope.client and not self.scope.segment:
            return None
        return frozenset(name for name in self.catalogue.clients if self.speaks_of(name))


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation, and the rows that are still to be counted behind it."""

    explanation: Explanation
    asked: tuple[RowsAsked, ...] = ()


def setting(material: Material, *path: str | int, value: object = None, unit: str = "") -> SettingInForce:
    """A setting of loyalty.yaml that is in force, with its place there or 'default'.

    `value` is what to say of it, itself if left out. Items of lists are numbered from 1, as people count them.
    """
    loyalty = material.catalogue.loyalty
    found: object = loyalty
    for step in path:
        found = found[step] if isinstance(step, int) else getattr(found, step)  # type: ignore[index]
    shown = found if value is None else value
    place = str(loyalty.locate(*path)) if loyalty.holds(*path) else DEFAULT
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    return SettingInForce(key, f"{shown}{unit}", place)


def cite(measurements: Iterable[Measurement | None]) -> tuple[CitedFigure, ...]:
    """The measurements that there are, each once, with the command that explains it."""
    found = dict.fromkeys(one for one in measurements if one is not None)
    return tuple(CitedFigure(one, command_of(one.indicator, one.quarter, one.scope)) for one in found)


def command_of(name: str, quarter: Period, scope: Scope = EVERYTHING) -> str:
    """The very command that shows where a number comes from."""
    option = "--quarter" if quarter.kind == "quarter" else "--period"
    about = "".join(
        f" --{key} {value}"
        for key, value in (
            ("service", scope.service),
            ("segment", scope.segment),
            ("client", scope.client),
            ("by", scope.part),
        )
        if value
    )
    return f"comptoir explain {name} {option} {quarter}{about}"


def closing_notes(material: Material, files: Iterable[str]) -> tuple[str, ...]:
    """What a closed quarter means for an analysis that reads `files` itself: these figures are of now."""
    closing = next((one for one in material.closings if one.quarter == material.quarter), None)
    if closing is None:
        return ()
    read = set(files)
    changed = sorted(one.path for one in closing.changed if one.kind == DATA and one.path in read)
    text = (
        f"{closing.quarter} was closed on {closing.closed_on.isoformat()}, in {closing.file}: its measurements are "
        "published as they were closed"
    )
    if not read:
        return (f"{text}.",)
    state = f"changed since: {', '.join(changed)}" if changed else "none of its files has changed since"
    return (f"{text}; this analysis is made of the rows of now, and {state}.",)


def difference_notes(material: Material, cited: Iterable[CitedFigure]) -> tuple[str, ...]:
    """The measurements of closed quarters of which the data give something else now."""
    closings = {closing.quarter: closing for closing in material.closings}
    changed = (
        one
        for one in cited
        if (closing := closings.get(one.measurement.quarter)) is not None
        and (one.measurement.indicator, one.measurement.scope)
        in {difference.change.key for difference in closing.differences}
    )
    return tuple(
        f"{one.measurement.indicator}, {one.measurement.quarter}, {one.measurement.scope} is as it was closed: the data "
        "now give otherwise, as its command tells"
        for one in changed
    )


def own_shares(material: Material, items: Iterable[Ranked], unit: ValueUnit) -> tuple[ValueTable, ...]:
    """The shares of the clients that are asked for in their own total, as the report about them alone says; none for all."""
    if material.clients is None:
        return ()
    own = rank_own(material.catalogue, material.scope, items)
    columns = (
        Column("client"),
        Column("amount", unit),
        Column("share", ValueUnit.SHARE, "amount ÷ the amounts of these clients together"),
        Column("before", ValueUnit.SHARE),
        Column("cumulative", ValueUnit.SHARE, "before + share"),
    )
    rows = tuple((one.name, one.amount, one.share, one.before, one.cumulative) for one in own.values())
    return (ValueTable("In the report about them alone", columns, rows),) if len(rows) > 1 else ()


def nothing(name: str, title: str, material: Material, missing: str) -> Told:
    """An explanation of what is not there: what would fill it."""
    return Told(
        Explanation(
            name=name,
            title=title,
            formula=(),
            source="",
            quarter=material.quarter,
            scope=material.scope,
            notes=(f"Nothing to explain: {missing}",),
        )
    )


__all__ = [
    "DEFAULT",
    "Material",
    "Step",
    "Told",
    "ValueTable",
    "cite",
    "closing_notes",
    "command_of",
    "difference_notes",
    "nothing",
    "own_shares",
    "setting",
]
