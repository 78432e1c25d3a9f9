"""Closed quarters as written: indicators/closed/2026-Q3.json, of which every key is known and every number exact.

Numbers are texts: '91' or '101/111', so that what is read is what was measured. A key that has no value is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from comptoir.model.base import Day, Identifier, Model
from comptoir.problems import Location
from comptoir.sources.json_reader import JsonDocument
from comptoir.sources.nodes import Path

FORMAT: Final = "comptoir-closed-quarter"
VERSION: Final = "1.0"
MAX_REASON: Final = 300

Exact = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,200}(/[1-9][0-9]{0,199})?$")]
Aimed = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,200}(\.[0-9]{1,60}|/[1-9][0-9]{0,199})?$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_MONTH = "[1-9][0-9]{3}-(0[1-9]|1[0-2])"
PeriodName = Annotated[
    str,
    StringConstraints(pattern=rf"^([1-9][0-9]{{3}}(-Q[1-4]|-H[12])?|{_MONTH}(\.\.{_MONTH})?)$"),
]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Count = Annotated[int, Field(strict=True, ge=0)]
CorrectionReason = Annotated[str, StringConstraints(min_length=1, max_length=MAX_REASON)]


class ClosedInput(Model):
    """A file that figures came from, as it was: one of data below the folder of data, others below the project."""

    kind: Word
    of: str = Field(max_length=60, description="The source of a file of data, the identifier of an entity.")
    path: str = Field(max_length=400)
    sha256: Hash
    rows: Count | None = None


class ClosedInterval(Model):
    low: Exact
    high: Exact
    method: str = Field(max_length=60)


class ClosedTarget(Model):
    value: Aimed
    from_agreements: bool = Field(strict=True)


class ClosedComparison(Model):
    """The change against an earlier quarter; `p` is the probability of it by chance."""

    quarter: PeriodName
    value: Exact
    difference: Exact | None = None
    p: float | None = Field(default=None, strict=True, ge=0, le=1, allow_inf_nan=False)
    method: Word


class ClosedSignal(Model):
    rule: Word
    first: Count
    last: Count


class ClosedControl(Model):
    mean: Exact
    mean_range: Exact
    lower: Exact
    upper: Exact
    points: Count
    signals: tuple[ClosedSignal, ...] = ()


class ClosedParts(Model):
    promoters: Count
    passives: Count
    detractors: Count


class ClosedHistogram(Model):
    """How the values are distributed: `counts` between `edges`, which are one more."""

    edges: tuple[Exact, ...]
    counts: tuple[Count, ...]
    is_open: bool = Field(strict=True)
    is_of_limit: bool = Field(strict=True)
    median: Exact | None = None
    p90: Exact | None = None


class ClosedFigure(Model):
    """One measurement. What was suppressed has neither value nor parts, here either."""

    indicator: Identifier
    service: Identifier | None = None
    segment: Identifier | None = None
    client: Identifier | None = None
    part: Annotated[str, StringConstraints(strip_whitespace=False)] | None = Field(
        default=None, max_length=400, description="Field and value, as 'priority=p1'."
    )
    status: Word
    reason: Word
    value: Exact | None = None
    numerator: Exact | None = None
    denominator: Exact | None = None
    n: Count | None = None
    respondents: Count | None = None
    deviation: Exact | None = None
    interval: ClosedInterval | None = None
    target: ClosedTarget | None = None
    previous: ClosedComparison | None = None
    year_ago: ClosedComparison | None = None
    control: ClosedControl | None = None
    left_out: dict[Word, Count] = Field(default={})
    parts: ClosedParts | None = None
    histogram: ClosedHistogram | None = None


class ClosedChange(Model):
    """A figure before and after a correction; one of them is left out where there was, or is, none."""

    old: ClosedFigure | None = None
    new: ClosedFigure | None = None


class ClosedCorrection(Model):
    """What was corrected, when and why; `checksum` covers it and the checksum before it."""

    date: Day
    reason: CorrectionReason
    program: str = Field(max_length=40)
    inputs: tuple[ClosedInput, ...]
    changes: tuple[ClosedChange, ...] = Field(min_length=1)
    checksum: Hash


class ClosedQuarter(Model):
    """indicators/closed/*.json: the figures of a quarter as they were signed, and what was corrected since."""

    format: Literal["comptoir-closed-quarter"]
    version: Literal["1.0"]
    quarter: PeriodName
    closed_on: Day
    program: str = Field(max_length=40)
    inputs: tuple[ClosedInput, ...]
    measurements: tuple[ClosedFigure, ...]
    checksum: Hash
    corrections: tuple[ClosedCorrection, ...] = ()

    _document: JsonDocument | None = PrivateAttr(default=None)

    def read_from(self, document: JsonDocument) -> None:
        """Remember where it was read from. Called once, by `decode_closed`."""
        self._document = document

    @property
    def file(self) -> str:
        """The file it was read from, relative to the project."""
        return self._document.file if self._document else ""

    @property
    def written(self) -> Mapping[str, Any]:
        """What the file holds, as it is written; nothing when it was not read from one."""
        return self._document.value if self._document else {}

    def locate(self, path: Path = ()) -> Location:
        """Where the value at `path` stands in the file."""
        return self._document.locate(path) if self._document else Location("")


def checksum_of_closing(written: Mapping[str, Any]) -> str:
    """The checksum of what was closed: everything that the file holds but its corrections."""
    return _checksum({k: v for k, v in written.items() if k not in ("checksum", "corrections")})


def checksum_of_correction(written: Mapping[str, Any], before: str) -> str:
    """The checksum of a correction, which holds the one `before`: none can be taken out or changed alone."""
    return _checksum({**{k: v for k, v in written.items() if k != "checksum"}, "after": before})


def _checksum(written: Mapping[str, Any]) -> str:
    canonical = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
