"""Where a letter is written: the catalogue in; the first place in each of its files that holds the letter, out."""

from __future__ import annotations

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location


def written_at(catalogue: Catalogue, letter: str) -> tuple[Location, ...]:
    """The first place of `letter` in each file, in the order of files. What data files hold is not known here."""
    found = (part.find(letter) for part in catalogue.parts())
    first: dict[str, Location] = {}
    for location in found:
        if location is not None:
            first[location.file] = min(location, first.get(location.file, location))
    return tuple(sorted(first.values()))
