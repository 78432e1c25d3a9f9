"""Moving out: a catalogue cut for its audience in, files in the formats of other tools out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

import yaml
from icalendar import Alarm, Calendar, Event

from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle, Metric, Unit
from comptoir.moving.offer_table import offer_sheets
from comptoir.wording import N_, NP_, Language
from comptoir.workbooks import CellForm, CellValue, Worksheet, WorksheetColumn, write_workbook

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What to export: the catalogue as its audience may see it, in a language, on a day."""

    catalogue: Catalogue
    language: Language
    today: date

    def say(self, text: Text | None) -> str:
        """A text in the language, on one line; '' for none."""
        return self.language.typeset(text.in_language(self.language.code)) if text else ""

    @property
    def site(self) -> str:
        """The address of the site in the language, with its last slash; '' where none is known."""
        organisation = self.catalogue.organisation
        if not organisation.site_url:
            return ""
        code = self.language.code
        return f"{organisation.site_url}{'' if code == organisation.languages[0] else f'{code}/'}"


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: what it is for, and how its files are made."""

    description: str
    write: Callable[[ExportJob], Files]


def export_workbook(job: ExportJob) -> Files:
    """A workbook: the services (to be edited and imported again), families, agreements with their targets, clients."""
    offer, copy = offer_sheets(job.catalogue, job.language)
    sheets = (offer, *_sheets(job), copy)
    title = job.say(job.catalogue.organisation.name)
    return {"offer.xlsx": write_workbook(sheets, title, job.today)}


def export_tables(job: ExportJob) -> Files:
    """A Data Package (https://datapackage.org/standard/): the same tables as CSV, described by datapackage.json."""
    offer, _ = offer_sheets(job.catalogue, job.language)
    resources = []
    files: dict[str, bytes] = {}
    for name, sheet in zip(
        ("services", "families", "targets", "segments"), (offer, *_sheets(job)), strict=True
    ):
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.heading for column in sheet.columns])
        writer.writerows([[_plain_cell(cell) for cell in row] for row in sheet.rows])
        files[f"{name}.csv"] = stream.getvalue().encode("utf-8")
        types = {CellForm.TEXT: "string", CellForm.NUMBER: "number", CellForm.DAY: "date"}
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "type": "table",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": c.heading, "type": types[c.form]} for c in sheet.columns],
                    "missingValues": [""],
                },
            }
        )
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "service-catalogue",
        "title": job.say(job.catalogue.organisation.name),
        "created": f"{job.today.isoformat()}T00:00:00Z",
        "resources": resources,
    }
    files["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return files


def _plain_cell(cell: CellValue) -> str:
    """A cell of a CSV file: a text that a spreadsheet would take for a formula is quoted."""
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(("=", "+", "-", "@", "\t")) else text


def _sheets(job: ExportJob) -> tuple[Worksheet, ...]:
    say = job.language.say
    order = sorted(job.catalogue.families.values(), key=lambda family: (family.order, family.id))
    families = Worksheet(
        say(N_("Familles")),
        tuple(
            WorksheetColumn(heading, width=width)
            for heading, width in (
                (say(N_("Identifiant")), 20),
                (say(N_("Nom")), 28),
                (say(N_("Résumé")), 60),
            )
        ),
        [(family.id, job.say(family.name), job.say(family.summary)) for family in order],
    )
    segments = Worksheet(
        say(N_("Segments")),
        (WorksheetColumn(say(N_("Identifiant")), width=20), WorksheetColumn(say(N_("Nom")), width=32)),
        [(segment.id, job.say(segment.name)) for segment in job.catalogue.segments.values()],
    )
    return families, _targets(job), segments


def _targets(job: ExportJob) -> Worksheet:
    say = job.language.say
    text, number, day = CellForm.TEXT, CellForm.NUMBER, CellForm.DAY
    columns = (
        WorksheetColumn(say(N_("Identifiant")), text, 24),
        WorksheetColumn(say(NP_("a column of the workbook", "Accord")), text, 36),
        WorksheetColumn(say(NP_("a column of the workbook", "Nature")), text, 8),
        WorksheetColumn(say(NP_("a column of the workbook", "Mesure")), text, 14),
        WorksheetColumn(say(N_("Priorité")), text, 9),
        WorksheetColumn(say(NP_("a column of the workbook", "Cible")), number, 9),
        WorksheetColumn(say(N_("Unité")), text, 16),
        WorksheetColumn(say(NP_("a column of the workbook", "Part des cas, en %")), number, 16),
        WorksheetColumn(say(NP_("a column of the workbook", "À partir du")), day, 12),
        WorksheetColumn(say(NP_("a column of the workbook", "Jusqu’au")), day, 12),
    )
    rows: list[tuple[CellValue, ...]] = []
    for agreement in job.catalogue.agreements.values():
        for target in agreement.targets:
            said = (
                agreement.id,
                job.say(agreement.name),
                agreement.kind.value,
                target.metric.value,
                str(target.priority) if target.priority else None,
                target.value,
                target.unit.value,
                target.share,
                target.valid_from or agreement.valid_from,
                target.valid_until or agreement.valid_until,
            )
            rows.append(said)
    return Worksheet(say(NP_("a sheet of the workbook", "Engagements")), columns, rows)


def export_backstage(job: ExportJob) -> Files:
    """catalog-info.yaml: a System for each family, a Component for each service; retired ones are left out."""
    documents = [
        _entity("System", family.id, job.say(family.name), job.say(family.summary), {"owner": "it"})
        for family in job.catalogue.families.values()
    ]
    documents += [
        _component(service, job)
        for service in job.catalogue.services.values()
        if service.lifecycle is not Lifecycle.RETIRED
    ]
    team = {"type": "department", "children": []}
    documents.append(_entity("Group", "it", job.say(job.catalogue.organisation.department), "", team))
    return {"catalog-info.yaml": _documents(documents)}


_STATES: Final = {
    Lifecycle.PIPELINE: "experimental",
    Lifecycle.LIVE: "production",
    Lifecycle.RETIRING: "deprecated",
}


def _component(service: Service, job: ExportJob) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "type": "service",
        "lifecycle": _STATES[service.lifecycle],
        "owner": "it",
        "system": service.family,
    }
    known = [d.service for d in service.dependencies if d.service in job.catalogue.services]
    if known:
        spec["dependsOn"] = [f"component:{name}" for name in known]
    entity = _entity("Component", service.id, job.say(service.name), job.say(service.summary), spec)
    if job.site:
        address = f"{job.site}services/{service.id}/"
        entity["metadata"]["links"] = [{"url": address, "title": job.say(service.name)}]
    return entity


def _entity(kind: str, name: str, title: str, description: str, spec: dict[str, Any]) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": name, "title": title}
    if description:
        metadata["description"] = description
    return {"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}


def export_openslo(job: ExportJob) -> Files:
    """OpenSLO v1: a Service for each service, an SLO for each promise of availability that covers it today."""
    documents: list[dict[str, Any]] = []
    for service in job.catalogue.services.values():
        documents.append(
            {
                "apiVersion": "openslo/v1",
                "kind": "Service",
                "metadata": {"name": service.id, "displayName": job.say(service.name)},
                "spec": {"description": job.say(service.summary)},
            }
        )
        for name in service.agreements:
            agreement = job.catalogue.agreements.get(name)
            for rank, target in agreement.targets_in_force(job.today) if agreement else ():
                if target.metric is Metric.AVAILABILITY and target.unit is Unit.PERCENT:
                    documents.append(_objective(service, name, rank, target.value))
    return {"openslo.yaml": _documents(documents)}


def _objective(service: Service, agreement: str, rank: int, value: Decimal) -> dict[str, Any]:
    name = f"{service.id}-{agreement}-{rank + 1}"[:63].rstrip("-")
    return {
        "apiVersion": "openslo/v1",
        "kind": "SLO",
        "metadata": {"name": name, "displayName": f"{service.id}: {agreement}"},
        "spec": {
            "service": service.id,
            "indicator": {
                "metadata": {"name": f"{name}-availability"[:63]},
                "spec": {
                    "ratioMetric": {
                        "counter": True,
                        "good": {"metricSource": {"type": "Comptoir", "spec": {"query": "availability"}}},
                        "total": {"metricSource": {"type": "Comptoir", "spec": {"query": "service time"}}},
                    }
                },
            },
            "timeWindow": [
                {
                    "duration": "1Q",
                    "isRolling": False,
                    "calendar": {"startTime": "2024-01-01 00:00:00", "timeZone": "UTC"},
                }
            ],
            "budgetingMethod": "Occurrences",
            "objectives": [{"displayName": "Availability", "target": float(value / 100)}],
        },
    }


def _documents(documents: list[dict[str, Any]]) -> bytes:
    text = yaml.dump_all(documents, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    return str(text).encode("utf-8")


def export_llms(job: ExportJob) -> Files:
    """llms.txt (https://llmstxt.org): what the catalogue holds, a line a service, for programs that read text."""
    organisation = job.catalogue.organisation
    lines = [
        f"# {job.say(organisation.department)} – {job.say(organisation.name)}",
        "",
        f"> {job.say(organisation.promise)}",
        "",
    ]
    for family in sorted(job.catalogue.families.values(), key=lambda one: (one.order, one.id)):
        services = [
            service
            for service in job.catalogue.services.values()
            if service.family == family.id and service.lifecycle is not Lifecycle.RETIRED
        ]
        if services:
            lines += [f"## {job.say(family.name)}", ""]
            lines += [
                f"- [{_bare(job.say(s.name))}]({job.site}services/{s.id}/): {job.say(s.summary)}"
                for s in services
            ]
            lines.append("")
    return {"llms.txt": "\n".join(lines).encode("utf-8")}


def _bare(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")


def export_calendar(job: ExportJob) -> Files:
    """iCalendar: the day of each review of a service, and of each end, with a reminder two weeks before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Comptoir//Reviews//")
    calendar.add("version", "2.0")
    for day, identifier, title in sorted(_days(job)):
        event = Event()
        event.add("uid", f"{identifier}@comptoir")
        event.add("dtstamp", datetime.combine(job.today, time(), timezone.utc))  # noqa: UP017
        event.add("dtstart", day)
        event.add("summary", title)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(days=-14))
        event.add_component(alarm)
        calendar.add_component(event)
    return {"reviews.ics": calendar.to_ical()}


def _days(job: ExportJob) -> Iterator[tuple[date, str, str]]:
    for service in job.catalogue.services.values():
        name = job.say(service.name)
        if service.lifecycle is not Lifecycle.RETIRED:
            yield (
                service.review_date,
                f"review-{service.id}",
                job.language.say(N_("Relire {name}"), name=name),
            )
        if service.until:
            yield (
                service.until,
                f"end-{service.id}",
                job.language.say(N_("Dernier jour de {name}"), name=name),
            )


EXPORT_FORMATS: Final[Mapping[str, ExportFormat]] = {
    "xlsx": ExportFormat("a workbook; what is edited in it can be imported again", export_workbook),
    "csv": ExportFormat("tables as CSV, described by datapackage.json", export_tables),
    "backstage": ExportFormat("catalog-info.yaml of Backstage", export_backstage),
    "openslo": ExportFormat("promises of availability as OpenSLO v1", export_openslo),
    "llms": ExportFormat("llms.txt, a line a service", export_llms),
    "ics": ExportFormat("days of reviews and of ends, for calendars", export_calendar),
}
