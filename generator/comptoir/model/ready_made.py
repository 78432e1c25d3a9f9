"""Ready-made definitions of indicators: the keys of a YAML file in, the same with those of the definition it uses out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from comptoir.sources.nodes import Plain, to_plain
from comptoir.sources.yaml_reader import read_document

FOLDER = "measure/library"


@cache
def ready_made_definitions() -> Mapping[str, Mapping[str, Plain]]:
    """The keys of each definition that ships, by name. Raises ValueError for one that cannot be read (never shipped)."""
    found: dict[str, Mapping[str, Plain]] = {}
    folder = files("comptoir").joinpath(*FOLDER.split("/"))
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            document, problems = read_document(file.read_bytes(), f"{FOLDER}/{file.name}")
            plain = to_plain(document.root) if document else None
            if problems or not isinstance(plain, dict):
                raise ValueError(f"{file.name} is no definition: {problems}")
            found[file.name.removesuffix(".yaml")] = MappingProxyType(plain)
    return MappingProxyType(found)


def complete_definition(written: Mapping[str, Plain]) -> dict[str, Plain]:
    """The keys `written`, over those of the ready-made definition that they use. Raises KeyError for an unknown one.

    A key written replaces that of the library as a whole. A derived one reads no source.
    """
    if "derive" in written:
        return {"source": "derived", "kind": "derived", **written}
    name = written.get("use")
    if not isinstance(name, str):
        return dict(written)
    return {**ready_made_definitions()[name], **written}
