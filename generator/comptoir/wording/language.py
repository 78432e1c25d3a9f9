"""A language that speaks: a code in, what translates messages and writes numbers, dates and lists out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_decimal_symbol
from babel.units import format_unit

from comptoir.periods import Month, Period
from comptoir.wording.typesetting import FIXED, typeset, typeset_html, typeset_line

SOURCE_LANGUAGE: Final = "fr"
MOST_NAMED: Final = 20
"""More names than these are no sentence: the others are counted."""
_SOURCE_LOCALE: Final = "fr_FR"
CATALOGUES: Final = Path(str(files("comptoir.wording"))) / "locale"
_MESSAGES: Final = Path("LC_MESSAGES", "comptoir.po")
_FORMS: Final = 1_000  # among as many whole numbers, each form of a noun is found
_IN_CONTEXT: Final = "\x04"  # what gettext writes between a context and its message
_SPEAKS: Final = re.compile(r"trimestre|[{(](?:quarter|period|since)[)}]", re.IGNORECASE)
_PART_OF_YEAR: Final = re.compile(r"(\d{4})-([QH])(\d)")


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Marks a message that is said later, by `Language.say`."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Marks a message of one and of several, said later by `Language.ngettext`."""
    return one, many


def NP_(context: str, message: str) -> str:  # noqa: N802
    """Marks a message with several meanings: `context` says which to whoever translates it."""
    return f"{context}{_IN_CONTEXT}{message}"


_SPACING: Final = NP_("typography: 'spaced' (« a » ; b ?) or 'plain'", "spaced")
_DAY: Final = NP_("date, as CLDR writes patterns", "d MMMM y")
_FIRST_DAY: Final = NP_("date on the first of a month, as CLDR writes patterns", "d'ᵉʳ' MMMM y")
_TIME: Final = N_("{hours}\u00a0h\u00a0{minutes}")
_HOUR: Final = N_("{hours}\u00a0h")
_PARTS: Final = {
    "Q1": N_("1ᵉʳ\u00a0trimestre\u00a0{year}"),
    "Q2": N_("2ᵉ\u00a0trimestre\u00a0{year}"),
    "Q3": N_("3ᵉ\u00a0trimestre\u00a0{year}"),
    "Q4": N_("4ᵉ\u00a0trimestre\u00a0{year}"),
    "H1": N_("1ᵉʳ\u00a0semestre\u00a0{year}"),
    "H2": N_("2ᵉ\u00a0semestre\u00a0{year}"),
}
_KINDS: Final = {
    "month": NP_(
        "trimestre, in the sentences of reports on a month",
        "trimestres=mois; trimestre=mois;"
        " jusqu’au …=jusqu’à …; au cours du …=en …; entre le …=entre …; et le …=et …; au …=en …; du …=pour …",
    ),
    "half": NP_(
        "trimestre, in the sentences of reports on a half-year", "trimestres=semestres; trimestre=semestre"
    ),
    "year": NP_(
        "trimestre, in the sentences of reports on a year",
        "trimestre précédent=année précédente; trimestre dernier=année dernière; trimestre suivant=année suivante;"
        " premier trimestre entier=première année entière; un deuxième trimestre=une deuxième année;"
        " aucun des=aucune des; pas clôturé=pas clôturée; pas terminé=pas terminée; ou le précédent=ou la précédente; du précédent=de la précédente;"
        " trimestres=années; trimestre=année; ce année=cette année; le année=l’année; du année=de l’année; au année=à l’année;"
        " un année=une année; de années=d’années; jusqu’au …=jusqu’à …; au cours du …=en …; entre le …=entre …; et le …=et …; au …=en …; du …=pour …",
    ),
    "period": NP_(
        "trimestre, in the sentences of reports on any other period",
        "trimestre précédent=période précédente; trimestre dernier=période dernière; trimestre suivant=période suivante;"
        " premier trimestre entier=première période entière; un deuxième trimestre=une deuxième période;"
        " aucun des=aucune des; pas clôturé=pas clôturée; pas terminé=pas terminée; ou le précédent=ou la précédente; du précédent=de la précédente;"
        " trimestres=périodes; trimestre=période; ce période=cette période; le période=la période; du période=de la période;"
        " au période=à la période; un période=une période; jusqu’au …=jusqu’à …; au cours du …=en …; entre le …=entre …; et le …=et …; au …=en …; du …=pour …",
    ),
}
"""How sentences that speak of quarters speak of the period of another report: words=words, in turn; … is a value."""
_ALWAYS: Final = frozenset({*_PARTS.values(), *_KINDS.values()})
_SHORT_HALF: Final = NP_("half of a year, on an axis", "S{number} {year}")


class _French(NullTranslations):
    """French is the source: a message is its own translation, and zero is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n < 2 else msgid2


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site. Obtained from `language`."""

    code: str
    locale: Locale
    translations: NullTranslations
    is_spaced: bool  # marks of punctuation stand apart from their word
    kind: str = "quarter"  # of the periods that its sentences speak of: see `Period.kind`

    def about(self, period: Period) -> Language:
        """The same, whose sentences speak of periods of that kind: 'this month' instead of 'this quarter'."""
        return self if period.kind == self.kind else replace(self, kind=period.kind)

    def gettext(self, message: str) -> str:
        """The interface string in this language, with its typography."""
        return typeset(self._translated(message), self.is_spaced)

    def ngettext(self, one: str, many: str, n: Decimal | int) -> str:
        """The interface string for `n`, with its typography."""
        said = self.translations.ngettext(one, many, self._counted(n))
        return typeset(self.of_kind(one, said), self.is_spaced)

    def say(self, message: str, *values: str, **named: str) -> str:
        """The interface string with its values in their `{}`, then its typography."""
        text = self._translated(message)
        return typeset(text.format(*values, **named) if values or named else text, self.is_spaced)

    def count(self, n: int, one: str, many: str, **named: str) -> str:
        """The interface string for `n` of something, which it calls `{n}`, with its other values."""
        return typeset(self.ngettext(one, many, n).format(n=self.number(n), **named), self.is_spaced)

    def _translated(self, message: str) -> str:
        """The message in this language, without its context; '' (which gettext keeps for its header) is ''."""
        if not message:
            return ""
        said = self.translations.gettext(message).rpartition(_IN_CONTEXT)[2]
        return said if message in _ALWAYS else self.of_kind(message, said)

    def of_kind(self, message: str, said: str) -> str:
        """What is said of a message that speaks of quarters, with the words of the kind of period that it is about."""
        speaks = self.kind != "quarter" and _SPEAKS.search(message)
        return _in_kind(said, self.code, self.kind) if speaks else said

    def _counted(self, n: Decimal | int) -> int:
        """A whole number whose noun has the form of the noun after `n`: catalogues count whole numbers only."""
        if n == int(n):
            return abs(int(n))
        form = self.locale.plural_form(n)
        return next((whole for whole in range(_FORMS) if self.locale.plural_form(whole) == form), 0)

    @property
    def tag(self) -> str:
        """The language as documents name it: fr-FR, en-GB. Source: BCP 47."""
        return str(self.locale).replace("_", "-")

    @property
    def own_name(self) -> str:
        """What the language calls itself: Français, English."""
        name = self.locale.get_language_name(self.locale) or self.code
        return name[:1].upper() + name[1:]

    def typeset(self, text: str) -> str:
        """Text of a user, on one line, with the typography of the language."""
        return typeset_line(text, self.is_spaced)

    def typeset_html(self, html: str) -> str:
        """Clean HTML whose words get the typography of the language; code, attributes and addresses do not."""
        return typeset_html(html, self.is_spaced)

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

    def percent(self, number: str) -> str:
        """A number already written, as a percentage: '94,2 %', '94.2%'."""
        pattern = self.locale.percent_formats[None]
        return typeset(f"{pattern.prefix[0]}{number}{pattern.suffix[0]}", self.is_spaced)

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
        pattern = self._translated(_FIRST_DAY if value.day == 1 else _DAY)
        return format_date(value, pattern, locale=self.locale).replace(" ", FIXED, 1)

    def weekday(self, number: int) -> str:
        """The name of a day of the week, 0 for Monday: lundi, Monday."""
        return str(self.locale.days["stand-alone"]["wide"][number])

    def weekday_and_day(self, value: date) -> str:
        """The date in words with the day of the week: samedi 31 octobre 2026."""
        return f"{self.weekday(value.weekday())} {self.day(value)}"

    def clock(self, minute: int) -> str:
        """The time of day, from minutes since midnight: 18 h 30, 8 h; 18:30, 8:00. Source: Imprimerie nationale."""
        hours, minutes = divmod(minute, 60)
        return self._translated(_TIME if minutes else _HOUR).format(hours=hours, minutes=f"{minutes:02d}")

    def period(self, period: Period) -> str:
        """The period in words: 3ᵉ trimestre 2026, septembre 2026, 1ᵉʳ semestre 2026, 2026, avril 2026 – mars 2027."""
        if isinstance(period, Month):
            return self._month(period, "LLLL y")
        part = _PART_OF_YEAR.fullmatch(str(period))
        if part is None:
            ends = period.months[0], period.months[-1]
            return str(period) if period.is_year else " – ".join(self._month(end, "LLLL y") for end in ends)
        year, kind, number = part.groups()
        return self._translated(_PARTS[kind + number]).format(year=year)

    def short_period(self, period: Period) -> str:
        """The period on an axis: T3 2026, Q3 2026, sept. 2026, S1 2026, 2026."""
        if isinstance(period, Month):
            return self._month(period, "LLL y")
        part = _PART_OF_YEAR.fullmatch(str(period))
        if part is None:
            ends = period.months[0], period.months[-1]
            return str(period) if period.is_year else "–".join(self._month(end, "LLL y") for end in ends)
        year, kind, number = part.groups()
        if kind == "H":
            return self._translated(_SHORT_HALF).format(number=number, year=year)
        return self._month(period.months[0], "QQQ y")

    def _month(self, month: Month, form: str) -> str:
        return format_date(month.first_day, form, locale=self.locale)

    def list_of(self, items: tuple[str, ...]) -> str:
        """The items as a phrase: 'a, b et c'."""
        return format_list(items, locale=self.locale)

    def named(self, names: Sequence[str]) -> str:
        """Names that may be thousands as a list: the first twenty, then how many others there are."""
        if len(names) <= MOST_NAMED:
            return self.list_of(tuple(names))
        others = len(names) - MOST_NAMED
        text = self.ngettext("%(num)s autre", "%(num)s autres", others) % {"num": self.number(others)}
        return self.list_of((*names[:MOST_NAMED], text))

    def in_turn(self, parts: Iterable[str]) -> str:
        """Several things said one after the other: 'un ; deux'."""
        return typeset(self._translated(" ; ").join(parts), self.is_spaced)


@cache
def spoken_languages() -> tuple[str, ...]:
    """The codes of the languages that pages can be written in: the source, and each that has a catalogue of messages."""
    folders = sorted(folder.name for folder in CATALOGUES.iterdir() if (folder / _MESSAGES).is_file())
    return (SOURCE_LANGUAGE, *folders)


@cache
def language(code: str) -> Language:
    """The language of that code, of `spoken_languages`. Raises FileNotFoundError if it has no catalogue of messages.

    The locale that writes its numbers and dates is the `Language` of the catalogue's header.
    """
    if code == SOURCE_LANGUAGE:
        return Language(code, Locale.parse(_SOURCE_LOCALE), _French(), is_spaced=True)
    compiled = BytesIO()
    with (CATALOGUES / code / _MESSAGES).open("rb") as stream:
        catalogue = read_po(stream)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    spaced = translations.gettext(_SPACING) in {_SPACING, "spaced"}
    return Language(code, catalogue.locale or Locale.parse(code), translations, spaced)


@cache
def _words_of_kind(code: str, kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = language(code).translations.gettext(_KINDS[kind]).rpartition(_IN_CONTEXT)[2]
    pairs = (rule.strip().partition("=") for rule in rules.split(";"))
    return tuple(
        (re.compile(rf"(?<![\w{{(]){_pattern(old)}", re.IGNORECASE), new.removesuffix("…"))
        for old, _, new in pairs
    )


def _pattern(words: str) -> str:
    before = words.removesuffix("…")
    return re.escape(before) + (r"(?!\w)" if before == words else r"(?=(?:\{|%\()(?!day))")


@lru_cache(maxsize=10_000)
def _in_kind(said: str, code: str, kind: str) -> str:
    """The sentence with each of the words that a language changes; a capital stays one."""
    for pattern, new in _words_of_kind(code, kind):
        said = pattern.sub(partial(_like_it, new), said)
    return said


def _like_it(new: str, old: re.Match[str]) -> str:
    return new[0].upper() + new[1:] if old[0][0].isupper() else new


@lru_cache(maxsize=50_000)
def _formatted(number: str, pattern: str | None, code: str) -> str:
    """The number of a decimal text: the same few are written again and again, on pages, charts and paper."""
    return format_decimal(Decimal(number), pattern, locale=language(code).locale)
