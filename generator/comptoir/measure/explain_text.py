"""An explanation in, the text that tells it to a person out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from comptoir.measure.closed import FigureChange
from comptoir.measure.closed_state import NOT_SHOWN, since, texts_of
from comptoir.measure.explain import ExplanationLine, IndicatorExplanation, RowsLeftOut
from comptoir.measure.formats import number_text, rounded_text
from comptoir.measure.reading import SourceFile
from comptoir.measure.shown import decimals_shown
from comptoir.measure.statistics import Method
from comptoir.measure.types import Comparison
from comptoir.measure.words import LEFT_OUT, formula_of, sentence_of
from comptoir.model.metrics import IndicatorUnit
from comptoir.problems import printable
from comptoir.wording import language as speak
from comptoir.wording import tell

_UNITS: Final = {
    IndicatorUnit.NUMBER: "",
    IndicatorUnit.PERCENT: " %",
    IndicatorUnit.PER_THOUSAND: " ‰",
    IndicatorUnit.SCORE_5: " out of 5",
    IndicatorUnit.SCORE_10: " out of 10",
}


def explanation_text(explanation: IndicatorExplanation, language: str = "en") -> str:
    """What is measured and how, the result with its parts, the query, and the files and rows behind it."""
    head = [*_definition(explanation, language), "", *_result(explanation, language), *_closing(explanation)]
    rows = ["", "Rows", *_rows(explanation, language), "", "Files", *_files(explanation), ""]
    queries = [line for query in explanation.queries for line in ("SQL", query, "")]
    if explanation.indicator.derive is not None:
        rows, queries = [], []
    return "\n".join([*(tell(line, language) for line in (*head, *rows)), *queries]).rstrip("\n")


def _definition(explanation: IndicatorExplanation, language: str) -> Iterator[str]:
    indicator = explanation.indicator
    yield f"{indicator.id} · {indicator.name.in_language(language)}"
    yield indicator.summary.in_language(language)
    yield f"Formula: {formula_of(indicator, language)}"
    if indicator.note is not None:
        yield f"Note: {indicator.note.in_language(language)}"
    yield f"Defined in {indicator.locate()}" + (f", using '{indicator.use}'" if indicator.use else "")


def _result(explanation: IndicatorExplanation, language: str) -> Iterator[str]:
    measurement, indicator = explanation.measurement, explanation.indicator
    unit = _UNITS.get(indicator.unit, f" {indicator.unit.value}")

    def show(value: Fraction) -> str:
        return rounded_text(value, indicator.decimals) + unit

    running = " (not over)" if measurement.is_provisional else ""
    yield f"{measurement.quarter}{running}, {measurement.scope}: {measurement.status.value}"
    yield speak(language).about(measurement.quarter).say(sentence_of(measurement))
    if measurement.value is not None:
        yield f"  value        {rounded_text(measurement.value, decimals_shown(measurement, indicator.decimals))}{unit}"
    if measurement.numerator is not None:
        yield f"  numerator    {number_text(measurement.numerator)}"
    if measurement.denominator is not None:
        yield f"  denominator  {number_text(measurement.denominator)}"
    if measurement.n is not None:
        yield f"  n            {measurement.n}"
    if measurement.respondents is not None:
        yield f"  respondents  {measurement.respondents}"
    if measurement.interval is not None:
        interval = measurement.interval
        yield f"  interval     {show(interval.low)} … {show(interval.high)} (95 %, {interval.method})"
    if measurement.target is not None:
        origin = ", as agreements promise" if measurement.target.from_agreements else ""
        yield f"  target       {number_text(measurement.target.value)}{unit}{origin}"
    for name, comparison in (("previous", measurement.previous), ("year ago", measurement.year_ago)):
        if comparison is not None:
            yield f"  {name:<12} {show(comparison.value)} in {comparison.quarter}: {_change(comparison, show(abs(comparison.change.difference or Fraction(0))))}"
    for one, m in explanation.operands:
        value = (
            "–"
            if m.value is None
            else rounded_text(m.value, decimals_shown(m, one.decimals))
            + _UNITS.get(one.unit, f" {one.unit.value}")
        )
        yield f"  operand      {one.id} {value} ({m.status.value}); comptoir explain {one.id} tells where it comes from"
    if measurement.control is not None:
        control = measurement.control
        yield f"  ordinary     {show(control.lower)} … {show(control.upper)} (limits over {control.points} periods)"


def _closing(explanation: IndicatorExplanation) -> Iterator[str]:
    """When the quarter was closed, what was corrected of this figure, and what the data give otherwise now."""
    closing, difference = explanation.closing, explanation.difference
    if closing is None:
        return
    decimals = explanation.indicator.decimals
    measurement = explanation.measurement
    yield f"  closed       on {closing.closed_on.isoformat()}, in {closing.file}"
    for correction in closing.corrections:
        for change in correction.changes:
            if change.key == (measurement.indicator, measurement.scope):
                yield f"  corrected    on {correction.day.isoformat()}, {_pair(change, decimals)}: {correction.reason}"
    if difference is not None:
        pair = _pair(difference.change, decimals)
        yield f"  now          {pair}, were it measured again; {since(difference.causes)}"
        yield "               the rows, files and SQL below are those of now"


def _pair(change: FigureChange, decimals: int) -> str:
    old, new = texts_of(change, decimals)
    return f"not shown: {NOT_SHOWN}" if change.is_secret else f"from {old} to {new}"


def _change(comparison: Comparison, size: str) -> str:
    if comparison.change.method is Method.NONE:
        return "no test applies: nothing tells a change from chance"
    if not comparison.significant:
        return "no significant change"
    return f"significantly {'up' if (comparison.change.difference or 0) > 0 else 'down'} by {size}"


def _rows(explanation: IndicatorExplanation, language: str) -> Iterator[str]:
    measurement = explanation.measurement
    for reason, rows in measurement.left_out:
        yield f"  {rows} of the period left out: {speak(language).say(LEFT_OUT[reason])}"
    for title, lines in (("that count", explanation.used), ("that do not", explanation.unused)):
        if lines:
            yield f"  first rows {title}: {', '.join(map(place_text, lines))}"
    yield f"  {rows_text(explanation.rows_kept)} of any day in the tables"
    for left in explanation.rows_left_out:
        yield from left_out_text(left)
    for unknown in explanation.unknown:
        name = "names" if unknown.rows == 1 else "name"
        what = f"{rows_text(unknown.rows)} {name} the unknown {unknown.what} '{unknown.name}'"
        yield f"  {what}, counted in totals only"
    for source in explanation.derived:
        yield f"  the source '{source}' names no segment: each row has that of its client"


def left_out_text(left: RowsLeftOut) -> Iterator[str]:
    """Rows that reading left out, and the first of them."""
    yield f"  {rows_text(left.rows)} of the source '{left.source}' not read: {left.reason.value}"
    for line in left.samples:
        yield f"    {place_text(line)}" + (f": {printable(line.detail)}" if line.detail else "")


def file_text(file: SourceFile) -> str:
    """A file that was read, with its digest."""
    return f"{file.path}: {rows_text(file.rows)}, SHA-256 {file.sha256}"


def rows_text(rows: int) -> str:
    """'1 row', '12 rows'."""
    return "1 row" if rows == 1 else f"{rows} rows"


def _files(explanation: IndicatorExplanation) -> Iterator[str]:
    for file in explanation.files:
        yield f"  {file_text(file)}"
    if not explanation.files:
        yield "  none"


def place_text(line: ExplanationLine) -> str:
    """'indicators/data/survey.csv:12'."""
    return printable(f"{line.file}:{line.line}")
