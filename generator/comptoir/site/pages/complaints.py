"""The register of complaints, for the narrowest audience: what is to be said of them, charts, segments, each complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comptoir.addresses import PAGES
from comptoir.analysis.complaints import ComplaintSummary
from comptoir.analysis.register import YEAR, Register, keep_register, summarise_by, year_of
from comptoir.content.complaint_lines import ComplaintLine, anchor_of, complaint_line
from comptoir.content.complaint_specs import complaint_chart
from comptoir.content.complaint_words import complaint_sentences, interval_words, share_words
from comptoir.content.edition import Edition
from comptoir.content.measure_words import long_quarter
from comptoir.content.measures import ChartView, chart_named
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.site.pages.page import Page, trail

SHOWN: Final = 200
"""The most complaints that the page lists."""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """Complaints of a segment over the year."""

    who: Link
    total: str
    in_time: str
    interval: str
    open: str
    repeated: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A complaint of the register with its anchor, and that of the one it repeats ('' if it repeats none)."""

    anchor: str
    line: ComplaintLine
    repeats_url: LinkTarget


@dataclass(frozen=True, slots=True)
class ComplaintsView:
    """All that the page of complaints shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    quarter: str
    sentences: tuple[str, ...]
    charts: tuple[ChartView, ...]
    segments: tuple[SegmentRow, ...]
    rows: tuple[RegisterLine, ...]
    left_out: int


def complaint_pages(at: Edition) -> Iterator[Page]:
    """The register; nothing where no requests were observed, or for an audience that may not see it."""
    results = at.results
    register = keep_register(at.catalogue, results.observations) if results else None
    if results is None or register is None or not register.followed:
        return
    say = at.language.gettext
    rows = _rows(at, register, results)
    view = ComplaintsView(
        title=say("Réclamations"),
        lead=say(
            "Chaque réclamation attend une réponse personnelle : qui l'a eue, quand, et pourquoi on se plaint."
        ),
        crumbs=trail(at),
        quarter=long_quarter(at.language, results.quarter),
        sentences=complaint_sentences(at, results, register, results.quarter),
        charts=complaint_charts(at, results),
        segments=segment_rows(at, register, results),
        rows=rows,
        left_out=len(register.followed) - len(rows),
    )
    yield Page(
        PAGES["complaints"], "complaints.md.j2", view, view.title, description=view.lead, section="complaints"
    )


def complaint_charts(at: Edition, results: Results) -> tuple[ChartView, ...]:
    """The charts that there is enough to draw for."""
    names = (complaint_chart(at.language, results.quarter, what) for what in ("days", "causes"))
    found = (chart_named(at, results, name) for name in names)
    return tuple(chart for chart in found if chart is not None)


def segment_rows(at: Edition, register: Register, results: Results) -> tuple[SegmentRow, ...]:
    """The segments that complained in the year up to the quarter, those that complained most first."""
    found = summarise_by(year_of(register, results.quarter), lambda complaint: complaint.segment)
    ordered = sorted(found.items(), key=lambda item: (-item[1].total, item[0]))
    return tuple(_segment_row(at, name, summary) for name, summary in ordered)


def _segment_row(at: Edition, name: str, summary: ComplaintSummary) -> SegmentRow:
    segment, number = at.catalogue.segments.get(name), at.language.number
    who = (
        Link(at.text(segment.name), Ref("segment", name))
        if segment
        else Link(at.language.gettext("Sans segment"), "")
    )
    return SegmentRow(
        who=who,
        total=number(summary.total),
        in_time=share_words(at.language, summary.in_time),
        interval=interval_words(at.language, summary.in_time),
        open=number(summary.open),
        repeated=number(summary.repeated),
    )


def _rows(at: Edition, register: Register, results: Results) -> tuple[RegisterLine, ...]:
    """The open ones first, the oldest first; then the others of the year, the newest first."""
    begin = results.quarter.latest(results.quarter.as_many(YEAR))[0].first_day
    others = [row for row in register.followed if not row.is_open and row.complaint.received >= begin]
    shown = (*register.open, *reversed(others))[:SHOWN]
    anchors = {row.complaint.id: anchor_of(row) for row in shown}
    return tuple(
        RegisterLine(
            anchors[row.complaint.id],
            complaint_line(at, row),
            f"#{anchors[row.repeats]}" if row.repeats in anchors else "",
        )
        for row in shown
    )
