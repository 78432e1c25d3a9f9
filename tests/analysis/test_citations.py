"""Citations that give no number: what they lack, said where each stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from comptoir.analysis.citations import check_cited
from comptoir.build import check_project
from comptoir.measure.types import Measurement, Measurements, Status
from comptoir.model.catalogue import Catalogue
from comptoir.problems import errors

from ..conftest import MakeProject
from ..content.measured import MAIL, NOW, compared, indicator, measured
from ..measure.tables import TODAY

FRONT = "---\nsignatory: Role\npublic: 'We are at [[trial target]].'\n---\n"


def cited(make_project: MakeProject, words: str) -> Catalogue:
    definition = Path("indicators/definitions/trial.yaml")
    project = make_project(
        keys={
            "indicators/reports/2026-Q3.md": f"{FRONT}{words}\n",
            str(definition): "use: satisfaction\nby: [service]\n",
        }
    )
    catalogue, problems = check_project(project, TODAY)
    assert [str(p) for p in errors(problems) if p.rule == "citation"] == []
    return catalogue


def told(catalogue: Catalogue, *all_: Measurement, defined: bool = True) -> list[str]:
    indicators = MappingProxyType({"trial": indicator("trial")} if defined else {})
    return [str(p) for p in check_cited(catalogue, Measurements(all_, indicators, NOW.latest(8)))]


@pytest.mark.parametrize(
    ("words", "measurement", "fault"),
    [
        ("Up to [[trial]].", measured(91), None),
        ("Up to [[trial]].", None, "'trial' has no value in 2026-Q3"),
        ("Up to [[trial]].", measured(None, Status.MISSING), "'trial' has no value in 2026-Q3"),
        ("Up to [[trial quarter=2026-Q2]].", measured(91), "'trial' has no value in 2026-Q2"),
        ("Up to [[trial service=mail]].", measured(91), "'trial' has no value in 2026-Q3, service 'mail'"),
        ("Up to [[trial service=mail]].", measured(None, Status.SUPPRESSED, scope=MAIL), "'trial' is withheld, for too few answered, in 2026-Q3, service 'mail'"),
        ("It is [[trial change]].", measured(91), "'trial' has nothing to be compared with in 2026-Q3"),
        ("It is [[trial change]].", replace(measured(91), previous=compared(90, 91)), None),
        ("Of [[trial n]].", replace(measured(91), n=None), "'trial' has no n in 2026-Q3"),
    ],
)  # fmt: skip
def test_what_a_citation_lacks(
    words: str, measurement: Measurement | None, fault: str | None, make_project: MakeProject
) -> None:
    whole = (measured(91),) if measurement is not None and measurement.scope == MAIL else ()
    found = told(cited(make_project, words), *whole, *((measurement,) if measurement else ()))
    expected = [
        f"indicators/reports/2026-Q3.md:5:{words.index('[[') + 1}: warning: {fault} (readers find words instead of a number) [citation-empty]"
    ]
    assert [one for one in found if ":5:" in one] == (expected if fault else [])


def test_an_indicator_that_the_audience_does_not_see(make_project: MakeProject) -> None:
    assert told(cited(make_project, "Well."), defined=False) == [
        "indicators/reports/2026-Q3.md:3:20: warning: 'trial' is not shown to this audience "
        "(its readers find words instead) [citation-empty]"
    ]


def test_a_report_that_is_not_published_is_not_read(make_project: MakeProject) -> None:
    catalogue = cited(make_project, "Up to [[trial]].")
    earlier = Measurements((), MappingProxyType({}), NOW.previous.latest(4))
    assert list(check_cited(catalogue, earlier)) == []
