"""Service levels of iTop: SLT objects and their links to SLA objects in, the targets of agreements out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from comptoir.moving.headings import Tool, fold_heading
from comptoir.moving.tables import ForeignRecord
from comptoir.problems import Problem, Severity

_METRICS: Final = {"tto": "tto", "ttr": "ttr", "ola tto": "tto", "ola ttr": "ttr"}
_UNITS: Final = {"hours": "hours", "heures": "hours", "minutes": "minutes", "days": "days", "jours": "days"}
_PRIORITIES: Final = {
    **{str(n): f"p{n}" for n in range(1, 10)},
    "critical": "p1",
    "high": "p2",
    "medium": "p3",
    "low": "p4",
    "critique": "p1",
    "haute": "p2",
    "moyenne": "p3",
    "basse": "p4",
}


def targets_of(
    records: Iterable[ForeignRecord], tool: Tool
) -> Iterator[tuple[str, list[dict[str, Any]], list[Problem]]]:
    """For each SLA: its targets as YAML writes them, and what of its SLTs is no target of ours."""
    records = list(records)
    levels = {record.texts.get("name", ""): record for record in records if record.of == "SLT"}
    links: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        known = tool.classes.get(record.of)
        if known and "slt" in known.links:
            named = {
                role: next((text for h, text in record.texts.items() if fold_heading(h) in headings), "")
                for role, headings in known.links.items()
            }
            links[named["sla"]].append(named["slt"])
    for sla, names in links.items():
        targets, problems = [], []
        for name in names:
            target = _target(levels[name].texts) if name in levels else None
            if target is not None and target not in targets:
                targets.append(target)
            elif target is None:
                where = levels[name].where if name in levels else records[0].where
                message = f"'{name}' of '{sla}' is no target that is known here"
                problems.append(Problem(where, "import-value", message, "", Severity.WARNING))
        yield sla, targets, problems


def _target(texts: Mapping[str, str]) -> dict[str, Any] | None:
    metric = _METRICS.get(fold_heading(texts.get("metric", "")))
    unit = _UNITS.get(fold_heading(texts.get("unit", "")))
    try:
        value = Decimal(texts.get("value", ""))
    except InvalidOperation:
        return None
    if metric is None or unit is None:
        return None
    priority = _PRIORITIES.get(fold_heading(texts.get("priority", "")))
    return {"metric": metric, **({"priority": priority} if priority else {}), "value": value, "unit": unit}
