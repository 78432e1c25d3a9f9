"""Each fault of a file, to the letter."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from .conftest import ReadSource

AT = "data/a.csv"
TWO = {"n": {"type": "number"}, "m": {"type": "text"}}


@pytest.mark.parametrize(
    ("kind", "dialect", "written", "said"),
    [
        ("number", {"decimal": ","}, "3,87,16",
         "n: '3,87,16' is not a number: the decimal mark ',' stands twice [data-value]"),
        ("number", {}, "1.234",
         "n: '1.234' may be 1.234 or 1234 (declare decimal or thousands in the dialect) [data-value]"),
        ("integer", {}, "1.000",
         "n: '1.000' may be 1.000 or 1000 (declare decimal or thousands in the dialect) [data-value]"),
        ("number", {}, "4,5",
         "n: '4,5' is not a number: the decimal mark is '.' and the thousands mark is not used "
         "(declare decimal: ',' if that is what it means) [data-value]"),
        ("number", {"decimal": ","}, "1 234,5",
         "n: '1 234,5' is not a number: no space is declared as thousands mark (thousands: space) [data-value]"),
        ("number", {"decimal": ",", "thousands": "space"}, "12 34,5", "n: '12 34,5' is not a number [data-value]"),
        ("number", {}, "1e5", "n: '1e5' is not a number [data-value]"),
        ("number", {}, "12 %",
         "n: '12 %' is not a number: no space is declared as thousands mark (thousands: space) [data-value]"),
        ("number", {}, "1234567890123",
         "n: '1234567890123' is too large: at most 12 digits before the decimal mark [data-value]"),
        ("integer", {"decimal": "."}, "4.5",
         "n: '4.5' is not a whole number (type: number keeps decimals) [data-value]"),
        ("day", {}, "01/02/2026",
         "n: '01/02/2026' may be 1 February or 2 January: no order of day and month is declared "
         "(declare dates: dd/mm/yyyy or mm/dd/yyyy) [data-value]"),
        ("day", {}, "31/01/2026",
         "n: '31/01/2026' is no day written as 2026-10-31 (declare dates: dd/mm/yyyy) [data-value]"),
        ("day", {}, "01.31.26",
         "n: '01.31.26' is no day written as 2026-10-31 (declare dates: mm.dd.yy) [data-value]"),
        ("day", {}, "2026-02-30", "n: '2026-02-30' is no date of the years 1900 to 2100 [data-value]"),
        ("day", {"dates": "dd/mm/yyyy"}, "31/02/2026",
         "n: '31/02/2026' is no date of the years 1900 to 2100 [data-value]"),
        ("day", {"dates": "dd/mm/yyyy"}, "1/2/2026",
         "n: '1/2/2026' is not written as declared: dd/mm/yyyy [data-value]"),
        ("day", {"dates": "dd/mm/yyyy"}, "01/02/0026",
         "n: '01/02/0026' is no date of the years 1900 to 2100 [data-value]"),
        ("instant", {}, "03/04/2026 09:30",
         "n: '03/04/2026 09:30' may be 3 April or 4 March: no order of day and month is declared "
         "(declare instants: dd/mm/yyyy HH:MM or mm/dd/yyyy HH:MM) [data-value]"),
        ("instant", {}, "2026-03-04",
         "n: '2026-03-04' is no instant written as 2026-10-31T09:30 (declare instants in the dialect) [data-value]"),
        ("instant", {"instants": "dd/mm/yyyy HH:MM"}, "03/04/2026 24:00",
         "n: '03/04/2026 24:00' is no date of the years 1900 to 2100 [data-value]"),
        ("boolean", {"true": ["oui"], "false": ["non"]}, "peut-être",
         "n: 'peut-être' is neither true nor false (known: 'oui' for true, 'non' for false) [data-value]"),
    ],
)  # fmt: skip
def test_values(read_source: ReadSource, kind: str, dialect: dict[str, Any], written: str, said: str) -> None:
    read = read_source(
        {"a.csv": f"m;n\nété;\nété;{written}\n"}, {"n": {"type": kind}}, dialect={"delimiter": ";"} | dialect
    )
    assert read.said == [f"{AT}:3:5: error: {said}"]
    assert read.rows("SELECT * FROM excluded") == [("things", "a.csv", 3, "unreadable", "n")]
    assert read.tables.kept == {"things": 1}


def test_the_place_of_a_cell_after_quoted_lines_and_separators(read_source: ReadSource) -> None:
    text = 'm,n\n"a, b",x\n"one\ntwo ""2""",y\n"z","1.5.5"\n'
    read = read_source({"a.csv": text}, TWO)
    assert read.said == [
        f"{AT}:2:8: error: n: 'x' is not a number [data-value]",
        f"{AT}:4:12: error: n: 'y' is not a number [data-value]",
        f"{AT}:5:5: error: n: '1.5.5' is not a number: the decimal mark '.' stands twice [data-value]",
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_the_place_of_a_cell_in_another_encoding(read_source: ReadSource, encoding: str) -> None:
    text = "m;n\nété €;x\n".encode(encoding)
    read = read_source({"a.csv": text}, TWO, dialect={"delimiter": ";", "encoding": encoding})
    assert read.said == [f"{AT}:2:7: error: n: 'x' is not a number [data-value]"]


def test_problems_are_bounded_and_counted(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "n\n" + "x\n" * 200}, {"n": {"type": "number"}})
    assert len(read.said) == 51
    assert (
        read.said[0]
        == ":1:1: error: 150 more problems in the rows of this source are not listed [data-value]"
    )
    assert read.said[-1] == f"{AT}:51:1: error: n: 'x' is not a number [data-value]"
    assert [(left.reason, left.rows) for left in read.tables.left_out] == [("unreadable", 200)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("m,n,o\n1,2\n", [f"{AT}:2:1: error: 2 cells; the header has 3 [data-cells]"]),
        ("m,n\n1,2,3\nx,4\n1\n", [
            f"{AT}:2:1: error: 3 cells; the header has 2 [data-cells]",
            f"{AT}:4:1: error: 1 cell; the header has 2 [data-cells]",
        ]),
        ('m,n\nx,1\n"y,2\nz,3\n', [f"{AT}:3:1: error: a quotation begins here and is not closed [data-cells]"]),
        ('m,n\n"y"z,2\nz,3\n',
         [f"{AT}:2:1: error: text follows a closing quotation mark in the same cell [data-cells]"]),
        ("m,n\nx,1\r\n",
         [f"{AT}:2:1: error: this line does not end as the first one does: CR LF in one, LF in the other "
          "(export it again, or save it anew) [data-file]"]),
        ("m,n\rx,1\r",
         [f"{AT}:1:1: error: its lines end with CR alone "
          "(save it with the line ends of Windows or Unix) [data-file]"]),
        ("", [f"{AT}:1:1: error: the file is empty: not even a header "
              "(an export without rows keeps its header) [data-file]"]),
        ("\ufeff\n", [f"{AT}:1:1: error: the file is empty: not even a header "
                      "(an export without rows keeps its header) [data-file]"]),
        ("m,n\n", [f"{AT}:1:1: warning: the file has a header and no rows [data-file]"]),
        ("m,n", [f"{AT}:1:1: warning: the file has a header and no rows [data-file]"]),
        ("m,nn\n1,2\n", [f"{AT}:1:1: error: there is no column 'n' for the field 'n' (did you mean 'nn'?) [data-header]"]),
        ("n,m,n\n1,2,3\n", [f"{AT}:1:5: error: the column 'n' stands here twice "
                                 "(say which one for 'n': column: n (1) to n (2)) [data-header]"]),
        ('m,"n\n', [f"{AT}:1:3: error: a quotation begins here and is not closed [data-cells]"]),
        ("m,n\nx\0,1\n", [f"{AT}:2:2: error: there is a NUL character (the file is damaged, or no text) [data-file]"]),
        (b"m,n\nx\xe9,1\n", [f"{AT}:2:2: error: there is byte E9 that utf-8 does not have "
                             "(encoding: cp1252, latin-1, utf-16) [data-file]"]),
        ("m,n\nx,1\n".encode("utf-16"), [f"{AT}:1:1: error: this is UTF-16, not utf-8 (encoding: utf-16) [data-file]"]),
        (b"PK\x03\x04...", [f"{AT}:1:1: error: this is a workbook or a ZIP archive, not utf-8 (save it as CSV) [data-file]"]),
    ],
)  # fmt: skip
def test_files(read_source: ReadSource, text: str | bytes, said: list[str]) -> None:
    assert read_source({"a.csv": text}, TWO).said == said


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_was_declared_to_be_another_encoding(read_source: ReadSource, encoding: str) -> None:
    read = read_source({"a.csv": "m,n\nété,1\n".encode("utf-8-sig")}, TWO, dialect={"encoding": encoding})
    assert read.said == [f"{AT}:1:1: error: this is UTF-8, not {encoding} (encoding: utf-8) [data-file]"]


def test_compressed_under_the_name_of_what_is_not(read_source: ReadSource) -> None:
    read = read_source({"a.csv": gzip.compress(b"m,n\nx,1\n", mtime=0)}, TWO)
    assert read.said == [
        f"{AT}:1:1: error: this is a file that gzip compressed, not utf-8 (call it .csv.gz, in the source too) [data-file]"
    ]


def test_undefined_bytes_of_cp1252(read_source: ReadSource) -> None:
    read = read_source({"a.csv": b"m,n\nx\x81,1\n"}, TWO, dialect={"encoding": "cp1252"})
    assert read.said == [
        f"{AT}:2:2: error: there is byte 81 that cp1252 does not have (encoding: utf-8, latin-1, utf-16) [data-file]"
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"plain", gzip.compress(b"m,n\nx,1\n", mtime=0)[:-9], gzip.compress(b"m,n\n", mtime=0)[:5]],
    ids=["empty", "plain", "cut at the end", "cut in the header"],
)
def test_broken_compression(read_source: ReadSource, content: bytes) -> None:
    read = read_source({"a.csv.gz": content}, TWO, files=["a.csv.gz"])
    assert len(read.said) == 1
    assert read.said[0].startswith("data/a.csv.gz:1:1: error: the file is ")


def test_ragged_rows_do_not_move_the_lines_of_others(read_source: ReadSource) -> None:
    read = read_source({"a.csv": 'm,n\n1\n"two\nlines",2\n1,2,3\nx,y\n'}, TWO)
    assert read.said == [
        f"{AT}:2:1: error: 1 cell; the header has 2 [data-cells]",
        f"{AT}:5:1: error: 3 cells; the header has 2 [data-cells]",
        f"{AT}:6:3: error: n: 'y' is not a number [data-value]",
    ]
    assert read.rows("SELECT n, _line FROM source_things") == [(2, 3)]
    assert read.rows("SELECT line, reason FROM excluded ORDER BY line") == [
        (2, "cells"), (5, "cells"), (6, "unreadable"),
    ]  # fmt: skip


def test_nothing_is_read_outside_the_data_folder(read_source: ReadSource, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("n\n1\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link.csv").symlink_to(secret)
    (tmp_path / "data" / "folder").symlink_to(tmp_path)
    (tmp_path / "data" / ".hidden.csv").write_text("n\n1\n")
    (tmp_path / "data" / "a.csv").mkdir()
    read = read_source({}, {"n": {"type": "number"}}, files=["*.csv", "*/secret.csv"])
    assert read.said == [
        ":1:1: error: no file of the data folder is called '*.csv' [source]",
        ":1:1: error: no file of the data folder is called '*/secret.csv' [source]",
        "data/folder:1:1: error: a linked folder is not followed [outside-data]",
        "data/link.csv:1:1: error: this link does not lead to a file of the data folder [outside-data]",
    ]
    assert read.tables.files == ()


def test_hours_that_the_clock_skips_or_repeats_are_defined_and_counted(read_source: ReadSource) -> None:
    text = "i\n2026-03-29T01:59\n2026-03-29T02:30\n2026-03-29T03:00\n2026-10-25T02:30\n2026-10-25T03:00\n"
    read = read_source({"a.csv": text}, {"i": {"type": "instant"}})
    assert read.said == [
        f"{AT}:3:1: warning: i: 2 times that the clock skips or shows twice; "
        "read as before the clock was changed [data-value]"
    ]
    assert [i.isoformat(" ", "minutes") for (i,) in read.rows("SELECT i FROM source_things ORDER BY _line")] == [
        "2026-03-29 00:59", "2026-03-29 01:30", "2026-03-29 01:00", "2026-10-25 00:30", "2026-10-25 02:00",
    ]  # fmt: skip


def test_numbers_are_only_rounded_with_a_word(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "n\n0.1234564\n0.5000000000\n2.0000005\n"}, {"n": {"type": "number"}})
    assert read.said == [
        f"{AT}:2:1: warning: n: 2 numbers with more than 6 decimals, rounded to 6 [data-value]"
    ]
    assert [str(n) for (n,) in read.rows("SELECT n FROM source_things ORDER BY _line")] == [
        "0.123456", "0.500000", "2.000001",
    ]  # fmt: skip
