"""Two builds of one project do not run at once."""

from pathlib import Path

import pytest

from comptoir.publish.lock import only_one_build
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
