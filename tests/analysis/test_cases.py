"""The published cases of loyalty, read through the files of a project, with the slips of their sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from comptoir.analysis.abc import AbcClass
from comptoir.analysis.analyses import Analyses, analyse
from comptoir.analysis.divergence import DivergenceKind
from comptoir.analysis.profitability import Profitability
from comptoir.build import check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.periods import Quarter
from comptoir.problems import Problem

from ..conftest import CASES, MakeProject


def analysed(project: Path, quarter: Quarter) -> tuple[Analyses, tuple[Problem, ...]]:
    """The analyses of a quarter, and what is wrong with the project's files."""
    today = max(quarter.last_day, date(2026, 7, 1))
    catalogue, problems = check_project(project, today)
    measured = measure_project(catalogue, data_places(project, None), (quarter,), today)
    found = analyse(catalogue, measured.observations, measured.measurements, quarter)
    return found, (*problems, *measured.problems)


def test_rimaldi_is_classed_and_diverges_as_published(make_project: MakeProject) -> None:
    found, problems = analysed(make_project(CASES / "rimaldi"), Quarter(2026, 2))
    assert [str(problem) for problem in problems] == []
    assert found.abc is not None and found.profitability is not None
    assert found.abc.total == 2_850_000
    assert found.abc.of(AbcClass.A) == ("c",)
    assert found.abc.of(AbcClass.B) == ("e", "d")
    assert found.abc.of(AbcClass.C) == ("g", "b", "j", "f", "a", "h", "i")
    shares = {row.item.name: row.item.share for row in found.abc.items}
    assert [shares[name] for name in "ced"] == [Fraction(60, 100), Fraction(14, 100), Fraction(13, 100)]
    assert found.profitability.total == 3_589_500
    assert found.profitability.of(Profitability.VERY) == ("e", "c", "b")
    assert [row.item.share for row in found.profitability.items[:3]] == [
        Fraction(45, 100),
        Fraction(30, 100),
        Fraction(15, 100),
    ]
    assert found.profitability.of(Profitability.WEAKLY) == ("a", "i", "g", "f")
    assert found.profitability.of(Profitability.UNPROFITABLE) == ("h", "d", "j")
    assert [(one.name, one.kind) for one in found.divergences] == [
        ("d", DivergenceKind.COSTS_MONEY),
        ("b", DivergenceKind.SMALL_BUT_VALUABLE),
    ]


def test_the_row_of_tamax_that_does_not_add_up_is_reported(make_project: MakeProject) -> None:
    _, problems = analysed(make_project(CASES / "tamax"), Quarter(2010, 2))
    assert [str(problem) for problem in problems] == [
        "indicators/data/accounts.csv:6:1: error: the balance 3541.39 does not follow: 3466.39 is expected "
        "(3247.22 + 219.17 before it; an amount of 294.17 would add up) [data-balance]"
    ]


def test_the_account_of_tamax_is_as_published_once_the_row_is_mended(make_project: MakeProject) -> None:
    project = make_project(CASES / "tamax")
    file = project / "indicators/data/accounts.csv"
    file.write_text(file.read_text("utf-8").replace("219,17", "294,17"), "utf-8")
    found, problems = analysed(project, Quarter(2010, 2))
    assert [str(problem) for problem in problems] == []
    (account,) = found.accounts
    assert account.is_ledger and account.faults == ()
    assert account.opened_on == date(2010, 3, 31)
    analysis = account.analysis
    assert (analysis.client, analysis.orders, analysis.total) == ("tamax", 8, Decimal("3638.46"))
    assert analysis.mean == Fraction("454.8075")  # printed 454.81
    assert analysis.days == 84
    assert analysis.days_per_order == Fraction("10.5")  # about one every ten days
    assert analysis.per_month == Fraction("1212.82")
    assert analysis.closing == Decimal("1805.44")


def test_client_value_is_exact_beside_the_published_column(make_project: MakeProject) -> None:
    found, problems = analysed(make_project(CASES / "client-value"), Quarter(2026, 2))
    assert [str(problem) for problem in problems] == []
    (group,) = found.worth.groups
    assert group.value is not None and not group.is_measured
    years = group.value.years
    assert [(year.lost, year.remaining) for year in years] == [(100, 300), (60, 240), (36, 204), (21, 183)]
    results = [54_000, 37_824, Fraction("27734.208"), Fraction("21049.21632")]
    assert [year.result for year in years] == results
    assert [round(Decimal(y.total.numerator) / y.total.denominator, 2) for y in years] == [
        Decimal("54000.00"),
        Decimal("91824.00"),
        Decimal("119558.21"),
        Decimal("140607.42"),
    ]
    assert group.published == (54_000, 37_824, 27_744, Decimal("21057.78"))
    assert sum(group.published) == Decimal("140625.78")
