"""A page of the site: the view that its template sees, and what the engine and the search are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written. `view` is all that its template sees, as `page`."""

    path: str
    template: str
    view: Any
    title: str
    description: str = ""
    section: str = ""  # entry of the top navigation it belongs to, such as 'services'
    source: str = ""  # YAML file it comes from, for the edit link
    search: Mapping[str, object] = field(default_factory=dict)  # Material's front matter 'search'
    tags: tuple[str, ...] = ()  # other words by which the search finds it
