"""Citations of measurements in Markdown: what is read from them, and what is said of those that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.model.citations import (
    BadCitation,
    Citation,
    Cited,
    find_citations,
    read_citation,
    replace_citations,
)
from comptoir.periods import Quarter


@pytest.mark.parametrize(
    ("written", "indicator", "about", "quarter", "cited"),
    [
        ("[[satisfaction]]", "satisfaction", {}, None, Cited.VALUE),
        ("[[ satisfaction  value ]]", "satisfaction", {}, None, Cited.VALUE),
        ("[[availability service=wifi]]", "availability", {"service": "wifi"}, None, Cited.VALUE),
        ("[[nps change]]", "nps", {}, None, Cited.CHANGE),
        ("[[nps target segment=staff]]", "nps", {"segment": "staff"}, None, Cited.TARGET),
        ("[[nps n quarter=2026-Q2]]", "nps", {}, Quarter(2026, 2), Cited.N),
        (
            "[[revenue client=lab service=hpc]]",
            "revenue",
            {"client": "lab", "service": "hpc"},
            None,
            Cited.VALUE,
        ),
    ],
)
def test_citations(
    written: str, indicator: str, about: dict[str, str], quarter: Quarter | None, cited: Cited
) -> None:
    found = read_citation(written)
    assert isinstance(found, Citation)
    assert (found.indicator, dict(found.about), found.quarter, found.cited) == (
        indicator,
        about,
        quarter,
        cited,
    )


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("[[]]", "this citation names no indicator", "write it as [[satisfaction]]"),
        (
            "[[Satisfaction]]",
            "'Satisfaction' is not the identifier of an indicator",
            "write it as [[satisfaction]]",
        ),
        ("[[nps chnage]]", "'chnage' is nothing to cite", "did you mean 'change'?"),
        (
            "[[nps quarter=T2]]",
            "expected a period such as '2026-09', '2026-Q3', '2026-H1', '2026', 'FY2026', '2025-10..2026-09' or '12m..2026-09', not 'T2'",
            "",
        ),
        ("[[nps service=]]", "'' is not the identifier of a service", ""),
        ("[[nps servce=wifi]]", "'servce' is nothing that a measurement is about", "did you mean 'service'?"),
    ],
)
def test_what_is_none(written: str, message: str, hint: str) -> None:
    assert read_citation(written) == BadCitation(written, message, hint)


def test_citations_in_code_stay() -> None:
    text = "De [[nps]], écrit `[[nps]]` ou ``[[x]] ` [[y]]``, puis [[nps change]]."
    assert [found.written for found in find_citations(text)] == ["[[nps]]", "[[nps change]]"]
    assert (
        replace_citations(text, lambda found: "30") == "De 30, écrit `[[nps]]` ou ``[[x]] ` [[y]]``, puis 30."
    )


@given(st.text(alphabet="[]`= \nabé-"))
def test_any_text_is_read_and_kept(text: str) -> None:
    assert replace_citations(text, lambda found: found.written) == text
