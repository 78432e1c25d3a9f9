"""Promises as customers read them: an agreement in; its targets in force, as rows and sentences, out."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.content.edition import Edition
from comptoir.content.labels import label, priority_label, promise, quantity, undertaking, value_label
from comptoir.content.references import LinkTarget, Ref
from comptoir.measure.promises import priorities_of
from comptoir.model.agreements import Agreement, LoosePromise, Target
from comptoir.model.terms import AgreementKind, Metric, Unit

_ORDER = {metric: rank for rank, metric in enumerate(Metric)}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One promise. `share` is '' when it holds for all cases."""

    metric: str
    sentence: str
    priority: str
    value: str
    share: str
    note: str


@dataclass(frozen=True, slots=True)
class CommitmentTable:
    """An agreement with the promises in force at the day of the build."""

    id: str
    name: str
    summary: str
    kind: str
    url: LinkTarget
    rows: tuple[TargetRow, ...]
    has_priorities: bool
    has_shares: bool
    calendar: str


def commitment_table(at: Edition, agreement: Agreement) -> CommitmentTable:
    """The agreement as pages show it; without rows when nothing is in force."""
    ranks = {name: rank for rank, name in enumerate(priorities_of(at.catalogue))}
    targets = sorted(
        agreement.promises_in_force(at.today),
        key=lambda t: (_ORDER[t.metric], t.request_item or "", ranks.get(t.priority or "", -1)),
    )
    rows = tuple(target_row(at, agreement, target) for target in targets)
    calendar = at.catalogue.calendars.get(agreement.calendar)
    return CommitmentTable(
        id=agreement.id,
        name=at.text(agreement.name),
        summary=at.text(agreement.summary),
        kind=label(agreement.kind, at.language),
        url=Ref("agreement", agreement.id),
        rows=rows,
        has_priorities=any(t.priority for t in targets),
        has_shares=any(isinstance(t, Target) and t.share is not None for t in targets),
        calendar=at.text(calendar.name) if calendar else "",
    )


def target_row(at: Edition, agreement: Agreement, target: Target | LoosePromise) -> TargetRow:
    """The promise as a row; what we promise is a sentence, what others owe us is said without a subject."""
    language = at.language
    if agreement.kind is AgreementKind.SLA:
        sentence = promise(target, at.catalogue, language)
    else:
        words = undertaking(target, at.catalogue, language)
        sentence = f"{words[:1].upper()}{words[1:]}."
    return TargetRow(
        metric=label(target.metric, language),
        sentence=sentence,
        priority=priority_label(target.priority, at.catalogue, language),
        value=value_label(target, language),
        share=_share(at, target),
        note=at.text(target.note),
    )


def _share(at: Edition, promised: Target | LoosePromise) -> str:
    """The share of cases that it holds for; '' where it is all of them, a dash where nothing is said of cases."""
    if isinstance(promised, LoosePromise):
        return "–"
    return "" if promised.share is None else quantity(promised.share, Unit.PERCENT, at.language)
