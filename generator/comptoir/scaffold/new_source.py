"""A new source: what can be seen of a data file, presets and a catalogue in; a commented YAML file, and what it leaves to decide, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import yaml

from comptoir.measure.reading.keeping import times
from comptoir.measure.reading.sampling import FileSample
from comptoir.model.catalogue import Catalogue
from comptoir.model.gathering import SPAN
from comptoir.model.names import names_of
from comptoir.model.roles import FIELDS, NAMED, FieldType, Role, RoleField
from comptoir.scaffold.checks import CheckColumns, checks_in
from comptoir.scaffold.columns import (
    ISO,
    NumberForm,
    booleans,
    date_forms,
    fits,
    nothing_in,
    number_form,
)
from comptoir.scaffold.identifiers import label_of, nearest_identifier
from comptoir.scaffold.presets import Preset
from comptoir.spaces import fold

_MOST_WORDS: Final = 40
_FEWEST: Final = 3  # headings that a role is told by: many tables have a date
_SCALE: Final = re.compile(r"\(?\b(\d{1,2})\s*(?:à|-|–|to|/)\s*(\d{1,2})\b\)?")
_NUMBERS: Final = (FieldType.INTEGER, FieldType.NUMBER)
_DATES: Final = (FieldType.DAY, FieldType.INSTANT)


@dataclass(slots=True)
class _Draft:
    """A source on its way: the place of the column of each field, and what nobody but a person can decide."""

    role: Role
    places: dict[str, int]
    undecided: list[str] = field(default_factory=list)
    checks: CheckColumns | None = None

    @property
    def fields(self) -> dict[str, RoleField]:
        """The fields that columns may be: those of the role, or what checks are made of."""
        if self.checks is None:
            return {known.name: known for known in FIELDS[self.role]}
        kept = (known for known in FIELDS[self.role] if known.name not in SPAN)
        return {known.name: known for known in (self.checks.at, *kept, self.checks.state)}


@dataclass(frozen=True, slots=True)
class NewSource:
    """Paths and texts of the new files, and what is left to decide, each in a sentence."""

    files: Mapping[str, str]
    undecided: tuple[str, ...]


def guess_role(sample: FileSample, presets: Sequence[Preset]) -> Role | None:
    """The role whose fields most of the headings name, the ones that it needs among them; None where none stands out."""
    outages = _find_places(sample, Role.OUTAGES, presets)
    if "start" not in outages and checks_in(sample, presets, outages.get("service")):
        return Role.OUTAGES
    scores = {}
    for role in Role:
        places = _find_places(sample, role, presets)
        if len(places) >= _FEWEST and all(f.name in places for f in FIELDS[role] if f.required):
            scores[role] = len(places)
    best = sorted(scores, key=lambda role: -scores[role])
    if not best or (len(best) > 1 and scores[best[0]] == scores[best[1]]):
        return None
    return best[0]


def new_source(
    file: str, sample: FileSample, catalogue: Catalogue, presets: Sequence[Preset], role: Role
) -> NewSource:
    """The source, or the sources of a survey with a column a question, of the data file `file` (its name in the folder)."""
    identifier = nearest_identifier(file.split("/")[-1].split(".")[0]) or "source"
    draft = _Draft(role, _find_places(sample, role, presets))
    if role is Role.OUTAGES and "start" not in draft.places:
        draft.checks = checks_in(sample, presets, draft.places.get("service"))
    if draft.checks is not None:
        kept = {name: place for name, place in draft.places.items() if name not in SPAN}
        draft.places = {**kept, **draft.checks.places}
        if draft.checks.every is None:
            draft.undecided.append("how many minutes are there from one check to the next ('every')?")
        if not draft.checks.words.get("down"):
            draft.undecided.append("which states are down? None of the file is known as such ('down')")
    if role is Role.SURVEYS and "score" not in draft.places:
        questions = _questions(sample, draft, presets)
        if questions:
            texts = {
                f"{identifier}-{nearest_identifier(name)[:20]}": _write(
                    file, sample, catalogue, presets, draft, (name, place)
                )
                for name, place in questions
            }
            return _result(texts, draft)
    return _result({identifier: _write(file, sample, catalogue, presets, draft, None)}, draft)


def _result(texts: Mapping[str, str], draft: _Draft) -> NewSource:
    files = {f"indicators/sources/{name}.yaml": text for name, text in texts.items()}
    return NewSource(files, tuple(dict.fromkeys(draft.undecided)))


def _find_places(sample: FileSample, role: Role, presets: Sequence[Preset]) -> dict[str, int]:
    """The column of each field that a heading names: by the presets in their order, the columns that fit first."""
    headings = [fold(heading) for heading in sample.headings]
    places: dict[str, int] = {}
    for known in FIELDS[role]:
        wanted = [
            known.name,
            *(h for preset in presets for h in preset.headings.get(role, {}).get(known.name, ())),
        ]
        found = [
            headings.index(h) for h in wanted if h in headings and headings.index(h) not in places.values()
        ]
        fitting = [place for place in found if fits(_cells(sample, place), known.type)]
        if fitting or found:
            places[known.name] = (fitting or found)[0]
    return places


def _cells(sample: FileSample, place: int) -> list[str]:
    """The cells of a column that say something."""
    cells = sample.column(place)
    nothing = set(nothing_in(cells))
    return [cell for cell in cells if cell not in nothing]


def _questions(sample: FileSample, draft: _Draft, presets: Sequence[Preset]) -> list[tuple[str, int]]:
    """The columns of a survey that hold scores: what each asks, and its place."""
    found = []
    for place, heading in enumerate(sample.headings):
        cells = _cells(sample, place)
        numbers = [cell for cell in cells if number_form([cell])]
        if (
            place in draft.places.values()
            or len(numbers) < max(1, 0.9 * len(cells))
            or len(set(numbers)) > 30
        ):
            continue
        words = [(w, m) for preset in presets for w, m in preset.words.get("question", {}).items()]
        meaning = next((m for w, m in words if fold(heading).startswith(w) or w in fold(heading)), "")
        found.append((meaning or nearest_identifier(heading)[:40], place))
    return found


def _write(
    file: str,
    sample: FileSample,
    catalogue: Catalogue,
    presets: Sequence[Preset],
    draft: _Draft,
    question: tuple[str, int] | None,
) -> str:
    """The text of one source."""
    places = dict(draft.places)
    columns: list[str] = []
    if question is not None:
        name, place = question
        places["score"] = place
        columns.append(f"  question: {{constant: {_scalar(name)}}}")
    fields = draft.fields
    forms = {
        n: _form(sample, draft, fields[n], place) for n, place in places.items() if fields[n].type in _DATES
    }
    usual = Counter((fields[n].type, form) for n, form in forms.items() if form)
    dialect = _dialect(sample, draft, fields, places, usual)
    for name in (name for name in fields if name in places):
        kind = fields[name].type
        own = forms.get(name)
        differs = own if own and usual and _usual_form(usual, kind) != own else None
        columns += _column(sample, catalogue, presets, draft, fields[name], places[name], differs)
    for known in fields.values():
        if known.required and known.name not in places:
            draft.undecided.append(f"which column is '{known.name}' ({known.meaning})?")
            columns.append(f"  # {known.name}: {{column: ?}}  # needed: {known.meaning}")
    unused = [h for n, h in enumerate(sample.headings) if n not in places.values() and h]
    label = label_of(nearest_identifier(file.split("/")[-1].split(".")[0]) or "source")
    lines = [
        f"# Begun by 'comptoir new source' from {file}: {times(len(sample.rows), 'row')}{'' if sample.complete else ' and more'}.",
        f"role: {draft.role}",
        f"name: {_scalar(label if question is None else f'{label} – {sample.headings[question[1]]}'[:80])}",
        f"files: [{_scalar(file)}]",
        *dialect,
        *_key(sample, draft, places),
        *(draft.checks.lines() if draft.checks else []),
        "columns:",
        *columns,
        *([f"# Columns that no field takes: {', '.join(unused)}"] if unused else []),
    ]
    return "\n".join(lines) + "\n"


def _form(sample: FileSample, draft: _Draft, known: RoleField, place: int) -> str | None:
    """How a column of days or instants is written; None where that is not known."""
    cells, heading = _cells(sample, place), sample.headings[place]
    forms = date_forms(cells, known.type) or date_forms(
        cells, FieldType.INSTANT if known.type is FieldType.DAY else FieldType.DAY
    )
    if len(forms) == 1:
        return forms[0]
    if not cells:
        return None
    what = (
        f"is '{cells[0]}' in '{heading}' written {' or '.join(forms)}?"
        if forms
        else (f"'{heading}' holds what is no date: {_first_other(cells, known.type)}")
    )
    draft.undecided.append(what)
    return None


def _first_other(cells: Sequence[str], kind: FieldType) -> str:
    """The first of the cells that is not written as most of them are."""
    return next((f"'{cell}'" for cell in cells if not date_forms([cell], kind)), f"'{cells[0]}'")


def _usual_form(usual: Counter[tuple[FieldType, str]], kind: FieldType) -> str | None:
    found = [(count, form) for (k, form), count in usual.items() if k is kind]
    return max(found)[1] if found else None


def _dialect(
    sample: FileSample,
    draft: _Draft,
    fields: Mapping[str, RoleField],
    places: Mapping[str, int],
    usual: Counter[tuple[FieldType, str]],
) -> list[str]:
    """The lines of the dialect; none where all of it is as usual."""
    entries: dict[str, Any] = {}
    if sample.separator not in (None, ","):
        entries["delimiter"] = "tab" if sample.separator == "\t" else sample.separator
    if sample.encoding is not None and sample.encoding.value != "utf-8":
        entries["encoding"] = sample.encoding.value
    if sample.skip:
        entries["skip"] = sample.skip
    numbers = {n: number_form(_cells(sample, p)) for n, p in places.items() if fields[n].type in _NUMBERS}
    entries |= _marks(draft, numbers)
    for kind, key in ((FieldType.DAY, "dates"), (FieldType.INSTANT, "instants")):
        form = _usual_form(usual, kind)
        if form:
            entries[key] = form
    state = draft.checks.state.name if draft.checks else ""  # there, 'unknown' says something
    nothing = sorted({w for n, p in places.items() if n != state for w in nothing_in(sample.column(p))})
    if nothing:
        entries["missing"] = ["", *nothing]
    words = [booleans(_cells(sample, p)) for n, p in places.items() if fields[n].type is FieldType.BOOLEAN]
    for key, found in (("true", 0), ("false", 1)):
        said = sorted({word for pair in words if pair for word in pair[found]})
        if said and not set(said) <= {"true", "yes", "1", "false", "no", "0"}:
            entries[key] = said
    if not entries:
        return []
    return ["dialect:", *(f"  {key}: {_scalar(value)}" for key, value in entries.items())]


def _marks(draft: _Draft, numbers: Mapping[str, NumberForm | None]) -> dict[str, str]:
    """The marks of numbers that are not plain; a person decides where columns disagree."""
    said = {form for form in numbers.values() if form and (form.decimal, form.thousands) != (".", "none")}
    if len(said) > 1:
        draft.undecided.append(f"how are the numbers of {', '.join(sorted(numbers))} written? They differ.")
    if len(said) != 1:
        return {}
    (form,) = said
    entries = {"decimal": form.decimal} if form.decimal != "." else {}
    return entries | ({"thousands": form.thousands} if form.thousands != "none" else {})


def _key(sample: FileSample, draft: _Draft, places: Mapping[str, int]) -> list[str]:
    """The key, where a field of the role numbers the rows; rows that share a number may be events."""
    if "number" not in places or draft.role is not Role.REQUESTS:
        return []
    cells = sample.column(places["number"])
    different = len(set(cells))
    if different == len(sample.rows):
        return ["key: [number]"]
    if different < len(cells):
        draft.undecided.append(
            f"'{sample.headings[places['number']]}' has {different} values in {len(cells)} rows: are the rows events of a "
            "case (declare 'events') or duplicates (declare 'key' and 'duplicates')?"
        )
    return []


def _column(
    sample: FileSample,
    catalogue: Catalogue,
    presets: Sequence[Preset],
    draft: _Draft,
    known: RoleField,
    place: int,
    form: str | None,
) -> list[str]:
    """The lines of a field: its heading, its dates if they differ, its words."""
    heading = sample.headings[place]
    entries: dict[str, Any] = {} if heading == known.name else {"column": heading}
    if known not in FIELDS[draft.role]:
        entries["type"] = known.type.value
    if form is not None and form != ISO:
        entries["dates"] = form
    bounds = _SCALE.search(heading)
    if known.name == "score" and bounds:
        entries["scale"] = [int(bounds[1]), int(bounds[2])]
    mapped, unknown = _words(sample, catalogue, presets, known, place)
    lines = [f"  {known.name}:"] if mapped or unknown else [f"  {known.name}: {_flow(entries)}"]
    if not (mapped or unknown):
        return lines
    lines += [f"    {key}: {_scalar(value)}" for key, value in entries.items()]
    if mapped:
        lines += ["    values:", *(f"      {_scalar(word)}: {_scalar(m)}" for word, m in mapped.items())]
    if unknown:
        rows = sum(count for _, count, _ in unknown)
        draft.undecided.append(
            f"{times(len(unknown), 'word')} of '{heading}', in {times(rows, 'row')}, without a meaning here: "
            + ", ".join(f"'{word}' ({count})" for word, count, _ in unknown[:5])
            + (", …" if len(unknown) > 5 else "")
        )
        lines += [] if mapped else ["    # values:"]
        lines += [
            f"    #   {_scalar(word)}: {near or '?'}  # {times(count, 'row')}"
            for word, count, near in unknown[:_MOST_WORDS]
        ]
    if not entries and not mapped:
        lines[0] = f"  {known.name}: {{}}"
    return lines


def _words(
    sample: FileSample, catalogue: Catalogue, presets: Sequence[Preset], known: RoleField, place: int
) -> tuple[dict[str, str], list[tuple[str, int, str]]]:
    """The words of a column that mean something else here, and those that mean nothing yet, with count and nearest name."""
    if known.type in NAMED:
        meanings = dict(names_of(catalogue, known.type.value))
        understood = frozenset(meanings)
    elif known.words:
        said = [pair for p in reversed(presets) for pair in p.words.get(known.name, {}).items()]
        meanings = {w: m for w, m in said if m in known.words} | {fold(w): w for w in known.words}
        understood = frozenset(map(fold, known.words))
    else:
        return {}, []
    mapped, unknown = {}, []
    for word, count in sorted(Counter(_cells(sample, place)).items(), key=lambda item: (-item[1], item[0])):
        meaning = meanings.get(fold(word))
        if meaning is None:
            last = fold(re.split(r"[>/|]", word)[-1])  # of a path of categories
            near = get_close_matches(fold(word), meanings, 1) or get_close_matches(last, meanings, 1)
            unknown.append((word, count, meanings[near[0]] if near else ""))
        elif fold(word) not in understood:
            mapped[word] = meaning
    return mapped, unknown


def _flow(entries: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in entries.items()) + "}"


def _scalar(value: Any) -> str:
    """A value as YAML on one line, quoted where it must be."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_scalar(part) for part in value) + "]"
    if not isinstance(value, str):
        return str(value)
    plain = re.fullmatch(r"[^\W\d_][\w .'’/()%°-]*", value) and value == value.strip()
    if plain and value.lower() not in ("true", "false", "yes", "no", "null", "on", "off"):
        return value
    return yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style='"').strip()
