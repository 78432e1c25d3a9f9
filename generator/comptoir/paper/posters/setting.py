"""Texts as the templates of posters take them: a field of a paper, its place and a typeface in; lines with a size, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.metrics import text_width
from comptoir.paper.posters.fitting import LEADING, PosterFace, largest
from comptoir.paper.run import Run
from comptoir.paper.types import ViewData

_MUCH_SMALLER: Final = 0.6  # of the largest letters: then two lines read better


@dataclass(frozen=True, slots=True)
class PosterFaces:
    """The typefaces of a poster: of names, of titles, of small text."""

    names: PosterFace
    titles: PosterFace
    small: PosterFace


@dataclass(frozen=True, slots=True)
class PosterBox:
    """The place of a text, and its largest and smallest letters."""

    width: float
    height: float
    sizes: tuple[float, float]


def faces_of(run: Run) -> PosterFaces:
    """The typefaces of the organisation."""
    text, headings = run.typefaces.text[0], run.typefaces.headings[0]
    return PosterFaces(PosterFace(text, True), PosterFace(headings, True), PosterFace(text, False))


def fitted(field: ViewData, box: PosterBox, face: PosterFace) -> ViewData:
    """A text (`{text, place}`, or a word of ours) in lines as large as its place allows; None for None.

    What does not fit even in the smallest letters is counted in `over`, for the template to tell.
    """
    if field is None:
        return None
    words = field["text"] if isinstance(field, dict) else field
    assert isinstance(words, str)
    found = largest(words, box.width, box.height, face, box.sizes)
    place = field["place"] if isinstance(field, dict) else ""
    return {"lines": list(found.lines), "size": found.size, "over": found.over, "place": place}


def on_one_line(field: ViewData, box: PosterBox, face: PosterFace) -> ViewData:
    """The same for an address, which is easier to type from one line: smaller letters before a second line."""
    if field is None:
        return None
    words = field["text"] if isinstance(field, dict) else field
    assert isinstance(words, str)
    widest = text_width(words, 1, face.family, face.bold) or 1
    size = min(box.sizes[0], box.width / widest, box.height / LEADING)
    if size < max(box.sizes[1], box.sizes[0] * _MUCH_SMALLER):
        return fitted(field, box, face)
    place = field["place"] if isinstance(field, dict) else ""
    return {"lines": [words], "size": round(size - 0.0005, 3), "over": 0, "place": place}


def lines(field: ViewData, broken: tuple[str, ...]) -> ViewData:
    """A text whose lines are known already, in the same form."""
    return {"lines": list(broken), "place": field["place"] if isinstance(field, dict) else "", "over": 0}


def millimetres(length: float) -> float:
    """The length as templates get it: to the thousandth, so that the same poster always has the same bytes."""
    return round(length, 3)
