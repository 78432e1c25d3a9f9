"""Previews: the picture of a first page in; the small one that pages show, out."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

SIDE: Final = 360  # pixels of the longer side, twice what pages show
_QUALITY: Final = 78


def preview_ppi(side: float) -> float:
    """The resolution at which a page, its longer side that many millimetres, is drawn as small as it is shown."""
    return SIDE * 25.4 / side


def small_picture(picture: bytes) -> bytes:
    """A PNG as a small WebP; the same bytes each time."""
    with Image.open(BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=2)  # a third quicker than 4, and as small
    return written.getvalue()
