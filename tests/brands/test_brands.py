"""One file gives the identity: another organisation.yaml and its logo make the same content look like another house."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from comptoir.audiences import for_audience
from comptoir.build import Options, build, check_project
from comptoir.problems import errors
from comptoir.site import RenderedSite, render_site

HERE = Path(__file__).parent
BASE = HERE.parent / "cases" / "base"
OVERLAY = HERE / "northern-archive"
TODAY = date(2026, 11, 21)
OLD_COLOUR, NEW_COLOUR, NEW_ACCENT = "#5b3a8e", "#8a1538", "#00695c"
OLD_WORDS = ("Institut Test", "IT department", "aide@example.org", "offre@example.org", "At your service.")
NEW_WORDS = ("Northern Archive", "Help counter", "offer@archive.example")


@dataclass(frozen=True)
class Identity:
    """A project and its site in English."""

    project: Path
    site: RenderedSite

    def pages(self) -> dict[str, str]:
        return {name: str(text) for name, text in self.site.files.items() if name.endswith(".md")}

    def text(self) -> str:
        """All that readers are given as text: pages, style sheets, drawings and the theme's values."""
        parts = [
            content if isinstance(content, str) else content.decode("utf-8", "ignore")
            for name, content in self.site.files.items()
            if not name.endswith(".woff2")
        ]
        return "\n".join([*parts, repr(self.site.extra)])

    def fonts(self) -> set[str]:
        return {
            name.rpartition("/")[2].partition("-latin")[0]
            for name in self.site.files
            if name.endswith(".woff2")
        }


def render(project: Path) -> Identity:
    catalogue, problems = check_project(project, TODAY)
    assert errors(problems) == ()
    return Identity(project, render_site(for_audience(catalogue, "employees"), language="en", today=TODAY))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """The base in a colour that only its brand has."""
    project = copy_base(tmp_path_factory.mktemp("before"))
    organisation = project / "catalogue" / "organisation.yaml"
    written = organisation.read_text(encoding="utf-8")
    organisation.write_text(
        re.sub("(primary: ')#[0-9a-f]{6}", rf"\g<1>{OLD_COLOUR}", written), encoding="utf-8"
    )
    return render(project)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """The same base under the other organisation."""
    project = copy_base(tmp_path_factory.mktemp("after"))
    shutil.copytree(OVERLAY, project, dirs_exist_ok=True)
    return render(project)


def copy_base(folder: Path) -> Path:
    return Path(shutil.copytree(BASE, folder / "project"))


def test_only_one_file_and_its_logo_change() -> None:
    changed = sorted(p.relative_to(OVERLAY).as_posix() for p in OVERLAY.rglob("*") if p.is_file())
    assert changed == ["catalogue/brand/logo.svg", "catalogue/organisation.yaml"]


def test_the_content_is_the_same(before: Identity, after: Identity) -> None:
    assert sorted(before.pages()) == sorted(after.pages())
    assert "services/mail.md" in after.pages()


def test_the_colours_are_the_new_ones(before: Identity, after: Identity) -> None:
    old, new = (str(identity.site.files["assets/brand.css"]) for identity in (before, after))
    assert OLD_COLOUR in old and OLD_COLOUR not in after.text()
    assert NEW_COLOUR in new and NEW_ACCENT in new


def test_the_typefaces_are_the_new_ones(before: Identity, after: Identity) -> None:
    style = str(after.site.files["assets/brand.css"])
    assert '"Atkinson Hyperlegible Next"' in style and '"Source Serif 4"' in style
    assert before.fonts() == {"figtree", "fraunces"}
    assert after.fonts() == {"atkinson-hyperlegible-next", "source-serif-4"}


def test_the_names_are_the_new_ones(before: Identity, after: Identity) -> None:
    text = after.text()
    assert [word for word in OLD_WORDS if word not in before.text()] == []
    assert [word for word in OLD_WORDS if word in text] == []
    assert [word for word in NEW_WORDS if word not in text] == []


def test_the_logo_is_the_new_one(before: Identity, after: Identity) -> None:
    logo = (OVERLAY / "catalogue" / "brand" / "logo.svg").read_bytes()
    assert logo in after.site.files.values()
    assert logo not in before.site.files.values()
    assert (BASE / "catalogue" / "brand" / "logo.svg").read_bytes() not in after.site.files.values()


@pytest.mark.slow
def test_the_built_site_is_the_new_organisation_in_its_one_language(after: Identity, tmp_path: Path) -> None:
    out = tmp_path / "site"
    result = build(Options(project=after.project, today=TODAY, out=out, work=tmp_path / "build"))
    assert set(result.pages) == {"en"}
    assert not (out / "fr").exists() and not (out / "en").exists()
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
    assert out / "services" / "mail" / "index.html" in pages
    for path, html in pages.items():
        assert '<html lang="en"' in html, path
        assert "Northern Archive" in html, path
        assert [word for word in (*OLD_WORDS, OLD_COLOUR, 'hreflang="fr"') if word in html] == [], path
    style = (out / "assets" / "brand.css").read_text(encoding="utf-8")
    assert NEW_COLOUR in style and OLD_COLOUR not in style
