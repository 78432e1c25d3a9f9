"""What tests of pages share: the base case, the same with other words everywhere, and pages as a browser reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from comptoir.build import check_project
from comptoir.model.base import Model, Text
from comptoir.model.catalogue import Catalogue
from comptoir.site import RenderedSite, render_site

BASE = Path(__file__).parents[1] / "cases" / "base"
TODAY = date(2026, 10, 15)
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "path", "rect", "circle"})


def base_catalogue() -> Catalogue:
    """The catalogue of tests/cases/base."""
    return check_project(BASE, TODAY)[0]


def render(catalogue: Catalogue, language: str = "fr", **options: Any) -> RenderedSite:
    """The site of `catalogue` on the day of the tests."""
    return render_site(catalogue, language=language, today=TODAY, **options)


def reword(value: Any, words: Callable[[Text], Text]) -> Any:
    """The same model, tuple or catalogue with each text replaced."""
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, tuple):
        return tuple(reword(part, words) for part in value)
    if isinstance(value, Model):
        changes = {name: reword(getattr(value, name), words) for name in type(value).model_fields}
        return value.model_copy(update=changes)
    if isinstance(value, Catalogue):
        names = [f.name for f in fields(value) if f.name not in {"declared", "pictograms", "assets", "svgs"}]
        changes = {name: reword(getattr(value, name), words) for name in names}
        return replace(value, **changes)
    if isinstance(value, dict):
        return {key: reword(part, words) for key, part in value.items()}
    return value


def body_of(file: str) -> str:
    """The HTML that the site engine makes of a page's Markdown file."""
    _, _, rest = file.partition("\n---\n")
    return Markdown(extensions=["toc", "tables", "fenced_code"]).convert(rest)


class Read(HTMLParser):
    """A page as a browser reads it: its words, its elements with their attributes, and what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if "script" not in self.open:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """Attributes of each element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]


def front_matter(file: str) -> dict[str, object]:
    """What a page tells the engine about itself."""
    matched = re.match(r"---\n(.*?\n)---\n", file, re.DOTALL)
    assert matched
    values = yaml.safe_load(matched[1])
    assert isinstance(values, dict)
    return values
