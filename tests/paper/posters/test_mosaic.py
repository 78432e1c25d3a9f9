"""The mosaic of the cover: families take turns, and a tile rarely touches one of its own family."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.model.catalogue import Catalogue
from comptoir.paper.posters.mosaic import MosaicTile, mosaic
from tests.paper.posters.printing import catalogue_of
from tests.paper.posters.test_poster import ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogue_of(ROOT, date(2026, 10, 15))


def tiles(catalogue: Catalogue, families: int) -> list[MosaicTile]:
    chosen = list(catalogue.families.values())[:families]
    services = catalogue.services.values()
    return list(mosaic([(f, tuple(s for s in services if s.family == f.id)) for f in chosen], 6, 4))


def test_the_grid_is_full(catalogue: Catalogue) -> None:
    places = [(tile.row, tile.column) for tile in tiles(catalogue, 7)]
    assert places == [(row, column) for row in range(4) for column in range(6)]


@pytest.mark.parametrize("families", [3, 4, 5, 6, 7])
def test_a_tile_does_not_touch_its_own_family(catalogue: Catalogue, families: int) -> None:
    by_place = {(tile.row, tile.column): tile.family.id for tile in tiles(catalogue, families)}
    touching = [
        place
        for place, family in by_place.items()
        if family in {by_place.get((place[0], place[1] + 1)), by_place.get((place[0] + 1, place[1]))}
    ]
    assert touching == []


def test_pictograms_of_a_family_are_all_used_before_one_comes_again(catalogue: Catalogue) -> None:
    family = next(iter(catalogue.families.values()))
    services = [s for s in catalogue.services.values() if s.family == family.id]
    seen = [tile.pictogram for tile in tiles(catalogue, 7) if tile.family.id == family.id][: len(services)]
    assert seen == [service.pictogram or family.pictogram for service in services][: len(seen)]


def test_no_family_no_tile() -> None:
    assert list(mosaic([], 6, 4)) == []
