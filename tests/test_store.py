"""The store: what was written comes back whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.store import Store, join, split

from .damage import change_a_byte, files_below


def only_file(store: Store) -> Path:
    [path] = files_below(store.folder)
    return path


@given(st.text(st.characters(codec=None)), st.binary())
def test_gives_back_what_it_keeps(key: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "kept")
        assert store.is_empty() and store.read(key) is None
        store.write(key, content)
        store.write(key, content)
        assert store.read(key) == content
        assert store.read(f"{key}.") is None
        assert store.namespace("other").read(key) is None
        assert not store.is_empty()


@given(st.binary(min_size=0, max_size=200), st.integers(0), st.integers(1, 255))
def test_a_byte_that_changed_is_as_none_and_is_written_anew(content: bytes, place: int, by: int) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.write("key", content)
        change_a_byte(only_file(store), place, by)
        assert store.read("key") is None
        store.write("key", content)
        change_a_byte(only_file(store), place, by)
        assert store.read_file("key") is None
        store.write("key", content)
        assert store.read("key") == content


def test_a_file_is_kept_whole_for_a_library_that_reads_files(tmp_path: Path) -> None:
    store = Store(tmp_path / "rows")
    part = store.begin()
    assert part is not None
    part.write_bytes(b"PAR1 rows")
    store.keep("rows", part)
    path = store.read_file("rows")
    assert path is not None and path.read_bytes() == b"PAR1 rows" == store.read("rows")
    left = store.begin()
    assert left is not None
    store.discard(left)
    assert files_below(tmp_path) == [path]


def test_the_content_of_one_key_is_not_that_of_another(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("a", b"one")
    taken = only_file(store)
    store.write("b", b"two")
    [other] = set(files_below(tmp_path)) - {taken}
    name = other.name.partition("-")[0]
    taken.rename(other.parent / f"{name}-{taken.name.partition('-')[2]}")
    other.unlink()
    assert store.read("b") is None


def test_a_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("key", b"old")
    store.write("key", b"new")
    assert store.read("key") == b"new"
    assert len(files_below(tmp_path)) == 1


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    store.write("key", b"text")
    path = only_file(store)
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    assert store.read("key") is None
    assert store.read_file("key") is None
    assert elsewhere.read_bytes() == b"text"


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = Store(tmp_path / "file")
    blocked.write("key", b"text")
    assert blocked.read("key") is None
    assert blocked.begin() is None
    blocked.trim(0)
    blocked.keep_only(())
    assert (tmp_path / "file").read_text() == "in the way"


def test_trimming_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for age in range(4):
        store.write(str(age), b"x" * 10)
        [path] = store._files_of(str(age))
        os.utime(path, ns=(age, age))
    assert store.read("0") == b"x" * 10  # used again, so the youngest
    store.trim(20)
    assert [store.read(str(age)) is not None for age in range(4)] == [True, False, False, True]
    store.trim(0)
    assert store.is_empty()


@pytest.mark.parametrize("tidy", [lambda store: store.trim(1000), lambda store: store.keep_only({"key"})])
def test_what_a_killed_build_began_goes_away_and_what_one_writes_now_stays(tmp_path: Path, tidy) -> None:  # type: ignore[no-untyped-def]
    store = Store(tmp_path)
    store.write("key", b"text")
    killed, at_work = store.begin(), store.begin()
    assert killed is not None and at_work is not None
    (tmp_path / "notes.txt").write_text("somebody's")
    os.utime(killed, ns=(0, 0))
    tidy(store)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [at_work.name, "notes.txt"]
    )
    assert store.read("key") == b"text"


def test_only_what_is_named_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for key in "abc":
        store.write(key, key.encode())
    store.keep_only({"b"})
    assert [store.read(key) for key in "abc"] == [None, b"b", None]


def test_builds_that_write_and_forget_at_once_never_give_a_mixture(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from comptoir.store import Store\n"
        f"store = Store(Path({str(tmp_path)!r}))\n"
        "for n in range(200):\n"
        "    store.write('key', sys.argv[1].encode() * 5000)\n"
        "    assert store.read('key') in {None, b'a' * 5000, b'b' * 5000}\n"
        "    store.trim(n % 3 * 5000)\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, letter]) for letter in "ab"]
    assert [process.wait() for process in both] == [0, 0]


@given(st.lists(st.binary()))
def test_several_contents_are_kept_as_one(parts: list[bytes]) -> None:
    assert split(join(parts)) == parts
