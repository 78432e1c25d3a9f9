"""The site engine's configuration: the project's mkdocs.yml checked, and one generated file a language.

A project's mkdocs.yml is plain configuration: keys that would run code or lead elsewhere are refused, so that
building somebody's content never runs their programs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from comptoir.problems import Location, Problem, suggest
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.nodes import to_plain
from comptoir.sources.yaml_reader import read_document

SITE_CONFIGURATION: Final = "mkdocs.yml"
ALLOWED: Final = frozenset(
    {"site_name", "site_description", "site_author", "site_url", "copyright", "theme", "plugins", "extra"}
)
ALLOWED_THEME: Final = frozenset({"name", "features", "icon", "direction"})
ALLOWED_PLUGINS: Final = frozenset({"search"})


class NavigationItem(Protocol):
    """An entry of the site's navigation."""

    @property
    def title(self) -> str: ...
    @property
    def path(self) -> str | None: ...
    @property
    def children(self) -> Sequence[NavigationItem]: ...


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What one language's site is configured with.

    `url` is its published address, or None. `has_dialog`: the engine searches in the dialog of our theme.
    """

    language: str
    name: str
    description: str
    url: str | None
    navigation: Sequence[NavigationItem]
    extra: Mapping[str, Any]
    has_dialog: bool = True


def check_configuration(project: Path) -> list[Problem]:
    """The problems of the project's mkdocs.yml; a project without one has none."""
    path = project / SITE_CONFIGURATION
    if not path.is_file():
        return []
    document, problems = read_document(path.read_bytes(), SITE_CONFIGURATION)
    if document is None:
        return problems
    if not isinstance(document.root, MappingNode):
        return [*problems, Problem(document.locate(), "wrong-type", "expected a mapping of keys and values")]

    def refuse(where: Location, what: str, known: frozenset[str]) -> None:
        message = f"{what} is not set here: Comptoir decides it, or it could run code"
        problems.append(Problem(where, "site-configuration", message, suggest("", known)))

    plain = to_plain(document.root)
    assert isinstance(plain, dict)
    for key, value in plain.items():
        if key not in ALLOWED:
            refuse(document.locate((key,), key=True), f"'{key}'", ALLOWED)
        elif key == "theme" and isinstance(value, dict):
            for name in value:
                if name not in ALLOWED_THEME:
                    refuse(document.locate((key, name), key=True), f"'theme: {name}'", ALLOWED_THEME)
            if value.get("name", "material") != "material":
                where = document.locate((key, "name"))
                problems.append(
                    Problem(where, "site-configuration", "the theme is 'material'", "write name: material")
                )
        elif key == "plugins" and isinstance(value, list):
            for index, plugin in enumerate(value):
                name = next(iter(plugin), "") if isinstance(plugin, dict) else str(plugin)
                if name not in ALLOWED_PLUGINS:
                    refuse(document.locate((key, index)), f"the plugin '{name}'", ALLOWED_PLUGINS)
        elif key in {"theme", "plugins"}:
            problems.append(
                Problem(document.locate((key,)), "wrong-type", f"'{key}' is not written as expected")
            )
    return problems


def engine_configuration(settings: SiteSettings, folder: Path, project: Path) -> str:
    """The generated mkdocs.yml of one language, to be written in `folder`."""
    parent = project / SITE_CONFIGURATION
    configuration: dict[str, Any] = {
        "site_name": settings.name,
        "site_description": settings.description,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": {
            "name": "material",
            "custom_dir": "theme",
            "variant": "classic",  # of Zensical: the look that is Material's
            "language": settings.language,
            "font": False,
        },
        "plugins": [
            {
                "search": {
                    "lang": [settings.language],
                    "separator": r"[\s\-’'.,;:!?…«»()/]+",
                    "fields": {"tags": {"boost": 500.0}},  # keywords and needs travel as tags
                }
            }
        ],
        "markdown_extensions": [],
        "extra": {**settings.extra, "search_dialog": settings.has_dialog},
        "nav": _navigation(settings.navigation),
        "not_in_nav": "/services/*\n/commitments/*\n/news/*\n/reports/*\n",
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    if settings.url:
        configuration["site_url"] = settings.url
    if parent.is_file():
        configuration["INHERIT"] = Path(os.path.relpath(parent, folder)).as_posix()
    return yaml.safe_dump(configuration, allow_unicode=True, sort_keys=True, width=1000)


def _navigation(items: Sequence[NavigationItem]) -> list[dict[str, Any]]:
    return [{item.title: _navigation(item.children) if item.children else item.path} for item in items]
