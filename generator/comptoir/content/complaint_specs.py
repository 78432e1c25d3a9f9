"""The charts of complaints: a catalogue and results in; why people complain and how soon they were answered, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from comptoir.analysis.abc import classify_abc
from comptoir.analysis.complaints import Followed
from comptoir.analysis.register import Register, count_causes, keep_register, year_of
from comptoir.charts import Bin, ChartNumber, Distribution, Marker, Pareto, ParetoRow, Spec
from comptoir.content.chart_sentences import chart_words
from comptoir.content.complaint_lines import cause_name
from comptoir.content.measure_words import long_quarter
from comptoir.content.results import Results
from comptoir.measure.shown import round_half_even
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period
from comptoir.wording import N_, Language

_FAR: Final = 10  # working days from which answers are counted together
_CAUSES: Final[str] = N_("Première cause : {cause}")
_CAUSES_SUBTITLE: Final[str] = N_("Réclamations par cause, un an jusqu’au {quarter}")
_CAUSES_SENTENCE: Final[str] = N_("{cause} : {count} réclamations sur {total}.")
_DAYS: Final[str] = N_("{kept} réponses sur {total} en {days} jours ouvrés au plus")
_DAYS_SUBTITLE: Final[str] = N_("Jours ouvrés entre la réception et la réponse, un an jusqu’au {quarter}")


def complaint_chart(language: Language, quarter: Period, what: str) -> str:
    """The name of a chart of complaints, 'causes' or 'days', of the report on a quarter."""
    return f"{language.code}-report-{str(quarter).lower()}-complaint-{what}"


def complaint_specs(catalogue: Catalogue, results: Results, language: Language) -> Iterator[Spec]:
    """The charts of complaints of a report, where there is enough to draw."""
    register = keep_register(catalogue, results.observations)
    if register is None:
        return
    rows = year_of(register, results.quarter)
    if sum(bool(cause) for cause, _ in count_causes(rows)) > 1:
        yield _causes(catalogue, rows, results.quarter, language)
    answered = [row for row in rows if not row.is_open]
    if len(answered) > 1:
        yield _days(answered, register, results.quarter, language)


def _causes(catalogue: Catalogue, rows: tuple[Followed, ...], quarter: Period, language: Language) -> Pareto:
    none = language.gettext("cause non précisée")
    counts = dict(count_causes(rows))

    def named(cause: str) -> str:
        return cause_name(catalogue, language, cause) if cause else none

    analysis = classify_abc(counts)
    first = analysis.items[0]
    shown = tuple(
        ParetoRow(
            name=_capital(language, named(row.item.name)),
            value=_count(language, row.item.amount),
            cumulative=ChartNumber(float(reached), _share(language, reached)),
            category=row.category.value,
        )
        for row in analysis.items
        if (reached := row.item.cumulative) is not None and row.category is not None
    )
    name = named(first.item.name)
    name = name[:1].lower() + name[1:]
    return Pareto(
        key=complaint_chart(language, quarter, "causes"),
        title=language.typeset(language.say(_CAUSES).format(cause=name)),
        subtitle=language.say(_CAUSES_SUBTITLE).format(quarter=long_quarter(language, quarter)),
        alternative=language.typeset(
            language.say(_CAUSES_SENTENCE).format(
                cause=_capital(language, name),
                count=language.number(int(first.item.amount)),
                total=language.number(len(rows)),
            )
        ),
        words=chart_words(language),
        rows=shown,
    )


def _days(rows: list[Followed], register: Register, quarter: Period, language: Language) -> Distribution:
    last = max(_FAR, register.days_to_answer + 1)
    counts = [0] * (last + 1)
    for row in rows:
        counts[min(row.working_days, last)] += 1
    kept = sum(row.working_days <= register.days_to_answer for row in rows)
    title = language.say(_DAYS).format(
        kept=language.number(kept), total=language.number(len(rows)), days=register.days_to_answer
    )
    return Distribution(
        key=complaint_chart(language, quarter, "days"),
        title=title,
        subtitle=language.say(_DAYS_SUBTITLE).format(quarter=long_quarter(language, quarter)),
        alternative=f"{title}.",
        words=chart_words(language),
        bins=tuple(
            Bin(
                lower=day - 0.5,
                upper=day + 0.5,
                count=_count(language, count),
                range=_day_name(language, day, last),
            )
            for day, count in enumerate(counts)
        ),
        markers=(
            Marker(
                kind="target",
                value=ChartNumber(register.days_to_answer + 0.5, language.number(register.days_to_answer)),
            ),
        ),
        ticks=tuple(ChartNumber(float(day), _tick(language, day, last)) for day in range(last + 1)),
        higher_is_better=False,
    )


def _day_name(language: Language, day: int, last: int) -> str:
    words = language.ngettext("%(num)s jour ouvré", "%(num)s jours ouvrés", day) % {
        "num": language.number(day)
    }
    return words if day < last else language.gettext("%(days)s ou plus") % {"days": words}


def _tick(language: Language, day: int, last: int) -> str:
    return language.number(day) + ("+" if day == last else "")


def _count(language: Language, count: int | Fraction) -> ChartNumber:
    return ChartNumber(float(count), language.number(int(count)))


def _share(language: Language, share: Fraction) -> str:
    number = language.fixed(round_half_even(share * 100, 0), 0)
    return language.percent(number)


def _capital(language: Language, text: str) -> str:
    text = language.typeset(text)
    return text[:1].upper() + text[1:]
