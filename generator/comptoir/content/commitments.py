"""Promises as customers read them: an agreement in; its targets in force, as rows and sentences, out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from comptoir.content.context import PageContext
from comptoir.content.labels import label, priority_label, promise, quantity, undertaking
from comptoir.model.agreements import Agreement, Target
from comptoir.model.terms import AgreementKind, Metric, Unit

_ORDER = {metric: rank for rank, metric in enumerate(Metric)}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One promise. `share` is '' when it holds for all cases."""

    metric: str
    sentence: str
    priority: str
    value: str
    raw_value: Decimal
    share: str
    note: str


@dataclass(frozen=True, slots=True)
class CommitmentTable:
    """An agreement with the promises in force at the day of the build."""

    id: str
    name: str
    summary: str
    kind: str
    url: str
    rows: tuple[TargetRow, ...]
    has_priorities: bool
    has_shares: bool
    calendar: str


def commitment_table(at: PageContext, agreement: Agreement) -> CommitmentTable:
    """The agreement as pages show it; without rows when nothing is in force."""
    promised = (target for _, target in agreement.targets_in_force(at.site.today))
    targets = sorted(promised, key=lambda t: (_ORDER[t.metric], t.priority or ""))
    rows = tuple(target_row(at, agreement, target) for target in targets)
    calendar = at.catalogue.calendars.get(agreement.calendar)
    return CommitmentTable(
        id=agreement.id,
        name=at.text(agreement.name),
        summary=at.text(agreement.summary),
        kind=label(agreement.kind, at.language),
        url=at.url("agreement", agreement.id),
        rows=rows,
        has_priorities=any(t.priority for t in targets),
        has_shares=any(t.share is not None for t in targets),
        calendar=at.text(calendar.name) if calendar else "",
    )


def target_row(at: PageContext, agreement: Agreement, target: Target) -> TargetRow:
    """The target as a row; what we promise is a sentence, what others owe us is said without a subject."""
    language = at.language
    if agreement.kind is AgreementKind.SLA:
        sentence = promise(target, language)
    else:
        words = undertaking(target, language)
        sentence = f"{words[:1].upper()}{words[1:]}."
    return TargetRow(
        metric=label(target.metric, language),
        sentence=sentence,
        priority=priority_label(target.priority, language),
        value=quantity(target.value, target.unit, language),
        raw_value=target.value,
        share="" if target.share is None else quantity(target.share, Unit.PERCENT, language),
        note=at.text(target.note),
    )
