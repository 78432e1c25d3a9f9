"""What a brand is made of: pictograms and typefaces that ship, contrast of colours, drawings of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from comptoir.colours import contrast_ratio, nearest_readable
from comptoir.resources import templates_folder
from comptoir.svg import check_svg, inline_svg

__all__ = [
    "FontFace",
    "ShippedFont",
    "check_svg",
    "contrast_ratio",
    "inline_svg",
    "nearest_readable",
    "pictogram_names",
    "read_pictogram",
    "shipped_fonts",
]

OWN_PICTOGRAMS: Final = "catalogue/pictograms/"


@dataclass(frozen=True, slots=True)
class FontFace:
    """One file of a typeface: `style` is 'normal' or 'italic', `unicode_range` as CSS writes it."""

    path: Path
    style: str
    unicode_range: str


@dataclass(frozen=True, slots=True)
class ShippedFont:
    """A variable typeface that ships; `generic` is CSS's name for its kind, `weights` lightest and boldest."""

    family: str
    generic: str
    weights: tuple[int, int]
    faces: tuple[FontFace, ...]
    licence: Path


@cache
def pictogram_names() -> frozenset[str]:
    """Names of the pictograms that ship."""
    return frozenset(path.stem for path in _pictograms().glob("*.svg"))


def read_pictogram(name: str, svgs: Mapping[str, bytes]) -> str:
    """The pictogram as an `<svg>` element: the project's own of that name, otherwise the one that ships.

    `svgs` are the project's drawings by file. Raises KeyError if there is none of that name, ValueError if
    the project's own is not safe.
    """
    own = svgs.get(f"{OWN_PICTOGRAMS}{name}.svg")
    if own is not None:
        return inline_svg(own)
    if name not in pictogram_names():
        raise KeyError(name)
    return _read_shipped(name)


@cache
def shipped_fonts() -> tuple[ShippedFont, ...]:
    """The typefaces that ship, each with its files and licence."""
    folder = templates_folder() / "brand" / "fonts"
    written = yaml.load((folder / "fonts.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        ShippedFont(
            family=font["family"],
            generic=font["generic"],
            weights=(font["weights"][0], font["weights"][1]),
            faces=tuple(
                FontFace(folder / font["folder"] / face["file"], face["style"], face["unicode_range"])
                for face in font["faces"]
            ),
            licence=folder / font["folder"] / "LICENSE",
        )
        for font in written
    )


def _pictograms() -> Path:
    return templates_folder() / "brand" / "pictograms"


@cache
def _read_shipped(name: str) -> str:
    return (_pictograms() / f"{name}.svg").read_text(encoding="utf-8").strip()
