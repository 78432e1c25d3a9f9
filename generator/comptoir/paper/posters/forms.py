"""The forms of the poster: sizes of paper and of screens. All lengths of a poster are millimetres of an A2 sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the poster: the sheet that is laid out, how much it is scaled to the `paper`, and the file that it becomes."""

    id: str
    width: float
    height: float
    paper: tuple[float, float]
    file: str
    format: str = "pdf"
    ppi: int = 144

    @property
    def scale(self) -> float:
        """Millimetres of the paper for each of the sheet."""
        return self.paper[0] / self.width

    @property
    def is_wide(self) -> bool:
        """True for what is wider than high."""
        return self.width > self.height


_A2: Final = (420.0, 594.0)
PAPERS: Final = {
    "a1": Form("a1", *_A2, (594, 841), "poster-a1.pdf"),
    "a2": Form("a2", *_A2, _A2, "poster-a2.pdf"),
    "a3": Form("a3", *_A2, (297, 420), "poster-a3.pdf"),
}
SCREENS: Final = (
    Form("svg", *_A2, (210, 297), "poster.svg", "svg"),
    Form("png", *_A2, (210, 297), "poster.png", "png"),
    Form("screen", 640.0, 360.0, (1920 / 144 * 25.4, 1080 / 144 * 25.4), "poster-screen.png", "png"),
)
