"""A typeface of one's own, in each format that browsers read, is declared for what it is."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from fontTools.ttLib import TTFont

from comptoir.brand import shipped_fonts
from comptoir.build import check_project
from comptoir.site.brand import brand_files

from ..conftest import MakeProject


def unpacked() -> bytes:
    """The first typeface that ships, as a .ttf file."""
    font = TTFont(shipped_fonts()[0].faces[0].path)
    font.flavor = None
    out = BytesIO()
    font.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("ending", "format_"), [("ttf", "truetype"), ("otf", "opentype")])
def test_a_font_of_a_desktop_is_taken(
    make_project: MakeProject, today: date, ending: str, format_: str
) -> None:
    project: Path = make_project()
    content = unpacked()
    (project / "catalogue/brand" / f"own.{ending}").write_bytes(content)
    organisation = project / "catalogue/organisation.yaml"
    written = yaml.safe_load(organisation.read_text("utf-8"))
    written["brand"]["fonts"] = {"text": {"family": "Own", "regular": f"brand/own.{ending}"}}
    organisation.write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")
    catalogue, problems = check_project(project, today)
    assert [str(problem) for problem in problems] == []
    files = brand_files(catalogue).files
    assert files[f"assets/fonts/own/brand-own.{ending}"] == content
    css = str(files["assets/brand.css"])
    assert f'url("fonts/own/brand-own.{ending}") format("{format_}")' in css
