"""Drawings as pictures: an SVG in; a PNG, which every program that shows slides can read, out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import typst

_PAGE: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    b'#image(bytes(sys.inputs.drawing), format: "svg", height: float(sys.inputs.height) * 1pt)'
)


@lru_cache(maxsize=256)
def draw_svg(drawing: str, height: int, ppi: float = 216) -> bytes:
    """The drawing `height` points high. The drawing is data of the page: it is never read as a program.

    Raises ValueError when it cannot be drawn.
    """
    inputs = {"drawing": drawing, "height": str(height)}
    try:
        drawn = typst.Compiler(_PAGE, ignore_system_fonts=True, sys_inputs=inputs).compile(
            format="png", ppi=ppi
        )
    except typst.TypstError as fault:
        raise ValueError(str(fault)) from fault
    return drawn if isinstance(drawn, bytes) else b""
