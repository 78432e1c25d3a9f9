"""Ways to write dates: a form such as dd/mm/yyyy HH:MM in, the engine's format and an exact pattern out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_TOKENS: Final = {  # what may be written → the engine's directive, the digits that it stands for, the part it gives
    "yyyy": ("%Y", "[0-9]{4}", "year"),
    "yy": ("%y", "[0-9]{2}", "year"),
    "mmm": ("%b", "[A-Za-z]{3}", "month"),
    "mm": ("%m", "[0-9]{2}", "month"),
    "m": ("%m", "[0-9]{1,2}", "month"),
    "dd": ("%d", "[0-9]{2}", "day"),
    "d": ("%d", "[0-9]{1,2}", "day"),
    "HH": ("%H", "[0-9]{2}", "hour"),
    "H": ("%H", "[0-9]{1,2}", "hour"),
    "hh": ("%I", "[0-9]{2}", "hour"),
    "h": ("%I", "[0-9]{1,2}", "hour"),
    "MM": ("%M", "[0-9]{2}", "minute"),
    "M": ("%M", "[0-9]{1,2}", "minute"),
    "SS": ("%S", "[0-9]{2}", "second"),
    "S": ("%S", "[0-9]{1,2}", "second"),
    "ffffff": ("%f", "[0-9]{6}", "fraction"),
    "fff": ("%f", "[0-9]{3}", "fraction"),
    "AM": ("%p", "[AaPp][Mm]", "half"),
    "z": ("%z", "[+-][0-9]{2}:?[0-9]{2}", "zone"),
}
_PIECE: Final = re.compile(
    "|".join(sorted(_TOKENS, key=len, reverse=True)) + "|'[^']*'|T|[^A-Za-z']", re.UNICODE
)
_ORDER: Final = {"hour": "minute", "minute": "second", "second": "fraction"}
KNOWN_TOKENS: Final = "yyyy or yy, mm or m (mmm for Jan), dd or d, HH or H (hh or h with AM), MM or M, SS or S, fff, z; or epoch"

EPOCHS: Final = {"epoch": "[0-9]{9,10}", "epoch-ms": "[0-9]{12,13}"}
"""Instants as seconds, or thousandths, since the beginning of 1970 in UTC: since 1973, so that 0 is none."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """A way to write days or instants. `strptime` is the engine's; `pattern` matches all of a text or nothing."""

    written: str
    strptime: str
    pattern: str
    has_time: bool
    has_zone: bool
    mask: str | None = None  # as LIKE matches: '_' for each digit, where every part is so many of them


@cache
def read_date_form(written: str) -> DateForm:
    """The form that `written` describes. Raises ValueError, with a message for people, when it describes none.

    Months are mm, or mmm for their first three letters in English, and minutes MM; without a day, it is the first of the month; two letters stand for exactly two digits and one letter for one or two. `yy` is
    1969 to 2068. Letters between single quotes, and T, stand for themselves.
    """
    if written in EPOCHS:
        return DateForm(written, "", EPOCHS[written], has_time=True, has_zone=True)
    directives, patterns, parts = [], [], []
    at, open_end = 0, False
    while at < len(written):
        found = _PIECE.match(written, at)
        if found is None:
            raise ValueError(f"'{written[at:]}' is not understood in '{written}'")
        piece, at = found.group(), found.end()
        if piece not in _TOKENS:
            text = piece.strip("'") if len(piece) > 1 else piece
            directives.append(text.replace("%", "%%"))
            patterns.append(_escape(text))
            open_end = open_end and not text
            continue
        directive, pattern, part = _TOKENS[piece]
        if part in parts:
            raise ValueError(f"'{written}' names the {part} twice (months are mm, minutes MM)")
        if open_end:
            raise ValueError(f"in '{written}', nothing tells where '{piece}' begins")
        directives.append(directive)
        patterns.append(pattern)
        parts.append(part)
        open_end = "{1,2}" in pattern
    _check_parts(written, parts, "%I" in directives)
    return DateForm(
        written,
        "".join(directives),
        "".join(patterns),
        "hour" in parts,
        "zone" in parts,
        _mask("".join(patterns)),
    )


def _mask(pattern: str) -> str | None:
    """The mask of a pattern that holds nothing but whole digits, and single marks between them; None for any other."""
    mask = re.sub(r"\[0-9\]\{(\d)\}", lambda found: "_" * int(found[1]), pattern).replace("\\.", ".")
    is_plain = (
        re.fullmatch(r"_+(?:[-/.: T]_+)*", mask) and len(mask.replace("_", "")) == pattern.count("]") - 1
    )
    return mask if is_plain else None


def _check_parts(written: str, parts: list[str], twelve_hours: bool) -> None:
    needed = ("year", "month", "day") if "hour" in parts else ("year", "month")
    missing = [part for part in needed if part not in parts]
    if missing:
        raise ValueError(f"'{written}' does not say where the {missing[0]} stands")
    for larger, smaller in _ORDER.items():
        if smaller in parts and larger not in parts:
            raise ValueError(f"'{written}' has a {smaller} and no {larger}")
    if twelve_hours != ("half" in parts):
        raise ValueError(f"'{written}': hh goes with AM, and HH without")
    if "zone" in parts and "hour" not in parts:
        raise ValueError(f"'{written}' has a time zone and no hour")


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\.^$|?*+()[]{}" else c for c in text)
