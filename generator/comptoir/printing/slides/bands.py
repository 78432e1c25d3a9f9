"""The layouts of a family and of its services: a name, a colour and a pictogram in; where everything stands out."""

from __future__ import annotations

from typing import Final

from comptoir.printing.slides.deck import HEIGHT, MARGIN, TITLE, WIDTH, Box, Hole, Kind, Layout, Level, Shape
from comptoir.printing.slides.places import FOOT, LEFT, RIGHT, SUBTITLE
from comptoir.render.site import PageContext

_ON_COLOUR: Final = Level(30, "bg1", bold=True, is_heading=True)


def all_round(inset: float) -> tuple[float, float, float, float]:
    """The same inset on the four sides."""
    return inset, inset, inset, inset


def family_band(at: PageContext, name: str, colour: str, pictogram: str) -> Layout:
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
            Box(left + place * (width + 24), 48, width, FOOT - 48 - 6),
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


def service_band(at: PageContext, name: str, colour: str, pictogram: str) -> Layout:
    """A band at the top in the family's colour; what one gains at the left, how to ask in a card at the right."""
    say = at.language.gettext
    band, card = 128.0, 296.0
    left = WIDTH - MARGIN - card
    top = band + 24
    told, asked = _service_levels(colour)
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
                Box(MARGIN, top, left - MARGIN - 32, FOOT - top - 6),
                told,
                prompt=say("Cliquez pour écrire"),
            ),
            Hole(
                RIGHT,
                Kind.BODY,
                say("Comment demander"),
                Box(left, top, card, FOOT - top - 6),
                asked,
                prompt=say("Cliquez pour écrire"),
                fill=f"{colour}/tint",
                insets=all_round(16.0),
            ),
        ),
        shapes=(Shape(Box(0, 0, WIDTH, band), colour), Shape(Box(MARGIN, 30, 68, 68), "bg1", pictogram)),
    )


def _service_levels(colour: str) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """How the text of a service looks, then that of the card."""
    told = (
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
    return told, asked
