"""Agendas: a committee, its coming meeting and what is measured in; what there is to speak of, as points, out.

The three kinds differ in depth: strategic meetings get the whole and what is to be decided, tactical ones services
and needs, operational ones cases and days. Only the narrowest audience gets an agenda: others see date, place, topics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.choices import service_levels
from comptoir.analysis.register import keep_register
from comptoir.analysis.verdicts import GRAVITY, Verdict, is_judged, verdict_of
from comptoir.content.actions import action_line, ordered_actions
from comptoir.content.complaint_lines import complaint_line
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.loyalty_words import Tongue
from comptoir.content.measure_words import Speech, long_quarter, target_words, value_words
from comptoir.content.measures import VerdictView, verdict_view
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.measure.types import Measurement, Scope
from comptoir.model.customers import Action, Committee, Meeting
from comptoir.model.metrics import Dimension, Indicator
from comptoir.model.terms import CommitteeKind, Lifecycle, Metric, NeedMet
from comptoir.wording import N_, Language

MOST: Final = 8
"""Points of one item: an agenda is read aloud; the pages that it leads to hold the rest."""

SOON: Final = timedelta(days=45)
"""Actions due so long after an operational meeting are spoken of there."""

UNMEASURED: Final[str] = N_("Aucune donnée ne le dit : à apporter en séance.")
"""What is not measured is neither kept nor missed."""

_URGENCY: Final = {verdict: place for place, verdict in enumerate(GRAVITY)}


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point: what it is about, where it comes from ('' if nowhere), what is to know of it, its verdict if any."""

    title: str
    url: LinkTarget = ""
    note: str = ""
    verdict: VerdictView | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of an agenda. `nothing` says so where there is no point; `more` how many are left out."""

    id: str
    title: str
    points: tuple[AgendaPoint, ...]
    nothing: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class AgendaContext:
    """What an agenda is made from: the page, the results of the narrowest audience, the committee and its meeting."""

    at: Edition
    results: Results
    committee: Committee
    meeting: Meeting

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.at.language

    def say(self, message: str, **values: str) -> str:
        """The interface string with its values."""
        return self.language.say(message, **values)

    def speech(self, indicator: Indicator) -> Speech:
        """How an indicator is spoken of."""
        return Speech(indicator, self.language, self.at.catalogue.organisation.currency)

    def concerns(self, segments: Iterable[str]) -> bool:
        """True for what is for everyone, or for a segment that this committee is for."""
        named = frozenset(segments)
        return not named or not self.committee.segments or bool(named & frozenset(self.committee.segments))


def make_agenda(context: AgendaContext) -> tuple[AgendaItem, ...]:
    """The items of the coming meeting; none for an event, which has topics only."""
    return tuple(make(context) for make in ITEMS.get(context.committee.kind, ()))


def _item(
    context: AgendaContext, name: str, title: str, points: list[AgendaPoint], nothing: str, **values: str
) -> AgendaItem:
    shown = tuple(points[:MOST])
    return AgendaItem(
        name,
        context.say(title, **values),
        shown,
        "" if shown else context.say(nothing),
        max(0, len(points) - MOST),
    )


def _results(context: AgendaContext) -> AgendaItem:
    """The indicators that are judged as a whole, the farthest from their target first."""
    found = [
        (_URGENCY[verdict_of(m)], indicator.id, indicator, m)
        for indicator in context.results.indicators.values()
        if (m := context.results.current(indicator.id)) is not None and is_judged(m)
    ]
    points = [
        _measured(context, i, m, context.at.text(i.name)) for _, _, i, m in sorted(found, key=_first_two)
    ]
    quarter = long_quarter(context.language, context.results.quarter)
    title = N_("Résultats, {quarter}")
    nothing = N_("Aucun indicateur n’a d’objectif à juger.")
    return _item(context, "results", title, points, nothing, quarter=quarter)


def _first_two(found: tuple[int, str, Indicator, Measurement]) -> tuple[int, str]:
    return found[0], found[1]


def _measured(context: AgendaContext, indicator: Indicator, found: Measurement, title: str) -> AgendaPoint:
    speech = context.speech(indicator)
    aim = target_words(speech, found)
    promised = context.say("promis : {aim}", aim=aim) if aim else ""
    note = " · ".join(part for part in (value_words(speech, found), promised) if part)
    return AgendaPoint(title, Ref("indicator", indicator.id), note, verdict_view(speech, found))


def _decisions(context: AgendaContext) -> AgendaItem:
    """What the report of the quarter decides, for the committee to confirm."""
    report = context.at.catalogue.reports.get(context.results.quarter)
    points = []
    for decision in report.front.decisions if report else ():
        due = context.language.day(decision.due) if decision.due else ""
        note = " · ".join(part for part in (context.at.text(decision.owner), due) if part)
        points.append(AgendaPoint(context.at.text(decision.text), "", note))
    nothing = N_("Le rapport du trimestre n’en propose pas encore.")
    return _item(context, "decisions", N_("Décisions"), points, nothing)


def _at_risk(context: AgendaContext) -> AgendaItem:
    """The clients that may leave, those with most reasons first."""
    inputs = context.results.loyalty
    tongue = Tongue(context.at.catalogue, context.language)
    analyses = inputs.at(context.results.quarter) if inputs else None
    points = [
        AgendaPoint(
            tongue.name("client", risk.client),
            Ref("report", str(context.results.quarter), "at-risk"),
            " · ".join(tongue.reason(reason) for reason in risk.reasons),
        )
        for risk in (analyses.at_risk if analyses else ())
    ]
    is_watched = analyses is not None and bool(analyses.facts.judged)
    nothing = N_("Aucun signe de départ.") if is_watched else UNMEASURED
    return _item(context, "at-risk", N_("Clients à risque"), points, nothing)


def _lifecycle(context: AgendaContext) -> AgendaItem:
    """Services to open and to stop."""
    points = [
        AgendaPoint(
            context.at.text(service.name),
            Ref("service", service.id),
            _until(context, label(service.lifecycle, context.language), service.until),
        )
        for service in context.at.catalogue.services.values()
        if service.lifecycle in (Lifecycle.PIPELINE, Lifecycle.RETIRING)
    ]
    nothing = N_("Aucun service ne s’ouvre ni ne s’arrête.")
    return _item(
        context,
        "lifecycle",
        N_("Services à ouvrir, services à arrêter"),
        points,
        nothing,
    )


def _until(context: AgendaContext, status: str, day: date | None) -> str:
    if day is None:
        return status
    shown = context.language.day(day)
    return status + context.say(", jusqu’au {shown}", shown=shown)


def _levels(context: AgendaContext) -> AgendaItem:
    """Service levels below their target, service by service: those that were missed, then those of few cases."""
    levels = service_levels(context.results.indicators.values())
    aimed = [one for one in _by_service(context, levels) if one[2].target is not None]
    below = [one for one in aimed if _excess(one) < 0]
    below.sort(key=lambda one: verdict_of(one[2]) is not Verdict.MISSED)
    points = []
    for indicator, service, found in below:
        name = context.at.text(context.at.catalogue.services[service].name)
        points.append(_measured(context, indicator, found, f"{name} – {context.at.text(indicator.name)}"))
    title = N_("Niveaux de service sous leur objectif")
    nothing = N_("Aucun : tous sont tenus.") if aimed else UNMEASURED
    return _item(context, "levels", title, points, nothing)


def _by_service(
    context: AgendaContext, indicators: Iterable[Indicator]
) -> list[tuple[Indicator, str, Measurement]]:
    """Measurements of services, the farthest below their target first."""
    found = [
        (indicator, service, measurement)
        for indicator in indicators
        for service, measurement in context.results.by(indicator.id, Dimension.SERVICE).items()
        if measurement.value is not None and service in context.at.catalogue.services
    ]
    return sorted(found, key=lambda one: (_excess(one), one[0].id, one[1]))


def _excess(found: tuple[Indicator, str, Measurement]) -> Fraction:
    indicator, _, measurement = found
    aimed = measurement.target.value if measurement.target else Fraction(0)
    return indicator.direction.excess(measurement.value or Fraction(0), aimed)


def _needs(context: AgendaContext) -> AgendaItem:
    """What the segments of the committee ask for and do not have."""
    catalogue = context.at.catalogue
    named = context.committee.segments or tuple(catalogue.segments)
    asked = {need for name in named if name in catalogue.segments for need in catalogue.segments[name].needs}
    open_needs = [n for n in catalogue.needs.values() if n.met is not NeedMet.YES and n.id in asked]
    open_needs.sort(key=lambda need: (need.met is not NeedMet.NO, need.id))
    points = []
    for need in open_needs:
        state = label(need.met, context.language)
        note = f"{state} · {context.at.text(need.note)}" if need.note else state
        points.append(AgendaPoint(context.at.text(need.name), "", note))
    title = N_("Besoins qui restent à satisfaire")
    met = N_("Tous les besoins connus sont satisfaits.")
    unknown = N_("Aucun besoin n’est noté.")
    return _item(context, "needs", title, points, met if asked else unknown)


def _under_way(context: AgendaContext) -> AgendaItem:
    """Actions under way for the segments of the committee, with what is measured of them."""
    points = []
    for action in _open_actions(context):
        line = action_line(context.at, action)
        due = context.say("pour le {due}", due=line.due)
        measured = f"{line.effect.word} – {line.effect.sentence}" if line.effect and line.effect.word else ""
        note = " · ".join(part for part in (line.status, due, measured) if part)
        points.append(AgendaPoint(line.name, line.url, note))
    return _item(
        context,
        "actions",
        N_("Actions en cours"),
        points,
        N_("Aucune action en cours."),
    )


def _open_actions(context: AgendaContext) -> list[Action]:
    return [a for a in ordered_actions(context.at) if a.is_open and context.concerns(a.segments)]


def _value(found: tuple[Indicator, str, Measurement]) -> Fraction:
    return found[2].value or Fraction(0)


def _outages(context: AgendaContext) -> AgendaItem:
    """Services that were down in the quarter, the longest first."""
    measured = context.results.measuring(Metric.AVAILABILITY)
    found = _by_service(context, measured)
    down = sorted((one for one in found if one[2].value is not None and one[2].value < 100), key=_value)
    points = []
    for indicator, service, measurement in down:
        name = context.at.text(context.at.catalogue.services[service].name)
        points.append(_measured(context, indicator, measurement, name))
    quarter = long_quarter(context.language, context.results.quarter)
    title = N_("Pannes, {quarter}")
    nothing = N_("Aucune panne.") if found else UNMEASURED
    return _item(context, "outages", title, points, nothing, quarter=quarter)


def _backlog(context: AgendaContext) -> AgendaItem:
    """What waits, in all and for each segment of the committee."""
    points = []
    for indicator in context.results.indicators.values():
        if "backlog" not in (indicator.id, indicator.use):
            continue
        whole = context.results.current(indicator.id)
        if whole is not None and whole.value is not None:
            points.append(_measured(context, indicator, whole, context.at.text(indicator.name)))
        for name in context.committee.segments:
            found = context.results.current(indicator.id, Scope(segment=name))
            segment = context.at.catalogue.segments.get(name)
            if found is not None and found.value is not None and segment is not None:
                points.append(_measured(context, indicator, found, context.at.text(segment.name)))
    title = N_("Demandes en attente")
    return _item(context, "backlog", title, points, N_("Aucun indicateur ne les compte."))


def _complaints(context: AgendaContext) -> AgendaItem:
    """Complaints without an answer, the oldest first."""
    register = keep_register(context.at.catalogue, context.results.observations)
    points = []
    for row in register.open if register else ():
        if context.concerns((row.complaint.segment,) if row.complaint.segment else ()):
            line = complaint_line(context.at, row)
            points.append(AgendaPoint(line.title, line.url, f"{line.status} · {line.age}"))
    title = N_("Réclamations sans réponse")
    nothing = N_("Aucune : toutes ont reçu leur réponse.")
    return _item(context, "complaints", title, points, nothing if register else UNMEASURED)


def _due(context: AgendaContext) -> AgendaItem:
    """Actions that are late, or due soon after the meeting."""
    last = context.meeting.date + SOON
    points = []
    for action in sorted(_open_actions(context), key=lambda a: (a.due, a.id)):
        if action.due <= last:
            line = action_line(context.at, action)
            due = context.say("pour le {due}", due=line.due)
            points.append(AgendaPoint(line.name, line.url, " · ".join((due, line.owner, line.status))))
    title = N_("Actions à échéance")
    return _item(
        context,
        "due",
        title,
        points,
        N_("Aucune avant la rencontre suivante."),
    )


ITEMS: Final[Mapping[CommitteeKind, tuple[Callable[[AgendaContext], AgendaItem], ...]]] = MappingProxyType(
    {
        CommitteeKind.STRATEGIC: (_results, _decisions, _at_risk, _lifecycle),
        CommitteeKind.TACTICAL: (_levels, _needs, _under_way),
        CommitteeKind.OPERATIONAL: (_outages, _backlog, _complaints, _due),
    }
)
"""What each kind of committee speaks of, in order."""
