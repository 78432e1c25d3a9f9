"""Backstage's catalog-info.yaml: components, systems, APIs, resources and groups in, services and families out.

Format: https://backstage.io/docs/features/software-catalog/descriptor-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from comptoir.moving.documents import read_documents
from comptoir.moving.types import Brought, Portfolio
from comptoir.problems import Location, Problem, Severity

_LIFECYCLES: Final = {
    "production": "live",
    "experimental": "pipeline",
    "deprecated": "retiring",
}
_FAMILIES: Final = frozenset({"System", "Domain"})
_SERVICES: Final = frozenset({"Component", "API"})
_NO_FAMILY: Final = "Backstage"


def read_backstage(path: Path) -> Portfolio:
    """The entities of a file, each with its reference (`component:default/mail`) as origin."""
    documents, problems = read_documents(path)
    entities = []
    for document, where in documents:
        metadata = document.get("metadata")
        if not str(document.get("apiVersion", "")).startswith("backstage.io/"):
            message = "this document is not of Backstage: its 'apiVersion' does not begin with backstage.io/"
            problems.append(Problem(where, "import-format", message))
        elif not isinstance(metadata, dict) or not metadata.get("name"):
            problems.append(Problem(where, "missing-key", "this entity has no 'metadata.name'"))
        else:
            entities.append((document, where))
    groups = {str(d["metadata"]["name"]): d for d, _ in entities if d.get("kind") in ("Group", "User")}
    brought: list[Brought] = []
    lost: Counter[str] = Counter()
    for document, where in entities:
        kind = str(document.get("kind", ""))
        if kind in _FAMILIES:
            brought.append(_family(document))
        elif kind in _SERVICES:
            service, unread = _service(document, groups, where)
            brought.append(service)
            problems += unread
        elif kind not in ("Group", "User"):
            lost[kind] += 1
    names = {one.origin for one in brought if one.kind == "family"}
    used = {str(one.values["family"]) for one in brought if one.kind == "service"}
    brought += [
        Brought("family", name, name.partition("/")[2] or name, {"name": name.partition("/")[2] or name})
        for name in sorted(used - names)
    ]
    return Portfolio(
        tuple(brought), tuple(problems), tuple(f"{kind}: {count}" for kind, count in sorted(lost.items()))
    )


def _reference(text: object, kind: str, namespace: str = "default") -> str:
    """A reference of Backstage, complete: 'mail' is 'component:default/mail'."""
    named, _, rest = str(text).rpartition(":")
    space, _, name = rest.rpartition("/")
    return f"{(named or kind).lower()}:{(space or namespace).lower()}/{name.lower()}"


def _own(document: Mapping[str, Any]) -> str:
    metadata = document["metadata"]
    return _reference(metadata["name"], str(document["kind"]), str(metadata.get("namespace", "default")))


def _named(document: Mapping[str, Any]) -> dict[str, Any]:
    metadata = document["metadata"]
    values: dict[str, Any] = {"name": str(metadata.get("title") or metadata["name"])}
    if metadata.get("description"):
        values["summary"] = " ".join(str(metadata["description"]).split())
    return values


def _family(document: Mapping[str, Any]) -> Brought:
    values = _named(document)
    return Brought("family", _own(document), values["name"], values, _annotations(document))


def _service(
    document: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]], where: Location
) -> tuple[Brought, list[Problem]]:
    spec = document.get("spec") if isinstance(document.get("spec"), dict) else {}
    assert isinstance(spec, dict)
    values = _named(document)
    problems = []
    above = spec.get("system") or spec.get("domain")
    values["family"] = _reference(above, "system") if above else _NO_FAMILY
    own = _annotations(document)
    lifecycle = str(spec.get("lifecycle", ""))
    if lifecycle in _LIFECYCLES:
        values["lifecycle"] = _LIFECYCLES[lifecycle]
    elif lifecycle:
        message = f"the lifecycle '{lifecycle}' is not known"
        hint = "known: " + ", ".join(_LIFECYCLES)
        problems.append(Problem(where, "import-value", message, hint, Severity.WARNING))
        own["lifecycle"] = lifecycle
    if spec.get("owner"):
        values["owner"] = _owner(str(spec["owner"]), groups)
    metadata = document["metadata"]
    tags = [str(tag) for tag in metadata.get("tags") or ()]
    if tags:
        values["keywords"] = tags[:20]
    links = [link for link in metadata.get("links") or () if isinstance(link, dict) and link.get("url")]
    if links:
        values["documents"] = [
            {"title": str(link.get("title") or link["url"]), "url": str(link["url"])} for link in links[:12]
        ]
    uses = [*(spec.get("dependsOn") or ()), *(spec.get("consumesApis") or ())]
    needed = [
        _reference(use, "api" if use in (spec.get("consumesApis") or ()) else "component") for use in uses
    ]
    references = {"family": "family"}
    if needed:
        values["dependencies"] = list(dict.fromkeys(needed))
        references["dependencies"] = "service"
    if spec.get("type"):
        own["type"] = str(spec["type"])
    for key in ("providesApis", "subcomponentOf", "definition"):
        if spec.get(key):
            own[key.lower()] = str(spec[key])[:2000]
    return Brought("service", _own(document), values["name"], values, own, references), problems


def _owner(reference: str, groups: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    name = reference.rpartition(":")[2].rpartition("/")[2]
    spec = groups.get(name, {}).get("spec")
    profile = spec.get("profile") if isinstance(spec, dict) else None
    if not isinstance(profile, dict):
        return {"role": name}
    found = {"role": str(profile.get("displayName") or name)}
    if profile.get("email"):
        found["email"] = str(profile["email"])
    return found


def _annotations(document: Mapping[str, Any]) -> dict[str, str]:
    """Annotations and labels: Backstage's own plug-ins read them; here they are fields of the project's own."""
    metadata = document["metadata"]
    found = {}
    for key in ("annotations", "labels"):
        for name, value in (metadata.get(key) or {}).items():
            found[str(name)] = str(value)
    return found
