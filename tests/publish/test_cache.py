"""The folder of kept texts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comptoir.publish.cache import FolderCache

NAME = "ab" * 32


def test_gives_back_what_it_keeps(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "charts")
    assert cache.read(NAME) is None
    cache.write(NAME, "é 👩‍🚀\n")
    cache.write(NAME, "é 👩‍🚀\n")
    assert cache.read(NAME) == "é 👩‍🚀\n"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{NAME}.json"]


@pytest.mark.parametrize("name", ["../x", "", "AB" * 8, "ab/cd", "a" * 300])
def test_refuses_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a kept text"):
        FolderCache(tmp_path).read(name)


def test_what_cannot_be_read_or_kept_is_no_error(tmp_path: Path) -> None:
    folder = tmp_path / "a-file"
    folder.write_text("in the way")
    blocked = FolderCache(folder)
    blocked.write(NAME, "text")
    assert blocked.read(NAME) is None
    latin = FolderCache(tmp_path)
    latin.write(NAME, "text")
    (tmp_path / "ab" / f"{NAME}.json").write_bytes(b"\xe9")
    assert latin.read(NAME) is None
    (tmp_path / "ab" / f"{NAME}.json").unlink()
    (tmp_path / "ab" / f"{NAME}.json").symlink_to("/etc/hostname")
    assert latin.read(NAME) is None


def test_trimming_drops_what_was_longest_of_no_use(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    names = [f"{number:08x}" for number in range(4)]
    for age, name in enumerate(names):
        cache.write(name, "x" * 10)
        os.utime(tmp_path / name[:2] / f"{name}.json", ns=(age, age))
    assert cache.read(names[0]) == "x" * 10  # of use again, so the youngest
    cache.trim(20)
    assert [cache.read(name) is not None for name in names] == [True, False, False, True]
    cache.trim(0)
    assert [cache.read(name) for name in names] == [None] * 4
