"""Swapping: the site is complete or it is the previous one, and somebody else's folder is never replaced."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from comptoir.publish.stage import PublishError, fingerprint, read_tree
from comptoir.publish.swap import MARKER, check_output, recover, swap_in


def no_fault(root: Path) -> Sequence[object]:
    return ()


def make(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text)
    return folder


def beside(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


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
    assert beside(tmp_path) == ["a", "b", "site"]


def test_a_faulty_site_leaves_the_previous_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    swap_in({"": make(tmp_path / "a", index="good")}, out, no_fault)
    with pytest.raises(PublishError, match="has 1 faults and is not published"):
        swap_in({"": make(tmp_path / "b", index="bad")}, out, lambda root: ["index.html: leads nowhere"])
    assert (out / "index.html").read_text() == "good"
    assert beside(tmp_path) == ["a", "b", "site"]


KILLED = """
import os, signal
from pathlib import Path
from comptoir.publish import swap

def kill(*renamed):
    os.kill(os.getpid(), signal.SIGKILL)

{how}
swap.swap_in({{"": Path({new!r})}}, Path({out!r}), lambda root: ())
"""
KILLS = {
    "before the exchange": "swap._take_place = kill",
    "after the exchange": "swap._clear = lambda room, out: None if not (room / 'new').exists() else kill()",
    "between two renames": "swap._exchange = lambda *folders: os.rename(folders[1], folders[0].with_name('previous')) or kill()",
}


@pytest.mark.parametrize("how", KILLS.values(), ids=KILLS)
def test_a_build_that_is_killed_leaves_a_whole_site_that_the_next_one_finds(tmp_path: Path, how: str) -> None:
    out = tmp_path / "site"
    swap_in({"": make(tmp_path / "a", index="previous", old="previous")}, out, no_fault)
    new = make(tmp_path / "b", index="new")
    code = KILLED.format(how=how, new=str(new), out=str(out))
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    recover(out)
    assert names(out) in ({"index.html", "old.html"}, {"index.html"})
    with pytest.raises(PublishError):
        swap_in({"": make(tmp_path / "c", index="bad")}, out, lambda root: ["a fault"])
    assert (out / "index.html").read_text() in {"previous", "new"}
    assert beside(tmp_path) == ["a", "b", "c", "site"]


def test_at_no_moment_is_the_site_away_or_a_mixture(tmp_path: Path) -> None:
    """Two builds publish into one folder in turns and at once, while a reader looks."""
    out = tmp_path / "site"
    versions = {
        letter: make(tmp_path / letter, **{f"{letter}{n}": letter for n in range(40)}) for letter in "ab"
    }
    whole = {frozenset(names(folder)) for folder in versions.values()}
    swap_in({"": versions["a"]}, out, no_fault)
    code = (
        "import sys; from pathlib import Path; from comptoir.publish.swap import swap_in\n"
        "for _ in range(30): swap_in({'': Path(sys.argv[1])}, Path(sys.argv[2]), lambda root: ())\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(v), str(out)]) for v in versions.values()]
    seen = set()
    while any(process.poll() is None for process in both):
        seen.add(out.is_dir())
    assert [process.returncode for process in both] == [0, 0]
    assert seen == {True}
    assert names(out) in whole
    assert beside(tmp_path) == ["a", "b", "site"]


def test_two_builds_put_their_sites_together_apart(tmp_path: Path) -> None:
    out = tmp_path / "site"
    other = make(tmp_path / "b", other="2")
    swapped = []

    def meanwhile(root: Path) -> Sequence[object]:
        code = f"from pathlib import Path; from comptoir.publish.swap import swap_in; swap_in({{'': Path({str(other)!r})}}, Path({str(out)!r}), lambda root: ())"
        swapped.append(subprocess.Popen([sys.executable, "-c", code]))
        with pytest.raises(subprocess.TimeoutExpired):
            swapped[0].wait(timeout=1)  # it waits for this one
        return [] if names(root) == {"index.html"} else ["a mixture"]

    swap_in({"": make(tmp_path / "a", index="1")}, out, meanwhile)
    assert swapped[0].wait() == 0
    assert names(out) == {"other.html"}


def test_the_fingerprint_is_that_of_what_was_put_there(tmp_path: Path) -> None:
    swapped = swap_in({"": make(tmp_path / "a", index="1")}, tmp_path / "site", no_fault)
    assert swapped.site == fingerprint(read_tree(tmp_path / "site"))
    assert swapped.left is None


def test_where_folders_cannot_be_exchanged_they_are_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comptoir.publish.swap._exchange", lambda one, other: False)
    out = tmp_path / "site"
    for text in ("1", "2"):
        swap_in({"": make(tmp_path / "a", index=text)}, out, no_fault)
        assert (out / "index.html").read_text() == text
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PublishError, match=r"cannot be published as .*: Device or resource busy"):
        swap_in({"": make(tmp_path / "a", index="3")}, out, no_fault)
    assert (out / "index.html").read_text() == "2"
    assert beside(tmp_path) == ["a", "site"]


def test_a_previous_site_that_cannot_be_removed_stops_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError(13, "Permission denied", str(path))

    out = tmp_path / "site"
    swap_in({"": make(tmp_path / "a", index="1")}, out, no_fault)
    monkeypatch.setattr("shutil.rmtree", refuse)
    left = [swap_in({"": make(tmp_path / "a", index=text)}, out, no_fault).left for text in "23"]
    assert (out / "index.html").read_text() == "3"
    assert all(folder is not None and folder.is_dir() for folder in left)


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    for name in (".site.new-mine", ".site.new.new-abcdefgh", ".site.new-abcdefgh.new-abcdefgh"):
        make(tmp_path / name, index="somebody's")
    before = beside(tmp_path)
    swap_in({"": make(tmp_path / "a", index="1")}, tmp_path / "site", no_fault)
    assert beside(tmp_path) == sorted([*before, "a", "site"])


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


def test_refuses_a_link_of_the_project_above_the_folder_and_follows_those_of_the_operator(
    tmp_path: Path,
) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    for folder in (project, elsewhere):
        folder.mkdir()
    (project / "public").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="public is a link; name the place that it leads to"):
        check_output(project / "public" / "site", project)
    (tmp_path / "www").symlink_to(elsewhere)
    (tmp_path / "mine").symlink_to(project)
    assert check_output(tmp_path / "www" / "site", project) is None  # type: ignore[func-returns-value]
    assert check_output(tmp_path / "mine" / "site", tmp_path / "mine") is None  # type: ignore[func-returns-value]


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
    assert str(failure.value) == (f"the new site cannot be published as {out}: No space left on device")
    assert (out / "index.html").read_text() == "good"
    assert beside(tmp_path) == ["a", "b", "site"]
