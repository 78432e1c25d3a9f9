"""Records of published sites."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from comptoir.problems import Location, Problem, Severity
from comptoir.publish.cache import FolderCache
from comptoir.publish.record import Published, recall, remember

SAID = Published(
    "employees",
    {"fr": 9, "en": 9},
    (Problem(Location("catalogue/a.yaml", 3, 2), "reviews", "due", "soon", Severity.WARNING),),
)


@pytest.fixture
def cache(tmp_path: Path) -> FolderCache:
    return FolderCache(tmp_path / "kept")


@pytest.fixture
def site(tmp_path: Path, cache: FolderCache) -> Path:
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "index.html").write_text("Bonjour")
    (site / "en" / "index.html").write_text("Hello")
    remember(cache, site, "inputs", SAID)
    return site


def test_the_same_inputs_and_the_same_site(cache: FolderCache, site: Path) -> None:
    assert recall(cache, site, "inputs") == SAID
    assert recall(cache, site, "others") is None


def test_each_site_has_a_record_of_its_own(cache: FolderCache, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert recall(cache, other, "inputs") is None
    remember(cache, other, "others", SAID)
    assert recall(cache, site, "inputs") == recall(cache, other, "others") == SAID


@pytest.mark.parametrize(
    "spoil",
    [
        lambda site: (site / "index.html").write_text("Adieu"),
        lambda site: (site / "en" / "index.html").unlink(),
        lambda site: (site / "more.html").touch(),
        lambda site: (site / "index.html").rename(site / "home.html"),
    ],
)
def test_a_site_that_was_touched_is_made_again(
    cache: FolderCache, site: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(site)
    assert recall(cache, site, "inputs") is None


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0},
        {"said": None},
        {"said": {"audience": "employees", "pages": {"fr": "many"}, "warnings": []}},
        {"said": {"audience": "employees", "pages": {}, "warnings": [{"location": {"file": "a", "at": 1}}]}},
        {"site": None},
    ],
)
def test_a_record_that_is_not_ours_is_as_none(
    cache: FolderCache, site: Path, change: dict[str, object]
) -> None:
    [path] = cache.folder.rglob("*.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert recall(cache, site, "inputs") is None
    for text in ("[]", "{", "null", "[" * 100_000):
        path.write_text(text)
        assert recall(cache, site, "inputs") is None
