"""The explanation of what the report counts in the YAML: each count, and the entries that make it, with their places."""

from __future__ import annotations

from collections import Counter
from typing import Final

from comptoir.analysis.counts import (
    LifecycleStage,
    actions_in,
    agreements_in_force,
    clients_in,
    commitments_before,
    is_recent,
    meetings_in,
    needs_in,
    new_clients,
    people_in,
    segments_in,
    stage_of,
)
from comptoir.explain.material import Material, Told
from comptoir.explain.types import Column, Explanation, Step, Value, ValueTable, ValueUnit
from comptoir.measure.types import EVERYTHING
from comptoir.model.reports import Commitment, CommitmentStatus
from comptoir.model.terms import ActionStatus, Lever, NeedMet

CATALOGUE: Final = "What the report counts in the YAML: customers, needs, agreements, services, meetings, actions, commitments"
_LANGUAGE: Final = "en"


def explain_catalogue(material: Material) -> Told:
    """Every count of the report that no data are measured for."""
    parts = [_customers, _clients, _needs, _meetings, _actions]
    if material.scope == EVERYTHING:
        parts += [_agreements, _services, _commitments]
    made = [part(material) for part in parts]
    explanation = Explanation(
        name="catalogue",
        title=CATALOGUE,
        formula=(
            "counts of entries as they are written, at the end of the quarter; 'overdue' on the day of the build (--today)",
            "recent actions: begun, and done or due in the quarter or the one before; meetings: of the quarter and the next",
        ),
        source="docs/guides/reports.md, From a number back to its rows",
        quarter=material.quarter,
        scope=material.scope,
        steps=tuple(step for steps, _ in made for step in steps),
        tables=tuple(table for _, table in made if table.rows),
    )
    return Told(explanation)


def _customers(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    segments = segments_in(material.catalogue, material.scope)
    clients = clients_in(material.catalogue, material.quarter, material.scope)
    new = new_clients(clients, material.quarter)
    rows = tuple(
        (
            segment.id,
            segment.priority,
            segment.population,
            sum(client.segment == segment.id for client in clients),
            str(segment.locate("population")),
        )
        for segment in segments
    )
    columns = (
        Column("segment"),
        Column("priority", ValueUnit.COUNT),
        Column("people", ValueUnit.COUNT),
        Column("clients", ValueUnit.COUNT, "whose 'since' is not later than the quarter"),
        Column("written in"),
    )
    steps = (
        Step("clients", len(clients), how="of these segments together"),
        Step("people", people_in(segments) or None, how="of these segments together"),  # unknown is not zero
        Step("new clients", len(new), how=", ".join(client.id for client in new)),
    )
    return steps, ValueTable("Segments", columns, rows)


def _clients(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    found = clients_in(material.catalogue, material.quarter, material.scope)
    rows = tuple(
        (client.id, client.segment, client.population, client.since, str(client.locate())) for client in found
    )
    columns = (
        Column("client"),
        Column("segment"),
        Column("people", ValueUnit.COUNT),
        Column("since", ValueUnit.DAY),
        Column("written in"),
    )
    return (), ValueTable("Clients", columns, rows)


def _agreements(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    day = material.quarter.last_day
    found = agreements_in_force(material.catalogue, day)
    rows = tuple((a.id, a.kind.value, a.partner, a.valid_from, a.valid_until, str(a.locate())) for a in found)
    columns = (
        Column("agreement"),
        Column("kind"),
        Column("partner"),
        Column("from", ValueUnit.DAY),
        Column("until", ValueUnit.DAY),
        Column("written in"),
    )
    step = Step("agreements in force", len(found), how=f"with partners, on {day.isoformat()}")
    return (step,), ValueTable("Agreements with partners", columns, rows)


def _needs(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    found = needs_in(material.catalogue, material.scope)
    counts = Counter(need.met for need in found)
    rows = tuple((need.id, need.met.value, need.kind.value, str(need.locate())) for need in found)
    steps = tuple(Step(f"needs met: {met.value}", counts[met]) for met in NeedMet)
    return steps, ValueTable(
        "Needs", (Column("need"), Column("met"), Column("kind"), Column("written in")), rows
    )


def _services(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    rows = []
    for service in material.catalogue.services.values():
        stage = stage_of(service, material.quarter)
        if stage is not None:
            day = service.since if stage is LifecycleStage.OPENED else service.until
            rows.append((service.id, stage.value, day, str(service.locate("lifecycle"))))
    columns = (Column("service"), Column("stage"), Column("day", ValueUnit.DAY), Column("written in"))
    step = Step("services that begin or end", len(rows))
    return (step,), ValueTable("Services that begin or end", columns, tuple(rows))


def _meetings(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    found = () if material.scope.client else meetings_in(material.catalogue, material.quarter, material.scope)
    held = sum(meeting.date in material.quarter for meeting, _ in found)
    rows = tuple((meeting.date, meeting.start, one.id, str(one.locate())) for meeting, one in found)
    columns = (Column("day", ValueUnit.DAY), Column("at"), Column("committee"), Column("written in"))
    steps = (
        Step(f"meetings in {material.quarter}", held),
        Step(f"meetings in {material.quarter.shift(1)}", len(found) - held),
    )
    return steps, ValueTable("Meetings", columns, rows)


def _actions(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    every = () if material.scope.client else actions_in(material.catalogue, material.scope.segment)
    planned = [action for action in every if action.status is not ActionStatus.CANCELLED]
    recent = [action for action in every if is_recent(action, material.quarter)]
    overdue = [action for action in planned if action.is_overdue(material.today)]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            action.id,
            action.lever.value,
            action.status.value,
            action.due,
            action.done,
            "yes" if action in recent else "no",
            "yes" if action in overdue else "no",
            action.expected_effect.in_language(_LANGUAGE),
            str(action.locate()),
        )
        for action in every
    )
    columns = (
        Column("action"),
        Column("lever"),
        Column("status"),
        Column("due", ValueUnit.DAY),
        Column("done", ValueUnit.DAY),
        Column("recent"),
        Column("overdue"),
        Column("expected effect"),
        Column("written in"),
    )
    unused = [lever.value for lever in Lever if lever not in {action.lever for action in planned}]
    steps = (
        Step("actions", len(planned), how="that are not cancelled"),
        Step("overdue", len(overdue), how=f"open and due before {material.today.isoformat()}"),
        Step("levers without action", len(unused), how=", ".join(unused)),
        Step("recent", len(recent)),
        Step("recent and done", sum(action.status is ActionStatus.DONE for action in recent)),
        Step("open", sum(action.is_open for action in every), how="planned or under way"),
    )
    return steps, ValueTable("Actions", columns, rows)


def _commitments(material: Material) -> tuple[tuple[Step, ...], ValueTable]:
    """The commitments of the quarter before, and what the report decides and commits to; none without a file of words."""
    rows: list[tuple[Value, ...]] = []
    steps: tuple[Step, ...] = ()
    for quarter in (material.quarter.previous, material.quarter):
        report = material.catalogue.reports.get(quarter)
        if report is None:
            continue
        for key in ("decisions", "our_commitments", "customer_commitments"):
            for index, one in enumerate(getattr(report.front, key)):
                status = one.status.value if isinstance(one, Commitment) else None
                text = one.text.in_language(_LANGUAGE)
                rows.append((key, text, one.due, status, str(report.front.locate(key, index))))
    found = commitments_before(material.catalogue, material.quarter)
    if found:
        kept = sum(one.status is CommitmentStatus.KEPT for one in found)
        where = f"in indicators/reports/{material.quarter.previous}.md"
        steps = (
            Step("commitments", len(found), how=where),
            Step("commitments kept", kept, how="of them"),
        )
    columns = (
        Column("key"),
        Column("text"),
        Column("due", ValueUnit.DAY),
        Column("status"),
        Column("written in"),
    )
    return steps, ValueTable(
        "Decisions and commitments, of this quarter and the one before", columns, tuple(rows)
    )
