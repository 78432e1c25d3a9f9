"""Days and hours of instants: plans in, a warning for each expression that takes them in UTC without saying so out.

Instants are kept in UTC. An incident of 00:30 on the first of October in Paris is of September there, and 18:00 is 16:00
or 17:00: the field with `_local` after its name is what the clocks of the organisation showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from comptoir.measure.plans import Plan, is_written
from comptoir.measure.tables import LOCAL
from comptoir.problems import Problem, Severity

RULE: Final = "utc"
_PARTS: Final = "year|quarter|month|week|isoyear|day|dayofweek|isodow|weekday|dayofyear|hour"
_TAKEN: Final = re.compile(
    rf"\b(?:{_PARTS})\s*\(\s*(?P<of>[a-z_]\w*)\s*\)|\bcast\s*\(\s*(?P<cast>[a-z_]\w*)\s+as\s+date\s*\)"
    r"|\b(?:date_trunc|datetrunc|date_part|datepart)\s*\(\s*'\w+'\s*,\s*(?P<trunc>[a-z_]\w*)\s*\)",
    re.IGNORECASE | re.ASCII,
)


def tell_clocks(plans: Iterable[Plan], time_zone: str) -> Iterator[Problem]:
    """Expressions of the project that take the day or the hour of an instant as UTC has it; none in a zone that is UTC."""
    if time_zone in ("UTC", "Etc/UTC"):
        return
    for plan in plans:
        for key, expression in plan.expressions.items():
            for found in _TAKEN.finditer(expression.text) if is_written(plan.indicator, key) else ():
                name = found["of"] or found["cast"] or found["trunc"]
                if plan.table.fields.get(name) == "TIMESTAMP":
                    where = plan.indicator.locate_inside((key,), found[0])
                    message = (
                        f"'{name}' is an instant in UTC: its days and hours are not those of {time_zone}"
                    )
                    hint = f"write '{name}{LOCAL}' for what the clocks there showed"
                    yield Problem(where, RULE, message, hint, Severity.WARNING)
