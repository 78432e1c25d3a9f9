"""The site engine's configuration: the project's mkdocs.yml checked, and one generated file a language.

A project's mkdocs.yml is plain configuration: keys that would run code or lead elsewhere are refused, so that
building somebody's content never runs their programs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from comptoir.problems import Location, Problem, suggest
from comptoir.sources.addresses import is_web_address
from comptoir.sources.folders import check_file
from comptoir.sources.nodes import Document, to_plain
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.project import read_bounded
from comptoir.sources.yaml_reader import read_document

SITE_CONFIGURATION: Final = "mkdocs.yml"
RULE: Final = "site-configuration"
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
    fault = check_file(path, SITE_CONFIGURATION, project)
    if fault or not path.exists():
        return [fault] if fault else []
    content, problems = read_bounded(path, SITE_CONFIGURATION)
    if content is None:
        return problems
    document, problems = read_document(content, SITE_CONFIGURATION)
    if document is None:
        return problems
    if not isinstance(document.root, MappingNode):
        return [*problems, Problem(document.locate(), "wrong-type", "expected a mapping of keys and values")]

    plain: Any = to_plain(document.root)
    for key, value in plain.items():
        if key not in ALLOWED:
            problems.append(_refuse(document.locate((key,), key=True), f"'{key}'", ALLOWED))
        elif not _EXPECTED.get(key, _is_text)(value):
            problems.append(_misshapen(document, key))
        elif key == "theme":
            problems += _check_theme(document, value)
        elif key == "plugins":
            problems += _check_plugins(document, value)
        elif key == "site_url" and value and not is_web_address(value):
            message = f"'{value}' is not an address that begins with https://"
            problems.append(Problem(document.locate((key,)), "wrong-form", message))
    return problems


def _check_theme(document: Document, theme: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in theme.items():
        where = document.locate(("theme", name))
        if name not in ALLOWED_THEME:
            where = document.locate(("theme", name), key=True)
            yield _refuse(where, f"'theme: {name}'", ALLOWED_THEME)
        elif name == "name" and value != "material":
            yield Problem(where, RULE, "the theme is 'material'", "write name: material")
        elif not _EXPECTED_OF_THEME.get(name, _is_text)(value):
            yield Problem(where, "wrong-type", f"'theme: {name}' is not written as expected")


def _check_plugins(document: Document, plugins: Sequence[Any]) -> Iterator[Problem]:
    for index, plugin in enumerate(plugins):
        name = next(iter(plugin), "") if isinstance(plugin, dict) else str(plugin)
        if name not in ALLOWED_PLUGINS:
            yield _refuse(document.locate(("plugins", index)), f"the plugin '{name}'", ALLOWED_PLUGINS)


def _refuse(where: Location, what: str, known: frozenset[str]) -> Problem:
    message = f"{what} is not set here: Comptoir decides it, or it could run code"
    return Problem(where, RULE, message, suggest("", known))


def _misshapen(document: Document, key: str) -> Problem:
    return Problem(document.locate((key,)), "wrong-type", f"'{key}' is not written as expected")


def _is_text(value: object) -> bool:
    """True for what MkDocs takes as a text: a word, or nothing."""
    return value is None or isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


_EXPECTED: Final[Mapping[str, Callable[[object], bool]]] = {
    "theme": _is_mapping,
    "plugins": _is_list,
    "extra": _is_mapping,
}
_EXPECTED_OF_THEME: Final[Mapping[str, Callable[[object], bool]]] = {
    "features": _is_list,
    "icon": _is_mapping,
}


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
