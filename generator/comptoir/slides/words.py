"""What the makers of slides write with: a page's context in; paragraphs that know where their text was written out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from comptoir.addresses import web_address
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.markdown import plain_text
from comptoir.model.base import Located, Text
from comptoir.slides.deck import Hole, Layout, Paragraphs, SlideParagraph, TextOrigin
from comptoir.slides.fitting import Faces, pour
from comptoir.slides.palette import Palette
from comptoir.wording import FIXED


@dataclass(frozen=True, slots=True)
class Scribe:
    """The site, the layouts to fill and the typefaces that they are set in."""

    at: Edition
    layouts: dict[str, Layout]
    faces: Faces
    palette: Palette

    def say(self, message: str) -> str:
        """The interface string in the language of the deck."""
        return self.at.language.gettext(message)

    def text(
        self,
        text: Text | None,
        owner: Located,
        *path: str | int,
        level: int = 0,
        bold: bool = False,
        url: str = "",
    ) -> Paragraphs:
        """A user's text as a paragraph; nothing for None."""
        if text is None:
            return ()
        languages, code = text.languages, self.at.language.code
        place = (*path, code if code in languages else languages[0]) if languages else path
        return (SlideParagraph(self.at.text(text), level, bold, url, TextOrigin(owner, place)),)

    def texts(self, texts: Iterable[Text], owner: Located, *path: str | int, level: int = 0) -> Paragraphs:
        """Users' texts, a paragraph each."""
        return tuple(p for n, text in enumerate(texts) for p in self.text(text, owner, *path, n, level=level))

    def note(self, text: Text | None) -> tuple[str, ...]:
        """A user's Markdown as paragraphs of plain text, for the notes of the speaker."""
        if text is None:
            return ()
        plain = plain_text(text.in_language(self.at.language.code))
        lines = (self.at.language.typeset(line) for line in plain.splitlines())
        return tuple(line for line in lines if line)

    def link(self, kind: str, name: str) -> str:
        """The full address of a page; '' when the organisation does not say where its site is."""
        return web_address(self.at.catalogue.organisation, self.at.language.code, Ref(kind, name))

    def part(self, title: str, number: int, count: int) -> str:
        """The title of one of several slides on the same thing."""
        if count == 1:
            return title
        numbered = self.say("%(title)s (%(num)s sur %(all)s)") % {"title": title, "num": number, "all": count}
        words, _, place = numbered.rpartition(" (")
        return f"{words} ({place.replace(' ', FIXED)}"  # on one line


def columns_of(
    groups: Sequence[tuple[SlideParagraph, ...]], hole: Hole, faces: Faces, beside: int
) -> tuple[tuple[SlideParagraph, ...], ...]:
    """The groups in columns like `hole`, `beside` of them on a slide, all filled about as high."""
    columns = tuple(pour(groups, hole, faces))
    wanted = -(-len(columns) // beside) * beside
    for percent in range(20, 100, 4):
        lower = replace(hole, box=replace(hole.box, height=hole.box.height * percent / 100))
        found = tuple(pour(groups, lower, faces))
        if len(found) <= wanted:
            return found
    return columns
