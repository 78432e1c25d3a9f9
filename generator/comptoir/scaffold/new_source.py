"""A new source: what can be seen of a data file, presets and a catalogue in; a commented YAML file, and what it leaves to decide, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from comptoir.measure.reading.keeping import times
from comptoir.measure.reading.sampling import FileSample
from comptoir.model.catalogue import Catalogue
from comptoir.model.gathering import SPAN
from comptoir.model.roles import FIELDS, FieldType, Role, RoleField
from comptoir.scaffold.checks import CheckColumns, checks_in
from comptoir.scaffold.columns import (
    ISO,
    NumberForm,
    agreed_marks,
    booleans,
    cells_of,
    date_forms,
    duration_forms,
    fits,
    nothing_in,
    number_form,
    units_of,
    without_units,
    words_of_no_row,
)
from comptoir.scaffold.identifiers import label_of, nearest_identifier
from comptoir.scaffold.meanings import meanings_of, words_of
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
    leave_out: tuple[str, ...] = ()

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
    none = words_of_no_row(sample.headings, sample.rows)
    if none:
        rows = tuple(row for row in sample.rows if not {cell.strip() for cell in row} & set(none))
        left, sample = len(sample.rows) - len(rows), replace(sample, rows=rows)
    draft = _Draft(role, _find_places(sample, role, presets), leave_out=none)
    if none:
        said = " or ".join(f"'{word}'" for word in none)
        draft.undecided.append(
            f"{times(left, 'row')} with {said} left out, as totals or headings that "
            "stand again ('leave_out'): are they?"
        )
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
            texts: dict[str, str] = {}
            for name, place in questions:
                own = f"{identifier}-{nearest_identifier(name)[:20].strip('-')}"
                text = _write(file, sample, catalogue, presets, draft, (name, place))
                texts[own if own not in texts else f"{own}-{len(texts) + 1}"] = text
            return _result(texts, draft)
    return _result({identifier: _write(file, sample, catalogue, presets, draft, None)}, draft)


def _result(texts: Mapping[str, str], draft: _Draft) -> NewSource:
    files = {f"indicators/sources/{name}.yaml": text for name, text in texts.items()}
    return NewSource(files, tuple(dict.fromkeys(draft.undecided)))


def _find_places(sample: FileSample, role: Role, presets: Sequence[Preset]) -> dict[str, int]:
    """The column of each field that a heading names: by the presets in their order, the columns that fit first."""
    headings = [fold(heading.removesuffix(" (1)")) for heading in sample.headings]
    places: dict[str, int] = {}
    for known in FIELDS[role]:
        wanted = [
            known.name,
            *(h for preset in presets for h in preset.headings.get(role, {}).get(known.name, ())),
        ]
        found = [
            headings.index(h) for h in wanted if h in headings and headings.index(h) not in places.values()
        ]
        fitting = [place for place in found if fits(cells_of(sample, place), known.type)]
        if fitting or found:
            places[known.name] = (fitting or found)[0]
    return places


def _questions(sample: FileSample, draft: _Draft, presets: Sequence[Preset]) -> list[tuple[str, int]]:
    """The columns of a survey that hold scores: what each asks, and its place."""
    found: list[tuple[str, int]] = []
    words = [(w, m) for preset in presets for w, m in preset.words.get("question", {}).items()]
    for place, heading in enumerate(sample.headings):
        cells = cells_of(sample, place)
        scores = [c for c in without_units(cells, units_of(cells)) if number_form([c])]
        scores = scores or [cell for cell in cells if fold(cell) in meanings_of(presets, "score")]
        if place in draft.places.values() or len(scores) < max(1, 0.9 * len(cells)) or len(set(scores)) > 30:
            continue
        taken = {name for name, _ in found}
        meaning = next((m for w, m in words if w in fold(heading) and m not in taken), "")
        found.append((meaning or nearest_identifier(heading)[:40].strip("-"), place))
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
    name = _scalar((label if question is None else f"{label} – {sample.headings[question[1]]}")[:80])
    languages = catalogue.organisation.languages
    if len(languages) > 1:
        name = "{" + ", ".join(f"{language}: {name}" for language in languages) + "}"
    lines = [
        f"# Begun by 'comptoir new source' from {file}: {times(len(sample.rows), 'row')}{'' if sample.complete else ' and more'}.",
        f"role: {draft.role}",
        f"name: {name}",
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
    cells, heading = cells_of(sample, place), sample.headings[place]
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
    entries |= _marks(sample, draft, [p for n, p in places.items() if fields[n].type in _NUMBERS])
    for kind, key in ((FieldType.DAY, "dates"), (FieldType.INSTANT, "instants")):
        form = _usual_form(usual, kind)
        if form:
            entries[key] = form
    state = draft.checks.state.name if draft.checks else ""  # there, 'unknown' says something
    nothing = sorted({w for n, p in places.items() if n != state for w in nothing_in(sample.column(p))})
    if nothing:
        entries["missing"] = ["", *nothing]
    words = [booleans(cells_of(sample, p)) for n, p in places.items() if fields[n].type is FieldType.BOOLEAN]
    for key, found in (("true", 0), ("false", 1)):
        said = sorted({word for pair in words if pair for word in pair[found]})
        if said and not set(said) <= {"true", "yes", "1", "false", "no", "0"}:
            entries[key] = said
    if draft.leave_out:
        entries["leave_out"] = draft.leave_out
    if not entries:
        return []
    return ["dialect:", *(f"  {key}: {_scalar(value)}" for key, value in entries.items())]


def _marks(sample: FileSample, draft: _Draft, places: Sequence[int]) -> dict[str, Any]:
    """The marks of numbers that are not plain, and what stands beside them; a person decides where columns disagree."""
    numbers: dict[str, NumberForm | None] = {}
    units: set[str] = set()
    for place in places:
        cells, heading = cells_of(sample, place), sample.headings[place]
        beside = units_of(cells)
        if len(beside) > 1:
            said_units = " and ".join(f"'{unit}'" for unit in beside)
            draft.undecided.append(f"'{heading}' holds numbers of {said_units}: which of them are added up?")
        numbers[heading] = number_form(without_units(cells, beside))
        units |= set(beside) if numbers[heading] and len(beside) == 1 else set()
    marks = agreed_marks([form for form in numbers.values() if form])
    if marks is None:
        draft.undecided.append(f"how are the numbers of {', '.join(sorted(numbers))} written? They differ.")
    return (marks or {}) | ({"units": sorted(units)} if units else {})


def _key(sample: FileSample, draft: _Draft, places: Mapping[str, int]) -> list[str]:
    """The key, where a field of the role numbers the rows; rows that share a number may be events."""
    if "number" not in places or draft.role is not Role.REQUESTS:
        return []
    cells = sample.column(places["number"])
    different = len(set(cells))
    if different == len(sample.rows):
        return ["key: [number]"]
    if different < len(cells):
        unused = [place for place in range(len(sample.headings)) if place not in places.values()]
        moment = next((p for p in unused if date_forms(cells_of(sample, p), FieldType.INSTANT)), None)
        order = (
            f", such as events: {{key: [number], order: [updated]}} with the column updated: {{column: "
            f"{_scalar(sample.headings[moment])}, type: instant}}"
            if moment is not None
            else ""
        )
        draft.undecided.append(
            f"'{sample.headings[places['number']]}' has {different} values in {len(cells)} rows: are the rows events of a "
            f"case (declare 'events'{order}) or duplicates (declare 'key' and 'duplicates')?"
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
    if known.type in _NUMBERS:
        forms = duration_forms(cells_of(sample, place))
        entries |= {"duration": forms[0].value} if len(forms) == 1 else {}
        if len(forms) > 1:
            example = cells_of(sample, place)[0]
            draft.undecided.append(
                f"is '{example}' in '{heading}' {' or '.join(forms)}? Say it with 'duration'."
            )
    bounds = _SCALE.search(heading)
    if known.name == "score" and bounds:
        entries["scale"] = [int(bounds[1]), int(bounds[2])]
    mapped, unknown = words_of(sample, catalogue, presets, known, place)
    lines = [f"  {known.name}:"] if mapped or unknown else [f"  {known.name}: {_flow(entries)}"]
    if not (mapped or unknown):
        return lines
    lines += [f"    {key}: {_scalar(value)}" for key, value in entries.items()]
    if known.name == "score" and mapped:
        said = ", ".join(f"'{word}' {score}" for word, score in mapped.items())
        draft.undecided.append(f"the words of '{heading}' are scored {said}: is that your scale?")
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
        if rest := unknown[_MOST_WORDS:]:
            lines.append(f"    #   and {times(len(rest), 'word')} more")
    if not entries and not mapped:
        lines[0] = f"  {known.name}: {{}}"
    return lines


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
