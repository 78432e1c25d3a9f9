"""The scorecard in words: an edition in; its levels, what is missing most, and each service, family and owner out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from comptoir.analysis.scorecard import Scorecard, ScorecardFacts, ServiceScore, score_services
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.model.organisation import Contact
from comptoir.model.scorecard import ScorecardLevel
from comptoir.model.terms import ScorecardCheck
from comptoir.wording import N_


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level: how many services have it and no higher one, and what it asks of a service."""

    name: str
    summary: str
    count: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LackLine:
    """A check with the services that fail it."""

    name: str
    count: str
    services: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A family or an owner: how many services, at each level (none first), reviews overdue, and the next review."""

    who: Link
    total: str
    levels: tuple[str, ...]
    overdue: str
    review: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A service: its level, the day of its review, and what the next level wants of it."""

    service: Link
    owner: str
    level: str
    review: str
    iso_review: str
    is_overdue: bool
    wanting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorecardContent:
    """All that is said of the scorecard. `heads` are the names of the levels, that of having none first."""

    heads: tuple[str, ...]
    levels: tuple[LevelLine, ...]
    none: str
    lacks: tuple[LackLine, ...]
    families: tuple[GroupLine, ...]
    owners: tuple[GroupLine, ...]
    services: tuple[ScoreLine, ...]


def scorecard_of(at: Edition) -> Scorecard:
    """The scorecard of the edition's catalogue: of what was measured in the quarter that its pages speak of."""
    results = at.results
    facts = ScorecardFacts(
        at.catalogue,
        results.measurements if results else None,
        results.quarter if results else None,
        at.today,
    )
    return at.once("scorecard", lambda: score_services(facts))


def scorecard_content(at: Edition) -> ScorecardContent:
    """The scorecard in the language of the edition; what is lowest, or missing most, first."""
    card, number = scorecard_of(at), at.language.number
    ranks = {level.id: rank for rank, level in enumerate(card.levels)}
    ordered = sorted(
        card.services,
        key=lambda one: (
            ranks[one.level.id] if one.level else -1,
            -len(one.wanting),
            one.service.review_date,
        ),
    )
    return ScorecardContent(
        heads=(no_level(at), *(at.text(level.name) for level in card.levels)),
        levels=tuple(
            LevelLine(
                at.text(level.name),
                at.text(level.summary),
                number(card.at(level)),
                tuple(label(check, at.language) for check in level.needs),
            )
            for level in card.levels
        ),
        none=number(card.at(None)),
        lacks=_lacks(at, card),
        families=tuple(
            _group(at, card, Link(at.text(family.name), Ref("family", family.id)), scores)
            for family in sorted(at.catalogue.families.values(), key=lambda one: (one.order, one.id))
            if (scores := [one for one in card.services if one.service.family == family.id])
        ),
        owners=tuple(
            _group(at, card, Link(owner_name(at, scores[0].service.owner), ""), scores)
            for _, scores in sorted(by_owner(card).items())
        ),
        services=tuple(_line(at, one) for one in ordered),
    )


def by_owner(card: Scorecard) -> dict[str, list[ServiceScore]]:
    """The services of each owner, who is told by the address if there is one, else by the role."""
    found: dict[str, list[ServiceScore]] = {}
    for one in card.services:
        owner = one.service.owner
        found.setdefault((owner.email or repr(owner.role)).casefold(), []).append(one)
    return found


def owner_name(at: Edition, owner: Contact) -> str:
    """The role of an owner, with the name of the person where there is one."""
    role = at.text(owner.role)
    return f"{role} ({owner.person})" if owner.person else role


def no_level(at: Edition) -> str:
    """The name of having no level."""
    return at.language.gettext("Aucun niveau")


def level_name(at: Edition, level: ScorecardLevel | None) -> str:
    """The name of a level, or of having none."""
    return at.text(level.name) if level else no_level(at)


def _lacks(at: Edition, card: Scorecard) -> tuple[LackLine, ...]:
    lacking = (
        (check, [one.service for one in card.services if check in one.failed]) for check in card.checks
    )
    ordered = sorted(((check, found) for check, found in lacking if found), key=lambda pair: -len(pair[1]))
    return tuple(
        LackLine(
            label(check, at.language),
            at.language.number(len(found)),
            tuple(Link(at.text(one.name), Ref("service", one.id)) for one in found),
        )
        for check, found in ordered
    )


def _group(at: Edition, card: Scorecard, who: Link, scores: Iterable[ServiceScore]) -> GroupLine:
    found, number = list(scores), at.language.number
    ahead = [one.service.review_date for one in found if not one.is_overdue]
    return GroupLine(
        who=who,
        total=number(len(found)),
        levels=tuple(number(card.at(level, found)) for level in (None, *card.levels)),
        overdue=number(sum(one.is_overdue for one in found)),
        review=_day(at, min(ahead, default=None)),
    )


def _day(at: Edition, day: date | None) -> str:
    return at.language.day(day) if day else "–"


def _line(at: Edition, one: ServiceScore) -> ScoreLine:
    service = one.service
    return ScoreLine(
        service=Link(at.text(service.name), Ref("service", service.id)),
        owner=owner_name(at, service.owner),
        level=level_name(at, one.level),
        review=at.language.day(service.review_date),
        iso_review=service.review_date.isoformat(),
        is_overdue=one.is_overdue,
        wanting=tuple(_wanted(at, one, check) for check in one.wanting),
    )


def _wanted(at: Edition, one: ServiceScore, check: ScorecardCheck) -> str:
    words = label(check, at.language)
    if check is not ScorecardCheck.PROMISES_MEASURED:
        return words
    missing = dict.fromkeys(label(target.metric, at.language) for target in one.unmeasured)
    return f"{words} ({', '.join(missing)})"


SOON: Final = timedelta(days=60)
"""A review is spoken of to the owner from so long before its day."""


@dataclass(frozen=True, slots=True)
class OwnerReminder:
    """What an owner is asked for; `address` is '' where none is written. `services` are those that it tells of."""

    address: str
    owner: str
    subject: str
    text: str
    services: tuple[str, ...]


def owner_reminders(at: Edition) -> tuple[OwnerReminder, ...]:
    """One for each owner of a service that lacks something or is to be reviewed soon, by address."""
    reminders = []
    for _, scores in sorted(by_owner(scorecard_of(at)).items()):
        asked = [one for one in scores if one.wanting or one.service.review_date <= at.today + SOON]
        if asked:
            reminders.append(_reminder(at, sorted(asked, key=lambda one: one.service.review_date)))
    return tuple(reminders)


def _reminder(at: Edition, scores: Sequence[ServiceScore]) -> OwnerReminder:
    say, owner = at.language.say, scores[0].service.owner
    overdue = sum(one.is_overdue for one in scores)
    asked = at.language.ngettext("%(num)s fiche à compléter", "%(num)s fiches à compléter", len(scores))
    subject = asked % {"num": at.language.number(len(scores))}
    if overdue:
        late = at.language.ngettext("%(num)s relecture en retard", "%(num)s relectures en retard", overdue)
        subject = f"{subject}, {late % {'num': at.language.number(overdue)}}"
    blocks = (
        say(N_("Bonjour,")),
        say(
            N_("Voici ce qui reste à faire, au {day}, pour les services dont vous répondez."),
            day=at.language.day(at.today),
        ),
        *(_asked_of(at, one) for one in scores),
        at.text(at.catalogue.organisation.department),
    )
    return OwnerReminder(
        owner.email or "",
        owner_name(at, owner),
        subject,
        "\n\n".join(blocks) + "\n",
        tuple(one.service.id for one in scores),
    )


def _asked_of(at: Edition, one: ServiceScore) -> str:
    say, service, organisation = at.language.say, one.service, at.catalogue.organisation
    line = _line(at, one)
    late = N_("À relire : la date était le {day}.") if one.is_overdue else N_("À relire avant le {day}.")
    lines = [
        line.service.title,
        say(N_("Niveau : {level}"), level=line.level),
        say(late, day=line.review),
        *(say(N_("Il manque : {what}"), what=name) for name in line.wanting),
    ]
    if organisation.repository:
        lines.append(organisation.repository.edit.replace("{path}", service.file))
    return "\n".join(lines)
