"""Records into entities: what a tool's tables hold and how it heads them in, things on their way into a project out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from comptoir.model.base import Text
from comptoir.model.catalogue import KIND_BY_NAME
from comptoir.model.walk import reference_kind, submodel
from comptoir.moving.headings import HeadedClass, Tool, fold_heading
from comptoir.moving.itop import targets_of
from comptoir.moving.tables import ForeignRecord
from comptoir.moving.types import Brought, Portfolio
from comptoir.moving.values import Converted, convert
from comptoir.problems import Problem, Severity, suggest
from comptoir.scaffold.identifiers import nearest_identifier

_STEPS: Final = re.compile(r"\s*(?:>|›|»|\\)\s*")


@dataclass(slots=True)
class _Draft:
    """What was read so far."""

    tool: Tool
    brought: dict[tuple[str, str], Brought] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    parts: defaultdict[tuple[str, str, str], list[Mapping[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def map_records(records: Iterable[ForeignRecord], tool: Tool) -> Portfolio:
    """Everything that the records say. A value that cannot be read is a problem at its row; an unknown heading is kept
    as a field of the project's own, and said."""
    records = list(records)
    draft = _Draft(tool)
    guessed = _guess(records, tool)
    for record in records:
        known = tool.classes.get(record.of) or (guessed if not record.of else None)
        if known is None:
            draft.lost[record.of] += 1
        elif known.kind:
            _bring(record, known, draft)
        elif known.part:
            _part(record, known, draft)
    for agreement, targets, problems in targets_of(records, tool):
        draft.problems.extend(problems)
        place = ("agreement", agreement)
        if place in draft.brought and targets:
            draft.brought[place] = _with(draft.brought[place], {"targets": targets})
    _link(records, tool, draft)
    for service in [one for one in draft.brought.values() if one.kind == "service"]:
        _in_family(service.name, str(service.values.get("family", "")), draft)
    for (kind, owner, key), items in draft.parts.items():
        place = (kind, owner)
        if place in draft.brought:
            draft.brought[place] = _with(draft.brought[place], {key: items})
        else:
            draft.lost[f"{key} of '{owner}', which is not in the file"] += len(items)
    lost = tuple(f"{name}: {count}" for name, count in sorted(draft.lost.items()))
    return Portfolio(tuple(draft.brought.values()), tuple(draft.problems), lost)


def _guess(records: list[ForeignRecord], tool: Tool) -> HeadedClass | None:
    """The class whose headings those of the table are, where the file does not say."""
    headings = dict.fromkeys(h for record in records if not record.of for h in record.texts)
    best = max(tool.classes.values(), key=lambda known: known.score(headings))
    return best if best.score(headings) else None


def _with(brought: Brought, values: Mapping[str, Any]) -> Brought:
    return replace(brought, values={**brought.values, **values})


def _bring(record: ForeignRecord, known: HeadedClass, draft: _Draft) -> None:
    found = _read(record, known, known.kind, draft)
    path = next((text for h, text in record.texts.items() if fold_heading(h) in known.path), "")
    steps = [step for step in _STEPS.split(path) if step]
    name = _plain(found.values.get("name")) or (steps[-1] if steps else "")
    if not name:
        message = f"this {known.kind} has no name: it is left out"
        hint = "headings here: " + ", ".join(list(record.texts)[:8])
        draft.problems.append(Problem(record.where, "missing-key", message, hint, Severity.WARNING))
        return
    if len(steps) == 1 and known.kind == "service":
        draft.brought.setdefault(("family", name), Brought("family", name, name, {"name": name}))
        return
    if len(steps) > 2:
        item = {"id": nearest_identifier(name) or "item", "name": name}
        draft.parts["service", steps[1], "request_items"].append(item)
        draft.brought.setdefault(("service", steps[1]), _in_family(steps[1], steps[0], draft))
        return
    if len(steps) == 2:
        found = replace(
            found,
            values={**found.values, "family": steps[0]},
            references={**found.references, "family": "family"},
        )
        _in_family(name, steps[0], draft)
    origin = _plain(found.values.get("id")) or _plain(found.values.get("code")) or name
    place = (known.kind, origin)
    if place in draft.brought and draft.brought[place].values.keys() - {"name", "family"}:
        message = f"'{origin}' stands here twice; the first one is kept"
        draft.problems.append(Problem(record.where, "duplicate-identifier", message, "", Severity.WARNING))
        return
    values = {key: value for key, value in found.values.items() if key != "id"}
    draft.brought[place] = Brought(
        known.kind, origin, name, {"name": name, **values}, found.own, found.references
    )


def _in_family(name: str, family: str, draft: _Draft) -> Brought:
    if family:
        draft.brought.setdefault(("family", family), Brought("family", family, family, {"name": family}))
    return Brought("service", name, name, {"name": name, "family": family}, references={"family": "family"})


def _part(record: ForeignRecord, known: HeadedClass, draft: _Draft) -> None:
    found = _read(record, known, known.part_of, draft, known.part)
    owner = next((text for h, text in record.texts.items() if fold_heading(h) in known.owner), "")
    name = _plain(found.values.get("name"))
    if not owner or not name:
        message = f"this part of a {known.part_of} does not say {'its name' if owner else 'of which'}"
        draft.problems.append(Problem(record.where, "missing-key", message))
        return
    item = {"id": nearest_identifier(name) or "item", **found.values}
    draft.parts[known.part_of, owner, known.part].append(item)


@dataclass(slots=True)
class _Read:
    """What a record says."""

    values: dict[str, Any]
    own: dict[str, str]
    references: dict[str, str]


def _read(record: ForeignRecord, known: HeadedClass, kind: str, draft: _Draft, part: str = "") -> _Read:
    """The fields of a record, those of the project's own, and which of them name other things."""
    model: Any = KIND_BY_NAME[kind].model
    if part:
        model = submodel(model, part)
    found = _Read({}, {}, {})
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    for heading, text in record.texts.items():
        folded = fold_heading(heading)
        if folded in known.ignored or folded in known.owner or folded in known.path:
            continue
        named = known.field_of(heading)
        if named is None:
            key = nearest_identifier(heading)
            if key:
                found.own[key] = text
            continue
        name, language = named
        if language:
            by_language[name][language] = text
            continue
        _put(found, record, model, name, heading, text, draft)
    for name, texts in by_language.items():
        _put(found, record, model, name, name, dict(texts), draft)
    return found


def _put(
    found: _Read,
    record: ForeignRecord,
    model: Any,
    name: str,
    heading: str,
    text: str | dict[str, str],
    draft: _Draft,
) -> None:
    """One value in its place, or the problem that it is."""
    words = draft.tool.words.get(name, {})
    converted: Converted = convert(model, name, text, words)
    if converted.problem:
        hint = converted.hint or suggest(str(text), words)
        message = f"'{heading}': {converted.problem}"
        draft.problems.append(Problem(record.where, "import-value", message, hint, Severity.WARNING))
        found.own[nearest_identifier(heading) or name] = str(text)
        return
    target = found.values
    *above, last = name.split(".")
    for step in above:
        target = target.setdefault(step, {})
    target[last] = converted.value
    kind = reference_kind(model, name) if "." not in name and name in model.model_fields else None
    if name == "dependencies":
        kind = "service"
    if kind:
        found.references[name] = kind


def _link(records: list[ForeignRecord], tool: Tool, draft: _Draft) -> None:
    """Which service has which agreement and which hours, where the tool keeps that apart."""
    for record in records:
        known = tool.classes.get(record.of)
        if known is None or "service" not in known.links:
            continue
        named = {
            role: next((text for h, text in record.texts.items() if fold_heading(h) in headings), "")
            for role, headings in known.links.items()
        }
        place = ("service", named["service"])
        if place not in draft.brought:
            draft.lost[f"{record.of} of '{named['service']}', which is not in the file"] += 1
            continue
        service = draft.brought[place]
        values, references = dict(service.values), dict(service.references)
        if named.get("sla"):
            values["agreements"] = list(dict.fromkeys([*values.get("agreements", ()), named["sla"]]))
            references["agreements"] = "agreement"
        if named.get("calendar"):
            values["service_hours"] = named["calendar"]
            references["service_hours"] = "calendar"
        draft.brought[place] = replace(service, values=values, references=references)


def _plain(value: Any) -> str:
    """A name in whatever language it has."""
    if isinstance(value, dict):
        return Text(value).in_language("fr") if value else ""
    return str(value or "")
