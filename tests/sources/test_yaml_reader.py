"""Bytes of a YAML file in, a located document or problems out: for any bytes whatever."""

from __future__ import annotations

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st

from comptoir.problems import Problem
from comptoir.sources.nodes import Scalar, to_plain
from comptoir.sources.yaml_reader import MAX_BYTES, MAX_DEPTH, read_document

FRAGMENTS = st.sampled_from(
    [
        *"a{}[],'\"\n\t@é#\x00\x07\x85\u2028\ufeff",
        "b: ",
        "- ",
        "  ",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        ">\n",
        "? ",
        *("---\n", "...\n", "%YAML 1.1\n", "\r\n"),
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=12)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


def hold_within(problems: list[Problem], content: bytes) -> None:
    lines = content.decode("utf-8", "replace").splitlines() or [""]
    for problem in problems:
        assert problem.message
        assert 1 <= problem.location.line <= len(lines) + 1
        longest = max(map(len, content.decode("utf-8", "replace").split("\n")))
        assert 1 <= problem.location.column <= longest + 1


@given(st.binary(max_size=200) | st.lists(FRAGMENTS, max_size=25).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_a_document_or_a_problem_at_its_place(content: bytes) -> None:
    document, problems = read_document(content, "a.yaml")
    assert document is not None or problems
    hold_within(problems, content)


def str_of(data: object) -> str:
    """Every text within."""
    if isinstance(data, dict):
        return "".join(key + str_of(value) for key, value in data.items())
    return data if isinstance(data, str) else "".join(str_of(item) for item in data)  # type: ignore[attr-defined]


@given(DATA.filter(lambda data: not isinstance(data, str)))
def test_plain_data_comes_back(data: object) -> None:
    content = yaml.safe_dump(data, allow_unicode=True, default_style='"').encode()
    document, problems = read_document(content, "a.yaml")
    if re.search(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", str_of(data)):
        assert "an escape in this text writes the character U+" in problems[0].message
        return
    assert problems == []
    assert document is not None
    assert to_plain(document.root) == data


def test_scalars_stay_as_they_are_written() -> None:
    document, _ = read_document(
        b"a: 010\nb: no\nc: 12:30\nd: 2026-10\ne: ~\nf: 'null'\ng:\nh: 1_000\n", "a.yaml"
    )
    assert document is not None
    assert to_plain(document.root) == {
        "a": "010",
        "b": "no",
        "c": "12:30",
        "d": "2026-10",
        "e": None,
        "f": "null",
        "g": None,
        "h": "1_000",
    }


def test_a_mark_of_byte_order_is_not_content() -> None:
    document, problems = read_document("\ufeffa: é\n".encode(), "a.yaml")
    assert (document is not None, problems) == (True, [])
    assert document is not None and document.locate(("a",)).column == 4


def test_depth_is_bounded() -> None:
    allowed, _ = read_document(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "a.yaml")
    assert allowed is not None
    for content in (b"[" * (MAX_DEPTH + 1), b"{a: " * 50_000, b"- " * 50_000):
        refused, problems = read_document(content, "a.yaml")
        assert refused is None
        assert [p.rule for p in problems] == ["yaml-depth"]


def test_size_is_bounded() -> None:
    document, problems = read_document(b"#" * (MAX_BYTES + 1), "a.yaml")
    assert document is None
    assert [str(p) for p in problems] == [
        "a.yaml:1:1: error: the file holds 1.0 MB; the limit is 1 MB [file-size]"
    ]


def test_the_number_of_values_is_bounded() -> None:
    document, problems = read_document(b"[" + b"a," * 100_001 + b"]", "a.yaml")
    assert document is None
    assert [p.message for p in problems] == ["more than 100000 values in one file"]


def test_the_first_of_two_equal_keys_counts() -> None:
    document, problems = read_document(b"a: 1\na: 2\na: 3\n", "a.yaml")
    assert document is not None
    assert to_plain(document.root) == {"a": "1"}
    assert [str(p.location) for p in problems] == ["a.yaml:2:1", "a.yaml:3:1"]


def test_each_scalar_knows_its_last_line() -> None:
    document, _ = read_document(b"a: |\n  one\n  two\nb: three\nc: 'four\n  five'\n", "a.yaml")
    assert document is not None
    nodes = [document.root.get(key) for key in "abc"]  # type: ignore[union-attr]
    assert [(n.line, n.last_line) for n in nodes if isinstance(n, Scalar)] == [(1, 3), (4, 4), (5, 6)]
