"""The project's mkdocs.yml: plain configuration passes, what could run code is refused at its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from comptoir.problems import Problem
from comptoir.publish.configuration import (
    ProjectConfiguration,
    SiteSettings,
    engine_configuration,
    read_configuration,
)


@dataclass(frozen=True)
class Item:
    title: str
    path: str | None = None
    children: tuple["Item", ...] = ()


def check_configuration(project: Path) -> list[Problem]:
    return read_configuration(project)[1]


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "mkdocs.yml").write_text(text)
    return [str(problem).rpartition(" (")[0] or str(problem) for problem in check_configuration(tmp_path)]


def test_plain_configuration_passes(tmp_path: Path) -> None:
    text = "site_name: x\ntheme:\n  name: material\n  features: [search.suggest]\nplugins:\n  - search\n"
    assert problems(tmp_path, text) == []


def test_a_project_without_one_passes(tmp_path: Path) -> None:
    assert check_configuration(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("site_name: x\nhooks: [evil.py]\n", "mkdocs.yml:2:1", "'hooks' is not set here"),
        ("theme:\n  custom_dir: /etc\n", "mkdocs.yml:2:3", "'theme: custom_dir' is not set here"),
        ("plugins:\n  - search\n  - exec: {a: b}\n", "mkdocs.yml:3:5", "the plugin 'exec' is not set here"),
        ("INHERIT: ../../x.yml\n", "mkdocs.yml:1:1", "'INHERIT' is not set here"),
        ("theme: readthedocs\n", "mkdocs.yml:1:8", "'theme' is not written as expected"),
        ("theme:\n  name: readthedocs\n", "mkdocs.yml:2:9", "the theme is 'material'"),
        (
            "site_name: !!python/name:os.system\n",
            "mkdocs.yml:1:12",
            "the tag '!!python/name:os.system' is not allowed",
        ),
        (
            "theme:\n  direction: 'rtl\" onload=\"alert(2)//'\n",
            "mkdocs.yml:2:14",
            """'rtl" onload="alert(2)//' is not a direction of writing""",
        ),
        (
            "theme:\n  features: [search.suggest, '<svg onload=alert(1)>']\n",
            "mkdocs.yml:2:30",
            "a feature is named in lower-case letters and dots",
        ),
        ("theme:\n  features:\n    - a: b\n", "mkdocs.yml:3:7", "a feature is named in lower-case letters"),
        ("theme:\n  icon: {logo: ../../x}\n", "mkdocs.yml:2:3", "'theme: icon' is not set here"),
        ("extra:\n  consent: {title: <svg onload=alert(1)>}\n", "mkdocs.yml:1:1", "'extra' is not set here"),
        ("copyright: x\nextra: {scope: '\");alert(1)//'}\n", "mkdocs.yml:2:1", "'extra' is not set here"),
        ("site_url: 'https://a.example/\" onload=\"alert(1)'\n", "mkdocs.yml:1:11", "is not an address"),
        ('site_url: "https://a.example/\\tx"\n', "mkdocs.yml:1:11", "is not an address"),
        ("site_url: javascript:alert(1)\n", "mkdocs.yml:1:11", "is not an address"),
        ("copyright: © us <script>alert(1)</script>\n", "mkdocs.yml:1:12", "'copyright' holds '<' or '>'"),
        (f"copyright: {'x' * 501}\n", "mkdocs.yml:1:12", "'copyright' has 501 characters; 500 at most"),
        (
            "plugins:\n  - search: {lang: fr}\n",
            "mkdocs.yml:2:5",
            "Comptoir decides the options of the search",
        ),
        ("site_name: !ENV HOME\n", "mkdocs.yml:1:12", "the tag '!ENV' is not allowed"),
        ("- a\n", "mkdocs.yml:1:1", "expected a mapping of keys and values"),
    ],
)
def test_refuses(tmp_path: Path, text: str, place: str, words: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith(f"{place}: error: ")
    assert words in found


def settings(name: str = "x", navigation: tuple[Item, ...] = ()) -> SiteSettings:
    return SiteSettings("fr", name, name, None, navigation, {"key": name})


def test_generated_configuration_holds_names_as_data() -> None:
    hostile = 'A: "b" !ENV {x} \n# c'
    navigation = (Item(hostile, "index.md"), Item("Group", children=(Item("Inner", "a.md"),)))
    read = yaml.safe_load(engine_configuration(settings(hostile, navigation), ProjectConfiguration({})))
    assert read["site_name"] == hostile
    assert read["nav"] == [{hostile: "index.md"}, {"Group": [{"Inner": "a.md"}]}]
    assert read["extra"] == {"key": hostile}
    assert "INHERIT" not in read
    assert "site_url" not in read


def test_says_what_to_do_instead(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("extra:\n  scope: /\n")
    assert [str(problem) for problem in check_configuration(tmp_path)] == [
        "mkdocs.yml:1:1: error: 'extra' is not set here: Comptoir decides it, or it could run code (what the pages say "
        "comes from catalogue/organisation.yaml) [site-configuration]"
    ]


def test_what_a_project_sets_reaches_the_engine(tmp_path: Path) -> None:
    text = (
        (
            'site_name: Ours\nsite_author: Anne "A" Le Gall\ncopyright: &copy; 2026 us & others\nsite_url: https://a.example/x\n'
            "theme:\n  name: material\n  direction: rtl\n  features: [search.suggest, toc.follow]\n"
        )
        .replace("copyright: &", "copyright: '&")
        .replace("others", "others'")
    )
    (tmp_path / "mkdocs.yml").write_text(text)
    own, found = read_configuration(tmp_path)
    assert (found, own.url) == ([], "https://a.example/x")
    read = yaml.safe_load(engine_configuration(settings("Theirs"), own))
    assert read["site_name"] == "Theirs", "pages bear the name of the organisation"
    assert read["site_author"] == "Anne &quot;A&quot; Le Gall"
    assert read["copyright"] == "© 2026 us &amp; others"
    assert (read["theme"]["direction"], read["theme"]["features"]) == (
        "rtl",
        ["search.suggest", "toc.follow"],
    )
    assert read["plugins"] == [{"search": read["plugins"][0]["search"]}]


class Tags(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


HOSTILE = st.text(
    st.sampled_from("\"'<>&;=/\\` \t\n:.#{}%()rtlonad") | st.characters(codec="utf-8"), max_size=40
)
VALUES = st.recursive(
    HOSTILE | st.sampled_from(["rtl", "search.suggest", "https://a.example/", 'rtl" onload="x']) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["site_name", "site_description", "site_author", "copyright", "site_url", "plugins", "extra", "hooks"]
)
THEMES = st.dictionaries(
    st.sampled_from(["name", "features", "direction", "icon", "logo"]), VALUES, max_size=3
)


@given(st.dictionaries(KEYS, VALUES, max_size=4), THEMES)
def test_nothing_that_passes_breaks_an_attribute(plain: dict[str, Any], theme: dict[str, Any]) -> None:
    """Whatever a project writes is refused, or stays one value where the theme puts it as it is."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        text = yaml.safe_dump({**plain, **({"theme": theme} if theme else {})}, allow_unicode=True)
        (project / "mkdocs.yml").write_text(text, encoding="utf-8", newline="\n")
        own, found = read_configuration(project)
    assert all(problem.location.file == "mkdocs.yml" for problem in found)
    written = yaml.safe_load(engine_configuration(settings(), own))
    for value in (*texts_in({key: written.get(key) for key in plain}), *texts_in(written["theme"]), own.url):
        tags = Tags(f'<body dir="{value}"><script src="{value}"></script>{value}</body>').tags
        assert [(tag, list(attributes)) for tag, attributes in tags] == [
            ("body", ["dir"]),
            ("script", ["src"]),
        ]


def test_its_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "project" / "mkdocs.yml"
    path.mkdir(parents=True)
    assert [str(problem) for problem in check_configuration(path.parent)] == [
        "mkdocs.yml:1:1: error: a folder stands where a file belongs [no-file]"
    ]
    path.rmdir()
    (tmp_path / "elsewhere.yml").write_text("site_name: x\n")
    path.symlink_to(tmp_path / "elsewhere.yml")
    assert [str(problem) for problem in check_configuration(path.parent)] == [
        "mkdocs.yml:1:1: error: this link leads outside the project [outside-project]"
    ]
