"""Identifiers: what is one, and the nearest to what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.scaffold.identifiers import is_identifier, label_of, nearest_identifier


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Accès Wi-Fi !", "acces-wi-fi"),
        ("L'œuvre d’hier", "l-oeuvre-d-hier"),
        ("web_hosting", "web-hosting"),
        ("../etc/passwd", "etc-passwd"),
        ("-Straße-", "strasse"),
        ("Œ", "oe"),
        ("a" * 59 + " b", "a" * 59),
        ("!!!", ""),
    ],
)
def test_nearest_identifier(typed: str, nearest: str) -> None:
    assert not is_identifier(typed)
    assert nearest_identifier(typed) == nearest


@given(st.text(max_size=90))
def test_the_nearest_is_an_identifier_or_nothing(typed: str) -> None:
    nearest = nearest_identifier(typed)
    assert nearest == "" or is_identifier(nearest)
    assert nearest == typed or not is_identifier(typed)


def test_label_reads_as_a_name_and_fits() -> None:
    assert label_of("web-hosting") == "Web hosting"
    assert len(label_of("a-very-" * 8 + "long")) <= 40
