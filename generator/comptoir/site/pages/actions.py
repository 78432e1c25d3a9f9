"""The plan: actions by loyalty lever with their owner, day, status and effect; and the sheet of each action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from comptoir.addresses import PAGES, page_path
from comptoir.analysis.counts import ACTION_ORDER
from comptoir.content.actions import ActionLine, action_line, ordered_actions
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.parts import Link, segment_links
from comptoir.content.references import Ref
from comptoir.model.customers import Action
from comptoir.model.terms import Lever
from comptoir.site.pages.page import Page, trail

PICTOGRAMS: Final = {
    Lever.SATISFACTION: "smiley",
    Lever.BRAND_AND_HABIT: "heart",
    Lever.CONVENIENCE: "signpost",
    Lever.RELATIONSHIP: "handshake",
}


@dataclass(frozen=True, slots=True)
class LeverView:
    """A lever with its actions: those under way first, then by the day they are due."""

    id: str
    name: str
    pictogram: Markup
    count: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many actions have a status."""

    state: str
    count: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """All that the plan shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    counts: tuple[StatusCount, ...]
    levers: tuple[LeverView, ...]


@dataclass(frozen=True, slots=True)
class ActionView:
    """All that the sheet of an action shows."""

    line: ActionLine
    lever: str
    pictogram: Markup
    crumbs: tuple[Link, ...]
    description: Markup
    start: str
    done: str
    services: tuple[Link, ...]
    segments: tuple[Link, ...]
    others: tuple[ActionLine, ...]


def action_pages(at: Edition) -> Iterator[Page]:
    """The plan, then each action; nothing for an audience that sees none."""
    if not at.catalogue.actions:
        return
    yield _plan(at)
    for action in at.catalogue.actions.values():
        yield _sheet(at, action)


def _plan(at: Edition) -> Page:
    say = at.language.gettext
    view = PlanView(
        title=say("Plan d'actions"),
        lead=say(
            "Ce que nous faisons pour que nos clients restent, levier par levier, et ce que cela change."
        ),
        crumbs=trail(at),
        counts=_counts(at),
        levers=tuple(_lever(at, lever) for lever in Lever),
    )
    source = next(iter(at.catalogue.actions.values())).file
    return Page(
        PAGES["actions"],
        "actions.md.j2",
        view,
        view.title,
        description=view.lead,
        section="actions",
        source=source,
    )


def _counts(at: Edition) -> tuple[StatusCount, ...]:
    """How many actions have each status, late ones apart; a status that none has is left out."""
    lines = [action_line(at, action) for action in ordered_actions(at)]
    names = {line.state: line.status for line in lines}
    states = ("overdue", *(status.value for status in ACTION_ORDER))
    found = ((state, sum(line.state == state for line in lines)) for state in states)
    return tuple(StatusCount(s, at.language.number(n), names[s]) for s, n in found if n)


def _lever(at: Edition, lever: Lever) -> LeverView:
    actions = ordered_actions(at, lever)
    words = at.language.ngettext("%(num)s action", "%(num)s actions", len(actions))
    return LeverView(
        id=lever.value,
        name=label(lever, at.language),
        pictogram=at.pictogram(PICTOGRAMS[lever]),
        count=words % {"num": at.language.number(len(actions))}
        if actions
        else at.language.gettext("aucune action"),
        actions=tuple(action_line(at, action) for action in actions),
    )


def _sheet(at: Edition, action: Action) -> Page:
    line = action_line(at, action)
    services = (at.catalogue.services[name] for name in action.services if name in at.catalogue.services)
    view = ActionView(
        line=line,
        lever=label(action.lever, at.language),
        pictogram=at.pictogram(PICTOGRAMS[action.lever]),
        crumbs=trail(at, "actions"),
        description=at.html(action.description, level=2),
        start=at.language.day(action.start) if action.start else "",
        done=at.language.day(action.done) if action.done else "",
        services=tuple(Link(at.text(s.name), Ref("service", s.id)) for s in services),
        segments=segment_links(at, action.segments),
        others=tuple(action_line(at, a) for a in ordered_actions(at, action.lever) if a.id != action.id),
    )
    return Page(
        page_path("action", action.id),
        "action.md.j2",
        view,
        line.name,
        description=line.expected,
        section="actions",
        source=action.file,
    )
