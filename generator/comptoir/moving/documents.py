"""Several YAML documents of another tool: a file in, plain values with their places out. Nothing is executed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from comptoir.problems import Location, Problem

MOST_BYTES: Final = 5_000_000
MOST_DEPTH: Final = 40


def read_documents(path: Path) -> tuple[list[tuple[dict[str, Any], Location]], list[Problem]]:
    """Each document that is a mapping, and where it begins. Aliases are refused: they can grow without bound."""
    name = path.name
    if path.stat().st_size > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        return [], [Problem(Location(name), "file-size", message)]
    content = path.read_bytes()
    found = []
    try:
        depth = 0
        for event in yaml.parse(content, yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > MOST_DEPTH:
                mark = event.start_mark
                place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
                what = "an alias is" if isinstance(event, yaml.AliasEvent) else "values nested so deep are"
                return [], [Problem(place, "yaml-alias", f"{what} not read here", "write the value out")]
        for node in yaml.compose_all(content, yaml.CSafeLoader):
            loader = yaml.CSafeLoader(b"")
            value = loader.construct_document(node)
            place = Location(name, node.start_mark.line + 1, node.start_mark.column + 1)
            if isinstance(value, dict):
                found.append((value, place))
            elif value is not None:
                return [], [Problem(place, "wrong-type", "expected a mapping of keys and values")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
        return [], [Problem(place, "yaml-syntax", f"not valid YAML: {error.problem}")]
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        return [], [Problem(Location(name), "yaml-syntax", f"not valid YAML: {' '.join(str(error).split())}")]
    return found, []
