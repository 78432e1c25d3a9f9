"""Each feature of a dialect: what a file says is what the table holds, exactly."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date, datetime
from decimal import Decimal

import pytest

from .conftest import ReadSource

NUMBER = {"n": {"type": "number"}}


def test_a_french_export(read_source: ReadSource) -> None:
    text = (
        "N°;Ouvert le;Résolu le;Service;Durée;Coût;Tenu\r\n"
        "1;28/02/2026 09:05;01/03/2026 10:00;Messagerie;4,5;1\u202f234,50;Oui\r\n"
        '2;29/03/2026 12:00;;Wi-Fi;"0,25";12\u00a0345\u00a0678;NON\r\n'
    )
    read = read_source(
        {"export.csv": text.encode("utf-8-sig")},
        {
            "number": {"column": "N°"},
            "opened": {"column": "Ouvert le"},
            "resolved": {"column": "Résolu le"},
            "service": {"column": "Service", "values": {"Messagerie": "mail", "Wi-Fi": "wifi"}},
            "effort": {"column": "Durée", "type": "number"},
            "cost": {"column": "Coût", "type": "number"},
            "on_time": {"column": "Tenu"},
        },
        role="requests",
        dialect={
            "delimiter": ";",
            "decimal": ",",
            "thousands": "space",
            "instants": "dd/mm/yyyy HH:MM",
            "true": ["oui"],
            "false": ["non"],
        },
    )
    assert read.said == []
    assert read.rows("SELECT * FROM source_things ORDER BY _line") == [
        ("1", datetime(2026, 2, 28, 8, 5), datetime(2026, 3, 1, 9), "mail", Decimal("4.5"), Decimal("1234.5"),
         True, "export.csv", 2),
        ("2", datetime(2026, 3, 29, 10), None, "wifi", Decimal("0.25"), Decimal(12345678), False, "export.csv", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(("encoding", "codec"), [
    ("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("cp1252", "cp1252"), ("latin-1", "latin-1"), ("utf-16", "utf-16"),
])  # fmt: skip
def test_encodings(read_source: ReadSource, encoding: str, codec: str) -> None:
    word = "cœur à 5 €" if codec != "latin-1" else "été à Nîmes"
    read = read_source(
        {"a.csv": f"mot\n{word}\n".encode(codec)}, {"mot": {"type": "text"}}, dialect={"encoding": encoding}
    )
    assert read.said == []
    assert read.rows("SELECT mot FROM source_things") == [(word,)]


@pytest.mark.parametrize(
    ("dialect", "written", "number"),
    [
        ({}, "12", "12"),
        ({}, "-0.125", "-0.125"),
        ({}, "1234.567", "1234.567"),
        ({"decimal": "."}, "1.234", "1.234"),
        ({"decimal": ","}, "1,234", "1.234"),
        ({"decimal": ","}, ",5", "0.5"),
        ({"thousands": ","}, '"1,234"', "1234"),
        ({"decimal": ",", "thousands": "."}, "1.234.567,8", "1234567.8"),
        ({"thousands": "'"}, "1'234.5", "1234.5"),
        ({"thousands": "space"}, "1\u2009234\u00a0567.25", "1234567.25"),
        ({"thousands": "space"}, "1234567.25", "1234567.25"),
        ({}, "\u22125", "-5"),
        ({}, "+5", "5"),
        ({}, "  7 ", "7"),
        ({}, "999999999999.999999", "999999999999.999999"),
    ],
)
def test_numbers(read_source: ReadSource, dialect: dict[str, str], written: str, number: str) -> None:
    read = read_source({"a.csv": f"n;m\n{written};\n"}, NUMBER, dialect={"delimiter": ";"} | dialect)
    assert read.said == []
    assert read.rows("SELECT n FROM source_things") == [(Decimal(number),)]


@pytest.mark.parametrize(
    ("form", "written", "instant"),
    [
        (None, "2026-01-31T09:05", datetime(2026, 1, 31, 8, 5)),
        (None, "2026-01-31 09:05:06.5", datetime(2026, 1, 31, 8, 5, 6, 500000)),
        (None, "2026-01-31T09:05Z", datetime(2026, 1, 31, 9, 5)),
        (None, "2026-01-31T09:05:00+05:30", datetime(2026, 1, 31, 3, 35)),
        ("d/m/yyyy H:M", "1/2/2026 9:5", datetime(2026, 2, 1, 8, 5)),
        ("dd.mm.yy HH:MM:SS", "01.02.26 09:05:07", datetime(2026, 2, 1, 8, 5, 7)),
        ("mm/dd/yyyy hh:MM AM", "02/01/2026 09:05 pm", datetime(2026, 2, 1, 20, 5)),
        ("dd/mm/yyyy HH'h'MM", "01/02/2026 09h05", datetime(2026, 2, 1, 8, 5)),
        ("yyyymmddTHHMMz", "20260201T0905+0300", datetime(2026, 2, 1, 6, 5)),
        ("yyyy-mm-dd HH:MM:SS.fff", "2026-02-01 09:05:07.250", datetime(2026, 2, 1, 8, 5, 7, 250000)),
    ],
)
def test_instants(read_source: ReadSource, form: str | None, written: str, instant: datetime) -> None:
    read = read_source(
        {"a.csv": f"i\n{written}\n"}, {"i": {"type": "instant"}}, dialect={"instants": form} if form else {}
    )
    assert read.said == []
    assert read.rows("SELECT i FROM source_things") == [(instant,)]


def test_days_and_a_column_that_writes_them_its_own_way(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "a,b,c\n2026-02-01,1/2/2026,01/02/2026 23:59\n"},
        {
            "a": {"type": "day"},
            "b": {"type": "day", "dates": "m/d/yyyy"},
            "c": {"type": "day", "dates": "dd/mm/yyyy HH:MM"},
        },
    )
    assert read.said == []
    assert read.rows("SELECT a, b, c FROM source_things") == [
        (date(2026, 2, 1), date(2026, 1, 2), date(2026, 2, 1))
    ]


def test_missing_words_booleans_constants_and_mapped_words(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "a,b,s\n?,YES,Wi-Fi\n n/a ,0,-\n12,,mail\n"},
        {
            "a": {"type": "integer"},
            "b": {"type": "boolean"},
            "s": {"type": "service", "values": {"Wi-Fi": "wifi", "-": ""}},
            "q": {"type": "text", "constant": "it's"},
            "d": {"type": "day", "constant": "2026-10-31"},
        },
        dialect={"missing": ["", "?", "n/a"]},
    )
    assert read.said == []
    assert read.rows("SELECT a, b, s, q, d FROM source_things ORDER BY _line") == [
        (None, True, "wifi", "it's", date(2026, 10, 31)),
        (None, False, None, "it's", date(2026, 10, 31)),
        (12, None, "mail", "it's", date(2026, 10, 31)),
    ]


def test_whole_numbers_may_be_written_with_zero_decimals(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "n\n21289.0\n813.00\n"}, {"n": {"type": "integer"}})
    assert read.said == []
    assert read.rows("SELECT sum(n) FROM source_things") == [(22102,)]


def test_lines_are_those_of_the_file_whatever_a_cell_holds(read_source: ReadSource) -> None:
    text = '\nn,note\n1,"two\nlines"\n\n2,"three\n\nlines ""quoted"""\n3,"it said ""no"""\n4,5" disk\n\n'
    read = read_source({"a.csv": text}, {"n": {"type": "integer"}, "note": {"type": "text"}})
    assert read.said == []
    assert read.rows("SELECT n, _line, note FROM source_things ORDER BY n") == [
        (1, 3, "two\nlines"),
        (2, 6, 'three\n\nlines "quoted"'),
        (3, 9, 'it said "no"'),
        (4, 10, '5" disk'),
    ]


def test_crlf_files_with_lf_within_quotations(read_source: ReadSource) -> None:
    read = read_source({"a.csv": 'n,note\r\n1,"two\nlines"\r\n2,x\r\n'}, {"n": {"type": "integer"}})
    assert read.said == []
    assert read.rows("SELECT n, _line FROM source_things ORDER BY n") == [(1, 2), (2, 4)]


def test_files_in_order_compressed_or_not_with_columns_in_any_order(read_source: ReadSource) -> None:
    read = read_source(
        {
            "b/2.csv.gz": gzip.compress(b"n,m\n2,x\n", mtime=0),
            "b/1.csv": "m,n\nx,1\n",
            "c [1].csv": "n\n3\n",
            "other.txt": "n\n9\n",
        },
        NUMBER,
        files=["b/?.csv", "b/*.csv.gz", "*.csv"],
    )
    assert read.said == []
    assert read.rows("SELECT n, _file, _line FROM source_things") == [
        (1, "b/1.csv", 2),
        (2, "b/2.csv.gz", 2),
        (3, "c [1].csv", 2),
    ]
    assert [(file.path, file.rows) for file in read.tables.files] == [
        ("b/1.csv", 1), ("b/2.csv.gz", 1), ("c [1].csv", 1),
    ]  # fmt: skip
    assert read.tables.files[0].sha256 == hashlib.sha256(b"m,n\nx,1\n").hexdigest()


@pytest.mark.parametrize("delimiter", [",", ";", "|", "tab"])
def test_delimiters_and_quotes(read_source: ReadSource, delimiter: str) -> None:
    mark = {"tab": "\t"}.get(delimiter, delimiter)
    read = read_source(
        {"a.csv": f"a{mark}b\n'x{mark}y'{mark}'it''s'\n"},
        {"a": {"type": "text"}, "b": {"type": "text"}},
        dialect={"delimiter": delimiter, "quote": "'"},
    )
    assert read.said == []
    assert read.rows("SELECT a, b FROM source_things") == [(f"x{mark}y", "it's")]
