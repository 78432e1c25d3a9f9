"""The layouts of a deck: the template, and the families in; each layout by its key, in the language of the deck, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from comptoir.content.edition import Edition
from comptoir.content.parts import sorted_families
from comptoir.slides.deck import Box, Layout, Shape
from comptoir.slides.palette import Palette
from comptoir.slides.places import COVER, FAMILY, SERVICE, family_layout, service_layout
from comptoir.slides.template import for_family, read_template
from comptoir.wording import Language

_SQUARES: Final = 9  # pictograms on the cover
_GAP: Final = 12.0


def make_layouts(at: Edition, palette: Palette, template: bytes) -> dict[str, Layout]:
    """Every layout by key, with those of each family. Raises PrintError when the template lacks something."""
    say = at.language.gettext
    words = words_of(at.language)
    read = read_template(template)
    layouts = {
        key: replace(layout, name=words.get(layout.name, layout.name))
        for key, layout in read.items()
        if key not in (FAMILY, SERVICE)
    }
    if "Families" in read[COVER].marks:
        squares = tuple(_squares(at, palette, read[COVER].marks["Families"]))
        layouts[COVER] = replace(layouts[COVER], shapes=squares)
    for family in sorted_families(at):
        colour, name = palette.families[family.id], {"name": at.text(family.name)}
        for key, base, title in (
            (family_layout(family.id), FAMILY, say("Famille : %(name)s")),
            (service_layout(family.id), SERVICE, say("Service : %(name)s")),
        ):
            made = replace(for_family(read[base], colour), name=title % name, colour=colour)
            place = made.marks.get("Pictogram")
            drawn = (Shape(place, "bg1", family.pictogram),) if place else ()
            layouts[key] = replace(made, shapes=drawn)
    return layouts


def words_of(language: Language) -> dict[str, str]:
    """The names of layouts and the prompts of the template that ships, each in the language."""
    say = language.gettext
    grids = {
        f"Grid of {cards} cards": language.ngettext(
            "Grille de %(num)s carte", "Grille de %(num)s cartes", cards
        )
        % {"num": cards}
        for cards in (3, 4, 6, 8)
    }
    return {
        **grids,
        "Cover": say("Première page"),
        "Title and text": say("Titre et texte"),
        "Two columns": say("Deux colonnes"),
        "Section": say("Partie"),
        "Figures": say("Chiffres"),
        "Chart": say("Graphique"),
        "Table": say("Tableau"),
        "How to reach us": say("Nous joindre"),
        "Title only": say("Titre seul"),
        "Title": say("Titre"),
        "Click to write": say("Cliquez pour écrire"),
        "Click to write the title": say("Cliquez pour écrire le titre"),
        "Click to write the subtitle": say("Cliquez pour écrire le sous-titre"),
    }


def _squares(at: Edition, palette: Palette, room: Box) -> Iterator[Shape]:
    """The pictograms of the families, each on its colour, at the right of the room and in the middle of its height."""
    families = sorted_families(at)[:_SQUARES]
    columns = 1 if len(families) <= 2 else 2 if len(families) <= 4 else 3
    side = (room.width - 2 * _GAP) / 3
    rows = -(-len(families) // columns)
    left = room.right - columns * side - (columns - 1) * _GAP
    top = room.y + (room.height - rows * side - (rows - 1) * _GAP) / 2
    for place, family in enumerate(families):
        row, column = divmod(place, columns)
        box = Box(left + column * (side + _GAP), top + row * (side + _GAP), side, side)
        inset = side * 0.24
        yield Shape(box, palette.families[family.id], round=True)
        yield Shape(
            Box(box.x + inset, box.y + inset, side - 2 * inset, side - 2 * inset), "bg1", family.pictogram
        )
