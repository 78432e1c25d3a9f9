"""The chapters of a report as data: what the report is about in; its five chapters with their sections out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from comptoir.content.report.registry import MAKERS, PLACES
from comptoir.content.report.sections import Chapter, ReportContext, Section, SectionMaker, SectionPlace
from comptoir.content.report.words import chapter_words
from comptoir.model.reports import CHAPTER_NAMES
from comptoir.wording import N_

QUESTIONS: Final[Mapping[Chapter, str]] = MappingProxyType(
    {
        Chapter.IDENTIFY: N_("Qui servons-nous, et avec qui ?"),
        Chapter.ADAPT: N_("Notre offre répond-elle à leurs besoins ?"),
        Chapter.FAVOUR: N_("Que faisons-nous pour ceux qui comptent sur nous ?"),
        Chapter.CONTROL: N_("Avons-nous tenu nos promesses ?"),
        Chapter.EVOLVE: N_("Qu’est-ce qui change, et que décidons-nous ?"),
    }
)
PICTOGRAMS: Final[Mapping[Chapter, str]] = MappingProxyType(
    {
        Chapter.IDENTIFY: "users-three",
        Chapter.ADAPT: "sliders",
        Chapter.FAVOUR: "handshake",
        Chapter.CONTROL: "gauge",
        Chapter.EVOLVE: "path",
    }
)


@dataclass(frozen=True, slots=True)
class ChapterContent:
    """A chapter: its number, its name, the question that it answers, the manager's words in Markdown, its sections."""

    chapter: Chapter
    number: int
    name: str
    question: str
    pictogram: str
    words: str
    sections: tuple[Section, ...]

    def sections_at(self, place: SectionPlace) -> tuple[Section, ...]:
        """Those of its sections that are shown there, and have something to say."""
        return tuple(one for one in self.sections if one.place is place and not one.missing)

    @property
    def without_data(self) -> tuple[Section, ...]:
        """Those that say what would fill them."""
        return tuple(one for one in self.sections if one.missing)

    @property
    def is_told(self) -> bool:
        """True where something of it is shown beside what stands on the first page."""
        return bool(self.words or self.without_data) or any(
            one.place is not SectionPlace.OPENING for one in self.sections
        )


def chapters_of(context: ReportContext) -> tuple[ChapterContent, ...]:
    """The five chapters of a report; a wide audience gets the public sections only."""
    return context.once("chapters", lambda: _chapters(context))


def _chapters(context: ReportContext) -> tuple[ChapterContent, ...]:
    return tuple(
        ChapterContent(
            chapter=chapter,
            number=number,
            name=context.language.say(CHAPTER_NAMES[chapter]),
            question=context.language.say(QUESTIONS[chapter]),
            pictogram=PICTOGRAMS[chapter],
            words=chapter_words(context, chapter),
            sections=sections_of(context, MAKERS[chapter]),
        )
        for number, chapter in enumerate(Chapter, 1)
    )


def sections_of(context: ReportContext, makers: tuple[SectionMaker, ...]) -> tuple[Section, ...]:
    """What the makers give, without what the audience may not see; empty sections say nothing to a wide one."""
    made = (maker(context) for maker in makers)
    return tuple(
        replace(section, place=_place(context, section))
        for section in made
        if section is not None and (context.results.is_narrowest or (section.public and not section.missing))
    )


def _place(context: ReportContext, section: Section) -> SectionPlace:
    """Where a section is shown; the report of one segment or client is short, and shows its analyses with their chapters."""
    place = PLACES.get(section.id, SectionPlace.CHAPTER)
    return SectionPlace.CHAPTER if place is SectionPlace.APART and not context.is_whole else place
