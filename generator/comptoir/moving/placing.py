"""Things brought in, each given a place: their identifiers, references and missing values; a portfolio in, entities out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from pydantic import BaseModel

from comptoir.model.base import RESERVED, Text, TextPlace
from comptoir.model.catalogue import KIND_BY_NAME, Catalogue
from comptoir.model.titled import LONG_SUMMARY
from comptoir.model.walk import field_marks, submodel
from comptoir.moving.types import Brought, Portfolio
from comptoir.moving.values import is_text
from comptoir.scaffold.identifiers import nearest_identifier
from comptoir.spaces import fold
from comptoir.wording import one_line, printable

ORIGIN: Final = "origin"
_COLOURS: Final = ("#0f4c5c", "#7a3b1d", "#2f5d50", "#5b3a78", "#8a2b4a", "#3d4f8a", "#5f5a1f", "#44515c")
_REVIEW: Final = timedelta(days=180)
_SHORTENED: Final = (
    "the summary is longer than its place: its first sentence stands there, all of it in the description"
)


@dataclass(frozen=True, slots=True)
class PlacedEntity:
    """An entity ready to be written: its kind and identifier, what YAML writes, and what a person must still decide.

    `imported` are the keys whose values come from the other tool; the others were filled in, once.
    """

    kind: str
    id: str
    origin: str
    values: Mapping[str, Any]
    imported: frozenset[str]
    to_complete: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    catalogue: Catalogue
    tool: str
    today: date
    language: str
    ids: dict[tuple[str, str], str] = field(default_factory=dict)  # kind and origin → identifier
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # kind and folded name → identifier
    families: int = 0  # those that were completed so far
    lost: list[str] = field(default_factory=list)


def place_portfolio(
    portfolio: Portfolio, catalogue: Catalogue, tool: str, language: str, today: date
) -> tuple[tuple[PlacedEntity, ...], tuple[str, ...]]:
    """The entities of a portfolio as this project would write them, and what was left out.

    What was imported before from the same tool keeps its identifier, whatever became of its name. Texts are in
    `language`; where the site has others, they say the same until somebody translates them.
    """
    work = _Work(catalogue, tool, today, language, _known(catalogue, tool))
    taken = {kind: {*catalogue.declared.get(kind, ()), *RESERVED} for kind in KIND_BY_NAME}
    kept: list[Brought] = []
    for brought in portfolio.brought:
        place = (brought.kind, brought.origin)
        if place not in work.ids:
            own = _same_name(brought, catalogue)
            if own:
                work.ids[place] = work.names[brought.kind, fold(brought.name)] = own
                if brought.kind == "service":
                    work.lost.append(
                        f"service '{brought.name}': the project has one of its own, which was left as it is"
                    )
                continue
            work.ids[place] = _fresh(brought, taken[brought.kind])
            taken[brought.kind].add(work.ids[place])
        work.names.setdefault((brought.kind, fold(brought.name)), work.ids[place])
        kept.append(brought)
    placed = [one for brought in kept if (one := _place(brought, work)) is not None]
    return tuple(placed), tuple(work.lost)


def _known(catalogue: Catalogue, tool: str) -> dict[tuple[str, str], str]:
    """What was imported before: kind and origin → identifier."""
    found = {}
    for kind, entity in catalogue.entities():
        origin = entity.own_values.get(ORIGIN)
        if isinstance(origin, dict) and origin.get("tool") == tool:
            found[kind.name, str(origin.get("id"))] = entity.id
    return found


def _same_name(brought: Brought, catalogue: Catalogue) -> str:
    """The identifier of an entity of the project that goes by the same name; '' where none does."""
    for entity in catalogue.of_kind(brought.kind).values():
        name: Any = getattr(entity, "name", None)
        names = {fold(text) for _, text in name.variants()} if isinstance(name, Text) else set()
        if fold(brought.name) in names and ORIGIN not in entity.own_values:
            return entity.id
    return ""


def _fresh(brought: Brought, taken: set[str]) -> str:
    wanted = nearest_identifier(brought.name) or nearest_identifier(brought.origin) or brought.kind
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted[:56].rstrip('-')}-{n}") not in taken)


def _place(brought: Brought, work: _Work) -> PlacedEntity | None:
    values = dict(brought.values)
    own = {
        f"x-{key}": value
        for name, value in brought.own.items()
        if (key := nearest_identifier(name)) and key != ORIGIN
    }
    for key, kind in brought.references.items():
        _resolve(values, own, key, kind, brought, work)
    to_complete = list(_fit_summary(brought.kind, values))
    imported = frozenset({*values, *own})
    to_complete += _complete(brought.kind, values, work)
    if brought.kind == "agreement" and not values.get("targets"):
        work.lost.append(f"agreement '{brought.name}': no target of it is known here, and it needs one")
        return None
    model: Any = KIND_BY_NAME[brought.kind].model
    languages = work.catalogue.organisation.languages
    said = localised(model, values, languages, work.language)
    if len(languages) > 1 and not _is_translated(values):
        to_complete.append("texts are not translated: each language says the same")
    return PlacedEntity(
        brought.kind,
        work.ids[brought.kind, brought.origin],
        brought.origin,
        said | own,
        imported,
        tuple(to_complete),
    )


def _resolve(
    values: dict[str, Any], own: dict[str, str], key: str, kind: str, brought: Brought, work: _Work
) -> None:
    """Replace what the other tool calls things by our identifiers; what leads nowhere becomes a field of its own."""
    written = values.pop(key)
    many = isinstance(written, list)
    found: list[Any] = []
    unknown: list[str] = []
    for name in written if many else [written]:
        identifier = work.ids.get((kind, name)) or _by_name(name, kind, work)
        (found if identifier else unknown).append(identifier or name)
    if unknown:
        own[f"x-{key.replace('_', '-')}"] = ", ".join(map(str, unknown))
        work.lost.append(
            f"{brought.kind} '{brought.name}': {key} {', '.join(map(str, unknown))}: no such {kind}"
        )
    if key == "dependencies":
        found = [{"service": name, "criticality": "degraded"} for name in found]
    if found:
        values[key] = found if many else found[0]


def _by_name(name: str, kind: str, work: _Work) -> str:
    """The thing of that name or identifier, of the project or brought in with it."""
    if name in work.catalogue.of_kind(kind):
        return name
    if (kind, fold(name)) in work.names:
        return work.names[kind, fold(name)]
    for entity in work.catalogue.of_kind(kind).values():
        known: Any = getattr(entity, "name", None)
        if isinstance(known, Text) and fold(name) in {fold(text) for _, text in known.variants()}:
            return entity.id
    return ""


def _fit_summary(kind: str, values: dict[str, Any]) -> Iterable[str]:
    """A summary longer than its place becomes the description, its first sentence stays; a short description is a summary."""
    if "description" in values and "description" not in KIND_BY_NAME[kind].model.model_fields:
        values.setdefault("summary", values.pop("description"))
    if "summary" not in values and isinstance(values.get("description"), str):
        values["summary"] = values.pop("description")
    summary = values.get("summary")
    if not isinstance(summary, str):
        return
    whole, summary = summary, one_line(summary)
    values["summary"] = summary
    if len(summary) <= LONG_SUMMARY:
        return
    values.setdefault("description", whole)
    first = summary.split(". ")[0].rstrip(".") + "."
    if len(first) > LONG_SUMMARY:
        first = summary[: LONG_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
    values["summary"] = first
    yield _SHORTENED


def _complete(kind: str, values: dict[str, Any], work: _Work) -> Iterable[str]:
    """Fill in what an entity cannot do without, and say what a person should look at."""
    if "summary" not in values and kind != "calendar":
        values["summary"] = values["name"]
        yield "summary: only the name is known"
    if kind == "family":
        yield from _complete_family(values, work)
    elif kind == "service":
        yield from _complete_service(values, work)
    elif kind == "calendar":
        values["week"] = {"monday-friday": "09:00-17:00"}
        yield "week: its hours are not in the export; Monday to Friday from 9 to 17 stands there"
    elif kind == "agreement":
        values.setdefault("kind", "sla")
        values["calendar"] = _calendar(work)
        values["valid_from"] = work.today
        yield f"valid_from, and the calendar '{values['calendar']}', are not in the export"


def _complete_family(values: dict[str, Any], work: _Work) -> Iterable[str]:
    work.families += 1
    rank = len(work.catalogue.families) + work.families
    values["pictogram"] = "squares-four"
    values["colour"] = _COLOURS[rank % len(_COLOURS)]
    values["order"] = min(999, 10 * rank)
    yield "pictogram and colour: choose those that suit it"


def _complete_service(values: dict[str, Any], work: _Work) -> Iterable[str]:
    desk = work.catalogue.organisation.service_desk
    if "family" not in values:
        values["family"] = next(iter(work.catalogue.families), "") or next(
            (name for (kind, _), name in work.ids.items() if kind == "family"), "services"
        )
        yield f"family: not in the export; '{values['family']}' stands there"
    if "benefits" not in values:
        yield "benefits: what the customer gains is not in the export"
    price = values.setdefault("price", {})
    if "model" not in price:
        price["model"] = "subscription" if "amount" in price else "included"
        yield f"price: its model is not in the export; '{price['model']}' stands there"
    if price["model"] in ("included", "quote") and "amount" in price:
        amount = price.pop("amount")
        if amount:
            yield f"price: the amount {amount} does not go with '{price['model']}'"
    elif price["model"] not in ("included", "quote") and "amount" not in price:
        price["model"] = "quote"
        yield "price: its amount is not in the export; 'quote' stands there"
    for key in ("service_hours", "support_hours"):
        if key not in values:
            values[key] = desk.hours or _calendar(work)
            yield f"{key}: not in the export; the calendar '{values[key]}' stands there"
    owner = values.get("owner") or {}
    if "role" not in owner:
        values["owner"] = {"role": _text_of(desk.role), **owner}
        yield "owner: not in the export; the service desk stands there"
    if "support" in values and "role" not in values["support"]:
        values["support"] = {"role": _text_of(desk.role), **values["support"]}
    if "dependencies" in values:
        yield "dependencies: how critical each one is, is not in the export; 'degraded' stands there"
    if values.get("lifecycle") in ("retiring", "retired") and "until" not in values:
        values["until"] = work.today + (_REVIEW if values["lifecycle"] == "retiring" else timedelta())
        yield f"until: the last day is not in the export; {values['until']} stands there"
    if "review_date" not in values:
        values["review_date"] = work.today + _REVIEW
        yield "review_date: not in the export; a day in six months stands there"


def _calendar(work: _Work) -> str:
    return work.catalogue.organisation.service_desk.hours or next(
        iter(work.catalogue.calendars), "office-hours"
    )


def _text_of(text: Text) -> Any:
    return dict(text.variants()) if not text.same_everywhere else text.variants()[0][1]


def _is_translated(values: Mapping[str, Any]) -> bool:
    return isinstance(values.get("summary"), dict)


def localised(
    model: type[BaseModel], values: Mapping[str, Any], languages: tuple[str, ...], language: str
) -> dict[str, Any]:
    """The values with each text in every language of the site, where it must be in each."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        inner = submodel(model, key)
        if inner is not None and issubclass(inner, BaseModel) and not is_text(model, key):
            if isinstance(value, list):
                found[key] = [
                    localised(inner, item, languages, language) if isinstance(item, dict) else item
                    for item in value
                ]
            else:
                found[key] = (
                    localised(inner, value, languages, language) if isinstance(value, dict) else value
                )
        elif key in model.model_fields and is_text(model, key):
            marks = [mark for mark in field_marks(model, key) if isinstance(mark, TextPlace)]
            same = bool(marks) and not marks[0].translated
            found[key] = (
                [_in_each(item, languages, language, same) for item in value]
                if isinstance(value, list)
                else _in_each(value, languages, language, same)
            )
        else:
            found[key] = printable(value) if isinstance(value, str) else value
    return {name: found[name] for name in (*model.model_fields, *found) if name in found}


def _in_each(value: Any, languages: tuple[str, ...], language: str, same: bool) -> Any:
    if isinstance(value, str):
        text = printable(value)
        if same or len(languages) == 1:
            return text
        return dict.fromkeys(languages, text)
    first = value.get(language) or next(iter(value.values()))
    return {code: printable(value.get(code, first)) for code in languages}
