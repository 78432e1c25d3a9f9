"""What people type finds what they mean among the first three (catalogue/searches.yaml), ranked as the site does.

Passes::

    # catalogue/searches.yaml
    - id: no-mail
      words: {fr: je ne reçois plus mon courriel, en: my mail does not work}
      finds: [mail]

Fails::

    # catalogue/searches.yaml
    - id: no-mail
      words: {fr: zzzz, en: zzzz}
      finds: [mail]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from comptoir.audiences import audiences_of, for_audience
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, Severity
from comptoir.search.ranking import SearchIndex
from comptoir.search.services import find_services, found_services, service_index

RULE: Final = "not-found-by-search"
FIRST: Final = 3


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Words that do not find their services, on the site of the widest audience that has them all."""
    if not catalogue.searches or not catalogue.has_organisation:
        return
    sites = [for_audience(catalogue, audience.id) for audience in audiences_of(catalogue.organisation)]
    names = [{service.id for service in found_services(site)} for site in sites]

    @cache
    def index(number: int, language: str) -> SearchIndex:
        return service_index(sites[number], language)

    for search in catalogue.searches.values():
        wanted = {name for name in search.finds if name in catalogue.services}
        number = next((n for n, known in enumerate(names) if wanted <= known), None)
        for language in catalogue.organisation.languages:
            words = search.words.in_language(language)
            found = [] if number is None else find_services(sites[number], index(number, language), words)
            for name in sorted(wanted - {*found[:FIRST]}):
                first = ", ".join(found[:FIRST]) or "nothing"
                message = (
                    f"'{words}' ({language}) does not find '{name}' among the first {FIRST}: it finds {first}"
                )
                hint = f"add such words to the 'keywords' or 'needs' of {catalogue.services[name].file}"
                if number is None:
                    hint = "no site shows it in its search: it is retired, or no audience sees all that is named here"
                yield Problem(search.locate("words"), RULE, message, hint, Severity.WARNING)
