"""The look of charts: the brand's colours in; a light and a dark palette of named colours, and their CSS, out.

A drawing names the part a colour plays ('ink', 'target-band'); a page says what colour that is, in light and
in dark, through CSS variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from comptoir.charts.looks import ChartLooks, read_looks
from comptoir.colours import AA_GRAPHICS, AA_TEXT, contrast_ratio, nearest_readable

ChartPalette: TypeAlias = tuple[tuple[str, str], ...]

LIGHT_PAPER: Final = "#fbf9f5"
DARK_PAPER: Final = "#12191d"
STEPS: Final = 3  # of the diverging scale, on each side of the target

# Chosen on the blue-orange axis that every kind of colour vision keeps apart; tests simulate three of them.
_FIXED: Final = {
    "light": {
        "ink": "#1c2b33",
        "muted": "#5b6870",
        "grid": "#e3ddd2",
        "axis": "#868d93",
        "target": "#3d6b45",
        "target-band": "#e4ecdd",
        "kept": "#0068a8",
        "barely": "#0068a8",
        "near": "#b27a00",
        "missed": "#a6123c",
        "hatch": "#8b9298",
        "empty": "#f2eee6",
    },
    "dark": {
        "ink": "#e9ecea",
        "muted": "#a3aeb4",
        "grid": "#2a353b",
        "axis": "#74828a",
        "target": "#93c29a",
        "target-band": "#1d2d26",
        "kept": "#4ea9e6",
        "barely": "#4ea9e6",
        "near": "#f7d264",
        "missed": "#f0705c",
        "hatch": "#74828a",
        "empty": "#182126",
    },
}
# Lines and their labels; on a dark page the least that is readable looks dull.
_BRAND_CONTRAST: Final = {"light": AA_TEXT, "dark": 6.5}
_POLES: Final = {"light": ("#0b5f9a", "#b54a08"), "dark": ("#3d93d3", "#dd7137")}
_STRENGTHS: Final = {"light": (0.15, 0.36, 0.8), "dark": (0.25, 0.45, 0.8)}


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Palettes, and the typefaces that text is measured with."""

    light: ChartPalette
    dark: ChartPalette
    text_font: str
    title_font: str
    sheet: str = ""  # a project's own style sheet of matplotlib, over the one that ships

    @property
    def drawn(self) -> dict[str, str]:
        """The colours that stand for those of the palette while matplotlib draws: each becomes the page's own afterwards."""
        return {name: f"#{place:06x}" for place, (name, _) in enumerate(self.light, start=1)}

    @property
    def looks(self) -> ChartLooks:
        """Settings of matplotlib, from the style sheet."""
        return read_looks(self.sheet, self.drawn)

    def __post_init__(self) -> None:
        if [name for name, _ in self.light] != [name for name, _ in self.dark]:
            raise ValueError("the light and the dark palette do not name the same colours")


def chart_style(
    primary: str,
    accent: str | None = None,
    families: Mapping[str, str] | None = None,
    text_font: str = "Figtree",
    title_font: str = "Fraunces",
    sheet: str = "",
) -> ChartStyle:
    """The style of a brand: its two colours and those of its families ('#rrggbb'), made readable on either paper.

    Raises ValueError if a colour is not '#rrggbb'.
    """
    brand = {"line": primary, "accent": accent or primary}
    brand |= {family_role(name): colour for name, colour in (families or {}).items()}
    return ChartStyle(
        light=_palette("light", LIGHT_PAPER, brand),
        dark=_palette("dark", DARK_PAPER, brand),
        text_font=text_font,
        title_font=title_font,
        sheet=sheet,
    )


def family_role(family: str) -> str:
    """The name of a family's colour in the palettes."""
    return f"family-{family}"


def line_role(style: ChartStyle, family: str) -> str:
    """The colour of a series: its family's, or the brand's when the family has none."""
    role = family_role(family)
    return role if family and any(name == role for name, _ in style.light) else "line"


def palette_css(
    style: ChartStyle,
    light: str = ":root",
    dark: str = '[data-md-color-scheme="slate"]',
    dark_by_system: str = "",
) -> str:
    """The style sheet that gives the variables their colours under the selectors, and swaps narrow charts in.

    `dark_by_system` holds where the reader's system prefers dark and the page says nothing else. Paper is always light.
    A page that holds both drawings of a chart puts them in `<div class="chart">` with the classes `chart-wide`
    and `chart-narrow`.
    """
    rules = [_colours(light, style.light), f"@media screen{{{_colours(dark, style.dark)}}}"]
    if dark_by_system:
        by_system = _colours(dark_by_system, style.dark)
        rules.append(f"@media screen and (prefers-color-scheme:dark){{{by_system}}}")
    rules.append(".chart{container-type:inline-size}.chart svg{display:block;width:100%;height:auto}")
    rules.append(
        ".chart-wide svg{max-width:760px}.chart-narrow svg{max-width:400px}.chart-narrow{display:none}"
    )
    rules.append("@container (max-width:639px){.chart-wide{display:none}.chart-narrow{display:block}}")
    return "\n".join(rules) + "\n"


def _colours(selector: str, palette: ChartPalette) -> str:
    return selector + "{" + "".join(f"--chart-{name}:{colour};" for name, colour in palette) + "}"


def _palette(scheme: str, paper: str, brand: Mapping[str, str]) -> ChartPalette:
    fixed = _FIXED[scheme]
    named = {name: nearest_readable(colour, paper, _BRAND_CONTRAST[scheme]) for name, colour in brand.items()}
    colours = {"paper": paper, **fixed, **named}
    # Bars lie on the target's band as often as on the paper.
    for name, share in (("bar", 0.82), ("bar-soft", 0.5)):
        tint = _mix(paper, colours["line"], share)
        colours[name] = nearest_readable(tint, fixed["target-band"], AA_GRAPHICS)
    for pole, name in zip(_POLES[scheme], ("met", "missed"), strict=True):
        for step, strength in enumerate(_STRENGTHS[scheme], start=1):
            cell = _mix(paper, pole, strength)
            colours[f"heat-{name}-{step}"] = cell
            colours[f"heat-{name}-{step}-text"] = _text_on(cell, fixed["ink"], paper)
    for step, strength in enumerate(_STRENGTHS[scheme], start=1):
        cell = _mix(paper, colours["line"], strength)
        colours[f"heat-plain-{step}"] = cell
        colours[f"heat-plain-{step}-text"] = _text_on(cell, fixed["ink"], paper)
    return tuple(sorted(colours.items()))


def _text_on(cell: str, ink: str, paper: str) -> str:
    best = max((ink, paper), key=lambda colour: contrast_ratio(colour, cell))
    return nearest_readable(best, cell, AA_TEXT)


def _mix(below: str, above: str, share: float) -> str:
    """The colour that `above` gives when it is laid on `below` at that opacity."""
    pairs = ((int(below[i : i + 2], 16), int(above[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(b + (a - b) * share):02x}" for b, a in pairs)
