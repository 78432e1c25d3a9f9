"""The cache: what did not change is not read again, and what changed is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from comptoir.measure.reading import csv_files

from ...damage import files_below, ways_to_damage
from .conftest import Read, ReadSource

TEXT = 'n,i,s\n1.5,2026-10-25T02:30,mail\n"2.1234567",2026-07-01T09:30,"two\nlines"\n'
COLUMNS: dict[str, Any] = {"n": {"type": "number"}, "i": {"type": "instant"}, "s": {"type": "text"}}


def kept(folder: Path) -> list[str]:
    return [path.name for path in files_below(folder)]


def from_cache(read: Read) -> list[bool]:
    return [file.from_cache for file in read.tables.files]


def test_the_second_reading_gives_the_same_from_the_cache(read_source: ReadSource, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = read_source({"a.csv": TEXT}, COLUMNS, cache)
    again = read_source({"a.csv": TEXT}, COLUMNS, cache)
    assert (from_cache(first), from_cache(again)) == ([False], [True])
    query = "SELECT * FROM source_things ORDER BY _line"
    assert again.rows(query) == first.rows(query)
    assert again.said == first.said
    assert len(first.said) == 2
    assert (again.tables.files, again.tables.kept) == (first.tables.files, first.tables.kept)


@pytest.mark.parametrize(
    "changed",
    [
        {"contents": {"a.csv": TEXT + "3,,\n"}},
        {"columns": COLUMNS | {"s": {"type": "text", "values": {"mail": "post"}}}},
        {"dialect": {"missing": ["", "mail"]}},
        {"zone": "Asia/Tokyo"},
    ],
)
def test_what_changed_is_read_again(read_source: ReadSource, tmp_path: Path, changed: dict[str, Any]) -> None:
    cache = tmp_path / "cache"
    read_source({"a.csv": TEXT}, COLUMNS, cache)
    before = kept(cache)
    read = read_source(**({"contents": {"a.csv": TEXT}, "columns": COLUMNS, "cache": cache} | changed))
    assert from_cache(read) == [False]
    assert len(kept(cache)) == 1
    assert kept(cache) != before


def test_other_names_of_services_and_another_where_need_no_reading(
    read_source: ReadSource, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    read_source({"a.csv": TEXT}, COLUMNS, cache)
    read = read_source({"a.csv": TEXT}, COLUMNS, cache, where="n < 2")
    assert from_cache(read) == [True]
    assert read.tables.kept == {"things": 1}


def test_a_file_with_a_problem_is_not_kept(read_source: ReadSource, tmp_path: Path) -> None:
    read = read_source({"a.csv": "n\nx\n"}, {"n": {"type": "number"}}, tmp_path / "cache")
    assert len(read.said) == 1
    assert not (tmp_path / "cache").exists()


def test_damaged_rows_are_as_none(read_source: ReadSource, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = read_source({"a.csv": TEXT}, COLUMNS, cache)
    query = "SELECT * FROM source_things ORDER BY _line"
    expected = first.rows(query)
    for way in ways_to_damage(cache):
        again = read_source({"a.csv": TEXT}, COLUMNS, cache)
        assert (from_cache(again), again.rows(query)) == ([False], expected), way
        assert from_cache(read_source({"a.csv": TEXT}, COLUMNS, cache)) == [True]


def test_a_cache_that_cannot_be_written_is_as_none(read_source: ReadSource, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    read = read_source({"a.csv": TEXT}, COLUMNS, tmp_path / "cache")
    assert read.tables.kept == {"things": 2}


MANY = "n,s\n" + "".join(f"{number},mail\n" for number in range(300_000))


def test_rows_have_their_lines_whatever_the_number_of_threads(
    read_source: ReadSource, tmp_path: Path
) -> None:
    columns: dict[str, Any] = {"n": {"type": "number"}, "s": {"type": "text"}}
    moved = "SELECT count(*) FROM source_things WHERE _line <> n + 2 OR rowid <> n"
    for from_where in ([False], [True]):
        read = read_source({"a.csv": MANY}, columns, tmp_path / "cache")
        assert from_cache(read) == from_where
        assert read.tables.kept == {"things": 300_000}
        assert read.rows(moved) == [(0,)]
    without = read_source({"a.csv": MANY}, columns)
    assert without.rows(moved) == [(0,)]


def test_rows_that_cannot_be_written_are_read_all_the_same(
    read_source: ReadSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise duckdb.IOException("no space left on device")

    expected = read_source({"a.csv": TEXT}, COLUMNS)
    monkeypatch.setattr(csv_files, "write_rows", full)
    read = read_source({"a.csv": TEXT}, COLUMNS, tmp_path / "cache")
    query = "SELECT * FROM source_things ORDER BY _line"
    assert (read.rows(query), read.said) == (expected.rows(query), expected.said)
    assert from_cache(read_source({"a.csv": TEXT}, COLUMNS, tmp_path / "cache")) == [True]
