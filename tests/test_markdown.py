"""Users' Markdown: what it may say comes out, what it may not is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.markdown import MarkdownLink, find_links, find_raw_html, plain_text, render_markdown


def render(text: str) -> str:
    return render_markdown(text, lambda kind, name: f"../{kind}/{name}/" if name != "gone" else None)


def test_ordinary_marks() -> None:
    html = render("**a** and `b`\n\n- c\n- d\n\n| x | y |\n|---|--:|\n| 1 | 2 |")
    assert "<strong>a</strong> and <code>b</code>" in html
    assert "<li>c</li>" in html
    assert '<td align="right">2</td>' in html


def test_headings_stand_below_those_of_the_page() -> None:
    assert render("# a\n\n###### b") == "<h3>a</h3>\n<h6>b</h6>"


def test_links_name_what_they_lead_to() -> None:
    assert render("[Wi-Fi](service:wifi)") == '<p><a href="../service/wifi/">Wi-Fi</a></p>'
    assert render("[Wi-Fi](service:gone)") == "<p><span>Wi-Fi</span></p>".replace("<span>", "").replace(
        "</span>", ""
    )
    assert render("<a@b.org>") == '<p><a href="mailto:a@b.org">a@b.org</a></p>'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\u200bscript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,xx)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](../../secret.md)",
        "![a](https://evil.example/x.png)",
        "![a](javascript:x)",
        '[a](https://x.example "t\\" onmouseover=alert(1)")',
        "<svg onload=alert(1)>",
        "`<script>`",
        "[x]: javascript:alert(1)\n\n[a][x]",
        "<javascript:alert(1)>",
    ],
)
def test_hostile_text_is_only_text(text: str) -> None:
    html = render(text)
    tags = re.findall(r"<([a-z0-9]+)([^>]*)>", html)
    assert {name for name, _ in tags} <= {"p", "a", "code", "em", "span"}
    for _, attributes in tags:
        assert re.fullmatch(r'(\s(href|alt)="(https://x\.example)?[^"]*")*', attributes)
        assert "javascript" not in attributes.lower()
        assert "onmouseover" not in attributes


@given(st.text(alphabet=st.sampled_from("<>&\"'()[]!*_`#-|: \n\tajvscriptonx=/\\"), max_size=60))
def test_any_text_gives_only_allowed_tags(text: str) -> None:
    html = render(text)
    names = set(re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", html))
    assert names <= {
        *(
            "p",
            "br",
            "hr",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "strong",
        ),
        *("em", "del", "code", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "span"),
    }
    assert "<script" not in html.lower()


def test_finds_links_with_their_lines() -> None:
    text = "See [a](service:wifi)\n\nand ![b](documents/x.png)\nor [c](javascript:x)"
    assert find_links(text) == (
        MarkdownLink("service:wifi", 0),
        MarkdownLink("documents/x.png", 2, is_image=True),
        MarkdownLink("javascript:x", 3),
    )
    assert find_links(text)[0].scheme == "service"
    assert find_links(text)[0].name == "wifi"


def test_finds_raw_html_outside_code() -> None:
    assert find_raw_html("a\n<b>x</b>\n`<i>`\n\n    <pre>\n<!-- c") == ((1, "<b>"), (1, "</b>"), (5, "<!--"))


def test_plain_text_has_no_marks() -> None:
    assert plain_text("**a** & [b](service:b) <i>\n\n- c\n- d") == "a & b <i> c d"
