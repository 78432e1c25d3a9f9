"""Promises of one metric told apart: by what is asked for, by priorities that are words, by labels; and those in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.content.edition import Edition
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import Scope
from comptoir.problems import errors
from comptoir.site.pages.agreements import agreement_pages
from comptoir.wording import language

from ..conftest import MakeProject
from .tables import Q3, TODAY, definition

SLA = "catalogue/agreements/sla-standard.yaml"
ITEMS = [
    {"id": "new-phone", "name": {"fr": "Nouveau téléphone", "en": "New phone"}},
    {"id": "new-laptop", "name": {"fr": "Nouveau portable", "en": "New laptop"}},
    {"id": "other-thing", "name": {"fr": "Autre chose", "en": "Something else"}},
]
PRIORITIES = [
    {"id": "urgent", "name": {"fr": "Urgente", "en": "Urgent"}},
    {"id": "can-wait", "name": {"fr": "Peut attendre", "en": "Can wait"}},
]
ORGANISATION = "catalogue/organisation.yaml"
DELIVERED = definition(
    kind="within-target",
    metric="delivery",
    unit="percent",
    direction="higher",
    by=["request_item"],
    min_sample="1",
)


def target(value: int, **keys: object) -> dict[str, object]:
    return {"metric": "delivery", "value": value, "unit": "days", "share": 100, **keys}


def project(make_project: MakeProject, rows: str, *targets: object, **keys: object) -> Path:
    """The base project with an export of requests for mail, targets in its agreement, and the definition 'it'."""
    columns = {"opened": {}, "resolved": {}, "service": {}, "priority": {}, "request_item": {}}
    source = {"role": "requests", "name": "Demandes", "files": ["t.csv"], "columns": columns}
    heading = "opened,resolved,service,priority,request_item\n"
    return make_project(
        keys={
            ORGANISATION: {"priorities": PRIORITIES},
            "catalogue/services/mail.yaml": {"request_items": ITEMS},
            SLA: {"targets": list(targets), "rests_on": [], **keys},
            "indicators/sources/tickets.yaml": source,
            "indicators/data/t.csv": heading + rows,
            "indicators/definitions/it.yaml": DELIVERED,
        }
    )


def measured(folder: Path) -> Measured:
    catalogue, problems = check_project(folder, TODAY)
    assert [str(problem) for problem in errors(problems) if problem.rule != "translation"] == []
    return measure_project(catalogue, data_places(folder, None), (Q3,), TODAY)


def value(found: Measured, part: str = "", name: str = "it") -> tuple[int, int] | None:
    one = found.measurements.get(name, Q3, Scope(part=part))
    return None if one is None or one.value is None else (int(one.numerator or 0), one.n or 0)


def row(days: int, item: str, priority: str = "") -> str:
    return f"2026-09-01T09:00Z,2026-09-{1 + days:02d}T08:00Z,mail,{priority},{item}\n"


def test_each_thing_asked_for_is_judged_by_its_own_promise(make_project: MakeProject) -> None:
    rows = row(2, "new-phone") + row(4, "Nouveau téléphone") + row(4, "NEW LAPTOP ") + row(12, "new-laptop")
    rows += row(7, "other-thing") + row(9, "")
    found = measured(
        project(
            make_project,
            rows,
            target(3, request_item="new-phone"),
            target(10, request_item="new-laptop"),
            target(8),
        )
    )
    assert [str(problem) for problem in found.problems] == []
    assert value(found, "request_item=new-phone") == (1, 2)  # by its name as well
    assert value(found, "request_item=new-laptop") == (1, 2)
    assert value(found, "request_item=other-thing") == (1, 1)  # by the promise for all
    assert value(found) == (3, 6)


def test_a_definition_may_be_about_one_thing_only(make_project: MakeProject) -> None:
    folder = project(make_project, row(2, "new-phone") + row(9, "new-laptop"), target(3))
    only = {**DELIVERED, "request_item": "new-phone", "by": []}
    (folder / "indicators/definitions/it.yaml").write_text(str(only), encoding="utf-8")
    assert value(measured(folder)) == (1, 1)


def test_priorities_that_are_words_are_judged_each(make_project: MakeProject) -> None:
    rows = row(2, "", "urgent") + row(4, "", "Urgente") + row(9, "", "peut attendre") + row(9, "", "P3")
    folder = project(
        make_project,
        rows,
        target(3, priority="urgent"),
        target(10, priority="can-wait"),
        target(5, priority="p3"),
    )
    by = {**DELIVERED, "by": ["priority"]}
    (folder / "indicators/definitions/it.yaml").write_text(str(by), encoding="utf-8")
    found = measured(folder)
    assert [str(problem) for problem in found.problems] == []
    assert [value(found, f"priority={one}") for one in ("urgent", "can-wait", "p3")] == [
        (1, 2),
        (1, 1),
        (0, 1),
    ]


def test_words_that_name_no_priority_and_no_thing_are_told(make_project: MakeProject) -> None:
    found = measured(project(make_project, row(2, "Nouveau telephone", "Urgent !"), target(3)))
    said = [re.sub(r"^.*warning: ", "", str(problem)) for problem in found.problems]
    assert said[0].startswith("unknown word of 'priority' 'Urgent !' in 1 row: counted in totals only")
    assert "unknown word of 'request_item' 'Nouveau telephone'" in said[1]
    assert value(found) == (1, 1)  # it keeps the promise for all


def test_what_only_labels_tell_apart_is_shown_and_not_judged(make_project: MakeProject) -> None:
    folder = project(make_project, row(2, ""), target(3, label="Siège"), target(9, label="Annexe"))
    _, problems = check_project(folder, TODAY)
    told = [str(problem) for problem in problems if problem.rule == "target-validity"]
    assert len(told) == 1 and "notice: targets for 'delivery' are told apart by their labels only" in told[0]
    found = measured(folder)
    assert value(found) is None
    assert [dict(m.left_out)["no-target"] for m in found.measurements if m.scope == Scope()] == [1]


def test_one_label_is_a_name_and_takes_nothing_from_its_promise(make_project: MakeProject) -> None:
    found = measured(project(make_project, row(2, ""), target(3, label="Tout matériel")))
    assert value(found) == (1, 1)


def test_pages_show_promises_in_words_and_what_each_is_about(make_project: MakeProject) -> None:
    loose = [
        {"metric": "delivery", "between": [2, 5], "unit": "working-days", "request_item": "other-thing"},
        {"metric": "tto", "words": {"fr": "immédiat", "en": "immediate"}, "priority": "urgent"},
    ]
    folder = project(
        make_project, row(2, ""), target(3, request_item="new-phone", priority="urgent"), in_words=loose
    )
    catalogue, problems = check_project(folder, TODAY)
    assert [str(problem) for problem in errors(problems) if problem.rule != "translation"] == []
    for code, expected in (
        (
            "fr",
            (
                "Nouveau téléphone : nous servons 100 % des demandes de priorité « Urgente » en 3 jours au plus.",
                "(Autre chose) : 2 à 5 jours ouvrés.",
                "immédiat",
            ),
        ),
        (
            "en",
            (
                "New phone: we fulfil 100% of “Urgent”-priority requests within 3 days.",
                "2 to 5 working days",
                "immediate",
            ),
        ),
    ):
        pages = agreement_pages(Edition(catalogue, language=language(code), today=TODAY))
        page = next(page for page in pages if page.path.endswith("sla-standard.md"))
        shown = re.sub(r"\\xa0|\\u202f", " ", str(page.view))
        assert [words for words in expected if words.lower() not in shown.lower()] == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"metric": "tto"}, "give either 'between' with its unit, or 'words'"),
        (
            {"metric": "tto", "between": [5, 2], "unit": "days"},
            "a range goes from less to more, such as [2, 5]",
        ),
        ({"metric": "tto", "between": [2, 5]}, "'between' and 'unit' go together"),
        ({"metric": "tto", "between": [2, 5], "unit": "percent"}, "'tto' is not measured in 'percent'"),
        ({"metric": "tto", "words": "vite", "request_item": "new-fone"}, "unknown request_item 'new-fone'"),
        ({"metric": "tto", "words": "vite", "priority": "urgnt"}, "unknown priority 'urgnt'"),
    ],
)
def test_promises_in_words_that_say_nothing_are_refused(
    make_project: MakeProject, wrong: dict[str, object], message: str
) -> None:
    _, problems = check_project(project(make_project, "", target(3), in_words=[wrong]), TODAY)
    assert any(message in str(problem) and f"{SLA}:" in str(problem) for problem in problems), problems
