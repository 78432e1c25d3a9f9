"""What a column of texts can be: its cells in, the type, the way of writing and the words that stand for nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comptoir.model.date_forms import read_date_form
from comptoir.model.roles import FieldType
from comptoir.spaces import SPACES

ISO: Final = ""
_DAYS: Final = (
    *("dd/mm/yyyy", "mm/dd/yyyy", "d/m/yyyy", "m/d/yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "d-m-yyyy", "m-d-yyyy"),
    *("dd.mm.yyyy", "d.m.yyyy", "yyyy/mm/dd", "dd/mm/yy", "mm/dd/yy"),
)
_TIMES: Final = (
    *(
        "HH:MM",
        "HH:MM:SS",
        "H:MM",
        "H:MM:SS",
        "HH:MM:SS.fff",
        "h:MM AM",
        "h:MM:SS AM",
        "hh:MM AM",
        "hh:MM:SS AM",
    ),
)
_FORMS: Final = {
    FieldType.DAY: _DAYS,
    FieldType.INSTANT: tuple(f"{day} {time}" for day in (*_DAYS, "yyyy-mm-dd") for time in _TIMES),
}
_ISO: Final = {
    FieldType.DAY: re.compile(r"\d{4}-\d{2}-\d{2}"),
    FieldType.INSTANT: re.compile(
        r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?"
    ),
}
_NOTHING: Final = frozenset(
    [
        "?",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "nc",
        "n.c.",
        "nd",
        "n.d.",
        "null",
        "none",
        "nan",
        "(null)",
        "#n/a",
        "#n/d",
        "s/o",
        "n.a.",
        "inconnu",
        "unknown",
    ]
)
_TRUE: Final = frozenset(["true", "yes", "oui", "vrai", "1", "y", "o", "x"])
_FALSE: Final = frozenset(["false", "no", "non", "faux", "0", "n"])


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How numbers are written: decimal and thousands mark, as a dialect says them."""

    decimal: str
    thousands: str


def nothing_in(cells: Sequence[str]) -> tuple[str, ...]:
    """The words among the cells that usually stand for no value."""
    return tuple(sorted({cell for cell in cells if cell.lower() in _NOTHING}))


def date_forms(cells: Sequence[str], kind: FieldType) -> tuple[str, ...]:
    """The forms, as a dialect writes them, that all of the cells have; '' for ISO 8601. Several where they are ambiguous."""
    cells = sorted(set(cells))
    if not cells:
        return ()
    if all(_ISO[kind].fullmatch(cell) for cell in cells):
        return (ISO,)
    found = [written for written in _FORMS[kind] if _all_written(cells, written)]
    exact = [written for written in found if not _is_looser(written, found)]
    return tuple(exact)


def _is_looser(written: str, found: Sequence[str]) -> bool:
    """True for a form with one letter where another of the same order has two: both read the same cells."""

    def tight(form: str) -> str:
        return re.sub(r"\b(d|m|H|h)\b", lambda letter: letter[0] * 2, form)

    return any(
        other != written and tight(other) == tight(written) and len(other) > len(written) for other in found
    )


def _all_written(cells: Sequence[str], written: str) -> bool:
    form = read_date_form(written)
    pattern = re.compile(form.pattern)
    return all(pattern.fullmatch(cell) and _is_date(cell, form.strptime) for cell in cells)


def _is_date(cell: str, strptime: str) -> bool:
    try:
        datetime.strptime(cell, strptime)
    except ValueError:
        return False
    return True


def number_form(cells: Sequence[str]) -> NumberForm | None:
    """How the cells are written as numbers, the plainest way that reads all of them; None when some are no numbers."""
    for decimal, thousands in (
        (".", "none"),
        (",", "none"),
        (".", ","),
        (",", "space"),
        (".", "space"),
        (",", "."),
    ):
        mark = {"none": "", "space": f"[{SPACES}]", ",": ",", ".": r"\."}[thousands]
        whole = rf"\d{{1,3}}({mark}\d{{3}})+|\d+" if mark else r"\d+"
        pattern = re.compile(rf"[+\u2212-]?({whole})({re.escape(decimal)}\d+)?")
        if cells and all(pattern.fullmatch(cell) for cell in cells):
            return NumberForm(decimal, thousands)
    return None


def booleans(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words for true and for false among the cells; None when there are others."""
    words = {cell.lower() for cell in cells}
    if not words or not words <= _TRUE | _FALSE:
        return None
    return tuple(sorted(words & _TRUE)), tuple(sorted(words & _FALSE))


def fits(cells: Sequence[str], kind: FieldType) -> bool:
    """True when the cells can be values of that type, in some way of writing them."""
    match kind:
        case FieldType.DAY | FieldType.INSTANT:
            return bool(date_forms(cells, kind)) or bool(date_forms(cells, FieldType.INSTANT))
        case FieldType.INTEGER | FieldType.NUMBER:
            return number_form(cells) is not None
        case FieldType.BOOLEAN:
            return booleans(cells) is not None
        case _:
            return True
