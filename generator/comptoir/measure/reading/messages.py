"""Messages: a text that a field does not take, and the dialect, in; what is wrong with it and what would mend it out."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from comptoir.measure.reading.conversions import (
    ISO_DAY,
    ISO_INSTANT,
    ISO_ZONE,
    MINUS,
    integer_pattern,
    number_pattern,
)
from comptoir.model.date_forms import EPOCHS, DateForm
from comptoir.model.dialects import Dialect, Negatives
from comptoir.model.metrics import Source
from comptoir.model.roles import FieldType
from comptoir.spaces import SPACES, fold

_LONGEST: Final = 60
_SLASHED: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(\s.*)?")
_SERIAL: Final = re.compile(r"[345][0-9]{4}([.,][0-9]+)?")  # 1982 to 2064
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}[.][0-9]{3}")
_NEGATIVE: Final = re.compile(
    r"[^0-9]{0,4}(?:([(])[^()]*[0-9][^()]*[)]|[^()]*[0-9][^0-9()]{0,4}-)[^0-9]{0,4}"
)
_TOTAL: Final = re.compile(
    r"(grand |sous-|sub-?|overall )?(total|totaux|totals)( général| general| cumulé)?( :|:)?|ensemble"
)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def explain_value(source: Source, field: str, text: str) -> tuple[str, str]:
    """What is wrong with `text`, which could not be read into `field`, and a hint or ''."""
    kind, dialect = source.type_of(field), source.dialect
    heading = source.header_of(field)
    if heading is not None and fold(text) == fold(heading):
        return "the headings stand here again", f"leave_out: [{heading}] in the dialect leaves such rows out"
    if is_total(text):
        return f"{shown(text)} stands in a row of totals", f"leave_out: [{text}] in the dialect leaves it out"
    match kind:
        case FieldType.NUMBER | FieldType.INTEGER if (form := source.columns[field].duration) is not None:
            return f"{shown(text)} is no duration written as {form}", ""
        case FieldType.NUMBER | FieldType.INTEGER:
            return _explain_number(kind, dialect, text.strip())
        case FieldType.BOOLEAN:
            words = f"{_either(dialect.true)} for true, {_either(dialect.false)} for false"
            return f"{shown(text)} is neither true nor false", f"known: {words}"
        case _:
            return _explain_date(kind, source.form_of(field), text.strip())


def is_total(text: str) -> bool:
    """True for a word that rows of totals begin with: Total, Sous-total, Total général, Grand total…"""
    return _TOTAL.fullmatch(fold(text)) is not None


def shown(text: str) -> str:
    """A text between quotation marks, cut if it is long."""
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[:_LONGEST]}…'"


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(f"'{word}'" for word in words) or "no word"


def _explain_number(kind: FieldType, dialect: Dialect, text: str) -> tuple[str, str]:
    is_whole = kind is FieldType.INTEGER
    plain = text.replace(MINUS, "-")
    what = f"{shown(text)} is not a {'whole number' if is_whole else 'number'}"
    if re.fullmatch(number_pattern(dialect), plain):
        if is_whole and not re.fullmatch(integer_pattern(dialect), plain):
            return what, "type: number keeps decimals"
        return f"{shown(text)} is too large: at most 12 digits before the decimal mark", ""
    if not dialect.declares_marks and _GROUPED.fullmatch(plain):
        whole = plain.replace(".", "")
        return f"{shown(text)} may be {plain} or {whole}", "declare decimal or thousands in the dialect"
    if text.count(dialect.decimal) > 1:
        return f"{what}: the decimal mark '{dialect.decimal}' stands twice", ""
    if found := _NEGATIVE.fullmatch(plain):
        form = Negatives.PARENTHESES if found[1] else Negatives.AFTER
        return f"{what}: it looks like one below zero", f"negatives: {form}"
    other = "," if dialect.decimal == "." else "."
    if other in text and other != dialect.thousands:
        marks = f"the decimal mark is '{dialect.decimal}' and the thousands mark {_thousands(dialect)}"
        return f"{what}: {marks}", f"declare decimal: '{other}' if that is what it means"
    if any(space in text for space in SPACES) and dialect.thousands != "space":
        return f"{what}: no space is declared as thousands mark", "thousands: space"
    return what, ""


def _thousands(dialect: Dialect) -> str:
    return {"none": "is not used", "space": "is a space"}.get(dialect.thousands, f"is '{dialect.thousands}'")


def _explain_date(kind: FieldType, form: DateForm | None, text: str) -> tuple[str, str]:
    what = "day" if kind is FieldType.DAY else "instant"
    if form is None:
        pattern = ISO_DAY if kind is FieldType.DAY else f"{ISO_INSTANT}{ISO_ZONE}?"
        if re.fullmatch(pattern, text):
            return _not_in_calendar(text)
        return _explain_undeclared(kind, what, text)
    if re.fullmatch(form.pattern, text):
        return _not_in_calendar(text)
    return f"{shown(text)} is not written as declared: {form.written}", ""


def _not_in_calendar(text: str) -> tuple[str, str]:
    return f"{shown(text)} is no date of the years 1900 to 2100", ""


def _explain_undeclared(kind: FieldType, what: str, text: str) -> tuple[str, str]:
    """No way to write dates was declared, so that only ISO 8601 is read: say what the text may mean."""
    example = "2026-10-31" if kind is FieldType.DAY else "2026-10-31T09:30"
    key = "dates" if kind is FieldType.DAY else "instants"
    time = "" if kind is FieldType.DAY else " HH:MM"
    found = _SLASHED.fullmatch(text)
    if _SERIAL.fullmatch(text):
        hint = "give the column a date format there, and export it again"
        return (
            f"{shown(text)} is a day as a spreadsheet counts them, and no {what} written as {example}",
            hint,
        )
    if found is None:
        epoch = next((name for name, pattern in EPOCHS.items() if re.fullmatch(pattern, text)), "")
        hint = f"declare {key}: {epoch}" if epoch else f"declare {key} in the dialect"
        return f"{shown(text)} is no {what} written as {example}", hint
    first, mark, second, year = int(found[1]), found[2], int(found[3]), found[4]
    letters = "yyyy" if len(year) == 4 else "yy"
    day_first = f"dd{mark}mm{mark}{letters}{time}"
    month_first = f"mm{mark}dd{mark}{letters}{time}"
    readings = [_reading(first, second), _reading(second, first)]
    if all(readings) and first != second:
        message = (
            f"{shown(text)} may be {readings[0]} or {readings[1]}: no order of day and month is declared"
        )
        return message, f"declare {key}: {day_first} or {month_first}"
    right = day_first if readings[0] else month_first
    return f"{shown(text)} is no {what} written as {example}", f"declare {key}: {right}"


def _reading(day: int, month: int) -> str:
    """The day in words, or '' where the calendar has none."""
    try:
        date(2024, month, day)
    except ValueError:
        return ""
    return f"{day} {_MONTHS[month - 1]}"
