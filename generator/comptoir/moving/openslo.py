"""OpenSLO v1: services and service level objectives in, services and agreements out.

Specification: https://github.com/OpenSLO/OpenSLO, v1.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from comptoir.moving.documents import read_documents
from comptoir.moving.types import Brought, Portfolio
from comptoir.problems import Location, Problem, Severity

_MINUTES: Final = re.compile(r"^\d{1,2}m$")
_NO_FAMILY: Final = "OpenSLO"


def read_openslo(path: Path) -> Portfolio:
    """Services, and an agreement for each service that has objectives: its targets are their availability in per cent.

    A window such as '1m' is a minute in the specification, and often meant as a month: it is asked about.
    """
    documents, problems = read_documents(path)
    services: dict[str, Brought] = {}
    objectives: defaultdict[str, list[tuple[Mapping[str, Any], Location]]] = defaultdict(list)
    lost: Counter[str] = Counter()
    for document, where in documents:
        if not str(document.get("apiVersion", "")).startswith("openslo"):
            message = "this document is not of OpenSLO: its 'apiVersion' does not begin with openslo/"
            problems.append(Problem(where, "import-format", message))
            continue
        metadata, spec = document.get("metadata"), document.get("spec")
        if not isinstance(metadata, dict) or not metadata.get("name") or not isinstance(spec, dict):
            problems.append(Problem(where, "missing-key", "'metadata.name' or 'spec' is missing"))
            continue
        kind = str(document.get("kind", ""))
        name = str(metadata["name"])
        if kind == "Service":
            services[name] = _service(name, metadata, spec)
        elif kind == "SLO":
            objectives[str(spec.get("service", ""))].append((document, where))
        else:
            lost[kind] += 1
    agreements = []
    for service, found in objectives.items():
        agreement, unread = _agreement(service, found)
        problems += unread
        if agreement is None:
            continue
        agreements.append(agreement)
        present = services.get(service) or _service(service, {}, {})
        services[service] = Brought(
            "service",
            present.origin,
            present.name,
            {**present.values, "agreements": [agreement.origin]},
            present.own,
            {**present.references, "agreements": "agreement"},
        )
    family = Brought("family", _NO_FAMILY, _NO_FAMILY, {"name": _NO_FAMILY})
    brought = ([family] if services else []) + list(services.values()) + agreements
    return Portfolio(
        tuple(brought), tuple(problems), tuple(f"{kind}: {count}" for kind, count in sorted(lost.items()))
    )


def _service(name: str, metadata: Mapping[str, Any], spec: Mapping[str, Any]) -> Brought:
    values: dict[str, Any] = {"name": str(metadata.get("displayName") or name), "family": _NO_FAMILY}
    if spec.get("description"):
        values["summary"] = " ".join(str(spec["description"]).split())
    return Brought("service", name, values["name"], values, references={"family": "family"})


def _agreement(
    service: str, found: list[tuple[Mapping[str, Any], Location]]
) -> tuple[Brought | None, list[Problem]]:
    targets: list[dict[str, Any]] = []
    problems = []
    own: dict[str, str] = {}
    for document, where in found:
        spec, name = document["spec"], str(document["metadata"]["name"])
        for window in spec.get("timeWindow") or ():
            duration = str(window.get("duration", "")) if isinstance(window, dict) else ""
            if _MINUTES.match(duration):
                message = f"the window '{duration}' of '{name}' is of minutes"
                hint = f"a month is '{duration[:-1]}M': write that in the file, if it is meant"
                problems.append(Problem(where, "import-value", message, hint))
            elif duration:
                own[f"{name}-window"] = duration
        for objective in spec.get("objectives") or ():
            value = _per_cent(objective) if isinstance(objective, dict) else None
            if value is None:
                message = f"an objective of '{name}' has neither 'target' nor 'targetPercent' from 0 to 100"
                problems.append(Problem(where, "import-value", message, "", Severity.WARNING))
                continue
            note = objective.get("displayName") or document["metadata"].get("displayName") or name
            targets.append({"metric": "availability", "value": value, "unit": "percent", "note": str(note)})
        own[f"{name}-indicator"] = str(spec.get("indicatorRef") or spec.get("indicator") or "–")[:500]
        own[f"{name}-method"] = str(spec.get("budgetingMethod") or "–")
    if not targets:
        return None, problems
    if len(targets) > 1:  # of one metric: their labels tell them apart
        targets = [{**target, "label": target["note"]} for target in targets]
    title = f"{service}: objectives"
    values = {"kind": "sla", "name": title, "summary": title, "targets": targets}
    return Brought("agreement", f"{service}-objectives", title, values, own), problems


def _per_cent(objective: Mapping[str, Any]) -> Decimal | None:
    """An objective in per cent: `target` is a share of 1."""
    try:
        if "targetPercent" in objective:
            value = Decimal(str(objective["targetPercent"]))
        else:
            value = Decimal(str(objective["target"])) * 100
    except (KeyError, InvalidOperation):
        return None
    return value.normalize() if 0 <= value <= 100 else None
