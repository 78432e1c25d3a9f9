"""Mistakes that gave a wrong number without a word, by their number in docs/reference/mistakes.md; those of files alone
are in reading/test_silent_rows.py."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.explain import explain_measurement
from comptoir.measure.formats import FORMATS
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.statistics import Method, estimate_mean
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.periods import Quarter
from comptoir.problems import errors

from ..conftest import MakeProject
from .tables import Q3, TODAY, definition

TICKETS: Mapping[str, object] = {
    "role": "requests",
    "name": "Demandes",
    "files": ["tickets.csv"],
    "columns": {"opened": {}, "kind": {}, "channel": {}},
}
COMPLAINTS = definition(where="kind = 'complaint'", by=[])


class Trial:
    """A project made from the base case with a source and definitions, and what it measures."""

    def __init__(self, project: Path, today: date = TODAY) -> None:
        self.project, self.today = project, today

    def measure(self, *quarters: Quarter) -> Measured:
        catalogue, problems = check_project(self.project, self.today)
        assert [str(p) for p in errors(problems) if p.rule != "translation"] == []
        return measure_project(catalogue, data_places(self.project, None), quarters or (Q3,), self.today)

    def one(self, name: str = "it", scope: Scope = EVERYTHING, quarter: Quarter = Q3) -> Measurement:
        found = self.measure(quarter).measurements.get(name, quarter, scope)
        assert found is not None
        return found

    def said(self) -> list[str]:
        return [str(problem) for problem in self.measure().problems]


MakeTrial = Callable[..., Trial]


@pytest.fixture
def trial(make_project: MakeProject) -> MakeTrial:
    def make(
        data: Mapping[str, str], source: Mapping[str, object], **definitions: Mapping[str, object]
    ) -> Trial:
        keys: dict[str, object] = {f"indicators/data/{name}": text for name, text in data.items()}
        keys["indicators/sources/export.yaml"] = dict(source)
        keys |= {f"indicators/definitions/{name}.yaml": dict(one) for name, one in definitions.items()}
        return Trial(make_project(keys=keys))

    return make


def tickets(*kinds: str, month: int = 8, channel: str = "portal") -> str:
    rows = (f"2026-{month:02d}-{day:02d}T09:00Z,{kind},{channel}" for day, kind in enumerate(kinds, 1))
    return "\n".join(("opened,kind,channel", *rows, ""))


def values(**words: str) -> Mapping[str, object]:
    return {**TICKETS, "columns": {"opened": {}, "channel": {}, "kind": {"values": words}}}


def test_01_words_nobody_knows_are_told_with_their_rows_and_the_nearest(trial: MakeTrial) -> None:
    made = trial(
        {"tickets.csv": tickets("Panne", "Panne", "Reclamation", "incident", "complaint")},
        values(Incident="incident", Réclamation="complaint"),
        it=COMPLAINTS,
    )
    assert made.said() == [
        "indicators/data/tickets.csv:2:1: warning: unknown word of 'kind' 'Panne' in 2 rows: counted in totals only "
        "(known: Incident, Réclamation, complaint, incident, information, request) [data-unknown]",
        "indicators/data/tickets.csv:4:1: warning: unknown word of 'kind' 'Reclamation' in 1 row: counted in totals only "
        "(did you mean 'Réclamation'?) [data-unknown]",
    ]
    assert (made.one().value, dict(made.one().left_out)) == (1, {"filtered": 1, "unknown-word": 3})


@pytest.mark.parametrize(
    "word", ["Complaint", "COMPLAINT", " complaint\u00a0", "\u202fComplaint", "réclamation", "RÉCLAMATION "]
)
def test_01_capitals_and_spaces_do_not_matter(trial: MakeTrial, word: str) -> None:
    made = trial({"tickets.csv": tickets("incident", word)}, values(Réclamation="complaint"), it=COMPLAINTS)
    assert made.said() == []
    assert made.one().value == 1


def test_01_what_no_word_means_is_missing_and_never_zero(trial: MakeTrial) -> None:
    made = trial(
        {"tickets.csv": tickets("incident", "request")},
        TICKETS,
        it=COMPLAINTS,
        share=definition(kind="ratio", unit="percent", numerator="channel = 'e-mail'"),
        either=definition(where="kind = 'complaint' or kind in ('incident', 'request')"),
        other=definition(where="kind <> 'complaint'"),
        typo=definition(where="lower(kind) = 'incidnet'"),
    )
    assert [(said.partition(":")[0], said.partition("warning: ")[2]) for said in made.said()] == [
        (
            f"indicators/definitions/{name}.yaml",
            f"no row of 'requests' has {asked}: '{name}' is missing, not zero ({hint}) [data-words]",
        )
        for name, asked, hint in (
            ("it", "kind 'complaint'", "known: incident, request"),
            ("share", "channel 'e-mail'", "known: portal"),
            ("typo", "kind 'incidnet'", "did you mean 'incident'?"),
        )
    ]
    for name in ("it", "share", "typo"):
        found = made.one(name)
        assert (found.value, found.status, found.reason) == (None, "missing", "no-word")
    assert (made.one("either").value, made.one("other").value) == (2, 2)


@pytest.mark.parametrize(
    ("kinds", "value", "reason"),
    [(("Incident",), 0, "no-target"), (("Incident", "Plainte"), None, "no-word")],
)
def test_01_a_word_that_the_source_translates_may_have_no_row_where_all_are_known(
    trial: MakeTrial, kinds: tuple[str, ...], value: int | None, reason: str
) -> None:
    known = values(Incident="incident", Réclamation="complaint")
    found = trial({"tickets.csv": tickets(*kinds)}, known, it=COMPLAINTS).one()
    assert (found.value, found.reason) == (value, reason)


def test_01_a_quarter_whose_words_are_new_is_missing(trial: MakeTrial) -> None:
    spring = tickets("incident", "complaint", month=5)
    made = trial(
        {"tickets.csv": spring + tickets("incident", "Plainte").partition("\n")[2]}, TICKETS, it=COMPLAINTS
    )
    assert made.one(quarter=Q3.previous).value == 1
    assert (made.one().value, made.one().reason) == (None, "no-word")


def test_01_definitions_may_ask_for_words_of_their_own(trial: MakeTrial) -> None:
    made = trial(
        {"tickets.csv": tickets("incident", "Change")},
        TICKETS,
        it=definition(where="kind in ('change', 'problem')"),
    )
    assert (made.said(), made.one().value) == ([], 1)


def test_01_names_of_services_are_found_likewise(trial: MakeTrial) -> None:
    source = {**TICKETS, "columns": {"opened": {}, "service": {"values": {"Messagerie": "mail"}}}}
    rows = "opened,service\n2026-08-01T09:00Z,MESSAGERIE\n2026-08-02T09:00Z,Mail\n2026-08-03T09:00Z,mail\n"
    made = trial({"tickets.csv": rows}, source, it=definition(by=["service"]))
    assert (made.said(), made.one(scope=Scope(service="mail")).value) == ([], 3)


SURVEY: Mapping[str, object] = {
    "role": "surveys",
    "name": "Enquête",
    "files": ["survey.csv"],
    "columns": {"date": {}, "respondent": {}, "question": {}, "score": {}},
}
MEAN = definition(
    source="surveys", kind="mean", value="score", where="question = 'satisfaction'", unit="score-5", by=[]
)


def answers(*scores: object) -> str:
    rows = (f"2026-08-20,{n},satisfaction,{score}" for n, score in enumerate(scores))
    return "\n".join(("date,respondent,question,score", *rows, ""))


def test_02_scores_beyond_the_scale_are_told_and_left_out(trial: MakeTrial) -> None:
    made = trial(
        {"survey.csv": answers(5, 5, 5, 5, 5, 4, 47)},
        SURVEY,
        it=MEAN,
        share={"use": "satisfied-users", "by": []},
    )
    assert [said.partition("warning: ")[2] for said in made.said()] == [
        "1 row left out, outside the scale from 1 to 5: survey.csv:8 [data-scale]"
    ] * 2
    found = made.one()
    assert (found.value, found.n, dict(found.left_out)) == (Fraction(29, 6), 6, {"off-scale": 1})
    assert found.interval is not None
    assert found.interval.high == 5  # that of Student ends at 5.26
    assert (made.one("share").numerator, made.one("share").denominator) == (6, 6)


def test_02_a_share_of_cases_never_has_more_above_than_below(trial: MakeTrial) -> None:
    columns = {"date": {}, "received": {}, "abandoned": {}}
    source = {"role": "calls", "name": "Appels", "files": ["calls.csv"], "columns": columns}
    rows = "date,received,abandoned\n2026-08-03,100,5\n2026-08-04,10,12\n"
    made = trial({"calls.csv": rows}, source, it={"use": "abandonment-rate", "by": []})
    assert (made.one().value, made.one().n, dict(made.one().left_out)) == (5, 100, {"off-scale": 1})
    assert [said.partition("warning: ")[2] for said in made.said()] == [
        "1 row left out, more cases above the line than below, or fewer than none: calls.csv:3 [data-scale]"
    ]


def weighted(*given: tuple[int, object]) -> str:
    rows = (f"2026-08-20,{n},satisfaction,{score},{weight}" for n, (score, weight) in enumerate(given))
    return "\n".join(("date,respondent,question,score,people", *rows, ""))


WEIGHTED: Mapping[str, object] = {
    **SURVEY,
    "columns": {"date": {}, "respondent": {}, "question": {}, "score": {}, "weight": {"column": "people"}},
}


def test_07_rows_that_stand_for_several_people_count_as_often(trial: MakeTrial) -> None:
    many = [(5, 200), (4, 300), (1, 100)]
    made = trial({"survey.csv": weighted(*many)}, WEIGHTED, it=MEAN)
    plain = estimate_mean([score for score, weight in many for _ in range(weight)])
    found = made.one()
    assert (found.value, found.n, found.respondents) == (plain.value, 600, 600)
    assert found.interval is not None
    assert plain.interval is not None
    assert float(found.interval.low) == pytest.approx(plain.interval.low)
    assert (found.numerator, found.denominator) == (2300, 600)


def test_07_few_people_are_few_however_many_rows_they_have(trial: MakeTrial) -> None:
    rows = "2026-08-20,,satisfaction,4,0\n" * 6 + "2026-08-20,,satisfaction,5,2\n"
    made = trial({"survey.csv": "date,respondent,question,score,people\n" + rows}, WEIGHTED, it=MEAN)
    assert (made.one().status, made.one().reason) == ("suppressed", "few-respondents")


def test_07_weights_of_a_sample_are_worth_fewer_equal_rows(trial: MakeTrial) -> None:
    rows = [(1 + n % 5, "0.5" if n % 2 else "1.5") for n in range(40)]
    share = definition(source="surveys", kind="ratio", numerator="score >= 4", unit="percent", by=[])
    made = trial({"survey.csv": weighted(*rows)}, WEIGHTED, it=MEAN, share=share)
    weights = [Fraction(weight) for _, weight in rows]
    worth = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    assert (worth, made.one().n, made.one().respondents) == (32, 32, 40)
    assert (
        made.one().value == sum(score * weight for (score, _), weight in zip(rows, weights, strict=True)) / 40
    )
    found = made.one("share")
    assert (found.value, found.n, found.denominator) == (40, 32, 40)


MONEY: Mapping[str, object] = {
    "role": "revenue",
    "name": "Refacturation",
    "files": ["money.csv"],
    "columns": {
        "date": {},
        "client": {"constant": "physics"},
        "amount": {"column": "spent"},
        "budget": {"type": "integer"},
        "spent": {"type": "integer"},
    },
}
SPENT = definition(
    source="revenue",
    kind="ratio",
    numerator="spent",
    denominator="budget",
    unit="percent",
    by=[],
    direction="lower",
)


def test_08_euros_over_euros_are_no_share_of_cases(trial: MakeTrial) -> None:
    rows = "date,spent,budget\n2026-05-15,100,1000\n2026-08-15,900,1000\n"
    made = trial({"money.csv": rows}, MONEY, it=SPENT, cases={**SPENT, "counts": "cases"})
    found, cases = made.one(), made.one("cases")
    assert (found.value, found.n, found.interval) == (90, 1, None)
    assert found.previous is not None
    assert (found.previous.change.method, found.previous.significant) == (Method.NONE, False)
    assert "no-test" in FORMATS["csv"](made.measure().measurements)
    assert cases.previous is not None
    assert (cases.n, cases.interval is not None, cases.previous.significant) == (1000, True, True)


def test_10_a_segment_that_no_column_names_is_that_of_the_client(trial: MakeTrial) -> None:
    source = {**TICKETS, "columns": {"opened": {}, "client": {}}}
    rows = "opened,client\n2026-08-01T09:00Z,physics\n2026-08-02T09:00Z,\n"
    made = trial(
        {"tickets.csv": rows}, source, it=definition(by=["segment"]), own=definition(source="export")
    )
    catalogue, _ = check_project(made.project, TODAY)
    segment = catalogue.clients["physics"].segment
    assert made.said() == []
    assert made.one(scope=Scope(segment=segment)).value == 1
    assert made.one("own", scope=Scope(segment=segment)).value == 1
    explained, _ = explain_measurement(
        catalogue, data_places(made.project, None), "it", Q3, EVERYTHING, TODAY
    )
    assert explained is not None
    assert explained.derived == ("export",)


def test_10_a_breakdown_that_nothing_tells_says_so(trial: MakeTrial) -> None:
    made = trial({"tickets.csv": tickets("incident")}, TICKETS, it=definition(by=["segment"]))
    [said] = made.said()
    assert said.partition("warning: ")[2] == (
        "no row of 'requests' names a segment, so nothing is measured by segment (map 'segment' in the source, or "
        "'client': each client has a segment) [indicator-by]"
    )


def checked(project: Path, *options: str) -> list[str]:
    """What `comptoir check` says in JSON: file, line, rule and message of each problem but untranslated texts."""
    with redirect_stdout(StringIO()) as said:
        main(["check", str(project), "--today", TODAY.isoformat(), "--format", "json", *options])
    problems = json.loads(said.getvalue())
    problems = problems["problems"] if isinstance(problems, dict) else problems
    return [f"{p['file']}:{p['line']} {p['rule']}" for p in problems if p["rule"] != "translation"]


def test_13_check_finds_what_measure_and_build_would(trial: MakeTrial) -> None:
    source = {
        **TICKETS,
        "columns": {**values(Panne="incident")["columns"], "priority": {}},
        "key": ["opened"],
    }  # type: ignore[dict-item]
    rows = "opened,kind,channel,priority\n2026-08-01T09:00Z,Bug,portal,P2\n01/02/2026,Panne,portal,p1\n2026-08-01T09:00Z,Panne,mail,p1\n"
    made = trial(
        {"tickets.csv": rows},
        source,
        unknown_source=definition(source="tickts"),
        no_field=definition(where="knd = 'incident'"),
        no_sql=definition(where="kind = = 'incident'"),
        fine=definition(where="kind = 'incident'"),
    )
    for name in ("unknown_source", "no_field", "no_sql"):  # identifiers have hyphens
        folder = made.project / "indicators/definitions"
        (folder / f"{name}.yaml").rename(folder / f"{name.replace('_', '-')}.yaml")
    found = checked(made.project)
    expected = [
        "indicators/data/tickets.csv:2 data-unknown",
        "indicators/data/tickets.csv:3 data-value",
        "indicators/data/tickets.csv:4 data-duplicate",
        "indicators/definitions/no-field.yaml:7 expression",
        "indicators/definitions/no-sql.yaml:7 expression",
        "indicators/definitions/unknown-source.yaml:3 indicator-source",
    ]
    assert [one for one in expected if one not in found] == []
    assert checked(made.project) == found  # as it is kept
    assert [one for one in checked(made.project, "--no-data") if one in expected] == []


def test_13_files_are_checked_where_the_content_has_errors_too(trial: MakeTrial) -> None:
    made = trial({"tickets.csv": "opened,kynd,channel\n"}, TICKETS, it=definition(where="nothing = 1"))
    (made.project / "catalogue/services/mail.yaml").write_text("name: ?\nwrong: key\n", encoding="utf-8")
    found = checked(made.project)
    assert "indicators/data/tickets.csv:1 data-header" in found
    assert "indicators/definitions/it.yaml:7 expression" in found


def test_15_messages_are_true_and_plain(trial: MakeTrial) -> None:
    made = trial({"tickets.csv": tickets("incident")}, TICKETS, it=definition(source="other"))
    [said] = made.said()
    assert said.partition("error: ")[2] == (
        "each source of the role 'other' is measured by its own name, and none is called 'other', so 'it' is not measured "
        "(known: calls, contacts, export, ledger, outages, pauses, requests, revenue, subscriptions, surveys, usage) "
        "[indicator-source]"
    )


def test_every_mistake_of_the_reference_has_its_test() -> None:
    root = Path(__file__).resolve().parents[2]
    text = (root / "docs/reference/mistakes.md").read_text("utf-8")
    named = re.findall(r"`(tests/[a-z_/]+\.py)` `(test_[a-z0-9_]+)`", text)
    tests = {file: (root / file).read_text("utf-8") for file, _ in named}
    assert [f"{file} {name}" for file, name in named if f"def {name}(" not in tests[file]] == []
    lines = [line for line in text.splitlines() if line.startswith("| ") and line[2].isdigit()]
    assert {int(line.split("|")[1]) for line in lines} == set(range(1, 22))
    assert all("`test_" in line for line in lines)
