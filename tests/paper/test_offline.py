"""Compiling without a network: what the environment says meanwhile, and that it is put back."""

from __future__ import annotations

import os

import pytest

from comptoir.paper.offline import offline

NAMES = ("https_proxy", "HTTPS_PROXY", "no_proxy")


def seen() -> list[str | None]:
    return [os.environ.get(name) for name in NAMES]


def test_downloads_go_nowhere_and_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    monkeypatch.setenv("no_proxy", "*")
    before = seen()
    with pytest.raises(ValueError, match="stop"), offline():
        assert seen() == ["http://127.0.0.1:9", "http://127.0.0.1:9", None]
        with offline():
            pass
        assert seen() == ["http://127.0.0.1:9", "http://127.0.0.1:9", None]
        raise ValueError("stop")
    assert seen() == before == ["http://proxy.example:8080", None, "*"]
