"""A first project: languages, a name and a day in, every file of a small catalogue that builds at once out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from comptoir.scaffold.days import days_around
from comptoir.scaffold.editor import editor_files
from comptoir.scaffold.localise import localise

NAME_LIMIT: Final = 48
_TEMPLATES: Final = Path(__file__).with_name("project")
_DEFAULT_NAMES: Final = {"fr": "Mon organisation", "en": "My organisation"}
_SITE_NAMES: Final = {"fr": "Catalogue de services", "en": "Service catalogue"}


PIPELINES: Final[Mapping[str, str]] = {
    "gitlab": ".gitlab-ci.yml",
    "github": ".github/workflows/catalogue.yml",
}
"""The forges whose pipelines are written, each with the path of its file."""


def pipeline_files(forge: str) -> dict[str, str]:
    """Path → text: the pipeline of a forge (of PIPELINES), a container file, and checks before each commit."""
    texts = {path.name: path.read_text("utf-8") for path in (_TEMPLATES.with_name("pipelines")).iterdir()}
    return {
        PIPELINES[forge]: texts[f"{forge}.yml"],
        "Containerfile": texts["Containerfile"],
        ".dockerignore": "build/\nsite/\n.git/\n",
        ".pre-commit-config.yaml": texts["pre-commit.yaml"],
    }


def first_project(languages: Sequence[str], name: str | None, today: date) -> dict[str, str]:
    """Path → text of each file of the project. `name` is the organisation's; a stand-in where there is none."""
    main = languages[0]
    values = {
        **days_around(today),
        "name": _quote_name(languages, name),
        "languages": f"[{', '.join(languages)}]",
        "site_name": _quote(_SITE_NAMES[main]),
        "title": _SITE_NAMES[main] if name is None else f"{_SITE_NAMES[main]} – {name}",
    }
    files = editor_files()
    for path in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        place = path.relative_to(_TEMPLATES).as_posix()
        text = path.read_text(encoding="utf-8")
        match place.split("."):
            case ["README", language, "md"]:
                if language == main:
                    files["README.md"] = text.replace("$title", values["title"])
            case ["gitignore"]:  # under its own name it would act on this repository
                files[".gitignore"] = text
            case _:
                files[place] = localise(text, languages, values)
    return files


def _quote(text: str) -> str:
    """The text as YAML between double quotes, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _quote_name(languages: Sequence[str], name: str | None) -> str:
    if name is not None:
        return _quote(name)
    if len(languages) == 1:
        return _DEFAULT_NAMES[languages[0]]
    return "{" + ", ".join(f"{language}: {_DEFAULT_NAMES[language]}" for language in languages) + "}"
