"""Satisfaction that agreements promise: which target judges, for whom, and when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.measure.types import EVERYTHING, Measurement, Scope

from ..conftest import MakeProject
from .tables import Row, answer, measure, tables

AGREEMENT = "catalogue/agreements/sla-standard.yaml"
MAIL, WIFI = Scope(service="mail"), Scope(service="wifi")
SURE = {"use": "satisfaction", "min_sample": "5"}


def promise(value: str, unit: str = "score-5", **keys: str) -> dict[str, str]:
    return {"metric": "satisfaction", "value": value, "unit": unit, **keys}


def answers() -> list[Row]:
    """Thirty answers about each of two services, of 4 out of 5 on the whole."""
    return [
        answer(score, service=service, respondent=f"{service}-{n}", segment="researchers")
        for service in ("mail", "wifi")
        for n, score in enumerate([3, 4, 5] * 10)
    ]


def judged(
    make_project: MakeProject, targets: list[dict[str, str]], indicator: dict[str, object], **keys: object
) -> dict[Scope, Measurement]:
    """What an indicator gives for each scope, with these targets in the agreement of 'mail' and 'wifi'."""
    measurements, problems = measure(
        make_project,
        {"it": indicator},
        tables(surveys=answers()),
        keys={AGREEMENT: {"targets": targets, **keys}},
    )
    assert problems == ()
    return {m.scope: m for m in measurements}


def aimed(found: dict[Scope, Measurement], scope: Scope) -> tuple[object, object, object]:
    """The status of a scope, the target that judges it, and whether an agreement says it."""
    target = found[scope].target
    return found[scope].status, target and target.value, target and target.from_agreements


def test_a_service_is_judged_by_its_promise(make_project: MakeProject) -> None:
    found = judged(make_project, [promise("4.2")], SURE)
    assert aimed(found, MAIL) == ("missed", Decimal("4.2"), True)
    assert aimed(found, Scope(service="mail", segment="researchers")) == ("missed", Decimal("4.2"), True)
    assert aimed(found, EVERYTHING) == ("no-verdict", None, None)
    assert aimed(found, Scope(segment="researchers")) == ("no-verdict", None, None)


def test_a_target_of_the_definition_goes_before_it(make_project: MakeProject) -> None:
    found = judged(make_project, [promise("4.2")], {**SURE, "target": "3.9"})
    assert aimed(found, MAIL) == aimed(found, EVERYTHING) == ("met", Decimal("3.9"), False)


@pytest.mark.parametrize(
    ("targets", "target"),
    [
        ([promise("4.2", valid_until="2026-06-30"), promise("3.8", valid_from="2026-07-01")], Decimal("3.8")),
        ([promise("4.2", valid_until="2026-09-29")], None),
        ([promise("3.8"), promise("4.2")], Decimal("4.2")),
        ([promise("80", "percent")], None),
    ],
)
def test_the_promise_in_force_in_the_unit(
    make_project: MakeProject, targets: list[dict[str, str]], target: Decimal | None
) -> None:
    assert aimed(judged(make_project, targets, SURE), WIFI)[1] == target


def test_a_promise_to_others_judges_no_segment(make_project: MakeProject) -> None:
    found = judged(make_project, [promise("4.2")], SURE, segments=["visitors"])
    assert aimed(found, Scope(service="mail", segment="researchers"))[1] is None


def test_a_share_of_satisfied_users(make_project: MakeProject) -> None:
    found = judged(make_project, [promise("60", "percent")], {**SURE, "use": "satisfied-users"})
    assert aimed(found, MAIL) == ("met", Decimal(60), True)


def test_another_question_is_not_judged_by_it(make_project: MakeProject) -> None:
    other = {**SURE, "use": "welcome-satisfaction", "where": "question = 'satisfaction'", "by": ["service"]}
    assert aimed(judged(make_project, [promise("4.2")], other), MAIL)[1] is None
