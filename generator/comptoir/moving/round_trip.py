"""A workbook that was exported, edited and comes back: changed cells only go into the YAML, where nobody changed them since."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml.comments import CommentedMap

from comptoir.measure.reading.workbooks import WorkbookError, read_rows
from comptoir.model.base import OWN
from comptoir.model.catalogue import Catalogue
from comptoir.model.own_fields import own_model
from comptoir.model.services import Service
from comptoir.moving.headings import fold_heading, read_tool
from comptoir.moving.merging import dump_yaml, for_yaml, load_yaml
from comptoir.moving.offer_table import COPY, OfferColumn, offer_cell, offer_columns, offer_fields
from comptoir.moving.values import convert
from comptoir.problems import ContentError, Location, Problem, Severity
from comptoir.wording import language as speak
from comptoir.wording import spoken_languages

_MOST_ROWS: Final = 20_000
_MIDNIGHT: Final = re.compile(r"^(\d{4}-\d\d-\d\d)[T ]00:00(:00)?$")
CellTable = Mapping[str, Mapping[str, str]]  # identifier → heading → text


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell that was edited: of which service, in which column, the text before and now, and its place."""

    service: str
    column: OfferColumn
    before: str
    now: str
    where: Location


@dataclass(frozen=True, slots=True)
class Returned:
    """Files to change with their texts; conflicts and rows that did not come back, in sentences; problems of cells."""

    changed: Mapping[str, str]
    conflicts: tuple[str, ...]
    lost: tuple[str, ...]
    problems: tuple[Problem, ...]


def is_exported(path: Path) -> bool:
    """True for a workbook that `comptoir export` wrote."""
    if path.suffix.lower() != ".xlsx" or not zipfile.is_zipfile(path):
        return False
    try:
        return bool(read_rows(path, 1, COPY))
    except WorkbookError:
        return False


def bring_back(path: Path, project: Path, catalogue: Catalogue) -> Returned:
    """What the edits of a workbook change in the project. Raises ContentError when the workbook cannot be read."""
    edits, lost = _edits(path, catalogue)
    changed: dict[str, str] = {}
    conflicts: list[str] = []
    problems: list[Problem] = []
    by_service: dict[str, list[CellEdit]] = {}
    for edit in edits:
        by_service.setdefault(edit.service, []).append(edit)
    for identifier, its in by_service.items():
        service = catalogue.services[identifier]
        kept = []
        for edit in its:
            current = _as_text(offer_cell(service, edit.column))
            if current == edit.now:
                continue
            if current != edit.before:
                conflicts.append(
                    f"{service.file}: {edit.column.heading} was changed here and in the workbook; yours stays"
                )
            else:
                kept.append(edit)
        if kept:
            text, unread = _apply(kept, service, (project / service.file).read_text("utf-8"), catalogue)
            problems += unread
            changed[service.file] = text
    return Returned(changed, tuple(conflicts), lost, tuple(problems))


def _edits(path: Path, catalogue: Catalogue) -> tuple[list[CellEdit], tuple[str, ...]]:
    try:
        now, lines = _table(read_rows(path, _MOST_ROWS))
        before, _ = _table(read_rows(path, _MOST_ROWS, COPY))
    except WorkbookError as error:
        raise ContentError([Problem(Location(path.name), "file-format", str(error), error.hint)]) from error
    columns = {column.heading: column for column in _columns(before, catalogue)}
    edits = []
    lost = [f"{name}: its row did not come back; the service stays" for name in before if name not in now]
    for identifier, cells in now.items():
        if identifier not in catalogue.services or identifier not in before:
            lost.append(f"'{identifier}': no service of this export; 'comptoir new service' begins one")
            continue
        for heading, column in columns.items():
            if heading in cells and cells[heading] != before[identifier].get(heading, ""):
                where = Location(path.name, lines[identifier])
                edits.append(
                    CellEdit(identifier, column, before[identifier].get(heading, ""), cells[heading], where)
                )
    return edits, tuple(lost)


def _table(rows: Sequence[tuple[str, ...]]) -> tuple[CellTable, dict[str, int]]:
    """The rows by identifier, and the line of each."""
    headings = [heading.strip() for heading in rows[0]] if rows else []
    ids = {
        fold_heading(speak(code).say(c.field.label))
        for code in spoken_languages()
        for c in offer_columns(speak(code), ("fr",))
        if c.field.path == "id"
    }
    place = next((n for n, heading in enumerate(headings) if fold_heading(heading) in ids), None)
    if place is None:
        raise WorkbookError("the column of identifiers is gone: export the workbook again, and keep it")
    table, lines = {}, {}
    for line, row in enumerate(rows[1:], start=2):
        identifier = row[place].strip() if place < len(row) else ""
        if identifier:
            table[identifier] = {
                h: _without_midnight(cell) for h, cell in zip(headings, row, strict=False) if h
            }
            lines[identifier] = line
    return table, lines


def _without_midnight(cell: str) -> str:
    """A day, which workbooks keep as the instant when it begins."""
    return _MIDNIGHT.sub(r"\1", cell.strip())


def _columns(table: CellTable, catalogue: Catalogue) -> tuple[OfferColumn, ...]:
    """The columns as they were exported, in whichever language that was."""
    headings = set(next(iter(table.values()), {}))
    languages = catalogue.organisation.languages
    spoken = (speak(code) for code in spoken_languages())
    return max(
        (offer_columns(one, languages, offer_fields(catalogue, one)) for one in spoken),
        key=lambda columns: sum(column.heading in headings for column in columns),
    )[1:]


def _as_text(cell: Any) -> str:
    """A cell as the reader of workbooks gives it back."""
    if cell is None:
        return ""
    return str(cell).strip() if not hasattr(cell, "normalize") else f"{cell.normalize():f}"


def _apply(
    edits: Sequence[CellEdit], service: Service, text: str, catalogue: Catalogue
) -> tuple[str, list[Problem]]:
    content = load_yaml(text)
    problems = []
    words = read_tool("spreadsheet").words
    for edit in edits:
        path, language = edit.column.field.path, edit.column.language
        if not edit.now:
            _remove(content, path, language)
            continue
        model = own_model(catalogue.fields.values(), "service") if path.startswith(OWN) else Service
        converted = convert(model, path, edit.now, words.get(path, {}))
        if converted.problem:
            message = f"'{edit.column.heading}': {converted.problem}"
            problems.append(Problem(edit.where, "import-value", message, converted.hint, Severity.WARNING))
        elif isinstance(converted.value, list) and language:
            problem = _put_list(content, path, language, converted.value, catalogue.organisation.languages)
            if problem:
                message = f"'{edit.column.heading}': {problem}"
                problems.append(Problem(edit.where, "import-value", message, "", Severity.WARNING))
        else:
            _put(content, path, language, for_yaml(converted.value), catalogue.organisation.languages)
    return dump_yaml(content, text), problems


def _owner(content: CommentedMap, path: str) -> tuple[CommentedMap, str]:
    """The mapping that holds the last step of a path, made where it is missing."""
    *above, last = path.split(".")
    for step in above:
        if not isinstance(content.get(step), CommentedMap):
            content[step] = CommentedMap()
        content = content[step]
    return content, last


def _put(content: CommentedMap, path: str, language: str, value: Any, languages: Sequence[str]) -> None:
    owner, key = _owner(content, path)
    if not language:
        owner[key] = value
        return
    owner[key] = _with_language(owner.get(key), language, value, languages)


def _with_language(present: Any, language: str, value: Any, languages: Sequence[str]) -> Any:
    """A text with its words in one language replaced; those of the others stay."""
    if isinstance(present, CommentedMap):
        present[language] = value
        return present
    if len(languages) == 1:
        return value
    return CommentedMap({code: value if code == language else present or value for code in languages})


def _put_list(
    content: CommentedMap, path: str, language: str, items: list[str], languages: Sequence[str]
) -> str:
    """Replace the items of a list in one language; why that cannot be done, or ''."""
    owner, key = _owner(content, path)
    present = owner.get(key) or []
    if len(languages) > 1 and len(items) < len(present):
        return f"{len(present)} items became {len(items)}: which one goes, in every language, is for the YAML to say"
    for place, item in enumerate(items):
        if place < len(present):
            present[place] = _with_language(present[place], language, item, languages)
        else:
            present.append(_with_language(None, language, item, languages))
    del present[len(items) :]
    owner[key] = present
    return ""


def _remove(content: CommentedMap, path: str, language: str) -> None:
    owner, key = _owner(content, path)
    if language and isinstance(owner.get(key), CommentedMap):
        owner[key].pop(language, None)
        if owner[key]:
            return
    owner.pop(key, None)
    if owner is not content and not owner:
        content.pop(path.partition(".")[0], None)
