"""A finished site in; what a web server sends with it so that no other program runs there, for three kinds of servers, out.

The Content-Security-Policy names the scripts that stand in pages by their digest, as they were published. Those are the
theme's: they stand in the page 404, which shows no content, and differ from page to page by the depth alone.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from comptoir.publish.checks import PageFault, check_pages, read_site
from comptoir.publish.stage import add_files

NGINX: Final = "headers.nginx.conf"
APACHE: Final = ".htaccess"
HOSTS: Final = "_headers"
_SCRIPT: Final = re.compile(r"<script\b([^>]*)>(.*?)</script\b[^>]*>", re.DOTALL | re.IGNORECASE)
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)  # as drawings of a project may hold
_SOURCE: Final = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_DATA: Final = re.compile(r"""\stype\s*=\s*["']application/(?:ld\+)?json["']""", re.IGNORECASE)
_DEPTH: Final = re.compile(r"""\bnew URL\("(?:\.|\.\.(?:/\.\.)*|/[\w./~%-]*)",location\)""")
_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def finish_site(root: Path, *, own_theme: bool = False) -> tuple[PageFault, ...]:
    """The faults of the site below `root`, sorted; the files for web servers are added when it has none.

    `own_theme`: the project brings templates that its operator trusts, and whose scripts are therefore right.
    """
    site = read_site(root)
    faults = {*check_pages(site)} | (set() if own_theme else {*check_scripts(site.pages)})
    if not faults:
        add_files(root, server_files(site.pages.values()))
    return tuple(sorted(faults))


def check_scripts(pages: Mapping[str, str]) -> Iterator[PageFault]:
    """Scripts that stand in a page, and not in the page 404 of its language."""
    frames = {posixpath.dirname(name): text for name, text in pages.items() if name.endswith("404.html")}
    known = {folder: {_without_depth(code) for code in _scripts(text)} for folder, text in frames.items()}
    for name, text in pages.items():
        allowed = known.get(name.partition("/")[0], known.get("", set()))
        for code in _scripts(text):
            if _without_depth(code) not in allowed:
                yield PageFault(name, code.strip()[:60], "a script that is not the theme's")


def server_files(pages: Iterable[str]) -> dict[str, str]:
    """The headers in the forms of nginx, of Apache and of hosts of static sites, by the name of their file."""
    headers = headers_of(pages)
    nginx = (f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    apache = (f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    hosts = (f"  {name}: {value}\n" for name, value in headers.items())
    return {
        NGINX: "".join(nginx),
        APACHE: f"<IfModule mod_headers.c>\n{''.join(apache)}</IfModule>\n",
        HOSTS: f"/*\n{''.join(hosts)}",
    }


def headers_of(pages: Iterable[str]) -> dict[str, str]:
    """What a web server sends with every file of a site of `pages`."""
    texts = tuple(pages)
    own = {
        "script-src": {_digest(code) for text in texts for code in _scripts(text)},
        "style-src": {_digest(style) for text in texts for style in _STYLE.findall(text)},
    }
    policy = (f"{name} {' '.join((value, *sorted(own.get(name, ()))))}" for name, value in _POLICY.items())
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def read_headers(site: Path) -> dict[str, str]:
    """The headers of a published site; empty when there is none yet."""
    path = site / HOSTS
    lines = path.read_text("utf-8").splitlines()[1:] if path.is_file() else []
    return {name: value for name, _, value in (line.strip().partition(": ") for line in lines)}


def _scripts(page: str) -> Iterator[str]:
    """The programs that stand in a page; its data and the scripts that it fetches are none."""
    for attributes, code in _SCRIPT.findall(page):
        if not _SOURCE.search(attributes) and not _DATA.search(attributes):
            yield code


_without_depth = partial(_DEPTH.sub, 'new URL("",location)')


def _digest(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode('ascii')}'"
