"""Decodes closed quarters: JSON documents in; quarters, each as it was closed, and every problem of them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from comptoir.model.closed import (
    FORMAT,
    VERSION,
    ClosedQuarter,
    checksum_of_closing,
    checksum_of_correction,
)
from comptoir.periods import Period, parse_period
from comptoir.problems import Problem, suggest
from comptoir.sources.json_reader import JsonDocument

RULE: Final = "closed-quarter"
_RESTORE: Final = (
    "take the file back from git; 'comptoir close QUARTER --correct \"why\"' records what has changed"
)


def decode_closed(
    documents: Mapping[str, JsonDocument],
) -> tuple[dict[Period, ClosedQuarter], list[Problem]]:
    """The closed quarters, the oldest first. One with a problem is left out: its figures cannot be trusted."""
    found: dict[Period, ClosedQuarter] = {}
    problems: list[Problem] = []
    for _, document in sorted(documents.items()):
        faults = list(_check_form(document))
        if not faults:
            try:
                closed = ClosedQuarter.model_validate(document.value)
            except ValidationError as error:
                faults = [_explain(details, document) for details in error.errors(include_url=False)]
            else:
                closed.read_from(document)
                faults = [*_check_name(closed, document), *_check_sums(document), *_check_order(closed)]
                found[parse_period(closed.quarter)] = closed
        if faults:
            problems += faults
            found = {quarter: kept for quarter, kept in found.items() if kept.file != document.file}
    return dict(sorted(found.items())), problems


def _check_form(document: JsonDocument) -> Iterator[Problem]:
    """A file of another kind or of another version is told as such, and not key by key."""
    value = document.value
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        message = f"this is no closed quarter: the key 'format' does not say '{FORMAT}'"
        yield Problem(document.locate(("format",)), RULE, message, "'comptoir close' writes these files")
    elif value.get("version") != VERSION:
        message = (
            f"version '{value.get('version')}' of the format is not known: this program reads '{VERSION}'"
        )
        yield Problem(
            document.locate(("version",)), RULE, message, "use the version of comptoir that wrote it"
        )


def _check_name(closed: ClosedQuarter, document: JsonDocument) -> Iterator[Problem]:
    name = document.file.rpartition("/")[2].removesuffix(".json")
    if name != closed.quarter:
        message = f"the quarter '{closed.quarter}' is not the name of its file"
        yield Problem(
            document.locate(("quarter",)), RULE, message, f"rename the file '{closed.quarter}.json'"
        )


def _check_sums(document: JsonDocument) -> Iterator[Problem]:
    """Every checksum fits what it covers, and the one before it."""
    written: Mapping[str, Any] = document.value
    before = written["checksum"]
    if before != checksum_of_closing(written):
        message = "the file was changed by hand: its checksum does not fit what it holds"
        yield Problem(document.locate(("checksum",)), RULE, message, _RESTORE)
    for index, correction in enumerate(written.get("corrections", ())):
        if correction["checksum"] != checksum_of_correction(correction, before):
            message = "the correction was changed by hand: its checksum does not fit what it holds, or what precedes it"
            yield Problem(document.locate(("corrections", index, "checksum")), RULE, message, _RESTORE)
        before = correction["checksum"]


def _check_order(closed: ClosedQuarter) -> Iterator[Problem]:
    """A quarter is closed when it is over, and figures are written once each."""
    over = parse_period(closed.quarter).last_day
    if closed.closed_on <= over:
        message = f"{closed.quarter} was not over on {closed.closed_on.isoformat()}"
        yield Problem(closed.locate(("closed_on",)), RULE, message)
    seen: set[tuple[str | None, ...]] = set()
    for index, figure in enumerate(closed.measurements):
        key = (figure.indicator, figure.service, figure.segment, figure.client, figure.part)
        if key in seen:
            yield Problem(closed.locate(("measurements", index)), RULE, "this figure is written twice")
        seen.add(key)


def _explain(details: ErrorDetails, document: JsonDocument) -> Problem:
    """One refusal of pydantic as a problem at its place."""
    path = tuple(step for step in details["loc"] if step != "[key]")
    match details["type"]:
        case "missing":
            return Problem(document.locate(path[:-1]), "missing-key", f"the key '{path[-1]}' is missing")
        case "extra_forbidden":
            place = document.locate(path, key=True)
            hint = suggest(str(path[-1]), ClosedQuarter.model_fields) if len(path) == 1 else ""
            return Problem(place, "unknown-key", f"unknown key '{path[-1]}'", hint)
        case "string_pattern_mismatch":
            message = f"'{details['input']}' is not written as what belongs here"
            return Problem(document.locate(path), RULE, message)
        case _:
            message = f"{details['msg'][:1].lower()}{details['msg'][1:]}"
            return Problem(document.locate(path), RULE, message)
