"""The variants of a report: a quarter's results in; what the report about everything, each handed one and each account sheet is made from, out.

A report about one segment or client is handed to it: it is made from a catalogue and results that hold nothing of others,
and nothing of what the reader weighs, is worth, or may do. That stands on an account sheet, which management keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from comptoir.audiences import handed_catalogue, handed_measurements, handed_observations
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.content.report.sections import ReportContext, Section, SectionPlace
from comptoir.content.results import Results
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.model.catalogue import Catalogue

ANALYSES: Final = "analyses"
ANNEX: Final = "annex"
"""The pages that go with that of a report, by the last part of their names."""


def report_contexts(at: Edition, results: Results) -> Iterator[ReportContext]:
    """The report about everything; for who sees all of it, also the handed report and the account sheet of each part."""
    at = at.about(results.quarter)
    yield ReportContext(at, results)
    for scope in handed_scopes(at, results):
        yield handed_context(at, results, scope)
        yield ReportContext(at, results, scope, is_account=True)


def handed_scopes(at: Edition, results: Results) -> tuple[Scope, ...]:
    """Each segment and client that has a report of its own: of which something is measured. None for a wide audience."""
    if not results.is_narrowest:
        return ()
    measured = {m.scope for m in results.measurements.of(quarter=results.quarter) if m.has_value}
    clients = at.catalogue.loyalty.with_report(at.catalogue.clients)
    wanted = (
        *(Scope(segment=name) for name in at.catalogue.segments),
        *(Scope(client=name) for name in clients),
    )
    return tuple(scope for scope in wanted if scope in measured)


def unnamed_clients(at: Edition, results: Results) -> int:
    """How many clients have no report of their own only because nobody said who has one; 0 for a wide audience."""
    settings, clients = at.catalogue.loyalty, at.catalogue.clients
    is_said = settings.says_client_reports or not results.is_narrowest
    return 0 if is_said else len(clients) - len(settings.with_report(clients))


def handed_context(at: Edition, results: Results, scope: Scope) -> ReportContext:
    """What the report that a segment or client is handed is made from: nothing else can stand in it."""
    catalogue, own = results.once(("handed", scope), lambda: _handed(at, results, scope))
    return ReportContext(replace(at, catalogue=catalogue, results=own, memory={}), own, scope)


def _handed(at: Edition, results: Results, scope: Scope) -> tuple[Catalogue, Results]:
    catalogue = handed_catalogue(at.catalogue, scope)
    parts = results.once("by part", lambda: _by_part(results))
    return catalogue, replace(
        results,
        measurements=handed_measurements(results.measurements, scope, parts.get(scope, ()), results.roles),
        files=(),
        left_out=(),
        observations=handed_observations(results.observations, scope) if results.observations else None,
        loyalty=None,
        closings=tuple(
            replace(one, inputs=(), changed=(), corrections=(), differences=()) for one in results.closings
        ),
        others=(),
        running=None,
        earlier=None,
    )


def _by_part(results: Results) -> Mapping[Scope, list[Measurement]]:
    """The measurements about each segment or client, whatever else they are about."""
    found: dict[Scope, list[Measurement]] = {}
    for one in results.measurements:
        if one.scope.client:
            found.setdefault(Scope(client=one.scope.client), []).append(one)
        elif one.scope.segment:
            found.setdefault(Scope(segment=one.scope.segment), []).append(one)
    return found


def report_name(quarter: str, scope: Scope, *, is_account: bool = False) -> str:
    """The name of a report as a page: '2026-Q3', '2026-Q3/segments/researchers', '2026-Q3/accounts/clients/physics'."""
    if scope == EVERYTHING:
        return quarter
    part = f"segments/{scope.segment}" if scope.segment else f"clients/{scope.client}"
    return f"{quarter}/accounts/{part}" if is_account else f"{quarter}/{part}"


def name_of(context: ReportContext) -> str:
    """The name of the report that a context is of."""
    return report_name(str(context.quarter), context.scope, is_account=context.is_account)


def name_beside(context: ReportContext, part: str) -> str:
    """The name of a page that goes with that of a report: '2026-Q3/annex'."""
    return f"{name_of(context)}/{part}"


def place_of(context: ReportContext, section: Section) -> Ref:
    """Where the site shows a section of a report."""
    is_apart = section.place is SectionPlace.APART
    name = name_beside(context, ANALYSES) if is_apart else name_of(context)
    return Ref("report", name, section.id)


def report_kind(context: ReportContext) -> str:
    """What it is called: a report, or the account sheet of a segment or client."""
    say = context.language.gettext
    return say("Fiche de compte") if context.is_account else say("Rapport de fidélité")


def report_lead(context: ReportContext) -> str:
    """What the report is, in one sentence."""
    say = context.language.gettext
    if context.is_whole:
        return say("Ce que nous avons promis, ce que nous avons tenu, et ce que nous décidons.")
    if context.is_account:
        return say(
            "Pour la direction seule : ce qu'il pèse, ce qu'il vaut, et ce qui pourrait le faire partir."
        )
    if context.scope.client:
        return say("Ses propres chiffres, et rien de ce qui concerne les autres clients.")
    return say("Les chiffres de ce segment, et rien de ce qui concerne les autres.")
