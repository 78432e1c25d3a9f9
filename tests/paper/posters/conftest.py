"""What tests of printing share: the workshop, so that fonts are unpacked once."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where documents are printed, and kept for the next test."""
    return tmp_path_factory.mktemp("printing")
