"""What is named inside other things: files or a catalogue in; priorities and things that one can ask for, with their names, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from comptoir.model.base import Text
from comptoir.model.catalogue import ORGANISATION_FILE, Catalogue
from comptoir.model.terms import Priority
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.nodes import Node, Scalar, Sequence
from comptoir.sources.project import ProjectFiles
from comptoir.sources.yaml_reader import read_document
from comptoir.spaces import fold

_LISTS: Final = {
    "priority": (ORGANISATION_FILE, "priorities"),
    "request_item": ("catalogue/services/", "request_items"),
}


def declared_inside(files: ProjectFiles) -> dict[str, frozenset[str]]:
    """The identifiers that files give to them, those of files with mistakes of form too."""
    found = {"priority": frozenset[str](Priority), "request_item": frozenset[str]()}
    for kind, (place, key) in _LISTS.items():
        for file, document in files.documents.items():
            root = document.root
            written = root.get(key) if file.startswith(place) and isinstance(root, MappingNode) else None
            if isinstance(written, Sequence):
                found[kind] |= {name for node in written.items if (name := written_id(node))}
    return found


def first_language(organisation: bytes) -> str:
    """The first of the languages that the text of organisation.yaml names, '' where it names none that can be read."""
    document, _ = read_document(organisation, ORGANISATION_FILE)
    root = document.root if document else None
    written = root.get("languages") if isinstance(root, MappingNode) else None
    first = written.items[0] if isinstance(written, Sequence) and written.items else None
    return first.value if isinstance(first, Scalar) else ""


def written_id(node: Node) -> str:
    """The identifier that an item of a list gives itself, '' where it gives none."""
    written = node.get("id") if isinstance(node, MappingNode) else None
    return written.value if isinstance(written, Scalar) else ""


@lru_cache(maxsize=2)  # each promise of each page asks it
def item_names(catalogue: Catalogue) -> Mapping[str, Text]:
    """Identifier of a thing that one can ask for → its name; that of the first service, where several have it."""
    items = [item for service in catalogue.services.values() for item in service.request_items]
    return {item.id: item.name for item in reversed(items)}


def priority_names(catalogue: Catalogue) -> Mapping[str, Text]:
    """Identifier → name, of the priorities that the organisation names."""
    return {one.id: one.name for one in catalogue.organisation.priorities}


def words_of_requests(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """A field of requests → each word that it may hold, folded → what is meant: identifiers and names."""
    named = {"priority": priority_names(catalogue), "request_item": item_names(catalogue)}
    numbers = {fold(one): one.value for one in Priority}
    return {
        field: {**_spelled(names), **(numbers if field == "priority" else {})}
        for field, names in named.items()
    }


def _spelled(names: Mapping[str, Text]) -> dict[str, str]:
    """Folded word → the one thing that goes by it; an identifier always stands for its own."""
    meant: dict[str, set[str]] = {}
    for word, name in _pairs(names):
        meant.setdefault(fold(word), set()).add(name)
    alone = {word: min(found) for word, found in meant.items() if len(found) == 1}
    return alone | {fold(name): name for name in names}


def _pairs(names: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    for name, text in names.items():
        yield from ((word, name) for _, word in text.variants())
