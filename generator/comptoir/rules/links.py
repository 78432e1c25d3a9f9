"""A link in Markdown leads to a page of the catalogue or to a safe address; a picture is a file of the catalogue.

Pages are named by what they show: `service:wifi`, `family:workplace`, `segment:…`, `agreement:…`, `partner:…`,
`news:…`, `term:…`, `indicator:…`, and `page:` with the name of a page.

Passes::

    # catalogue/services/mail.yaml
    description: {fr: 'Voir le [réseau](service:wifi).', en: 'See the [network](service:wifi).'}

Fails::

    # catalogue/services/mail.yaml
    description: {fr: 'Voir le [réseau](../wifi.md).', en: 'See the [network](service:wify).'}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from comptoir.markdown import LINK_KINDS, PAGES, SAFE_SCHEMES, MarkdownLink, find_links
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, suggest
from comptoir.rules.walking import is_sane_markdown, locate_inside, texts
from comptoir.sources.addresses import forbidden_character, is_mail_link, is_web_address

RULE: Final = "link"
_WEB: Final = frozenset({"http", "https"})
IMAGES: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
_FOLDERS: Final = ("brand/", "pictograms/", "documents/")


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Links and pictures that lead nowhere, or where they must not."""
    for written in texts(catalogue):
        for _, path, text in written.variants():
            if "[" not in text and "<" not in text:  # as nearly always: nothing that Markdown makes a link of
                continue
            if not is_sane_markdown(text, written.place):
                continue
            links = find_links(text)
            places = locate_inside(written, path, (link.target for link in links))
            for link, (_, where) in zip(links, places, strict=True):
                fault = _judge_image(catalogue, link) if link.is_image else _judge_link(catalogue, link)
                if fault:
                    yield Problem(where, RULE, *fault)


def _judge_link(catalogue: Catalogue, link: MarkdownLink) -> tuple[str, str] | None:
    """Message and hint, or None for a link that may stay."""
    if link.scheme in SAFE_SCHEMES:
        if link.scheme in _WEB and not is_web_address(link.target):
            return (
                f"'{_shorten(link.target)}' is not an address of the web",
                forbidden_character(link.target) or "write it as https://example.org/page",
            )
        if link.scheme == "mailto" and not is_mail_link(link.target):
            return (
                f"'{_shorten(link.target)}' is not a link to write a letter",
                "write it as mailto:help@example.org, with ?subject=…&body=… if wanted",
            )
        return None
    if link.scheme in LINK_KINDS:
        names = _known(catalogue.declared, link.scheme)
        if names is None or link.name in names:
            return None
        return f"this link leads to an unknown {link.scheme}, '{_shorten(link.name)}'", suggest(
            link.name, names
        )
    if link.scheme:
        hint = "use https:, mailto:, tel: or a page of the catalogue, such as service:wifi"
        return f"a link may not begin with '{_shorten(link.scheme)}:'", hint
    return f"'{_shorten(link.target)}' is not an address that stays right", _page_for(catalogue, link.target)


def _known(declared: Mapping[str, frozenset[str]], kind: str) -> frozenset[str] | None:
    return PAGES if kind == "page" else declared.get(kind)


def _page_for(catalogue: Catalogue, target: str) -> str:
    stem = target.partition("#")[0].rstrip("/").rpartition("/")[2].partition(".")[0]
    for kind in LINK_KINDS:
        if stem in (_known(catalogue.declared, kind) or ()):
            return f"write '{kind}:{stem}'"
    return "name the page: service:…, family:…, page:commitments…"


def _judge_image(catalogue: Catalogue, link: MarkdownLink) -> tuple[str, str] | None:
    files = [file.removeprefix("catalogue/") for file in catalogue.assets]
    if link.scheme:
        return "a picture comes from the catalogue, not from elsewhere", "copy it into catalogue/documents/"
    if link.target in files:
        if link.target.lower().endswith(IMAGES):
            return None
        return f"'{_shorten(link.target)}' is not a picture", f"it ends with {', '.join(IMAGES)}"
    hint = suggest(link.target, [file for file in files if file.startswith(_FOLDERS)])
    return (
        f"there is no picture 'catalogue/{_shorten(link.target)}'",
        hint or "write it as documents/plan.png",
    )


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
