"""Watermelons: green outside and red inside, and nothing less sure."""

from __future__ import annotations

import pytest

from comptoir.analysis.watermelons import Watermelon, find_watermelons
from comptoir.measure.types import EVERYTHING, Scope, Status


def test_green_and_red_for_the_same_service_and_segment() -> None:
    email, web = Scope("email"), Scope("web")
    students, staff = Scope("web", "students"), Scope("web", "staff")
    level = dict.fromkeys((email, web, students, staff), Status.MET)
    satisfaction = {
        students: Status.MISSED,
        web: Status.MET,
        email: Status.MISSED,
        Scope("web", "others"): Status.MISSED,
    }
    found = (Watermelon("email"), Watermelon("web", "students"))
    assert find_watermelons(level, satisfaction) == found
    assert find_watermelons(dict(reversed(level.items())), satisfaction) == found


@pytest.mark.parametrize("level", Status)
@pytest.mark.parametrize("satisfaction", Status)
def test_only_met_and_missed_make_one(level: Status, satisfaction: Status) -> None:
    found = find_watermelons({Scope("web"): level}, {Scope("web"): satisfaction})
    assert bool(found) is (level is Status.MET and satisfaction is Status.MISSED)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope(segment="staff"), Scope("web", client="lab")])
def test_scopes_of_a_client_or_of_no_service_are_passed_over(scope: Scope) -> None:
    assert find_watermelons({scope: Status.MET}, {scope: Status.MISSED}) == ()
