"""What a page is made from and with: the catalogue in one language, and the helpers that write text, links, pictograms."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final, TypeVar

from markupsafe import Markup

from comptoir.brand import OWN_PICTOGRAMS, read_pictogram
from comptoir.content.paths import HOLDS, PAGES, page_path, relative_url, root_url
from comptoir.content.results import Results
from comptoir.markdown import render_markdown
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.wording import Language

Made = TypeVar("Made")

FILES: Final = "files/"
"""Folder of the published files of the project, such as documents and pictures."""

NO_PICTOGRAM: Final = "shapes"
_HEADING: Final = re.compile(r"<(/?)h([1-6])>")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is printed at `path` under docs/. `kind` is that of the product, such as 'sheet'.

    `subject` is what it is about, such as the name of a service; `preview` the path of a picture of it, or ''. How
    long it is is known later: see `render.downloads.late_mark`.
    """

    path: str
    kind: str
    title: str
    subject: str = ""
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One build: a catalogue, cut for its audience, in one language, as of `today`."""

    catalogue: Catalogue
    language: Language
    today: date
    results: Results | None = None  # None when nothing is measured
    downloads: tuple[Download, ...] = ()  # what was printed in this language
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    data: dict[str, str] = field(
        default_factory=dict, repr=False, compare=False
    )  # files of data, by their path

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made the first time only: for what is the same on every page."""
        if key not in self.memory:
            self.memory[key] = make()
        made: Made = self.memory[key]
        return made

    def keep_data(self, path: str, make: Callable[[], str]) -> None:
        """Publish a file of data, made the first time only: pages call this when they lead to it."""
        if path not in self.data:
            self.data[path] = make()


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written. `view` is all that its template sees, as `page`."""

    path: str
    template: str
    view: Any
    title: str
    description: str = ""
    section: str = ""  # entry of the top navigation it belongs to, such as 'services'
    source: str = ""  # YAML file it comes from, for the edit link
    search: Mapping[str, object] = field(default_factory=dict)  # Material's front matter 'search'
    tags: tuple[str, ...] = ()  # other words by which the search finds it


@dataclass(frozen=True, slots=True)
class PageContext:
    """The site as seen from one page: the only maker of links, text, HTML and pictograms for its view."""

    site: Site
    path: str

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.site.language

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, cut for its audience."""
        return self.site.catalogue

    def text(self, text: Text | None) -> str:
        """A user's text in the language of the page, on one line; '' for None."""
        return self.language.typeset(text.in_language(self.language.code)) if text else ""

    def texts(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Users' texts, each as `text` gives it."""
        return tuple(self.text(text) for text in texts)

    def html(self, text: Text | None, level: int = 3) -> Markup:
        """A user's Markdown as safe HTML, its headings from `level` on without a gap; empty for None."""
        return self.markdown(text.in_language(self.language.code), level) if text else Markup("")

    def markdown(self, text: str, level: int = 3) -> Markup:
        """Markdown in the language of the page as safe HTML; empty for ''."""
        html = _level_headings(render_markdown(text, self.resolve), level)
        return Markup(self.language.typeset_html(html))  # cleaned by render_markdown

    def url(self, kind: str, name: str) -> str:
        """The address of a page, relative to this one. Raises KeyError if there is no such kind."""
        return relative_url(self.path, page_path(kind, name))

    def address(self, kind: str, name: str) -> str:
        """The full address of a page where the organisation says its site's, otherwise as `url` gives it."""
        organisation = self.catalogue.organisation
        if organisation.site_url is None:
            return self.url(kind, name)
        prefix = "" if self.language.code == organisation.languages[0] else f"{self.language.code}/"
        return f"{organisation.site_url.rstrip('/')}/{prefix}{root_url(page_path(kind, name))}"

    def file_url(self, file: str) -> str:
        """The address of a published file of catalogue/, relative to this page."""
        return relative_url(self.path, FILES + file)

    def resolve(self, kind: str, name: str) -> str | None:
        """The address of what `kind:name` names in Markdown, None when this catalogue does not hold it."""
        if kind == "page":
            return self.url(kind, name) if self._has_page(name) else None
        if kind == "file":
            return self.file_url(name) if f"catalogue/{name}" in self.catalogue.assets else None
        if kind == "indicator":  # an audience may see a definition whose results it does not
            results = self.site.results
            return self.url(kind, name) if results is not None and name in results.indicators else None
        return self.url(kind, name) if name in self.catalogue.of_kind(kind) else None

    def _has_page(self, name: str) -> bool:
        if name in {"results", "reports"}:
            return self.site.results is not None
        if name == "downloads":
            return bool(self.site.downloads)
        if name == "news":
            return any(news.date <= self.site.today for news in self.catalogue.news.values())
        return name in PAGES and (name not in HOLDS or bool(self.catalogue.of_kind(HOLDS[name])))

    def pictogram(self, name: str) -> Markup:
        """The pictogram as an inline drawing, hidden from screen readers; a neutral one if it cannot be had."""
        return _drawing(name, self.catalogue.svgs.get(f"{OWN_PICTOGRAMS}{name}.svg"))


def _level_headings(html: str, level: int) -> str:
    used = sorted({written for _, written in _HEADING.findall(html)})
    ranks = {written: min(level + rank, 6) for rank, written in enumerate(used)}
    return _HEADING.sub(lambda match: f"<{match[1]}h{ranks[match[2]]}>", html)


@cache
def _drawing(name: str, own: bytes | None) -> Markup:
    try:
        drawing = read_pictogram(name, {f"{OWN_PICTOGRAMS}{name}.svg": own} if own else {})
    except (KeyError, ValueError):
        drawing = read_pictogram(NO_PICTOGRAM, {})
    drawing = drawing.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return Markup(drawing.replace("<svg", '<svg class="c-pict" aria-hidden="true"', 1))
