"""Requests of a mailbox: what is sorted, who answered when, what is left out, and that nothing of a person is kept."""

from __future__ import annotations

import mailbox
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.checking import check_project
from comptoir.cli import main
from comptoir.content.ask import ask_button, request_item_view
from comptoir.content.edition import Edition
from comptoir.content.subjects import told_by
from comptoir.fetch import FetchBounds, FetchError
from comptoir.fetch.mailbox import MailCount, requests_of
from comptoir.model.catalogue import Catalogue
from comptoir.model.fetching import Fetch
from comptoir.wording import language
from tests.conftest import MakeProject, project_maker
from tests.content.relations import DAY

DESK = "offre@example.org"
FETCH = Fetch.model_validate({"mailbox": "COMPTOIR_MAILBOX", "ours": ["@desk.example.org"]})
ITEM = {"id": "shared-box", "name": {"fr": "Boîte partagée", "en": "Shared mailbox"}}
SOURCE = """\
role: requests
name: {fr: Boîte de l'offre, en: Mailbox of the offer}
files: [mailbox.parquet]
fetch: {mailbox: COMPTOIR_MAILBOX}
columns: {number: {}, opened: {}, resolved: {column: answered}, service: {}, kind: {}, client: {}, segment: {}}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = project_maker(tmp_path_factory.mktemp("mailbox"))(
        keys={
            "catalogue/services/mail.yaml": {"request_items": [ITEM]},
            "segments/clients/physics.yaml": {
                "aliases": ["@physics.example.net"],
                "contact": {"role": {"fr": "Secrétariat", "en": "Office"}, "email": "office@example.org"},
            },
            "indicators/sources/mailbox.yaml": SOURCE,
        }
    )
    return Path(made)


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalogue:
    return check_project(project, DAY)[0]


def mail(
    number: str, sender: str, subject: str, day: int, to: str = DESK, text: str = "", **more: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{number}@mail.example>"
    message["Date"] = format_datetime(datetime(2026, 9, day, 9, tzinfo=UTC))
    for name, value in more.items():
        message[name.replace("_", "-")] = f"<{value}@mail.example>" if name == "In_Reply_To" else value
    message.set_content(text)
    return message


def box(folder: Path, *messages: EmailMessage) -> Path:
    path = folder / "offer.mbox"
    written = mailbox.mbox(path)
    for message in messages:
        written.add(message)
    written.close()
    return path


def read(catalogue: Catalogue, path: Path) -> tuple[list[dict[str, Any]], MailCount]:
    return requests_of(catalogue, FETCH, path, FetchBounds())


def cells(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def test_a_request_has_its_service_client_kind_and_first_answer(catalogue: Catalogue, tmp_path: Path) -> None:
    rows, counted = read(
        catalogue,
        box(
            tmp_path,
            mail("a", "Zoé <zoe@physics.example.net>", "Demande : Messagerie", 1),
            mail("b", "bo@example.org", "Request: Mail – Shared mailbox", 2, text="Profile: Researchers\n"),
            mail("c", "office@example.org", "My screen is black", 3),
            mail(
                "a2", DESK, "Re: Demande : Messagerie [appel]", 4, "zoe@physics.example.net", In_Reply_To="a"
            ),
            mail("a3", DESK, "Re: Demande : Messagerie", 5, "zoe@physics.example.net", In_Reply_To="a2"),
            mail("c2", "jo@desk.example.org", "RE: My screen is black [incident]", 6, "office@example.org"),
        ),
    )
    told = [cells(row, "service", "request_item", "kind", "client", "segment", "answer_by") for row in rows]
    assert told == [
        ("mail", None, "request", "physics", "researchers", "call"),
        ("mail", "shared-box", "request", None, "researchers", None),
        (None, None, "incident", "physics", "researchers", "e-mail"),
    ]
    days = [
        [day.day if day else None for day in cells(row, "opened", "answered", "last_answer")] for row in rows
    ]
    assert days == [[1, 4, 5], [2, None, None], [3, 6, 6]]
    assert (counted.messages, counted.requests, counted.unsorted, dict(counted.left_out)) == (6, 3, 0, {})


def test_what_begins_no_request_is_counted_and_left_out(catalogue: Catalogue, tmp_path: Path) -> None:
    twice = mail("a", "zoe@example.net", "A question", 1)
    undated = mail("d", "zoe@example.net", "No day", 1)
    del undated["Date"]
    rows, counted = read(
        catalogue,
        box(
            tmp_path,
            twice,
            twice,
            undated,
            mail("b", "robot@example.net", "Out of office", 2, Auto_Submitted="auto-replied"),
            mail("c", "list@example.net", "News", 2, List_Id="<news.example.net>"),
            mail("e", DESK, "Our newsletter", 3, "all@example.org"),
        ),
    )
    assert len(rows) == 1 and rows[0]["sorted"] is False and counted.unsorted == 1
    assert dict(counted.left_out) == {
        "held twice": 1,
        "without a day": 1,
        "sent by a machine": 2,
        "begun by us": 1,
    }
    assert counted.messages == 6
    assert "1 of them unsorted" in counted.words() and "2 sent by a machine" in counted.words()


def test_an_answer_without_a_reference_is_found_by_its_subject_for_a_month(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    late = mail("c", DESK, "Re: A question", 1, "zoe@example.net")
    late.replace_header("Date", "Mon, 30 Nov 2026 09:00:00 +0000")
    rows, counted = read(
        catalogue,
        box(
            tmp_path,
            mail("a", "zoe@example.net", "A question", 1),
            mail("x", "eve@example.net", "A question", 2),
            mail("b", DESK, "RE: A question", 3, "zoe@example.net"),
            late,
        ),
    )
    assert [row["answered"] is not None for row in rows] == [True, False]
    assert rows[0]["last_answer"] == rows[0]["answered"] and counted.left_out["begun by us"] == 1


def test_nothing_of_a_person_is_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = box(
        tmp_path,
        mail("secret-id", "Zoé Martin <zoe.martin@physics.example.net>", "Private matter", 1, text="health"),
    )
    monkeypatch.setenv("COMPTOIR_MAILBOX", str(path))
    assert main(["fetch", str(project)]) == 0
    file = project / "indicators/data/mailbox.parquet"
    written = str(duckdb.sql(f"SELECT * FROM '{file}'").fetchall())
    assert "physics" in written
    for secret in ("zoe", "martin", "secret-id", "Private", "health", "example.net"):
        assert secret not in written and secret.encode() not in file.read_bytes()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_what_our_own_buttons_write_is_read_again(catalogue: Catalogue, code: str) -> None:
    at = Edition(catalogue, language(code), DAY)
    for service in catalogue.services.values():
        buttons = [(ask_button(at, service), "")]
        buttons += [(request_item_view(at, service, item).ask, item.id) for item in service.request_items]
        for button, item in buttons:
            assert button is not None
            written = parse_qs(urlsplit(button.url).query)
            told = told_by(catalogue, written["subject"][0], "")
            assert (told.service, told.request_item, told.kind) == (service.id, item, "request")
            by_text = told_by(catalogue, "something else", written["body"][0])
            assert by_text.service == service.id


def test_templates_of_answers_carry_the_tags_that_are_read(
    project: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert main(["deliver", "answers", str(project), "--out", str(tmp_path), "--today", DAY.isoformat()]) == 0
    seen = {}
    for file in tmp_path.iterdir():
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        told = told_by(catalogue, str(message["Subject"]), "")
        seen[file.name] = (told.tagged, told.answer_by)
    kinds = {
        "call": ("", "call"),
        "meeting": ("", "meeting"),
        "incident": ("incident", ""),
        "complaint": ("complaint", ""),
    }
    expected = {"answer": ("", ""), "received": ("", ""), **kinds}
    assert seen == {f"{name}.{code}.eml": told for name, told in expected.items() for code in ("fr", "en")}


CSV = """\
Objet;De : (adresse);À : (adresse);Date d'envoi;Corps
Demande : Wi-Fi;zoe@physics.example.net;offre@example.org;2026-09-01 11:00;Bonjour
RE: Demande : Wi-Fi;offre@example.org;zoe@physics.example.net;2026-09-02 11:00;Voici
"""


def test_a_csv_and_a_folder_are_read_as_an_mbox_is(catalogue: Catalogue, tmp_path: Path) -> None:
    table = tmp_path / "offer.csv"
    table.write_text(CSV, "utf-8")
    (row,), _ = read(catalogue, table)
    assert cells(row, "service", "client", "kind") == ("wifi", "physics", "request")
    assert row["opened"] == datetime(2026, 9, 1, 9, tzinfo=UTC)  # 11:00 in Paris
    assert row["answered"] == datetime(2026, 9, 2, 9, tzinfo=UTC)
    folder = tmp_path / "mails" / "2026"
    folder.mkdir(parents=True)
    (folder / "one.eml").write_bytes(bytes(mail("a", "zoe@physics.example.net", "Demande : Wi-Fi", 1)))
    (folder / "two.eml").write_bytes(
        bytes(mail("b", DESK, "Re: Demande : Wi-Fi", 2, "zoe@physics.example.net", In_Reply_To="a"))
    )
    outside = tmp_path / "other.eml"
    outside.write_bytes(bytes(mail("c", "eve@example.net", "Elsewhere", 3)))
    (folder / "link.eml").symlink_to(outside)
    (row,), counted = read(catalogue, tmp_path / "mails")
    assert cells(row, "service", "answer_by") == ("wifi", "e-mail") and counted.messages == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"hello", "this is no mbox file"),
        ("a.pst", b"!BDN", "save the messages as .eml"),
        ("a.csv", b"Subject,From\nx,y@z\n", "no column of the CSV says when"),
        ("a.csv", b"Subject,From,Date\nx,y@z,03/04/2026\n", "line 2 of the CSV: '03/04/2026' is no day"),
        ("a.mbox", b"From x\nFrom: a@b\n\nhi\n", "no message of the mailbox begins a request"),
    ],
)
def test_what_is_no_mailbox_is_told(
    catalogue: Catalogue, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FetchError, match=told):
        read(catalogue, tmp_path / name)


def test_a_missing_or_large_mailbox_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="the mailbox is not there"):
        read(catalogue, tmp_path / "none")
    path = box(tmp_path, mail("a", "zoe@example.net", "A question", 1))
    with pytest.raises(FetchError, match="more than 10 bytes"):
        requests_of(catalogue, FETCH, path, FetchBounds(bytes=10))


def test_hostile_messages_are_rows_or_left_out(catalogue: Catalogue, tmp_path: Path) -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    head = b"From x\nFrom: z@example.net\nDate: Tue, 1 Sep 2026 09:00:00 +0200\n"
    path = tmp_path / "hostile.mbox"
    path.write_bytes(
        head + b"Subject: deep\n" + deep + b"\n"
        + head + b"Subject: " + b"=?utf-8?q?A?= " * 50_000 + b"\n\nhi\n\n"
        + head + b"Subject: \xff\xfe =?nonsense?x?z?=\nTo: " + b"<" * 100_000 + b"\n\nhi\n\n"
    )  # fmt: skip
    rows, counted = read(catalogue, path)
    assert len(rows) == 3 == counted.unsorted


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_are_left_out(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.eml"
    path.write_bytes(content)
    try:
        rows, _ = read(catalogue, path)
    except FetchError as error:
        assert "begins a request" in str(error)
    else:
        assert len(rows) == 1


def test_a_source_names_one_place(make_project: MakeProject) -> None:
    wrong = SOURCE.replace(
        "fetch: {mailbox: COMPTOIR_MAILBOX}", "fetch: {address: 'https://a.example', ours: ['@b.c']}"
    )
    _, problems = check_project(make_project(keys={"indicators/sources/mailbox.yaml": wrong}), DAY)
    assert any("'ours' goes with 'mailbox'" in problem.message for problem in problems)
