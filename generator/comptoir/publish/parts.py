"""Parts of a site that stay: its pages, and what the engine made of earlier ones, in; what it is to make again out; and both as one.

A page looks the same whatever the words of other pages are: the theme shows none of them, and the titles and places of the
navigation stand in the configuration. What the engine makes of all pages is the search, which has entries for each, and
the map of the site, which has addresses and the day. A test makes many edits and compares with sites from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from comptoir.publish.stage import Content, add_files, fingerprint, read_tree

RECORD: Final = "pages.json"
SEARCH: Final = "search/search_index.json"
_INDEX: Final = "index.md"


@dataclass(frozen=True, slots=True)
class MadePages:
    """What the engine made its pages from: what they have in common, a digest of each file; and a digest of what it made."""

    surroundings: str
    docs: Mapping[str, str]
    site: str


def made_from(surroundings: str, docs: Mapping[str, Content], site: Path) -> MadePages:
    """The record of a site that the engine made."""
    return MadePages(surroundings, _digests(docs), fingerprint(read_tree(site)))


def write_record(record: MadePages, folder: Path) -> None:
    """Keep the record beside the site."""
    (folder / RECORD).write_text(json.dumps(asdict(record)), encoding="ascii")


def read_record(folder: Path, site: Path) -> MadePages | None:
    """What the site was made from, if it still is as the engine made it."""
    try:
        record = MadePages(**json.loads((folder / RECORD).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None
    return record if record.site == fingerprint(read_tree(site)) else None


def changed_files(
    record: MadePages | None, surroundings: str, docs: Mapping[str, Content]
) -> dict[str, Content] | None:
    """The files that are to be made again; None when all of them are, since the others may depend on what changed."""
    if record is None or record.surroundings != surroundings or record.docs.keys() != docs.keys():
        return None
    if not all(_is_plain(name) for name in docs):
        return None
    digests = _digests(docs)
    return {name: content for name, content in docs.items() if digests[name] != record.docs[name]}


def pages_to_make(changed: Mapping[str, Content], configuration: str) -> dict[str, Content]:
    """The changed pages, with empty ones where the navigation leads to others."""
    pages = {name: content for name, content in changed.items() if name.endswith(".md")}
    named = {_INDEX, *_navigated(yaml.safe_load(configuration).get("nav") or [])}
    return dict.fromkeys(sorted(named), "") | pages


def put_parts(changed: Mapping[str, Content], made: Path, site: Path) -> None:
    """Put what the engine `made` of the changed pages into the site, the other changed files, and one search of both."""
    places = {name: _place(name) for name in changed if name.endswith(".md")}
    files = {name: content for name, content in changed.items() if name not in places}
    add_files(site, {**files, **{place: (made / place).read_bytes() for place in places.values()}})
    if places and (made / SEARCH).is_file():
        joined = _join_search(
            (site / SEARCH).read_bytes(), (made / SEARCH).read_bytes(), {*map(_address, places.values())}
        )
        add_files(site, {SEARCH: joined})


def _join_search(kept: bytes, made: bytes, addresses: set[str]) -> str:
    """The search with the entries of these pages, in the place of those that they had. Raises ValueError where a page had none."""
    whole, again = json.loads(kept), json.loads(made)
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in again["docs"]:
        entries.setdefault(_page_of(entry), []).append(entry)
    joined: list[dict[str, Any]] = []
    done: set[str] = set()
    for entry in whole["docs"]:
        page = _page_of(entry)
        if page not in addresses:
            joined.append(entry)
        elif page not in done:
            joined += entries.get(page, [])
            done.add(page)
    if any(page in entries for page in addresses - done):
        raise ValueError("a page was not in the search")
    return json.dumps({**whole, "docs": joined}, separators=(",", ":"))


def _page_of(entry: Mapping[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]


def _navigated(items: list[Any]) -> Iterator[str]:
    """The pages that the navigation leads to."""
    for item in items:
        for target in item.values():
            if isinstance(target, str):
                yield target
            else:
                yield from _navigated(target)


def _is_plain(name: str) -> bool:
    """True for a file that the engine takes and puts where its name says."""
    return not any(part.startswith(".") or part.upper() == "README.MD" for part in name.split("/"))


def _place(page: str) -> str:
    """Where the engine puts a page."""
    return (
        page.removesuffix(".md") + ".html"
        if page.split("/")[-1] == _INDEX
        else f"{page.removesuffix('.md')}/index.html"
    )


def _address(place: str) -> str:
    return place.removesuffix("index.html")


def _digests(docs: Mapping[str, Content]) -> dict[str, str]:
    return {
        name: sha256(content.encode() if isinstance(content, str) else content).hexdigest()
        for name, content in sorted(docs.items())
    }
