"""An engine that is not installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from comptoir.publish import engine
from comptoir.publish.engine import Engine, Job, run_engine
from comptoir.publish.stage import PublishError


def test_an_engine_that_is_not_installed_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(engine, "version", version)
    job = Job(tmp_path / "fr", {}, {}, "")
    with pytest.raises(PublishError) as raised:
        run_engine([job], Engine.ZENSICAL, 1, 0)
    assert str(raised.value) == (
        "the engine zensical is not installed: install Comptoir again from its wheel or its folder with '[zensical]' "
        "behind, such as pip install '.[zensical]'"
    )
