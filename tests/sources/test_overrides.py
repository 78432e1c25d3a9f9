"""Templates of a project's own: what may run programs needs the word of who builds, the rest is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.resources import templates_folder
from comptoir.sources.overrides import (
    HARMLESS,
    _danger,
    describe_templates,
    own_templates,
    untrusted_templates,
)

FILES = {
    "theme/404.html": "x",
    "theme/assets/own.js": "alert(1)",
    "theme/assets/own.svg": "<svg/>",
    "theme/assets/own.css": "p {}",
    "theme/assets/comptoir.css": "p {}",
    "theme/.icons/hidden.svg": "{{ 1 }}",
    "pages/home.md.j2": "x",
    "letters/apology.fr.txt.j2": "x",
    "print/sheet.typ": "x",
    "slides/presentation.potx": "x",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "site_templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    copy = tmp_path / "site_templates" / "pages" / "about.md.j2"
    copy.write_bytes((templates_folder() / "pages" / "about.md.j2").read_bytes())
    return tmp_path


def test_what_runs_needs_the_word_of_who_builds(project: Path) -> None:
    ask = "(read it, then build with --trust-theme, or set COMPTOIR_TRUST_THEME=1) [untrusted-template]"
    engine = "the site engine runs it without a sandbox, so it may run programs on the machine that builds"
    browsers = "it runs in the browsers of readers, in every page"
    word = "this file needs the word of who builds"
    assert [str(problem) for problem in untrusted_templates(project)] == [
        f"site_templates/theme/404.html:1:1: error: {word}: {engine} {ask}",
        f"site_templates/theme/assets/own.js:1:1: error: {word}: {browsers} {ask}",
        f"site_templates/theme/assets/own.svg:1:1: error: {word}: {browsers} {ask}",
    ]


def test_each_is_told_with_what_it_may_do(project: Path) -> None:
    told = {notice.location.file: str(notice) for notice in describe_templates(project)}
    assert set(told) == {f"site_templates/{name}" for name in FILES if "hidden" not in name}
    assert told["site_templates/pages/home.md.j2"] == (
        "site_templates/pages/home.md.j2:1:1: notice: this file stands in for the one that ships: it makes pages in a sandbox, "
        "from what their readers may see, and may put no script into them [own-template]"
    )
    assert (
        "stands in for the one that ships: slides are made from it"
        in told["site_templates/slides/presentation.potx"]
    )
    assert "is the project's own: it changes how pages look" in told["site_templates/theme/assets/own.css"]
    assert "stands in for the one that ships" in told["site_templates/theme/assets/comptoir.css"]


def test_our_own_checkout_has_none() -> None:
    assert own_templates(templates_folder().parent) == {}


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=12),
    st.sampled_from(["", "assets/", "partials/"]),
)
def test_nothing_of_a_theme_is_harmless_but_what_is_listed(name: str, folder: str) -> None:
    is_listed = name.lower().endswith(HARMLESS)
    assert bool(_danger(f"site_templates/theme/{folder}{name}")) is not is_listed
