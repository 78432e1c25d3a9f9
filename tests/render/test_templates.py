"""Templates are compiled once a process, and anew when their text changed."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2.environment
import pytest

from comptoir.render.templates import template_environment, write_page
from comptoir.text import language


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
