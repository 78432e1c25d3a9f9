"""Slides of results: what was measured in; figures, tables and charts that can be edited, each with its n, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from comptoir.analysis.verdicts import Verdict, verdict_of
from comptoir.charts import nice_ticks
from comptoir.content.dashboard import Dashboard, dashboard_of
from comptoir.content.measure_words import (
    finding_words,
    short_quarter,
)
from comptoir.content.measures import MeasureView, speech_of
from comptoir.content.report.facts import FactContent
from comptoir.content.report.opening import opening_of
from comptoir.content.report.report import report_of
from comptoir.content.report.sections import ReportContext, Section, SectionPlace
from comptoir.content.results import Results
from comptoir.measure.shown import decimals_shown, round_half_even
from comptoir.measure.types import Measurement
from comptoir.model.metrics import Indicator, IndicatorUnit
from comptoir.slides.deck import TITLE, ChartData, Paragraphs, Slide, SlideParagraph, TableData
from comptoir.slides.fitting import pour, share
from comptoir.slides.places import CAPTION, CHART, CONTENT, FIRST_CARD, LEFT, RIGHT, TABLE, TILES
from comptoir.slides.tables import part_rows
from comptoir.slides.words import Scribe

Tile = tuple[str, MeasureView]
"""An indicator, and what was measured of it."""

_TILES: Final = 6
_TRENDS: Final = 4
_LEAST_POINTS: Final = 3
_LONGEST: Final = 48
_SHORTEST: Final = 6
"""Letters that count for the width of a column, and that each has at least."""
_WIDTHS: Final = (0.34, 0.15, 0.27, 0.1, 0.14)


def result_slides(scribe: Scribe) -> Iterator[Slide]:
    """The results of the quarter; nothing when nothing was measured."""
    results = scribe.at.results
    if results is None:
        return
    view = dashboard_of(scribe.at, results)
    if not any(row.value for group in view.groups for row in group.rows):
        return
    quarter = view.quarter
    provisional = (scribe.say("Résultats provisoires."),) if view.is_provisional else ()
    context = ReportContext(scribe.at, results)
    opening = opening_of(context)
    tiles = tuple((tile.indicator, tile.measure) for tile in opening.tiles)
    lots = share(tiles, _TILES)
    for number, lot in enumerate(lots, 1):
        title = scribe.say("Résultats : %(quarter)s") % {"quarter": quarter}
        yield _tiles(scribe, scribe.part(title, number, len(lots)), lot, (view.lead, *provisional))
    yield from _facts(scribe, opening.facts)
    for section in report_of(context).sections_at(SectionPlace.OPENING):
        yield from _section(scribe, section)
    yield from _trends(scribe, results, tiles)
    yield from _tables(scribe, view, quarter)


def _facts(scribe: Scribe, facts: Sequence[FactContent]) -> Iterator[Slide]:
    """What stands out, in sentences."""
    hole = scribe.layouts[CONTENT].hole(LEFT)
    lines = [
        (SlideParagraph(scribe.at.language.typeset(f"{fact.name} – {fact.sentence}"), 1),) for fact in facts
    ]
    lots = tuple(pour(lines, hole, scribe.faces))
    for number, lot in enumerate(lots, 1):
        title = scribe.part(scribe.say("Ce qui ressort"), number, len(lots))
        yield Slide(CONTENT, {TITLE: (SlideParagraph(title),), LEFT: lot}, tuple(p.text for p in lot))


def _tiles(scribe: Scribe, title: str, tiles: Iterable[Tile], lead: tuple[str, ...]) -> Slide:
    texts: dict[int, Paragraphs] = {TITLE: (SlideParagraph(title),)}
    notes = list(lead)
    for place, (_, row) in enumerate(tiles):
        beside = " · ".join(filter(None, (row.verdict.word, row.sample)))
        texts[FIRST_CARD + place] = tuple(
            SlideParagraph(text, level)
            for level, text in enumerate((row.value, row.name, _aimed(scribe, row), beside))
            if text
        )
        notes.append(told_of(scribe, row))
    return Slide(TILES, texts, tuple(notes))


def _aimed(scribe: Scribe, row: MeasureView) -> str:
    return (
        scribe.say("Objectif : %(target)s") % {"target": row.promise[:1].lower() + row.promise[1:]}
        if row.promise
        else row.kept[:1].upper() + row.kept[1:]
    )


def told_of(scribe: Scribe, row: MeasureView) -> str:
    """All that is known of a figure, for the notes."""
    interval = scribe.say("intervalle %(interval)s") % {"interval": row.interval} if row.interval else ""
    parts = (row.verdict.sentence, row.change, interval, row.sample)
    return scribe.at.language.typeset(
        f"{row.name}: {row.value}. " + " ".join(_sentence(p) for p in parts if p)
    )


def _sentence(text: str) -> str:
    if not text.startswith("n\u00a0="):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."


def _tables(scribe: Scribe, view: Dashboard, quarter: str) -> Iterator[Slide]:
    """Every indicator that has a value, in groups."""
    say = scribe.say
    head = (say("Indicateur"), say("Résultat"), say("Objectif"), "n", say("Verdict"))
    groups = [(group.name, [row for row in group.rows if row.value]) for group in view.groups]
    cells = [(name, [_cells(row) for row in rows]) for name, rows in groups if rows]
    lots = tuple(part_rows(head, cells, _WIDTHS, scribe.layouts[TABLE].hole(LEFT), scribe.faces))
    known = {_cells(row): row for _, rows in groups for row in rows}
    for number, lot in enumerate(lots, 1):
        title = scribe.part(say("Tous les résultats"), number, len(lots))
        yield Slide(
            TABLE,
            {TITLE: (SlideParagraph(title),), CAPTION: (SlideParagraph(_legend(scribe, quarter)),)},
            tuple(told_of(scribe, known[line]) for line in lot if line in known),
            table=TableData(
                _WIDTHS,
                lot,
                (False, True, False, True, False),
                scribe.at.language.typeset(f"{say('Tableau')}: {title}, {quarter}."),
                LEFT,
            ),
        )


def _cells(row: MeasureView) -> tuple[str, ...]:
    return row.name, row.value, row.promise or row.kept or "–", _bare(row.sample) or "–", row.verdict.word


def _bare(sample: str) -> str:
    return sample.rpartition("=")[2].strip()


def _legend(scribe: Scribe, quarter: str) -> str:
    return scribe.say("%(quarter)s. n : nombre de cas comptés.") % {
        "quarter": quarter[:1].upper() + quarter[1:]
    }


def _trends(scribe: Scribe, results: Results, tiles: Iterable[Tile]) -> Iterator[Slide]:
    """How the first figures came about, quarter by quarter."""
    drawn = 0
    for name, row in tiles:
        current = results.current(name)
        values = [m.value if m is not None else None for m in results.measurements.series(name)]
        has_enough = sum(value is not None for value in values) >= _LEAST_POINTS
        if current is not None and has_enough and drawn < _TRENDS:
            drawn += 1
            yield _trend(scribe, results, results.indicators[name], current, row)


def _trend(
    scribe: Scribe, results: Results, indicator: Indicator, current: Measurement, row: MeasureView
) -> Slide:
    at, speech = scribe.at, speech_of(scribe.at, indicator)
    found = results.measurements.series(indicator.id)
    measured = tuple(_shown(m, indicator) for m in found)
    aimed = tuple(_exact(m.target.value) if m is not None and m.target else None for m in found)
    series = [(at.text(indicator.name), measured)]
    if any(value is not None for value in aimed):
        series.append((scribe.say("Objectif"), aimed))
    least, most = _range(indicator, (*measured, *aimed), whole=False)
    finding = finding_words(speech, current)
    alternative = scribe.say("Courbe sur %(num)s trimestres : %(name)s. Dernière valeur : %(value)s.") % {
        "num": len(found),
        "name": at.text(indicator.name),
        "value": row.value,
    }
    return Slide(
        CHART,
        {
            TITLE: scribe.text(indicator.name, indicator, "name"),
            RIGHT: _beside(row, finding[:1].upper() + finding[1:] + "."),
        },
        (told_of(scribe, row), *scribe.note(indicator.summary)),
        chart=ChartData(
            "line",
            tuple(short_quarter(at.language, quarter) for quarter in results.measurements.quarters),
            tuple(series),
            _format(indicator),
            alternative,
            LEFT,
            least,
            most,
        ),
    )


def _beside(row: MeasureView, finding: str) -> Paragraphs:
    texts = (
        row.value,
        finding,
        row.promise,
        " · ".join(filter(None, (row.verdict.word, row.sample))),
        row.change,
    )
    return tuple(SlideParagraph(text, level) for level, text in enumerate(texts) if text)


def _section(scribe: Scribe, section: Section) -> Iterator[Slide]:
    """What one decides from: the tables of a section of the report."""
    for table in section.tables:
        head = tuple(map(scribe.at.language.typeset, table.head))
        rows = [tuple(cell.text for cell in row) for row in table.rows]
        longest = [
            min(max(len(row[at]) for row in (head, *rows)), _LONGEST) + _SHORTEST for at in range(len(head))
        ]
        widths = tuple(length / sum(longest) for length in longest)
        heading = section.sentences[0] if section.sentences else table.caption
        lots = tuple(
            part_rows(head, [(heading, rows)], widths, scribe.layouts[TABLE].hole(LEFT), scribe.faces)
        )
        numeric = tuple(all(row[at].numeric for row in table.rows) for at in range(len(head)))
        for number, lot in enumerate(lots, 1):
            title = scribe.part(section.title, number, len(lots))
            yield Slide(
                TABLE,
                {TITLE: (SlideParagraph(title),), CAPTION: (SlideParagraph(table.caption),)},
                tuple(" – ".join(filter(None, row)) for row in lot if len(row) > 1),
                table=TableData(
                    widths,
                    lot,
                    numeric,
                    scribe.at.language.typeset(f"{scribe.say('Tableau')}: {title}."),
                    LEFT,
                ),
            )


def _shown(measurement: Measurement | None, indicator: Indicator) -> Decimal | None:
    if measurement is None or measurement.value is None or verdict_of(measurement) is Verdict.SUPPRESSED:
        return None
    return round_half_even(measurement.value, decimals_shown(measurement, indicator.decimals))


def _exact(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(float(value)))  # type: ignore[arg-type]


def _format(indicator: Indicator) -> str:
    """How PowerPoint writes the numbers; it puts the decimal mark of its user."""
    number = "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
    return f'{number}"\u202f%"' if indicator.unit is IndicatorUnit.PERCENT else number


_SCALES: Final = {
    IndicatorUnit.PERCENT: (0, 100),
    IndicatorUnit.SCORE_5: (1, 5),
    IndicatorUnit.SCORE_10: (0, 10),
    IndicatorUnit.POINTS: (-100, 100),
}


def _range(
    indicator: Indicator, values: Iterable[Decimal | None], *, whole: bool
) -> tuple[Decimal | None, Decimal | None]:
    """From where to where the axis goes: over the `whole` scale of the unit, or near the values, with room above."""
    seen = [float(value) for value in values if value is not None]
    ends = _SCALES.get(indicator.unit)
    if whole or not seen:
        return (Decimal(ends[0]), Decimal(ends[1])) if ends else (Decimal(0), None)
    low, high = min(seen), max(seen)
    spread = max(high - low, abs(high) * 0.01, 0.1)
    ticks = nice_ticks((low - spread * 0.4, high + spread * 0.4))
    least, most = Decimal(repr(ticks[0])), Decimal(repr(ticks[-1]))
    if low >= 0 and least < 0:
        least = Decimal(0)
    return (max(least, Decimal(ends[0])), min(most, Decimal(ends[1]))) if ends else (least, most)
