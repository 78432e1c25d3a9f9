"""Templates are compiled once a process, and anew when their text changed."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import jinja2.environment
import pytest

from comptoir.templates import PageError, template_environment, write_page
from comptoir.wording import language


def test_languages_share_what_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str | None] = []
    original = jinja2.environment.Environment.compile

    def compile_one(
        self: object, source: str, name: str | None = None, *more: object, **keys: object
    ) -> object:
        compiled.append(name)
        return original(self, source, name, *more, **keys)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.environment.Environment, "compile", compile_one)
    template = tmp_path / "page.md.j2"
    template.write_text("{{ _('Services') }}: {{ page }}, {{ language }}", "utf-8")
    pages = [
        write_page(template_environment([tmp_path], language(code)), template.name, "a<b")
        for code in ("fr", "en")
    ]
    assert pages == ["Services: a&lt;b, fr", "Services: a&lt;b, en"]
    assert compiled == ["page.md.j2"]
    template.write_text("{{ page }}!", "utf-8")
    os.utime(template, (1, 1))
    assert write_page(template_environment([tmp_path], language("fr")), template.name, "c") == "c!"
    assert compiled == ["page.md.j2"] * 2


@pytest.mark.parametrize("reach", ["page.append(1)", "page.__class__", "('x'|attr('__class__')).mro()"])
def test_templates_reach_nothing_the_second_time_either(tmp_path: Path, reach: str) -> None:
    template = tmp_path / "page.md.j2"
    template.write_text(f"{{{{ {reach} }}}}", "utf-8")
    environment = template_environment([tmp_path], language("en"))
    view = ["only this"]
    for _ in range(2):
        with pytest.raises(PageError, match=r"page\.md\.j2:1: .*unsafe"):
            write_page(environment, template.name, view)
    assert view == ["only this"]


def test_an_attribute_is_safe_for_the_type_of_its_owner_alone(tmp_path: Path) -> None:
    template = tmp_path / "page.md.j2"
    template.write_text("{{ page.pop }}", "utf-8")
    environment = template_environment([tmp_path], language("en"))
    assert write_page(environment, template.name, SimpleNamespace(pop="music")) == "music"
    with pytest.raises(PageError, match="unsafe"):
        write_page(environment, template.name, ["kept"])
    assert write_page(environment, template.name, SimpleNamespace(pop="music")) == "music"


@pytest.mark.parametrize("name", [".hidden", ".folder/secret", "link", "../secret"])
def test_a_template_shows_no_file_from_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pages"
    (folder / ".folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    for link in (".hidden", ".folder/secret", "link"):
        (folder / link).symlink_to(tmp_path / "secret")
    (folder / "page.md.j2").write_text(f"{{% include '{name}' %}}")
    with pytest.raises(PageError, match=r"page\.md\.j2:1: "):
        write_page(template_environment([folder], language("en")), "page.md.j2", None)
