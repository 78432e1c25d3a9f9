"""The day of a command: what was typed, what the environment says, and nothing that a calendar does not hold."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, datetime

import pytest

from comptoir.cli.console import choose_today, parse_count, parse_day


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_beyond_what_is_published(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not between the years 1900 and 2999"):
        parse_day(text)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", date(1970, 1, 1)), ("86399", date(1970, 1, 1)), ("1790000000", date(2026, 9, 21))],
)
def test_the_day_of_the_environment(epoch: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert choose_today(None) == day


@pytest.mark.parametrize("epoch", ["", "²", "-1", "x", "99999999999", "9" * 400])
def test_what_is_no_epoch_leaves_the_clock(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.now().astimezone().date()
    assert before <= choose_today(None) <= datetime.now().astimezone().date()


@pytest.mark.parametrize("text", ["", "²", "-1", "65536", "1e3", "9" * 5000])
def test_a_count_in_digits(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text[:20]}"):
        parse_count(text, 0, 65535)
    assert parse_count("65535", 0, 65535) == 65535
