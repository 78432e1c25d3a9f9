"""Both engines make the same pages with the same words from the same project."""

from __future__ import annotations

import pytest

from tests.build.commands import built
from tests.conftest import MakeProject
from tests.golden.test_tree import main_words

pytestmark = pytest.mark.slow


def test_mkdocs_and_zensical_agree(make_project: MakeProject) -> None:
    pytest.importorskip("zensical")
    project = make_project()
    sites = {engine: built(project, "--engine", engine) for engine in ("mkdocs", "zensical")}
    pages = {
        engine: {name: main_words(data.decode()) for name, data in site.items() if name.endswith(".html")}
        for engine, site in sites.items()
    }
    assert pages["mkdocs"].keys() == pages["zensical"].keys()
    different = [name for name, words in pages["mkdocs"].items() if words != pages["zensical"][name]]
    assert different == []
    assert "Vos messages partout." in pages["zensical"]["services/mail/index.html"]
    home = {engine: site["index.html"].decode() for engine, site in sites.items()}
    for page in home.values():  # one search of our own, whoever makes the pages
        assert "data-search-open" in page and "assets/search.js" in page
