"""The list of all services: complete as it is, and with what a browser needs to filter it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comptoir.addresses import PAGES
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.own_fields import choice_names, own_value_key, shown_fields
from comptoir.content.parts import (
    FamilyMark,
    Link,
    ServiceLine,
    by_name,
    count_services,
    family_mark,
    offered,
    service_line,
    sorted_families,
)
from comptoir.model.own_fields import OwnField
from comptoir.model.services import Service
from comptoir.model.terms import FieldPlace, Lifecycle
from comptoir.site.pages.page import Page, trail
from comptoir.wording import plain_words


@dataclass(frozen=True, slots=True)
class FilteredLine:
    """A service of the list; `words` is what the text filter looks in, `segments` is '' for everyone.

    `own` holds its values of the project's own fields that one may filter by, as 'field:value'.
    """

    line: ServiceLine
    words: str
    segments: str
    own: str


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """The services of a family."""

    mark: FamilyMark
    lines: tuple[FilteredLine, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a filter."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnFilter:
    """A filter by a field of the project's own."""

    id: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ServicesView:
    """All that the list of services shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    groups: tuple[FamilyGroup, ...]
    retired: tuple[FilteredLine, ...]
    families: tuple[Choice, ...]
    segments: tuple[Choice, ...]
    lifecycles: tuple[Choice, ...]
    own_filters: tuple[OwnFilter, ...]
    count: int
    count_text: str
    one: str
    many: str


def services_pages(at: Edition) -> Iterator[Page]:
    """The list of all services."""
    say = at.language.gettext
    services = by_name(at, at.catalogue.services.values())
    current = offered(services)
    segments = sorted(at.catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    stages = [stage for stage in Lifecycle if any(s.lifecycle is stage for s in services)]
    families = sorted_families(at)
    groups = (
        FamilyGroup(family_mark(at, family), tuple(_line(at, s) for s in current if s.family == family.id))
        for family in families
    )
    view = ServicesView(
        title=say("Tous les services"),
        lead=say("Cherchez avec vos mots : le nom du service, ce dont vous avez besoin, ce qui ne va pas."),
        crumbs=trail(at),
        groups=tuple(group for group in groups if group.lines),
        retired=tuple(_line(at, s) for s in services if s.lifecycle is Lifecycle.RETIRED),
        families=tuple(Choice(f.id, at.text(f.name)) for f in families),
        segments=tuple(Choice(s.id, at.text(s.name)) for s in segments),
        lifecycles=tuple(Choice(stage.value, label(stage, at.language)) for stage in stages),
        own_filters=tuple(_own_filter(at, field, services) for field in shown_fields(at, FieldPlace.LIST)),
        count=len(current),
        count_text=count_services(at, len(current)),
        one=at.language.ngettext("%(num)s service", "%(num)s services", 1) % {"num": "{n}"},
        many=at.language.ngettext("%(num)s service", "%(num)s services", 2) % {"num": "{n}"},
    )
    yield Page(
        PAGES["services"],
        "services.md.j2",
        view,
        view.title,
        description=view.lead,
        section="services",
        search={"exclude": True},
    )


def _line(at: Edition, service: Service) -> FilteredLine:
    line = service_line(at, service)
    code = at.language.code
    others = (text.in_language(code) for text in (*service.keywords, *service.needs))
    text = " ".join((line.name, line.summary, *others))
    words = " ".join(dict.fromkeys(plain_words(f"{text} {text.replace('-', '')}")))  # 'wi fi' and 'wifi'
    values = (
        (field.id, getattr(service.own, field.key, None)) for field in shown_fields(at, FieldPlace.LIST)
    )
    own = " ".join(f"{name}:{own_value_key(value)}" for name, value in values if value is not None)
    return FilteredLine(line, words, " ".join(service.segments), own)


def _own_filter(at: Edition, field: OwnField, services: Iterable[Service]) -> OwnFilter:
    """The filter of a field, with the choices that some service has."""
    used = {own_value_key(getattr(service.own, field.key, None)) for service in services}
    choices = (Choice(value, name) for value, name in choice_names(at, field).items() if value in used)
    return OwnFilter(field.id, at.text(field.label), tuple(choices))
