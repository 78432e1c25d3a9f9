"""Pages that templates of a project made: what could run is found, what ships passes, and a browser agrees."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from comptoir.publish.checks import check_pages, read_site
from comptoir.site.harmless import find_active

GOLDEN = Path(__file__).parents[1] / "golden" / "tree"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>a<script>alert(1)</script>", "<script>"),
        ('<script type="module">1</script>', "<script>"),
        ('<script type="application/ld+json" src="x"></script>', "<script>"),
        ("<p onclick=x>", "<p onclick=…>"),
        ("<svg/OnLoad=x>", "<svg onload=…>"),
        ("<svg><style><img src=x onerror=y></style></svg>", "<img onerror=…>"),
        ('<title><a href="javascript:x">', '<a href="javascript:…">'),
        ('<a href=" java\tscript:x">', '<a href="javascript:…">'),
        ('<a href="&#106;avascript&colon;x">', '<a href="javascript:…">'),
        ('<use xlink:href="data:x">', '<use xlink:href="data:…">'),
        ('<form action="vbscript:x">', '<form action="vbscript:…">'),
        ("<iframe srcdoc=x>", "<iframe>"),
        ("<object data=x>", "<object>"),
        ('<base href="https://evil.example/">', "<base>"),
        ("<meta http-equiv=refresh>", "<meta>"),
        ("<link rel=stylesheet href=x>", "<link>"),
        ("<svg><animate attributeName=href to=javascript:x>", "<animate>"),
        ("<svg><foreignObject>", "<foreignobject>"),
        ("<math>", "<math>"),
        ("<unknown-element>", "<unknown-element>"),
    ],
)
def test_finds(html: str, found: str) -> None:
    assert find_active(html) == found


@pytest.mark.parametrize(
    "page", sorted(GOLDEN.rglob("*.md")), ids=lambda path: path.relative_to(GOLDEN).as_posix()
)
def test_what_ships_passes(page: Path) -> None:
    assert find_active(page.read_text("utf-8").split("\n---\n", 1)[1]) == ""


MARKS = "< > / \" ' = a p svg style title textarea script !-- --> onerror onload window.hit=1 &quot; ]]> <![CDATA["
WHOLE = (" ", "\n", "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>")
PIECES = st.sampled_from((*MARKS.split(), *WHOLE))


@pytest.mark.browser
def test_what_passes_both_checks_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """The browser is the judge: of whatever is put together, what neither check refuses runs no script."""
    page = browser.new_page()

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.lists(PIECES, min_size=1, max_size=9).map("".join))
    def judge(html: str) -> None:
        (tmp_path / "index.html").write_text(f"<body>{html}</body>")
        refused = find_active(html) or any("runs code" in str(f) for f in check_pages(read_site(tmp_path)))
        if not refused:
            page.set_content(f"<body>{html}</body>")
            page.wait_for_timeout(5)
            assert page.evaluate("window.hit") is None

    judge()
    page.close()
