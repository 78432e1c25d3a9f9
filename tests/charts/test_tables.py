"""Tables beside charts, and CSV that a spreadsheet reads as data only."""

from __future__ import annotations

import csv
import io
import math

import pytest

from comptoir.charts import ChartNumber, ChartRows, to_csv


def test_csv_holds_raw_numbers_and_is_quoted_as_the_standard_says() -> None:
    table = ChartRows(
        ("Service", "Valeur"),
        (
            ("Messagerie, agenda", ChartNumber(0.942, "94,2 %")),
            ('Le "poste"\nfixe', ChartNumber(-5.0, "−5")),
            ("", "masqué"),
        ),
    )
    assert to_csv(table) == (
        'Service,Valeur\r\n"Messagerie, agenda",0.942\r\n"Le ""poste""\nfixe",-5\r\n,masqué\r\n'
    )
    assert list(csv.reader(io.StringIO(to_csv(table), newline="")))[2] == ['Le "poste"\nfixe', "-5"]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =cmd|'/c'!A0", "＝1", "\r=1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    written = to_csv(ChartRows((text,), ((text,), (ChartNumber(-2, text),))))
    header, cell, number = list(csv.reader(io.StringIO(written, newline="")))
    assert header == cell == [f"'{text}"]
    assert number == ["-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a, @SUM(A1);+2", "a, '@SUM(A1);'+2"),
        ("a\n-2", "a\n'-2"),
        ('a,"=1+1"', 'a,"\'=1+1"'),
        ("3-4, 5 = 5; a+b", "3-4, 5 = 5; a+b"),
    ],
)
def test_nor_where_a_spreadsheet_splits_at_another_mark(text: str, expected: str) -> None:
    for decimal, mark in ((".", ","), (",", ";")):
        written = to_csv(ChartRows(("n",), ((text,),)), decimal)
        assert list(csv.reader(io.StringIO(written, newline=""), delimiter=mark))[1] == [expected]


def test_a_decimal_comma_comes_with_semicolons() -> None:
    table = ChartRows(
        ("Service; site", "Valeur"),
        (("Messagerie, agenda", ChartNumber(-0.5, "−0,5")), ("x", ChartNumber(1e300, ""))),
    )
    assert to_csv(table, ",") == '"Service; site";Valeur\r\nMessagerie, agenda;-0,5\r\nx;1e+300\r\n'


@pytest.mark.parametrize(
    "value, expected", [(3.0, "3"), (1e300, "1e+300"), (0.1, "0.1"), (-0.0, "0"), (5e-324, "5e-324")]
)
def test_numbers_are_written_in_full(value: float, expected: str) -> None:
    assert to_csv(ChartRows(("n",), ((ChartNumber(value, ""),),))) == f"n\r\n{expected}\r\n"


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_only_finite_numbers_are_drawn(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        ChartNumber(value, "∞")


def test_rows_have_a_cell_for_each_header() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        ChartRows(("a", "b"), (("1",),))
