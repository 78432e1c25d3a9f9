"""What a column of texts can be: its cells in, the type, the way of writing and the words that stand for nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comptoir.measure.reading.messages import is_total
from comptoir.measure.reading.sampling import FileSample
from comptoir.model.date_forms import read_date_form
from comptoir.model.dialects import Duration, Negatives
from comptoir.model.roles import FieldType
from comptoir.spaces import SPACES, fold

ISO: Final = ""
_DAYS: Final = (
    *("dd/mm/yyyy", "mm/dd/yyyy", "d/m/yyyy", "m/d/yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "d-m-yyyy", "m-d-yyyy"),
    *("dd.mm.yyyy", "d.m.yyyy", "yyyy/mm/dd", "dd/mm/yy", "mm/dd/yy", "dd.mm.yy"),
    *(f"{day}{mark}mmm{mark}{year}" for day in ("dd", "d") for mark in "/- " for year in ("yyyy", "yy")),
)
_MONTHS: Final = ("mm/yyyy", "m/yyyy", "yyyy-mm", "yyyy/mm", "mm-yyyy", "mm.yyyy")
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
    FieldType.DAY: (*_DAYS, *_MONTHS),
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
        "not applicable",
        "no opinion",
        "don't know",
        "non applicable",
        "sans objet",
        "sans opinion",
        "sans avis",
        "ne se prononce pas",
        "nsp",
        "je ne sais pas",
        "unknown",
    ]
)
_SAID: Final = r"[^\W\d]{1,4}|[^\w\s.,+'\u2212-]"
_BESIDE: Final = re.compile(
    rf"([+\u2212-]?)[{SPACES}]?({_SAID})?[{SPACES}]?([+\u2212-]?\d[\d.,'{SPACES}]*?)[{SPACES}]?({_SAID}|/\d{{1,3}})?"
)
_TRUE: Final = frozenset(["true", "yes", "oui", "vrai", "1", "y", "o", "x"])
_FALSE: Final = frozenset(["false", "no", "non", "faux", "0", "n"])


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How numbers are written: decimal and thousands mark, as a dialect says them."""

    decimal: str
    thousands: str
    negatives: str = Negatives.MINUS


def nothing_in(cells: Sequence[str]) -> tuple[str, ...]:
    """The words among the cells that usually stand for no value."""
    return tuple(sorted({cell for cell in cells if cell.lower() in _NOTHING}))


def cells_of(sample: FileSample, place: int) -> list[str]:
    """The cells of a column that say something."""
    cells = sample.column(place)
    nothing = set(nothing_in(cells))
    return [cell for cell in cells if cell not in nothing]


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


def units_of(cells: Sequence[str]) -> tuple[str, ...]:
    """What stands beside the numbers of a column: '€' of '12,50 €', '/10' of '7/10'; none where some are no numbers."""
    signs = str.maketrans("", "", "()-\u2212")  # of numbers below zero: they are no unit
    found = [_BESIDE.fullmatch(cell.translate(signs).strip(SPACES)) for cell in cells]
    if not all(found):
        return ()
    return tuple(sorted({unit for match in found if match for unit in (match[2], match[4]) if unit}))


def without_units(cells: Sequence[str], units: Sequence[str]) -> list[str]:
    """The cells without these units and the spaces around them."""
    if not units:
        return list(cells)
    unit = "|".join(re.escape(one) for one in units)
    return [re.sub(rf"[{SPACES}]?({unit})[{SPACES}]?", "", cell) for cell in cells]


def duration_forms(cells: Sequence[str]) -> tuple[Duration, ...]:
    """The ways of writing durations that all of the cells have: '02:26' has two."""
    return tuple(form for form in Duration if cells and all(re.fullmatch(form.pattern, c) for c in cells))


def words_of_no_row(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The first words of rows that are none: totals, and headings that stand again."""
    found = set()
    for row in rows:
        said = [cell.strip() for cell in row if cell.strip()]
        if said and is_total(said[0]):
            found.add(said[0])
        elif (
            row[0].strip() and sum(fold(c) == fold(h) != "" for c, h in zip(row, headings, strict=False)) > 1
        ):
            found.add(row[0].strip())
    return tuple(sorted(found))


_BELOW_ZERO: Final = {
    Negatives.PARENTHESES: re.compile(r"[(] ?([^()]*[0-9]) ?[)]"),
    Negatives.AFTER: re.compile(r"([^()-]*[0-9]) ?-"),
}


def number_form(cells: Sequence[str]) -> NumberForm | None:
    """How the cells are written as numbers, the plainest way that reads all of them; None when some are no numbers."""
    negatives = Negatives.MINUS
    for form, pattern in _BELOW_ZERO.items():
        if any(pattern.fullmatch(cell) for cell in cells):
            negatives = form
            cells = [pattern.sub(r"\1", cell) for cell in cells]
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
            return NumberForm(decimal, thousands, negatives)
    return None


def agreed_marks(forms: Sequence[NumberForm]) -> dict[str, str] | None:
    """What a dialect says of all of these numbers where it is not the usual; None when their marks differ."""
    marked = [form for form in forms if (form.decimal, form.thousands) != (".", "none")]
    decimals = {form.decimal for form in marked}
    thousands = {form.thousands for form in marked} - {"none"}
    if len(decimals) > 1 or len(thousands) > 1:
        return None
    below = next((form.negatives for form in forms if form.negatives != Negatives.MINUS), "minus")
    usual = {"decimal": ".", "thousands": "none", "negatives": "minus"}
    found = {
        "decimal": min(decimals, default="."),
        "thousands": min(thousands, default="none"),
        "negatives": str(below),
    }
    return {key: value for key, value in found.items() if value != usual[key]}


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
            numbers = without_units(cells, units_of(cells))
            return number_form(numbers) is not None or bool(duration_forms(cells))
        case FieldType.BOOLEAN:
            return booleans(cells) is not None
        case _:
            return True
