"""What reading takes and gives: folders and known names in, tables of the engine and what was left out of them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from comptoir.model.metrics import Source
from comptoir.model.roles import NAMED, FieldType, Role, known_words
from comptoir.problems import Location
from comptoir.sources.data_files import DATA_FOLDER
from comptoir.spaces import fold
from comptoir.store import Store

SQL_TYPES: Final[Mapping[FieldType, str]] = {
    FieldType.TEXT: "VARCHAR",
    FieldType.SERVICE: "VARCHAR",
    FieldType.SEGMENT: "VARCHAR",
    FieldType.CLIENT: "VARCHAR",
    FieldType.PARTNER: "VARCHAR",
    FieldType.INSTANT: "TIMESTAMP",  # in UTC
    FieldType.DAY: "DATE",
    FieldType.INTEGER: "BIGINT",
    FieldType.NUMBER: "DECIMAL(18, 6)",
    FieldType.BOOLEAN: "BOOLEAN",
}
TEXTUAL: Final = (FieldType.TEXT, *NAMED)  # any text will do


class Exclusion(StrEnum):
    """Why a row of a file is in no table."""

    CELLS = "cells"  # it has too few or too many cells, or a quotation that is not closed
    UNREADABLE = "unreadable"  # a value is not what its field holds
    FILTERED = "filtered"  # `where` of the source does not keep it
    REQUIRED = "required"  # a field that the role needs is empty
    NO_KEY = "no-key"  # a field of the key is empty, so that nothing tells it from a duplicate
    GATHERED = "gathered"  # an event or a check: of its case, or its span, there is one row
    DUPLICATE = "duplicate"  # another row of the same key was kept
    BACKWARDS = "backwards"  # an end comes before its start
    OFF_SCALE = "off-scale"  # a value is not one that its scale has
    UNKNOWN_SERVICE = "unknown-service"  # an outage of a service that the catalogue does not have


@dataclass(frozen=True, slots=True)
class Names:
    """Identifiers that services, segments, clients and partners of the files may have.

    `spelled`: folded name → the identifier that it stands for; the identifiers alone where there is no such table.
    `asked`: a role or a source, and a field → the words that definitions compare it with, besides those of the role.
    `segment_of`: a client → its segment, for rows that name none.
    """

    services: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    clients: frozenset[str] = frozenset()
    asked: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    segment_of: Mapping[str, str] = field(default_factory=dict)
    partners: frozenset[str] = frozenset()
    spelled: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_requests: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def words_of(self, source: Source, name: str) -> frozenset[str]:
        """The words of a closed list that a field may hold; none where any text will do."""
        own = known_words(source.role, name) | frozenset(self.spellings(source, name).values())
        spelled = {fold(word) for word in own}
        asked = (self.asked.get((table, name), frozenset()) for table in (source.role.value, source.id))
        return own and own | {word for words in asked for word in words if fold(word) not in spelled}

    def spellings(self, source: Source, name: str) -> Mapping[str, str]:
        """Folded word → the one that it stands for, of what the project itself names in a field of text."""
        return self.of_requests.get(name, {}) if source.role is Role.REQUESTS else {}

    def of(self, kind: FieldType) -> frozenset[str]:
        """Those of the kind of a field. Raises KeyError for a field that holds no name of the catalogue."""
        return {
            FieldType.SERVICE: self.services,
            FieldType.SEGMENT: self.segments,
            FieldType.CLIENT: self.clients,
            FieldType.PARTNER: self.partners,
        }[kind]

    def meanings(self, kind: FieldType) -> Mapping[str, str]:
        """Folded name → identifier, of the names of the kind of a field. Raises KeyError like `of`."""
        return self.spelled.get(kind.value) or {fold(name): name for name in self.of(kind)}


@dataclass(frozen=True, slots=True)
class Places:
    """Where files are: the folder of data, how problems name it, and where typed rows are kept, if anywhere.

    Smaller files than `least_cached` bytes are read as fast from themselves.
    """

    data: Path
    shown: str = DATA_FOLDER
    store: Store | None = None
    least_cached: int = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its name below the folder of data, SHA-256 of its bytes, and the rows that it holds."""

    source: str
    path: str
    sha256: str
    rows: int
    from_cache: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class SourceRowsLeftOut:
    """Rows of a source that are in no table, and why; each is a row of the table `excluded`."""

    source: str
    reason: Exclusion
    rows: int


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the catalogue does not have, or a word that a closed list does not have, and how many rows hold it."""

    source: str
    field: str
    kind: FieldType
    name: str
    rows: int
    location: Location

    @property
    def what(self) -> str:
        """What it would be, in words."""
        return self.kind.value if self.kind in NAMED else f"word of '{self.field}'"


@dataclass(frozen=True, slots=True)
class Tables:
    """What the engine holds after reading.

    `source_<id>` is a table a source, with its fields, `_file` and `_line`; each role but `other` is a view of that
    name, with every field of the role, the free fields of its sources, `_source`, `_file` and `_line`. `excluded`
    (source, file, line, reason, detail) has a row for each row left out. `kept` counts the rows of each source and
    `days` are the first and the last on which a source has a row. `roles` gives its role, `derived` those whose segments are their clients'; `fields` are those of a role or of a source: what an expression over it may name.
    """

    files: tuple[SourceFile, ...]
    kept: Mapping[str, int]
    left_out: tuple[SourceRowsLeftOut, ...]
    unknown: tuple[UnknownName, ...]
    roles: Mapping[str, Role]
    fields: Mapping[str, Mapping[str, FieldType]]
    derived: tuple[str, ...] = ()
    days: Mapping[str, tuple[date, date]] = field(default_factory=dict)

    def relation(self, name: str) -> str:
        """The table or view of a role or of a source, as SQL names it. Raises KeyError for any other name."""
        if name not in self.fields:
            raise KeyError(name)
        return name if name in ROLES else table_of(name)

    def files_of(self, name: str) -> tuple[SourceFile, ...]:
        """The files that the table of a source, or the view of a role, is made of."""
        return tuple(file for file in self.files if name in (file.source, self.roles[file.source].value))


ROLES: Final = frozenset(role.value for role in Role if role is not Role.OTHER)


def table_of(source: str) -> str:
    """The table of a source. Identifiers are kebab-case, so that no two give the same name."""
    return "source_" + source.replace("-", "_")


def watched_of(source: str) -> str:
    """The table that says when the services of a source of checks were watched: service, since, until."""
    return "watched_" + source.replace("-", "_")
