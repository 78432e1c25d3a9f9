"""What is imported again meets what people wrote since: an entity and the text of its file in, the new text out.

Of each key the file keeps a digest of the value that was imported (in `x-origin`). Where the file still says that, the
import may change it; where it says something else, a person did, and that stays.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import LiteralScalarString

from comptoir.model.base import OWN
from comptoir.moving.placing import ORIGIN, PlacedEntity
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.nodes import Plain, to_plain
from comptoir.sources.yaml_reader import read_document

_ORIGIN_KEY: Final = f"{OWN}{ORIGIN}"
_WIDTH: Final = 110
_NEVER: Final = 1_000_000  # letters after which a line is broken
_FLUSH_LIST: Final = re.compile(r"^\S[^\n#]*:[ \t]*\n- ", re.MULTILINE)
_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of the file; the keys that the import changed, and those that both sides changed: they stay as they are."""

    text: str
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def new_text(placed: PlacedEntity, tool: str, origin_file: str) -> str:
    """The file of an entity that the project does not have yet, with a comment for each thing to complete."""
    content = CommentedMap({key: for_yaml(value) for key, value in placed.values.items()})
    content[_ORIGIN_KEY] = _origin(placed, tool, _plain(content))
    lines = [
        f"Imported from {origin_file}. Edit it freely: what you change here stays when it is imported again."
    ]
    lines += [f"To complete – {sentence}" for sentence in placed.to_complete]
    return "".join(f"# {line}\n" for line in lines) + dump_yaml(content)


def merge(placed: PlacedEntity, tool: str, text: str) -> Merged:
    """The text with what changed in the other tool; comments and the order of keys stay."""
    content = load_yaml(text)
    now, _ = read_document(text.encode("utf-8"), "")
    written = to_plain(now.root) if now and isinstance(now.root, MappingNode) else {}
    assert isinstance(written, dict)
    told = written.get(_ORIGIN_KEY)
    before = _digests(told.get("fields")) if isinstance(told, dict) else {}
    fresh = CommentedMap({key: for_yaml(value) for key, value in placed.values.items()})
    plain = _plain(fresh)
    changed, conflicts = [], []
    for key in placed.values:
        if key not in placed.imported:
            continue
        new, old = digest(plain[key]), before.get(key)
        mine = digest(written[key]) if key in written else None
        if new in (old, mine):
            continue
        if mine == old:  # as it was imported, or in neither
            content[key] = fresh[key]
            changed.append(key)
        else:
            conflicts.append(key)
    origin = _origin(placed, tool, plain)
    if not changed and told == _plain(CommentedMap({_ORIGIN_KEY: origin}))[_ORIGIN_KEY]:
        return Merged(text, (), tuple(conflicts))
    content[_ORIGIN_KEY] = origin
    return Merged(dump_yaml(content, text), tuple(changed), tuple(conflicts))


def digest(value: Plain) -> str:
    """A short digest of a value as YAML writes it."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _origin(placed: PlacedEntity, tool: str, plain: Mapping[str, Plain]) -> CommentedMap:
    fields = (f"{key}={digest(plain[key])}" for key in placed.values if key in placed.imported)
    return CommentedMap({"tool": tool, "id": placed.origin, "fields": " ".join(fields)})


def _digests(written: object) -> dict[str, str]:
    pairs = (token.rpartition("=") for token in str(written or "").split())
    return {key: found for key, _, found in pairs}


def _yaml(text: str | None = None) -> YAML:
    """A writer in the style of `text`: lines as long as they are, lists indented as they are; ours for a new file."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NEVER if text is not None else _WIDTH
    if text is not None and _FLUSH_LIST.search(text):
        yaml.indent(mapping=2, sequence=2, offset=0)
    else:
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def load_yaml(text: str) -> CommentedMap:
    """The text of one of our files, to change and write again."""
    content: CommentedMap = _yaml(text).load(text)
    return content


def dump_yaml(content: CommentedMap, before: str | None = None) -> str:
    """The text of a file: comments, quotes and the order of keys as they were, the style that of the text `before`."""
    stream = io.StringIO()
    _yaml(before).dump(content, stream)
    return stream.getvalue()


def _plain(content: CommentedMap) -> dict[str, Plain]:
    """What our reader sees of the content, once it is written."""
    document, problems = read_document(dump_yaml(content).encode("utf-8"), "")
    assert document is not None, problems
    plain = to_plain(document.root)
    assert isinstance(plain, dict)
    return plain


def for_yaml(value: Any) -> Any:
    """The value as the writer of YAML takes it: long texts as blocks, texts by language as mappings in one line."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | bool() | int() | float() | None:
            return value
        case str():
            return LiteralScalarString(f"{value}\n") if "\n" in value else value
        case Mapping():
            return CommentedMap({key: for_yaml(item) for key, item in value.items()})
        case _:
            return [for_yaml(item) for item in value]
