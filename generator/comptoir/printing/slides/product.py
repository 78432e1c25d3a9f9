"""The slides among what is printed: a run in; a presentation and an empty model for presentations, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.printing.run import DOWNLOADS, Run
from comptoir.printing.slides.deck import Deck
from comptoir.printing.slides.looks import Looks
from comptoir.printing.slides.make import make_deck, make_model, problems_of
from comptoir.printing.slides.preview import draw_preview
from comptoir.printing.slides.write import write_presentation
from comptoir.printing.types import Printed

SLIDES_PATH: Final = f"{DOWNLOADS}slides.pptx"
MODEL_PATH: Final = f"{DOWNLOADS}slides-template.potx"


def make_slides(run: Run) -> Iterator[Printed]:
    """The presentation of the offer, then the model."""
    deck, looks = make_deck(run.site, per_service=run.settings.slides_per_service)
    say = run.language.gettext
    yield Printed(
        SLIDES_PATH,
        "slides",
        say("Diaporama de l'offre"),
        run.language.code,
        write_presentation(deck, looks, run.site.today),
        len(deck.slides),
        _preview(deck, looks),
        problems=tuple(problems_of(deck, looks.faces)),
    )
    model = make_model(deck)
    yield Printed(
        MODEL_PATH,
        "slides-template",
        say("Modèle de présentation"),
        run.language.code,
        write_presentation(model, looks, run.site.today, as_template=True),
        len(model.slides),
        _preview(model, looks),
    )


def _preview(deck: Deck, looks: Looks) -> bytes:
    """The first slide; no picture where it cannot be drawn."""
    try:
        return draw_preview(deck, deck.slides[0], looks)
    except ValueError:
        return b""
