"""Workbooks: a worksheet is read as the CSV that its source declares; a file that is none, or too much, is told."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from comptoir.measure.reading.workbooks import _number

from .conftest import ReadSource

XLSX = ["*.xlsx"]


def workbook(*rows: list[Any], title: str = "Sheet", hidden: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    if hidden:
        first = book.create_sheet(hidden, 0)
        first.sheet_state = "hidden"
        first.append(["n"])
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_are_read_by_their_type_and_texts_by_the_dialect(read_source: ReadSource) -> None:
    content = workbook(
        ["Jour", "Début", "Note", "Poids", "Oui", "Code", "Texte"],
        [datetime(2026, 9, 1), datetime(2026, 9, 1, 9, 30, 0, 400), 4.0, 0.1 + 0.2, True, "007", "=1+1"],
        ["02/09/2026", "02/09/2026 10:00", "3,5", 1e-7, "non", 12345678901234, "deux\nlignes"],
    )
    read = read_source(
        {"survey.xlsx": content},
        {
            "day": {"type": "day", "column": "Jour"},
            "start": {"type": "instant", "column": "Début"},
            "score": {"type": "number", "column": "Note"},
            "weight": {"type": "number", "column": "Poids"},
            "agreed": {"type": "boolean", "column": "Oui"},
            "code": {"type": "text", "column": "Code"},
            "words": {"type": "text", "column": "Texte"},
        },
        files=XLSX,
        dialect={
            "delimiter": ";", "decimal": ",", "dates": "dd/mm/yyyy", "instants": "dd/mm/yyyy HH:MM",
            "true": ["oui"], "false": ["non"],
        },
    )  # fmt: skip
    assert read.rows("SELECT * EXCLUDE (_file) FROM source_things") == [
        (date(2026, 9, 1), datetime(2026, 9, 1, 7, 30), Decimal("4"), Decimal("0.3"), True, "007", None, 2),
        (date(2026, 9, 2), datetime(2026, 9, 2, 8, 0), Decimal("3.5"), Decimal("0"), False, "12345678901234",
         "deux lignes", 3),
    ]  # fmt: skip
    assert ["rounded" in line for line in read.said] == [True]


def test_a_problem_names_the_row_of_the_worksheet(read_source: ReadSource) -> None:
    content = workbook(["n"], [1], [], ["abc"], ["#N/A"], [])
    read = read_source({"a.xlsx": content}, {"n": {"type": "integer"}}, files=XLSX)
    assert read.said == [
        "data/a.xlsx:4:1: error: n: 'abc' is not a whole number [data-value]",
        "data/a.xlsx:5:1: error: n: '#N/A' is not a whole number [data-value]",
    ]


def test_days_of_columns_without_a_form_are_iso(read_source: ReadSource) -> None:
    content = workbook(["d", "i"], [datetime(2026, 9, 1), datetime(2026, 9, 1, 9)])
    columns = {"d": {"type": "day"}, "i": {"type": "instant"}}
    read = read_source({"a.xlsx": content}, columns, files=XLSX, zone="UTC")
    assert read.said == []
    assert read.rows("SELECT d, i FROM source_things") == [(date(2026, 9, 1), datetime(2026, 9, 1, 9))]


def test_rows_before_the_headings_and_the_worksheet_are_declared(read_source: ReadSource) -> None:
    content = workbook(
        ["Export of 1 September"], ["by Anna", "x"], ["n", "m"], [7, 8], title="Answers", hidden="Lists"
    )
    columns = {"n": {"type": "integer"}}
    read = read_source({"a.xlsx": content}, columns, files=XLSX, dialect={"skip": 2})
    assert read.said == []
    assert read.rows("SELECT n, _line FROM source_things") == [(7, 4)]
    named = read_source({"a.xlsx": content}, columns, files=XLSX, dialect={"sheet": "Answer", "skip": 2})
    assert named.said == [
        "data/a.xlsx:1:1: error: there is no worksheet 'Answer' (did you mean 'Answers'?) [data-file]"
    ]


def test_lines_before_the_headings_of_a_csv(read_source: ReadSource) -> None:
    columns = {"n": {"type": "integer"}}
    read = read_source(
        {"a.csv": "Export\nby;Anna\n\nn;m\n7;8\nx;9\n"}, columns, dialect={"delimiter": ";", "skip": 2}
    )
    assert read.said == ["data/a.csv:6:1: error: n: 'x' is not a whole number [data-value]"]
    assert read.rows("SELECT n, _line FROM source_things") == [(7, 5)]


@pytest.mark.parametrize("content", [b"", b"n\n1\n", b"PK\x03\x04 not a zip"])
def test_what_is_no_workbook(read_source: ReadSource, content: bytes) -> None:
    read = read_source({"a.xlsx": content}, {"n": {"type": "integer"}}, files=XLSX)
    assert read.said == [
        "data/a.xlsx:1:1: error: the file is no workbook (save it as .xlsx, or call it what it is) [data-file]"
    ]


def rewrite(content: bytes, part: str, text: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return stream.getvalue()


def test_a_workbook_that_unpacks_to_a_bomb(read_source: ReadSource) -> None:
    bomb = rewrite(workbook(["n"]), "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    read = read_source({"a.xlsx": bomb}, {"n": {"type": "integer"}}, files=XLSX)
    assert read.said == [
        "data/a.xlsx:1:1: error: the workbook unpacks to more than is read (export the sheet as CSV) [data-file]"
    ]


PARTS = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]


@pytest.mark.parametrize("part", PARTS)
def test_entities_are_not_followed(read_source: ReadSource, tmp_path: Path, part: str) -> None:
    (tmp_path / "secret").write_text("planted-secret")
    entity = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><a>&e;</a>'
    content = rewrite(workbook(["n"], ["x"]), part, entity.encode())
    read = read_source({"a.xlsx": content}, {"n": {"type": "text"}}, files=XLSX)
    assert len(read.said) <= 1
    assert "planted-secret" not in str(read.said) + str(read.rows("SELECT * FROM source_things"))


@pytest.mark.parametrize(
    "part", [part for part in PARTS if "shared" not in part]
)  # not read where no cell asks
def test_a_part_that_is_no_xml(read_source: ReadSource, part: str) -> None:
    content = rewrite(workbook(["n"], ["x"]), part, b"<broken")
    read = read_source({"a.xlsx": content}, {"n": {"type": "text"}}, files=XLSX)
    assert read.said == [
        "data/a.xlsx:1:1: error: the file is no workbook that can be read (save it as .xlsx again) [data-file]"
    ]


def test_a_sheet_that_lies_about_its_size(read_source: ReadSource) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c></row>'
        b'<row r="9"><c r="A9"><v>5</v></c><c r="XFD9"><v>6</v></c></row></sheetData></worksheet>'
    )
    read = read_source(
        {"a.xlsx": rewrite(workbook(["n"]), "xl/worksheets/sheet1.xml", sheet)},
        {"n": {"type": "integer"}},
        files=XLSX,
    )
    assert read.said == []
    assert read.rows("SELECT n, _line FROM source_things") == [(5, 9)]


def test_names_of_files_that_people_give(read_source: ReadSource) -> None:
    content = workbook(["n"], [1])
    columns = {"n": {"type": "integer"}}
    read = read_source(
        {"Réponses au formulaire (3).xlsx": content}, columns, files=["Réponses au formulaire (*).xlsx"]
    )
    assert read.said == []
    assert read.rows("SELECT n FROM source_things") == [(1,)]


def test_times_and_durations_are_told_where_no_field_takes_them(read_source: ReadSource) -> None:
    content = workbook(["n", "t"], [timedelta(hours=30), time(3, 4)])
    read = read_source({"a.xlsx": content}, {"n": {"type": "integer"}, "t": {"type": "text"}}, files=XLSX)
    assert read.said == []
    assert read.rows("SELECT n, t FROM source_things") == [(108_000, "03:04:00")]


@given(st.floats(-1e11, 1e11, allow_nan=False))
def test_numbers_have_no_exponent_and_fifteen_digits(value: float) -> None:
    text = _number(value, ",")
    assert "e" not in text.lower()
    assert float(text.replace(",", ".")) == pytest.approx(value, rel=1e-14)
