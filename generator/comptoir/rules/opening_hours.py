"""A calendar is open at some time, and its public holidays are those of a country and region that are known.

Passes::

    # catalogue/calendars/office-hours.yaml
    public_holidays: {country: FR, region: '57'}

Fails::

    # catalogue/calendars/office-hours.yaml
    public_holidays: {country: FX}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import holidays

from comptoir.calendars import weekly_minutes
from comptoir.model.calendars import Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, suggest

RULE: Final = "calendar"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Calendars that never open, or observe the holidays of nowhere."""
    for calendar in catalogue.calendars.values():
        if weekly_minutes(calendar) == 0 and not calendar.openings:
            message = "this calendar is closed all week"
            yield Problem(calendar.locate("week"), RULE, message, "such as: monday-friday: '08:00-18:00'")
        yield from _check_holidays(calendar)


def _check_holidays(calendar: Calendar) -> Iterator[Problem]:
    observed = calendar.public_holidays
    if observed is None:
        return
    try:
        holidays.country_holidays(observed.country, subdiv=observed.region)
    except NotImplementedError:
        regions = holidays.list_supported_countries(include_aliases=False)
        if observed.country not in regions:
            where = calendar.locate("public_holidays", "country")
            message = f"the public holidays of '{observed.country}' are not known"
            yield Problem(where, RULE, message, suggest(observed.country, regions))
        else:
            where = calendar.locate("public_holidays", "region")
            message = f"'{observed.region}' is not a region of '{observed.country}'"
            yield Problem(
                where, RULE, message, _show_regions(observed.region or "", regions[observed.country])
            )


def _show_regions(region: str, known: list[str]) -> str:
    if not known:
        return "leave it out: this country has the same holidays everywhere"
    return suggest(region, known) or "such as " + ", ".join(sorted(known)[:6])
