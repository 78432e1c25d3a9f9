"""SVG fit for a page: elements that draw, in order, and words in; a small document that groups what looks the same out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from comptoir.charts.style import Palette
from comptoir.text import printable

SVG: Final = "http://www.w3.org/2000/svg"
_VARIABLE: Final = re.compile(r"var\(--chart-([\w-]+), #[0-9a-f]{6}\)")


class Element(NamedTuple):
    """An element that draws; its attributes are written already: what is its `own`, and the `look` that a group can hold."""

    name: str
    own: str
    look: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a drawing shows: its size, what its elements refer to, and the elements from the back to the front."""

    width: float
    height: float
    definitions: Sequence[str]
    elements: Sequence[Element]


def write_svg(picture: Picture, key: str, title: str, description: str) -> str:
    """The document, with a title and a description for who does not see it."""
    definitions = "".join(picture.definitions)
    if definitions:
        definitions = f"<defs>{definitions}</defs>"
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {short(picture.width)} {short(picture.height)}" role="img"'
        f' aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{_words(title)}</title>'
        f'<desc id="{key}-d">{_words(description)}</desc>{definitions}{"".join(_grouped(picture.elements))}</svg>'
    )


def fix_colours(svg: str, palette: Palette, text_font: str, title_font: str) -> str:
    """The drawing with the palette's colours and typefaces written in, for paper, slides and files of their own."""
    colours = dict(palette)
    svg = _VARIABLE.sub(lambda found: colours.get(found[1], found[0]), svg)
    svg = svg.replace("var(--chart-title-font, inherit)", escape(title_font, {'"': "&quot;"}))
    return svg.replace('role="img"', f'role="img" font-family={quoteattr(text_font)}', 1)


@lru_cache(maxsize=50_000)  # rows and columns have places in common
def short(number: float) -> str:
    """A length in tenths of pixels.

    >>> short(12.0), short(-0.01), short(7.25)
    ('12', '0', '7.2')
    """
    rounded = f"{round(number, 6):.1f}".removesuffix(".0")  # what a sum is off by has no say in ties
    return "0" if rounded == "-0" else rounded


def _grouped(elements: Iterable[Element]) -> Iterator[str]:
    """The elements written out, neighbours that look the same inside one group."""
    for look, neighbours in groupby(elements, key=attrgetter("look")):
        first, *others = neighbours
        if others:
            yield f"<g{look}>{''.join(_written(element, '') for element in (first, *others))}</g>"
        else:
            yield _written(first, look)


def _written(element: Element, look: str) -> str:
    end = f">{_words(element.text)}</{element.name}>" if element.text else "/>"
    return f"<{element.name}{element.own}{look}{end}"


def _words(text: str) -> str:
    return escape(printable(text))
