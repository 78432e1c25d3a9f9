"""Fields of the project's own, in words: a service and a place in, what is shown there out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.content.edition import Edition
from comptoir.model.base import Text, in_written_order
from comptoir.model.own_fields import OwnField
from comptoir.model.services import Service
from comptoir.model.terms import FieldOwner, FieldPlace
from comptoir.wording import N_


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A field with its value in words; `url` is '' where it leads nowhere."""

    id: str
    label: str
    text: str
    url: str = ""


def shown_fields(at: Edition, place: FieldPlace) -> list[OwnField]:
    """The fields of services that are shown in a place, as fields.yaml lists them."""
    fields = in_written_order(at.catalogue.fields)
    return [field for field in fields if place in field.show and FieldOwner.SERVICE in field.of]


def own_facts(at: Edition, service: Service, place: FieldPlace) -> tuple[OwnFact, ...]:
    """What `service` says in the project's own fields, for a place."""
    facts = ((field, getattr(service.own, field.key, None)) for field in shown_fields(at, place))
    return tuple(_fact(at, field, value) for field, value in facts if value is not None)


def choice_names(at: Edition, field: OwnField) -> dict[str, str]:
    """The values that a field to choose from may have, each with its name."""
    yes_no = {"true": at.language.say(N_("Oui")), "false": at.language.say(N_("Non"))}
    return {choice.id: at.text(choice.name) for choice in field.choices} or yes_no


def own_value_key(value: Any) -> str:
    """A value to choose from as its key among `choice_names`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fact(at: Edition, field: OwnField, value: Any) -> OwnFact:
    label = at.text(field.label)
    match value:
        case Text():
            return OwnFact(field.id, label, at.text(value))
        case bool():
            return OwnFact(field.id, label, choice_names(at, field)[own_value_key(value)])
        case Decimal():
            return OwnFact(field.id, label, at.language.number(value))
        case date():
            return OwnFact(field.id, label, at.language.day(value))
        case _ if field.choices:
            return OwnFact(field.id, label, choice_names(at, field)[value])
        case _:
            is_link = value.startswith(("https://", "http://"))
            words = value.partition("://")[2].rstrip("/") if is_link else at.language.typeset(value)
            return OwnFact(field.id, label, words, value if is_link else "")
