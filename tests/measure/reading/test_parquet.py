"""Parquet files: columns keep their types, texts are read as those of a CSV file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from .conftest import ReadSource


def write_parquet(folder: Path, query: str) -> None:
    (folder / "data").mkdir(exist_ok=True)
    duckdb.connect().execute(
        f"SET TimeZone = 'UTC'; COPY ({query}) TO '{folder}/data/a.parquet' (FORMAT parquet)"
    )


def test_typed_columns(read_source: ReadSource, tmp_path: Path) -> None:
    write_parquet(
        tmp_path,
        """SELECT TIMESTAMP '2026-07-01 09:30' AS i, TIMESTAMPTZ '2026-07-01 09:30+00' AS z, DATE '2026-07-02' AS d,
        1.5::DOUBLE AS n, 7::INTEGER AS w, true AS b, ' x ' AS t, '4,5' AS m, 3::INTEGER AS c""",
    )
    read = read_source(
        {},
        {
            "i": {"type": "instant"}, "z": {"type": "instant"}, "d": {"type": "day"}, "n": {"type": "number"},
            "w": {"type": "integer"}, "b": {"type": "boolean"}, "t": {"type": "text"}, "m": {"type": "number"},
            "p": {"type": "text", "column": "c", "values": {"3": "p3"}},
        },
        files=["*.parquet"], dialect={"decimal": ","},
    )  # fmt: skip
    assert read.said == []
    assert read.rows("SELECT * FROM source_things") == [
        (datetime(2026, 7, 1, 7, 30), datetime(2026, 7, 1, 9, 30), date(2026, 7, 2), Decimal("1.5"), 7, True, "x",
         Decimal("4.5"), "p3", "a.parquet", 1)
    ]  # fmt: skip


def test_values_that_do_not_fit_are_problems_at_their_row(read_source: ReadSource, tmp_path: Path) -> None:
    write_parquet(tmp_path, "SELECT * FROM (VALUES (1.0::DOUBLE, 'a'), (1.5, '7'), (2.0, '8')) t(w, n)")
    columns = {"w": {"type": "integer"}, "n": {"type": "number"}}
    read = read_source({}, columns, files=["*.parquet"])
    assert read.said == [
        "data/a.parquet:1:1: error: n: 'a' is not a number [data-value]",
        "data/a.parquet:2:1: error: w: '1.5' is not a whole number (type: number keeps decimals) [data-value]",
    ]
    assert read.rows("SELECT w FROM source_things") == [(2,)]


def test_types_and_columns_that_do_not_fit(read_source: ReadSource, tmp_path: Path) -> None:
    write_parquet(tmp_path, "SELECT 1 AS a, 'x' AS other")
    read = read_source({}, {"a": {"type": "day"}, "othr": {"type": "text"}}, files=["*.parquet"])
    assert read.said == [
        "data/a.parquet:1:1: error: the column 'a' of type INTEGER cannot be the field 'a' of type 'day' [data-header]",
        "data/a.parquet:1:1: error: there is no column 'othr' for the field 'othr' (did you mean 'other'?) [data-header]",
    ]


@pytest.mark.parametrize("content", [b"", b"not parquet", b"PAR1" * 10])
def test_broken_files(read_source: ReadSource, content: bytes) -> None:
    read = read_source({"a.parquet": content}, {"a": {"type": "day"}}, files=["*.parquet"])
    assert len(read.said) == 1
    assert read.said[0].startswith("data/a.parquet:1:1: error: the file cannot be read: ")


@pytest.mark.parametrize(("codec", "is_read"), [("zstd", True), ("snappy", True), ("brotli", False)])
def test_brotli_is_refused(read_source: ReadSource, tmp_path: Path, codec: str, is_read: bool) -> None:
    """What unpacks it is code that had a hole (CVE-2026-111497); that it is asked for is read without unpacking."""
    (tmp_path / "data").mkdir()
    duckdb.connect().execute(
        f"COPY (SELECT 7 AS w FROM range(100)) TO '{tmp_path}/data/a.parquet' (FORMAT parquet, CODEC '{codec}')"
    )
    read = read_source({}, {"w": {"type": "integer"}}, files=["*.parquet"])
    refused = (
        "data/a.parquet:1:1: error: the file is compressed with Brotli, which is not read: what unpacks it had a hole "
        "(write it again with Snappy, Zstandard or no compression) [data-file]"
    )
    assert read.said == ([] if is_read else [refused])
