"""JSON files that the program wrote: values, places, and what is refused of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.sources.json_reader import JsonDocument, read_json

FILE = "indicators/closed/2026-Q3.json"
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def document(text: str) -> JsonDocument:
    found, problems = read_json(text.encode(), FILE)
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"a": ', ":1:6: error: not valid JSON: expecting value [json-syntax]"),
        (b"", ":1:1: error: not valid JSON: expecting value [json-syntax]"),
        (b'{\n"a": 1\n "b": 2}', ":3:2: error: not valid JSON: expecting ',' delimiter [json-syntax]"),
        (b'{"a": NaN}', ":1:1: error: not valid JSON: NaN is no number [json-syntax]"),
        (
            b'{"b": 1,\n "a": [{"c": 1, "c": 2}]}',
            ":2:17: error: the key 'c' is written twice [duplicate-key]",
        ),
        (b'{"a": 1, "a": 2} and', ":1:10: error: the key 'a' is written twice [duplicate-key]"),
        (b'[{"a": 1, "a": 2} and', ":1:1: error: the key 'a' is written twice [duplicate-key]"),
        (
            b'"\xe9"',
            ":1:2: error: byte 0xE9 is not UTF-8 (save the file as UTF-8: it looks like Latin-1) [encoding]",
        ),
    ],
)
def test_refused(content: bytes, problem: str) -> None:
    found, problems = read_json(content, FILE)
    assert found is None
    assert [str(one) for one in problems] == [FILE + problem]


@pytest.mark.parametrize("content", [b"[" * 200_000, b'{"a":' * 200_000, b"9" * 10_000])
def test_what_would_exhaust_the_program_is_a_problem(content: bytes) -> None:
    found, problems = read_json(content, FILE)
    assert found is None
    assert [problem.rule for problem in problems] == ["json-syntax"]


def test_places() -> None:
    read = document('{\n"one": [10,\n {"two": "é", "three": {}}],\n"four": 4}\n')
    assert str(read.locate(("one", 1, "two"))) == f"{FILE}:3:10"
    assert str(read.locate(("one", 1, "two"), key=True)) == f"{FILE}:3:3"
    assert str(read.locate(("one", 1, "three", "none"))) == f"{FILE}:3:24"
    assert str(read.locate(("one", 7))) == f"{FILE}:2:8"
    assert str(read.locate(("four",), key=True)) == f"{FILE}:4:1"
    assert str(read.locate()) == f"{FILE}:1:1"


@given(VALUES, st.sampled_from([None, 0, 1]))
def test_each_part_stands_where_it_is_located(value: object, indent: int | None) -> None:
    read = document(json.dumps(value, indent=indent))
    assert read.value == value

    def walk(part: object, path: tuple[str | int, ...]) -> None:
        place = read.locate(path)
        rest = "\n".join(read.text.split("\n")[place.line - 1 :])[place.column - 1 :]
        assert json.JSONDecoder().raw_decode(rest)[0] == part
        children = (
            part.items() if isinstance(part, dict) else enumerate(part if isinstance(part, list) else ())
        )
        for step, child in children:
            walk(child, (*path, step))

    walk(value, ())
