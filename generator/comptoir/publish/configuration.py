"""The site engine's configuration: the project's mkdocs.yml, read and checked, in; one generated file a language out.

The engine never reads the project's file: what passes is listed here, checked by its shape, and written anew, since the
theme puts values into pages and scripts as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
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
NAMES: Final = ("site_name", "site_description", "site_author", "copyright")
ALLOWED: Final = frozenset({*NAMES, "site_url", "theme", "plugins"})
ALLOWED_THEME: Final = frozenset({"name", "features", "direction"})
DIRECTIONS: Final = ("ltr", "rtl")
LONGEST: Final = 500  # letters of a name
_INSTEAD: Final[Mapping[str, str]] = {
    "extra": "what the pages say comes from catalogue/organisation.yaml",
    "theme: icon": "'brand' in catalogue/organisation.yaml sets the logo and the icon",
    "theme: logo": "'brand' in catalogue/organisation.yaml sets the logo",
    "theme: favicon": "'brand' in catalogue/organisation.yaml sets the icon",
    "theme: palette": "'brand' in catalogue/organisation.yaml sets the colours",
    "theme: font": "'brand' in catalogue/organisation.yaml sets the typefaces",
    "theme: language": "'languages' in catalogue/organisation.yaml sets it",
    "theme: custom_dir": "templates of one's own are in site_templates/theme/",
    "extra_css": "styles of one's own are in site_templates/theme/assets/",
    "extra_javascript": "scripts of one's own are in site_templates/theme/assets/",
}
_FEATURE: Final = re.compile(r"[a-z.]{1,60}")


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

    `url` is its published address, or None.
    """

    language: str
    name: str
    description: str
    url: str | None
    navigation: Sequence[NavigationItem]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProjectConfiguration:
    """What a project's mkdocs.yml sets. `names` are plain text; what is not set is empty."""

    names: Mapping[str, str]
    url: str = ""
    direction: str = ""
    features: tuple[str, ...] = ()


def read_configuration(project: Path) -> tuple[ProjectConfiguration, list[Problem]]:
    """What the project's mkdocs.yml sets, without what has a problem; and its problems. A project may have none."""
    nothing = ProjectConfiguration({})
    path = project / SITE_CONFIGURATION
    fault = check_file(path, SITE_CONFIGURATION, project)
    if fault or not path.exists():
        return nothing, [fault] if fault else []
    content, problems = read_bounded(path, SITE_CONFIGURATION)
    if content is None:
        return nothing, problems
    document, problems = read_document(content, SITE_CONFIGURATION)
    if document is None:
        return nothing, problems
    if not isinstance(document.root, MappingNode):
        return nothing, [
            *problems,
            Problem(document.locate(), "wrong-type", "expected a mapping of keys and values"),
        ]
    plain: Any = to_plain(document.root)
    found = [*problems, *_check(document, plain)]
    if found:
        return nothing, found
    theme = plain.get("theme", {})
    return ProjectConfiguration(
        names={key: " ".join(unescape(plain[key]).split()) for key in NAMES if plain.get(key)},
        url=plain.get("site_url") or "",
        direction=theme.get("direction") or "",
        features=tuple(theme.get("features", ())),
    ), []


def _check(document: Document, plain: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in plain.items():
        if key not in ALLOWED:
            yield _refuse(document.locate((key,), key=True), f"'{key}'", ALLOWED, _INSTEAD.get(key))
        elif not _EXPECTED.get(key, _is_text)(value):
            yield _misshapen(document, (key,))
        elif key == "theme":
            yield from _check_theme(document, value)
        elif key == "plugins":
            yield from _check_plugins(document, value)
        elif key == "site_url":
            if value and not is_web_address(value):
                message = f"'{value}' is not an address that begins with https://"
                yield Problem(document.locate((key,)), "wrong-form", message)
        elif value and re.search("[<>]", value):
            message = f"'{key}' holds '<' or '>': it is plain text, without tags"
            yield Problem(document.locate((key,)), "wrong-form", message)
        elif value and len(value) > LONGEST:
            message = f"'{key}' has {len(value)} characters; {LONGEST} at most are expected"
            yield Problem(document.locate((key,)), "too-long", message)


def _check_theme(document: Document, theme: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in theme.items():
        path = ("theme", name)
        if name not in ALLOWED_THEME:
            where = document.locate(path, key=True)
            yield _refuse(where, f"'theme: {name}'", ALLOWED_THEME, _INSTEAD.get(f"theme: {name}"))
        elif not _EXPECTED.get(name, _is_text)(value):
            yield _misshapen(document, path)
        elif name == "name" and value != "material":
            yield Problem(document.locate(path), RULE, "the theme is 'material'", "write name: material")
        elif name == "direction" and value not in {None, *DIRECTIONS}:
            message = f"'{value}' is not a direction of writing"
            yield Problem(document.locate(path), "wrong-form", message, suggest("", DIRECTIONS))
        elif name == "features":
            yield from _check_features(document, value)


def _check_features(document: Document, features: Sequence[object]) -> Iterator[Problem]:
    for index, feature in enumerate(features):
        if not isinstance(feature, str) or not _FEATURE.fullmatch(feature):
            message = "a feature is named in lower-case letters and dots"
            where = document.locate(("theme", "features", index))
            yield Problem(where, "wrong-form", message, "such as search.suggest")


def _check_plugins(document: Document, plugins: Sequence[object]) -> Iterator[Problem]:
    for index, plugin in enumerate(plugins):
        where = document.locate(("plugins", index))
        name = next(iter(plugin), "") if isinstance(plugin, dict) else str(plugin)
        if name != "search":
            yield _refuse(where, f"the plugin '{name}'", frozenset({"search"}))
        elif isinstance(plugin, dict) and plugin[name]:
            yield Problem(where, RULE, "Comptoir decides the options of the search", "write - search")


def _refuse(where: Location, what: str, known: frozenset[str], instead: str | None = None) -> Problem:
    message = f"{what} is not set here: Comptoir decides it, or it could run code"
    return Problem(where, RULE, message, instead or suggest("", known))


def _misshapen(document: Document, path: tuple[str, ...]) -> Problem:
    return Problem(document.locate(path), "wrong-type", f"'{': '.join(path)}' is not written as expected")


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
    "features": _is_list,
}


def engine_configuration(settings: SiteSettings, own: ProjectConfiguration) -> str:
    """The generated mkdocs.yml of one language; `own` is what the project sets, names escaped as the theme does not."""
    configuration: dict[str, Any] = {
        **{key: escape(name) for key, name in own.names.items()},
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
            "features": list(own.features),
            **({"direction": own.direction} if own.direction else {}),
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
        "extra": dict(settings.extra),
        "nav": _navigation(settings.navigation),
        "not_in_nav": "/services/*\n/commitments/*\n/news/*\n/reports/*\n",
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    if settings.url:
        configuration["site_url"] = settings.url
    return yaml.safe_dump(configuration, allow_unicode=True, sort_keys=True, width=1000)


def _navigation(items: Sequence[NavigationItem]) -> list[dict[str, Any]]:
    return [{item.title: _navigation(item.children) if item.children else item.path} for item in items]
