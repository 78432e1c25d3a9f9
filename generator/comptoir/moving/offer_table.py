"""The offer as a table that people edit: services in, a row of typed cells for each out. `import` knows its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from comptoir.model.base import OWN, Text, in_written_order
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import FieldOwner, FieldPlace, OwnFieldType
from comptoir.wording import N_, NP_, Language
from comptoir.workbooks import CellForm, CellValue, Worksheet, WorksheetColumn

COPY: Final = "comptoir"
"""The hidden sheet with the cells as they were exported: what differs from it was edited."""


@dataclass(frozen=True, slots=True)
class OfferField:
    """A column, or one for each language: the field of a service (with dots for fields within fields) and its heading."""

    path: str
    label: str
    by_language: bool = False
    form: CellForm = CellForm.TEXT
    width: int = 18


@dataclass(frozen=True, slots=True)
class OfferColumn:
    """A column of the table: its field, its language ('' for none), its heading."""

    field: OfferField
    language: str
    heading: str


FIELDS: Final = (
    OfferField("id", N_("Identifiant"), width=24),
    OfferField("name", N_("Nom"), by_language=True, width=26),
    OfferField("family", N_("Famille")),
    OfferField("lifecycle", NP_("a column of the workbook", "Cycle de vie"), width=12),
    OfferField("summary", N_("Résumé"), by_language=True, width=48),
    OfferField("benefits", N_("Bénéfices"), by_language=True, width=48),
    OfferField("keywords", N_("Mots-clés"), by_language=True, width=30),
    OfferField("owner.role", NP_("a column of the workbook", "Responsable"), by_language=True, width=26),
    OfferField("owner.person", N_("Nom du responsable")),
    OfferField("owner.email", N_("Courriel du responsable"), width=28),
    OfferField("price.model", N_("Modèle de prix"), width=14),
    OfferField("price.amount", NP_("a column of the workbook", "Montant"), form=CellForm.NUMBER, width=10),
    OfferField("price.per", N_("Unité d’œuvre"), by_language=True),
    OfferField("request.url", N_("Lien de demande"), width=36),
    OfferField("request.delay", NP_("a column of the workbook", "Délai"), by_language=True, width=26),
    OfferField("service_hours", N_("Heures de service")),
    OfferField("support_hours", N_("Heures d’assistance")),
    OfferField("agreements", NP_("a column of the workbook", "Engagements"), width=24),
    OfferField("since", N_("Mise en service"), form=CellForm.DAY, width=12),
    OfferField("until", N_("Date de fin"), form=CellForm.DAY, width=12),
    OfferField("replaced_by", NP_("a column of the workbook", "Remplacé par")),
    OfferField("review_date", N_("Date de révision"), form=CellForm.DAY, width=12),
)


_FORMS: Final = {OwnFieldType.NUMBER: CellForm.NUMBER, OwnFieldType.DAY: CellForm.DAY}


def offer_fields(catalogue: Catalogue, language: Language) -> tuple[OfferField, ...]:
    """The fields of a service, and those of the project's own that it exports."""
    own = (
        OfferField(
            field.key,
            field.label.in_language(language.code),
            by_language=field.type is OwnFieldType.TEXT,
            form=_FORMS.get(field.type, CellForm.TEXT),
        )
        for field in in_written_order(catalogue.fields)
        if FieldPlace.EXPORT in field.show and FieldOwner.SERVICE in field.of
    )
    return (*FIELDS, *own)


def offer_columns(
    language: Language, languages: Sequence[str], fields: Sequence[OfferField] = FIELDS
) -> tuple[OfferColumn, ...]:
    """The columns of the table, headed in `language`; texts have one for each of `languages`."""
    found = []
    for known in fields:
        heading = language.say(known.label)
        if not known.by_language:
            found.append(OfferColumn(known, "", heading))
        elif len(languages) == 1:
            found.append(OfferColumn(known, languages[0], heading))
        else:
            found += [OfferColumn(known, code, f"{heading} ({code})") for code in languages]
    return tuple(found)


def offer_cell(service: Service, column: OfferColumn) -> CellValue:
    """What a service says in a column: texts as they are written, the items of a list on lines of their own."""
    wide = {"name": service.official_name, "summary": service.full_summary}
    value: Any = wide.get(column.field.path, service.own if column.field.path.startswith(OWN) else service)
    for step in () if column.field.path in wide else column.field.path.split("."):
        value = getattr(value, step, None)
    match value:
        case None:
            return None
        case Text():
            return _said(value, column.language)
        case tuple():
            items = [_said(one, column.language) if isinstance(one, Text) else str(one) for one in value]
            separator = ", " if column.field.path in ("keywords", "agreements") else "\n"
            return separator.join(item.replace("\n", " ").strip() for item in items)
        case StrEnum():
            return value.value
        case bool():
            return str(value).lower()
        case Decimal() | date():
            return value
        case _:
            return str(value)


def _said(text: Text, language: str) -> str:
    return dict(text.variants()).get(language) or dict(text.variants()).get("", "")


def offer_sheets(catalogue: Catalogue, language: Language) -> tuple[Worksheet, Worksheet]:
    """The services, and their hidden copy."""
    columns = offer_columns(language, catalogue.organisation.languages, offer_fields(catalogue, language))
    heads = tuple(WorksheetColumn(c.heading, c.field.form, c.field.width) for c in columns)
    rows = [[offer_cell(service, column) for column in columns] for service in catalogue.services.values()]
    return Worksheet(language.say(N_("Services")), heads, rows), Worksheet(COPY, heads, rows, hidden=True)
