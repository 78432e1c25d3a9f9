"""The slides among what is printed: a run in; a presentation, or an empty model for presentations, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from comptoir.paper.previews import small_picture
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.types import Printed
from comptoir.slides.deck import Deck
from comptoir.slides.looks import Looks
from comptoir.slides.make import make_deck, make_model, problems_of
from comptoir.slides.preview import draw_preview
from comptoir.slides.template import find_template
from comptoir.slides.write import write_presentation
from comptoir.store import join, split

FORMAT: Final = 4  # raise it when the same deck is to be written in another way
SLIDES_PATH: Final = f"{DOWNLOADS}slides.pptx"
MODEL_PATH: Final = f"{DOWNLOADS}slides-template.potx"


def make_slides(run: Run) -> Iterator[Printed]:
    """The presentation of the offer."""
    deck, looks = make_deck(
        run.edition, find_template(run.template_folders), per_service=run.settings.slides_per_service
    )
    content, preview = _write(run, deck, looks)
    yield Printed(
        SLIDES_PATH,
        "slides",
        run.language.gettext("Diaporama de l'offre"),
        run.language.code,
        content,
        len(deck.slides),
        preview,
        problems=tuple(problems_of(deck, looks.faces)),
    )


def make_slides_template(run: Run) -> Iterator[Printed]:
    """The model from which people begin presentations of their own."""
    model, looks = make_model(run.edition, find_template(run.template_folders))
    content, preview = _write(run, model, looks, as_template=True)
    yield Printed(
        MODEL_PATH,
        "slides-template",
        run.language.gettext("Modèle de présentation"),
        run.language.code,
        content,
        len(model.slides),
        preview,
    )


def _write(run: Run, deck: Deck, looks: Looks, *, as_template: bool = False) -> tuple[bytes, bytes]:
    """The file and the picture of its first slide; those of an earlier build when the same deck was written then."""
    today = run.edition.today
    library = " ".join(version(name) for name in ("python-pptx", "XlsxWriter", "typst", "pillow"))
    told = f"{FORMAT} {library} {as_template} {today} {looks.fingerprint} {hashlib.sha256(deck.template).hexdigest()} {deck!r}"
    kept = run.store.read(told) if run.store else None
    if kept is not None:
        content, preview = split(kept)
        return content, preview
    made = write_presentation(deck, looks, today, as_template=as_template), _preview(deck, looks)
    if run.store:
        run.store.write(told, join(made))
    return made


def _preview(deck: Deck, looks: Looks) -> bytes:
    """The first slide; no picture where it cannot be drawn."""
    try:
        return small_picture(draw_preview(deck, deck.slides[0], looks))
    except ValueError:
        return b""
