"""Records: what a site was made from and what was said of it in; whether that very site is still there out.

A record tells nothing but that a site need not be made again: what it holds is said, never run nor published.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from comptoir.problems import Location, Problem, Severity
from comptoir.publish.cache import FolderCache
from comptoir.publish.stage import fingerprint, read_tree

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Published:
    """What is said of a site: for whom it is, how many pages it has in each language, its warnings."""

    audience: str
    pages: Mapping[str, int]
    warnings: tuple[Problem, ...]


def recall(cache: FolderCache, out: Path, inputs: str) -> Published | None:
    """What was said of the site at `out`, when it was made from `inputs` and is as it was published; else None."""
    text = cache.read(_name(out))
    try:
        record = json.loads(text) if text else {}
        if (record.get("format"), record.get("inputs")) != (FORMAT, inputs):
            return None
        said = _decode(record["said"])
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return None
    return said if record.get("site") == fingerprint(read_tree(out)) else None


def remember(cache: FolderCache, out: Path, inputs: str, said: Published) -> None:
    """Keep what the site at `out` was just made from, and what is said of it."""
    record = {"format": FORMAT, "inputs": inputs, "site": fingerprint(read_tree(out)), "said": asdict(said)}
    cache.write(_name(out), json.dumps(record, ensure_ascii=False))


def _name(out: Path) -> str:
    return hashlib.sha256(str(out.resolve()).encode(errors="surrogateescape")).hexdigest()


def _decode(said: Mapping[str, Any]) -> Published:
    return Published(
        audience=str(said["audience"]),
        pages={str(language): int(count) for language, count in said["pages"].items()},
        warnings=tuple(
            Problem(
                Location(**warning["location"]),
                warning["rule"],
                warning["message"],
                warning["hint"],
                Severity(warning["severity"]),
            )
            for warning in said["warnings"]
        ),
    )
