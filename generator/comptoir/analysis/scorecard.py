"""The scorecard of services: a catalogue and its measurements in; what each service has, lacks, and its level out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from comptoir.analysis.verdicts import is_shown
from comptoir.measure.promises import agreements_of, measuring
from comptoir.measure.types import Measurement, Measurements, Reason, Scope
from comptoir.model.agreements import Target
from comptoir.model.base import Text, TextPlace, in_written_order
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.model.scorecard import ScorecardLevel
from comptoir.model.services import Service
from comptoir.model.terms import FieldOwner, Lifecycle, ScorecardCheck
from comptoir.model.walk import walk
from comptoir.periods import Period
from comptoir.wording import N_, NP_, language, spoken_languages

_ENOUGH_BENEFITS: Final = 3
_SENTENCE: Final = 4
"""From so many words on, the same text in two languages was copied rather than translated."""

_WATCHED: Final = frozenset({Reason.NO_CASES, Reason.NOT_YET_DUE, Reason.NO_AGREEMENT})
"""Why there is no value although the source was there: no case in the quarter, none of those promised for, or none due yet."""


@dataclass(frozen=True, slots=True)
class ScorecardFacts:
    """What the checks look at: the catalogue as its keepers see it, the quarter measured last, and the day."""

    catalogue: Catalogue
    measurements: Measurements | None
    quarter: Period | None
    today: date

    def measured(self, service: Service, indicators: Iterable[Indicator]) -> Iterator[Measurement]:
        """What those of the indicators gave for the service in the quarter."""
        if self.measurements is not None and self.quarter is not None:
            scope = Scope(service=service.id)
            found = (self.measurements.get(one.id, self.quarter, scope) for one in indicators)
            yield from (one for one in found if one is not None)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All the definitions."""
        return tuple(self.measurements.indicators.values()) if self.measurements else ()

    def promised(self, service: Service) -> tuple[Target, ...]:
        """What is promised of a service today in figures, and judged."""
        return tuple(
            target
            for agreement in agreements_of(self.catalogue, service.id)
            for _, target in agreement.targets_in_force(self.today)
            if agreement.is_judged(target)
        )

    def unmeasured(self, service: Service) -> tuple[Target, ...]:
        """What of it nothing tells of. A quarter that was watched and had no case tells that there was none."""
        return tuple(
            one
            for one in self.promised(service)
            if not any(
                is_shown(m) or m.reason in _WATCHED
                for m in self.measured(
                    service, measuring(self.indicators, one.metric, one.priority, one.request_item)
                )
            )
        )


@dataclass(frozen=True, slots=True)
class ServiceScore:
    """A service with the checks that it passes, those that it fails, and the last level that it has (None: none).

    Checks that say nothing of it, such as translations on a site in one language, are in neither. `wanting` is what
    the next level needs and the service lacks, `unmeasured` what is promised in figures and was not measured.
    """

    service: Service
    passed: tuple[ScorecardCheck, ...]
    failed: tuple[ScorecardCheck, ...]
    level: ScorecardLevel | None
    wanting: tuple[ScorecardCheck, ...]
    unmeasured: tuple[Target, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The levels, the lowest first, and the services in the order of their families and names."""

    levels: tuple[ScorecardLevel, ...]
    services: tuple[ServiceScore, ...]

    @property
    def checks(self) -> tuple[ScorecardCheck, ...]:
        """What the levels need, in their order."""
        return tuple(dict.fromkeys(check for level in self.levels for check in level.needs))

    def at(self, level: ScorecardLevel | None, among: Iterable[ServiceScore] | None = None) -> int:
        """How many services have that level and no higher one."""
        name = level.id if level else None
        scores = self.services if among is None else among
        return sum((one.level.id if one.level else None) == name for one in scores)


def score_services(facts: ScorecardFacts) -> Scorecard:
    """The scorecard of the services that are not retired."""
    levels = tuple(in_written_order(facts.catalogue.levels)) or default_levels()
    families = facts.catalogue.families
    ordered = sorted(
        (one for one in facts.catalogue.services.values() if one.lifecycle is not Lifecycle.RETIRED),
        key=lambda one: (families[one.family].order, one.family, one.id),
    )
    return Scorecard(levels, tuple(_score(facts, levels, service) for service in ordered))


def default_levels() -> tuple[ScorecardLevel, ...]:
    """The levels of a project that writes none."""
    return tuple(
        ScorecardLevel(
            id=name, name=Text({code: language(code).say(words) for code in spoken_languages()}), needs=needs
        )
        for name, words, needs in _DEFAULT
    )


def _score(facts: ScorecardFacts, levels: tuple[ScorecardLevel, ...], service: Service) -> ServiceScore:
    outcome = {check: CHECKS[check](facts, service) for check in ScorecardCheck}
    reached: ScorecardLevel | None = None
    wanting: tuple[ScorecardCheck, ...] = ()
    for level in levels:
        wanting = tuple(check for check in level.needs if outcome[check] is False)
        if wanting:
            break
        reached = level
    return ServiceScore(
        service=service,
        passed=tuple(check for check, is_met in outcome.items() if is_met),
        failed=tuple(check for check, is_met in outcome.items() if is_met is False),
        level=reached,
        wanting=wanting,
        unmeasured=facts.unmeasured(service),
        is_overdue=service.review_date < facts.today,
    )


def _has_translations(facts: ScorecardFacts, service: Service) -> bool | None:
    if len(facts.catalogue.organisation.languages) == 1:
        return None
    texts = (text for _, place, text in walk(service, TextPlace) if place.translated)
    return not any(_is_copied(text) for text in texts)


def _is_copied(text: Text) -> bool:
    written = [words for name, words in text.variants() if name and len(words.split()) >= _SENTENCE]
    return len(set(written)) < len(written)


def _has_own_fields(facts: ScorecardFacts, service: Service) -> bool | None:
    required = [
        field
        for field in facts.catalogue.fields.values()
        if field.required and FieldOwner.SERVICE in field.of
    ]
    return all(field.id in service.own_values for field in required) if required else None


def _promises_something(facts: ScorecardFacts, service: Service) -> bool:
    agreements = agreements_of(facts.catalogue, service.id)
    return any(agreement.promises_in_force(facts.today) for agreement in agreements)


def _is_measured(facts: ScorecardFacts, service: Service) -> bool | None:
    if service.lifecycle is Lifecycle.PIPELINE:
        return None
    return any(is_shown(m) for m in facts.measured(service, facts.indicators))


def _measures_promises(facts: ScorecardFacts, service: Service) -> bool | None:
    if not facts.promised(service) or service.lifecycle is Lifecycle.PIPELINE:
        return None
    return not facts.unmeasured(service)


def _says_delay(_: ScorecardFacts, service: Service) -> bool:
    items = service.request_items
    return service.request.delay is not None or (bool(items) and all(one.delay for one in items))


def _says_how_to_ask(_: ScorecardFacts, service: Service) -> bool:
    request = service.request
    return bool(request.url or request.email or request.steps or service.request_items)


_Check = Callable[[ScorecardFacts, Service], bool | None]
CHECKS: Final[Mapping[ScorecardCheck, _Check]] = MappingProxyType(
    {
        ScorecardCheck.OWNER: lambda _, one: bool(one.owner.email or one.owner.phone or one.owner.url),
        ScorecardCheck.REVIEWED: lambda facts, one: one.review_date >= facts.today,
        ScorecardCheck.BENEFITS: lambda _, one: len(one.benefits) >= _ENOUGH_BENEFITS,
        ScorecardCheck.DESCRIPTION: lambda _, one: one.description is not None,
        ScorecardCheck.NEEDS: lambda _, one: bool(one.needs),
        ScorecardCheck.KEYWORDS: lambda _, one: bool(one.keywords),
        ScorecardCheck.QUESTIONS: lambda _, one: bool(one.faq),
        ScorecardCheck.REQUEST: _says_how_to_ask,
        ScorecardCheck.DELAY: _says_delay,
        ScorecardCheck.TRANSLATED: _has_translations,
        ScorecardCheck.OWN_FIELDS: _has_own_fields,
        ScorecardCheck.AGREEMENT: _promises_something,
        ScorecardCheck.MEASURED: _is_measured,
        ScorecardCheck.PROMISES_MEASURED: _measures_promises,
    }
)
"""Each check: True where a service passes it, None where it says nothing of that service."""

_DEFAULT: Final = (
    (
        "bronze",
        N_("Bronze"),
        (ScorecardCheck.OWNER, ScorecardCheck.REVIEWED, ScorecardCheck.REQUEST, ScorecardCheck.BENEFITS),
    ),
    (
        "silver",
        N_("Argent"),
        (
            ScorecardCheck.DESCRIPTION,
            ScorecardCheck.NEEDS,
            ScorecardCheck.DELAY,
            ScorecardCheck.TRANSLATED,
            ScorecardCheck.OWN_FIELDS,
        ),
    ),
    (
        "gold",
        NP_("scorecard", "Or"),
        (ScorecardCheck.AGREEMENT, ScorecardCheck.MEASURED, ScorecardCheck.PROMISES_MEASURED),
    ),
)
