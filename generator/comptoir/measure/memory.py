"""What the engine gave, kept from one build to the next: a catalogue, data and quarters in; the same figures again out.

An edit of words measures nothing again. What is kept is JSON, which runs nothing; what does not fit its types is not used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
from pydantic import BaseModel, ConfigDict, TypeAdapter, with_config
from pydantic_core import PydanticSerializationError

from comptoir.measure.observations import Observations
from comptoir.measure.reading import Places, Tables
from comptoir.measure.reading.examine import hash_file
from comptoir.measure.types import Measurement
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.names import names_of
from comptoir.periods import Period
from comptoir.problems import Problem
from comptoir.sources.data_files import list_data_files, match_files, recorded_hash
from comptoir.sources.name_pairs import NAMED_KINDS
from comptoir.store import Store

FORMAT: Final = 3
_WHOLE: Final = ("source", "indicator")  # problems point into these files
_ASKED: Final = ("family", "service", "agreement", "calendar", "segment", "client", "partner")


KeyMaker = Callable[[], str | None]
"""What gives the key of `key_of`, which takes a while to make; None where data cannot be read."""


AS_THEY_ARE: Final = ConfigDict(ser_json_inf_nan="constants")
"""JSON would write null for an infinite number."""


@with_config(AS_THEY_ARE)
@dataclass(frozen=True, slots=True)
class Taken:
    """What the engine gave: every measurement, the tables that it read, what it observed, and what it complained of."""

    measured: tuple[Measurement, ...]
    others: tuple[tuple[Measurement, ...], ...]
    quarters: tuple[Period, ...]
    tables: Tables
    observations: Observations
    problems: tuple[Problem, ...]


@cache
def taken_json() -> TypeAdapter[Taken]:
    """What is taken, as JSON and back: values of its types and no others."""
    return TypeAdapter(Taken)


@dataclass(frozen=True, slots=True)
class Memory:
    """Where what was taken is kept; `program` is another text for another version of the program. `held`: the last, not to be read again."""

    store: Store
    program: str
    held: dict[str, Taken] = field(default_factory=dict, repr=False)

    def recall(self, key: KeyMaker) -> Taken | None:
        """What was taken under that key; nobody asks for the key where nothing is kept."""
        name = None if self.store.is_empty() else key()
        if name and self._signed(name) in self.held:
            return self.held[self._signed(name)]
        kept = self.store.read(self._signed(name)) if name else None
        if kept is None or name is None:
            return None
        try:
            taken = taken_json().validate_json(kept, strict=True)
        except ValueError:
            return None
        self._hold(name, taken)
        return taken

    def keep(self, key: str, taken: Taken) -> None:
        """Keep what was taken under that key; not what names a file that no Unicode spells."""
        self._hold(key, taken)
        with suppress(PydanticSerializationError):
            self.store.write(self._signed(key), taken_json().dump_json(taken, exclude_defaults=True))

    def _hold(self, key: str, taken: Taken) -> None:
        self.held.clear()
        self.held[self._signed(key)] = taken

    def _signed(self, key: str) -> str:
        return f"{FORMAT} {duckdb.__version__} {self.program} {key}"


def key_of(catalogue: Catalogue, places: Places, quarters: Iterable[object], today: date) -> str:
    """Changes with whatever may change what the engine gives. Raises OSError for data that cannot be read.

    Words in one language or several are left out: nothing is measured by them, and they are what is edited most.
    """
    digest = hashlib.sha256()
    for part in _parts(catalogue, places, (*quarters, today)):
        digest.update(part.encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()


def data_state(catalogue: Catalogue, places: Places) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of each file of data: other ones when data were written meanwhile. Raises OSError."""
    states = ((name, path.stat()) for name, path in _data_files(catalogue, places).items())
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)


def _data_files(catalogue: Catalogue, places: Places) -> dict[str, Path]:
    data, _ = list_data_files(places.data, places.shown)
    patterns = {pattern for source in catalogue.sources.values() for pattern in source.files}
    return {
        name: data[name] for name in sorted({n for pattern in patterns for n in match_files(pattern, data)})
    }


def _parts(catalogue: Catalogue, places: Places, asked: tuple[object, ...]) -> Iterator[str]:
    yield repr(asked)
    yield from _values(catalogue.organisation)
    for kind in _ASKED:
        for name, entity in catalogue.of_kind(kind).items():
            yield f"{kind} {name}"
            yield from _values(entity)
    for kind in _WHOLE:
        for name, entity in catalogue.of_kind(kind).items():
            yield f"{kind} {name} {entity.file} {entity.sha256}"
    for kind in NAMED_KINDS:
        yield repr(sorted(names_of(catalogue, kind).items()))
    for quarter, record in catalogue.closed.items():
        yield f"{quarter} {record.model_dump_json()}"
    data, _ = list_data_files(places.data, places.shown)
    yield " ".join((places.shown, *data))
    for name, path in _data_files(catalogue, places).items():
        yield f"{name} {hash_file(path)} {recorded_hash(path)}"


def _values(value: Any) -> Iterator[str]:
    """Everything that a part of the catalogue holds but its words."""
    if isinstance(value, Text):
        return
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield name
            yield from _values(getattr(value, name))
    elif isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield str(key)
            yield from _values(value[key])
    elif isinstance(value, (tuple, list)):
        yield str(len(value))
        for item in value:
            yield from _values(item)
    elif isinstance(value, (set, frozenset)):
        yield from sorted(map(repr, value))
    else:
        yield repr(value)
