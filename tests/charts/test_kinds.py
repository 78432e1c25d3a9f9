"""What each kind of chart shows and says: its data, its labels, its table, and what it does when there is little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comptoir.charts import (
    Bin,
    Bullet,
    BulletRow,
    ChartInterval,
    ChartNumber,
    CoverageChart,
    Distribution,
    HeatCell,
    HeatMap,
    HeatRow,
    Multiples,
    Nps,
    Panel,
    Pareto,
    Point,
    Slope,
    Spark,
    Spec,
    Trend,
    draw,
    narrowed,
    nice_ticks,
    to_csv,
)
from comptoir.charts.drawing import KINDS
from tests.charts.drawn import Area, Label, Line, Marks, Scene, seen
from tests.charts.samples import (
    BULLET,
    COVERAGE,
    DISTRIBUTION,
    HEAT_MAP,
    MULTIPLES,
    NPS,
    PARETO,
    QUADRANT,
    SAMPLES,
    SLOPE,
    SPARK,
    STYLE,
    TREND,
    WORDS,
    percent,
)

BASE = {"key": "k", "title": "Un constat.", "alternative": "Un constat.", "words": WORDS}


def said(scene: Scene) -> str:
    """All that is written, in one line."""
    return " ".join(item.text for item in scene.items if isinstance(item, Label))


def marks(scene: Scene, shape: str) -> list[Marks]:
    return [item for item in scene.items if isinstance(item, Marks) and item.shape == shape]


def lines(scene: Scene, role: str) -> list[Line]:
    return [item for item in scene.items if isinstance(item, Line) and item.role == role]


def areas(scene: Scene, role: str) -> list[Area]:
    return [item for item in scene.items if isinstance(item, Area) and item.role == role]


def test_every_kind_has_a_sample() -> None:
    assert {type(sample) for sample in SAMPLES} == {*KINDS, Spark}


class TestTrend:
    def test_labels_say_value_target_and_limits(self) -> None:
        words = said(seen(TREND))
        for expected in (
            "94,2\u202f%",
            "objectif 92\u202f%",
            "limite haute 96,5\u202f%",
            "limite basse 86,5\u202f%",
        ):
            assert expected in words
        assert "84,2\u202f%" in words, "a particular value is written beside its mark"

    def test_a_missing_quarter_is_a_gap_said_in_words_never_zero(self) -> None:
        scene = seen(TREND)
        runs = [line for line in lines(scene, "line") if line.width == 2.5]
        assert [len(run.points) for run in runs] == [3, 4]
        assert "outil de suivi arrêté" in said(scene)
        assert areas(scene, "empty")[0].hatched
        assert draw(TREND, STYLE).table.rows[3][1] == "outil de suivi arrêté"
        assert "outil de suivi arrêté" in said(seen(narrowed(TREND)))

    def test_shapes_tell_particular_points_apart(self) -> None:
        scene = seen(TREND)
        assert len(marks(scene, "square")[0].places) == 1
        assert marks(scene, "up")
        hollow = [item for item in marks(scene, "circle") if item.fill == "paper"]
        assert len(hollow[0].places) == 1
        for meaning in (WORDS.significant, WORDS.outside, WORDS.indicative, WORDS.interval):
            assert meaning in said(scene)

    def test_a_fall_points_down(self) -> None:
        points = (
            Point(quarter="T1", value=percent(0.9)),
            Point(quarter="T2", value=percent(0.7), significant=True),
        )
        scene = seen(replace(TREND, points=points, limits=None))
        assert marks(scene, "down") and not marks(scene, "up")

    def test_the_target_is_a_band_in_steps(self) -> None:
        scene = seen(TREND)
        band = areas(scene, "target-band")[0]
        assert len(band.rings) == 2
        first, second = (max(y for _, y in ring) for ring in band.rings)
        assert second < first, "the target was raised"
        assert len(lines(scene, "target")[0].points) == 4
        lower = seen(replace(TREND, higher_is_better=False))
        tops = [min(y for _, y in ring) for ring in areas(lower, "target-band")[0].rings]
        assert tops == [first, second]
        assert not areas(seen(replace(TREND, higher_is_better=None)), "target-band")

    def test_the_table_holds_words_and_raw_values(self) -> None:
        table = draw(TREND, STYLE).table
        assert table.headers == (
            "Trimestre",
            "Valeur",
            "Borne basse",
            "Borne haute",
            "objectif",
            "Effectif",
            "Remarque",
        )
        assert table.rows[4][1] == ChartNumber(0.842, "84,2\u202f%")
        assert table.rows[4][6] == "évolution significative, hors des limites habituelles"
        assert to_csv(table).splitlines()[5].startswith("T4 2025,0.842,0.817,0.862,0.9,472,")

    def test_the_value_of_an_earlier_quarter_says_which(self) -> None:
        late = (*TREND.points[:-1], replace(TREND.points[-1], value=None))
        assert "92,9\u202f% (T2 2026)" in said(seen(replace(TREND, points=late)))

    def test_a_single_value_is_a_mark_and_an_upright_interval(self) -> None:
        scene = seen(Trend(**BASE, points=TREND.points[:1]))
        assert len(marks(scene, "circle")) == 1
        upright = [line for line in lines(scene, "line") if line.points[0][0] == line.points[1][0]]
        assert len(upright) == 1
        assert len(areas(scene, "line")) == 1, "only the key has a surface"

    def test_equal_values_lie_in_the_middle(self) -> None:
        points = tuple(Point(quarter=q, value=ChartNumber(0, "0")) for q in ("T1", "T2", "T3"))
        scene = seen(Trend(**BASE, points=points))
        heights = {y for line in lines(scene, "line") for _, y in line.points}
        assert len(heights) == 1


class TestSpark:
    def test_is_small_and_ends_with_a_dot(self) -> None:
        scene = seen(SPARK)
        assert (scene.width, scene.height) == (140, 36)
        assert len(marks(scene, "circle")) == 1
        assert said(scene) == ""

    def test_two_values_around_a_gap_are_not_joined(self) -> None:
        points = (TREND.points[2], TREND.points[3], TREND.points[7])
        scene = seen(replace(SPARK, points=points))
        assert not lines(scene, "line")


class TestBullet:
    def test_says_value_target_and_verdict_with_a_sign(self) -> None:
        scene = seen(BULLET)
        for expected in (
            "93\u202f%",
            "tenu",
            "objectif 90\u202f%",
            "manqué",
            "pas de mesure",
            "objectif 30\u00a0s",
        ):
            assert expected in said(scene)
        assert marks(scene, "diamond")[0].fill == "missed"
        assert marks(scene, "up")[0].fill == "paper", "indicative"

    def test_the_band_is_where_the_promise_is_kept(self) -> None:
        scene = seen(replace(BULLET, rows=BULLET.rows[:1]))
        band = areas(scene, "target-band")[0].rings[0]
        assert min(x for x, _ in band) == pytest.approx(2 + 0.9 * 716)
        below = seen(replace(BULLET, rows=BULLET.rows[2:3]))
        assert min(x for x, _ in areas(below, "target-band")[0].rings[0]) == 2

    def test_a_missing_value_is_hatched_and_has_no_bar(self) -> None:
        scene = seen(replace(BULLET, rows=BULLET.rows[4:]))
        assert not areas(scene, "bar")
        assert areas(scene, "empty")[0].hatched
        assert draw(BULLET, STYLE).table.rows[4][1] == "pas de mesure"

    def test_negative_values_begin_at_zero(self) -> None:
        row = BulletRow(name="Écart", value=ChartNumber(-3, "−3"), target=ChartNumber(2, "2"))
        scene = seen(Bullet(**BASE, rows=(row,)))
        bar = areas(scene, "bar")[0].rings[0]
        zero = max(x for x, _ in bar)
        assert zero < lines(scene, "target")[0].points[0][0]


class TestHeatMap:
    def test_each_cell_prints_its_value(self) -> None:
        words = said(seen(HEAT_MAP)).split()
        for expected in ("62", "71", "97"):
            assert expected in words
        assert words.count("*") == 3, "two suppressed cells and the key"

    def test_colours_diverge_around_the_target(self) -> None:
        scene = seen(HEAT_MAP)
        assert len(areas(scene, "heat-missed-3")[0].rings) == 2
        assert not areas(scene, "heat-met-3")
        shown = [row for row in HEAT_MAP.rows if row.name == "Calcul scientifique"]
        lower = seen(replace(HEAT_MAP, rows=tuple(shown), higher_is_better=False))
        assert not [item for item in lower.items if isinstance(item, Area) and "missed" in item.role]

    def test_missed_cells_have_a_corner_and_missing_ones_are_hatched(self) -> None:
        scene = seen(HEAT_MAP)
        corners = [area for area in areas(scene, "heat-missed-3-text") if len(area.rings[0]) == 3]
        assert len(corners[0].rings) == 2
        assert next(len(area.rings) for area in areas(scene, "empty") if area.hatched) == 2
        for meaning in (WORDS.met, WORDS.missed, WORDS.missing, WORDS.suppressed):
            assert meaning in said(scene)

    def test_the_table_tells_suppressed_from_missing(self) -> None:
        rows = draw(HEAT_MAP, STYLE).table.rows
        assert rows[3][1] == WORDS.missing
        assert rows[6][8] == WORDS.suppressed
        assert rows[5][5] == ChartNumber(62, "62")

    def test_amounts_without_a_target_are_not_judged(self) -> None:
        cells = tuple(HeatCell(value=ChartNumber(n, str(n))) for n in (0, 5, 10))
        spec = HeatMap(**BASE, columns=("T1", "T2", "T3"), rows=(HeatRow(name="Appels", cells=cells),))
        scene = seen(spec)
        assert areas(scene, "heat-plain-1") and areas(scene, "heat-plain-2") and areas(scene, "heat-plain-3")

    def test_what_few_cases_carry_or_nothing_judges_has_no_colour(self) -> None:
        cells = (
            HeatCell(value=percent(0.2), target=percent(0.9), indicative=True),
            HeatCell(value=percent(0.85), target=percent(0.9)),
            HeatCell(value=percent(0.5)),
        )
        spec = HeatMap(**BASE, columns=("T1", "T2", "T3"), rows=(HeatRow(name="Accueil", cells=cells),))
        scene = seen(spec)
        missed = [item for item in scene.items if isinstance(item, Area) and "missed" in item.role]
        assert sum(len(area.rings) for area in missed if len(area.rings[0]) == 4) == 2, "one cell and the key"
        assert not [item for item in scene.items if isinstance(item, Area) and "plain" in item.role]
        roles = {item.text: item.role for item in scene.items if isinstance(item, Label)}
        assert (roles["20\u202f%"], roles["50\u202f%"]) == ("muted", "ink")
        assert WORDS.indicative in said(scene)

    def test_columns_without_room_follow_below(self) -> None:
        cells = tuple(HeatCell(value=ChartNumber(1e6, "1\u202f000\u202f000")) for _ in range(8))
        spec = HeatMap(
            **BASE, columns=HEAT_MAP.columns, rows=(HeatRow(name="Appels", cells=cells),), width=360
        )
        assert said(seen(spec)).count("Appels") == 2

    def test_a_row_has_a_cell_for_each_column(self) -> None:
        with pytest.raises(ValueError, match="not one cell for each column"):
            HeatMap(**BASE, columns=("T1",), rows=(HeatRow(name="a", cells=()),))
        with pytest.raises(ValueError, match="cannot hold a value"):
            HeatCell(value=percent(0.5), suppressed=True)


class TestPareto:
    def test_rows_are_sorted_and_classes_named(self) -> None:
        scene = seen(PARETO)
        table = draw(PARETO, STYLE).table
        assert [row[0] for row in table.rows][:3] == ["Client C", "Client E", "Client D"]
        assert [row[3] for row in table.rows] == list("ABBCCCCCCC")
        assert {"A", "B", "C"} <= set(said(scene).split())
        climb = next(line for line in lines(scene, "accent"))
        assert [x for x, _ in climb.points] == sorted(x for x, _ in climb.points)
        assert "1\u202f710\u202f000" in said(scene)

    def test_a_negative_amount_goes_the_other_way(self) -> None:
        rows = (PARETO.rows[0], replace(PARETO.rows[1], value=ChartNumber(-9_000, "−9\u202f000")))
        scene = seen(replace(PARETO, rows=rows))
        positive, negative = areas(scene, "bar")[0].rings
        zero = min(x for x, _ in positive)
        assert max(x for x, _ in negative) == pytest.approx(zero)
        assert min(x for x, _ in negative) < zero


class TestDistribution:
    def test_markers_are_named(self) -> None:
        words = said(seen(DISTRIBUTION))
        for expected in ("objectif 4\u00a0h", "médiane 2,6\u00a0h", "90\u202f% sous 7,1\u00a0h", "468"):
            assert expected in words

    def test_columns_are_as_high_as_their_counts(self) -> None:
        rings = areas(seen(DISTRIBUTION), "bar-soft")[0].rings
        heights = [max(y for _, y in ring) - min(y for _, y in ring) for ring in rings]
        assert heights[0] / heights[1] == pytest.approx(312 / 468, rel=1e-3)  # lengths are tenths of pixels

    def test_a_column_that_is_twice_as_wide_is_half_as_high(self) -> None:
        bins = (
            Bin(lower=0, upper=2, count=ChartNumber(40, "40"), range="0–2"),
            Bin(lower=2, upper=3, count=ChartNumber(40, "40"), range="2–3"),
        )
        rings = areas(seen(replace(DISTRIBUTION, bins=bins)), "bar-soft")[0].rings
        heights = [max(y for _, y in ring) - min(y for _, y in ring) for ring in rings]
        assert heights[0] / heights[1] == pytest.approx(1 / 2, rel=2e-3)

    def test_an_empty_bin_has_no_column_and_an_upside_down_one_is_refused(self) -> None:
        spec = replace(
            DISTRIBUTION,
            bins=(DISTRIBUTION.bins[0], Bin(lower=1, upper=2, count=ChartNumber(0, "0"), range="1–2")),
        )
        assert len(areas(seen(spec), "bar-soft")[0].rings) == 1
        with pytest.raises(ValueError, match="is not a bin"):
            Bin(lower=2, upper=1, count=ChartNumber(0, "0"), range="2–1")


class TestNps:
    def test_steps_lead_from_promoters_to_the_score(self) -> None:
        scene = seen(NPS)
        won, lost, score = (
            areas(scene, role)[0].rings[0] for role in ("heat-met-3", "heat-missed-3", "line")
        )
        assert max(x for x, _ in won) == max(x for x, _ in lost)
        assert min(x for x, _ in lost) == pytest.approx(max(x for x, _ in score))
        for expected in ("+58\u202f%", "−17\u202f%", "+41", "Passifs 25\u202f%", "objectif +35"):
            assert expected in said(scene)

    def test_a_negative_score_lies_left_of_zero(self) -> None:
        spec = replace(
            NPS,
            promoters=ChartNumber(10, "10\u202f%"),
            passives=ChartNumber(30, "30\u202f%"),
            detractors=ChartNumber(60, "60\u202f%"),
            score=ChartNumber(-50, "−50"),
            interval=ChartInterval(ChartNumber(-60, "−60"), ChartNumber(-40, "−40")),
            target=None,
        )
        scene = seen(spec)
        score = areas(scene, "line")[0].rings[0]
        zero = lines(scene, "axis")[0].points[0][0]
        assert max(x for x, _ in score) == pytest.approx(zero)
        label = next(item for item in scene.items if isinstance(item, Label) and item.text == "−50")
        assert label.anchor == "end" and label.at[0] < min(x for x, _ in score)

    def test_a_part_of_a_score_is_refused(self) -> None:
        with pytest.raises(ValueError, match="only a part"):
            replace(NPS, passives=None)


class TestCoverage:
    def test_services_are_sorted_inside_their_maturity(self) -> None:
        table = draw(COVERAGE, STYLE).table
        mature = [row[1] for row in table.rows if row[0] == "Maturité"]
        assert mature[0] == "Messagerie et agenda" and mature[-1] == "Impression"
        assert table.rows[1][2] == "pas de mesure"

    def test_only_mature_services_lie_on_the_band(self) -> None:
        scene = seen(COVERAGE)
        bands = areas(scene, "target-band")
        assert len(bands) == 2, "the band and its key"
        dots = [place for item in marks(scene, "circle") for place in item.places]
        left, right = (end(x for x, _ in bands[0].rings[0]) for end in (min, max))
        inside = [x for x, y in dots if left - 0.01 <= x <= right + 0.01]
        assert len(inside) == 3, "90 % is inside"
        assert "objectif 90\u202f% – 95\u202f%" in said(scene)


class TestMultiples:
    def test_rises_and_falls_share_one_entry_of_the_key(self) -> None:
        up, down = (
            Panel(
                name=name,
                points=(
                    Point(quarter="T1", value=percent(0.8)),
                    Point(quarter="T2", value=percent(value), significant=True),
                ),
            )
            for name, value in (("Hausse", 0.9), ("Baisse", 0.7))
        )
        scene = seen(Multiples(**BASE, panels=(up, down)))
        assert said(scene).count(WORDS.significant) == 1

    def test_the_lowest_comes_first_unless_low_is_better(self) -> None:
        names = [item.text for item in seen(MULTIPLES).items if isinstance(item, Label) and item.bold]
        assert names.index("Calcul scientifique") < names.index("Visioconférence")
        other = seen(replace(MULTIPLES, higher_is_better=False))
        names = [item.text for item in other.items if isinstance(item, Label) and item.bold]
        assert names.index("Calcul scientifique") > names.index("Visioconférence")

    def test_a_panel_without_values_says_so_and_comes_last(self) -> None:
        empty = Panel(name="Aucun", points=(Point(quarter="T1", value=None),))
        spec = replace(MULTIPLES, panels=(empty, *MULTIPLES.panels))
        scene = seen(spec)
        assert WORDS.no_data in said(scene).replace("  ", " ") or "Aucune mesure" in said(scene)
        assert draw(spec, STYLE).table.rows[-1][0] == "Aucun"

    def test_families_keep_their_colours(self) -> None:
        assert lines(seen(MULTIPLES), "family-computing")


class TestQuadrant:
    def test_every_client_is_named_where_there_is_room_and_those_to_see_stand_out(self) -> None:
        scene = seen(QUADRANT)
        words = said(scene)
        for dot in QUADRANT.dots:
            assert dot.name in words
        diamonds = [item for item in scene.items if isinstance(item, Marks) and item.shape == "diamond"]
        assert [len(marks.places) for marks in diamonds] == [1]

    def test_names_of_fields_and_axes_are_said(self) -> None:
        words = said(seen(QUADRANT))
        for name in (*QUADRANT.fields, QUADRANT.x_name, QUADRANT.y_name):
            assert name in words

    def test_the_table_has_every_client_with_its_field(self) -> None:
        table = draw(QUADRANT, STYLE).table
        assert table.headers == ("Service", "Évolution de l’usage", "Satisfaction", "Classe")
        assert table.rows[0] == ("Géomatique", QUADRANT.dots[0].x, QUADRANT.dots[0].y, "Départ")


class TestSlope:
    def test_what_turns_is_coloured(self) -> None:
        scene = seen(SLOPE)
        thick = [item.role for item in scene.items if isinstance(item, Line) and item.width == 2.4]
        assert thick == ["missed", "kept"]

    def test_a_narrow_one_names_clients_once(self) -> None:
        wide, narrow = said(seen(SLOPE)), said(seen(narrowed(SLOPE)))
        assert wide.count("Client D") == 2
        assert narrow.count("Client D") == 1

    def test_zero_is_shown_where_someone_costs_money(self) -> None:
        labels = [item.text for item in seen(SLOPE).items if isinstance(item, Label)]
        assert "0" in labels
        gains = replace(SLOPE, rows=SLOPE.rows[:2])
        assert "0" not in [item.text for item in seen(gains).items if isinstance(item, Label)]

    def test_the_table_has_both_shares(self) -> None:
        table = draw(SLOPE, STYLE).table
        assert table.headers == ("Service", "Chiffre d’affaires", "Valeur client")
        assert table.rows[2] == ("Client D", SLOPE.rows[2].before, SLOPE.rows[2].after)


EMPTY: tuple[Spec, ...] = (
    replace(TREND, points=tuple(replace(point, value=None) for point in TREND.points)),
    Trend(**BASE, points=()),
    Spark(**BASE, points=()),
    Bullet(**BASE, rows=()),
    HeatMap(**BASE, columns=(), rows=()),
    Pareto(**BASE, rows=()),
    Distribution(**BASE, bins=()),
    Nps(**BASE),
    CoverageChart(**BASE, groups=()),
    Multiples(**BASE, panels=()),
    replace(QUADRANT, dots=()),
    Slope(**BASE, rows=(), before_name="a", after_name="b"),
)


@pytest.mark.parametrize("spec", EMPTY, ids=lambda spec: type(spec).__name__)
def test_nothing_to_show_is_said(spec: Spec) -> None:
    assert WORDS.no_data.split()[0] in said(seen(spec))
    chart = draw(spec, STYLE)
    assert chart.svg.startswith("<svg")
    assert chart.table.headers


@pytest.mark.parametrize(
    "change, message",
    [
        ({"title": "  "}, "has no title"),
        ({"alternative": ""}, "has no title or no alternative text"),
        ({"key": "Trend 1"}, "cannot be the key"),
        ({"key": '"><script>'}, "cannot be the key"),
        ({"width": 3}, "cannot be 3 pixels wide"),
    ],
)
def test_a_spec_that_says_nothing_is_refused(change: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(TREND, **change)  # type: ignore[arg-type]


def test_an_interval_is_the_right_way_round() -> None:
    with pytest.raises(ValueError, match="upside down"):
        ChartInterval(percent(0.9), percent(0.8))


@pytest.mark.parametrize(
    "values, expected",
    [
        ((81.5, 97.2), (80.0, 85.0, 90.0, 95.0, 100.0)),
        ((0.0, 0.942), (0.0, 0.25, 0.5, 0.75, 1.0)),
        ((-12.0, 41.0), (-20.0, 0.0, 20.0, 40.0, 60.0)),
        ((3.0, 3.0), (3.0,)),
        ((0.0, 0.0), (0.0,)),
        ((), ()),
        ((1e-9, 3e-9), (1e-9, 1.5e-9, 2e-9, 2.5e-9, 3e-9)),
        ((1e305, -1e305), (-1e305,)),
    ],
)
def test_ticks_are_round(values: tuple[float, ...], expected: tuple[float, ...]) -> None:
    assert nice_ticks(values, 5) == expected
