"""Drawings of users: what could run, fetch or reach outside is refused; what a page holds is written anew."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.svg import check_svg, inline_svg


def draw(inside: str, attributes: str = "") -> bytes:
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {xlink} {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>x</script>", "a script is not allowed in a drawing"),
        ("<g onclick='x'/>", "the attribute 'onclick' would run a script"),
        ("<g ONLOAD='x'/>", "the attribute 'ONLOAD' would run a script"),
        ("<foreignObject/>", "<foreignObject> is not allowed: it would bring a page into the drawing"),
        ("<use href='a.svg#b'/>", "'href' leads outside the drawing, to 'a.svg#b'"),
        ("<use xlink:href='//example.org/#b'/>", "'href' leads outside the drawing, to '//example.org/#b'"),
        ("<a href=' java&#10;script:x'/>", "'href' leads outside the drawing, to ' java\nscript:x'"),
        ("<a href='#a b'/>", "'href' leads outside the drawing, to '#a b'"),
        ("<g style='fill:url(//x)'/>", "'style' leads outside the drawing"),
        ("<g style='fill:\\75rl(//x)'/>", "'style' leads outside the drawing"),
        ("<g fill='url( \"https://x\")'/>", "'fill' leads outside the drawing"),
        ("<g style='background:image-set(\"x\")'/>", "'style' leads outside the drawing"),
        ("<style>@im<![CDATA[port 'x']]></style>", "'style' leads outside the drawing"),
        ("<style>a{b:url(data:x)}</style>", "'style' leads outside the drawing"),
        ("<g xml:base='https://x'/>", "the attribute 'xml:base' leads outside the drawing"),
        ("<set attributeName='href' to='javascript:x'/>", "an animation is not allowed in a drawing"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'/>", "an element of HTML, <p>, is not allowed in a drawing"),
        ("<?php x ?>", "the instruction <?php …?> is not allowed in a drawing"),
        ("<feImage/>", "an embedded picture is not allowed: draw with shapes, or use a PNG file"),
    ],
)
def test_refused(inside: str, message: str) -> None:
    assert [finding.message for finding in check_svg(draw(inside))] == [message]
    with pytest.raises(ValueError, match=re.escape(message)):
        inline_svg(draw(inside))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a drawing",
        b"\xff\xfe\x00",
        b"<svg",
        b"<svg/>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        b"<?xml version='1.0' encoding='nothing'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>&nothing;</svg>",
    ],
)
def test_what_is_not_a_drawing(content: bytes) -> None:
    findings = check_svg(content)
    assert len(findings) == 1
    assert findings[0].line >= 1 and findings[0].column >= 1


def test_places_count_from_one() -> None:
    findings = check_svg(b"<svg xmlns='http://www.w3.org/2000/svg'>\n  <script/>\n<g onload=''/></svg>")
    assert [(finding.line, finding.column) for finding in findings] == [(2, 3), (3, 1)]


@pytest.mark.parametrize(
    "inside",
    [
        "<g fill='url(#a)'/>",
        "<g fill=\"url( '#a' )\"/>",
        "<use href='#a'/>",
        "<use xlink:href=' #a '/>",
        "<style>.a{fill:red}</style>",
        "<metadata><x xmlns='urn:x' resource='https://example.org'/></metadata>",
        "<title>A &amp; B</title>",
    ],
)
def test_allowed(inside: str) -> None:
    assert check_svg(draw(inside)) == []


def test_inline_keeps_what_is_drawn_and_drops_the_rest() -> None:
    editor = 'xmlns:inkscape="urn:inkscape" inkscape:version="1"'
    inside = (
        "<!-- note --><metadata>words</metadata><inkscape:page>gone</inkscape:page>loose words"
        "<title>A &amp; <b>gone</b> B &lt;script&gt;</title><g fill='red'><path d='M0 0'/></g>"
    )
    assert inline_svg(
        draw(inside, f'{editor} viewBox="0 0 1 1" class="md-overlay" style="position:fixed"')
    ) == (
        '<svg xmlns="http://www.w3.org/2000/svg" data-drawing="i83d0a7cf" viewBox="0 0 1 1">'
        "<title>A &amp;  B &lt;script&gt;</title>"
        '<g fill="red"><path d="M0 0"></path></g></svg>'
    )


def test_styles_become_attributes_which_no_policy_blocks() -> None:
    drawn = inline_svg(
        draw("<path fill='red' style='FILL: #fff !important; stroke:url(#a);position:fixed;x' d='M0 0'/>")
    )
    assert "style" not in drawn
    assert '<path d="M0 0" fill="#fff" stroke="url(#' in drawn
    assert "position" not in drawn


def test_identifiers_and_styles_stay_within_their_drawing() -> None:
    one, two = (
        inline_svg(
            draw(
                f"<style>#a, .b &gt; rect{{fill:url(#c)}} @media x{{p{{d:none}}}}</style><g id='a' class='{n}'/>"
            )
        )
        for n in "12"
    )
    for drawing in (one, two):
        name = re.findall(r'data-drawing="(i[0-9a-f]{8})"', drawing)[0]
        assert f'id="{name}-a"' in drawing
        assert f'[data-drawing="{name}"] #{name}-a, [data-drawing="{name}"] .b &gt; rect' in drawing
        assert f"fill:url(#{name}-c)" in drawing
        assert "@media" not in drawing
    assert set(re.findall(r'id="([^"]+)"', one)).isdisjoint(re.findall(r'id="([^"]+)"', two))


@given(st.text(max_size=40))
def test_any_words_stay_words(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    content = draw(f"<title>{escaped}</title><text id='{escaped.replace(chr(39), '')}'>{escaped}</text>")
    if check_svg(content):
        return
    drawing = inline_svg(content)
    assert set(re.findall(r"<(\w+)", drawing)) == {"svg", "title", "text"}
    assert check_svg(drawing.encode()) == []


@given(
    st.binary(max_size=80)
    | st.lists(
        st.sampled_from(
            [
                "<svg xmlns='http://www.w3.org/2000/svg'>",
                "<g>",
                "</g>",
                "</svg>",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "&lt;",
                "x",
                "<?x",
                "?>",
                "<!DOCTYPE x>",
            ]
        )
    )
    .map("".join)
    .map(str.encode)
)
def test_any_bytes_are_judged(content: bytes) -> None:
    findings = check_svg(content)
    if findings:
        assert all(finding.message for finding in findings)
    else:
        assert inline_svg(content).startswith("<svg ")


def test_a_drawing_of_endless_depth_or_size() -> None:
    deep = b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 30_000 + b"</g>" * 30_000 + b"</svg>"
    assert [finding.message for finding in check_svg(deep)] == [
        "elements nested more than 100 deep",
        "more than 20000 elements: simplify the drawing",
    ]
    unclosed = b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 100_000
    assert len(check_svg(unclosed)) == 3
