"""Rows that do not count: an indicator and its results in; how many rows were left out, and why, out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.content.edition import Edition
from comptoir.content.measures import speech_of
from comptoir.content.results import Results
from comptoir.measure.reading import Exclusion
from comptoir.measure.types import Measurement
from comptoir.measure.words import LEFT_OUT
from comptoir.model.metrics import Indicator
from comptoir.wording import N_

_EXCLUDED: Final[Mapping[Exclusion, str]] = MappingProxyType(
    {
        Exclusion.CELLS: N_("trop ou trop peu de cellules"),
        Exclusion.UNREADABLE: N_("une valeur illisible"),
        Exclusion.FILTERED: N_("hors du filtre de la source"),
        Exclusion.REQUIRED: N_("un champ nécessaire est vide"),
        Exclusion.NO_KEY: N_("sans clé"),
        Exclusion.GATHERED: N_("évènement ou contrôle réuni aux autres du même cas"),
        Exclusion.DUPLICATE: N_("en double"),
        Exclusion.BACKWARDS: N_("une fin avant son début"),
        Exclusion.OFF_SCALE: N_("une valeur hors de son échelle"),
        Exclusion.UNKNOWN_SERVICE: N_("un service inconnu du catalogue"),
    }
)


def left_out_lines(
    at: Edition,
    results: Results,
    indicator: Indicator,
    current: Measurement | None,
    *,
    with_files: bool = True,
) -> tuple[str, ...]:
    """Rows of the quarter that do not count, then rows that reading left out, with the reason of each.

    The latter are rows of all customers: without `with_files` they are not told.
    """
    speech = speech_of(at, indicator)
    colon = speech.say(" : ")
    lines = [
        f"{count_rows(at, rows)}{colon}{at.language.say(LEFT_OUT[reason])}"
        for reason, rows in (current.left_out if current else ())
    ]
    always = speech.say(" sur toute la période")
    lines += [
        f"{count_rows(at, left.rows)}{always}{colon}{speech.say(_EXCLUDED[left.reason])}"
        for left in results.left_out
        if with_files and left.source in results.sources_of(indicator)
    ]
    return tuple(at.language.typeset(line) for line in lines)


def count_rows(at: Edition, rows: int) -> str:
    """'1 ligne', '12 lignes'."""
    text = at.language.ngettext("%(num)s ligne", "%(num)s lignes", rows)
    return text % {"num": at.language.number(rows)}
