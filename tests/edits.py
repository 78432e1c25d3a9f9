"""Edits at random: a project in; the same with other words, data, files or templates, and what was done, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

CONTENT = ("catalogue", "segments", "indicators")
Place = tuple[Any, str]  # a mapping and its key


def edit_at_random(project: Path, chance: Random) -> str:
    """Change one thing of the project; says which."""
    return chance.choice(_WAYS)(project, chance)


def edit_words(project: Path, chance: Random) -> str:
    """Another word in a text in one language."""
    paths = [path for name in CONTENT for path in sorted((project / name).rglob("*.yaml"))]
    while True:
        path = chance.choice(paths)
        document = yaml.load(path.read_bytes(), yaml.BaseLoader)
        places = [place for place in _texts(document) if "\n" not in place[0][place[1]].rstrip()]
        if places:
            break
    mapping, key = chance.choice(places)
    mapping[key] = mapping[key].rstrip().rstrip(".") + chance.choice((" ici", " now", " à midi"))
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    return f"words of {path.relative_to(project)} {key}"


def _texts(value: Any) -> Iterator[Place]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in {"fr", "en"} and isinstance(item, str):
                yield value, key
            else:
                yield from _texts(item)


def edit_data(project: Path, chance: Random) -> str:
    """A line less in a file of data."""
    files = sorted((project / "indicators" / "data").glob("*.csv"))
    if not files:
        return edit_words(project, chance)
    path = chance.choice(files)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1] if len(lines) > 2 else lines))
    return f"data of {path.name}"


def add_service(project: Path, chance: Random) -> str:
    """One service more, which other pages then lead to."""
    folder = project / "catalogue" / "services"
    path = chance.choice(sorted(folder.glob("*.yaml")))
    service = yaml.load(path.read_bytes(), yaml.BaseLoader)
    number = len(list(folder.iterdir()))
    service["name"] = f"Service {number}"
    written = yaml.safe_dump(service, allow_unicode=True, sort_keys=False)
    (folder / f"another-{number}.yaml").write_text(written, "utf-8")
    return f"a service like {path.stem}"


def remove_service(project: Path, chance: Random) -> str:
    """One of the services that were added less, if there is one."""
    added = sorted((project / "catalogue" / "services").glob("another-*.yaml"))
    if not added:
        return edit_words(project, chance)
    path = chance.choice(added)
    path.unlink()
    return f"no {path.stem}"


def edit_template(project: Path, chance: Random) -> str:
    """A template of the project's own, or none again."""
    own = project / "site_templates" / "pages" / "about.md.j2"
    if own.exists():
        own.unlink()
        return "no template"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"<p>{chance.choice(('Nous', 'We'))}</p>\n", "utf-8")
    return "a template"


def edit_brand(project: Path, chance: Random) -> str:
    """Another colour."""
    path = project / "catalogue" / "organisation.yaml"
    organisation = yaml.load(path.read_bytes(), yaml.BaseLoader)
    organisation["brand"]["colours"]["primary"] = chance.choice(("#0b5f9a", "#7a1f3d", "#1f5c3a"))
    path.write_text(yaml.safe_dump(organisation, allow_unicode=True, sort_keys=False), "utf-8")
    return "the brand"


_WAYS: tuple[Callable[[Path, Random], str], ...] = (
    *(edit_words,) * 6,
    edit_data,
    add_service,
    remove_service,
    edit_template,
    edit_brand,
)
