"""Ways to write dates: what each stands for, and what is said of one that stands for nothing."""

from __future__ import annotations

import re

import pytest

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
