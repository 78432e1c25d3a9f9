"""Pages as a whole: complete, linked, well formed, and indifferent to what users write."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest

from comptoir.addresses import root_url
from comptoir.model.base import Text
from comptoir.model.terms import Lifecycle
from comptoir.resources import templates_folder
from comptoir.templates import PageError

from ..content.samples import Read, base_catalogue, body_of, front_matter, render, reword

HOSTILE = (
    'A\u0000\u0007 <b>&amp; \\ "q" {{ 7*7 }} {% raw %} [[x]] <script>alert(1)</script> --8<-- \\* `code` '
    "</div> </script> :smile: 🙂 [a](javascript:alert(1)) ${x} <!-- %s %(x)s"
)
SHOWN = (
    'A <b>&amp; \\ "q" {{ 7*7 }} {% raw %} [[x]] <script>alert(1)</script> --8<-- \\* `code` </div> </script>'
)
FENCES = "```\nstill here\n```\n~~~\n--- \n# no heading\n    indented"
PAGES = [name for name in render(base_catalogue()).files if name.endswith(".md")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_well_formed(language: str) -> None:
    for name, file in render(base_catalogue(), language).files.items():
        if name.endswith(".md"):
            assert isinstance(file, str)
            page = Read(body_of(file))
            assert page.wrong == [], name
            assert len(page.all("h1")) == 1, name
            levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
            assert all(after <= before + 1 for before, after in pairwise(levels)), name
            identifiers = [a["id"] for _, a in page.elements if "id" in a]
            assert len(identifiers) == len(set(identifiers)), name
            assert not any(key.startswith("on") for _, a in page.elements for key in a), name


def test_links_between_pages_lead_somewhere() -> None:
    catalogue = base_catalogue()
    files = render(catalogue).files
    base = "https://site.example/sub/"
    known = {urljoin(base, root_url(name)) for name in files}
    broken = {
        f"{name} → {link['href']}"
        for name, file in files.items()
        if name.endswith(".md")
        for link in Read(body_of(str(file))).all("a")
        if not re.match(r"https?:|mailto:|tel:|#", link["href"])
        and urljoin(urljoin(base, root_url(name)), re.split("[?#]", link["href"])[0]) not in known
    }
    assert sorted(broken) == []


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_comes_out_as_it_was_written(name: str) -> None:
    catalogue = reword(base_catalogue(), lambda text: Text({"fr": HOSTILE, "en": HOSTILE}))
    file = str(render(catalogue, "en").files[name])
    page = Read(body_of(file))
    assert page.wrong == []
    assert SHOWN in page.words
    assert {a.get("type") for a in page.all("script")} <= {"application/ld+json"}
    assert page.all("b") == []
    assert not [a for a in page.all("a") if a["href"].startswith("javascript")]
    values = front_matter(file)
    assert "<" not in str(values["title"])
    assert "\u0000" not in file


def test_fences_and_line_ends_stay_text() -> None:
    catalogue = reword(base_catalogue(), lambda text: Text({"fr": FENCES}))
    page = Read(body_of(str(render(catalogue).files["services/wifi.md"])))
    assert page.wrong == []
    assert "``` still here ``` ~~~ ---" in page.words
    assert len(page.all("h1")) == 1


def test_json_ld_is_json() -> None:
    file = str(render(base_catalogue()).files["services/wifi.md"])
    written = re.search(r'<script type="application/ld\+json">(.*?)</script>', body_of(file), re.DOTALL)
    assert written
    assert json.loads(written[1])["@context"] == "https://schema.org"


def test_front_matter_is_what_the_engine_expects() -> None:
    values = front_matter(str(render(base_catalogue()).files["services/wifi.md"]))
    assert values["hide"] == ["navigation", "toc"]
    assert values["section"] == "services"


def test_a_service_page_is_light() -> None:
    files = render(base_catalogue()).files
    assert (
        max(len(str(file).encode()) for name, file in files.items() if name.startswith("services/")) < 60_000
    )


def test_a_retired_service_cannot_be_asked_for() -> None:
    catalogue = base_catalogue()
    wifi = catalogue.services["wifi"].model_copy(update={"lifecycle": Lifecycle.RETIRED})
    retired = replace(catalogue, services={**catalogue.services, "wifi": wifi})
    files = render(retired).files
    page = Read(body_of(str(files["services/wifi.md"])))
    assert not [a for a in page.all("a") if "data-ask" in a]
    text = str(files["services/wifi.md"])
    assert "Obtenir ce service" not in text and "Pour qui" not in text
    assert "Une question" in text
    entry = next(
        a
        for a in Read(body_of(str(files["services/index.md"]))).all("li")
        if "wifi" in a.get("data-words", "")
    )
    assert entry["data-lifecycle"] == "retired"
    assert front_matter(str(files["services/wifi.md"]))["search"] == {"exclude": True}


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(base_catalogue()).files == render(base_catalogue()).files


def test_a_project_may_bring_its_own_template(tmp_path: Path) -> None:
    own = tmp_path / "pages"
    own.mkdir()
    (own / "family.md.j2").write_text("<div>{{ page.mark.name }} {{ _('Accueil') }}</div>", "utf-8")
    site = render(base_catalogue(), template_folders=(tmp_path, templates_folder()))
    assert "Accueil</div>" in str(site.files["families/workplace.md"])
    assert "c-home" in str(site.files["index.md"])


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{{ page.__class__.__mro__ }}", "access to attribute '__class__' of 'FamilyView' object is unsafe"),
        ("{{ page.unknown }}", "has no attribute 'unknown'"),
        ("{% include '/etc/passwd' %}", "'/etc/passwd' not found"),
    ],
)
def test_a_template_reaches_nothing_outside(tmp_path: Path, source: str, why: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "family.md.j2").write_text(source, "utf-8")
    with pytest.raises(PageError, match=why):
        render(base_catalogue(), template_folders=(tmp_path, templates_folder()))
