"""Names: what each name of the files of data stands for, by codes, aliases, former identifiers and pairs of a CSV file."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.model.names import digest_names, names_of, renamed_in
from comptoir.periods import Quarter
from comptoir.sources.name_pairs import read_pairs

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)
MAIL = "catalogue/services/mail.yaml"
NAMES = "indicators/names.csv"
SOURCE: dict[str, object] = {
    "role": "requests",
    "name": {"fr": "Demandes", "en": "Requests"},
    "files": ["tickets.csv"],
    "columns": {"opened": {}, "service": {"values": {"divers": "wifi"}}, "supplier": {"type": "partner"}},
}
COUNT: dict[str, object] = {
    "name": {"fr": "Demandes", "en": "Requests"},
    "summary": {"fr": "Ce qui est demandé.", "en": "What is asked."},
    "source": "requests",
    "kind": "count",
    "unit": "number",
    "direction": "lower",
    "by": ["service"],
}


def found(content: str) -> list[str]:
    return [str(problem) for problem in read_pairs(content.encode())[1]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_pairs_in_any_order_of_columns_with_their_places(mark: str) -> None:
    text = "\ufeffID,Name,note,Kind\r\nmail,Boîte\u00a0aux lettres,x,Service\r\n\r\nwifi,Hotspot,,service\r\n"
    pairs, problems = read_pairs(text.replace(",", mark).encode())
    assert problems == []
    assert [(pair.kind, pair.name, pair.id) for pair in pairs] == [
        ("service", "Boîte aux lettres", "mail"),
        ("service", "Hotspot", "wifi"),
    ]
    assert [str(pair.location) for pair in pairs] == [f"{NAMES}:2:1", f"{NAMES}:4:6"]


def test_what_is_wrong_with_a_file_of_pairs_is_told_by_line() -> None:
    assert found("") == [
        f"{NAMES}:1:1: error: the column 'kind' is missing: the first line names the columns kind, name and id [names]"
    ]
    assert found("kind,nom,id\n") == [
        f"{NAMES}:1:1: error: the column 'name' is missing: the first line names the columns kind, name and id "
        "(known: id, kind, nom) [names]"
    ]
    assert found("kind,name,id\nservices,A,mail\nservice,,mail\nservice,B\n") == [
        f"{NAMES}:2:1: error: unknown kind 'services' (did you mean 'service'?) [names]",
        f"{NAMES}:3:1: error: the column 'name' is empty [names]",
        f"{NAMES}:4:1: error: the column 'id' is empty [names]",
    ]
    assert [str(p) for p in read_pairs(b"kind,name,id\nservice,R\xe9seau,wifi\n")[1]] == [
        f"{NAMES}:2:1: error: byte E9 is not UTF-8 (save it as UTF-8) [names]"
    ]


def measured(make_project: MakeProject, rows: list[str], **keys: object) -> Measured:
    project = make_project(
        keys={
            "indicators/sources/tickets.yaml": SOURCE,
            "indicators/definitions/requests.yaml": COUNT,
            "indicators/data/tickets.csv": "\n".join(
                ("opened,service,supplier", *(f"2026-08-03T09:00Z,{row}" for row in rows), "")
            ),
            MAIL: {"code": "MSG-01", "aliases": ["Courrier  électronique"], "formerly": ["post"]},
            **keys,
        }
    )
    catalogue, problems = check_project(project, TODAY)
    assert [str(problem) for problem in problems] == []
    return measure_project(catalogue, data_places(project, None), [Q3], TODAY)


def test_every_source_knows_the_names_of_the_project(make_project: MakeProject) -> None:
    spelled = ["mail", "MAIL", "msg-01", "courrier\u00a0Électronique", "post", "Hot line", " HOT  LINE "]
    names = "kind,name,id\nservice,Hot line,mail\nservice,Divers,mail\n"
    given = measured(make_project, [f"{name}," for name in [*spelled, "divers"]], **{NAMES: names})
    assert [str(problem) for problem in given.problems] == []
    values = {m.scope.service: m.value for m in given.measurements.of("requests", Q3)}
    assert (values["mail"], values["wifi"]) == (len(spelled), 1), "a source's own values come first"
    assert ("names", NAMES) in {(one.kind, one.path) for one in given.inputs}


def test_partners_have_names_too(make_project: MakeProject) -> None:
    names = "kind;name;id\npartner;ACME S.A.;network-team\n"
    given = measured(make_project, ["mail,acme  s.a.", "mail,network-team", "mail,Emca"], **{NAMES: names})
    assert [(one.what, one.name, one.rows) for one in given.tables.unknown] == [("partner", "Emca", 1)]


def test_a_name_of_two_things_is_told_at_both_places(make_project: MakeProject) -> None:
    project = make_project(
        keys={
            MAIL: {"aliases": ["Réseau 2"]},
            "catalogue/services/wifi.yaml": {"code": "RÉSEAU\u00a02"},
            NAMES: "kind,name,id\nservice,wifi,mail\nservice,x,mial\n",
        }
    )
    catalogue, problems = check_project(project, TODAY)
    assert [str(problem).partition(": error: ")[2] for problem in problems if problem.rule == "names"] == [
        "'Réseau 2' also stands for the service 'wifi': files of data cannot tell which [names]",
        "'wifi' also stands for the service 'mail': files of data cannot tell which [names]",
        "'RÉSEAU\u00a02' also stands for the service 'mail': files of data cannot tell which [names]",
        "'wifi' also stands for the service 'wifi': files of data cannot tell which [names]",
        "unknown service 'mial' (did you mean 'mail'?) [names]",
    ]
    known = names_of(catalogue, "service")
    assert "réseau 2" not in known and "wifi" not in known and known["mail"] == "mail"


def test_a_former_identifier_in_yaml_is_told_with_the_present_one(make_project: MakeProject) -> None:
    project = make_project(
        keys={MAIL: {"formerly": ["post"]}, "catalogue/services/wifi.yaml": {"related": ["post"]}}
    )
    catalogue, problems = check_project(project, TODAY)
    assert [(p.message, p.hint) for p in problems] == [("unknown service 'post'", "write 'mail'")]
    assert renamed_in(catalogue)["service"] == {"post": "mail"}


def test_names_of_what_has_mistakes_elsewhere_count(make_project: MakeProject) -> None:
    catalogue, problems = check_project(
        make_project(keys={MAIL: {"aliases": ["Poste"], "lifecycle": "liev"}}), TODAY
    )
    assert "mail" not in catalogue.services and problems
    assert names_of(catalogue, "service")["poste"] == "mail"


def test_nothing_is_told_of_names_where_there_are_none(make_project: MakeProject) -> None:
    catalogue, _ = check_project(make_project(), TODAY)
    assert digest_names(catalogue) == ""


def test_a_printed_address_leads_to_the_renamed_service(make_project: MakeProject) -> None:
    project = make_project(keys={MAIL: {"formerly": ["post"]}})
    out = project.parent / "site"
    assert main(["build", str(project), "--only", "site", "--out", str(out), "--today", "2026-10-15"]) == 0
    page = (out / "services/post/index.html").read_text("utf-8")
    for written in (
        '<meta http-equiv="refresh" content="0; url=../mail/">',
        '<link rel="canonical" href="',
        '<a href="../mail/">',
    ):
        assert written in page
    assert "<script" not in page
    assert (out / "services/mail/index.html").is_file()
