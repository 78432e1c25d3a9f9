"""The finished site's checks: what leads nowhere, and what would be fetched from another host."""

from pathlib import Path

import pytest

from comptoir.publish.checks import check_pages, read_site


def check_site(root: Path) -> list[str]:
    return [str(fault) for fault in sorted(set(check_pages(read_site(root))))]


def faults(tmp_path: Path, body: str, **others: str) -> list[str]:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "index.html").write_text(body)
    (tmp_path / "index.html").write_text('<h2 id="here">x</h2>')
    for name, text in others.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    return check_site(tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../">up</a> <a href="..">up</a> <a href="../#here">there</a> <a href="#me" id="me">me</a>',
        '<a href="https://example.org/x">out</a> <a href="mailto:a@b.org?subject=x">mail</a> <a href="tel:+33">t</a>',
        '<img src="data:image/png;base64,x"> <!-- <img src="https://evil.example/x"> -->',
        "<script>const a = '<img src=\"https://evil.example/x\">'</script>",
        '<meta name="description" content="Write &lt;img src=x onerror=y&gt; or <img src=x>"><p data-a=\'src="x"\'>',
        '<link rel="canonical" href="https://example.org/"><a href="#__skip">skip</a>',
    ],
)
def test_accepts(tmp_path: Path, body: str) -> None:
    assert faults(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="../x/">a</a>', "p/index.html: leads nowhere: ../x/"),
        ("<a class=b href=../../secret>a</a>", "p/index.html: leads nowhere: ../../secret"),
        ('<a href="/absolute/">a</a>', "p/index.html: leads nowhere: /absolute/"),
        ('<a href="../#nowhere">a</a>', "p/index.html: leads to no such place in the page: ../#nowhere"),
        (
            '<img alt="" src="https://evil.example/x.png">',
            "p/index.html: fetched from another host: https://evil.example/x.png",
        ),
        (
            '<script src="//evil.example/x.js"></script>',
            "p/index.html: fetched from another host: //evil.example/x.js",
        ),
        (
            '<link rel="stylesheet" href="https://fonts.example/x">',
            "p/index.html: fetched from another host: https://fonts.example/x",
        ),
        (
            '<img srcset="a.png 1x, https://evil.example/b.png 2x">',
            "p/index.html: fetched from another host: https://evil.example/b.png",
        ),
        (
            '<video src="../a.mp4" POSTER = https://evil.example/a.png>',
            "p/index.html: leads nowhere: ../a.mp4",
        ),
        (
            "<video title='>' src='../a.mp4'poster=https://evil.example/a.png>",
            "p/index.html: fetched from another host: https://evil.example/a.png",
        ),
        ("<p title=it's><img/src=lost.png>", "p/index.html: leads nowhere: lost.png"),
        ('<a href="javascript:alert(1)">a</a>', "p/index.html: unsafe scheme: javascript:alert(1)"),
        ('<a href="java&#115;cript:alert(1)">a</a>', "p/index.html: unsafe scheme: javascript:alert(1)"),
    ],
)
def test_reports(tmp_path: Path, body: str, expected: str) -> None:
    assert expected in faults(tmp_path, body)


def test_reports_style_sheets(tmp_path: Path) -> None:
    css = '@import "https://fonts.example/a.css"; a{background:url(lost.png)} b{background:url("#id")}'
    assert faults(tmp_path, "", a_css=css) == [
        "a.css: fetched from another host: https://fonts.example/a.css",
        "a.css: leads nowhere: lost.png",
    ]


def test_an_address_that_cannot_be_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="https://[open">x</a>')
    (tmp_path / "a.css").write_text("a{background:url(https://[open)}")
    assert check_site(tmp_path) == [
        "a.css: not an address: https://[open",
        "index.html: not an address: https://[open",
    ]
