"""Rows of an address that answers with JSON, page after page, from a server on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from comptoir.cli import main
from comptoir.fetch import FetchBounds, FetchError, fetch_source
from comptoir.model.metrics import Source

from ..conftest import MakeProject
from .conftest import Desk, base_catalogue

USUAL = FetchBounds()
ROWS = [{"id": n, "user": {"name": f"u{n}"}} for n in range(1, 8)]


def fetched(
    tmp_path: Path,
    desk: Desk,
    bounds: FetchBounds = USUAL,
    clock: Callable[[], float] = lambda: 0.0,
    **fetch: str,
) -> list[tuple[Any, ...]]:
    keys = {"address": f"{desk.address}/tickets?status=closed", **fetch}
    columns = {"id": {"type": "integer"}}
    written = {
        "id": "t",
        "role": "other",
        "name": "T",
        "files": ["t.parquet"],
        "columns": columns,
        "fetch": keys,
    }
    of = Source.model_validate(written)
    assert of.fetch is not None
    found = fetch_source(of, of.fetch, {"COMPTOIR_TOKEN": "S3cret"}, clock, bounds, base_catalogue())
    path = tmp_path / "t.parquet"
    path.write_bytes(found.content)
    return duckdb.sql(f"SELECT * FROM '{path}'").fetchall()


def paged(parameter: str, size: int, *, by_rows: bool) -> Callable[[str, dict[str, str]], Any]:
    def answer(_: str, parameters: dict[str, str]) -> Any:
        first = int(parameters[parameter]) if by_rows else (int(parameters[parameter]) - 1) * size
        return {"data": {"items": ROWS[first : first + size]}}

    return answer


ALL = [(n, f"u{n}") for n in range(1, 8)]


def test_pages_are_numbered(tmp_path: Path, desk: Desk) -> None:
    desk.answer = paged("p", 3, by_rows=False)
    assert fetched(tmp_path, desk, rows="data.items", page="p", token="COMPTOIR_TOKEN") == ALL
    assert desk.asked == [("/tickets", {"status": "closed", "p": str(n)}) for n in (1, 2, 3, 4)]
    assert desk.tokens == ["Bearer S3cret"] * 4


def test_rows_are_passed_over(tmp_path: Path, desk: Desk) -> None:
    desk.answer = paged("start", 5, by_rows=True)
    assert fetched(tmp_path, desk, rows="data.items", offset="start") == ALL
    assert [parameters["start"] for _, parameters in desk.asked] == ["0", "5", "7"]
    assert desk.tokens == [None] * 3


def test_an_answer_names_the_next_page(tmp_path: Path, desk: Desk) -> None:
    desk.answer = lambda path, _: (
        {"rows": ROWS[:4], "links": {"next": "/more"}}
        if path == "/tickets"
        else {"rows": ROWS[4:], "links": {}}
    )
    assert fetched(tmp_path, desk, rows="rows", next="links.next") == ALL


def test_values_keep_their_types_and_what_is_nested_is_flat(tmp_path: Path, desk: Desk) -> None:
    desk.answer = lambda _path, _parameters: (
        b'[{"n": 1, "price": 19.90, "on": true, "tags": ["a", "\xc3\xa9"], "who": {"at": {"id": 7}}},'
        b' {"n": 12345678901234567890, "price": 3, "on": null, "late": "x"}]'
    )
    assert fetched(tmp_path, desk) == [
        ("1", Decimal("19.90"), True, '["a", "é"]', 7, None),
        ("12345678901234567890", Decimal("3.00"), None, None, None, "x"),
    ]


@pytest.mark.parametrize(
    ("answer", "fetch", "said"),
    [
        (401, {}, "/tickets answers 401 Unauthorized: the token is not right, or none was sent"),
        (500, {}, "/tickets answers 500 Internal Server Error"),
        ("https://evil.example.org/x?a=S3cret", {}, "leads on to https://evil.example.org/x: write that address"),
        (b"<html>", {}, "/tickets does not answer with JSON"),
        (b"[" * 100_000, {}, "/tickets does not answer with JSON"),
        ({"items": []}, {}, "is no list of rows ('rows' says where they are; the answer has items)"),
        ({"items": [1]}, {"rows": "items"}, "'items' of"),
        ([], {}, "no rows came; the file stays as it was"),
        ([{"ID": 1, "id": 2}], {}, "two columns are called 'ID' and 'id'"),
        ({"r": [{}], "n": "https://evil.example.org"}, {"rows": "r", "next": "n"}, "is on another host: https://evil.example.org"),
        ({"r": [{}], "n": "?status=closed"}, {"rows": "r", "next": "n"}, "is itself"),
        ([{"id": 1}], {"token": "COMPTOIR_OTHER"}, "the variable COMPTOIR_OTHER of the environment is not set"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said_in_words(
    tmp_path: Path, desk: Desk, answer: Any, fetch: dict[str, str], said: str
) -> None:
    desk.answer = lambda _path, _parameters: answer
    with pytest.raises(FetchError, match=re.escape(said)) as raised:
        fetched(tmp_path, desk, **{"token": "COMPTOIR_TOKEN", **fetch})
    assert "S3cret" not in str(raised.value)
    assert "status=closed" not in str(raised.value)


def test_bytes_rows_and_time_are_bounded(tmp_path: Path, desk: Desk) -> None:
    desk.answer = lambda _path, _parameters: [{"id": 1, "text": "x" * 1000}]
    with pytest.raises(FetchError, match="more than 5000 bytes came: ask for fewer rows"):
        fetched(tmp_path, desk, FetchBounds(bytes=5000), page="p")  # pages without end
    assert len(desk.asked) == 5
    with pytest.raises(FetchError, match="more than 3 rows came"):
        fetched(tmp_path, desk, FetchBounds(rows=3), page="p")
    seconds = iter(range(100))
    with pytest.raises(FetchError, match="it took more than 4 seconds"):
        fetched(tmp_path, desk, FetchBounds(seconds=4), lambda: float(next(seconds)), page="p")


def test_an_address_that_nobody_answers_at(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"http://127\.0\.0\.1:1/tickets cannot be reached: "):
        fetched(tmp_path, Desk(address="http://127.0.0.1:1"))


def test_the_command_writes_what_measuring_reads(
    make_project: MakeProject, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answer = lambda _path, parameters: (
        [{"opened": "2026-08-03T09:00", "service": "mail", "number": str(n)} for n in range(3)]
        if parameters["p"] == "1"
        else []
    )
    fetch = {"address": f"{desk.address}/tickets", "page": "p", "token": "COMPTOIR_TOKEN"}
    columns = {"opened": {}, "service": {}, "number": {}}
    source = {
        "role": "requests",
        "name": {"fr": "Demandes", "en": "Requests"},
        "files": ["desk/t.parquet"],
        "columns": columns,
        "fetch": fetch,
    }
    project = make_project(keys={"indicators/sources/desk.yaml": source})
    today = ("--today", "2026-10-15")
    assert main(["check", str(project), *today]) == 1
    assert (
        "no file of the data folder is called 'desk/t.parquet' ('comptoir fetch' brings it)"
        in capsys.readouterr().out
    )
    assert main(["fetch", str(project), *today]) == 3
    said = capsys.readouterr().err
    assert "comptoir: indicators/sources/desk.yaml:" in said
    assert "desk: the variable COMPTOIR_TOKEN of the environment is not set" in said
    monkeypatch.setenv("COMPTOIR_TOKEN", "S3cret")
    assert main(["fetch", str(project), "--source", "dsk"]) == 2
    assert "no source 'dsk' says what to fetch; did you mean 'desk'?" in capsys.readouterr().err
    assert main(["fetch", str(project), *today]) == 0
    told = capsys.readouterr().out
    assert re.fullmatch(r"indicators/data/desk/t\.parquet: 3 rows, SHA-256 [0-9a-f]{64}\n", told)
    record = project / "indicators/data/desk/t.parquet.sha256"
    assert record.read_text() == f"{told.split()[-1]}  t.parquet\n"
    first = record.read_text()
    assert main(["fetch", str(project), *today]) == 0
    assert record.read_text() == first  # the same rows give the same bytes
    capsys.readouterr()
    assert main(["check", str(project), *today]) == 0
    record.write_text("0" * 64 + "  t.parquet\n")
    main(["check", str(project), *today])
    assert (
        "the file is not the one that was fetched: its SHA-256 is not that of t.parquet.sha256"
        in capsys.readouterr().out
    )
