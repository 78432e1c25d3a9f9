"""A small project with actions, complaints and committees, measured: what tests of their pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.charts import draw_all
from comptoir.content.edition import Edition
from comptoir.measure.project import data_places, measure_project
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter
from comptoir.site import Results, results_for_audience, site_specs, style_of
from comptoir.site.pages import make_pages
from comptoir.wording import language
from tests.conftest import MakeProject

DAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)

TICKETS = """\
number,opened,resolved,service,client,segment,kind,cause
C1,2026-03-02T09:00,2026-03-04T09:00,mail,physics,researchers,complaint,delay
C2,2026-07-01T09:00,2026-07-03T09:00,mail,physics,researchers,complaint,delay
C3,2026-07-06T09:00,2026-07-20T09:00,wifi,physics,researchers,complaint,welcome
C4,2026-08-03T09:00,2026-08-04T09:00,wifi,physics,researchers,complaint,delay
C5,2026-09-01T09:00,,mail,physics,researchers,complaint,delay
C6,2026-10-07T09:00,,wifi,,researchers,complaint,
R1,2026-07-01T09:00,2026-07-01T10:00,mail,physics,researchers,request,
R2,2026-10-08T09:00,2026-10-08T10:00,mail,physics,researchers,request,
"""
ACTIONS = """\
- id: faster-answers
  name: {fr: Répondre plus vite, en: Answer sooner}
  lever: satisfaction
  status: done
  owner: {fr: Responsable, en: Manager}
  start: 2026-04-02
  due: 2026-06-30
  done: 2026-06-15
  expected_effect: {fr: Moins de retards., en: Fewer delays.}
  effect: {indicator: complaint-volume, from: 4, to: 2}
- id: visits
  name: {fr: Visites, en: Visits}
  lever: relationship
  status: in-progress
  owner: {fr: Responsable, en: Manager}
  due: 2026-10-01
  expected_effect: {fr: Se connaître., en: Know each other.}
- id: kiosk
  name: {fr: Borne, en: Kiosk}
  lever: convenience
  status: cancelled
  owner: {fr: Responsable, en: Manager}
  due: 2026-09-30
  expected_effect: {fr: Rien., en: Nothing.}
"""
COMMITTEES = """\
- {id: board, name: {fr: Comité de direction, en: Board}, kind: strategic, purpose: {fr: Décider., en: Decide.}, meetings: [{date: 2026-12-10, start: "14:00", end: "16:00"}]}
- {id: users, name: {fr: Utilisateurs, en: Users}, kind: tactical, purpose: {fr: Écouter., en: Listen.}, segments: [researchers], meetings: [{date: 2026-12-11, start: "14:00", end: "16:00", topics: [{fr: Un sujet public, en: A public topic}]}]}
- {id: desk, name: {fr: Point du mois, en: Monthly meeting}, kind: operational, purpose: {fr: Revoir., en: Review.}, meetings: [{date: 2026-11-03, start: "09:00", end: "10:00"}]}
- {id: fair, name: {fr: Portes ouvertes, en: Open day}, kind: event, purpose: {fr: Voir., en: See.}, meetings: [{date: 2026-12-01, start: "09:00", end: "10:00"}]}
"""


def make(make_project: MakeProject) -> Path:
    """The project in a folder."""
    columns = {"number": {}, "opened": {}, "resolved": {}, "service": {}, "client": {}, "segment": {}}
    return make_project(
        keys={
            "indicators/sources/tickets.yaml": {
                "role": "requests",
                "name": {"fr": "Demandes", "en": "Tickets"},
                "files": ["tickets.csv"],
                "columns": {**columns, "kind": {}, "cause": {}},
            },
            "indicators/data/tickets.csv": TICKETS,
            "indicators/definitions/complaint-volume.yaml": {"use": "complaint-volume", "target": "3"},
            "segments/actions.yaml": ACTIONS,
            "segments/committees.yaml": COMMITTEES,
        }
    )


def site_for(project: Path, audience: str, code: str = "fr") -> Edition:
    """The site that an audience sees, measured and drawn."""
    catalogue, problems = check_project(project, DAY)
    assert [str(p) for p in problems if p.severity == "error"] == []
    measured = measure_project(catalogue, data_places(project, None), Q3.latest(8), DAY)
    visible: Catalogue = for_audience(catalogue, audience)
    results: Results = results_for_audience(measured, visible, audience, Q3)
    results = replace(results, charts=draw_all(site_specs(visible, results), style_of(visible)))
    return Edition(visible, language(code), DAY, results)


def views(site: Edition) -> dict[str, Any]:
    """The view of each page by its path."""
    return {page.path: page.view for page in make_pages(site)}
