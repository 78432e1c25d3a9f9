"""Rules on the finer points that whole cases would not show: days, exact figures, speed."""

from __future__ import annotations

import re
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from comptoir.brand import pictogram_names
from comptoir.build import check_project
from comptoir.model.catalogue import PLACES
from comptoir.model.decode import decode_catalogue
from comptoir.problems import Location
from comptoir.rules import check_catalogue
from comptoir.rules.cycles import Edges, _find_cycle
from comptoir.sources.project import read_project

from ..conftest import CASES, MakeProject


def check(project: Path, day: date) -> list[str]:
    return [str(problem) for problem in check_project(project, day)[1]]


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), ["stricter-than-support"]),
        (date(2026, 6, 30), ["stricter-than-support"]),
        (date(2026, 7, 1), []),
    ],
)
def test_targets_are_compared_on_the_days_when_they_hold(
    make_project: MakeProject, day: date, rules: list[str]
) -> None:
    targets = [
        {"metric": "ttr", "value": 8, "unit": "hours", "valid_until": "2026-03-31"},
        {
            "metric": "ttr",
            "value": 2,
            "unit": "hours",
            "valid_from": "2026-04-01",
            "valid_until": "2026-06-30",
        },
        {"metric": "ttr", "value": 8, "unit": "hours", "valid_from": "2026-07-01"},
    ]
    support = [{"metric": "ttr", "value": 4, "unit": "hours"}]
    project = make_project(
        keys={
            "catalogue/agreements/sla-standard.yaml": {"targets": targets},
            "catalogue/agreements/ola-network.yaml": {"targets": support},
        }
    )
    assert [p.rule for p in check_project(project, day)[1]] == rules


def test_a_target_for_the_very_priority_goes_before_one_for_all(make_project: MakeProject) -> None:
    support = [
        {"metric": "ttr", "value": 40, "unit": "working-hours"},
        {"metric": "ttr", "value": 8, "unit": "working-hours", "priority": "p1"},
    ]
    project = make_project(keys={"catalogue/agreements/ola-network.yaml": {"targets": support}})
    assert check(project, date(2026, 10, 15)) == []


def test_composed_availability_is_exact(make_project: MakeProject) -> None:
    """99.9 % of 99.9 % is 99.8001 %: enough for 99.8001, not for 99.8002."""
    for promised, count in (("99.8001", 0), ("99.8002", 1)):
        files = {
            "catalogue/agreements/sla-standard.yaml": {
                "rests_on": ["ola-network", "ola-power"],
                "targets": [{"metric": "availability", "value": promised, "unit": "percent"}],
            },
            "catalogue/agreements/ola-network.yaml": {
                "targets": [{"metric": "availability", "value": "99.9", "unit": "percent"}]
            },
        }
        project = make_project(keys=dict(files))
        network = project / "catalogue/agreements/ola-network.yaml"
        power = network.read_text(encoding="utf-8").replace("réseau", "courant").replace("Network", "Power")
        (project / "catalogue/agreements/ola-power.yaml").write_text(power, encoding="utf-8")
        found = check(project, date(2026, 10, 15))
        assert len(found) == count
        assert all("gives 99.80 % (ola-network 99.9 × ola-power 99.9)" in problem for problem in found)
        shutil.rmtree(project)


def test_a_circle_is_found_wherever_it_is_entered() -> None:
    here = Location("x")

    def edges(text: str) -> Edges:
        graph: Edges = {}
        for begin, end in (pair.split(">") for pair in text.split()):
            graph.setdefault(begin, {})[end] = here
        return graph

    assert _find_cycle(edges("a>b b>c")) == ()
    assert _find_cycle(edges("z>a a>b b>c c>a")) == ("a", "b", "c", "a")
    assert _find_cycle(edges("b>b a>b")) == ("b", "b")
    assert _find_cycle({}) == ()


def test_characters_are_counted_as_readers_see_them(make_project: MakeProject) -> None:
    letters = "e\u0301" * 150  # an accent of its own is not a character of its own
    project = make_project(keys={"catalogue/services/wifi.yaml": {"name": letters}})
    assert [p for p in check(project, date(2026, 10, 15)) if " notice: " not in p] == []
    shutil.rmtree(project)
    project = make_project(keys={"catalogue/services/wifi.yaml": {"name": letters + "x"}})
    assert [re.sub(r"^\S+ ", "", p) for p in check(project, date(2026, 10, 15))] == [
        "error: this text has 151 characters; 150 fit in its place [too-long]"
    ]


def test_five_hundred_services_are_checked_in_half_a_second(make_project: MakeProject) -> None:
    project = make_project(CASES / "good" / "everything-said")
    services = project / "catalogue/services"
    mail = (
        (services / "mail.yaml")
        .read_text(encoding="utf-8")
        .replace("related: [wifi]", "related: [wifi, mail]")
    )
    for number in range(500):
        text = re.sub(r"^(name: .*?)Messagerie(.*?)Mail", rf"\1Messagerie {number}\2Mail {number}", mail)
        (services / f"mail-{number}.yaml").write_text(text, encoding="utf-8")
    files, _ = read_project(project, PLACES)
    catalogue, _ = decode_catalogue(files, pictogram_names())
    assert len(catalogue.services) == 502
    begin = time.process_time()
    problems = check_catalogue(catalogue, date(2026, 10, 15))
    assert time.process_time() - begin < 0.5
    assert problems == ()
