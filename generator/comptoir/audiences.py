"""What an audience may not see is removed here, once: a catalogue in, the catalogue that the audience may see out.

What is removed takes with it whatever needs it: a service of a hidden family goes too, a list loses the hidden
entry, and a promise made only to hidden clients is hidden rather than seem to be made to everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from comptoir.measure.closed import Closing, FigureChange
from comptoir.measure.derived import operands_of
from comptoir.measure.inputs import NAMES, Input
from comptoir.measure.observations import Observations, Observed
from comptoir.measure.subtraction import withhold_beside
from comptoir.measure.types import Measurement, Measurements, Scope, withhold
from comptoir.model.base import Entity, Model, Text
from comptoir.model.catalogue import KINDS, Catalogue
from comptoir.model.customers import Effect
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.organisation import Audience, Organisation
from comptoir.model.reports import FrontMatter, Report
from comptoir.model.roles import Role
from comptoir.model.walk import reference_kind
from comptoir.periods import Period
from comptoir.wording import N_, NP_, language, spoken_languages

NARROW_KINDS: Final = frozenset({"client", "action", "need", "source", "answer", "search", "level"})
"""Kinds that only the narrowest audience sees unless an entity says otherwise."""

NARROW_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "segment": ("profile", "potential", "levers", "strategy"),
    "service": ("rhythm",),
    "partner": ("circle",),
}
"""What is thought of customers and partners, by kind: for the narrowest audience only."""

WORTH: Final = frozenset({Role.REVENUE, Role.LEDGER, Role.SUBSCRIPTIONS})
"""Roles whose rows tell what a client weighs, is worth, or whether it stays: never in a report that is handed to it."""

EMPTY_MEANS_EVERYONE: Final = frozenset({"segments", "clients"})

ABOUT_WHAT_IS_NAMED: Final = (Effect,)
"""What would seem to be about everything without the service, segment or client that it names."""

Visible = Mapping[str, frozenset[str]]


def audiences_of(organisation: Organisation) -> tuple[Audience, ...]:
    """The audiences, from the widest to the narrowest."""
    return organisation.audiences or (
        _audience("employees", N_("Personnels")),
        _audience("management", NP_("readers", "Direction")),
    )


def _audience(identifier: str, name: str) -> Audience:
    return Audience(id=identifier, name=Text({code: language(code).say(name) for code in spoken_languages()}))


def for_audience(catalogue: Catalogue, audience: str) -> Catalogue:
    """The part of `catalogue` that `audience` (an identifier of `audiences_of`) may see.

    Raises ValueError when there is no such audience.
    """
    names = [a.id for a in audiences_of(catalogue.organisation)]
    rank = names.index(audience)
    kept: dict[str, dict[str, Entity]] = {
        kind.name: {
            name: entity
            for name, entity in catalogue.of_kind(kind.name).items()
            if _rank(kind.name, entity, names) <= rank
        }
        for kind in KINDS
    }
    kept, visible = _settle(catalogue, kept)
    if rank < len(names) - 1:
        for kind, fields in NARROW_FIELDS.items():
            kept[kind] = {name: _without(entity, fields) for name, entity in kept[kind].items()}
    organisation = _prune(catalogue.organisation, visible)
    assert isinstance(organisation, Organisation)
    loyalty = _prune(catalogue.loyalty, visible) if rank == len(names) - 1 else LoyaltySettings()
    assert isinstance(loyalty, LoyaltySettings)
    changes: dict[str, Any] = {kind.plural: kept[kind.name] for kind in KINDS}
    changes["reports"] = {
        quarter: _cut_report(report, visible, is_narrowest=rank == len(names) - 1)
        for quarter, report in catalogue.reports.items()
    }
    changes["closed"] = {}  # closed figures come measured, and are cut as such
    return replace(catalogue, organisation=organisation, loyalty=loyalty, **changes)


def handed_catalogue(catalogue: Catalogue, scope: Scope) -> Catalogue:
    """The part of a catalogue that a report handed to one segment or client is made from; `catalogue` is the narrowest.

    It holds no other client, segment, partner or agreement with one, no word on what anybody is thought of or is worth,
    and none of the words that the manager wrote for everything.
    """
    segment = scope.segment or catalogue.clients[scope.client].segment
    clients = {
        name: _without(client, ("qualification", "history"))
        for name, client in catalogue.clients.items()
        if (name == scope.client if scope.client else client.segment == segment)
    }
    kept: dict[str, dict[str, Entity]] = {
        kind.name: dict(catalogue.of_kind(kind.name)) for kind in KINDS if kind.name != "client"
    }
    kept["client"] = clients
    kept["segment"] = {name: one for name, one in kept["segment"].items() if name == segment}
    kept["agreement"] = {name: one for name, one in catalogue.agreements.items() if one.partner is None}
    kept["partner"], kept["answer"] = {}, {}
    kept, visible = _settle(catalogue, kept)
    for kind, fields in NARROW_FIELDS.items():
        kept[kind] = {name: _without(entity, fields) for name, entity in kept[kind].items()}
    organisation = _prune(catalogue.organisation, visible)
    assert isinstance(organisation, Organisation)
    public = ("complaints", "satisfaction", "service_satisfaction")
    settings = LoyaltySettings().model_copy(
        update={name: getattr(catalogue.loyalty, name) for name in public}
    )
    changes: dict[str, Any] = {kind.plural: kept[kind.name] for kind in KINDS}
    return replace(
        catalogue, organisation=organisation, loyalty=settings, **{**changes, "reports": {}, "closed": {}}
    )


def handed_measurements(
    measurements: Measurements, scope: Scope, of_scope: Iterable[Measurement], roles: Mapping[str, Role]
) -> Measurements:
    """Those of a segment or client that it may be handed: `of_scope` without what is computed from `WORTH` roles."""

    def tells_worth(indicator: Indicator) -> bool:
        return (roles.get(indicator.source) or indicator.source) in WORTH

    told = {name for name, indicator in measurements.indicators.items() if tells_worth(indicator)}
    indicators = {
        name: indicator
        for name, indicator in measurements.indicators.items()
        if name not in told and not operands_of(name, measurements.indicators) & told
    }
    kept = tuple(m for m in of_scope if m.indicator in indicators and _is_about(m.scope, scope))
    return Measurements(kept, MappingProxyType(indicators), measurements.quarters)


def _is_about(scope: Scope, wanted: Scope) -> bool:
    return scope.client == wanted.client and (bool(wanted.client) or scope.segment == wanted.segment)


def handed_observations(observations: Observations, scope: Scope) -> Observations:
    """The complaints of a segment or client, and nothing else that was observed."""
    own = tuple(
        row
        for row in observations.complaints
        if scope.client in ("", row.client) and scope.segment in ("", row.segment)
    )
    return Observations(complaints=own, requests_until=observations.requests_until)


def _settle(
    catalogue: Catalogue, kept: dict[str, dict[str, Entity]]
) -> tuple[dict[str, dict[str, Entity]], Visible]:
    """`kept` without references to anything else, and the names that are left."""
    while True:  # hiding one entity may hide another; each round hides at least one, so it ends
        visible = {kind: frozenset(entities) for kind, entities in kept.items()} | {
            "pictogram": catalogue.pictograms
        }
        pruned = {kind: _prune_all(entities, visible) for kind, entities in kept.items()}
        settled = all(len(pruned[kind]) == len(kept[kind]) for kind in kept)
        kept = pruned
        if settled:
            return kept, visible


def measurements_for_audience(measurements: Measurements, visible: Catalogue, audience: str) -> Measurements:
    """The part of `measurements` that `audience` may see; `visible` is the catalogue already cut for it.

    An indicator has the audience that it names, else the widest, and is for nobody who does not see what it is computed from; results by client are for the narrowest; what is
    about a hidden service, segment or client goes, and what would let it be subtracted back is withheld. Everything
    was measured on all of it: each audience reads the same totals. Raises ValueError for an unknown audience.
    """
    names = [a.id for a in audiences_of(visible.organisation)]
    rank = names.index(audience)
    indicators = {
        name: indicator
        for name, indicator in measurements.indicators.items()
        if _rank("indicator", indicator, names) <= rank
    }
    indicators = {
        name: one
        for name, one in indicators.items()
        if operands_of(name, measurements.indicators) <= indicators.keys()
    }
    is_narrowest = rank == len(names) - 1
    allowed = [m for m in measurements if m.indicator in indicators]
    beside = _beside_hidden(allowed, visible)
    kept = (withhold(m) if m.key in beside else m for m in allowed if _may_see(m, visible, is_narrowest))
    return Measurements(tuple(kept), MappingProxyType(indicators), measurements.quarters)


def observations_for_audience(
    observations: Observations, visible: Catalogue, audience: str
) -> Observations | None:
    """What clients did, for the narrowest audience only; what is about a hidden client or service goes."""
    if audience != audiences_of(visible.organisation)[-1].id:
        return None

    kinds = (("client", visible.clients), ("service", visible.services), ("segment", visible.segments))

    def keep(rows: tuple[Observed, ...]) -> tuple[Observed, ...]:
        return tuple(
            row
            for row in rows
            if all(not (name := getattr(row, kind, "")) or name in known for kind, known in kinds)
        )

    return Observations(
        revenue=keep(observations.revenue),
        usage=keep(observations.usage),
        complaints=keep(observations.complaints),
        support=keep(observations.support),
        contacts=keep(observations.contacts),
        subscriptions=keep(observations.subscriptions),
        ledger=keep(observations.ledger),
        requests_until=observations.requests_until,
    )


def closings_for_audience(
    closings: Iterable[Closing], kept: Measurements, visible: Catalogue, audience: str
) -> tuple[Closing, ...]:
    """What `audience` may see of closed quarters; `kept` are the measurements already cut for it.

    A change of a figure is told to whoever sees the figure; of the files, to whoever sees what they are about. The
    figures themselves are among the measurements.
    """
    is_narrowest = audience == audiences_of(visible.organisation)[-1].id
    return tuple(_cut_closing(closing, kept, visible, is_narrowest) for closing in closings)


def _cut_closing(closing: Closing, kept: Measurements, visible: Catalogue, is_narrowest: bool) -> Closing:
    def may_tell(change: FigureChange) -> bool:
        name, scope = change.key
        shown = kept.get(name, closing.quarter, scope)
        return is_narrowest or (shown is not None and shown.has_value)

    def seen(inputs: Iterable[Input]) -> tuple[Input, ...]:
        return tuple(one for one in inputs if _may_name(one, visible))

    corrections = (
        replace(correction, changes=tuple(c for c in correction.changes if may_tell(c)))
        for correction in closing.corrections
    )
    return replace(
        closing,
        figures=MappingProxyType({}),
        indicators=closing.indicators & kept.indicators.keys(),
        places=None,
        inputs=seen(closing.inputs),
        changed=seen(closing.changed),
        corrections=tuple(correction for correction in corrections if correction.changes),
        differences=tuple(
            replace(one, causes=seen(one.causes)) for one in closing.differences if may_tell(one.change)
        ),
    )


def _may_name(one: Input, visible: Catalogue) -> bool:
    """True for a file of something that the audience sees."""
    if one.kind in ("data", "source"):
        return one.of in visible.sources
    return one.kind in ("organisation", NAMES) or one.of in visible.of_kind(one.kind)


def _beside_hidden(
    measurements: list[Measurement], visible: Catalogue
) -> frozenset[tuple[str, Period, Scope]]:
    """The measurements from which one about a hidden service or segment could be subtracted back."""
    groups: dict[tuple[str, Period], dict[Scope, int]] = {}
    hidden: dict[tuple[str, Period], set[Scope]] = {}
    for m in measurements:
        if m.has_value and not m.scope.client:
            groups.setdefault((m.indicator, m.quarter), {})[m.scope] = m.n or 0
            if not _may_see(m, visible, is_narrowest=True):
                hidden.setdefault((m.indicator, m.quarter), set()).add(m.scope)
    return frozenset(
        (*group, scope)
        for group, secret in hidden.items()
        for scope in withhold_beside(groups[group], frozenset(secret))
    )


def _may_see(measurement: Measurement, visible: Catalogue, is_narrowest: bool) -> bool:
    scope = measurement.scope
    return (
        (not scope.service or scope.service in visible.services)
        and (not scope.segment or scope.segment in visible.segments)
        and (not scope.client or (is_narrowest and scope.client in visible.clients))
    )


def _rank(kind: str, entity: Entity, names: list[str]) -> int:
    if entity.audience is not None:
        return names.index(entity.audience) if entity.audience in names else len(names) - 1
    return len(names) - 1 if kind in NARROW_KINDS else 0


def _cut_report(report: Report, visible: Visible, *, is_narrowest: bool) -> Report:
    """The report without what is hidden; for a wide audience also without all that is not said to be public."""
    front = report.front
    if not is_narrowest:
        public = {
            name: tuple(item for item in getattr(front, name) if item.public)
            for name in ("decisions", "our_commitments", "customer_commitments")
        }
        front = front.model_copy(update={"title": None, "recipients": (), **public})
    pruned = _prune(front, visible)
    assert isinstance(pruned, FrontMatter)  # it needs nothing that may be hidden
    return replace(report, front=pruned, words=report.words if is_narrowest else {})


def _without(entity: Entity, fields: tuple[str, ...]) -> Entity:
    """The entity with the usual value in these fields."""
    return entity.model_copy(update={name: type(entity).model_fields[name].default for name in fields})


def _prune_all(entities: Mapping[str, Entity], visible: Visible) -> dict[str, Entity]:
    pruned = ((name, _prune(entity, visible)) for name, entity in entities.items())
    return {name: entity for name, entity in pruned if isinstance(entity, Entity)}


def _prune(model: Model, visible: Visible) -> Model | None:
    """`model` without references to what is hidden; None when it cannot be without one."""
    changes: dict[str, object] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        kind = reference_kind(type(model), name)
        if isinstance(value, tuple):
            kept = tuple(
                part for part in (_prune_part(item, kind, visible) for item in value) if part is not None
            )
            if value and not kept and name in EMPTY_MEANS_EVERYONE:
                return None
            if kept != value:
                changes[name] = kept
        elif value is not None:
            part = _prune_part(value, kind, visible)
            if part is None and (field.is_required() or isinstance(model, ABOUT_WHAT_IS_NAMED)):
                return None
            if part is not value:
                changes[name] = part
    return model.model_copy(update=changes) if changes else model


def _prune_part(value: object, kind: str | None, visible: Visible) -> object:
    if isinstance(value, Model):
        return _prune(value, visible)
    if kind is not None and kind in visible and value not in visible[kind]:
        return None
    return value
