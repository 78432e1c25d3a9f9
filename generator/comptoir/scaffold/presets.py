"""Presets: how the exports of a tool call things; YAML files in, headings by field and words by meaning out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from comptoir.model.roles import FIELDS, Role
from comptoir.sources.project import PRESETS_FOLDER
from comptoir.spaces import fold

SHIPPED: Final = Path(__file__).with_name("presets")
GENERAL: Final = "general"
_MOST_BYTES: Final = 200_000


class PresetError(Exception):
    """Why a preset cannot be used, for people."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How a tool calls things: `headings` by role and field, `words` by field and meaning, in lower case; its role, if one."""

    name: str
    role: Role | None = None
    headings: Mapping[Role, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field → word → meaning


def preset_names(project: Path) -> tuple[str, ...]:
    """The presets that ship and those of the project, by name."""
    found = {path.stem for folder in (SHIPPED, project / PRESETS_FOLDER) for path in folder.glob("*.yaml")}
    return tuple(sorted(found - {GENERAL}))


def read_preset(project: Path, name: str) -> Preset:
    """The preset of that name: the project's own, else the one that ships. Raises PresetError."""
    for folder in (project / PRESETS_FOLDER, SHIPPED):
        path = folder / f"{name}.yaml"
        if path.is_file():
            return _decode(name, path)
    raise PresetError(f"there is no preset '{name}'")


def _decode(name: str, path: Path) -> Preset:
    if path.stat().st_size > _MOST_BYTES:
        raise PresetError(f"{path.name} is too large for a preset")
    try:
        content = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
        role = Role(content["role"]) if "role" in content else None
        headings = {Role(r): _texts(fields) for r, fields in content.get("headings", {}).items()}
        words = {f: _meanings(meanings) for f, meanings in content.get("words", {}).items()}
    except (
        OSError,
        UnicodeDecodeError,
        yaml.YAMLError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
    ) as error:
        raise PresetError(f"{path.name} is no preset: {' '.join(str(error).split())}") from error
    for known, fields in headings.items():
        unknown = sorted(set(fields) - {f.name for f in FIELDS[known]} - {"subject"})
        if unknown:
            raise PresetError(f"{path.name}: '{unknown[0]}' is no field of the role '{known}'")
    return Preset(name, role, headings, words)


def _texts(fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(fold(text) for text in texts) for name, texts in fields.items()}


def _meanings(meanings: Mapping[str, Any]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in meanings.items() for word in words}
