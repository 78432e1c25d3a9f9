"""What web servers send: exact digests of the theme's scripts, and no site with a script of anybody else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.publish.policy import (
    APACHE,
    HOSTS,
    NGINX,
    check_scripts,
    finish_site,
    headers_of,
    read_headers,
    server_files,
)

SCOPE = '__md_scope=new URL("{}",location),__md_hash=1'
BREAK = '");alert(1);("'
TARGET = "var target=document.getElementById(location.hash.slice(1))"


def page(base: str, more: str = "") -> str:
    scope = SCOPE.format(base)
    data = '<script id="__config" type="application/json">{"base": "x"}</script>'
    return f'<html><script>{scope}</script>{more}<script src="a.js"></script><script>{TARGET}</script>{data}</html>'


def site(folder: Path, **more: str) -> Path:
    """Two languages: a home page, the page 404, and a page of a service, with `more` in one of them."""
    for root in ("", "en/"):
        for name, base in (("index.html", "."), ("404.html", "/x/"), ("services/wifi/index.html", "../..")):
            path = folder / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(base, more.get(f"{root}{name}", "")).replace("a.js", f"{base}/a.js"))
        (folder / root / "a.js").write_text("1")
    return folder


def sha(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_names_each_script_by_its_digest(tmp_path: Path) -> None:
    assert finish_site(site(tmp_path)) == ()
    policy = dict(
        part.split(" ", 1) for part in read_headers(tmp_path)["Content-Security-Policy"].split("; ")
    )
    expected = {"'self'", sha(TARGET), *(sha(SCOPE.format(base)) for base in (".", "/x/", "../.."))}
    assert set(policy["script-src"].split()) == expected
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


def test_says_the_same_to_each_server(tmp_path: Path) -> None:
    finish_site(site(tmp_path))
    expected = read_headers(tmp_path)
    assert list(expected) == ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]
    nginx = re.findall(
        r'^add_header ([\w-]+) "([^"\n]+)" always;$', (tmp_path / NGINX).read_text(), re.MULTILINE
    )
    apache = (tmp_path / APACHE).read_text()
    assert dict(nginx) == expected
    assert dict(re.findall(r'^  Header always set ([\w-]+) "([^"\n]+)"$', apache, re.MULTILINE)) == expected
    assert apache.startswith("<IfModule mod_headers.c>\n") and apache.endswith("\n</IfModule>\n")
    assert (tmp_path / HOSTS).read_text().startswith("/*\n  Content-Security-Policy: ")
    assert all(len(line) < 2000 for line in (tmp_path / HOSTS).read_text().splitlines()), (
        "some hosts refuse longer ones"
    )


def test_styles_that_stand_in_drawings_are_named_too() -> None:
    headers = headers_of(["<svg><style>[data-drawing] path{fill:red}</style></svg>"])
    assert sha("[data-drawing] path{fill:red}") in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("<script>alert(1)</script>", "a script that is not the theme's: alert(1)"),
        ("<SCRIPT\n>alert(1)</SCRIPT\n>", "a script that is not the theme's: alert(1)"),
        ('<script type="module">alert(1)</script>', "a script that is not the theme's: alert(1)"),
        (
            f"<script>{SCOPE.format(BREAK)}</script>",
            f"a script that is not the theme's: {SCOPE.format(BREAK)[:60]}",
        ),
        ('<script src="b.txt"></script>', "a script that is not the theme's: b.txt"),
        ('<img src="a.js" onerror="alert(1)">', "runs code, or brings in another page: <img onerror=…>"),
        ("<svg/onload=alert(1)>", "runs code, or brings in another page: <svg onload=…>"),
        ('<iframe srcdoc="x"></iframe>', "runs code, or brings in another page: <iframe>"),
        ('<base href="https://evil.example/">', "runs code, or brings in another page: <base>"),
        (
            '<meta http-equiv="refresh" content="0">',
            "runs code, or brings in another page: <meta http-equiv=…>",
        ),
        (
            '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
            "runs code, or brings in another page: <meta http-equiv=…>",
        ),
        (
            '<meta http-equiv="refresh" content="0; url=../../../elsewhere/">',
            "leads nowhere: ../../../elsewhere/",
        ),
        ('<a href="javascript:alert(1)">x</a>', "unsafe scheme: javascript:alert(1)"),
        ('<a xlink:href="javascript:alert(1)">x</a>', "unsafe scheme: javascript:alert(1)"),
        ('<button formaction="javascript:alert(1)">x</button>', "unsafe scheme: javascript:alert(1)"),
    ],
)
@pytest.mark.parametrize("where", ["services/wifi/index.html", "en/index.html"])
def test_a_script_of_anybody_else_stops_the_site(tmp_path: Path, where: str, more: str, fault: str) -> None:
    found = [str(fault) for fault in finish_site(site(tmp_path, **{where: more}))]
    assert f"{where}: {fault}" in found
    assert not (tmp_path / NGINX).exists()


def test_a_theme_that_is_trusted_may_bring_scripts(tmp_path: Path) -> None:
    assert finish_site(site(tmp_path, **{"index.html": "<script>ours()</script>"}), own_theme=True) == ()
    assert sha("ours()") in read_headers(tmp_path)["Content-Security-Policy"]


CODE = st.text(st.sampled_from("<>/\"'=script \n\\u00e9;") | st.characters(codec="utf-8"), max_size=30)


@given(st.lists(CODE.filter(lambda code: "</script" not in code.lower()), max_size=4))
def test_whatever_a_page_holds_no_header_is_broken(codes: list[str]) -> None:
    """Digests have an alphabet of their own: no script can end a header, or a line of a configuration."""
    pages = {
        "404.html": page("/"),
        "index.html": page(".", "".join(f"<script>{code}</script>" for code in codes)),
    }
    for name, text in server_files(pages.values()).items():
        assert re.fullmatch(r"[A-Za-z0-9 _<>./*:;\"'+=\n-]*", text), name
    foreign = {code for code in codes if code.strip() and code != TARGET}
    assert bool(list(check_scripts(pages))) >= bool(foreign)
