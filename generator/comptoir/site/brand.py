"""The brand as a style sheet: an organisation's colours and typefaces in; CSS, font files and logos out.

Every colour that carries text is moved, in OKLCH and no further than needed, until it passes WCAG AA on its
background, in light and in dark: one YAML file is enough for a readable site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from comptoir.brand import shipped_fonts
from comptoir.colours import WHITE, nearest_readable
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import Font
from comptoir.tokens import Tokens, family_tokens, family_tokens_dark, site_tokens, site_tokens_dark

FONTS: Final = "assets/fonts/"
FONT_FORMATS: Final = {"woff2": "woff2", "ttf": "truetype", "otf": "opentype"}  # ending → name in CSS
LOGOS: Final = "assets/brand/"


@dataclass(frozen=True, slots=True)
class BrandFiles:
    """Files under docs/, the addresses of the logos from the root of the site, and the fonts to load first."""

    files: Mapping[str, str | bytes]
    logo: Mapping[str, str]
    preload: tuple[str, ...]


def brand_files(catalogue: Catalogue) -> BrandFiles:
    """The style sheet of the brand with its fonts and logos."""
    files: dict[str, str | bytes] = {}
    faces: list[str] = []
    preload: list[str] = []
    fonts = catalogue.organisation.brand.fonts
    stacks = [_add_font(font, catalogue, files, faces, preload) for font in (fonts.text, fonts.headings)]
    files["assets/brand.css"] = "\n".join([*faces, brand_css(catalogue, stacks[0], stacks[1])])
    return BrandFiles(files, _add_logos(catalogue, files), tuple(preload))


def brand_css(catalogue: Catalogue, text_stack: str, headings_stack: str) -> str:
    """The custom properties of the site, of each family (.f-<id>) and of each segment (.s-<id>)."""
    colours = catalogue.organisation.brand.colours
    primary, accent = colours.primary, colours.accent or colours.primary
    light = site_tokens(primary, accent)
    dark = site_tokens_dark(primary, accent)
    fonts = {"font-text": text_stack, "font-display": headings_stack}
    owners = [(f".f-{family.id}", family.colour) for family in catalogue.families.values()]
    owners += [(f".s-{segment.id}", segment.colour or primary) for segment in catalogue.segments.values()]
    day = [_rule(selector, family_tokens(colour)) for selector, colour in owners]
    night = [(selector, family_tokens_dark(colour, dark)) for selector, colour in owners]
    return "\n".join(
        [
            _rule(":root", {"color-scheme": "light", **fonts, **light}),
            _rule("body", family_tokens(primary)),
            *day,
            "@media screen and (prefers-color-scheme:dark){",
            *_dark_rules(':root:not([data-scheme="light"])', dark, primary, night),
            "}",
            "@media screen{",
            *_dark_rules(':root[data-scheme="dark"]', dark, primary, night),
            "}",
            "",
        ]
    )


def _dark_rules(root: str, dark: Tokens, primary: str, night: Iterable[tuple[str, Tokens]]) -> list[str]:
    return [
        _rule(root, {"color-scheme": "dark", **dark}),
        _rule(f"{root} body", family_tokens_dark(primary, dark)),
        *(_rule(f"{root} {selector}", tokens) for selector, tokens in night),
    ]


def _rule(selector: str, tokens: Tokens) -> str:
    body = ";".join(
        f"{name}:{value}" if name == "color-scheme" else f"--{name}:{value}" for name, value in tokens.items()
    )
    return f"{selector}{{{body}}}"


def _add_font(
    font: Font, catalogue: Catalogue, files: dict[str, str | bytes], faces: list[str], preload: list[str]
) -> str:
    """Adds the files and faces of a typeface; gives the stack of names for CSS."""
    own = [(font.regular, "normal", "400"), (font.bold, "normal", "700"), (font.italic, "italic", "400")]
    found = False
    for file, style, weight in own:
        path = catalogue.assets.get(f"catalogue/{file}") if file else None
        if file is None or path is None:
            continue
        found = True
        name = FONTS + "own/" + file.replace("/", "-")
        files[name] = path.read_bytes()
        variable = "100 900" if weight == "400" and font.bold is None else weight
        faces.append(_face(font.family, name, style, variable, ""))
    if found:
        return f'"{font.family}",system-ui,sans-serif'
    for shipped in shipped_fonts():
        if shipped.family == font.family:
            weights = f"{shipped.weights[0]} {shipped.weights[1]}"
            for face in shipped.faces:
                name = FONTS + face.path.name
                if name not in files:
                    files[name] = face.path.read_bytes()
                    faces.append(_face(font.family, name, face.style, weights, face.unicode_range))
                if face.style == "normal" and "latin-ext" not in name and name not in preload:
                    preload.append(name)
            return f'"{font.family}",{"Georgia," if shipped.generic == "serif" else "system-ui,"}{shipped.generic}'
    return "system-ui,sans-serif"


def _face(family: str, file: str, style: str, weights: str, unicode_range: str) -> str:
    only = f";unicode-range:{unicode_range}" if unicode_range else ""
    format_ = FONT_FORMATS[file.rpartition(".")[2].lower()]
    source = f'url("{file.removeprefix("assets/")}") format("{format_}")'
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weights};'
        f"font-display:swap;src:{source}{only}}}"
    )


def _add_logos(catalogue: Catalogue, files: dict[str, str | bytes]) -> dict[str, str]:
    """Adds the logos that the project has; where there is no icon, one with the department's initial."""
    brand = catalogue.organisation.brand
    wanted = {
        "light": brand.logo,
        "dark": brand.logo_dark or brand.logo,
        "favicon": brand.favicon or brand.logo,
    }
    logo: dict[str, str] = {}
    for use, file in wanted.items():
        path = catalogue.assets.get(f"catalogue/{file}") if file else None
        if file is not None and path is not None:
            logo[use] = f"{LOGOS}{use}{path.suffix.lower()}"
            files[logo[use]] = path.read_bytes()
    if "favicon" not in logo:
        logo["favicon"] = LOGOS + "icon.svg"
        files[logo["favicon"]] = _initial_icon(catalogue)
    return logo


def _initial_icon(catalogue: Catalogue) -> str:
    organisation = catalogue.organisation
    colour = nearest_readable(organisation.brand.colours.primary, WHITE)
    initial = escape(organisation.short_name.variants()[0][1][:1].upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{colour}"/><text x="32" y="45" fill="#fff" '
        f'font-family="Georgia,serif" font-size="38" text-anchor="middle">{initial}</text></svg>'
    )
