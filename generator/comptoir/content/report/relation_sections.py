"""Sections on what we do for customers: actions by lever, what became of them, and the register of complaints."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from comptoir.analysis.complaints import ComplaintSummary
from comptoir.analysis.counts import actions_in, is_recent
from comptoir.analysis.register import Register, keep_register, summarise_by, year_of
from comptoir.analysis.scopes import concerns
from comptoir.content.actions import ActionLine, action_line
from comptoir.content.complaint_specs import complaint_chart
from comptoir.content.complaint_words import MISSING, complaint_sentences, interval_words, share_words
from comptoir.content.labels import label
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.content.report.parts import DASH, filled, sentences_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.model.customers import Action
from comptoir.model.terms import ActionStatus, Lever


def actions_by_lever(context: ReportContext) -> Section | None:
    """Third chapter: every action of the plan that is not dropped, lever by lever."""
    say = context.language.gettext
    title = say("Actions par levier")
    actions = [a for a in _actions(context) if a.status is not ActionStatus.CANCELLED]
    if context.scope.client or (not actions and not context.is_whole):
        return None
    if not actions:
        return Section("actions", title, missing=say("Des actions dans segments/actions.yaml."))
    head = (
        say("Action"),
        say("Levier"),
        say("Qui la porte"),
        say("Échéance"),
        say("État"),
        say("Effet attendu"),
    )
    rows = tuple(_plan_row(context, a) for lever in Lever for a in actions if a.lever is lever)
    return Section(
        "actions",
        title,
        sentences=sentences_of(_levers_sentence(context, actions), _overdue_sentence(context, actions)),
        tables=(SectionTable(title, head, rows),),
        links=_plan_link(context),
    )


def past_actions(context: ReportContext) -> Section | None:
    """Fifth chapter, first: the actions that were done or due in the quarter or the one before, and their result."""
    say = context.language.gettext
    title = say("Les actions menées et leur résultat")
    recent = [a for a in _actions(context) if is_recent(a, context.quarter)]
    if context.scope.client or (not recent and not context.is_whole):
        return None
    if not recent:
        return Section(
            "past-actions", title, missing=say("Une action faite, ou due, ce trimestre ou le précédent.")
        )
    done = sum(action.status is ActionStatus.DONE for action in recent)
    text = context.language.ngettext(
        "%(num)s action faite sur %(all)s.", "%(num)s actions faites sur %(all)s.", done
    )
    number = context.language.number
    head = (say("Action"), say("Ce qu'il en est"), say("Effet attendu"), say("Effet mesuré"))
    rows = tuple(_outcome_row(context, action) for action in recent)
    return Section(
        "past-actions",
        title,
        sentences=sentences_of(
            text % {"num": number(done), "all": number(len(recent))}, _unmeasured_sentence(context, recent)
        ),
        tables=(filled(SectionTable(title, head, rows)),),
    )


def coming_actions(context: ReportContext) -> Section | None:
    """Fifth chapter, after what is decided: what is under way, the first due first, with what is measured since."""
    say = context.language.gettext
    title = say("Les actions décidées ou en cours")
    actions = sorted((a for a in _actions(context) if a.is_open), key=lambda a: (a.due, a.id))
    if context.scope.client or (not actions and not context.is_whole):
        return None
    if not actions:
        return Section(
            "coming-actions", title, missing=say("Des actions prévues dans segments/actions.yaml.")
        )
    head = (say("Action"), say("Qui la porte"), say("Échéance"), say("État"), say("Effet mesuré"))
    rows = tuple(_coming_row(context, action) for action in actions)
    return Section(
        "coming-actions",
        title,
        sentences=sentences_of(_next_sentence(context, actions), _unmeasured_sentence(context, actions)),
        tables=(filled(SectionTable(title, head, rows)),),
        links=_plan_link(context),
    )


def complaint_register(context: ReportContext) -> Section | None:
    """Fourth chapter: complaints one by one: answered in time, open, causes, repeats, by segment."""
    say = context.language.gettext
    title = say("Registre des réclamations")
    register = keep_register(context.catalogue, context.results.observations)
    if register is None:
        missing = context.language.say(MISSING)
        return Section("complaint-register", title, missing=missing) if context.is_whole else None
    followed = tuple(row for row in register.followed if concerns(context.scope, row.complaint))
    own = replace(register, followed=followed)
    names = [complaint_chart(context.language, context.quarter, what) for what in ("days", "causes")]
    return Section(
        "complaint-register",
        title,
        sentences=complaint_sentences(context.at, context.results, own, context.quarter, context.is_whole),
        charts=tuple(n for n in names if context.is_whole and n in context.results.charts),
        tables=(_segments(context, own),) if context.is_whole and year_of(own, context.quarter) else (),
        links=(Link(say("Le registre"), Ref("page", "complaints")),)
        if register.followed and context.is_whole
        else (),
    )


def _actions(context: ReportContext) -> tuple[Action, ...]:
    """The actions of the plan; for a segment, those for it or for everyone."""
    return actions_in(context.catalogue, context.scope.segment)


def _levers_sentence(context: ReportContext, actions: list[Action]) -> str:
    """How many actions, on which levers, and on which none is."""
    count, number = len(actions), context.language.number
    text = context.language.ngettext(
        "%(num)s action au plan : %(levers)s.", "%(num)s actions au plan : %(levers)s.", count
    )
    used = Counter(action.lever for action in actions)
    told = [
        f"{label(lever, context.language).lower()} ({number(used[lever])})" for lever in Lever if used[lever]
    ]
    sentence = text % {"num": number(count), "levers": ", ".join(told)}
    unused = [lever for lever in Lever if lever not in {action.lever for action in actions}]
    if not unused or not context.is_whole:
        return sentence
    names = ", ".join(label(lever, context.language).lower() for lever in unused)
    none = context.language.gettext("Aucune pour : %(levers)s.") % {"levers": names}
    return f"{sentence} {none}"


def _next_sentence(context: ReportContext, actions: list[Action]) -> str:
    """How many actions are open, and which is due first."""
    language = context.language
    text = language.ngettext(
        "%(num)s action ; échéance le %(day)s : %(name)s.",
        "%(num)s actions ; première échéance le %(day)s : %(name)s.",
        len(actions),
    )
    return text % {
        "num": language.number(len(actions)),
        "day": language.day(actions[0].due),
        "name": context.at.text(actions[0].name),
    }


def _unmeasured_sentence(context: ReportContext, actions: list[Action]) -> str:
    """What would have effects measured, where no action names what it should move; '' where one does."""
    if any(action.effect for action in actions):
        return ""
    return context.language.ngettext(
        "Pas d'effet mesuré : l'action ne dit pas quel indicateur elle doit faire bouger.",
        "Pas d'effet mesuré : aucune ne dit quel indicateur elle doit faire bouger.",
        len(actions),
    )


def _overdue_sentence(context: ReportContext, actions: list[Action]) -> str:
    late = sum(action.is_overdue(context.at.today) for action in actions)
    if not late:
        return ""
    text = context.language.ngettext(
        "%(num)s est en retard au %(day)s.", "%(num)s sont en retard au %(day)s.", late
    )
    said = {"num": context.language.number(late), "day": context.language.day(context.at.today)}
    return text % said


def _line(context: ReportContext, action: Action) -> ActionLine:
    """The action; in the report of a segment, an effect on other numbers than its own is told without them."""
    line = action_line(context.at, action, context.results)
    effect, scope = line.effect, context.scope
    if effect is None or action.effect is None or context.is_whole:
        return line
    if action.effect.segment == scope.segment and not action.effect.client:
        return line
    about = "" if action.effect.client else effect.about
    return replace(line, effect=replace(effect, about=about, expected="", word="", sentence=""))


def _plan_row(context: ReportContext, action: Action) -> tuple[TableCell, ...]:
    line = _line(context, action)
    name, *others = _who_when(line)
    return (name, TableCell(label(action.lever, context.language)), *others, TableCell(_expected(line)))


def _coming_row(context: ReportContext, action: Action) -> tuple[TableCell, ...]:
    line = _line(context, action)
    return (*_who_when(line), TableCell(_measured(line)))


def _who_when(line: ActionLine) -> tuple[TableCell, TableCell, TableCell, TableCell]:
    return TableCell(line.name, line.url), TableCell(line.owner), TableCell(line.due), TableCell(line.status)


def _outcome_row(context: ReportContext, action: Action) -> tuple[TableCell, ...]:
    line = _line(context, action)
    outcome = line.status
    if action.done:
        outcome = context.language.gettext("Faite le %(day)s") % {"day": context.language.day(action.done)}
    return (
        TableCell(line.name, line.url),
        TableCell(outcome),
        TableCell(_expected(line)),
        TableCell(_measured(line)),
    )


def _expected(line: ActionLine) -> str:
    """The named indicator and its values, or the words of the plan."""
    if line.effect is None:
        return line.expected
    about = f" ({line.effect.about})" if line.effect.about else ""
    return ", ".join(part for part in (f"{line.effect.indicator}{about}", line.effect.expected) if part)


def _measured(line: ActionLine) -> str:
    if line.effect is None or not line.effect.word:
        return DASH
    return f"{line.effect.word}. {line.effect.sentence}"


def _plan_link(context: ReportContext) -> tuple[Link, ...]:
    return (Link(context.language.gettext("Plan d'actions"), Ref("page", "actions")),)


def _segments(context: ReportContext, register: Register) -> SectionTable:
    say = context.language.gettext
    found = summarise_by(year_of(register, context.quarter), lambda complaint: complaint.segment)
    ordered = sorted(found.items(), key=lambda item: (-item[1].total, item[0]))
    head = (
        say("Segment"),
        say("Reçues"),
        say("Traitées à temps"),
        say("Intervalle à 95 %"),
        say("Sans réponse"),
        say("Répétées"),
    )
    rows = tuple(_segment_row(context, name, summary) for name, summary in ordered)
    return SectionTable(say("Réclamations par segment, sur un an"), head, rows)


def _segment_row(context: ReportContext, name: str, summary: ComplaintSummary) -> tuple[TableCell, ...]:
    segment, number = context.catalogue.segments.get(name), context.language.number
    who = (
        TableCell(context.at.text(segment.name), Ref("segment", name))
        if segment
        else TableCell(context.language.gettext("Sans segment"))
    )
    return (
        who,
        TableCell(number(summary.total), numeric=True),
        TableCell(share_words(context.language, summary.in_time) or DASH, numeric=True),
        TableCell(interval_words(context.language, summary.in_time), numeric=True),
        TableCell(number(summary.open), numeric=True),
        TableCell(number(summary.repeated), numeric=True),
    )
