"""Problems as values: order, words, and nothing that moves a terminal."""

from __future__ import annotations

from comptoir.problems import (
    ContentError,
    Location,
    Problem,
    Severity,
    errors,
    printable,
    sort_problems,
    suggest,
)

A = Problem(Location("a.yaml", 2, 1), "rule", "wrong", "do this")
B = Problem(Location("a.yaml", 10, 1), "rule", "odd", severity=Severity.WARNING)
C = Problem(Location("b.yaml"), "rule", "wrong")


def test_text() -> None:
    assert str(A) == "a.yaml:2:1: error: wrong (do this) [rule]"
    assert str(B) == "a.yaml:10:1: warning: odd [rule]"


def test_order_is_that_of_places_and_each_is_there_once() -> None:
    assert sort_problems([C, B, A, C, B]) == (A, B, C)


def test_a_warning_never_hides_an_error() -> None:
    assert errors([B, C, A]) == (C, A)
    assert ContentError([C, B]).problems == (B, C)


def test_messages_stay_on_one_line() -> None:
    problem = Problem(Location("a.yaml"), "rule", "a\nb\x1b[31m\u202e\u00a0é", "c\r")
    assert str(problem) == "a.yaml:1:1: error: a\\nb\\x1b[31m\\u202e\u00a0é (c\\r) [rule]"
    assert printable("Été à 8 h") == "Été à 8 h"


def test_hints() -> None:
    assert suggest("wify", ["wifi", "mail"]) == "did you mean 'wifi'?"
    assert suggest("zzz", ["wifi", "mail"]) == "known: mail, wifi"
    assert suggest("zzz", []) == ""
    assert suggest("zzz", [f"name-{n}" for n in range(13)]) == ""
