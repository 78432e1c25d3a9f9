"""Actions of the plan as lists show them: an action in; its owner, day, status and effect in words out."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.analysis.counts import actions_in
from comptoir.content.edition import Edition
from comptoir.content.effect_words import EffectView, effect_view
from comptoir.content.labels import label
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.model.customers import Action
from comptoir.model.terms import Lever


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as lists show it; `when` is the day it is due or was done, `state` chooses the colour of its status."""

    id: str
    name: str
    url: LinkTarget
    owner: str
    due: str
    iso_due: str
    state: str
    status: str
    when: str
    expected: str
    effect: EffectView | None


def ordered_actions(at: Edition, lever: Lever | None = None) -> tuple[Action, ...]:
    """The actions (of one lever): under way, planned, done, cancelled; in each the first due first."""
    return actions_in(at.catalogue, lever=lever)


def action_line(at: Edition, action: Action, results: Results | None = None) -> ActionLine:
    """The action as lists show it; its effect by `results`, those of the site if left out."""
    overdue = action.is_overdue(at.today)
    status = at.language.gettext("En retard") if overdue else label(action.status, at.language)
    return ActionLine(
        id=action.id,
        name=at.text(action.name),
        url=Ref("action", action.id),
        owner=at.text(action.owner),
        due=at.language.day(action.due),
        iso_due=action.due.isoformat(),
        state="overdue" if overdue else action.status.value,
        status=status,
        when=at.language.day(action.done or action.due),
        expected=at.text(action.expected_effect),
        effect=effect_view(at, results or at.results, action),
    )
