"""Records: what a site was made from and what was said of it in; whether that very site is still there out.

A record only says that a site need not be made again: what it holds is shown, never run or published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from comptoir.problems import Location, Problem, Severity
from comptoir.publish.stage import fingerprint, read_tree
from comptoir.store import Store

FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class Published:
    """A site and what is said of it: for whom it is, how many pages it has in each language, its warnings; its fingerprint.

    `left` is a folder beside it with the previous one, if that could not be removed.
    """

    audience: str
    pages: Mapping[str, int]
    warnings: tuple[Problem, ...]
    site: str
    left: Path | None = None


def recall(store: Store, out: Path, inputs: str) -> Published | None:
    """What was said of the site at `out`, when it was made from `inputs` and is as it was published; else None."""
    kept = store.read(_key(out))
    record = json.loads(kept) if kept else {}
    if record.get("inputs") != f"{FORMAT} {inputs}":
        return None
    said = _decode(record["said"])
    return said if said.site == fingerprint(read_tree(out)) else None


def remember(store: Store, out: Path, inputs: str, said: Published) -> None:
    """Keep what the site at `out` was just made from, and what is said of it."""
    record = {"inputs": f"{FORMAT} {inputs}", "said": asdict(replace(said, left=None))}
    store.write(_key(out), json.dumps(record).encode())


def _key(out: Path) -> str:
    return str(out.resolve())


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
        site=str(said["site"]),
    )
