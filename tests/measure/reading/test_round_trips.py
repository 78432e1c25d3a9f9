"""What is written in a dialect comes back exactly; and records are found where Python's own reader finds them."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.measure.reading import Names, Places, open_engine, read_tables
from comptoir.measure.reading.records import survey_records
from comptoir.measure.sql.zones import is_doubtful, to_local, to_utc
from comptoir.model.dialects import Dialect

from .conftest import make_source

FEW = settings(max_examples=25, deadline=None)
NUMBERS = st.lists(st.decimals(-(10**11), 10**11, places=4, allow_nan=False), min_size=1, max_size=30)
MARKS = st.sampled_from(
    [(".", ""), (",", ""), (",", " "), (",", "\u202f"), (",", "\u00a0"), (",", "."), (".", ","), (".", "'")]
)
INSTANTS = st.lists(
    st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 31)).map(lambda i: i.replace(second=0, microsecond=0)),
    min_size=1, max_size=30,
)  # fmt: skip
FORMS = st.sampled_from([
    ("dd/mm/yyyy HH:MM", "%d/%m/%Y %H:%M"), ("yyyy-mm-ddTHH:MM", "%Y-%m-%dT%H:%M"), ("mm/dd/yyyy hh:MM AM", "%m/%d/%Y %I:%M %p"),
    ("HH:MM dd.mm.yyyy", "%H:%M %d.%m.%Y"),
])  # fmt: skip
ZONES = st.sampled_from(
    ["Europe/Paris", "UTC", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"]
)
CELLS = st.text(alphabet='ab;"\n é', max_size=6)


def write_number(number: Decimal, decimal: str, thousands: str) -> str:
    whole, _, rest = f"{abs(number):,.4f}".partition(".")
    return ("-" if number < 0 else "") + whole.replace(",", thousands) + decimal + rest


def read_column(text: str, column: dict[str, str], zone: str = "UTC", **dialect: str) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.csv").write_text(text, encoding="utf-8", newline="")
        connection = open_engine()
        source = make_source({"n": column}, dialect={"delimiter": ";", "quote": '"', **dialect})
        tables, problems = read_tables(connection, [source], Places(Path(folder)), Names(), zone)
        assert not [p for p in problems if "the clock" not in p.message], problems
        assert sum(tables.kept.values()) == text.count("\n") - 1
        return [row[0] for row in connection.execute("SELECT n FROM source_things ORDER BY _line").fetchall()]


@FEW
@given(NUMBERS, MARKS)
def test_numbers(numbers: list[Decimal], marks: tuple[str, str]) -> None:
    decimal, thousands = marks
    text = "n\n" + "".join(f"{write_number(n, decimal, thousands)}\n" for n in numbers)
    declared = {"": "none", ".": ".", ",": ",", "'": "'"}.get(thousands, "space")
    assert read_column(text, {"type": "number"}, decimal=decimal, thousands=declared) == numbers


@FEW
@given(INSTANTS, FORMS, ZONES)
def test_instants(instants: list[datetime], form: tuple[str, str], zone: str) -> None:
    declared, strftime = form
    text = "n\n" + "".join(f"{instant.strftime(strftime)}\n" for instant in instants)
    expected = [i.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None) for i in instants]
    assert read_column(text, {"type": "instant"}, zone=zone, instants=declared) == expected


@FEW
@given(INSTANTS, ZONES)
def test_zones_agree_with_python_also_around_shifts(instants: list[datetime], zone: str) -> None:
    info, connection = ZoneInfo(zone), open_engine()
    near = [i + timedelta(minutes=15 * step) for i in instants[:3] for step in range(-100, 100)]
    shifts = [
        datetime(2026, month, day)
        for month in (3, 4, 10, 11)
        for day in range(1, 32)
        if day < 31 or month in (3, 10)
    ]
    locals_ = [*near, *(s + timedelta(minutes=30 * step) for s in shifts for step in range(8))]
    connection.execute("CREATE TABLE t AS SELECT unnest($1::TIMESTAMP[]) AS i", [locals_])
    found = connection.execute(
        f"SELECT i, {to_utc('i', zone)}, {to_local('i', zone)}, {is_doubtful('i', zone)} FROM t"
    ).fetchall()
    for local, utc, back, doubtful in found:
        aware = local.replace(tzinfo=info)
        assert utc == aware.astimezone(UTC).replace(tzinfo=None)
        assert back == local.replace(tzinfo=UTC).astimezone(info).replace(tzinfo=None)
        assert doubtful == (aware.utcoffset() != aware.replace(fold=1).utcoffset())


@FEW
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12))
def test_records_begin_where_they_do(rows: list[list[str]]) -> None:
    written = io.StringIO()
    starts = []
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(["a", "b"])
    for row in rows:
        starts.append(written.getvalue().count("\n") + 1)
        writer.writerow(row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_text(written.getvalue(), encoding="utf-8", newline="")
        survey = survey_records(path, "utf-8", Dialect(delimiter=";"), 2)
        assert (list(survey.lines), survey.faults) == (starts, ())
        source = make_source(
            {"a": {"type": "text"}, "b": {"type": "text"}}, dialect={"delimiter": ";", "missing": []}
        )
        connection = open_engine()
        _, problems = read_tables(connection, [source], Places(Path(folder)), Names(), "UTC")
        assert problems == ()
        found = connection.execute("SELECT a, b, _line FROM source_things ORDER BY _line").fetchall()
        assert found == [
            (a.strip(" "), b.strip(" "), line) for (a, b), line in zip(rows, starts, strict=True)
        ]
