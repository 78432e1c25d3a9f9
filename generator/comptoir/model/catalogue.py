"""The catalogue: every entity by kind and identifier, frozen; and the table of where each kind is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from comptoir.model.agreements import Agreement
from comptoir.model.base import Entity, Located
from comptoir.model.calendars import Calendar
from comptoir.model.closed import ClosedQuarter
from comptoir.model.complaints import Answer
from comptoir.model.customers import (
    Action,
    Client,
    Committee,
    Need,
    News,
    Partner,
    SearchExample,
    Segment,
    Term,
)
from comptoir.model.fragments import Fragment
from comptoir.model.loyalty import LOYALTY_FILE, LoyaltySettings
from comptoir.model.metrics import Indicator, Source
from comptoir.model.organisation import Organisation
from comptoir.model.own_fields import OwnField
from comptoir.model.reports import Report
from comptoir.model.scorecard import ScorecardLevel
from comptoir.model.services import Family, Service
from comptoir.model.works import KnownProblem, Works
from comptoir.periods import Period
from comptoir.sources.data_files import DATA_FOLDER
from comptoir.sources.name_pairs import NamePair

ORGANISATION_FILE: Final = "catalogue/organisation.yaml"


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity. `place` is a folder of files ('…/') or one file that holds a list ('….yaml')."""

    name: str
    plural: str
    model: type[Entity]
    place: str

    @property
    def is_list(self) -> bool:
        """True when one file holds all entities of this kind."""
        return self.place.endswith(".yaml")


KINDS: Final = (
    EntityKind("family", "families", Family, "catalogue/families/"),
    EntityKind("service", "services", Service, "catalogue/services/"),
    EntityKind("agreement", "agreements", Agreement, "catalogue/agreements/"),
    EntityKind("calendar", "calendars", Calendar, "catalogue/calendars/"),
    EntityKind("news", "news", News, "catalogue/news/"),
    EntityKind("work", "works", Works, "catalogue/works/"),
    EntityKind("known-problem", "known_problems", KnownProblem, "catalogue/known-problems.yaml"),
    EntityKind("term", "glossary", Term, "catalogue/glossary.yaml"),
    EntityKind("field", "fields", OwnField, "catalogue/fields.yaml"),
    EntityKind("level", "levels", ScorecardLevel, "catalogue/scorecard.yaml"),
    EntityKind("search", "searches", SearchExample, "catalogue/searches.yaml"),
    EntityKind("segment", "segments", Segment, "segments/segments/"),
    EntityKind("client", "clients", Client, "segments/clients/"),
    EntityKind("partner", "partners", Partner, "segments/partners/"),
    EntityKind("need", "needs", Need, "segments/needs.yaml"),
    EntityKind("action", "actions", Action, "segments/actions.yaml"),
    EntityKind("answer", "answers", Answer, "segments/answers.yaml"),
    EntityKind("committee", "committees", Committee, "segments/committees.yaml"),
    EntityKind("source", "sources", Source, "indicators/sources/"),
    EntityKind("indicator", "indicators", Indicator, "indicators/definitions/"),
)
KIND_BY_NAME: Final = {kind.name: kind for kind in KINDS}
PLACES: Final = frozenset({ORGANISATION_FILE, LOYALTY_FILE, *(kind.place for kind in KINDS)})


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything that was decoded, each kind by identifier in the order of identifiers. Told apart by identity.

    `declared` also names what could not be decoded, so that a reference to it is not called unknown; a kind
    whose list file could not be read at all is left out of it.
    `pictograms` are the names that may be used; `assets` and `svgs` are the project's own files; `data` are the
    names of the files that sources may read, in their folder. `undecoded` is what has mistakes of form;
    `reports` are the reports as written, by quarter; `closed` the quarters whose figures no longer change.
    `chart_sheet` is the project's own style sheet of charts, as written. `loyalty` are the settings of the loyalty analyses, the usual ones without a file;
    `names` the pairs of names.csv.
    """

    organisation: Organisation
    families: Mapping[str, Family]
    services: Mapping[str, Service]
    agreements: Mapping[str, Agreement]
    calendars: Mapping[str, Calendar]
    news: Mapping[str, News]
    glossary: Mapping[str, Term]
    segments: Mapping[str, Segment]
    clients: Mapping[str, Client]
    partners: Mapping[str, Partner]
    needs: Mapping[str, Need]
    actions: Mapping[str, Action]
    answers: Mapping[str, Answer]
    committees: Mapping[str, Committee]
    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    declared: Mapping[str, frozenset[str]]
    pictograms: frozenset[str]
    assets: Mapping[str, Path]
    svgs: Mapping[str, bytes]
    data: frozenset[str] = frozenset()
    data_folder: str = DATA_FOLDER
    undecoded: tuple[Fragment, ...] = ()
    reports: Mapping[Period, Report] = field(default_factory=dict)
    closed: Mapping[Period, ClosedQuarter] = field(default_factory=dict)
    chart_sheet: str = ""
    names: tuple[NamePair, ...] = ()
    searches: Mapping[str, SearchExample] = field(default_factory=dict)
    fields: Mapping[str, OwnField] = field(default_factory=dict)
    levels: Mapping[str, ScorecardLevel] = field(default_factory=dict)
    works: Mapping[str, Works] = field(default_factory=dict)
    known_problems: Mapping[str, KnownProblem] = field(default_factory=dict)
    loyalty: LoyaltySettings = field(default_factory=LoyaltySettings)

    def of_kind(self, name: str) -> Mapping[str, Entity]:
        """The entities of the kind called `name`, such as 'service'."""
        entities: Mapping[str, Entity] = getattr(self, KIND_BY_NAME[name].plural)
        return entities

    def entities(self) -> tuple[tuple[EntityKind, Entity], ...]:
        """Every entity with its kind, in the order of `KINDS` and of identifiers."""
        return tuple((kind, entity) for kind in KINDS for entity in self.of_kind(kind.name).values())

    @property
    def has_organisation(self) -> bool:
        """False when organisation.yaml is missing or wrong, and a stand-in took its place."""
        return self.organisation.file != ""

    def parts(self) -> Iterator[Located]:
        """The organisation and the settings of loyalty, if they were read, every entity, and the words of reports."""
        if self.has_organisation:
            yield self.organisation
        if self.loyalty.file:
            yield self.loyalty
        for _, entity in self.entities():
            yield entity
            if entity.own:
                yield entity.own
        for report in self.reports.values():
            yield report.front
            yield from report.words.values()
