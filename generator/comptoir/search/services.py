"""The services of a catalogue in; by which words each is found in a language of the site, and an index of them, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle
from comptoir.search.ranking import SearchIndex, make_index, rank

SHOWN: Final = 8
WORTH_SHOWING: Final = 12  # a result has a twelfth of the score of the best, or more
NAME, KEYWORD, NEED, ITEM, SUMMARY, OTHER = 24, 18, 14, 12, 8, 3


def found_services(catalogue: Catalogue) -> tuple[Service, ...]:
    """The services that the search finds: all but retired ones."""
    return tuple(s for s in catalogue.services.values() if s.lifecycle is not Lifecycle.RETIRED)


def service_index(catalogue: Catalogue, language: str) -> SearchIndex:
    """The index of `found_services`, in their order, for the site of this language; words of the others count two thirds."""
    return make_index(list(_weighed(service, language)) for service in found_services(catalogue))


def find_services(catalogue: Catalogue, index: SearchIndex, question: str) -> list[str]:
    """The identifiers of the services that the site shows for `question`, the best first."""
    services = found_services(catalogue)
    ranked = rank(index, question)[:SHOWN]
    return [services[number].id for number, score in ranked if score * WORTH_SHOWING >= ranked[0][1]]


def _weighed(service: Service, language: str) -> Iterator[tuple[int, str]]:
    for weight, text in _texts(service):
        for code, words in text.variants():
            counts = weight if code in ("", language) else weight * 2 // 3
            yield counts, words
            if "-" in words and weight == NAME:
                yield counts, words.replace("-", "")  # 'wifi' finds Wi-Fi


def _texts(service: Service) -> Iterator[tuple[int, Text]]:
    yield NAME, service.name
    yield NAME, service.official_name
    yield from ((KEYWORD, word) for word in service.keywords)
    yield from ((NEED, need) for need in service.needs)
    yield from ((ITEM, item.name) for item in service.request_items)
    yield SUMMARY, service.summary
    yield from ((OTHER, text) for text in (*service.benefits, *service.included))
    yield from ((OTHER, question.question) for question in service.faq)
