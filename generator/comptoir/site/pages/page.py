"""A page of the site: the view that its template sees, what the search is told of it, and the way that leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from comptoir.content.edition import Edition
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.wording import N_

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "home": N_("Accueil"),
        "services": N_("Tous les services"),
        "families": N_("L'offre"),
        "segments": N_("Pour vous"),
        "commitments": N_("Engagements"),
        "results": N_("Résultats"),
        "reports": N_("Rapports"),
        "actions": N_("Plan d'actions"),
        "committees": N_("Comités et rendez-vous"),
        "news": N_("Actualités"),
        "about": N_("À propos"),
    }
)
"""What the pages are called that others stand below."""


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


def trail(at: Edition, *pages: str) -> tuple[Link, ...]:
    """The way from the home page down to a page: links to it and to `pages`."""
    return tuple(Link(at.language.say(NAMES[name]), Ref("page", name)) for name in ("home", *pages))
