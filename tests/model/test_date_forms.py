"""Ways to write dates: what each stands for, and what is said of one that stands for nothing."""

from __future__ import annotations

import re
from datetime import date

import duckdb
import pytest

from comptoir.measure.reading.conversions import _has_form
from comptoir.model.date_forms import read_date_form


@pytest.mark.parametrize(
    ("written", "strptime", "fits", "does_not"),
    [
        ("dd/mm/yyyy", "%d/%m/%Y", "01/02/2026", "1/2/2026"),
        ("d/m/yyyy H:M", "%d/%m/%Y %H:%M", "1/2/2026 9:05", "1/2/26 9:05"),
        ("yyyymmdd", "%Y%m%d", "20260201", "2026-02-01"),
        ("dd.mm.yy HH'h'MM", "%d.%m.%y %Hh%M", "01.02.26 09h05", "01x02x26 09h05"),
        (
            "yyyy-mm-ddTHH:MM:SS.fffz",
            "%Y-%m-%dT%H:%M:%S.%f%z",
            "2026-02-01T09:05:06.789+02:00",
            "2026-02-01T09:05",
        ),
        ("'100%' dd/mm/yyyy", "100%% %d/%m/%Y", "100% 01/02/2026", "01/02/2026"),
    ],
)
def test_forms(written: str, strptime: str, fits: str, does_not: str) -> None:
    form = read_date_form(written)
    assert form.strptime == strptime
    assert re.fullmatch(form.pattern, fits)
    assert not re.fullmatch(form.pattern, does_not)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("dd/mm/yyyy HH:mm", "'dd/mm/yyyy HH:mm' names the month twice (months are mm, minutes MM)"),
        ("dd/mm", "'dd/mm' does not say where the year stands"),
        ("jj/mm/aaaa", "'jj/mm/aaaa' is not understood in 'jj/mm/aaaa'"),
        ("dd/mm/yyyy SS", "'dd/mm/yyyy SS' has a second and no minute"),
        ("dd/mm/yyyy MM", "'dd/mm/yyyy MM' has a minute and no hour"),
        ("dd/mm/yyyy hh:MM", "'dd/mm/yyyy hh:MM': hh goes with AM, and HH without"),
        ("dd/mm/yyyy z", "'dd/mm/yyyy z' has a time zone and no hour"),
        ("dmyyyy", "in 'dmyyyy', nothing tells where 'm' begins"),
        ("", "'' does not say where the year stands"),
        ("dd/mm/yyyy 'à", "''à' is not understood in 'dd/mm/yyyy 'à'"),
    ],
)
def test_faults(written: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message) + "$"):
        read_date_form(written)


MASKED = (
    "dd/mm/yyyy HH:MM",
    "yyyy-mm-dd",
    "dd.mm.yyyy HH:MM:SS",
    "yyyy-mm-ddTHH:MM:SS",
    "mm/yyyy",
    "dd-mm-yy",
)


@pytest.mark.parametrize("written", MASKED)
def test_a_mask_says_what_the_pattern_says_of_every_text_that_is_nearly_a_date(written: str) -> None:
    form = read_date_form(written)
    assert form.mask is not None
    right = date(2026, 10, 31).strftime(form.strptime)
    near = {right, "", right[:-1], right + "1", right.upper(), right.replace(" ", "  ")}
    for place in range(len(right)):
        near |= {right[:place] + one + right[place + 1 :] for one in " 01239+-/.:Tx_%\u0663\t"}
        near |= {right[:place] + one + right[place:] for one in " 0-/"} | {right[:place] + right[place + 1 :]}
        near |= {right[:place] + " " + right[place + 1 : -1], right[:place] + "  " + right[place + 2 :]}
    texts = sorted({text.strip(" \t") for text in near})
    parsed = f"try_strptime(t, '{form.strptime}') IS NOT NULL"
    pattern = f"regexp_full_match(t, $2) AND {parsed}"
    query = (
        f"SELECT t FROM (SELECT unnest($1) AS t) WHERE ({_has_form('t', form)} AND {parsed}) <> ({pattern})"
    )
    assert duckdb.execute(query, [texts, form.pattern]).fetchall() == []


@pytest.mark.parametrize(
    "written", ["d/m/yyyy", "yyyymmdd", "dd mmm yyyy", "dd/mm/yyyy hh:MM AM", "yyyy-mm-dd HH:MMz"]
)
def test_parts_of_any_width_have_no_mask(written: str) -> None:
    assert read_date_form(written).mask is None
