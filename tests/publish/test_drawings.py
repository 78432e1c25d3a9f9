"""Drawings go around the engine and come back where they were."""

from __future__ import annotations

from pathlib import Path

from comptoir.publish.drawings import put_back, take_out

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" role="img"><title>É</title>\n<path d="M0 0"/></svg>'
OTHER = DRAWING.replace("É", "Other")
PICTOGRAM = '<svg class="c-pict" viewBox="0 0 24 24"><path d="M1 1"/></svg>'
PAGE = f"<div>{DRAWING}</div>{PICTOGRAM}<p>{OTHER}{DRAWING}</p>"


def test_pages_are_whole_again(tmp_path: Path) -> None:
    docs = {"a.md": PAGE, "b.md": "plain", "c.svg": DRAWING.encode(), "d.json": f'"{DRAWING}"'}
    taken, drawings = take_out(docs)
    page = taken["a.md"]
    assert isinstance(page, str)
    assert (page.count("<svg"), page.count("<!--drawing "), PICTOGRAM in page) == (1, 3, True)
    assert {name: taken[name] for name in ("b.md", "c.svg", "d.json")} == {
        name: docs[name] for name in ("b.md", "c.svg", "d.json")
    }
    assert sorted(drawings.values()) == sorted((DRAWING, OTHER))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(f"<html>{page}</html>", encoding="utf-8")
    put_back(tmp_path, drawings)
    assert (tmp_path / "a" / "index.html").read_text(encoding="utf-8") == f"<html>{PAGE}</html>"


def test_what_only_looks_like_a_mark_stays(tmp_path: Path) -> None:
    forged = f"<p><!--drawing {'a' * 32}--><!--drawing x--></p>\r\n"
    (tmp_path / "index.html").write_bytes(forged.encode())
    put_back(tmp_path, {"b" * 32: DRAWING})
    assert (tmp_path / "index.html").read_bytes() == forged.encode()


def test_pages_without_drawings_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Plain</p>")
    before = (tmp_path / "index.html").stat().st_mtime_ns
    put_back(tmp_path, {})
    put_back(tmp_path, {"b" * 32: DRAWING})
    assert (tmp_path / "index.html").stat().st_mtime_ns == before


def test_tables_of_numbers_go_around_the_engine_and_other_tables_do_not() -> None:
    data = '<table class="c-data c-data--open"><tr><td>1</td></tr></table>'
    other = '<table class="c-promises"><tr><td>2</td></tr></table>'
    taken, drawings = take_out({"a.md": f"<div>{data}</div>{other}"})
    assert list(drawings.values()) == [data]
    assert data not in str(taken["a.md"])
    assert other in str(taken["a.md"])
