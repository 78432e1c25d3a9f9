"""The layouts of slides: a brand and its families in; where everything stands, and how it looks, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.printing.slides.bands import all_round, family_band, service_band
from comptoir.printing.slides.deck import HEIGHT, MARGIN, TITLE, WIDTH, Box, Hole, Kind, Layout, Level, Shape
from comptoir.printing.slides.palette import Palette
from comptoir.printing.slides.places import (
    BARE,
    CAPTION,
    CHART,
    COLUMNS,
    CONTACT,
    CONTENT,
    COVER,
    FIRST_CARD,
    FOOT,
    GAP,
    GRIDS,
    LEFT,
    PICTURE,
    RIGHT,
    SECTION,
    SIGN,
    SUBTITLE,
    TABLE,
    TILES,
    TOP,
    card_boxes,
    family_layout,
    service_layout,
)
from comptoir.render.site import PageContext
from comptoir.render.views.parts import sorted_families

_SQUARES: Final = 9  # pictograms on the cover

_TITLE: Final = Level(30, "tx2", bold=True, is_heading=True)
_BODY: Final = (
    Level(18, before=8),
    Level(16, bullet=True, before=6),
    Level(13, before=2),
    Level(13, "accent1", bold=True, before=14),
    Level(11, before=2),
)
"""Text, items, small print, small heading, smallest print: the five levels of a body, by the key Tab."""

_CARD_HEADING: Final = Level(16, "tx2", bold=True, is_heading=True)
_CARD: Final = (
    Level(12, before=3),
    Level(12, bullet=True, before=3),
    Level(11, before=3),
    Level(12, "accent1", bold=True, before=8),
    Level(10, before=2),
)
_TILE: Final = (
    Level(32, "tx2", bold=True, is_heading=True),
    Level(14, bold=True, before=2),
    Level(12, before=3),
    Level(12, "accent1", bold=True, before=3),
    Level(10, before=2),
)


def make_layouts(at: PageContext, palette: Palette) -> dict[str, Layout]:
    """Every layout of a deck by its key, with their names and prompts in the language of the page."""
    say = at.language.gettext
    title, text = say("Titre"), say("Texte")
    here = Box(MARGIN, 36, 720, 68)
    head = Hole(TITLE, Kind.TITLE, title, here, (_TITLE,), "b", say("Cliquez pour écrire le titre"))
    hint = say("Cliquez pour écrire")
    layouts = {
        COVER: _cover(at, palette),
        **_plain(at, head),
        **{f"grid {cards}": _grid(at, cards, head) for cards in GRIDS},
        TILES: Layout(say("Chiffres"), "cust", (head, *_tiles(hint, text)), logo=_LOGO),
        **_data(at, head),
        CONTACT: _contact(at, head),
        BARE: Layout(say("Titre seul"), "titleOnly", (head,), logo=_LOGO),
    }
    for family in sorted_families(at):
        colour, name = palette.families[family.id], at.text(family.name)
        layouts[family_layout(family.id)] = family_band(at, name, colour, family.pictogram)
        layouts[service_layout(family.id)] = service_band(at, name, colour, family.pictogram)
    return layouts


_WIDE: Final = WIDTH - 2 * MARGIN
_WHOLE: Final = Box(MARGIN, TOP + 12, _WIDE, FOOT - TOP - 20)


def _plain(at: PageContext, head: Hole) -> dict[str, Layout]:
    """Text below a title, in one column or in two, and the page that opens a section."""
    say = at.language.gettext
    half = (_WIDE - 2 * GAP) / 2

    def body(index: int, box: Box) -> Hole:
        return Hole(index, Kind.BODY, say("Texte"), box, _BODY, prompt=say("Cliquez pour écrire"))

    return {
        CONTENT: Layout(say("Titre et texte"), "obj", (head, body(LEFT, _WHOLE)), logo=_LOGO),
        COLUMNS: Layout(
            say("Deux colonnes"),
            "twoObj",
            (
                head,
                body(LEFT, Box(MARGIN, _WHOLE.y, half, _WHOLE.height)),
                body(RIGHT, Box(MARGIN + half + 2 * GAP, _WHOLE.y, half, _WHOLE.height)),
            ),
            logo=_LOGO,
        ),
        SECTION: _section(at),
    }


def _data(at: PageContext, head: Hole) -> dict[str, Layout]:
    """A chart with its sentences in a card; a table with a line below."""
    say = at.language.gettext
    hint = say("Cliquez pour écrire")
    card = Box(MARGIN + 614, _WHOLE.y, _WIDE - 614, _WHOLE.height)
    below = Box(MARGIN, FOOT - 36, _WIDE, 28)
    return {
        CHART: Layout(
            say("Graphique"),
            "cust",
            (
                head,
                Hole(LEFT, Kind.CHART, say("Graphique"), Box(MARGIN, _WHOLE.y, 590, _WHOLE.height)),
                Hole(RIGHT, Kind.BODY, say("Texte"), card, _CHART_NOTES, "t", hint, "bg2", all_round(16.0)),
            ),
            logo=_LOGO,
        ),
        TABLE: Layout(
            say("Tableau"),
            "tbl",
            (
                head,
                Hole(LEFT, Kind.TABLE, say("Tableau"), Box(MARGIN, _WHOLE.y, _WIDE, _WHOLE.height - 40)),
                Hole(CAPTION, Kind.BODY, say("Texte"), below, (_BODY[4],), "b", hint),
            ),
            logo=_LOGO,
        ),
    }


_LOGO: Final = Box(WIDTH - MARGIN - 120, 40, 120, 40)
_CHART_NOTES: Final = (
    Level(32, "tx2", bold=True, is_heading=True),
    Level(16, before=6),
    Level(14, before=8),
    Level(14, "accent1", bold=True, before=8),
    Level(12, before=8),
)


def _cover(at: PageContext, palette: Palette) -> Layout:
    say = at.language.gettext
    left = 560.0
    return Layout(
        say("Première page"),
        "title",
        (
            Hole(
                TITLE,
                Kind.CENTRE_TITLE,
                say("Titre"),
                Box(MARGIN, 150, left, 150),
                (Level(46, "bg1", bold=True, is_heading=True),),
                "b",
                say("Cliquez pour écrire le titre"),
            ),
            Hole(
                SUBTITLE,
                Kind.SUBTITLE,
                say("Sous-titre"),
                Box(MARGIN, 316, left, 84),
                (Level(22, "bg1"),),
                prompt=say("Cliquez pour écrire le sous-titre"),
            ),
            Hole(
                CAPTION,
                Kind.BODY,
                say("Qui, et quand"),
                Box(MARGIN, 430, left, 48),
                (Level(14, "bg1"),),
                "b",
                say("Cliquez pour écrire"),
            ),
        ),
        shapes=tuple(_squares(at, palette)),
        background="tx2",
        logo=Box(MARGIN, 48, 160, 52),
        dark=True,
        footer_colour="bg1",
    )


def _squares(at: PageContext, palette: Palette) -> Iterator[Shape]:
    """The pictograms of the families, each on its colour, and a line of all the colours."""
    families = sorted_families(at)
    side, gap = 84.0, 12.0
    shown = families[:_SQUARES]
    columns = 1 if len(shown) <= 2 else 2 if len(shown) <= 4 else 3
    rows = -(-len(shown) // columns)
    left = WIDTH - MARGIN - columns * side - (columns - 1) * gap
    top = (HEIGHT - rows * side - (rows - 1) * gap) / 2
    for place, family in enumerate(shown):
        row, column = divmod(place, columns)
        box = Box(left + column * (side + gap), top + row * (side + gap), side, side)
        yield Shape(box, palette.families[family.id], round=True)
        yield Shape(_inside(box, 20), "bg1", family.pictogram)


def _inside(box: Box, by: float) -> Box:
    return Box(box.x + by, box.y + by, box.width - 2 * by, box.height - 2 * by)


def _section(at: PageContext) -> Layout:
    say = at.language.gettext
    return Layout(
        say("Partie"),
        "secHead",
        (
            Hole(
                TITLE,
                Kind.TITLE,
                say("Titre"),
                Box(MARGIN, 170, 720, 120),
                (Level(40, "bg1", bold=True, is_heading=True),),
                "b",
                say("Cliquez pour écrire le titre"),
            ),
            Hole(
                SUBTITLE,
                Kind.BODY,
                say("Sous-titre"),
                Box(MARGIN, 304, 720, 100),
                (Level(20, "bg1"),),
                prompt=say("Cliquez pour écrire"),
            ),
        ),
        background="tx2",
        dark=True,
        footer_colour="bg1",
    )


def _grid(at: PageContext, cards: int, head: Hole) -> Layout:
    """Cards, each with a place for a sign, a heading beside it, and text below."""
    say = at.language.gettext
    hint = say("Cliquez pour écrire")
    holes: list[Hole] = []
    for place, box in enumerate(card_boxes(cards)):
        around = (60.0, 12.0, 12.0, box.height - 12 - SIGN)
        below = Box(box.x + 14, box.y + 22 + SIGN, box.width - 28, box.height - SIGN - 32)
        name, heading = say("Carte %(num)s") % {"num": place + 1}, (_CARD_HEADING,)
        index = FIRST_CARD + 2 * place
        holes.append(Hole(index, Kind.BODY, name, box, heading, "ctr", say("Titre"), "bg2", around))
        holes.append(Hole(index + 1, Kind.BODY, name, below, _CARD, prompt=hint))
    name = at.language.ngettext("Grille de %(num)s carte", "Grille de %(num)s cartes", cards) % {"num": cards}
    return Layout(name, "cust", (head, *holes), logo=_LOGO)


def _tiles(hint: str, name: str) -> Iterator[Hole]:
    """Six figures, in two rows."""
    width, height = (WIDTH - 2 * MARGIN - 2 * GAP) / 3, 176.0
    for place in range(6):
        row, column = divmod(place, 3)
        box = Box(MARGIN + column * (width + GAP), TOP + 8 + row * (height + GAP), width, height)
        yield Hole(
            FIRST_CARD + place, Kind.BODY, name, box, _TILE, prompt=hint, fill="bg2", insets=all_round(14.0)
        )


def _contact(at: PageContext, head: Hole) -> Layout:
    say = at.language.gettext
    width, height = 316.0, 174.0
    holes = tuple(
        Hole(
            FIRST_CARD + place,
            Kind.BODY,
            say("Contact"),
            Box(MARGIN + place % 2 * (width + GAP), TOP + 8 + place // 2 * (height + GAP), width, height),
            _CONTACT,
            prompt=say("Cliquez pour écrire"),
            fill="bg2",
            insets=all_round(14.0),
        )
        for place in range(4)
    )
    left = MARGIN + 2 * (width + GAP) + 8
    square = WIDTH - MARGIN - left
    picture = Hole(PICTURE, Kind.PICTURE, say("Image"), Box(left, TOP + 8, square, square))
    below = Box(left, picture.box.bottom + 8, square, FOOT - picture.box.bottom - 14)
    caption = Hole(
        CAPTION,
        Kind.BODY,
        say("Légende"),
        below,
        (Level(12, align="ctr"),),
        prompt=say("Cliquez pour écrire"),
    )
    return Layout(say("Nous joindre"), "cust", (head, *holes, picture, caption), logo=_LOGO)


_CONTACT: Final = (
    Level(16, "tx2", bold=True, is_heading=True),
    Level(13, before=5),
    Level(12, before=4),
    Level(12, "accent1", bold=True, before=8),
    Level(10, before=2),
)
