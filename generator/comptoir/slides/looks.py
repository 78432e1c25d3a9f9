"""How a deck looks: its colours, typefaces, pictograms and logos, in one value that the writers share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from comptoir.slides.deck import Shape
from comptoir.slides.fitting import Faces
from comptoir.slides.geometry import Outline
from comptoir.slides.palette import Palette


@dataclass(frozen=True, slots=True)
class Looks:
    """How a deck looks. `logos`: PNG on a light and on a dark ground, where there are.

    `drawing_of` gives a pictogram as SVG; `outline_of` gives a pictogram as a shape, None for one that must stay a picture: then `picture_of` draws it.
    """

    palette: Palette
    faces: Faces
    outline_of: Callable[[str], Outline | None]
    picture_of: Callable[[str, str], bytes]  # pictogram, colour
    drawing_of: Callable[[str], str]
    logos: Mapping[str, bytes]
    fingerprint: str = ""  # changes with whatever changes the looks


def relations_of(part: Any, looks: Looks) -> Callable[[Shape], str]:
    """Gives, for a pictogram that stays a picture, the name by which `part` of the file knows it."""

    def relation_of(shape: Shape) -> str:
        content = looks.picture_of(shape.pictogram, looks.palette.hexadecimal(shape.colour))
        return str(part.get_or_add_image_part(BytesIO(content))[1])

    return relation_of
