"""Two builds of one project do not run at once."""

from pathlib import Path

import pytest

from comptoir.publish.lock import hold_folder, only_one_build
from comptoir.publish.stage import PublishError


def test_the_second_waits_then_gives_up(tmp_path: Path) -> None:
    with (
        only_one_build(tmp_path / "build"),
        pytest.raises(PublishError, match="another build is at work"),
        only_one_build(tmp_path / "build", patience=0.1),
    ):
        pass


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    entered = []
    for _ in range(2):
        with only_one_build(tmp_path):
            entered.append(True)
    assert entered == [True, True]


def test_a_folder_is_held_without_a_file_in_it(tmp_path: Path) -> None:
    with (
        hold_folder(tmp_path, "wait") as is_held,
        pytest.raises(PublishError, match="not now"),
        hold_folder(tmp_path, "not now", patience=0.1),
    ):
        pass
    assert is_held and list(tmp_path.iterdir()) == []
    with hold_folder(tmp_path, "wait") as is_held_again:
        assert is_held_again


def test_where_folders_cannot_be_held_a_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr("fcntl.flock", refuse)
    with hold_folder(tmp_path, "wait") as is_held:
        assert not is_held
