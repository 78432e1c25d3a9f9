"""Fetching: a source that says where its rows come from in; the bytes of its Parquet file, with their SHA-256, out.

The only part that reaches the network or a mailbox, and only when `comptoir fetch` asks for it: builds read files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from comptoir.fetch.bounds import FetchBounds, FetchError
from comptoir.fetch.database import rows_of_query
from comptoir.fetch.mailbox import requests_of
from comptoir.fetch.web import rows_of_address
from comptoir.measure.reading.writing import write_parquet
from comptoir.model.catalogue import Catalogue
from comptoir.model.fetching import Fetch
from comptoir.model.metrics import Source
from comptoir.sources.data_files import HASH_ENDING

__all__ = ("FetchBounds", "FetchError", "Fetched", "fetch_source")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the name of the file below the folder of data, its bytes, its rows, its SHA-256, and a line on it."""

    name: str
    content: bytes
    rows: int
    sha256: str
    note: str = ""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The file, and the record of its hash, in the form of sha256sum."""
        last = self.name.rpartition("/")[2]
        return {last: self.content, last + HASH_ENDING: f"{self.sha256}  {last}\n".encode()}


def fetch_source(
    source: Source,
    fetch: Fetch,
    environment: Mapping[str, str],
    clock: Callable[[], float],
    bounds: FetchBounds,
    catalogue: Catalogue,
) -> Fetched:
    """Everything that the source asks for. `clock` gives seconds; `catalogue` names what messages are about.

    Raises FetchError, in words for people.
    """
    ends, note = clock() + bounds.seconds, ""
    rows: Iterable[Mapping[str, Any]]
    if fetch.mailbox is not None:
        path = Path(_variable(environment, fetch.mailbox)).expanduser()
        rows, counted = requests_of(catalogue, fetch, path, bounds)
        note = counted.words()
    elif fetch.database is not None and fetch.query is not None:
        rows = rows_of_query(_variable(environment, fetch.database), fetch.query, clock, ends, bounds)
    else:
        token = _variable(environment, fetch.token) if fetch.token is not None else ""
        rows = rows_of_address(fetch, token, clock, ends, bounds)
    with TemporaryDirectory(prefix="comptoir-fetch-") as folder:
        try:
            path, count = write_parquet(rows, Path(folder))
        except ValueError as error:
            raise FetchError(f"{error}; the file stays as it was") from error
        content = path.read_bytes()
    return Fetched(source.files[0], content, count, hashlib.sha256(content).hexdigest(), note)


def _variable(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise FetchError(f"the variable {name} of the environment is not set")
    return value
