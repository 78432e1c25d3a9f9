"""Reports as written: the front matter and the words of indicators/reports/2026-Q3.md, chapter by chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from comptoir.model.base import (
    ClientRef,
    Day,
    Email,
    IndicatorRef,
    Line,
    Located,
    Model,
    Name,
    Paragraph,
    SegmentRef,
    Text,
    TextPlace,
    Title,
    fault_at,
)
from comptoir.periods import Period
from comptoir.wording import N_

REPORTS_FOLDER: Final = "indicators/reports/"
MAX_TILES: Final = 8

ManagerWords = Annotated[
    Text,
    TextPlace(8000, markdown=True, translated=False),  # each language has its file
    Field(description="The manager's words on a chapter, in Markdown, 8 000 characters at most."),
]


class Chapter(StrEnum):
    """The five steps of the loyalty approach, in their order."""

    IDENTIFY = "identify"
    ADAPT = "adapt"
    FAVOUR = "favour"
    CONTROL = "control"
    EVOLVE = "evolve"


CHAPTER_NAMES: Final[Mapping[Chapter, str]] = MappingProxyType(
    {
        Chapter.IDENTIFY: N_("Identifier"),
        Chapter.ADAPT: N_("Adapter"),
        Chapter.FAVOUR: N_("Privilégier"),
        Chapter.CONTROL: N_("Contrôler"),
        Chapter.EVOLVE: N_("Évoluer"),
    }
)
"""The message that names each, on pages and in headings."""


class CommitmentStatus(StrEnum):
    """What became of a commitment, written when the next report is."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not-kept"


class Decision(Model):
    """Something decided at the end of the quarter."""

    text: Line
    owner: Name | None = Field(default=None, description="Role that carries it out.")
    due: Day | None = None
    public: bool = Field(default=False, description="True: every audience reads it.")


class Commitment(Model):
    """What one side commits to until the next report."""

    text: Line
    owner: Name | None = Field(default=None, description="Role that keeps it.")
    segment: SegmentRef | None = Field(default=None, description="Whom it concerns; all if left out.")
    due: Day | None = None
    indicator: IndicatorRef | None = Field(
        default=None, description="Indicator that shows whether it was kept."
    )
    status: CommitmentStatus = Field(
        default=CommitmentStatus.OPEN, description="What became of it; the next report shows it."
    )
    outcome: Line | None = Field(default=None, description="What became of it, in a sentence.")
    public: bool = Field(default=False, description="True: every audience reads it.")

    def is_overdue(self, today: date) -> bool:
        """True when its day has passed, and nobody has said what became of it."""
        return self.status is CommitmentStatus.OPEN and self.due is not None and self.due < today


class Recipient(Model):
    """Who is sent the report: all of it, or what is handed to one segment or client."""

    role: Name = Field(description="Role that it is sent to.")
    address: Email
    segment: SegmentRef | None = Field(default=None, description="Only the report for this segment.")
    client: ClientRef | None = Field(default=None, description="Only the report for this client.")
    language: str | None = Field(
        default=None, pattern="^[a-z]{2}$", description="Language of the site; the first if left out."
    )

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if self.segment and self.client:
            raise fault_at(("client",), "recipient_of_one", "give 'segment' or 'client', not both")
        return self


class FrontMatter(Located):
    """What stands between the two '---' at the head of a report."""

    title: Title | None = Field(
        default=None, description="The report in a sentence; 'Loyalty report' if left out."
    )
    signatory: Name = Field(description="Role that signs the report.")
    public: Paragraph | None = Field(default=None, description="Words for every audience, in Markdown.")
    tiles: tuple[IndicatorRef, ...] = Field(
        default=(), max_length=MAX_TILES, description="Indicators to open with; chosen by rule if left out."
    )
    decisions: tuple[Decision, ...] = Field(default=(), max_length=20)
    our_commitments: tuple[Commitment, ...] = Field(default=(), max_length=20)
    customer_commitments: tuple[Commitment, ...] = Field(default=(), max_length=20)
    recipients: tuple[Recipient, ...] = Field(
        default=(), max_length=100, description="Whom 'comptoir deliver' writes a draft to; never published."
    )


class ReportWords(Located):
    """The words of a report in one language: an opening, then one text a chapter."""

    opening: ManagerWords | None = None
    identify: ManagerWords | None = None
    adapt: ManagerWords | None = None
    favour: ManagerWords | None = None
    control: ManagerWords | None = None
    evolve: ManagerWords | None = None

    def of(self, chapter: Chapter) -> Text | None:
        """The words on a chapter."""
        text: Text | None = getattr(self, chapter.value)
        return text


@dataclass(frozen=True, slots=True)
class Report:
    """A report as written: its quarter, its front matter, and its words by language."""

    quarter: Period
    front: FrontMatter
    words: Mapping[str, ReportWords] = field(default_factory=dict)
