"""A source finds its files, reads each column once for each field, and names nothing that the catalogue lacks: a
constant, or the meaning of a word, that stands for a service, segment or client is one of them. Sources of the same
role agree on the types of their free fields. Only the one source of a role may be called as the role.

Passes::

    # indicators/sources/tickets.yaml
    role: requests
    name: {fr: Demandes, en: Tickets}
    files: [tickets.csv]
    columns:
      opened: {}
      service: {values: {messagerie: mail}}
    # indicators/data/tickets.csv
    opened,service
    2026-07-01T09:30,messagerie

Fails::

    # indicators/sources/tickets.yaml
    role: requests
    name: {fr: Demandes, en: Tickets}
    files: [tickets.csv]
    columns:
      opened: {}
      service: {values: {messagerie: mial}}
    # indicators/data/tickets.csv
    opened,service
    2026-07-01T09:30,messagerie
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.metrics import Source
from comptoir.model.names import nearest_name
from comptoir.model.roles import NAMED, Role
from comptoir.problems import Location, Problem, Severity, suggest
from comptoir.sources.data_files import DATA_FOLDER, RENAME, RULE_NAME, as_seen, match_files

RULE: Final = "source"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Patterns without files, files without source, unknown names, words that mean nothing, and types that contradict each other."""
    for source in catalogue.sources.values():
        for index, pattern in enumerate(source.files):
            if not match_files(pattern, catalogue.data):
                message = f"no file of the data folder is called '{pattern}'"
                hint = "'comptoir fetch' brings it" if source.fetch else suggest(pattern, catalogue.data)
                yield Problem(source.locate("files", index), RULE, message, hint)
        yield from _check_names(catalogue, source)
    yield from _check_types(catalogue)
    yield from _check_unread(catalogue)
    yield from _check_roles(catalogue)
    yield from _check_twice(catalogue)


def _check_unread(catalogue: Catalogue) -> Iterator[Problem]:
    """Files of data that no source reads, and, as errors, those whose names only seem to be what a source reads."""
    patterns = sorted({pattern for source in catalogue.sources.values() for pattern in source.files})
    if not patterns:
        return
    read = {name for pattern in patterns for name in match_files(pattern, catalogue.data)}
    for name in sorted(catalogue.data - read):
        where = Location(f"{catalogue.data_folder}/{name}")
        near = next((pattern for pattern in patterns if match_files(as_seen(pattern), [as_seen(name)])), None)
        if near is None:
            if (
                catalogue.data_folder == DATA_FOLDER
            ):  # another folder may hold the files of other projects too
                hint = suggest(name, patterns)
                yield Problem(where, RULE_NAME, "no source reads this file", hint, Severity.WARNING)
        else:
            message = f"no source reads this file: its name only looks like '{near}' {_differing(name)}"
            yield Problem(where, RULE_NAME, message.rstrip(), RENAME)


def _differing(name: str) -> str:
    """The characters of a name that are not what they seem, in words."""
    odd = [c for c in name if as_seen(f"x{c}x") != f"x{c.casefold()}x"]
    return f"(it holds {', '.join(f'U+{ord(c):04X}' for c in dict.fromkeys(odd))})" if odd else ""


def _check_names(catalogue: Catalogue, source: Source) -> Iterator[Problem]:
    for field, column in source.columns.items():
        kind = source.type_of(field)
        known = catalogue.declared.get(str(kind))
        if kind not in NAMED or known is None:
            continue
        written: list[tuple[ValuePath, str]] = [
            (("columns", field, "values", word), meaning) for word, meaning in column.values.items()
        ]
        if column.constant is not None:
            written.append((("columns", field, "constant"), column.constant))
        for path, name in written:
            if name and name not in known:
                yield Problem(
                    source.locate(*path),
                    RULE,
                    f"unknown {kind} '{name}'",
                    nearest_name(catalogue, kind.value, name, known),
                )


def _check_roles(catalogue: Catalogue) -> Iterator[Problem]:
    """A source called as a role is all of that role: otherwise 'source: requests' would have two meanings."""
    for source in catalogue.sources.values():
        alike = [other.id for other in catalogue.sources.values() if other.role is source.role]
        if source.id in set(Role) and (
            source.id != source.role or alike != [source.id] or source.role is Role.OTHER
        ):
            message = f"'{source.id}' is the name of a role: what 'source: {source.id}' of a definition means would be unclear"
            yield Problem(source.locate(), RULE, message, "give the file another name")


def _check_twice(catalogue: Catalogue) -> Iterator[Problem]:
    """Two sources of a role that read the same columns of a file: its rows count twice, and tell people apart.

    Sources that each take their own rows, by 'where', or other columns of a wide survey, do not.
    """
    for first, second in combinations(catalogue.sources.values(), 2):
        if first.role is not second.role or first.role is Role.OTHER:
            continue
        if first.columns != second.columns or (first.where and second.where and first.where != second.where):
            continue
        both = _files_of(catalogue, first) & _files_of(catalogue, second)
        if both:
            message = f"'{min(both)}' is read by '{first.id}' as well: each of its rows counts twice in the role '{first.role}'"
            hint = (
                f"read it once, and let definitions choose by 'where', or give '{second.id}' the role other"
            )
            severity = Severity.ERROR if first.role is Role.SURVEYS else Severity.WARNING
            yield Problem(second.locate("files"), RULE, message, hint, severity)


def _files_of(catalogue: Catalogue, source: Source) -> frozenset[str]:
    return frozenset(name for pattern in source.files for name in match_files(pattern, catalogue.data))


def _check_types(catalogue: Catalogue) -> Iterator[Problem]:
    """Fields of the same role and name with another type than in the first source that has them."""
    first: dict[tuple[Role, str], Source] = {}
    for source in catalogue.sources.values():
        for field in source.columns:
            other = first.setdefault((source.role, field), source)
            if source.role is not Role.OTHER and other.type_of(field) is not source.type_of(field):
                message = (
                    f"'{field}' is of type '{source.type_of(field)}' here and of type "
                    f"'{other.type_of(field)}' in the source '{other.id}' of the same role"
                )
                yield Problem(source.locate("columns", field, key=True), RULE, message)
