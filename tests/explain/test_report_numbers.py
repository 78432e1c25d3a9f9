"""For every number that the report of the demonstration shows of an analysis, its explanation gives the same number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from comptoir.charts import ChartNumber
from comptoir.content.complaint_specs import complaint_specs
from comptoir.content.loyalty_words import Tongue
from comptoir.content.report.chapters import chapters_of
from comptoir.content.report.charts import report_specs
from comptoir.content.report.loyalty_charts import loyalty_specs
from comptoir.content.report.opening import opening_of
from comptoir.content.report.quarters import results_at
from comptoir.content.report.sections import ReportContext, Section
from comptoir.explain.formats import explanation_json, explanation_text
from comptoir.explain.registry import TOPIC_BY_NAME, Topic, topics_of
from comptoir.explain.types import Explanation, Value
from comptoir.explanations import material_of, tell
from comptoir.measure.project import data_places
from comptoir.measure.role_rows import tell_rows
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.periods import Quarter
from comptoir.wording import language

from ..analysis.test_analyses import Q3, ROOT, TODAY
from ..analysis.test_analyses import demonstration as measured
from ..content.report.test_loyalty_sections import context, demonstration

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
SCOPES = (EVERYTHING, Scope(segment="researchers"), Scope(client="lab-geomatics"))
REPORTS = (*((scope, Q3) for scope in SCOPES), (EVERYTHING, Quarter(2026, 2)))  # the second is closed


@cache
def explained(name: str, scope: Scope = EVERYTHING, quarter: Quarter = Q3) -> Explanation:
    catalogue, found = measured()
    return TOPIC_BY_NAME[name].explain(material_of(catalogue, found, quarter, scope, TODAY)).explanation


@cache
def spoken() -> Tongue:
    return Tongue(measured()[0], language("en"))


def reported(scope: Scope, quarter: Quarter = Q3) -> ReportContext:
    catalogue, results = demonstration()
    return context(catalogue, results_at(results, quarter), "en", scope)


def sections(scope: Scope, quarter: Quarter = Q3) -> Iterator[Section]:
    for chapter in chapters_of(reported(scope, quarter)):
        yield from chapter.sections


def numbers(text: str) -> set[str]:
    """The numbers of a text, without those of names: 'over 1 year' has one, 'T26957' none."""
    return set(NUMBER.findall(re.sub(r"\b[A-Z]\d+\b", "", text)))


def told(values: list[Value], tongue: Tongue) -> set[str]:
    """The numbers that a report may write for these values, as it writes them."""
    return {number for value in set(values) for number in written(value, tongue)}


@cache
def written(value: Value, tongue: Tongue) -> frozenset[str]:
    if isinstance(value, date):
        return frozenset(numbers(tongue.language.day(value)))
    if not isinstance(value, int | Fraction | Decimal):
        return frozenset(numbers(str(value)))
    exact = abs(Fraction(value))
    texts = [tongue.number(exact, places) for places in range(3)]
    texts += [tongue.share(exact, places) for places in range(2)]
    texts += [tongue.money(exact, places) for places in (0, 2)]
    return frozenset(number for text in texts for number in numbers(text))


def all_values(one: Explanation) -> list[Value]:
    values: list[Value] = [step.value for step in one.steps]
    values += [value for table in one.tables for row in table.rows for value in row]
    for cited in one.cited:
        values.append(cited.measurement.value)
        values.append(cited.measurement.target.value if cited.measurement.target else None)
    return [*values, *(setting.value for setting in one.settings)]


def constants(section: Section) -> set[str]:
    """Numbers that are no results: the quarters that an account looks back are said in words, years by their numbers."""
    years = {number for text in section.sentences for number in re.findall(r"Q\d\s(\d{4})", text)}
    return years | {number for table in section.tables for number in numbers(table.head[0] + table.caption)}


def known(section: Section, scope: Scope, quarter: Quarter, tongue: Tongue) -> set[str]:
    """The numbers that the explanations of a section give."""
    found = constants(section)
    for topic in topics_of(section.id, scope):
        found |= told(all_values(explained(topic.name, scope, quarter)), tongue)
    return found


def is_narrowed(topic: Topic, scope: Scope) -> bool:
    return scope == EVERYTHING or ("segment" if scope.segment else "client") in topic.narrows


@pytest.mark.parametrize(("scope", "quarter"), REPORTS, ids=str)
def test_every_number_of_the_report_is_in_an_explanation(scope: Scope, quarter: Quarter) -> None:
    tongue = spoken()
    lost = []
    for section in sections(scope, quarter):
        texts = [section.title, *section.sentences]
        texts += [cell.text for table in section.tables for row in table.rows for cell in row]
        found = known(section, scope, quarter, tongue)
        for text in texts:
            missing = numbers(cleaned(text, tongue)) - found
            lost += [f"{section.id}: {sorted(missing)} of '{text}'"] if missing else []
    assert lost == []


@pytest.mark.parametrize(("scope", "quarter"), REPORTS, ids=str)
def test_every_number_of_the_opening_is_in_an_explanation(scope: Scope, quarter: Quarter) -> None:
    tongue = spoken()
    opening = opening_of(reported(scope, quarter))
    results = told(all_values(explained("results", scope, quarter)), tongue)
    for tile in opening.tiles:
        shown = (tile.measure.value, tile.measure.promise, tile.measure.change, tile.measure.sample)
        assert {number for text in shown for number in numbers(cleaned(text, tongue))} <= results, (
            tile.indicator
        )
    facts = told(all_values(explained("facts", scope, quarter)), tongue) if opening.facts else set()
    for fact in opening.facts:
        assert numbers(cleaned(fact.sentence, tongue)) <= facts, fact.sentence


def cleaned(text: str, tongue: Tongue) -> str:
    """The text without names, quarters and scales, which hold numbers that are no results."""
    for entity in names(text, tongue):
        text = text.replace(entity, "")
    return re.sub(r"Q\d\s\d{4}|(?<=\d)\sout\sof\s5|out\sof\s5|\(S:\)", "", text)


def names(text: str, tongue: Tongue) -> list[str]:
    """The names of the catalogue in a text, which may hold numbers."""
    catalogue = tongue.catalogue
    kinds = (("client", catalogue.clients), ("service", catalogue.services), ("segment", catalogue.segments))
    every = (tongue.name(kind, name) for kind, entities in kinds for name in entities)
    return [name for name in every if name in text]


@pytest.mark.parametrize("name", ["abc", "client-value", "rfm", "accounts", "quadrant"])
def test_the_row_of_a_client_has_the_numbers_of_that_client(name: str) -> None:
    tongue = spoken()
    clients = {tongue.name("client", client): client for client in measured()[0].clients}
    one = explained(name)
    for section in sections(EVERYTHING):
        if section.id not in TOPIC_BY_NAME[name].sections:
            continue
        for row in (row for table in section.tables for row in table.rows if row[0].text in clients):
            client = clients[row[0].text]
            own = [value for table in one.tables for line in table.rows if client in line for value in line]
            missing = {number for cell in row[1:] for number in numbers(cell.text)} - told(own, tongue)
            assert not missing, f"{name}, {client}: {sorted(missing)}"


def drawn(part: object) -> Iterator[str]:
    """The numbers that a chart shows: those of its axes are no results."""
    if isinstance(part, ChartNumber):
        yield part.text
    elif isinstance(part, tuple):
        for item in part:
            yield from drawn(item)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if "ticks" not in field.name and field.name not in ("words", "lower", "upper", "full"):
                yield from drawn(getattr(part, field.name))


def test_every_number_that_is_drawn_is_in_an_explanation() -> None:
    catalogue, results = demonstration()
    tongue = Tongue(catalogue, language("en"))
    analyses = {"loyalty-cohorts": "retention", "loyalty-value": "client-value"}
    specs = [
        *loyalty_specs(catalogue, results, tongue.language),
        *complaint_specs(catalogue, results, tongue.language),
    ]
    assert len(specs) == 11
    for spec in specs:
        key = spec.key.removeprefix("en-report-2026-q3-")
        name = analyses.get(
            key, "complaints" if key.startswith("complaint-") else key.removeprefix("loyalty-")
        )
        values = all_values(explained(name))
        if key == "complaint-causes":  # cumulative shares of counts that are told
            counts = [row[1] for row in explained(name).tables[1].rows]
            total = sum(int(str(count)) for count in counts)
            values += [
                Fraction(sum(int(str(one)) for one in counts[:end]), total)
                for end in range(1, len(counts) + 1)
            ]
        if key == "complaint-days":  # the last days are drawn together
            values.append(0)
        if key == "loyalty-accounts":  # between those who order often and others: both counts are told
            orders = [int(str(row[3])) for row in explained(name).tables[0].rows]
            values.append(Fraction(sum(orders), len(orders)))
        if key == "loyalty-watermelons":  # a score out of 5
            values.append(5)
        missing = {number for text in drawn(spec) for number in numbers(text)} - told(values, tongue)
        assert not missing, f"{spec.key}: {sorted(missing)}"


def test_every_topic_is_written_with_the_rows_behind_it() -> None:
    catalogue, found = measured()
    reports = [
        (topic, material_of(catalogue, found, Q3, scope, TODAY))
        for topic in TOPIC_BY_NAME.values()
        for scope in SCOPES
        if is_narrowed(topic, scope)
    ]
    made = [(material, topic.explain(material)) for topic, material in reports]
    asked = tuple(dict.fromkeys(one for _, told in made for one in told.asked))
    rows = {one.asked: one for one in tell_rows(catalogue, data_places(ROOT, None), asked)}
    for material, told in made:
        one = tell(material, found, told, (rows[asked] for asked in told.asked))
        text = explanation_text(one)
        if one.name == "misses" and not one.tables:
            assert "Nothing to explain: nothing that can be judged misses" in text
            continue
        assert text.startswith(f"{one.name} · {one.title}\nFormula: ")
        assert f"\n\n2026-Q3, {material.scope}\n" in text
        assert json.loads(explanation_json(one))["name"] == one.name
        assert one.files or one.name == "catalogue"
        for counted in one.rows:
            whole = (
                counted.used
                + sum(part.rows for part in counted.apart)
                + sum(x.rows for x in counted.left_out)
            )
            assert whole == sum(file.rows for file in counted.files), f"{one.name}: {counted.asked}"


def test_the_rows_counted_are_those_that_were_added_up() -> None:
    catalogue, found = measured()
    told = TOPIC_BY_NAME["abc"].explain(material_of(catalogue, found, Q3, EVERYTHING, TODAY))
    (rows,) = tell_rows(catalogue, data_places(ROOT, None), told.asked)
    days = [row for row in found.observations.revenue if date(2025, 10, 1) <= row.day <= Q3.last_day]
    assert rows.used == sum(row.orders for row in days) == 170


def test_every_value_that_a_trend_or_coverage_draws_is_in_an_explanation() -> None:
    catalogue, results = demonstration()
    specs = report_specs(catalogue, results_at(results, Q3))
    values = told([*all_values(explained("results")), *all_values(explained("coverage-advice"))], spoken())
    keys = [
        key for key in specs if key.startswith(("en-report-2026-q3-trend-", "en-report-2026-q3-coverage-"))
    ]
    keys = [key for key in keys if not key.endswith("-narrow")]
    assert len(keys) == 6
    for key in keys:
        groups = getattr(specs[key], "groups", ())
        points = [row for group in groups for row in group.rows] or getattr(specs[key], "points", ())
        drawn_values = [part.value.text for part in points if getattr(part, "value", None)]
        assert len(drawn_values) > 5, key
        missing = {number for text in drawn_values for number in numbers(text)} - values
        assert not missing, f"{key}: {sorted(missing)}"
