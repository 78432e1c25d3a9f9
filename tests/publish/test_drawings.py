"""Drawings go around the engine and come back where they were."""

from __future__ import annotations

import pytest

from comptoir.publish.drawings import put_back, take_out

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" role="img"><title>É</title>\n<path d="M0 0"/></svg>'
OTHER = DRAWING.replace("É", "Other")
PICTOGRAM = '<svg class="c-pict" viewBox="0 0 24 24"><path d="M1 1"/></svg>'
PAGE = f"<div>{DRAWING}</div>{PICTOGRAM}<p>{OTHER}{DRAWING}</p>"


def test_pages_are_whole_again() -> None:
    docs = {"a.md": PAGE, "b.md": "plain", "c.svg": DRAWING.encode(), "d.json": f'"{DRAWING}"'}
    taken, drawings = take_out(docs)
    page = taken["a.md"]
    assert isinstance(page, str)
    assert (page.count("<svg"), page.count("<!--drawing ")) == (0, 4)
    assert {name: taken[name] for name in ("b.md", "c.svg", "d.json")} == {
        name: docs[name] for name in ("b.md", "c.svg", "d.json")
    }
    assert sorted(drawings.values()) == sorted((DRAWING, OTHER, PICTOGRAM))
    site = {"a/index.html": f"<html>{page}</html>".encode(), "c.svg": DRAWING.encode()}
    whole = {"a/index.html": f"<html>{PAGE}</html>".encode(), "c.svg": DRAWING.encode()}
    assert put_back(site, drawings) == whole


def test_what_only_looks_like_a_mark_stays() -> None:
    forged = f"<p><!--drawing {'a' * 32}--><!--drawing x--></p>\r\n"
    site = {"index.html": forged.encode()}
    assert put_back(site, {"b" * 32: DRAWING}) == site


def test_pages_without_drawings_and_other_files_are_as_they_were() -> None:
    site = {"index.html": b"<p>Plain</p>", "a.json": f"<!--drawing {'b' * 32}-->".encode()}
    assert put_back(site, {}) == site
    assert put_back(site, {"b" * 32: DRAWING}) == site


def test_tables_of_numbers_go_around_the_engine_and_other_tables_do_not() -> None:
    data = '<table class="c-data c-data--open"><tr><td>1</td></tr></table>'
    other = '<table class="c-promises"><tr><td>2</td></tr></table>'
    taken, drawings = take_out({"a.md": f"<div>{data}</div>{other}"})
    assert list(drawings.values()) == [data]
    assert data not in str(taken["a.md"])
    assert other in str(taken["a.md"])


def test_what_search_leaves_out_and_what_machines_read_go_around_the_engine() -> None:
    aside = (
        f'<aside class="c-ask" data-search-exclude><h2>Ask</h2>{PICTOGRAM}<!--printed {"c" * 32}--></aside>'
    )
    crumbs = '<nav aria-label="Path" data-search-exclude><ol><li>Home</li></ol></nav>'
    machines = '<script type="application/ld+json">{"a": "<b"}</script>'
    other = (
        '<aside class="c-notice"><p>Found by search</p></aside><nav><a href="a">A</a></nav><script>1</script>'
    )
    content = f"<div>{crumbs}{aside}{machines}{other}</div>"
    taken, drawings = take_out({"a.md": content})
    assert sorted(drawings.values()) == sorted((aside, crumbs, machines))
    assert str(taken["a.md"]).endswith(f"{other}</div>")
    made = put_back({"a.html": str(taken["a.md"]).encode()}, {**drawings, "c" * 32: "2 pages"})
    assert made["a.html"].decode() == content.replace(f"<!--printed {'c' * 32}-->", "2 pages")


@pytest.mark.parametrize(
    ("whole", "inner"),
    [
        (f"<svg><g>{PICTOGRAM}</g></svg>", PICTOGRAM),
        (
            '<aside data-search-exclude><p><aside class="b" data-search-exclude>1</aside>2</p></aside>',
            '<aside class="b" data-search-exclude>1</aside>',
        ),
    ],
)
def test_of_parts_in_parts_of_their_kind_the_innermost_go(whole: str, inner: str) -> None:
    taken, drawings = take_out({"a.md": whole})
    assert list(drawings.values()) == [inner]
    before, _, after = whole.partition(inner)
    page = str(taken["a.md"])
    assert (page.startswith(before), page.endswith(after)) == (True, True)  # so that tags still pair
