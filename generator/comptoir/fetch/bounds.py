"""What a fetch may take: time, bytes and rows in; an error in words for people out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class FetchError(Exception):
    """What could not be fetched, in words that hold neither an address with a password nor a token."""


@dataclass(frozen=True, slots=True)
class FetchBounds:
    """The most that one source may take."""

    seconds: float = 600
    bytes: int = 500_000_000
    rows: int = 10_000_000
    wait: float = 60  # seconds without an answer


def within(
    rows: Iterable[Mapping[str, Any]], clock: Callable[[], float], ends: float, bounds: FetchBounds
) -> Iterator[Mapping[str, Any]]:
    """The same rows, as long as there are not too many and time is left. Raises FetchError beyond."""
    for count, row in enumerate(rows, 1):
        if count > bounds.rows:
            raise FetchError(f"more than {bounds.rows} rows came: ask for fewer")
        check_time(clock, ends, bounds)
        yield row


def check_time(clock: Callable[[], float], ends: float, bounds: FetchBounds) -> None:
    """Raises FetchError when no time is left."""
    if clock() > ends:
        raise FetchError(f"it took more than {bounds.seconds:g} seconds: ask for fewer rows")
