"""Pages that templates made before: a page's view in; its HTML, kept from an earlier build or made now, out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from comptoir.site.pages.page import Page
from comptoir.store import Store


@dataclass(frozen=True, slots=True)
class KeptPages:
    """Where HTML is kept by all that it is made from: the view, its path, the templates, the language, the program's own text."""

    store: Store
    surroundings: str

    def html_of(self, page: Page, make: Callable[[], str]) -> str:
        """The HTML of `page`, its references resolved; `make` is asked when it was never made."""
        try:
            view = pickle.dumps(page.view)  # only to tell views apart: it is never kept, nor read
        except (pickle.PicklingError, TypeError, AttributeError):
            return make()
        key = f"{self.surroundings} {page.path} {page.template} {sha256(view).hexdigest()}"
        kept = self.store.read(key)
        if kept is not None:
            return kept.decode()
        html = make()
        self.store.write(key, html.encode())
        return html


def kept_pages(store: Store, folders: Iterable[Path], language: str, program: str) -> KeptPages:
    """The pages that templates of these folders made in a language."""
    digest = sha256(f"{program} {language}".encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
        digest.update(b"\0")
    return KeptPages(store, digest.hexdigest())
