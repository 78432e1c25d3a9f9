"""A new entity: a catalogue, a kind and an identifier in, the path and text of a commented YAML file out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from comptoir.model.catalogue import KIND_BY_NAME, Catalogue
from comptoir.scaffold.days import days_around
from comptoir.scaffold.identifiers import label_of
from comptoir.scaffold.localise import localise

KINDS_TO_MAKE: Final = (
    *("service", "family", "segment", "client", "partner", "agreement", "calendar", "news", "indicator"),
)
_NEEDED: Final = {  # what an entity cannot do without
    "service": ("family", "calendar"),
    "agreement": ("calendar",),
    "client": ("segment",),
}
_TEMPLATES: Final = Path(__file__).with_name("new")


def missing_kinds(kind: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The kinds that must have an entity before one of `kind` can be made, and have none."""
    return tuple(needed for needed in _NEEDED.get(kind, ()) if not catalogue.of_kind(needed))


def new_entity(kind: str, identifier: str, catalogue: Catalogue, today: date) -> tuple[str, str]:
    """Path and text of the new file. Nothing in `missing_kinds` may be missing."""
    values = days_around(today) | _references(catalogue) | _ranks(catalogue)
    values |= {"label": label_of(identifier), "mailbox": catalogue.organisation.functional_mailbox.address}
    template = (_TEMPLATES / f"{kind}.yaml").read_text(encoding="utf-8")
    text = localise(template, catalogue.organisation.languages, values)
    return f"{KIND_BY_NAME[kind].place}{identifier}.yaml", text


def _references(catalogue: Catalogue) -> dict[str, str]:
    """For each kind that a template refers to: the one to begin with, and all of them for a comment."""
    families = sorted(catalogue.families.values(), key=lambda family: (family.order, family.id))
    segments = sorted(catalogue.segments.values(), key=lambda segment: (segment.priority, segment.id))
    calendars = sorted(catalogue.calendars)
    desk_hours = catalogue.organisation.service_desk.hours
    if desk_hours in calendars:
        calendars = [desk_hours, *(name for name in calendars if name != desk_hours)]
    known = {
        "family": [family.id for family in families],
        "segment": [segment.id for segment in segments],
        "calendar": calendars,
        "agreement": list(catalogue.agreements),
        "partner": list(catalogue.partners),
        "service": list(catalogue.services),
    }
    values: dict[str, str] = {}
    for name, identifiers in known.items():
        values[name] = identifiers[0] if identifiers else "…"  # only comments may name what is missing
        values[KIND_BY_NAME[name].plural] = _enumerate(identifiers) or "–"
    return values


def _enumerate(identifiers: Iterable[str], limit: int = 8) -> str:
    names = list(identifiers)
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "")


def _ranks(catalogue: Catalogue) -> dict[str, str]:
    """Where the new one comes among its like; and the country whose public holidays are usual here."""
    order = max((family.order for family in catalogue.families.values()), default=0) + 10
    priority = max((segment.priority for segment in catalogue.segments.values()), default=0) + 1
    holidays = (calendar.public_holidays for calendar in catalogue.calendars.values())
    country = next((found.country for found in holidays if found), "FR")
    return {"order": str(min(order, 999)), "priority": str(min(priority, 9)), "country": country}
