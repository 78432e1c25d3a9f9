"""Who makes the sections of each chapter, in the order in which they stand: add a section by adding its maker here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.render.report.sections import Chapter, SectionMaker

MAKERS: Final[Mapping[Chapter, tuple[SectionMaker, ...]]] = MappingProxyType(
    {
        Chapter.IDENTIFY: (),
        Chapter.ADAPT: (),
        Chapter.FAVOUR: (),
        Chapter.CONTROL: (),
        Chapter.EVOLVE: (),
    }
)
