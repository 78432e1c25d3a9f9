"""The template of slides: a presentation that a designer drew in; its layouts as plain data, or what it lacks, out.

Layouts are known by their names, and the places of a layout by theirs: 'Title', 'Left', 'Card 2'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml.etree import LxmlError
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml

from comptoir.paper.types import PrintError
from comptoir.problems import suggest
from comptoir.slides.deck import TITLE, Box, Hole, Kind, Layout, Level
from comptoir.slides.package import as_presentation
from comptoir.slides.places import (
    BARE,
    CAPTION,
    CHART,
    COLUMNS,
    CONTACT,
    CONTENT,
    COVER,
    FAMILY,
    FIRST_CARD,
    GRIDS,
    LEFT,
    PICTURE,
    RIGHT,
    SECTION,
    SERVICE,
    SUBTITLE,
    TABLE,
    TILES,
)

FILE: Final = "slides/presentation.potx"  # below site_templates/
_LARGEST: Final = 100_000_000  # bytes, unpacked
_LIVE: Final = ("vbaproject", "activex", "embeddings/", "externallinks/")
_POINT: Final = 12700
_LEVELS: Final = 5
_ROLES: Final = {
    "Title": TITLE,
    "Subtitle": SUBTITLE,
    "Left": LEFT,
    "Right": RIGHT,
    "Picture": PICTURE,
    "Caption": CAPTION,
}
_TEXT: Final = frozenset({Kind.TITLE, Kind.CENTRE_TITLE, Kind.SUBTITLE, Kind.BODY})

LAYOUTS: Final = {
    "Cover": COVER,
    "Title and text": CONTENT,
    "Two columns": COLUMNS,
    "Section": SECTION,
    **{f"Grid of {cards} cards": f"grid {cards}" for cards in GRIDS},
    "Figures": TILES,
    "Chart": CHART,
    "Table": TABLE,
    "How to reach us": CONTACT,
    "Title only": BARE,
    "Family": FAMILY,
    "Service": SERVICE,
}
"""Layouts by their names in the template. Others stay in the presentation as they are."""

_CARDS: Final = {f"Card {n}": FIRST_CARD + n - 1 for n in range(1, 7)}
_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    COVER: ("Title", "Subtitle", "Caption"),
    CONTENT: ("Title", "Left"),
    **{
        f"grid {cards}": (
            "Title",
            *(f"{part} {n}" for n in range(1, cards + 1) for part in ("Heading", "Text")),
        )
        for cards in GRIDS
    },
    TILES: ("Title", *_CARDS),
    CHART: ("Title", "Left", "Right"),
    TABLE: ("Title", "Left", "Caption"),
    CONTACT: ("Title", *list(_CARDS)[:4], "Picture", "Caption"),
    FAMILY: ("Title", "Subtitle", "Left", "Right"),
    SERVICE: ("Title", "Subtitle", "Left", "Right"),
}
_HOLDS: Final = {
    (CHART, "Left"): {Kind.CHART},
    (TABLE, "Left"): {Kind.TABLE},
    (CONTACT, "Picture"): {Kind.PICTURE},
}
_MARKS: Final = ("Logo", "Logo on dark", "Pictogram", "Families")
"""Shapes that make room for what the project brings."""


def find_template(folders: Sequence[Path]) -> bytes:
    """The template of the first of the folders that has one."""
    return next(folder / FILE for folder in folders if (folder / FILE).is_file()).read_bytes()


def open_template(content: bytes) -> Any:
    """The template as the library reads it, a presentation without slides. Raises PrintError when it is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            links = [
                m.filename for m in members if m.filename.endswith(".rels") and _leads_out(archive.read(m))
            ]
        if sum(member.file_size for member in members) > _LARGEST:
            raise _fault("it is larger than 100 MB, unpacked")
        if live := [m.filename for m in members if any(sign in m.filename.lower() for sign in _LIVE)]:
            raise _fault(f"it holds programs or files of other kinds ({live[0]}): save it without them")
        if links:
            raise _fault(f"it shows a file from elsewhere ({links[0]}): put the picture itself into it")
        presentation = Presentation(BytesIO(as_presentation(content)))
        slides = presentation.slides._sldIdLst
        for slide in list(slides):
            presentation.part.drop_rel(slide.rId)
            slides.remove(slide)
    except (
        BadZipFile,
        LxmlError,
        PythonPptxError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        raise _fault("it cannot be read as a template of PowerPoint (.potx)") from fault
    return presentation


def _leads_out(relations: bytes) -> bool:
    """True when something outside the file is shown; a link that a reader follows is not."""
    found = parse_xml(relations).findall("{*}Relationship")
    return any(
        r.get("TargetMode") == "External" and not r.get("Type", "").endswith("/hyperlink") for r in found
    )


def read_template(content: bytes) -> dict[str, Layout]:
    """The layouts by key. Raises PrintError, which names everything that is lacking."""
    presentation = open_template(content)
    found = {LAYOUTS[made.name]: _layout(made) for made in presentation.slide_layouts if made.name in LAYOUTS}
    named = {made.name: [place.name for place in made.placeholders] for made in presentation.slide_layouts}
    lacking = list(_lacking(found, named))
    if lacking:
        raise _fault("; ".join(lacking))
    return found


def _fault(message: str) -> PrintError:
    return PrintError(f"site_templates/{FILE}: {message}")


def _lacking(found: Mapping[str, Layout], named: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, key in LAYOUTS.items():
        if key not in _NEEDED:
            continue
        if key not in found:
            others = [other for other in named if other not in LAYOUTS]
            yield f"there is no layout '{name}'{_hint(name, others)}"
            continue
        places = {hole.name: hole for hole in found[key].holes}
        for place in _NEEDED[key]:
            kinds = _HOLDS.get((key, place), _TEXT)
            kind = next(iter(kinds)).name.lower() if (key, place) in _HOLDS else "text"
            if place not in places:
                others = [other for other in named[name] if other not in _NEEDED[key]]
                yield f"the layout '{name}' has no placeholder '{place}' for a {kind}{_hint(place, others)}"
            elif places[place].kind not in kinds:
                yield f"in the layout '{name}', the placeholder '{place}' is not one for a {kind}"


def _hint(name: str, others: Sequence[str]) -> str:
    hint = suggest(name, others)
    return f" ({hint})" if hint.startswith("did you mean") else ""


def _layout(made: Any) -> Layout:
    holes = (_hole(place, made) for place in made.placeholders)
    named = {shape.name: _box(shape) for shape in made.shapes if shape.name in _MARKS}
    background = made._element.find(".//{*}bg//{*}solidFill")
    return Layout(
        made.name,
        tuple(sorted((hole for hole in holes if hole is not None), key=lambda hole: hole.index)),
        background=_colour(background) if background is not None else "",
        marks=named,
    )


def _hole(place: Any, layout: Any) -> Hole | None:
    """A placeholder by its name; None for one that nothing is written in."""
    kind = Kind(place._element.xpath(".//p:nvPr/p:ph")[0].get("type", "obj"))
    name = "Title" if kind in (Kind.TITLE, Kind.CENTRE_TITLE) else place.name
    number = name.rpartition(" ")[2]
    if name.startswith(("Heading ", "Text ")) and number.isdigit():
        index = FIRST_CARD + 2 * (int(number) - 1) + name.startswith("Text")
    elif name in _ROLES or name in _CARDS:
        index = _ROLES[name] if name in _ROLES else _CARDS[name]
    else:
        return None
    body = place._element.find("{*}txBody/{*}bodyPr")
    insets = tuple(
        int(body.get(f"{side}Ins", default)) / _POINT for side, default in zip("ltrb", _INSETS, strict=True)
    )
    fill = place._element.find("{*}spPr/{*}solidFill")
    return Hole(
        index,
        Kind.BODY if kind is Kind.OBJECT else kind,
        name,
        _box(place),
        tuple(
            _level(place, layout, kind, n) for n in range(1, _LEVELS + 1) if _styles(place, layout, kind, n)
        ),
        body.get("anchor") or "t",
        place.text_frame.text if place.has_text_frame else "",
        _colour(fill) if fill is not None else "",
        insets,  # type: ignore[arg-type]
        place.placeholder_format.idx,
    )


_INSETS: Final = (91440, 45720, 91440, 45720)  # what the format takes where nothing is said


def _styles(place: Any, layout: Any, kind: Kind, number: int) -> list[Any]:
    """Where the looks of a level are written, the nearest first: in the placeholder, then in the master."""
    style = "titleStyle" if kind in (Kind.TITLE, Kind.CENTRE_TITLE) else "bodyStyle"
    own = place._element.findall(f"{{*}}txBody/{{*}}lstStyle/{{*}}lvl{number}pPr")
    if not own and place._element.findall("{*}txBody/{*}lstStyle/*"):
        return []
    return [*own, *layout.slide_master._element.findall(f"{{*}}txStyles/{{*}}{style}/{{*}}lvl{number}pPr")]


def _level(place: Any, layout: Any, kind: Kind, number: int) -> Level:
    styles = _styles(place, layout, kind, number)

    def first(path: str, attribute: str, otherwise: str) -> str:
        return next(
            (e.get(attribute) for s in styles for e in s.findall(path) if e.get(attribute)), otherwise
        )

    fills = [fill for style in styles for fill in style.findall("{*}defRPr/{*}solidFill")]
    signs = [e for style in styles for e in (*style.findall("{*}buNone"), *style.findall("{*}buChar"))]
    face = first("{*}defRPr/{*}latin", "typeface", "+mn-lt")
    return Level(
        int(first("{*}defRPr", "sz", "1800")) / 100,
        _colour(fills[0]) if fills else "tx1",
        first("{*}defRPr", "b", "0") in ("1", "true"),
        bool(signs) and signs[0].tag.endswith("buChar"),
        int(first("{*}spcBef/{*}spcPts", "val", "0")) / 100,
        face.startswith("+mj"),
    )


def _box(shape: Any) -> Box:
    left, top, width, height = (
        (side or 0) / _POINT for side in (shape.left, shape.top, shape.width, shape.height)
    )
    return Box(left, top, width, height)


def _colour(fill: Any) -> str:
    """'accent1', 'accent1/tint' where it is lightened, or '#rrggbb'."""
    colour = next(iter(fill), None)
    if colour is None:
        return "tx1"
    if colour.tag.endswith("srgbClr"):
        return f"#{colour.get('val').lower()}"
    return f"{colour.get('val', 'tx1')}{'/tint' if len(colour) else ''}"


def for_family(layout: Layout, colour: str) -> Layout:
    """The layout of a family or of its services: the third accent of the template stands for the family's colour."""
    holes = tuple(
        replace(
            hole,
            fill=_in_colour(hole.fill, colour),
            levels=tuple(replace(level, colour=_in_colour(level.colour, colour)) for level in hole.levels),
        )
        for hole in layout.holes
    )
    return replace(layout, holes=holes)


def _in_colour(role: str, colour: str) -> str:
    name, mark, tint = role.partition("/")
    return f"{colour}{mark}{tint}" if name == FAMILY_ACCENT else role


FAMILY_ACCENT: Final = "accent3"
