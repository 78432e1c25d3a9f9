"""What reports count in a catalogue: each count by its rule, on the day that decides."""

from __future__ import annotations

from datetime import date

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
from comptoir.build import check_project
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import ActionStatus
from comptoir.periods import Quarter

from ..conftest import CASES, MakeProject

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
TODAY = date(2026, 10, 15)
CLIENT = (CASES / "base/segments/clients/physics.yaml").read_text("utf-8")
ACTION = """
- id: {id}
  name: {{fr: Une action, en: An action}}
  lever: satisfaction
  status: {status}
  owner: {{fr: Responsable, en: Owner}}
  start: 2026-01-05
  due: {due}
  expected_effect: {{fr: Mieux., en: Better.}}
"""


def catalogue(make_project: MakeProject) -> Catalogue:
    actions = [
        ACTION.format(id="late", status="in-progress", due="2026-09-30"),
        ACTION.format(id="long-ago", status="done", due="2026-02-28").rstrip() + "\n  done: 2026-03-31\n",
        ACTION.format(id="soon", status="planned", due="2026-09-01"),
        ACTION.format(id="just-done", status="done", due="2026-12-31").rstrip() + "\n  done: 2026-04-01\n",
    ]
    found, problems = check_project(
        make_project(
            None,
            {
                "segments/clients/later.yaml": f"{CLIENT}since: 2026-10-01\n",
                "segments/clients/new.yaml": f"{CLIENT}since: 2026-09-30\n",
                "segments/actions.yaml": "".join(actions),
            },
        ),
        TODAY,
    )
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return found


def test_clients_are_those_of_the_end_of_the_quarter(make_project: MakeProject) -> None:
    found = catalogue(make_project)
    assert [client.id for client in clients_in(found, Q3, EVERYTHING)] == ["new", "physics"]
    assert [client.id for client in clients_in(found, Q2, EVERYTHING)] == ["physics"]
    assert [client.id for client in clients_in(found, Q3, Scope(client="physics"))] == ["physics"]
    assert [client.id for client in new_clients(clients_in(found, Q3, EVERYTHING), Q3)] == ["new"]
    (segment,) = segments_in(found, Scope(client="physics"))
    assert segment.id == "researchers" and people_in([segment]) == (segment.population or 0)


def test_recent_actions_were_done_or_due_since_the_quarter_before(make_project: MakeProject) -> None:
    found = catalogue(make_project)
    actions = actions_in(found)
    assert [action.id for action in actions] == ["late", "soon", "long-ago", "just-done"]
    assert [action.id for action in actions if is_recent(action, Q3)] == ["late", "just-done"]
    assert all(action.status is not ActionStatus.PLANNED for action in actions if is_recent(action, Q3))


def test_what_the_base_project_does_not_have_is_counted_as_none(make_project: MakeProject) -> None:
    found = catalogue(make_project)
    assert commitments_before(found, Q3) == ()
    assert [stage_of(service, Q3) for service in found.services.values() if stage_of(service, Q3)] in (
        [],
        [LifecycleStage.PREPARED],
    )
    assert needs_in(found, Scope(segment="researchers")) == tuple(
        need for need in needs_in(found, EVERYTHING) if need.id in found.segments["researchers"].needs
    )
    for agreement in agreements_in_force(found, Q3.last_day):
        assert agreement.kind.value in ("ola", "uc") and agreement.valid_from <= Q3.last_day
    days = [meeting.date for meeting, _ in meetings_in(found, Q3, EVERYTHING)]
    assert days == sorted(day for day in days if Q3.first_day <= day <= Quarter(2026, 4).last_day)
