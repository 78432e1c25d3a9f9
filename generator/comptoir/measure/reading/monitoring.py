"""What a source of outages covers: its table in; the outages that last, or lie, beyond what was monitored, told, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from comptoir.measure.reading.keeping import Keeper, times
from comptoir.measure.reading.loading import warn
from comptoir.measure.sql.moments import utc_midnight
from comptoir.model.roles import Role
from comptoir.problems import Problem

RULE: Final = "data-covers"


def note_uncovered(keeper: Keeper, zone: str) -> Iterator[Problem]:
    """A warning for outages still open where nothing says until when they were watched, and for those outside `covers`."""
    source, covers = keeper.source, keeper.source.covers
    if source.role is not Role.OUTAGES:
        return
    is_open = keeper.first_of('"end" IS NULL') if "end" in source.columns else keeper.first_of("TRUE")
    if is_open and (covers is None or covers.until is None):
        count, where = is_open
        message = (
            f"end: empty in {times(count, 'row')}: an outage that lasts is counted to the last instant of the file, where "
            "monitoring ends"
        )
        yield warn(where, RULE, message, "covers: {until: …} in the source says until when it was watched")
    bounds = []
    if covers is not None and covers.since is not None:
        end = '"end"' if "end" in source.columns else "NULL"
        bounds.append(f"coalesce({end}, start) < TIMESTAMP '{utc_midnight(covers.since, zone)}'")
    if covers is not None and covers.until is not None:
        bounds.append(f"start >= TIMESTAMP '{utc_midnight(covers.until + timedelta(days=1), zone)}'")
    outside = keeper.first_of(" OR ".join(bounds)) if bounds else None
    if outside:
        message = f"{times(outside[0], 'outage')} outside what the source covers: that time is not monitored"
        yield warn(outside[1], RULE, message, "see 'covers' in the source")
