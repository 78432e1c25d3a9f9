"""The files of the search: an edition and its pages in; services, and other pages, as scripts that the browser loads when it searches.

They are scripts so that they load from a disk (file://) too. They hold what the pages of this audience say, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from comptoir.addresses import page_path, root_url
from comptoir.content.ask import ask_button
from comptoir.content.edition import Edition
from comptoir.content.parts import service_line
from comptoir.model.services import Service
from comptoir.search.ranking import SearchIndex, make_index, shipped_words
from comptoir.search.services import ITEM, NAME, SUMMARY, found_services, service_index
from comptoir.site.pages.page import Page

SERVICES_FILE: Final = "find/services.js"
PAGES_FILE: Final = "find/pages.js"


def search_files(at: Edition, pages: Mapping[str, Page]) -> dict[str, str | bytes]:
    """Path under docs/ → the part of the search: services with the words of the language, then all other pages."""
    others = [p for p in pages.values() if p.template != "service.md.j2" and not p.search.get("exclude")]
    index = make_index(
        [((NAME, p.title), (SUMMARY, p.description), *((ITEM, tag) for tag in p.tags)) for p in others]
    )
    found = [{"title": p.title, "url": root_url(p.path), "text": p.description} for p in others]
    return {
        SERVICES_FILE: _script("services", {**_services(at), "words": shipped_words()}),
        PAGES_FILE: _script("pages", {"found": found, **_index(index)}),
    }


def _services(at: Edition) -> dict[str, Any]:
    lines = [(service, service_line(at, service)) for service in found_services(at.catalogue)]
    icons = sorted({str(line.pictogram) for _, line in lines})
    return {
        "icons": icons,
        "found": [
            {
                "title": line.name,
                "url": root_url(page_path("service", service.id)),
                "text": line.summary,
                "kind": " · ".join(filter(None, (line.family, line.status))),
                "icon": icons.index(str(line.pictogram)),
                **{name: value for button in _buttons(at, service) for name, value in button.items()},
            }
            for service, line in lines
        ],
        **_index(service_index(at.catalogue, at.language.code)),
    }


def _buttons(at: Edition, service: Service) -> Iterator[dict[str, str]]:
    if button := ask_button(at, service):
        yield {"ask": button.url, "label": button.label, "name": button.accessible_name}


def _index(index: SearchIndex) -> dict[str, Any]:
    return {"documents": index.documents, "terms": dict(index.terms)}


def _script(part: str, content: Mapping[str, Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"(globalThis.comptoirSearch ??= {{}}).{part}={written};\n"
