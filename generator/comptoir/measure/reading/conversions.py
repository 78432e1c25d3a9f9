"""Conversions: a field of a source and the column of its raw text in, SQL of the typed value out, NULL where it is wrong.

A value is made in two steps, each a column of its own, so that no expression is written or computed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comptoir.measure.reading.types import SQL_TYPES
from comptoir.measure.sql.engine import literal
from comptoir.measure.sql.zones import FIRST_YEAR, LAST_YEAR, is_doubtful, to_local, to_utc
from comptoir.model.date_forms import EPOCHS, DateForm
from comptoir.model.dialects import Dialect, Duration, Negatives
from comptoir.model.metrics import Source
from comptoir.model.roles import FieldType
from comptoir.spaces import IGNORED, SPACES, plain_spaces

MINUS: Final = "\u2212"
_SIGN: Final = f"[+{MINUS}-]?"
DECIMALS: Final = 6
LARGEST: Final = 10**12
ISO_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISO_INSTANT: Final = f"{ISO_DAY}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}([.,][0-9]{{1,6}})?)?"
ISO_ZONE: Final = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
_INTEGERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMERIC: Final = frozenset({*_INTEGERS, *(f"U{name}" for name in _INTEGERS), "FLOAT", "DOUBLE"})


@dataclass(frozen=True, slots=True)
class Conversion:
    """`parsed` is SQL over the column of raw text; `value` and `note` are SQL over that column and over `parsed`.

    `note` is true where the value deserves one: a number that was rounded, an hour that the clock skips or repeats.
    """

    parsed: str
    value: str
    note: str = "FALSE"


def without_spaces(text: str) -> str:
    """SQL of `text` (a name of a column) with its spaces as `plain_spaces` writes them.

    Few texts have any to change, and looking is cheaper: what begins with a space or a tab stands before '!'. So does
    the empty text, and to translate many of them costs as much as all the rest.
    """
    wide = f"length({text}) <> strlen({text})"  # not in ASCII: there may be any
    other = f"translate({text}, {literal(SPACES + IGNORED)}, {literal(' ' * len(SPACES))})"
    ends = " OR ".join(f"ends_with({text}, '{mark}')" for mark in " \t")
    return f"CASE WHEN {text} <> '' AND ({wide} OR {text} < '!' OR {ends}) THEN trim({other}, ' \t') ELSE {text} END"


def meaning_of(source: Source, field: str, word: str) -> str:
    """SQL of the text that is meant by `word`, the name of a column of text without spaces around it.

    NULL for what is missing; the words that the source translates are translated.
    """
    missing = ", ".join(literal(plain_spaces(text)) for text in source.dialect.missing)
    meanings = source.columns[field].values.items()
    branches = [f"WHEN {word} IN ({missing}) THEN NULL"] if missing else []
    branches += [
        f"WHEN {word} = {literal(plain_spaces(w))} THEN {literal(m) if m else 'NULL'}" for w, m in meanings
    ]
    return f"CASE {' '.join(branches)} ELSE {word} END" if branches else word


def constant_value(source: Source, field: str) -> str:
    """SQL of the one value that a field has in every row; none for what is made of rows that are there."""
    text = source.columns[field].constant
    if text is None:
        return f"CAST(NULL AS {SQL_TYPES[source.type_of(field)]})"
    return f"CAST({literal(text)} AS {SQL_TYPES[source.type_of(field)]})"


def convert_text(source: Source, field: str, text: str, parsed: str, zone: str) -> Conversion:
    """The value that the column `text` (NULL for a missing value) stands for in a field.

    `parsed` is the name of the column between; `zone` is that of local times.
    """
    kind, dialect = source.type_of(field), source.dialect
    match kind:
        case FieldType.INSTANT | FieldType.DAY:
            form = source.form_of(field)
            if form is None:
                return _convert_iso(kind, text, parsed, zone)
            return _convert_date(kind, form, text, parsed, zone)
        case FieldType.NUMBER | FieldType.INTEGER if (duration := source.columns[field].duration) is not None:
            return _convert_duration(duration, SQL_TYPES[kind], text, parsed)
        case FieldType.NUMBER:
            return _convert_number(dialect, text, parsed)
        case FieldType.INTEGER:
            number = f"TRY_CAST({_plain_number(dialect, text)} AS DECIMAL(18, 6))"
            matches = _matches(text, integer_pattern(dialect))
            return Conversion(f"CASE WHEN {matches} THEN {number} END", f"{parsed}::BIGINT")
        case FieldType.BOOLEAN:
            words = f"CASE WHEN {parsed} IN ({_words(dialect.true)}) THEN TRUE"
            return Conversion(
                f"lower({text})", f"{words} WHEN {parsed} IN ({_words(dialect.false)}) THEN FALSE END"
            )
        case _:
            return Conversion(text, parsed)


def convert_typed(kind: FieldType, raw: str, raw_type: str, parsed: str, zone: str) -> Conversion | None:
    """The value of a column that has a type already (Parquet); None when that type cannot be this kind of field."""
    is_local = raw_type == "DATE" or (raw_type.startswith("TIMESTAMP") and "ZONE" not in raw_type)
    is_zoned = raw_type == "TIMESTAMP WITH TIME ZONE"
    is_numeric = raw_type in _NUMERIC or raw_type.startswith("DECIMAL")
    match kind:
        case FieldType.INSTANT if is_zoned:
            return Conversion(f"timezone('UTC', {raw})", _in_range(parsed, parsed))
        case FieldType.INSTANT if is_local:
            doubtful = is_doubtful(parsed, zone)
            return Conversion(f"CAST({raw} AS TIMESTAMP)", _in_range(parsed, to_utc(parsed, zone)), doubtful)
        case FieldType.DAY if is_zoned:
            day = f"CAST({to_local(parsed, zone)} AS DATE)"
            return Conversion(f"timezone('UTC', {raw})", _in_range(parsed, day))
        case FieldType.DAY if is_local:
            return Conversion(f"CAST({raw} AS TIMESTAMP)", _in_range(parsed, f"CAST({parsed} AS DATE)"))
        case FieldType.NUMBER if is_numeric:
            return Conversion(f"TRY_CAST({raw} AS DECIMAL(18, 6))", parsed, f"{parsed} <> {raw}")
        case FieldType.INTEGER if is_numeric:
            whole = f"CASE WHEN {parsed} = {raw} AND abs({parsed}) < {LARGEST} THEN {parsed} END"
            return Conversion(f"TRY_CAST({raw} AS BIGINT)", whole)
        case FieldType.BOOLEAN if raw_type == "BOOLEAN":
            return Conversion(raw, parsed)
    return None


def _convert_number(dialect: Dialect, text: str, parsed: str) -> Conversion:
    value = f"TRY_CAST({_plain_number(dialect, text)} AS DECIMAL(18, 6))"
    place = f"strpos({text}, '{dialect.decimal}')"
    rounded = (
        f"{place} > 0 AND length({text}) - {place} > {DECIMALS} "
        f"AND regexp_matches({text}, '[{dialect.decimal}][0-9]{{{DECIMALS}}}[0-9]*[1-9]')"
    )
    return Conversion(
        f"CASE WHEN {_matches(text, number_pattern(dialect))} THEN {value} END", parsed, rounded
    )


def _convert_duration(form: Duration, sql_type: str, text: str, parsed: str) -> Conversion:
    """Seconds of a duration."""
    pattern = literal(form.pattern)
    parts = (
        f"coalesce(TRY_CAST(regexp_extract({text}, {pattern}, {n}) AS BIGINT), 0) * {seconds}"
        for n, seconds in enumerate(form.seconds, 1)
    )
    value = f"TRY_CAST({' + '.join(parts)} AS {sql_type})"
    return Conversion(f"CASE WHEN {_matches(text, form.pattern)} THEN {value} END", parsed)


def _matches(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {literal(pattern)})"


def _convert_date(kind: FieldType, form: DateForm, text: str, parsed: str, zone: str) -> Conversion:
    matches = _has_form(text, form)
    instant = f"try_strptime({text}, {literal(form.strptime)})"
    if form.written in EPOCHS:
        instant = f"to_timestamp(TRY_CAST({text} AS BIGINT){' / 1000' if form.written != 'epoch' else ''})"
    if form.has_zone:
        value = parsed if kind is FieldType.INSTANT else f"CAST({to_local(parsed, zone)} AS DATE)"
        return Conversion(
            f"CASE WHEN {matches} THEN timezone('UTC', {instant}) END", _in_range(parsed, value)
        )
    local = f"CASE WHEN {matches} THEN {instant} END"
    if kind is FieldType.DAY:
        return Conversion(local, _in_range(parsed, f"CAST({parsed} AS DATE)"))
    return Conversion(local, _in_range(parsed, to_utc(parsed, zone)), is_doubtful(parsed, zone))


def _has_form(text: str, form: DateForm) -> str:
    """SQL that is true for a text without spaces around it that has the form, where the engine reads it by that form.

    Where each part has its width, where its marks stand is cheaper to look at than a pattern, and says the same: beside
    digits, the engine takes nothing for a part but spaces of any kind, and these only beside a space of the form.
    """
    if form.mask is None:
        return f"regexp_full_match({text}, {literal(form.pattern)})"
    spaces = [place for place, mark in enumerate(form.mask, 1) if mark == " "]
    beside = (place + side for place in spaces for side in (-1, 1))
    digits = (f" AND {text}[{place}] BETWEEN '0' AND '9'" for place in beside)
    return f"({text} LIKE {literal(form.mask)}{''.join(digits)})"


def _convert_iso(kind: FieldType, text: str, parsed: str, zone: str) -> Conversion:
    if kind is FieldType.DAY:
        matches = f"regexp_full_match({text}, '{ISO_DAY}')"
        day = f"CASE WHEN {matches} THEN TRY_CAST({text} AS TIMESTAMP) END"
        return Conversion(day, _in_range(parsed, f"CAST({parsed} AS DATE)"))
    plain = f"replace({text}, ',', '.')"
    local = f"CASE WHEN regexp_full_match({text}, '{ISO_INSTANT}') THEN TRY_CAST({plain} AS TIMESTAMP) END"
    zoned = f"timezone('UTC', TRY_CAST({plain} AS TIMESTAMPTZ))"
    matches = f"{parsed} IS NULL AND regexp_full_match({text}, '{ISO_INSTANT}{ISO_ZONE}')"
    value = f"CASE WHEN {matches} THEN {_in_range(zoned, zoned)} ELSE {_in_range(parsed, to_utc(parsed, zone))} END"
    return Conversion(local, value, is_doubtful(parsed, zone))


def _in_range(instant: str, value: str) -> str:
    """`value` where `instant` lies in the years that the time zones are known for; 0026 and 9999 are no years here."""
    since, until = f"TIMESTAMP '{FIRST_YEAR}-01-01'", f"TIMESTAMP '{LAST_YEAR + 1}-01-01'"
    return f"CASE WHEN {instant} >= {since} AND {instant} < {until} THEN {value} END"


def _words(words: Iterable[str]) -> str:
    return ", ".join(literal(word.lower()) for word in words) or "NULL"


def number_pattern(dialect: Dialect) -> str:
    """What a number looks like, whole. Where no mark was declared, '1.234' is left out: it has two readings."""
    mark = f"[{dialect.decimal}]"
    if not dialect.declares_marks:
        parts = "[0-9]+|[0-9]*[.]([0-9]{1,2}|[0-9]{4,})|0+[.][0-9]+|[0-9]{4,}[.][0-9]+|[.][0-9]+"
    else:
        parts = f"{_whole_pattern(dialect)}({mark}[0-9]+)?|{mark}[0-9]+"
    return _beside_units(dialect, f"({parts})")


def integer_pattern(dialect: Dialect) -> str:
    """What a whole number looks like; decimals may stand there if they are zeros."""
    mark = f"[{dialect.decimal}]"
    if not dialect.declares_marks:
        return _beside_units(dialect, "([0-9]+([.](0{1,2}|0{4,}))?|0+[.]0+|[0-9]{4,}[.]0+)")
    return _beside_units(dialect, f"{_whole_pattern(dialect)}({mark}0+)?")


def _beside_units(dialect: Dialect, number: str) -> str:
    """The pattern of a number with its sign, and with one of the units before, between or after them.

    Two signs, in front and behind, are none that the engine reads.
    """
    unit = f"( ?{_units(dialect)} ?)?" if dialect.units else ""
    after = f"( ?[{MINUS}-])?{unit}" if dialect.negatives is Negatives.AFTER else ""
    pattern = f"{unit}{_SIGN}{unit}{number}{unit}{after}"
    if dialect.negatives is not Negatives.PARENTHESES:
        return pattern
    return f"({pattern}|{unit}[(] ?{unit}{number}{unit} ?[)]{unit})"


def _units(dialect: Dialect) -> str:
    return f"({'|'.join(re.escape(unit) for unit in dialect.units)})"


def thousands_class(dialect: Dialect) -> str:
    """The thousands marks as a class of a pattern; '' when there is none."""
    if dialect.thousands == "none":
        return ""
    return f"[{SPACES if dialect.thousands == 'space' else dialect.thousands}]"


def _whole_pattern(dialect: Dialect) -> str:
    marks = thousands_class(dialect)
    return f"([0-9]+|[0-9]{{1,3}}({marks}[0-9]{{3}})+)" if marks else "[0-9]+"


def _plain_number(dialect: Dialect, text: str) -> str:
    """SQL of the number as the engine writes it."""
    plain = f"replace({text}, '{MINUS}', '-')"
    if dialect.units:
        plain = f"regexp_replace({plain}, {literal(f' ?{_units(dialect)} ?')}, '', 'g')"
    if dialect.thousands != "none":
        marks = SPACES if dialect.thousands == "space" else dialect.thousands
        plain = f"translate({plain}, {literal(marks)}, '')"
    if dialect.negatives is Negatives.PARENTHESES:
        plain = f"translate({plain}, '() ', '-')"
    elif dialect.negatives is Negatives.AFTER:
        plain = f"CASE WHEN ends_with({plain}, '-') THEN '-' || rtrim({plain}, '- ') ELSE {plain} END"
    return f"replace({plain}, ',', '.')" if dialect.decimal == "," else plain
