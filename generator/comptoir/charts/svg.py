"""SVG fit for a page: a drawing as matplotlib writes it in; a small document whose colours follow the page, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from comptoir.charts.style import ChartPalette
from comptoir.charts.values import Spec
from comptoir.wording import printable

SVG: Final = "http://www.w3.org/2000/svg"
TITLE_FONT: Final = "var(--chart-title-font, inherit)"
FACES: Final = {
    "title": f' font-family="{TITLE_FONT}"',
    "halo": ' paint-order="stroke" stroke="{paper}" stroke-linejoin="round" stroke-width="3"',
}
_BETWEEN, _WITHIN = "\x1e", "\x1f"  # which no words hold: see `printable`
_TAG: Final = re.compile(r"<(/?)(g|defs|pattern|rect|path|use|text)\b([^>]*?)/?>(?:([^<]*)</text>)?")
_ATTRIBUTE: Final = re.compile(r'([\w:-]+)="([^"]*)"')
_VARIABLE: Final = re.compile(r"var\(--chart-([\w-]+), #[0-9a-f]{6}\)")
_MARKED: Final = re.compile(r"#000([0-9a-f]{3})\b")
_REFERENCE: Final = re.compile(r"url\(#(\w+)\)")
_OWN: Final = {"path": ("d",), "use": ("href", "x", "y"), "text": ("x", "y")}
_DROPPED: Final = frozenset({"font-family", "stroke-dashoffset"})


def together(words: Iterable[tuple[str, float, float]]) -> str:
    """Words of one look, each with its place in pixels from the left and top, as one text: `apart` tells them apart again."""
    return _BETWEEN.join(f"{x!r}{_WITHIN}{baseline!r}{_WITHIN}{text}" for text, x, baseline in words)


def apart(text: str) -> Iterator[tuple[str, str]]:
    """The words of such a text, each after its place as SVG has it."""
    for words in text.split(_BETWEEN):
        x, baseline, written = words.split(_WITHIN)
        yield f' x="{short(float(x))}" y="{short(float(baseline))}"', written


class Drawn(NamedTuple):
    """An element that draws; what is its `own`, and the `look` that a group can hold, are written already."""

    name: str
    own: str
    look: str
    text: str = ""


def page_colours(palette: ChartPalette) -> list[str]:
    """The colours as a page names them, so that light and dark are its own; without the page, those of the palette."""
    return [f"var(--chart-{name}, {colour})" for name, colour in palette]


def lean_svg(written: str, spec: Spec, palette: ChartPalette) -> str:
    """The drawing small enough to stand in a page.

    Colours by `marked` become variables of the page, identifiers begin with the spec's key, neighbours that look the same share a group.
    """
    reader = _Reader(palette, spec.key)
    width, height = written.partition('viewBox="')[2].partition('"')[0].split()[2:]
    drawn = [*reader.elements(written.partition("</style>")[2])]
    definitions = "".join(reader.definitions)
    if definitions:
        definitions = f"<defs>{definitions}</defs>"
    return svg_document(spec, float(width), float(height), f"{definitions}{''.join(_grouped(drawn))}")


def svg_document(spec: Spec, width: float, height: float, elements: str) -> str:
    """What draws, as a document with a title and a description for who does not see it."""
    key = spec.key
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {short(width)} {short(height)}" role="img" stroke-linejoin="round"'
        f' aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{_words(spec.title)}</title>'
        f'<desc id="{key}-d">{_words(spec.alternative)}</desc>{elements}</svg>'
    )


def fix_colours(svg: str, palette: ChartPalette, text_font: str, title_font: str) -> str:
    """The drawing with the palette's colours and typefaces written in, for paper, slides and files of their own."""
    colours = dict(palette)
    svg = _VARIABLE.sub(lambda found: colours.get(found[1], found[0]), svg)
    svg = svg.replace(TITLE_FONT, escape(title_font, {'"': "&quot;"}))
    return svg.replace('role="img"', f'role="img" font-family={quoteattr(text_font)}', 1)


@lru_cache(maxsize=50_000)  # rows and columns have places in common
def short(number: float) -> str:
    """A length in tenths of pixels.

    >>> short(12.0), short(-0.01), short(7.25)
    ('12', '0', '7.2')
    """
    rounded = f"{round(number, 6):.1f}".removesuffix(".0")  # what a sum is off by has no say in ties
    return "0" if rounded == "-0" else rounded


class _Reader:
    """Reads what matplotlib wrote, which is regular: no element but groups and definitions holds another."""

    def __init__(self, palette: ChartPalette, key: str) -> None:
        self._colours = page_colours(palette)
        self._faces = {
            name: look.format(paper=f"var(--chart-paper, {dict(palette).get('paper', '')})")
            for name, look in FACES.items()
        }
        self._key = key
        self._names: dict[str, str] = {}
        self._looks: dict[str, str] = {}
        self.definitions: list[str] = []

    def elements(self, written: str) -> Iterator[Drawn]:
        """What draws, from the back to the front; definitions are kept aside."""
        defining, face, pattern = False, "", ""
        for closing, name, raw, text in _TAG.findall(written):
            if name == "defs":
                defining = not closing
            elif name == "g":
                face = self._faces.get(raw[5:-1], "")
            elif name == "pattern":
                pattern = "" if closing else self._pattern(raw)
                self.definitions.append(pattern or "</pattern>")
            else:
                own, look = self._attributes(name, raw)
                if pattern:
                    self.definitions.append(f"<{name}{own}{look}/>")
                elif defining:
                    self.definitions.append(f"<path{own}/>")
                elif _WITHIN in text:
                    look = f"{look}{face}"
                    yield from (Drawn(name, place, look, words) for place, words in apart(text))
                else:
                    yield Drawn(name, own, f"{look}{face}" if name == "text" else look, text)

    def _pattern(self, raw: str) -> str:
        sizes = dict(_ATTRIBUTE.findall(raw))
        return (
            f'<pattern id="{self._name(sizes["id"])}" patternUnits="userSpaceOnUse" width="{sizes["width"]}"'
            f' height="{sizes["height"]}">'
        )

    def _attributes(self, name: str, raw: str) -> tuple[str, str]:
        """What is the element's own, and its look."""
        own, look = "", ""
        for attribute, value in _ATTRIBUTE.findall(raw):
            if attribute == "style":
                look += self._look(value)
            elif attribute == "d":
                own += f' d="{_outline(value)}"'
            elif attribute in {"x", "y"}:
                own += f' {attribute}="{short(float(value))}"'
            elif attribute == "id":
                own = f' id="{self._name(value)}"{own}'
            elif attribute == "xlink:href":
                own += f' href="#{self._name(value[1:])}"'
            elif attribute == "fill" or name == "rect":
                own += f' {attribute}="{self._colour(value)}"'
        return own, look

    def _look(self, style: str) -> str:
        """A style as attributes, in the order of their names."""
        if style not in self._looks:
            pairs = sorted(tuple(part.split(": ", 1)) for part in style.split("; "))
            self._looks[style] = "".join(
                f' {name}="{self._colour(value.removesuffix("px"))}"'
                for name, value in pairs
                if name not in _DROPPED
            ).replace(' text-anchor="start"', "")
        return self._looks[style]

    def _colour(self, value: str) -> str:
        value = _REFERENCE.sub(lambda found: f"url(#{self._name(found[1])})", value)
        return _MARKED.sub(lambda found: self._colours[int(found[1], 16) - 1], value)

    def _name(self, name: str) -> str:
        return self._names.setdefault(name, f"{self._key}-{len(self._names) + 1}")


def _outline(written: str) -> str:
    """A path in tenths of pixels and as few letters as it takes."""
    short_path: list[str] = []
    x = y = ""
    for line in written.split("\n"):
        letter, *numbers = line.split()[: None if line else 0] or ("",)
        if letter in {"", "z"}:
            short_path.append(letter)
            continue
        numbers = [short(float(number)) for number in numbers]
        if letter == "L" and numbers[1] == y:
            if numbers[0] != x:
                short_path.append(f"H{numbers[0]}")
        elif letter == "L" and numbers[0] == x:
            short_path.append(f"V{numbers[1]}")
        else:
            short_path.append(letter + " ".join(numbers))
        x, y = numbers[-2:]
    return "".join(short_path).replace(" -", "-")


def _grouped(elements: Sequence[Drawn]) -> Iterator[str]:
    """The elements written out, neighbours that look the same inside one group."""
    for look, neighbours in groupby(elements, key=attrgetter("look")):
        first, *others = neighbours
        if others:
            yield f"<g{look}>{''.join(_element(element, '') for element in (first, *others))}</g>"
        else:
            yield _element(first, look)


def _element(element: Drawn, look: str) -> str:
    end = f">{element.text}</{element.name}>" if element.text else "/>"
    return f"<{element.name}{element.own}{look}{end}"


def _words(text: str) -> str:
    return escape(printable(text))
