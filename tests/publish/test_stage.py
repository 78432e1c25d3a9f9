"""Staging: a folder holds exactly what was given, and nothing outside it is touched."""

from pathlib import Path

import pytest

from comptoir.publish.stage import PublishError, fingerprint, read_tree, stage_files


def test_holds_exactly_the_files_given(tmp_path: Path) -> None:
    stage_files(tmp_path, {"a.md": "a", "b/c.md": "c", "d.bin": b"\x00"})
    stage_files(tmp_path, {"a.md": "changed", "b/x.md": "é"})
    assert read_tree(tmp_path) == {"a.md": b"changed", "b/x.md": "é".encode()}
    assert not (tmp_path / "d.bin").exists()


def test_leaves_unchanged_files_alone(tmp_path: Path) -> None:
    stage_files(tmp_path, {"a.md": "a", "b.md": "b"})
    before = (tmp_path / "a.md").stat().st_mtime_ns
    stage_files(tmp_path, {"a.md": "a", "b.md": "other"})
    assert (tmp_path / "a.md").stat().st_mtime_ns == before


def test_removes_empty_folders(tmp_path: Path) -> None:
    stage_files(tmp_path, {"deep/er/a.md": "a"})
    stage_files(tmp_path, {"b.md": "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.md"]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "a//b", "a\\b", ".", "a\0b"])
def test_refuses_a_path_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError, match="not a path inside the site"):
        stage_files(tmp_path / "inside", {name: "x"})
    assert list(tmp_path.iterdir()) == []


def test_replaces_a_link_instead_of_writing_through_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.md").symlink_to(outside)
    stage_files(inside, {"a.md": "new"})
    assert outside.read_text() == "mine"
    assert (inside / "a.md").read_text() == "new"


def test_fingerprint_tells_names_from_contents() -> None:
    assert fingerprint({"ab": "c"}) != fingerprint({"a": "bc"})
    assert fingerprint({"a": "b"}, "x", "y") != fingerprint({"a": "b"}, "xy")
    assert fingerprint({"a": "b", "c": "d"}) == fingerprint({"c": "d", "a": b"b"})
