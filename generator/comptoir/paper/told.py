"""What a template told of a document in; problems at the YAML place of the text they speak of, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comptoir.paper.types import PaperDocument, Place
from comptoir.problems import Location, Problem, Severity

RULE = "print-fit"


def problems_told(document: PaperDocument, told: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """A problem for each text that does not fit, and a warning for each letter that no font holds."""
    return tuple(problem for fact in told for problem in _problems(document, fact))


def _problems(document: PaperDocument, fact: Mapping[str, Any]) -> Iterator[Problem]:
    match fact.get("kind"):
        case "overflow":
            yield _overflow(document, fact)
        case "missing":
            yield from _missing(document, str(fact["text"]))
        case "pages" if document.most_pages and int(fact["count"]) > document.most_pages:
            yield _too_many_pages(document, int(fact["count"]))


def _overflow(document: PaperDocument, fact: Mapping[str, Any]) -> Problem:
    place = document.places.get(str(fact["place"]))
    over = int(fact["over"])
    where = f"'{document.title}' ({document.path})"
    if fact.get("wide"):
        word = str(fact.get("word", ""))
        which = f"the word '{word}'" if word else "a word of this text"
        message = f"{which} is wider than its place in {where}"
        return Problem(_locate(place), RULE, message, "shorten the word, or cut it by a hyphen or a space")
    message = f"this text does not fit its place in {where}: about {over} characters too long"
    return Problem(_locate(place), RULE, message, f"{len(place.text) - over} characters fit" if place else "")


def _missing(document: PaperDocument, letter: str) -> Iterator[Problem]:
    codes = " ".join(f"U+{ord(character):04X}" for character in letter)
    message = f"no font holds '{letter}' ({codes}): a box is printed instead"
    known = tuple(_locate(place) for place in document.places.values() if letter in place.text)
    for location in known or document.search(letter) or (Location(document.path),):
        yield Problem(location, "print-glyph", message, "", Severity.WARNING)


def _too_many_pages(document: PaperDocument, count: int) -> Problem:
    """The longest text of the document is where to begin."""
    longest = max(document.places.values(), key=lambda place: len(place.text), default=None)
    message = (
        f"'{document.title}' ({document.path}) has {count} pages; at most {document.most_pages} are allowed"
    )
    return Problem(_locate(longest), RULE, message, "this is the longest of its texts")


def _locate(place: Place | None) -> Location:
    return place.owner.locate(*place.path) if place else Location("")
