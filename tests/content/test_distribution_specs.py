"""The chart of how values are distributed: its finding, its bins and its data, in both languages."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from comptoir.charts import Distribution
from comptoir.content.distribution_specs import distribution_data, distribution_of_values
from comptoir.content.measure_words import Speech
from comptoir.measure.types import Histogram, Measurements
from comptoir.site import Results, chart_specs
from comptoir.wording import language

from ..site.test_results_pages import said_by
from .measured import FIXED, INDICATORS, THIN, results, with_charts
from .samples import base_catalogue, render

SCORES = Histogram(
    edges=(Fraction(1, 2), Fraction(5, 2), Fraction(7, 2), Fraction(9, 2), Fraction(11, 2)),
    counts=(5, 10, 60, 25),
)
TIMES = Histogram(
    edges=tuple(Fraction(20 * n) for n in range(7)),
    counts=(10, 20, 30, 25, 10, 5),
    is_open=True,
    is_of_limit=True,
    median=Fraction(51),
    p90=Fraction(96),
)


def with_histogram(name: str, histogram: Histogram | None) -> Results:
    """The results of the base case, with this histogram of an indicator."""
    found = results()
    current = found.current(name)
    assert current is not None
    kept = tuple(replace(m, histogram=histogram) if m.key == current.key else m for m in found.measurements)
    return replace(found, measurements=Measurements(kept, found.indicators, found.measurements.quarters))


def spec(name: str, histogram: Histogram, code: str = "fr") -> Distribution:
    """The chart of this histogram."""
    shown = with_histogram(name, histogram)
    chart = distribution_of_values(shown, Speech(INDICATORS[name], language(code), "EUR"))
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("code", "title", "ranges", "alternative"),
    [
        (
            "fr",
            f"60{THIN}% des réponses donnent 4",
            ["1 à 2", "3", "4", "5"],
            f"Satisfaction, 3ᵉ{FIXED}trimestre{FIXED}2026{FIXED}: 60{THIN}% des réponses donnent 4{THIN}; "
            f"objectif{FIXED}: 4,1{FIXED}sur{FIXED}5.",
        ),
        (
            "en",
            "60% of answers give 4",
            ["1 to 2", "3", "4", "5"],
            f"Satisfaction, Q3{FIXED}2026: 60% of answers give 4; target: 4.1{FIXED}out{FIXED}of{FIXED}5.",
        ),
    ],
)
def test_answers(code: str, title: str, ranges: list[str], alternative: str) -> None:
    chart = spec("satisfaction", SCORES, code)
    assert (chart.title, [one.range for one in chart.bins]) == (title, ranges)
    assert [(marker.kind, marker.value.value) for marker in chart.markers] == [("target", 4.1)]
    assert [tick.value for tick in chart.ticks] == [1, 2, 3, 4, 5]
    assert chart.higher_is_better is True
    assert chart.alternative == alternative


def test_times_taken_of_what_was_promised() -> None:
    chart = spec("restored", TIMES)
    assert chart.title == (
        f"La moitié des cas ne prend pas plus de 51{THIN}% de son délai, et neuf sur dix pas plus de 96{THIN}%"
    )
    assert chart.words.target == "délai promis"
    assert [one.range for one in chart.bins][-2:] == [f"80{THIN}% à 100{THIN}%", f"100{THIN}% et plus"]
    assert [(marker.kind, marker.value.value) for marker in chart.markers] == [
        ("target", 100),
        ("median", 51),
    ]
    assert chart.higher_is_better is False


def test_it_stands_on_the_page_with_its_data() -> None:
    shown = with_charts(with_histogram("satisfaction", SCORES))
    files = render(base_catalogue(), "en", results=shown).files
    assert "How the values are distributed" in said_by(files["indicators/satisfaction.md"])
    assert "satisfaction-distribution.csv" in str(files["indicators/satisfaction.md"])
    assert files["indicators/satisfaction-distribution.csv"] == (
        "quarter,lower,upper,count\n2026-Q3,0.5,2.5,5\n2026-Q3,2.5,3.5,10\n2026-Q3,3.5,4.5,60\n2026-Q3,4.5,5.5,25\n"
    )
    plain = render(base_catalogue(), "en", results=results()).files
    assert [name for name in plain if "distribution" in name] == []
    assert "How the values are distributed" not in said_by(plain["indicators/satisfaction.md"])


def test_the_last_bin_is_open_in_the_data() -> None:
    current = with_histogram("restored", TIMES).current("restored")
    assert current is not None
    assert distribution_data(current).splitlines()[-1] == "2026-Q3,100,,5"


def test_no_chart_without_a_histogram() -> None:
    names = chart_specs(base_catalogue(), results())
    assert [name for name in names if name.endswith("values") or "-values-" in name] == []
