"""The base case: every page, style and configuration that Comptoir gives the site engine, and what the engine makes of them."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from comptoir.build import Options, build
from comptoir.publish import engine
from comptoir.publish.stage import read_tree
from tests.build.commands import built
from tests.conftest import Golden, GoldenTree, MakeProject
from tests.content.samples import BASE, TODAY

HERE = Path(__file__).parent
HASH = re.compile(r"\.[0-9a-f]{8}\.min\.")
OF_ENGINE = re.compile(r"(en/)?assets/(javascripts|stylesheets|images)/")
GIVEN = (
    ".md",
    ".css",
    "catalogue.json",
)  # the JSON Schema changes with the model's words: it has tests of its own
LENGTH = re.compile(
    r"((?:PDF|SVG|PNG|PowerPoint), )(?:\d+ \w+, )?[\d.,]+[ \u202f](?:ko|Mo|kB|MB)"
)  # changes with fonts and templates
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "tr", "caption", "summary", "div", "section", "option"}
)


class Words(HTMLParser):
    """The words of the element whose id is 'content', a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.silent = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self.depth or ("id", "content") in attrs):
            self.depth += 1
        self.silent = tag == "script"
        self.text += "\n" if tag in BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div" and self.depth > 0
        self.silent = False
        self.text += "\n" if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        if self.depth and not self.silent:
            self.text += data.replace("\n", " ")


def main_words(html: str) -> str:
    """What a reader of the page reads, a line for each block."""
    words = Words()
    words.feed(html)
    lines = (re.sub("[ \t]+", " ", line).strip(" \t") for line in words.text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of the base case; its site is beside."""
    folder = tmp_path_factory.mktemp("golden")
    build(Options(project=BASE, today=TODAY, out=folder / "site", work=folder / "work"))
    return folder / "work"


def test_what_the_engine_is_given(
    work: Path, golden_tree: GoldenTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole pages: with marks in the place of drawings and asides, a reader of the golden files would miss what they say."""
    monkeypatch.setattr(engine, "take_out", lambda docs: (docs, {}))
    whole = Options(project=BASE, today=TODAY, out=tmp_path / "site", work=tmp_path / "work")
    build(whole)
    assert read_tree(whole.out) == read_tree(work.parent / "site")
    given: dict[str, str] = {}
    for language in ("fr", "en"):
        docs = read_tree(whole.work / language / "docs")
        texts = {name: data.decode() for name, data in docs.items() if name.endswith(GIVEN)}
        given |= {f"{language}/docs/{name}": text for name, text in texts.items()}
        given[f"{language}/mkdocs.yml"] = (whole.work / language / "mkdocs.yml").read_text("utf-8")
    golden_tree(given, HERE / "tree")


def test_the_files_of_the_site(work: Path, golden: Golden) -> None:
    """All but those of the engine, which change with its version."""
    names = sorted(read_tree(work.parent / "site"))
    own = [name for name in names if not OF_ENGINE.match(name)]
    golden("\n".join(own) + "\n", HERE / "site-files.txt")
    scripts = {HASH.sub(".min.", name) for name in names if name.endswith(".js")}
    assert {"assets/javascripts/bundle.min.js", "en/assets/javascripts/bundle.min.js"} <= scripts


@pytest.mark.parametrize("page", ["services/mail", "en/segments/researchers"])
def test_the_words_of_a_finished_page(work: Path, golden: Golden, page: str) -> None:
    html = (work.parent / "site" / page / "index.html").read_text("utf-8")
    golden(LENGTH.sub(r"\1…", main_words(html)), HERE / f"{page.replace('/', '-')}.txt")


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(make_project: MakeProject, tmp_path: Path) -> None:
    """In other folders, with other hash seeds, languages, time zones and numbers of jobs."""
    project = make_project()
    elsewhere = tmp_path / "elsewhere" / "in a folder"
    shutil.copytree(project, elsewhere)
    one = built(project, "--jobs", "1", env={"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"})
    other = built(elsewhere, "--jobs", "2", env={"PYTHONHASHSEED": "2", "TZ": "America/Anchorage"})
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
