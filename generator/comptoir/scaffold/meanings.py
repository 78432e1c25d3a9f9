"""Meanings of words: a column of a data file, presets and a catalogue in; what its words stand for, and those of no meaning, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from comptoir.measure.reading.sampling import FileSample
from comptoir.model.catalogue import Catalogue
from comptoir.model.names import names_of
from comptoir.model.roles import NAMED, RoleField
from comptoir.scaffold.columns import cells_of, fits
from comptoir.scaffold.presets import Preset
from comptoir.spaces import fold


def meanings_of(presets: Sequence[Preset], field: str) -> dict[str, str]:
    """Word → meaning of a field; the presets that come first decide."""
    return {w: m for preset in reversed(presets) for w, m in preset.words.get(field, {}).items()}


def words_of(
    sample: FileSample, catalogue: Catalogue, presets: Sequence[Preset], known: RoleField, place: int
) -> tuple[dict[str, str], list[tuple[str, int, str]]]:
    """The words of a column that mean something else here, and those that mean nothing yet, with count and nearest name."""
    understood: frozenset[str] = frozenset()
    if known.type in NAMED:
        meanings = dict(names_of(catalogue, known.type.value))
        understood = frozenset(meanings)
    elif known.name == "score" and not fits(cells_of(sample, place), known.type):
        meanings = meanings_of(presets, known.name)
    elif known.words:
        said = meanings_of(presets, known.name).items()
        meanings = {w: m for w, m in said if m in known.words} | {fold(w): w for w in known.words}
        understood = frozenset(map(fold, known.words))
    else:
        return {}, []
    mapped, unknown = {}, []
    counted = Counter(cells_of(sample, place))
    for word, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        meaning = meanings.get(fold(word))
        if meaning is None:
            last = fold(re.split(r"[>/|]", word)[-1])  # of a path of categories
            near = get_close_matches(fold(word), meanings, 1) or get_close_matches(last, meanings, 1)
            unknown.append((word, count, meanings[near[0]] if near else ""))
        elif fold(word) not in understood:
            mapped[word] = meaning
    return mapped, unknown
