"""Records of published sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from comptoir.problems import Location, Problem, Severity
from comptoir.publish.record import Published, recall, remember
from comptoir.publish.stage import fingerprint, read_tree
from comptoir.store import Store

WARNINGS = (Problem(Location("catalogue/a.yaml", 3, 2), "reviews", "due", "soon", Severity.WARNING),)


def said_of(site: Path) -> Published:
    return Published("employees", {"fr": 9, "en": 9}, WARNINGS, fingerprint(read_tree(site)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept")


@pytest.fixture
def site(tmp_path: Path, store: Store) -> Path:
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "index.html").write_text("Bonjour")
    (site / "en" / "index.html").write_text("Hello")
    remember(store, site, "inputs", said_of(site))
    return site


def test_the_same_inputs_and_the_same_site(store: Store, site: Path) -> None:
    assert recall(store, site, "inputs") == said_of(site)
    assert recall(store, site, "others") is None


def test_each_site_has_a_record_of_its_own(store: Store, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert recall(store, other, "inputs") is None
    remember(store, other, "others", replace(said_of(other), left=other))
    assert recall(store, site, "inputs") == said_of(site)
    assert recall(store, other, "others") == said_of(other)


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
    store: Store, site: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(site)
    assert recall(store, site, "inputs") is None


def test_a_damaged_record_is_as_none(store: Store, site: Path) -> None:
    [path] = (path for path in store.folder.rglob("*") if path.is_file())
    path.write_text(path.read_text().replace('"fr": 9', '"fr": 8'))
    assert recall(store, site, "inputs") is None
