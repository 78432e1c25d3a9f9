"""An import: files of another tool and a project in, the files to write and what is to be said about them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from comptoir.model.catalogue import KIND_BY_NAME, Catalogue
from comptoir.moving.backstage import read_backstage
from comptoir.moving.headings import read_tool, tools_with_tables
from comptoir.moving.mapping import map_records
from comptoir.moving.merging import merge, new_text
from comptoir.moving.openslo import read_openslo
from comptoir.moving.placing import ORIGIN, PlacedEntity, place_portfolio
from comptoir.moving.tables import ForeignRecord, read_records
from comptoir.moving.types import Portfolio
from comptoir.problems import ContentError, Problem, errors

_DOCUMENTS: Final = {"backstage": read_backstage, "openslo": read_openslo}
TOOLS: Final = tuple(sorted((*_DOCUMENTS, *tools_with_tables())))
_LOOKED_AT: Final = 200_000  # bytes by which a YAML file is recognised


@dataclass(frozen=True, slots=True)
class Import:
    """`new` and `changed` files with their texts; sentences for people on the rest, and problems that stop nothing."""

    new: Mapping[str, str]
    changed: Mapping[str, str]
    unchanged: int
    conflicts: tuple[str, ...]
    to_complete: tuple[str, ...]
    lost: tuple[str, ...]
    problems: tuple[Problem, ...]


def recognise(path: Path) -> str:
    """The tool that wrote a file, by its name and its first lines; '' where nothing tells."""
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml"):
        with path.open("rb") as stream:
            head = stream.read(_LOOKED_AT)
        return "backstage" if b"backstage.io/" in head else "openslo" if b"openslo" in head else ""
    if suffix in (".xml", ".json"):
        return {".xml": "itop", ".json": "glpi"}[suffix]
    records, _ = read_records(path)
    headings = dict.fromkeys(heading for record in records for heading in record.texts)
    score = {
        name: max(known.score(headings) for known in read_tool(name).classes.values())
        for name in tools_with_tables()
    }
    best = max(score, key=lambda name: (score[name], name == "spreadsheet"))
    return best if score[best] else ""


def bring(
    paths: Sequence[Path], tool: str, project: Path, catalogue: Catalogue, language: str, today: date
) -> Import:
    """What an import of `paths`, all of one `tool` (of TOOLS), would write. Raises ContentError for files with errors."""
    portfolio = _read(paths, tool)
    if errors(portfolio.problems):
        raise ContentError(portfolio.problems)
    placed, left = place_portfolio(portfolio, catalogue, tool, language, today)
    new: dict[str, str] = {}
    changed: dict[str, str] = {}
    conflicts: list[str] = []
    to_complete: list[str] = []
    unchanged = 0
    origin = ", ".join(path.name for path in paths)
    for one in placed:
        file = f"{KIND_BY_NAME[one.kind].place}{one.id}.yaml"
        if one.id not in catalogue.of_kind(one.kind):
            new[file] = new_text(one, tool, origin)
            to_complete += [f"{file}: {sentence}" for sentence in one.to_complete]
            continue
        text = (project / file).read_text("utf-8")
        merged = merge(one, tool, text)
        conflicts += [f"{file}: {key} was changed here and there; yours stays" for key in merged.conflicts]
        if merged.text == text:
            unchanged += 1
        else:
            changed[file] = merged.text
    lost = (*portfolio.lost, *left, *_gone(placed, catalogue, tool))
    return Import(new, changed, unchanged, tuple(conflicts), tuple(to_complete), lost, portfolio.problems)


def _read(paths: Sequence[Path], tool: str) -> Portfolio:
    if tool in _DOCUMENTS:
        read = [_DOCUMENTS[tool](path) for path in paths]
        return Portfolio(
            tuple({(b.kind, b.origin): b for one in read for b in one.brought}.values()),
            tuple(problem for one in read for problem in one.problems),
            tuple(sentence for one in read for sentence in one.lost),
        )
    records: list[ForeignRecord] = []
    problems: list[Problem] = []
    for path in paths:
        found, unread = read_records(path)
        records += found
        problems += unread
    portfolio = map_records(records, read_tool(tool))
    return Portfolio(portfolio.brought, (*problems, *portfolio.problems), portfolio.lost)


def _gone(placed: Sequence[PlacedEntity], catalogue: Catalogue, tool: str) -> list[str]:
    """What an earlier import of the same tool wrote and this one does not hold: nothing is deleted."""
    present = {(one.kind, one.id) for one in placed}
    found = []
    for kind, entity in catalogue.entities():
        origin = entity.own_values.get(ORIGIN)
        if isinstance(origin, dict) and origin.get("tool") == tool and (kind.name, entity.id) not in present:
            found.append(f"{entity.file}: no longer in the export; it stays")
    return found
