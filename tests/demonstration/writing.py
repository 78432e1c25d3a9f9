"""CSV files of the demonstration: rows of texts in, bytes that are always the same out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime


def to_csv(
    header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """A CSV file with a header; lines end with LF, so that git shows what changed."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def french_time(moment: datetime | None) -> str:
    """'31/10/2026 09:30', or nothing."""
    return moment.strftime("%d/%m/%Y %H:%M") if moment else ""


def french_day(day: date | None) -> str:
    """'31/10/2026', or nothing."""
    return day.strftime("%d/%m/%Y") if day else ""


def french_amount(amount: float) -> str:
    """'1 234,50', with a narrow no-break space."""
    return f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")
