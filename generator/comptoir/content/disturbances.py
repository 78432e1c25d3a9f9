"""What disturbs services now and soon: a catalogue on a day in; planned works and known problems in words out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.model.services import Service
from comptoir.model.works import KnownProblem, Works
from comptoir.wording import N_

AHEAD: Final = timedelta(days=30)
"""Works are told on the page of a service, and on the home page, from so long before."""
BEHIND: Final = timedelta(days=90)
"""How long the page of works tells of those that are over."""


@dataclass(frozen=True, slots=True)
class WorksLine:
    """Planned works. `begins` and `ends` are instants with their offset (ISO 8601), for programs.

    `through` says which service that this one needs they concern, and what that means; '' where they concern it itself.
    """

    id: str
    title: str
    when: str
    begins: str
    ends: str
    change: str
    meanwhile: str
    services: tuple[Link, ...]
    through: str = ""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A known problem; `until` is '' while it is there."""

    id: str
    title: str
    since: str
    until: str
    meanwhile: Markup
    services: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """What a page tells of the file that monitoring writes: where it is, the services to look for, and the words, as JSON."""

    url: str
    services: str
    words: str


def live_status(at: Edition, page: str, services: Iterable[Service]) -> LiveStatus | None:
    """For the page at the path `page`, under docs/ of its language; None where nothing writes such a file."""
    name = at.catalogue.organisation.status_file
    if name is None:
        return None
    say = at.language.gettext
    up = "../" * (page.count("/") + (not page.endswith("index.md")))
    root = "" if at.language.code == at.catalogue.organisation.languages[0] else "../"
    words = {
        "down": say("En panne"),
        "degraded": say("Perturbé"),
        "works": say("Travaux en cours"),
        "since": say("depuis le {day}"),
        "until": say("jusqu'au {day}"),
    }
    return LiveStatus(
        root + up + name,
        json.dumps({one.id: at.text(one.name) for one in services}, ensure_ascii=False, sort_keys=True),
        json.dumps(words, ensure_ascii=False, sort_keys=True),
    )


def coming_works(at: Edition, service: Service | None = None) -> tuple[WorksLine, ...]:
    """The works that run or begin soon, in their order; of a service also those of the services that it needs."""
    soon = [one for one in _ordered(at) if one.ends >= at.today and one.day <= at.today + AHEAD]
    if service is None:
        return tuple(_works(at, one) for one in soon)
    return tuple(_works(at, one, through) for one in soon for through in _touches(at, one, service))


def planned_works(at: Edition) -> tuple[WorksLine, ...]:
    """All the works that run or are to come."""
    return tuple(_works(at, one) for one in _ordered(at) if one.ends >= at.today)


def past_works(at: Edition) -> tuple[WorksLine, ...]:
    """The works that are over, the last first, for a while."""
    over = [one for one in _ordered(at) if at.today - BEHIND <= one.ends < at.today]
    return tuple(_works(at, one) for one in reversed(over))


def open_problems(at: Edition, service: Service | None = None) -> tuple[ProblemLine, ...]:
    """The known problems that are there, the newest first."""
    found = (one for one in at.catalogue.known_problems.values() if one.since <= at.today)
    there = [one for one in found if one.until is None or one.until >= at.today]
    own = [one for one in there if service is None or service.id in one.services]
    return tuple(_problem(at, one) for one in sorted(own, key=lambda one: (one.since, one.id), reverse=True))


def instant_of(at: Edition, day: date, clock: str) -> datetime:
    """An instant on the clocks of the organisation."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(at.catalogue.organisation.time_zone))


def _ordered(at: Edition) -> list[Works]:
    return sorted(at.catalogue.works.values(), key=lambda one: (one.day, one.start, one.id))


def _touches(at: Edition, works: Works, service: Service) -> Iterator[str]:
    """'' where works concern a service, else what it means to it that they concern one that it needs."""
    if service.id in works.services:
        yield ""
        return
    for dependency in service.dependencies:
        if dependency.service in works.services:
            needed = at.catalogue.services[dependency.service]
            yield f"{at.text(needed.name)} – {label(dependency.criticality, at.language)}"
            return


def _works(at: Edition, works: Works, through: str = "") -> WorksLine:
    begins, ends = instant_of(at, works.day, works.start), instant_of(at, works.ends, works.end)
    return WorksLine(
        id=works.id,
        title=at.text(works.title),
        when=_when(at, begins, ends),
        begins=begins.isoformat(),
        ends=ends.isoformat(),
        change=at.text(works.change),
        meanwhile=at.text(works.meanwhile),
        services=_services(at, works.services),
        through=through,
    )


def _when(at: Edition, begins: datetime, ends: datetime) -> str:
    language = at.language
    first, last = (language.clock(one.hour * 60 + one.minute) for one in (begins, ends))
    if begins.date() == ends.date():
        words = N_("{day}, de {first} à {last}")
        return language.say(words, day=language.weekday_and_day(begins.date()), first=first, last=last)
    return language.say(
        N_("du {day} à {first} au {end} à {last}"),
        day=language.weekday_and_day(begins.date()),
        first=first,
        end=language.weekday_and_day(ends.date()),
        last=last,
    )


def _problem(at: Edition, problem: KnownProblem) -> ProblemLine:
    return ProblemLine(
        id=problem.id,
        title=at.text(problem.title),
        since=at.language.day(problem.since),
        until=at.language.day(problem.until) if problem.until else "",
        meanwhile=at.html(problem.meanwhile),
        services=_services(at, problem.services),
    )


def _services(at: Edition, names: Iterable[str]) -> tuple[Link, ...]:
    known = (at.catalogue.services[name] for name in names if name in at.catalogue.services)
    return tuple(Link(at.text(one.name), Ref("service", one.id)) for one in known)
