"""Old addresses: a site in; for each former identifier of what has a page, a small page that leads on, out.

A QR code that was printed stays good. These pages run nothing: a link, and the same address for browsers and engines.
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from comptoir.addresses import FOLDERS, page_path, relative_url, web_address
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.model.names import renamed_in

_PAGE: Final = Markup(
    """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={url}">
</head>
<body>
<p>{words} <a href="{url}">{name}</a></p>
</body>
</html>
"""
)


def moved_pages(at: Edition) -> dict[str, str]:
    """Path under docs/ → HTML, for services and segments that had another identifier."""
    pages: dict[str, str] = {}
    renamed = renamed_in(at.catalogue)
    for kind, entities in (("service", at.catalogue.services), ("segment", at.catalogue.segments)):
        for former, name in renamed[kind].items():
            url = relative_url(f"{FOLDERS[kind]}/{former}.md", page_path(kind, name))
            title = at.text(entities[name].name)
            pages[f"{FOLDERS[kind]}/{former}/index.html"] = _PAGE.format(
                language=at.language.code,
                title=title,
                canonical=web_address(at.catalogue.organisation, at.language.code, Ref(kind, name)) or url,
                url=url,
                words=at.language.gettext("Cette page a changé d'adresse :"),
                name=title,
            )
    return pages
