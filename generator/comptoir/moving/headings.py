"""How tools head the columns of their exports: YAML files in, the field of ours for a heading and the meaning of a word out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from comptoir.spaces import without_accents
from comptoir.wording import spoken_languages

_FOLDER: Final = Path(__file__).with_name("headings")


@dataclass(frozen=True, slots=True)
class HeadedClass:
    """A class of objects of a tool. Headings are folded; `kind` is '' for what is part of another thing.

    `part_of` is the kind that the objects belong to, `part` the key of its list, `owner` the headings that name it;
    `links` are headings by what they name; `path` those of a name with the names of what it stands in before it.
    """

    name: str
    kind: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    part_of: str = ""
    part: str = ""
    owner: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: tuple[str, ...] = ()

    def field_of(self, heading: str) -> tuple[str, str] | None:
        """The field and the language ('' for none) that a heading names; None where it is unknown."""
        for text, language in _readings(heading):
            for name, headings in self.fields.items():
                if text in headings or text == name.replace("_", " "):
                    return name, language
        return None

    def score(self, headings: Iterable[str]) -> int:
        """How many of the headings it knows."""
        known = {*self.owner, *self.path, *(h for group in self.links.values() for h in group)}
        return sum(fold_heading(h) in known or self.field_of(h) is not None for h in headings)


@dataclass(frozen=True, slots=True)
class Tool:
    """The classes of a tool by name, and its words: field → word, folded → meaning."""

    name: str
    classes: Mapping[str, HeadedClass]
    words: Mapping[str, Mapping[str, str]]


def tools_with_tables() -> tuple[str, ...]:
    """The tools whose tables are known, by the name of their file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def read_tool(name: str) -> Tool:
    """The tool of that name, of `tools_with_tables`."""
    content = yaml.load((_FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    classes = {key: _class(key, value) for key, value in content["classes"].items()}
    words = {
        key: {fold_heading(word): meaning for meaning, words in meanings.items() for word in words}
        for key, meanings in content.get("words", {}).items()
    }
    return Tool(content["name"], classes, words)


def fold_heading(text: str) -> str:
    """A heading as it is compared: no accents, small letters, underscores as spaces."""
    return " ".join(without_accents(text).replace("_", " ").split())


def _class(name: str, content: Mapping[str, Any]) -> HeadedClass:
    owner: Mapping[str, list[str]] = content.get("part_of", {})
    return HeadedClass(
        name,
        content.get("kind", ""),
        {key: _folded(headings) for key, headings in content.get("fields", {}).items()},
        frozenset(_folded(content.get("ignored", ()))),
        next(iter(owner), ""),
        content.get("as", ""),
        _folded(next(iter(owner.values()), ())),
        {key: _folded(headings) for key, headings in content.get("links", {}).items()},
        _folded(content.get("path", ())),
    )


def _folded(headings: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_heading(heading) for heading in headings)


def _readings(heading: str) -> list[tuple[str, str]]:
    """A heading as it stands, and without the language at its end: 'Nom (en)', 'summary_fr', 'Name – FR'."""
    text = fold_heading(heading)
    found = [(text, "")]
    for code in spoken_languages():
        ends = (f"({code})", f"[{code}]", f" {code}")
        found += [(text.removesuffix(end).strip(" -–:"), code) for end in ends if text.endswith(end)]
    return found
