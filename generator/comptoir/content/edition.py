"""What content is made from and with: the catalogue in one language, and the helpers that write text and pictograms."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final, TypeVar

from markupsafe import Markup

from comptoir.brand import OWN_PICTOGRAMS, read_pictogram
from comptoir.content.references import HOLDS, Ref
from comptoir.content.results import Results
from comptoir.markdown import PAGES, render_markdown
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period
from comptoir.wording import Language
from comptoir.wording import language as speak

Made = TypeVar("Made")

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
class Edition:
    """A catalogue, cut for its audience, in one language, as of `today`, with what was measured: all that content needs.

    It is the only maker of text, HTML and pictograms, for pages, paper and slides alike.
    """

    catalogue: Catalogue
    language: Language
    today: date
    results: Results | None = None  # None when nothing is measured
    downloads: tuple[Download, ...] = ()  # what was printed in this language
    is_narrowest: bool = False  # for those who keep the catalogue: they see all
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    data: dict[str, Callable[[], str | bytes]] = field(default_factory=dict, repr=False, compare=False)

    def about(self, period: Period) -> Edition:
        """The same, whose sentences speak of periods of that kind: of months in the report on a month."""
        language = self.language.about(period)
        return self if language == self.language else replace(self, language=language, memory={})

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made the first time only: for what is the same wherever it is shown."""
        if key not in self.memory:
            self.memory[key] = make()
        made: Made = self.memory[key]
        return made

    def offer_data(self, path: str, make: Callable[[], str | bytes]) -> Ref:
        """A file of data, made when a medium publishes it; content that leads to it calls this."""
        self.data.setdefault(path, make)
        return Ref("path", path)

    def text(self, text: Text | None) -> str:
        """A user's text in the language of the edition, on one line; '' for None."""
        return self.language.typeset(text.in_language(self.language.code)) if text else ""

    def texts(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Users' texts, each as `text` gives it."""
        return tuple(self.text(text) for text in texts)

    def html(self, text: Text | None, level: int = 3) -> Markup:
        """A user's Markdown as safe HTML, its headings from `level` on without a gap; empty for None."""
        return self.markdown(text.in_language(self.language.code), level) if text else Markup("")

    def markdown(self, text: str, level: int = 3, address: Callable[[Ref], str | None] = str) -> Markup:
        """Markdown in the language of the edition as safe HTML; empty for ''.

        Links and pictures hold what `address` gives for each reference: the reference itself where the medium resolves
        it later. One whose address is None leaves its words.
        """

        def resolve(kind: str, name: str) -> str | None:
            ref = self.find(kind, name)
            return address(ref) if ref else None

        html = _level_headings(render_markdown(text, resolve), level)
        return Markup(self.language.typeset_html(html))  # cleaned by render_markdown

    def find(self, kind: str, name: str) -> Ref | None:
        """What `kind:name` names in Markdown, None when this catalogue does not hold it."""
        match kind:
            case "page":
                is_held = self._has_page(name)
            case "file":
                is_held = f"catalogue/{name}" in self.catalogue.assets
            case "indicator":  # an audience may see a definition whose results it does not
                is_held = self.results is not None and name in self.results.indicators
            case _:
                is_held = name in self.catalogue.of_kind(kind)
        return Ref(kind, name) if is_held else None

    def _has_page(self, name: str) -> bool:
        if name in {"results", "reports"}:
            return self.results is not None
        if name == "downloads":
            return bool(self.downloads)
        if name == "news":
            return any(news.date <= self.today for news in self.catalogue.news.values())
        return name in PAGES and (name not in HOLDS or bool(self.catalogue.of_kind(HOLDS[name])))

    def pictogram(self, name: str) -> Markup:
        """The pictogram as an inline drawing, hidden from screen readers; a neutral one if it cannot be had."""
        return _drawing(name, self.catalogue.svgs.get(f"{OWN_PICTOGRAMS}{name}.svg"))


def spoken(code: str, results: Results | None) -> Language:
    """The language of that code, whose sentences speak of the periods that the results are of."""
    said = speak(code)
    return said.about(results.quarter) if results else said


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
