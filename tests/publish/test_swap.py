"""Swapping: the site is complete or it is the previous one, and somebody else's folder is never replaced."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from comptoir.publish.stage import PublishError, read_tree
from comptoir.publish.swap import MARKER, check_output, recover, swap_in


def no_fault(root: Path) -> Sequence[object]:
    return ()


def make(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text)
    return folder


def names(folder: Path) -> set[str]:
    return set(read_tree(folder)) - {MARKER}


def test_puts_languages_side_by_side(tmp_path: Path) -> None:
    french, english = make(tmp_path / "fr", index="bonjour"), make(tmp_path / "en", index="hello")
    swap_in({"": french, "en": english}, tmp_path / "site", no_fault)
    assert names(tmp_path / "site") == {"index.html", "en/index.html"}
    assert (tmp_path / "site" / MARKER).is_file()


def test_replaces_the_previous_site_whole(tmp_path: Path) -> None:
    swap_in({"": make(tmp_path / "a", index="1", old="1")}, tmp_path / "site", no_fault)
    swap_in({"": make(tmp_path / "b", index="2")}, tmp_path / "site", no_fault)
    assert names(tmp_path / "site") == {"index.html"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "site"]


def test_a_faulty_site_leaves_the_previous_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    swap_in({"": make(tmp_path / "a", index="good")}, out, no_fault)
    with pytest.raises(PublishError, match="has 1 faults and is not published"):
        swap_in({"": make(tmp_path / "b", index="bad")}, out, lambda root: ["index.html: leads nowhere"])
    assert (out / "index.html").read_text() == "good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "site"]


def test_a_swap_cut_off_between_renames_is_undone_at_the_next_build(tmp_path: Path) -> None:
    make(tmp_path / ".site.previous", index="previous")
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "previous"


def test_leftovers_of_a_finished_swap_are_removed(tmp_path: Path) -> None:
    make(tmp_path / ".site.previous", index="previous")
    make(tmp_path / "site", index="current")
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "current"
    assert not (tmp_path / ".site.previous").exists()


@pytest.mark.parametrize("place", ["", "..", "catalogue", "segments/site", "site_templates", ".git/x"])
def test_refuses_to_replace_content(tmp_path: Path, place: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    with pytest.raises(PublishError):
        check_output(project / place, project)


def test_refuses_a_folder_of_somebody_else(tmp_path: Path) -> None:
    make(tmp_path / "public", index="not ours")
    with pytest.raises(PublishError, match="did not publish"):
        check_output(tmp_path / "public", tmp_path / "project")


def test_refuses_a_file_and_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PublishError, match="is a file"):
        check_output(tmp_path / "file", tmp_path / "project")
    with pytest.raises(PublishError, match="is a link"):
        check_output(tmp_path / "link", tmp_path / "project")


def test_accepts_a_new_an_empty_and_our_own_folder(tmp_path: Path) -> None:
    project = tmp_path / "project"
    swap_in({"": make(tmp_path / "a", index="1")}, tmp_path / "ours", no_fault)
    (tmp_path / "empty").mkdir()
    accepted = [check_output(tmp_path / name, project) for name in ("new", "empty", "ours")]
    assert accepted == [None, None, None]


def test_a_full_disk_leaves_the_previous_site_and_no_half_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    swap_in({"": make(tmp_path / "a", index="good")}, out, no_fault)

    def refuse(source: object, target: object, **options: object) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("shutil.copyfile", refuse)
    with pytest.raises(PublishError) as failure:
        swap_in({"": make(tmp_path / "b", index="new")}, out, no_fault)
    assert str(failure.value) == (
        f"the new site cannot be put together in {tmp_path / '.site.new'}: No space left on device"
    )
    assert (out / "index.html").read_text() == "good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "site"]
