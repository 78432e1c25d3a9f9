"""Links are found without the Markdown parser where they are plain, and are the ones that the parser finds."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from comptoir import markdown
from comptoir.addresses import PAGES as ALL_PAGES
from comptoir.markdown import PAGES

ROOT = Path(__file__).resolve().parents[2]

LINKS = (
    "[a](service:wifi)",
    "![x](documents/a_b.png)",
    "[b c](http://x.y/_a_)",
    "[e*f*](page:home)",
    "[g](b)",
)
MARKS = ("\n\n", "word", "- ", "1. ", "# ", "    ", "---\n", "> ", "[1]: http://x", "\u00a0", " ")
FRAGMENTS = st.sampled_from([*LINKS, *MARKS, *"*_[]()!|:.@é\n"])


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
@example("[a](b) *c* ![d](e.png)\n- [f](service:g)")
def test_plain_links_are_those_of_the_parser(text: str) -> None:
    simple = markdown._find_simple_links(text)
    if simple is not None:
        with patch.object(markdown, "_find_simple_links", return_value=None):
            parsed = markdown.find_links(text)
        assert [(link.target, link.is_image) for link in simple] == [
            (link.target, link.is_image) for link in parsed
        ]


def test_each_plain_link_has_its_line() -> None:
    links = markdown.find_links("[a](b)\n\n[c](d) [a](b)")
    assert [(link.target, link.line) for link in links] == [("b", 0), ("d", 2), ("b", 2)]


def test_every_page_that_stays_may_be_linked_to() -> None:
    assert set(ALL_PAGES) - PAGES == {
        "complaints",
        "disturbances",
        "scorecard",
    }  # for management only, and not on every site
    assert set(ALL_PAGES) >= PAGES
    guide = (ROOT / "docs/guides/writing-markdown.md").read_text(encoding="utf-8")
    row = next(line for line in guide.splitlines() if line.startswith("| `page:commitments`"))
    assert set(row.rpartition("a page: ")[2].strip(" |").split(", ")) == PAGES


def test_links_of_mail_are_found_whole() -> None:
    text = "[a](mailto:a@example.org%0D%0ABcc:b@example.org) <c%0D%0ABcc:d@example.org> <e@example.org>"
    assert [link.target for link in markdown.find_links(text)] == [
        "mailto:a@example.org%0D%0ABcc:b@example.org",
        "mailto:c%0D%0ABcc:d@example.org",
        "mailto:e@example.org",
    ]
