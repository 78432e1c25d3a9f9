"""Words, numbers and dates of a language: a code in, what formats and translates out; and French typography."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_decimal_symbol
from babel.units import format_unit

from comptoir.periods import Month, Period

SOURCE_LANGUAGE: Final = "fr"
THIN: Final = "\u202f"  # narrow no-break space
FIXED: Final = "\u00a0"  # no-break space

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_FRENCH_MARKS = re.compile(r"[«»;!?:]|\d[ \u00a0]")
_PART_OF_YEAR: Final = re.compile(r"(\d{4})-([QH])(\d)")
_FRENCH_PARTS: Final = {"Q": "T", "H": "S"}  # trimestre, semestre
_FRENCH: Final = (
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{THIN}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{THIN}»"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=[;!?]+(?:\s|$|[»)]))"), THIN),
    (re.compile(r"(?<=\w\w)(?=[;!?](?:\s|$|[»)]))"), THIN),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=:(?:\s|$))"), FIXED),
    (re.compile(r"(?<=\w\w)(?=:(?:\s|$))"), FIXED),  # not the 'S:' of a drive
    (re.compile(r"(?<=\d)[ \u00a0](?=[%€])"), THIN),
    (re.compile(r"(?<=\d) (?=(?:h|min|s|Go|Mo|To|ko)\b)"), FIXED),
)


class _French(NullTranslations):
    """French is the source: a message is its own translation, and zero is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site. Obtained from `language`."""

    code: str
    locale: Locale
    translations: NullTranslations

    def gettext(self, message: str) -> str:
        """The interface string in this language, with its typography."""
        return typeset(self.translations.gettext(message), self.code)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The interface string for `n`, with its typography."""
        return typeset(self.translations.ngettext(one, many, n), self.code)

    def is_singular(self, value: Decimal) -> bool:
        """True when a noun after `value` takes the singular: below 2 in French, exactly 1 in English."""
        return abs(value) < 2 if self.code == "fr" else abs(value) == 1

    def typeset(self, text: str) -> str:
        """Text of a user, on one line, with the typography of the language."""
        return _typeset_line(text, self.code)

    def typeset_html(self, html: str) -> str:
        """Clean HTML whose words get the typography of the language; code, attributes and addresses do not."""
        return typeset_html(html, self.code)

    @property
    def decimal_mark(self) -> str:
        """What stands before decimals: ',' in French, '.' in English."""
        return get_decimal_symbol(self.locale)

    def number(self, value: Decimal | int) -> str:
        """The number, with as many decimals as it has (3 at most) and no idle zeros."""
        return _formatted(str(value), None, self.code)

    def fixed(self, value: Decimal, decimals: int) -> str:
        """The number with exactly so many decimals: 94,0 beside 94,2. Rounded by the caller."""
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return _formatted(str(value), pattern, self.code)

    def money(self, value: Decimal, currency: str) -> str:
        """The amount with its currency; cents only when there are some."""
        whole = value == value.to_integral_value()
        pattern = self.locale.currency_formats["standard"].pattern
        return format_currency(
            value,
            currency,
            pattern.replace(".00", "") if whole else None,
            locale=self.locale,
            currency_digits=not whole,
        )

    def file_size(self, size: int) -> str:
        """The size of a file: 86 ko, 1,7 Mo; 86 kB, 1.7 MB."""
        if size < 999_500:
            return format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=self.locale)
        megabytes = Decimal(size) / 1_000_000
        return format_unit(megabytes, "digital-megabyte", "short", "#,##0.#", locale=self.locale)

    def day(self, value: date) -> str:
        """The date in words: 31 octobre 2026."""
        text = format_date(value, "d MMMM y", locale=self.locale)
        if self.code == "fr" and value.day == 1:
            text = text.replace("1 ", "1er ", 1)
        return text.replace(" ", FIXED, 1)

    def weekday_and_day(self, value: date) -> str:
        """The date in words with the day of the week: samedi 31 octobre 2026."""
        return f"{format_date(value, 'EEEE', locale=self.locale)} {self.day(value)}"

    def clock(self, minute: int) -> str:
        """The time of day, from minutes since midnight: 18 h 30, 8 h; 18:30, 8:00. Source: Imprimerie nationale."""
        hours, minutes = divmod(minute, 60)
        if self.code != "fr":
            return f"{hours}:{minutes:02d}"
        return f"{hours}{FIXED}h{FIXED}{minutes:02d}" if minutes else f"{hours}{FIXED}h"

    def period(self, period: Period) -> str:
        """The period in words: 3ᵉ trimestre 2026, septembre 2026, 1ᵉʳ semestre 2026, 2026, avril 2026 – mars 2027."""
        if isinstance(period, Month):
            return self._month(period, "LLLL y")
        part = _PART_OF_YEAR.fullmatch(str(period))
        if part is None:
            ends = period.months[0], period.months[-1]
            return str(period) if period.is_year else " – ".join(self._month(end, "LLLL y") for end in ends)
        year, kind, number = part.groups()
        if self.code != "fr":
            return f"{kind}{number}{FIXED}{year}"
        name = "trimestre" if kind == "Q" else "semestre"
        return f"{number}{'ᵉʳ' if number == '1' else 'ᵉ'}{FIXED}{name}{FIXED}{year}"

    def short_period(self, period: Period) -> str:
        """The period on an axis: T3 2026, Q3 2026, sept. 2026, S1 2026, 2026."""
        if isinstance(period, Month):
            return self._month(period, "LLL y")
        part = _PART_OF_YEAR.fullmatch(str(period))
        if part is None:
            ends = period.months[0], period.months[-1]
            return str(period) if period.is_year else "–".join(self._month(end, "LLL y") for end in ends)
        year, kind, number = part.groups()
        return f"{_FRENCH_PARTS[kind] if self.code == 'fr' else kind}{number} {year}"

    def _month(self, month: Month, form: str) -> str:
        return format_date(month.first_day, form, locale=self.locale)

    def list_of(self, items: tuple[str, ...]) -> str:
        """The items as a phrase: 'a, b et c'."""
        if len(items) < 2:
            return "".join(items)
        joint = " et " if self.code == "fr" else " and "
        return ", ".join(items[:-1]) + joint + items[-1]


@cache
def language(code: str) -> Language:
    """The language of that code. Raises LookupError (of Babel) or FileNotFoundError if it is not spoken here."""
    translations: NullTranslations
    if code == SOURCE_LANGUAGE:
        translations = _French()
    else:
        compiled = BytesIO()
        place = files("comptoir") / "locale" / code / "LC_MESSAGES" / "comptoir.po"
        with place.open("rb") as stream:
            write_mo(compiled, read_po(stream, locale=code))
        compiled.seek(0)
        translations = GNUTranslations(compiled)
    return Language(code, Locale.parse("en_GB" if code == "en" else code), translations)


@lru_cache(maxsize=50_000)
def _formatted(number: str, pattern: str | None, code: str) -> str:
    """The number of a decimal text: the same few are written again and again, on pages, charts and paper."""
    return format_decimal(Decimal(number), pattern, locale=language(code).locale)


def one_line(text: str) -> str:
    """`text` with each run of blanks as one space; no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip()


def plain_words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case without accents: what sorts and what searches."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return tuple(letters.split())


def printable(text: str) -> str:
    """`text` without control characters, which no page can hold."""
    return _UNPRINTABLE.sub("", text)


@lru_cache(maxsize=50_000)
def typeset(text: str, code: str) -> str:
    """`text` with typographic apostrophes and, in French, the spaces that go with its punctuation."""
    text = _APOSTROPHE.sub("’", printable(text))
    if code == "fr" and _FRENCH_MARKS.search(text):
        for pattern, replacement in _FRENCH:
            text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=50_000)
def _typeset_line(text: str, code: str) -> str:
    return typeset(one_line(text), code)


def typeset_html(html: str, code: str) -> str:
    """`html` (well formed, as a cleaner gives it) with `typeset` laid on its words outside code."""
    setter = _Setter(code)
    setter.feed(printable(html))
    setter.close()
    return "".join(setter.parts)


class _Setter(HTMLParser):
    """Gives back what it reads, words typeset."""

    def __init__(self, code: str) -> None:
        super().__init__(convert_charrefs=False)
        self.code = code
        self.parts: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag in {"code", "pre"}
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag in {"code", "pre"}
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.in_code:
            self.parts.append(data)
        elif self.parts and self.parts[-1].startswith(
            "</"
        ):  # ' ;' after a link goes with the link's last word
            self.parts.append(typeset(f"x{data}", self.code)[1:])
        else:
            self.parts.append(typeset(data, self.code))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
