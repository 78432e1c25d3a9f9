"""Commitments: the index of all agreements with the promises in brief, and one page an agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from comptoir.addresses import PAGES, page_path
from comptoir.content.commitments import (
    CommitmentTable,
    TargetRow,
    commitment_table,
    target_row,
)
from comptoir.content.edition import Edition
from comptoir.content.labels import label, priority_label, quantity
from comptoir.content.measure_words import long_quarter
from comptoir.content.parts import (
    ContactView,
    FamilyMark,
    HoursView,
    Link,
    ServiceLine,
    by_name,
    contact_view,
    family_mark,
    hours_view,
    offered,
    segment_links,
    service_line,
    sorted_families,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.service_results import AgreementResults, agreement_results, kept_promise
from comptoir.model.agreements import Agreement, Target
from comptoir.model.services import Service
from comptoir.model.terms import AgreementKind, Metric, Unit
from comptoir.model.validity import validity
from comptoir.site.pages.page import Page, trail

COLUMNS: Final = 5
"""How many metrics the promises in brief compare, those that most agreements have."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in a list. `status` is '' while it is in force; `who` is the other side."""

    name: str
    summary: str
    url: LinkTarget
    kind: str
    who: tuple[Link, ...]
    lifecycle: str
    status: str
    services: tuple[Link, ...]
    upheld: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FamilyPromises:
    """The agreements that cover services of a family; `mark` is None for those that cover none."""

    mark: FamilyMark | None
    agreements: tuple[AgreementLine, ...]


@dataclass(frozen=True, slots=True)
class PromiseCell:
    """The most urgent promise on one metric; `value` is '' when there is none."""

    metric: str
    value: str
    note: str
    kept: str


@dataclass(frozen=True, slots=True)
class BriefRow:
    """An agreement in the promises in brief."""

    name: str
    url: LinkTarget
    who: tuple[Link, ...]
    cells: tuple[PromiseCell, ...]


@dataclass(frozen=True, slots=True)
class AgreementsView:
    """All that the index of agreements shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    columns: tuple[str, ...]
    quarter: str
    brief: tuple[BriefRow, ...]
    families: tuple[FamilyPromises, ...]
    operating: tuple[AgreementLine, ...]
    contracts: tuple[AgreementLine, ...]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A promise that is not in force yet, or no longer."""

    row: TargetRow
    period: str
    is_coming: bool


@dataclass(frozen=True, slots=True)
class AgreementView:
    """All that the page of an agreement shows."""

    line: AgreementLine
    crumbs: tuple[Link, ...]
    is_promise: bool
    us: str
    signatories: tuple[str, ...]
    validity: str
    hours: HoursView | None
    owner: str
    description: Markup
    table: CommitmentTable
    results: AgreementResults | None
    changes: tuple[TargetChange, ...]
    we_commit: tuple[str, ...]
    you_commit: tuple[str, ...]
    exclusions: tuple[str, ...]
    escalation: tuple[ContactView, ...]
    rests_on: tuple[AgreementLine, ...]
    upholds: tuple[AgreementLine, ...]
    services: tuple[ServiceLine, ...]


def agreement_pages(at: Edition) -> Iterator[Page]:
    """The index of agreements, then each of them; nothing when there is none."""
    agreements = at.catalogue.agreements
    if not agreements:
        return
    yield _index(at)
    for agreement in agreements.values():
        yield Page(
            page_path("agreement", agreement.id),
            "agreement.md.j2",
            _view(at, agreement),
            at.text(agreement.name),
            description=at.text(agreement.summary),
            section="commitments",
            source=agreement.file,
        )


def agreement_line(at: Edition, agreement: Agreement) -> AgreementLine:
    """The agreement as lists show it."""
    status, lifecycle = _status(at, agreement)
    upheld = (other for other in at.catalogue.agreements.values() if agreement.id in other.rests_on)
    return AgreementLine(
        name=at.text(agreement.name),
        summary=at.text(agreement.summary),
        url=Ref("agreement", agreement.id),
        kind=label(agreement.kind, at.language),
        who=_other_side(at, agreement),
        lifecycle=lifecycle,
        status=status,
        services=tuple(_service_link(at, service) for service in _covered(at, agreement)),
        upheld=tuple(Link(at.text(other.name), Ref("agreement", other.id)) for other in upheld),
    )


def _service_link(at: Edition, service: Service) -> Link:
    return Link(at.text(service.name), Ref("service", service.id))


def _status(at: Edition, agreement: Agreement) -> tuple[str, str]:
    """A word for an agreement that is not in force, and the style of the word."""
    say = at.language.gettext
    if at.today < agreement.valid_from:
        return say("Bientôt en vigueur"), "pipeline"
    if agreement.valid_until is not None and agreement.valid_until < at.today:
        return say("Terminé"), "retired"
    return "", ""


def _other_side(at: Edition, agreement: Agreement) -> tuple[Link, ...]:
    """Whom it is agreed with; a link without address is a word."""
    partner = at.catalogue.partners.get(agreement.partner or "")
    if partner is not None:
        return (Link(at.text(partner.name), Ref("partner", partner.id)),)
    if agreement.segments:
        return segment_links(at, agreement.segments)
    if agreement.clients:
        return tuple(Link(name, "") for name in _client_names(at, agreement))
    say = at.language.gettext
    if agreement.kind is AgreementKind.SLA:
        return (Link(say("Tout le monde"), ""),)
    return (Link(say("Nos équipes, entre elles"), ""),)


def _client_names(at: Edition, agreement: Agreement) -> tuple[str, ...]:
    clients = at.catalogue.clients.values()
    return tuple(
        at.text(c.name) for c in clients if c.id in agreement.clients or agreement.id in c.agreements
    )


def _covered(at: Edition, agreement: Agreement) -> tuple[Service, ...]:
    """The services that it is made for, retired ones apart, by name."""
    services = (
        service
        for service in offered(at.catalogue.services.values())
        if agreement.id in service.agreements
        or any(offering.agreement == agreement.id for offering in service.offerings)
    )
    return by_name(at, services)


def _upholding(at: Edition, agreement: Agreement) -> tuple[Agreement, ...]:
    """The agreements that rest on it, directly or not, in the order of identifiers."""
    found: set[str] = {agreement.id}
    while True:
        more = {a.id for a in at.catalogue.agreements.values() if found & set(a.rests_on)} - found
        if not more:
            break
        found |= more
    return tuple(at.catalogue.agreements[name] for name in sorted(found - {agreement.id}))


def _index(at: Edition) -> Page:
    say = at.language.gettext
    agreements = at.catalogue.agreements.values()
    promises = [a for a in agreements if a.kind is AgreementKind.SLA]
    metrics = _compared(at, promises)
    families = _by_family(at, promises)
    in_order = dict.fromkeys(a for _, group in families for a in group)
    rows = (_brief_row(at, a, metrics) for a in in_order)
    view = AgreementsView(
        title=say("Engagements"),
        lead=say("Ce que nous promettons, en chiffres, et ce sur quoi nos promesses reposent."),
        crumbs=trail(at),
        columns=tuple(label(metric, at.language) for metric in metrics),
        quarter=long_quarter(at.language, at.results.quarter) if at.results else "",
        brief=tuple(row for row in rows if any(cell.value for cell in row.cells)),
        families=tuple(
            FamilyPromises(mark, tuple(agreement_line(at, a) for a in group)) for mark, group in families
        ),
        operating=tuple(agreement_line(at, a) for a in agreements if a.kind is AgreementKind.OLA),
        contracts=tuple(agreement_line(at, a) for a in agreements if a.kind is AgreementKind.UC),
    )
    return Page(
        PAGES["commitments"],
        "commitments.md.j2",
        view,
        view.title,
        description=view.lead,
        section="commitments",
    )


def _by_family(
    at: Edition, promises: list[Agreement]
) -> tuple[tuple[FamilyMark | None, tuple[Agreement, ...]], ...]:
    """The promises under each family whose services they cover, then those that cover none."""
    families = {a.id: {service.family for service in _covered(at, a)} for a in promises}
    groups: list[tuple[FamilyMark | None, tuple[Agreement, ...]]] = [
        (family_mark(at, family), tuple(a for a in promises if family.id in families[a.id]))
        for family in sorted_families(at)
    ]
    groups.append((None, tuple(a for a in promises if not families[a.id])))
    return tuple((mark, group) for mark, group in groups if group)


def _in_force(at: Edition, agreement: Agreement) -> list[Target]:
    promised = (target for _, target in agreement.targets_in_force(at.today))
    return sorted(promised, key=lambda t: t.priority or "")


def _compared(at: Edition, promises: list[Agreement]) -> tuple[Metric, ...]:
    """The metrics that most promises have."""
    counts = Counter(metric for a in promises for metric in {t.metric for t in _in_force(at, a)})
    ranked = sorted((m for m in Metric if counts[m]), key=lambda m: -counts[m])[:COLUMNS]
    return tuple(metric for metric in Metric if metric in ranked)


def _brief_row(at: Edition, agreement: Agreement, metrics: tuple[Metric, ...]) -> BriefRow:
    targets = _in_force(at, agreement)
    most_urgent = {t.metric: t for t in reversed(targets)}
    return BriefRow(
        name=at.text(agreement.name),
        url=Ref("agreement", agreement.id),
        who=_other_side(at, agreement),
        cells=tuple(_cell(at, agreement, metric, most_urgent.get(metric)) for metric in metrics),
    )


def _cell(at: Edition, agreement: Agreement, metric: Metric, target: Target | None) -> PromiseCell:
    if target is None:
        return PromiseCell(label(metric, at.language), "", "", "")
    notes = [
        quantity(target.share, Unit.PERCENT, at.language) if target.share is not None else "",
        priority_label(target.priority, at.catalogue, at.language) if target.priority is not None else "",
    ]
    return PromiseCell(
        label(metric, at.language),
        quantity(target.value, target.unit, at.language),
        ", ".join(note for note in notes if note),
        kept_promise(at, agreement, target, _covered(at, agreement)),
    )


def _view(at: Edition, agreement: Agreement) -> AgreementView:
    known = at.catalogue.agreements
    upholding = _upholding(at, agreement)
    services = {s.id: s for a in (agreement, *upholding) for s in _covered(at, a)}
    return AgreementView(
        line=agreement_line(at, agreement),
        crumbs=trail(at, "commitments"),
        is_promise=agreement.kind is AgreementKind.SLA,
        us=at.text(at.catalogue.organisation.department),
        signatories=_client_names(at, agreement) if agreement.segments or not agreement.clients else (),
        validity=_validity(at, agreement),
        hours=hours_view(at, agreement.calendar),
        owner=at.text(agreement.owner),
        description=at.html(agreement.description),
        table=commitment_table(at, agreement),
        results=agreement_results(at, agreement, _covered(at, agreement))
        if agreement.kind is AgreementKind.SLA
        else None,
        changes=_changes(at, agreement),
        we_commit=at.texts(agreement.we_commit),
        you_commit=at.texts(agreement.you_commit),
        exclusions=at.texts(agreement.exclusions),
        escalation=tuple(view for c in agreement.escalation if (view := contact_view(at, c)) is not None),
        rests_on=tuple(agreement_line(at, known[name]) for name in agreement.rests_on if name in known),
        upholds=tuple(agreement_line(at, other) for other in upholding),
        services=tuple(service_line(at, service) for service in by_name(at, services.values())),
    )


def _validity(at: Edition, agreement: Agreement) -> str:
    say, day = at.language.gettext, at.language.day
    first = day(agreement.valid_from)
    if agreement.valid_until is None:
        return say("À partir du %(first)s, sans date de fin") % {"first": first}
    return say("Du %(first)s au %(last)s") % {"first": first, "last": day(agreement.valid_until)}


def _changes(at: Edition, agreement: Agreement) -> tuple[TargetChange, ...]:
    """Targets to come, the next first, then former ones, the latest first."""
    say, today = at.language.gettext, at.today
    coming: list[tuple[date, TargetChange]] = []
    former: list[tuple[date, TargetChange]] = []
    for target in agreement.promises:
        first, last = validity(agreement, target)
        row = target_row(at, agreement, target)
        if last < first:
            continue  # never in force
        if first > today:
            words = say("à partir du %(day)s") % {"day": at.language.day(first)}
            coming.append((first, TargetChange(row, words, is_coming=True)))
        elif last < today:
            words = say("jusqu'au %(day)s") % {"day": at.language.day(last)}
            former.append((last, TargetChange(row, words, is_coming=False)))
    coming.sort(key=lambda pair: pair[0])
    former.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(change for _, change in (*coming, *former))
