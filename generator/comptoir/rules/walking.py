"""What rules look at: a catalogue in, its located parts and their marked values out. Holds no rule itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from comptoir.model.base import Located, Text, TextPlace
from comptoir.model.catalogue import Catalogue
from comptoir.model.citations import BadCitation, Citation, find_citations
from comptoir.model.fragments import Fragment, ValuePath
from comptoir.model.metrics import Indicator
from comptoir.model.reports import Report
from comptoir.model.walk import walk
from comptoir.problems import Location


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the catalogue: whose it is, its path there, how much fits in its place."""

    owner: Located | Fragment
    path: ValuePath
    place: TextPlace
    text: Text

    def variants(self) -> Iterator[tuple[str, ValuePath, str]]:
        """Each language ('' for every one), the path of its text, and the text."""
        for language, text in self.text.variants():
            yield language, (*self.path, language) if language else self.path, text


MAX_MARKS: Final = 300
"""Brackets or backquotes in one text: Markdown takes a time that grows with their square."""


MAX_NESTED: Final = 20
"""Lists, quotations and definitions within each other: Markdown calls itself for each."""
_NESTED: Final = re.compile(
    rf"^(?:[ \t]*(?:[-+*>:]|\d+[.)])){{{MAX_NESTED + 1}}}(?=[ \t])|^(?: {{4}}|\t){{{MAX_NESTED + 1}}}",
    re.MULTILINE,
)


def is_sane_markdown(text: str, place: TextPlace) -> bool:
    """True for Markdown that may be parsed; the rule on length refuses any other."""
    is_short = place.markdown and len(text) <= 4 * place.limit
    return is_short and too_many_marks(text) is None and deepest(text) is None


def deepest(text: str) -> str | None:
    """What begins a line of Markdown that is nested too deeply to be read, if there is one."""
    found = _NESTED.search(text)
    return found.group() if found else None


def too_many_marks(text: str) -> str | None:
    """The mark of Markdown that a text holds too often for it to be read, if there is one."""
    return next((mark for mark in "[`" if text.count(mark) > MAX_MARKS), None)


@lru_cache(maxsize=1)
def texts(catalogue: Catalogue) -> tuple[Written, ...]:
    """Every text that has a place, in decoded and undecoded parts; found once for all the rules that read texts."""
    decoded = (
        Written(owner, path, place, text)
        for owner in catalogue.parts()
        for path, place, text in walk(owner, TextPlace)
        if not isinstance(owner, Indicator) or owner.holds(*path)  # a ready-made text is not the writer's
    )
    undecoded = (
        Written(owner, path, place, text)
        for owner in catalogue.undecoded
        for path, place, text in owner.walk(TextPlace)
        if owner.document.holds((*owner.base, *path))
    )
    return (*decoded, *undecoded)


def cited_in(report: Report) -> Iterator[tuple[Location, Citation | BadCitation]]:
    """Each citation in the front matter and the words of a report, with its place in the file."""
    for owner in (report.front, *report.words.values()):
        for path, place, text in walk(owner, TextPlace):
            written = Written(owner, path, place, text)
            for _, inner, words in written.variants():
                if "[[" not in words or not is_sane_markdown(words, place):
                    continue
                found = find_citations(words)
                places = locate_inside(written, inner, (citation.written for citation in found))
                yield from ((where, citation) for citation, (_, where) in zip(found, places, strict=True))


def locate_inside(
    written: Written, path: ValuePath, fragments: Iterable[str]
) -> Iterator[tuple[str, Location]]:
    """Each of `fragments`, which stand in a text in this order, with its place in the file."""
    seen: dict[str, int] = {}
    for fragment in fragments:
        occurrence = seen.get(fragment, 0)
        seen[fragment] = occurrence + 1
        yield fragment, written.owner.locate_inside(path, fragment, occurrence)
