"""What a report is made of: five chapters, each of sections of neutral text, tables and charts called by their names.

A section holds no markup, so that the page, the printed report and the slides all show the same content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from comptoir.content.edition import Edition
from comptoir.content.measures import VerdictView
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget
from comptoir.content.results import Results
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.reports import Chapter
from comptoir.periods import Period
from comptoir.wording import Language

Made = TypeVar("Made")

__all__ = ["Chapter", "ReportContext", "Section", "SectionMaker", "SectionTable", "TableCell"]


class SectionPlace(StrEnum):
    """Where the sections of a chapter are shown."""

    OPENING = "opening"  # what one decides from stands on the first page
    CHAPTER = "chapter"
    APART = "apart"  # analyses, which are read by those who ask how


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; with `url` it leads where the text comes from, and numbers stand at the right.

    `verdict` is the one that the text is the word of, for who gives it its colour and its mark.
    """

    text: str
    url: LinkTarget = ""
    numeric: bool = False
    verdict: VerdictView | None = None
    day: date | None = None  # that the text says


@dataclass(frozen=True, slots=True)
class SectionTable:
    """A table. Every row has as many cells as `head`; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter. Sentences are plain text, typeset; `charts` are names in `Results.charts`.

    `missing` says what would fill the section where there is no data. Only a `public` section is shown to audiences
    wider than the narrowest: what concerns one client, a value or a risk never is. What
    was decided or promised stands `framed`. `place` is where it is shown: with its chapter, unless it is said otherwise.
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    tables: tuple[SectionTable, ...] = ()
    links: tuple[Link, ...] = ()
    missing: str = ""
    public: bool = False
    framed: bool = False
    place: SectionPlace = SectionPlace.CHAPTER


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a section is made from: the edition, what was measured, and whom the report is about.

    `results` are those of the report: their quarter is that of the report, and none is later. `scope` is everything,
    or one segment, or one client: then a section shows their own numbers only, or is None. `is_account`: on the sheet
    that management keeps of them, not in the report that they are handed.
    """

    at: Edition
    results: Results
    scope: Scope = EVERYTHING
    is_account: bool = False
    with_all_rows: bool = False  # where nobody has to read them one after the other

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, cut for its audience."""
        return self.at.catalogue

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.at.language

    @property
    def quarter(self) -> Period:
        """The quarter of the report."""
        return self.results.quarter

    @property
    def is_whole(self) -> bool:
        """True for the report about the whole organisation."""
        return self.scope == EVERYTHING

    @property
    def is_handed(self) -> bool:
        """True for a report that leaves the house: that of a segment or a client, for themselves."""
        return not self.is_whole and not self.is_account

    def once(self, key: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made the first time only: pages, paper and slides show the same of a report."""
        catalogue = self.catalogue  # kept beside, so that no other has its identity
        of_report = (
            "report",
            key,
            id(catalogue),
            self.language.code,
            self.at.today,
            self.scope,
            self.is_account,
            self.with_all_rows,
        )
        return self.results.once(of_report, lambda: (catalogue, make()))[1]


SectionMaker = Callable[[ReportContext], Section | None]
"""Gives a section, with `missing` where there is no data; None where the section does not belong in this report."""
