"""The project's mkdocs.yml: plain configuration passes, what could run code is refused at its place."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from comptoir.publish.configuration import SiteSettings, check_configuration, engine_configuration


@dataclass(frozen=True)
class Item:
    title: str
    path: str | None = None
    children: tuple["Item", ...] = ()


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "mkdocs.yml").write_text(text)
    return [str(problem).rpartition(" (")[0] or str(problem) for problem in check_configuration(tmp_path)]


def test_plain_configuration_passes(tmp_path: Path) -> None:
    text = "site_name: x\ntheme:\n  name: material\n  features: [search.suggest]\nplugins:\n  - search\nextra: {a: 1}\n"
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
        ("site_name: !ENV HOME\n", "mkdocs.yml:1:12", "the tag '!ENV' is not allowed"),
        ("- a\n", "mkdocs.yml:1:1", "expected a mapping of keys and values"),
    ],
)
def test_refuses(tmp_path: Path, text: str, place: str, words: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith(f"{place}: error: ")
    assert words in found


def test_generated_configuration_holds_names_as_data(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    hostile = 'A: "b" !ENV {x} \n# c'
    navigation = (Item(hostile, "index.md"), Item("Group", children=(Item("Inner", "a.md"),)))
    settings = SiteSettings("fr", hostile, hostile, None, navigation, {"key": hostile})
    text = engine_configuration(settings, tmp_path / "build" / "fr", tmp_path)
    read = yaml.safe_load(text)
    assert read["site_name"] == hostile
    assert read["nav"] == [{hostile: "index.md"}, {"Group": [{"Inner": "a.md"}]}]
    assert read["extra"] == {"key": hostile, "search_dialog": True}
    assert read["INHERIT"] == "../../mkdocs.yml"
    assert "site_url" not in read


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
