"""The colours of slides: the brand and its families in; a colour scheme of twelve, and one colour a family, out.

PowerPoint has six accents: the brand's two colours, then the first four families. The others, which its menus show as
the custom colours of the theme, are written as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from comptoir.colours import WHITE, nearest_readable, shade
from comptoir.content.edition import Edition
from comptoir.content.parts import sorted_families
from comptoir.tokens import PAPER, family_tokens, site_tokens

FAMILY_ACCENTS: Final = 4
_TINT: Final = (
    15,
    85,
    50,
)  # per cent of luminance kept, of luminance added, and of saturation kept: as soft as on paper


@dataclass(frozen=True, slots=True)
class Palette:
    """`scheme`: the colours of the theme by its names, in their order. `families`: 'accent3' or '#rrggbb' by family."""

    scheme: Mapping[str, str]
    families: Mapping[str, str]
    custom: tuple[tuple[str, str], ...]  # name and colour

    def hexadecimal(self, colour: str) -> str:
        """The colour as '#rrggbb', where it is one of the theme too; 'accent1/tint' for a tint."""
        name, _, tint = colour.partition("/")
        plain = name if name.startswith("#") else self.scheme[_ALIASES.get(name, name)]
        return shade(plain, 0.948, 0.02) if tint else plain


_ALIASES: Final = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


def choose_palette(at: Edition) -> Palette:
    """The colours of the organisation, each moved until text can be read on it or in it."""
    colours = at.catalogue.organisation.brand.colours
    tokens = site_tokens(colours.primary, colours.accent or colours.primary)
    families = sorted_families(at)
    solid = {family.id: family_tokens(family.colour)["family"] for family in families}
    accents = [tokens["primary"], tokens["button"], *list(solid.values())[:FAMILY_ACCENTS]]
    spare = (tokens["good"], tokens["warn"], tokens["bad"], tokens["ink-2"])
    accents += spare[: 2 + FAMILY_ACCENTS - len(accents)]
    scheme = {
        "dk1": tokens["ink"],
        "lt1": WHITE,
        "dk2": tokens["hero"],
        "lt2": PAPER,
        **{f"accent{n}": colour for n, colour in enumerate(accents, 1)},
        "hlink": tokens["link"],
        "folHlink": nearest_readable(shade(colours.primary, 0.45, 0.05), PAPER),
    }
    in_theme = {name: f"accent{n}" for n, name in enumerate(list(solid)[:FAMILY_ACCENTS], 3)}
    custom = tuple((at.text(family.name), solid[family.id]) for family in families)
    return Palette(scheme, {**solid, **in_theme}, custom)


def colour_xml(colour: str) -> str:
    """The colour as DrawingML: 'accent1', 'accent1/tint' for its tint, or '#rrggbb'."""
    name, _, tint = colour.partition("/")
    if name.startswith("#"):
        return f'<a:srgbClr val="{(shade(name, 0.948, 0.02) if tint else name)[1:].upper()}"/>'
    if not tint:
        return f'<a:schemeClr val="{name}"/>'
    kept, added, soft = (share * 1000 for share in _TINT)
    changes = f'<a:lumMod val="{kept}"/><a:lumOff val="{added}"/><a:satMod val="{soft}"/>'
    return f'<a:schemeClr val="{name}">{changes}</a:schemeClr>'
