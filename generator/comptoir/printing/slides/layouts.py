"""The layouts of slides: a brand and its families in; where everything stands, and how it looks, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.printing.slides.deck import HEIGHT, MARGIN, TITLE, WIDTH, Box, Hole, Kind, Layout, Level, Shape
from comptoir.printing.slides.palette import Palette
from comptoir.render.site import PageContext
from comptoir.render.views.parts import sorted_families

COVER, CONTENT, COLUMNS, SECTION, TILES, CHART, TABLE, CONTACT, BARE = (
    "cover", "content", "columns", "section", "tiles", "chart", "table", "contact", "bare",
)  # fmt: skip
GRIDS: Final = {3: (3, 1), 4: (2, 2), 6: (3, 2), 8: (4, 2)}
"""Cards of a grid → columns and rows."""

SUBTITLE, LEFT, RIGHT, PICTURE, CAPTION, FIRST_CARD = 1, 10, 11, 12, 13, 20
FOOTER, NUMBER = 90, 91
SIGN: Final = 40.0
"""The side of the square of a card's pictogram."""

_SQUARES: Final = 9  # pictograms on the cover
_GAP: Final = 16.0
_TOP: Final = 116.0  # of what stands below the title
_FOOT: Final = 500.0

_TITLE: Final = Level(30, "tx2", bold=True, is_heading=True)
_ON_COLOUR: Final = Level(30, "bg1", bold=True, is_heading=True)
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


def family_layout(family: str) -> str:
    """The key of the layout of a family."""
    return f"family {family}"


def service_layout(family: str) -> str:
    """The key of the layout of the services of a family."""
    return f"service {family}"


def grid_layout(cards: int) -> str:
    """The key of the smallest grid that holds so many cards, or of the largest."""
    return f"grid {next((size for size in GRIDS if size >= cards), max(GRIDS))}"


def make_layouts(at: PageContext, palette: Palette) -> dict[str, Layout]:
    """Every layout of a deck by its key, with their names and prompts in the language of the page."""
    say = at.language.gettext
    title, text = say("Titre"), say("Texte")
    here = Box(MARGIN, 36, 720, 68)
    head = Hole(TITLE, Kind.TITLE, title, here, (_TITLE,), "b", say("Cliquez pour écrire le titre"))
    hint = say("Cliquez pour écrire")
    wide = WIDTH - 2 * MARGIN
    half = (wide - 2 * _GAP) / 2

    def body(index: int, box: Box, levels: tuple[Level, ...] = _BODY, **others: object) -> Hole:
        return Hole(index, Kind.BODY, text, box, levels, prompt=hint, **others)  # type: ignore[arg-type]

    whole = Box(MARGIN, _TOP + 12, wide, _FOOT - _TOP - 20)
    layouts = {
        COVER: _cover(at, palette),
        CONTENT: Layout(say("Titre et texte"), "obj", (head, body(LEFT, whole)), logo=_LOGO),
        COLUMNS: Layout(
            say("Deux colonnes"),
            "twoObj",
            (
                head,
                body(LEFT, Box(MARGIN, whole.y, half, whole.height)),
                body(RIGHT, Box(MARGIN + half + 2 * _GAP, whole.y, half, whole.height)),
            ),
            logo=_LOGO,
        ),
        SECTION: _section(at),
        **{f"grid {cards}": _grid(at, cards, head) for cards in GRIDS},
        TILES: Layout(say("Chiffres"), "cust", (head, *_tiles(hint, text)), logo=_LOGO),
        CHART: Layout(
            say("Graphique"),
            "cust",
            (
                head,
                Hole(LEFT, Kind.CHART, say("Graphique"), Box(MARGIN, whole.y, 590, whole.height)),
                body(
                    RIGHT,
                    Box(MARGIN + 614, whole.y, wide - 614, whole.height),
                    _CHART_NOTES,
                    fill="bg2",
                    insets=_all_round(16.0),
                ),
            ),
            logo=_LOGO,
        ),
        TABLE: Layout(
            say("Tableau"),
            "tbl",
            (
                head,
                Hole(LEFT, Kind.TABLE, say("Tableau"), Box(MARGIN, whole.y, wide, whole.height - 40)),
                body(CAPTION, Box(MARGIN, _FOOT - 36, wide, 28), (_BODY[4],), anchor="b"),
            ),
            logo=_LOGO,
        ),
        CONTACT: _contact(at, head),
        BARE: Layout(say("Titre seul"), "titleOnly", (head,), logo=_LOGO),
    }
    for family in sorted_families(at):
        colour, name = palette.families[family.id], at.text(family.name)
        layouts[family_layout(family.id)] = _family(at, name, colour, family.pictogram)
        layouts[service_layout(family.id)] = _service(at, name, colour, family.pictogram)
    return layouts


def _all_round(inset: float) -> tuple[float, float, float, float]:
    return inset, inset, inset, inset


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


def card_boxes(cards: int) -> tuple[Box, ...]:
    """Where the cards of a grid stand."""
    columns, rows = GRIDS[cards]
    width = (WIDTH - 2 * MARGIN - (columns - 1) * _GAP) / columns
    top = _TOP + 8
    height = (_FOOT - 6 - top - (rows - 1) * _GAP) / rows
    return tuple(
        Box(
            MARGIN + place % columns * (width + _GAP), top + place // columns * (height + _GAP), width, height
        )
        for place in range(cards)
    )


def _tiles(hint: str, name: str) -> Iterator[Hole]:
    """Six figures, in two rows."""
    width, height = (WIDTH - 2 * MARGIN - 2 * _GAP) / 3, 176.0
    for place in range(6):
        row, column = divmod(place, 3)
        box = Box(MARGIN + column * (width + _GAP), _TOP + 8 + row * (height + _GAP), width, height)
        yield Hole(
            FIRST_CARD + place, Kind.BODY, name, box, _TILE, prompt=hint, fill="bg2", insets=_all_round(14.0)
        )


def _contact(at: PageContext, head: Hole) -> Layout:
    say = at.language.gettext
    width, height = 316.0, 174.0
    holes = tuple(
        Hole(
            FIRST_CARD + place,
            Kind.BODY,
            say("Contact"),
            Box(MARGIN + place % 2 * (width + _GAP), _TOP + 8 + place // 2 * (height + _GAP), width, height),
            _CONTACT,
            prompt=say("Cliquez pour écrire"),
            fill="bg2",
            insets=_all_round(14.0),
        )
        for place in range(4)
    )
    left = MARGIN + 2 * (width + _GAP) + 8
    square = WIDTH - MARGIN - left
    picture = Hole(PICTURE, Kind.PICTURE, say("Image"), Box(left, _TOP + 8, square, square))
    below = Box(left, picture.box.bottom + 8, square, _FOOT - picture.box.bottom - 14)
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


def _family(at: PageContext, name: str, colour: str, pictogram: str) -> Layout:
    """A band at the left in the family's colour; its services at the right, in two columns."""
    say = at.language.gettext
    band = 276.0
    left = band + 32
    width = (WIDTH - MARGIN - left - 24) / 2
    levels = (
        Level(17, bold=True, before=14),
        Level(14, before=2),
        Level(13, bullet=True, before=5),
        Level(12, colour, bold=True, before=8),
        Level(10, before=2),
    )
    columns = tuple(
        Hole(
            index,
            Kind.BODY,
            say("Services"),
            Box(left + place * (width + 24), 48, width, _FOOT - 48 - 6),
            levels,
            prompt=say("Cliquez pour écrire"),
        )
        for place, index in enumerate((LEFT, RIGHT))
    )
    inner = band - 2 * 28
    return Layout(
        say("Famille : %(name)s") % {"name": name},
        "cust",
        (
            Hole(
                TITLE,
                Kind.TITLE,
                say("Titre"),
                Box(28, 136, inner, 116),
                (Level(28, "bg1", bold=True, is_heading=True),),
                "b",
                say("Cliquez pour écrire le titre"),
            ),
            Hole(
                SUBTITLE,
                Kind.BODY,
                say("Résumé"),
                Box(28, 264, inner, 210),
                (Level(16, "bg1"), Level(13, "bg1", before=10)),
                prompt=say("Cliquez pour écrire"),
            ),
            *columns,
        ),
        shapes=(Shape(Box(0, 0, band, HEIGHT), colour), Shape(Box(28, 48, 72, 72), "bg1", pictogram)),
        footer_box=Box(left, 507, 520, 18),
    )


def _service(at: PageContext, name: str, colour: str, pictogram: str) -> Layout:
    """A band at the top in the family's colour; what one gains at the left, how to ask in a card at the right."""
    say = at.language.gettext
    band, card = 128.0, 296.0
    left = WIDTH - MARGIN - card
    top = band + 24
    levels = (
        Level(17, before=8),
        Level(16, bullet=True, before=7),
        Level(13, before=2),
        Level(13, colour, bold=True, before=14),
        Level(11, before=2),
    )
    asked = (
        Level(14, before=2),
        Level(13, bullet=True, before=3),
        Level(12, before=2),
        Level(12, colour, bold=True, before=8),
        Level(10, before=2),
    )
    return Layout(
        say("Service : %(name)s") % {"name": name},
        "cust",
        (
            Hole(
                TITLE,
                Kind.TITLE,
                say("Titre"),
                Box(MARGIN + 88, 14, WIDTH - 2 * MARGIN - 88, 50),
                (_ON_COLOUR,),
                "b",
                say("Cliquez pour écrire le titre"),
            ),
            Hole(
                SUBTITLE,
                Kind.BODY,
                say("Résumé"),
                Box(MARGIN + 88, 66, WIDTH - 2 * MARGIN - 88, 48),
                (Level(16, "bg1"),),
                prompt=say("Cliquez pour écrire"),
            ),
            Hole(
                LEFT,
                Kind.BODY,
                say("Texte"),
                Box(MARGIN, top, left - MARGIN - 32, _FOOT - top - 6),
                levels,
                prompt=say("Cliquez pour écrire"),
            ),
            Hole(
                RIGHT,
                Kind.BODY,
                say("Comment demander"),
                Box(left, top, card, _FOOT - top - 6),
                asked,
                prompt=say("Cliquez pour écrire"),
                fill=f"{colour}/tint",
                insets=_all_round(16.0),
            ),
        ),
        shapes=(Shape(Box(0, 0, WIDTH, band), colour), Shape(Box(MARGIN, 30, 68, 68), "bg1", pictogram)),
    )
