"""Unpacks a font: a WOFF2 (or any OpenType) file in; the same font as TrueType, under the name asked for, out."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from fontTools.ttLib import TTFont, TTLibError

_FAMILY_NAMES: Final = (1, 16, 21)  # of the table 'name': by which Typst knows the family
_BOLD, _ITALIC, _REGULAR, _OBLIQUE = 1 << 5, 1 << 0, 1 << 6, 1 << 9  # of OS/2 fsSelection


def unpack(content: bytes, family: str, weight: int | None, italic: bool | None) -> bytes:
    """The font as TrueType, called `family`; the same bytes each time. Raises ValueError when it cannot be read."""
    try:
        font = TTFont(BytesIO(content), recalcTimestamp=False, lazy=False)
        font.flavor = None
        _rename(font, family)
        _describe(font, weight, italic)
        unpacked = BytesIO()
        font.save(unpacked, reorderTables=True)
    except (TTLibError, ImportError, AttributeError, KeyError, AssertionError, OSError, ValueError) as fault:
        raise ValueError("it is not a font that can be read") from fault
    except Exception as fault:  # a broken file breaks the reader in ways of its own (struct, brotli, index)
        raise ValueError("it is not a font that can be read") from fault
    return unpacked.getvalue()


def _rename(font: TTFont, family: str) -> None:
    names = font["name"]
    for record in [record for record in names.names if record.nameID in _FAMILY_NAMES]:
        names.removeNames(nameID=record.nameID)
    names.setName(family, 1, 3, 1, 0x409)


def _describe(font: TTFont, weight: int | None, italic: bool | None) -> None:
    """Says in the font what the organisation said of the file: a file may call itself anything."""
    about = font["OS/2"]
    if weight is not None and "fvar" not in font:
        about.usWeightClass = weight
    if italic is not None:
        about.fsSelection &= ~(_ITALIC | _OBLIQUE)
        font["head"].macStyle &= ~2
        if italic:
            about.fsSelection = (about.fsSelection | _ITALIC) & ~_REGULAR
            font["head"].macStyle |= 2
