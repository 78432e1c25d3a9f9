"""Tiles that open a report: chosen by rule or as asked for, never made up."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from comptoir.analysis.tiles import PREFERRED, choose_tiles
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope, Status
from comptoir.model.metrics import Indicator

from ..content.measured import NOW, indicator, measured


def kept(indicators: list[Indicator], *all_: Measurement) -> Measurements:
    return Measurements(all_, MappingProxyType({i.id: i for i in indicators}), NOW.latest(8))


def names(tiles: tuple[Measurement, ...]) -> list[str]:
    return [tile.indicator for tile in tiles]


def test_preferred_ones_come_first_then_those_with_a_target_then_others() -> None:
    indicators = [indicator(name) for name in ("other", "aimed", "nps", "satisfaction")]
    indicators.append(indicator("again", use="availability"))
    found = kept(
        indicators,
        measured(1, name="other", target=None, status=Status.NO_VERDICT),
        measured(2, name="aimed"),
        measured(3, name="nps"),
        measured(4, name="satisfaction"),
        measured(5, name="again"),
    )
    assert names(choose_tiles(found, NOW)) == ["satisfaction", "nps", "again", "aimed", "other"]


def test_what_has_no_value_makes_no_tile() -> None:
    indicators = [indicator(name) for name in ("satisfaction", "nps", "availability")]
    found = kept(
        indicators,
        measured(None, Status.MISSING, "satisfaction"),
        measured(None, Status.SUPPRESSED, "nps"),
        measured(99, name="availability"),
    )
    assert names(choose_tiles(found, NOW)) == ["availability"]
    assert choose_tiles(found, NOW.previous) == ()
    assert choose_tiles(kept([]), NOW) == ()


def test_eight_at_most() -> None:
    found = kept([indicator(name) for name in PREFERRED], *(measured(1, name=name) for name in PREFERRED))
    assert names(choose_tiles(found, NOW)) == list(PREFERRED[:8])


def test_the_report_may_choose_and_order_them() -> None:
    found = kept(
        [indicator(name) for name in ("satisfaction", "nps")],
        measured(1, name="satisfaction"),
        measured(2, name="nps"),
    )
    assert names(choose_tiles(found, NOW, wanted=("nps", "gone", "satisfaction"))) == ["nps", "satisfaction"]


@pytest.mark.parametrize("scope", [Scope(segment="researchers"), Scope(client="physics")])
def test_a_segment_or_a_client_has_its_own(scope: Scope) -> None:
    found = kept(
        [indicator("satisfaction"), indicator("nps")],
        measured(1, name="satisfaction", scope=EVERYTHING),
        measured(2, name="nps", scope=scope),
    )
    assert [(tile.indicator, tile.scope) for tile in choose_tiles(found, NOW, scope)] == [("nps", scope)]
