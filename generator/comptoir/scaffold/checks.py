"""Checks of monitoring in a data file: its cells and the words of states in; which column is what, and how often they come, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median_low
from typing import Final

from comptoir.measure.reading.sampling import FileSample
from comptoir.model.date_forms import read_date_form
from comptoir.model.roles import FIELDS, FieldType, Role, RoleField
from comptoir.scaffold.columns import ISO, date_forms
from comptoir.scaffold.identifiers import nearest_identifier
from comptoir.scaffold.presets import Preset
from comptoir.spaces import fold

STATE: Final = "state"  # the words of presets for what a check found: up, down or unknown
_MOST_STATES: Final = 12
_RESERVED: Final = frozenset({"case", "check", "default", "group", "order", "when"})


@dataclass(frozen=True, slots=True)
class CheckColumns:
    """The fields of an instant and of a state, their columns, the words of states by what they mean, and minutes between checks."""

    at: RoleField
    state: RoleField
    places: Mapping[str, int]
    words: Mapping[str, Sequence[str]]
    every: str | None

    def lines(self) -> list[str]:
        """The lines of `checks` in a source."""
        found = {meaning: self._condition(meaning) for meaning in ("down", "unknown")}
        usual = f"{self.state.name} = 'DOWN'"
        lines = ["checks:", f"  at: {self.at.name}"]
        lines.append(f"  down: {found['down'] or usual}")
        lines += [f"  unknown: {found['unknown']}"] if found["unknown"] else []
        return [*lines, f"  every: {self.every or 5}  # minutes from one check to the next"]

    def _condition(self, meaning: str) -> str:
        words = ["'" + word.replace("'", "''") + "'" for word in self.words.get(meaning, ())]
        if not words:
            return ""
        return (
            f"{self.state.name} = {words[0]}"
            if len(words) == 1
            else f"{self.state.name} in ({', '.join(words)})"
        )


def checks_in(sample: FileSample, presets: Sequence[Preset], service: int | None) -> CheckColumns | None:
    """The checks that the rows are, of the things in the column `service`; None where no column holds states, or instants."""
    meanings = {w: m for p in reversed(presets) for w, m in p.words.get(STATE, {}).items()}
    columns = [sample.column(place) for place in range(len(sample.headings))]
    state = next((place for place, cells in enumerate(columns) if _are_states(cells, meanings)), None)
    at = next((place for place, cells in enumerate(columns) if date_forms(cells, FieldType.INSTANT)), None)
    if state is None or at is None or service in (None, state, at):
        return None
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(columns[state])):
        words[meanings[fold(word)]].append(word)
    moment = RoleField(_field_name(sample.headings[at]), FieldType.INSTANT, "")
    found = RoleField(_field_name(sample.headings[state]), FieldType.TEXT, "")
    every = _every(sample, at, service or 0)
    return CheckColumns(moment, found, {moment.name: at, found.name: state}, words, every)


def _are_states(cells: Sequence[str], meanings: Mapping[str, str]) -> bool:
    """True where all are words of states, more than numbers, and one says that something is up or down."""
    found = set(cells)
    return (
        0 < len(found) <= _MOST_STATES
        and all(fold(word) in meanings for word in found)
        and {meanings[fold(word)] for word in found} != {"unknown"}
    )


def _field_name(heading: str) -> str:
    """The name of a free field for a heading: not that of a field of outages, nor a word of SQL."""
    name = re.sub(r"[^a-z0-9]+", "_", nearest_identifier(heading))[:30] or "column"
    taken = {known.name for known in FIELDS[Role.OUTAGES]} | _RESERVED
    return f"check_{name}" if name in taken or not name[0].isalpha() else name


def _every(sample: FileSample, at: int, thing: int) -> str | None:
    """Minutes from one check of a thing to its next, half of the time at most; None where instants may be read in two ways."""
    forms = date_forms(sample.column(at), FieldType.INSTANT)
    if len(forms) != 1:
        return None
    written = read_date_form(forms[0]) if forms[0] != ISO else None
    moments: dict[str, list[datetime]] = defaultdict(list)
    for row in sample.rows:
        if max(at, thing) < len(row) and row[at].strip():
            text = row[at].strip()
            moment = datetime.strptime(text, written.strptime) if written else datetime.fromisoformat(text)
            moments[row[thing]].append(moment.replace(tzinfo=None))
    gaps = []
    for found in moments.values():
        ordered = sorted(set(found))
        gaps += [(b - a).total_seconds() for a, b in pairwise(ordered)]
    return f"{round(median_low(gaps) / 60, 4):g}" if gaps and median_low(gaps) <= 86_400 else None
