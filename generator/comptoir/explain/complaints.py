"""The explanation of the register of complaints: each complaint, its working days, and every count of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from comptoir.analysis.complaints import ComplaintSummary, Followed, summarise_complaints
from comptoir.analysis.register import (
    Register,
    count_causes,
    indicators_of_answers,
    keep_register,
    summarise_by,
    year_of,
)
from comptoir.analysis.scopes import concerns
from comptoir.explain.material import Material, Told, cite, nothing, setting
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, Value, ValueTable, ValueUnit
from comptoir.measure.role_rows import RowsAsked
from comptoir.measure.statistics import exact
from comptoir.measure.types import EVERYTHING
from comptoir.measure.working_days import working_days_after
from comptoir.model.roles import Role

COMPLAINTS: Final = "Register of complaints: answered in time, open, repeated and solved"


def explain_complaints(material: Material) -> Told:
    """The register and every count of it; of what is asked for, also the days that were counted one by one."""
    whole = keep_register(material.catalogue, material.observations)
    if whole is None:
        missing = "no source of the role requests, or no calendar says what a working day is"
        return nothing("complaints", COMPLAINTS, material, missing)
    own = replace(whole, followed=tuple(r for r in whole.followed if concerns(material.scope, r.complaint)))
    year = year_of(own, material.quarter)
    shown = [row for row in own.followed if row in year or row.is_open]
    tables = [_register(material, shown), *_together(year)]
    if material.scope != EVERYTHING:
        tables.append(_counted_days(material, own, shown))
    measured = (
        material.archive.get(one.id, material.quarter) for one in indicators_of_answers(material.archive)
    )
    explanation = Explanation(
        name="complaints",
        title=COMPLAINTS,
        formula=(
            "working days = days with hours in the calendar after receipt up to the answer, included (up to the last day "
            "known while it is open); the day of receipt is not one; late above 'days'",
            "share in time = in-time ÷ (in-time + late + overdue); those that still wait are in neither",
            "a complaint repeats the one before of the same client, service and stated cause within 'repeat_within' days",
        ),
        source="docs/guides/actions-and-complaints.md, The register of complaints; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(
            _calendar(material, own),
            setting(material, "complaints", "days"),
            setting(material, "complaints", "repeat_within"),
        ),
        steps=tuple(_steps(material, own, year)),
        tables=tuple(tables),
        cited=cite(measured),
    )
    asked = RowsAsked(Role.REQUESTS, None, own.on, (), complaints=True, scope=material.scope)
    return Told(explanation, (asked,))


def _calendar(material: Material, register: Register) -> SettingInForce:
    found = setting(material, "complaints", "calendar", value=register.calendar.id)
    if material.catalogue.loyalty.complaints.calendar is not None:
        return found
    return replace(found, place=f"default, {material.catalogue.organisation.locate('service_desk', 'hours')}")


def _steps(material: Material, register: Register, year: tuple[Followed, ...]) -> Iterator[Step]:
    found = summarise_complaints(register.received_in(material.quarter))
    yield Step("last day known", register.on, ValueUnit.DAY, "the last that the requests tell of")
    yield Step(f"received in {material.quarter}", found.total)
    yield from _in_time(found)
    yield Step("repeated", found.repeated, how="of those received in the quarter")
    yield Step("solved", found.solved.numerator, how="of those received in the quarter")
    yield Step("open", len(register.open), how="of those received in any quarter")
    oldest = max((row.working_days for row in register.open), default=None)
    yield Step("oldest, working days", oldest, how="of those that are open")
    answered = [row for row in year if not row.is_open]
    in_time = summarise_complaints(year).in_time
    yield Step("answered, over a year", len(answered), how=f"of {len(year)} received in the four quarters")
    yield Step(
        "in time, over a year", in_time.numerator, how=f"within {register.days_to_answer} working days"
    )


def _in_time(found: ComplaintSummary) -> Iterator[Step]:
    yield Step("answered in time", found.in_time.numerator)
    yield Step("whose time is decided", found.in_time.denominator, how="answered, or overdue")
    yield Step(
        "share in time",
        found.in_time.value,
        ValueUnit.SHARE,
        "answered in time ÷ those whose time is decided",
    )
    low, high = _interval(found)
    yield Step("interval from", low, ValueUnit.SHARE, "95 %, Wilson")
    yield Step("interval to", high, ValueUnit.SHARE)


def _interval(found: ComplaintSummary) -> tuple[Fraction | None, Fraction | None]:
    interval = found.in_time.interval
    return (None, None) if interval is None else (exact(interval.low), exact(interval.high))


def _register(material: Material, shown: list[Followed]) -> ValueTable:
    columns = (
        Column("complaint"),
        Column("client"),
        Column("segment"),
        Column("service"),
        Column("cause"),
        Column("received", ValueUnit.DAY),
        Column("answered", ValueUnit.DAY),
        Column("working days", ValueUnit.COUNT),
        Column("state"),
        Column("solved"),
        Column("repeats"),
        Column(f"in {material.quarter}"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.complaint.id,
            row.complaint.client,
            row.complaint.segment,
            row.complaint.service,
            row.complaint.cause,
            row.complaint.received,
            None if row.is_open else row.complaint.answered,
            row.working_days,
            row.state.value,
            "yes" if row.is_solved else "no",
            row.repeats,
            "yes" if row.complaint.received in material.quarter else "no",
        )
        for row in shown
    )
    return ValueTable("Complaints received over a year, and those that are open", columns, rows)


def _together(year: tuple[Followed, ...]) -> Iterator[ValueTable]:
    """The counts over a year: by cause, by segment and by working days."""
    if not year:
        return
    causes = tuple((cause or "none stated", count) for cause, count in count_causes(year))
    yield ValueTable(
        "By cause, over a year", (Column("cause"), Column("complaints", ValueUnit.COUNT)), causes
    )
    columns = (
        Column("segment"),
        Column("received", ValueUnit.COUNT),
        Column("in time", ValueUnit.COUNT),
        Column("decided", ValueUnit.COUNT),
        Column("share in time", ValueUnit.SHARE, "in time ÷ decided"),
        Column("from", ValueUnit.SHARE, "95 %, Wilson"),
        Column("to", ValueUnit.SHARE),
        Column("open", ValueUnit.COUNT),
        Column("repeated", ValueUnit.COUNT),
    )
    by_segment = summarise_by(year, lambda complaint: complaint.segment)
    rows = tuple((segment or "none", *_summary(found)) for segment, found in by_segment.items())
    yield ValueTable("By segment, over a year", columns, rows)
    days = Counter(row.working_days for row in year if not row.is_open)
    head = (Column("working days", ValueUnit.COUNT), Column("answers", ValueUnit.COUNT))
    yield ValueTable("Answers by working days, over a year", head, tuple(sorted(days.items())))


def _summary(found: ComplaintSummary) -> tuple[Value, ...]:
    counts = (found.total, found.in_time.numerator, found.in_time.denominator)
    return (*counts, found.in_time.value, *_interval(found), found.open, found.repeated)


def _counted_days(material: Material, register: Register, shown: list[Followed]) -> ValueTable:
    zone = material.catalogue.organisation.time_zone
    rows = []
    for row in shown:
        answered = None if row.is_open else row.complaint.answered
        days = working_days_after(register.calendar, zone, row.complaint.received, answered or register.on)
        rows.append((row.complaint.id, len(days), ", ".join(day.isoformat() for day in days)))
    columns = (Column("complaint"), Column("working days", ValueUnit.COUNT), Column("which"))
    return ValueTable("The days that were counted", columns, tuple(rows))
