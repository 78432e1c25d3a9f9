"""Closing: what a project gives and, for a correction, what was closed, in; the text of the file of the quarter out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from comptoir.measure.closed import Closing, FigureChange
from comptoir.measure.closed_records import JsonRecord, record_of
from comptoir.measure.inputs import Input
from comptoir.measure.types import Measurement
from comptoir.model.catalogue import Catalogue
from comptoir.model.closed import (
    FORMAT,
    MAX_REASON,
    VERSION,
    ClosedQuarter,
    checksum_of_closing,
    checksum_of_correction,
)
from comptoir.periods import Period, parse_period

__all__ = (
    "MAX_REASON",
    "Correct",
    "close_quarter",
    "correct_quarter",
    "file_of",
    "refuse_closing",
    "refuse_correction",
)
_LISTS: Final = ("inputs", "measurements", "changes")


@dataclass(frozen=True, slots=True)
class Correct:
    """What is asked of a correction: of which closed quarter, why, on which day, by which version of the program."""

    record: ClosedQuarter
    reason: str
    day: date
    program: str

    @property
    def quarter(self) -> Period:
        """The quarter that is corrected."""
        return parse_period(self.record.quarter)


def refuse_closing(catalogue: Catalogue, quarter: Period, *, is_correction: bool) -> str:
    """Why the quarter can be neither closed nor corrected; '' when it can."""
    closed = catalogue.closed.get(quarter)
    if not catalogue.indicators:
        return "this project measures nothing: there is nothing to close"
    if closed is None:
        return f"{quarter} is not closed: there is nothing to correct" if is_correction else ""
    if is_correction:
        return ""
    return (
        f"{quarter} was closed on {closed.closed_on.isoformat()} ({closed.file}); "
        f"'comptoir close {quarter} --correct \"why\"' records what has changed since"
    )


def refuse_correction(correct: Correct, closing: Closing | None) -> str:
    """Why there is nothing to correct, or not on that day; '' when there is."""
    quarter, record = correct.quarter, correct.record
    if closing is None or not closing.differences:
        return f"the data still give every closed figure of {quarter}: there is nothing to correct"
    last = max([record.closed_on, *(correction.date for correction in record.corrections)])
    if correct.day < last:
        return f"{quarter} was closed or corrected on {last.isoformat()}, after {correct.day.isoformat()}"
    return ""


def file_of(quarter: Period) -> str:
    """Where the figures of a closed quarter are, in the project."""
    return f"indicators/closed/{quarter}.json"


def close_quarter(
    quarter: Period,
    measurements: Iterable[Measurement],
    inputs: Sequence[Input],
    closed_on: date,
    program: str,
) -> str:
    """The text of the file that closes `quarter`: every measurement of it and every file that they come from."""
    written: JsonRecord = {
        "format": FORMAT,
        "version": VERSION,
        "quarter": str(quarter),
        "closed_on": closed_on.isoformat(),
        "program": program,
        "inputs": [_input_record(one) for one in inputs],
        "measurements": [record_of(m) for m in measurements if m.quarter == quarter],
    }
    return _text({**written, "checksum": checksum_of_closing(written)})


def correct_quarter(correct: Correct, closing: Closing, inputs: Sequence[Input]) -> str:
    """The text of the file with one more correction: every difference of `closing` becomes what is published."""
    written = dict(correct.record.written)
    corrections = list(written.get("corrections", ()))
    before = corrections[-1]["checksum"] if corrections else written["checksum"]
    correction: JsonRecord = {
        "date": correct.day.isoformat(),
        "reason": correct.reason,
        "program": correct.program,
        "inputs": [_input_record(one) for one in inputs],
        "changes": [_change_record(difference.change) for difference in closing.differences],
    }
    correction["checksum"] = checksum_of_correction(correction, before)
    return _text({**written, "corrections": [*corrections, correction]})


def _input_record(one: Input) -> JsonRecord:
    record: JsonRecord = {"kind": one.kind, "of": one.of, "path": one.path, "sha256": one.sha256}
    return record if one.rows is None else {**record, "rows": one.rows}


def _change_record(change: FigureChange) -> JsonRecord:
    sides = (("old", change.old), ("new", change.new))
    return {name: record_of(figure) for name, figure in sides if figure is not None}


def _text(written: Mapping[str, Any]) -> str:
    """JSON with an item of a long list on each line, so that git shows what a correction added."""
    return "{\n" + ",\n".join(_key(name, value) for name, value in written.items()) + "\n}\n"


def _key(name: str, value: Any) -> str:
    if name == "corrections":
        items = ["{\n" + ",\n".join(_key(*pair) for pair in one.items()) + "\n}" for one in value]
        return f"{_line(name)}: [{', '.join(items)}]"
    if name in _LISTS:
        return f"{_line(name)}: [\n" + ",\n".join(f" {_line(item)}" for item in value) + "\n]"
    return f"{_line(name)}: {_line(value)}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
