"""What surrounds every page: the navigation, and the values that the theme's header and footer show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from comptoir.addresses import PAGES, page_path, root_url
from comptoir.content.edition import Edition
from comptoir.content.parts import contact_view, search_hint, sorted_families
from comptoir.site.data.feed import FEED, has_feed
from comptoir.site.pages.page import NAMES, Page
from comptoir.wording import language as speak

SECTIONS: Final = ("services", "families", "segments", "commitments", "results", "news", "about")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the navigation; `path` is under docs/, None for a heading."""

    title: str
    path: str | None
    children: tuple[MenuItem, ...] = ()


def navigation(at: Edition, pages: Mapping[str, Page]) -> tuple[MenuItem, ...]:
    """The tree of the pages that are few: every one except those of services, agreements and news."""
    families = [page_path("family", family.id) for family in sorted_families(at)]
    ranked = sorted(at.catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    segments = [page_path("segment", segment.id) for segment in ranked]
    below = {"families": families, "segments": segments}
    return tuple(
        MenuItem(
            _section_title(at, name) or pages[path].title,
            path,
            tuple(MenuItem(pages[p].title, p) for p in below.get(name, ()) if p in pages),
        )
        for name, path in PAGES.items()
        if path in pages
    )


def theme_values(at: Edition, pages: Mapping[str, Page], logo: Mapping[str, str]) -> dict[str, Any]:
    """Plain values for the theme, to be written under `extra.comptoir` in mkdocs.yml. `logo` comes from the brand."""
    organisation = at.catalogue.organisation
    return {
        "language": at.language.code,
        "name": at.text(organisation.name),
        "department": at.text(organisation.department),
        "short_name": at.text(organisation.short_name),
        "slogan": at.text(organisation.slogan),
        "logo": dict(logo),
        "demonstration": organisation.demonstration,
        "date": at.today.isoformat(),
        "date_in_words": at.language.day(at.today),
        "sections": [
            {"name": name, "title": _section_title(at, name), "url": root_url(PAGES[name])}
            for name in SECTIONS
            if PAGES[name] in pages
        ],
        "more": [
            {"title": pages[PAGES[name]].title, "url": root_url(PAGES[name])}
            for name in (
                "disturbances",
                "reports",
                "actions",
                "complaints",
                "scorecard",
                "synopsis",
                "downloads",
                "partners",
                "committees",
                "glossary",
            )
            if PAGES[name] in pages
        ],
        "desk": _desk(at),
        "mailbox": organisation.functional_mailbox.address,
        "feed": FEED if has_feed(at) else "",
        "edit": organisation.repository.edit if organisation.repository else "",
        "languages": _languages(at),
        "words": _words(at),
    }


def edit_url(at: Edition, page: Page) -> str:
    """Where the YAML file behind a page is edited; '' when there is none."""
    repository = at.catalogue.organisation.repository
    return repository.edit.replace("{path}", page.source) if repository and page.source else ""


def _section_title(at: Edition, name: str) -> str:
    return at.language.say(NAMES[name]) if name in ("home", *SECTIONS) else ""


def _languages(at: Edition) -> list[dict[str, Any]]:
    """The languages of the site; `prefix` leads from the root of this language to the root of that one."""
    codes = at.catalogue.organisation.languages
    own = at.language.code
    up = "" if own == codes[0] else "../"
    return [
        {
            "code": code,
            "name": speak(code).own_name,
            "prefix": "" if code == own else up + ("" if code == codes[0] else f"{code}/"),
            "current": code == own,
            "invitation": speak(code).gettext("Lire cette page en français"),
        }
        for code in codes
    ]


def _desk(at: Edition) -> dict[str, Any]:
    desk = at.catalogue.organisation.service_desk
    view = contact_view(at, desk)
    assert view is not None
    return {
        "role": view.role,
        "phone": view.phone,
        "phone_url": view.phone_url,
        "email": view.email,
        "place": view.place,
        "portal": desk.portal or "",
        "hours": view.hours.short if view.hours else "",
    }


def _words(at: Edition) -> dict[str, str]:
    """Interface strings of the theme, whose templates have no gettext."""
    say = at.language.gettext
    return {
        "skip": say("Aller au contenu"),
        "menu": say("Menu"),
        "navigation": say("Navigation principale"),
        "search": say("Rechercher"),
        "search_title": say("Rechercher dans le catalogue"),
        "search_hint": search_hint(at),
        "search_close": say("Fermer la recherche"),
        "search_start": say("Écrivez quelques mots, ou une phrase : les résultats s'affichent ici."),
        "search_results": say("Résultats de la recherche"),
        "search_one": say("1 résultat"),
        "search_many": say("{n} résultats"),
        "search_none": say("Rien ne correspond à ces mots."),
        "search_near": say("Vouliez-vous dire :"),
        "search_desk": say("Demandez-nous :"),
        "search_pages": say("Page"),
        "search_failed": say("La recherche n'a pas pu être chargée."),
        "to_dark": say("Passer en couleurs sombres"),
        "to_light": say("Passer en couleurs claires"),
        "home": say("Accueil"),
        "mailbox": say("Une question sur l'offre ?"),
        "also": say("À consulter aussi"),
        "portal": say("Ouvrir le portail"),
        "edit": say("Proposer une correction de cette page"),
        "date": say("Contenu du"),
        "demonstration": say("Démonstration : cette organisation et ces services sont fictifs."),
        "not_found": say("Cette page n'existe pas, ou plus"),
        "not_found_text": say("L'adresse a peut-être changé. Cherchez le service, ou repartez de l'accueil."),
        "to_services": say("Voir tous les services"),
    }
