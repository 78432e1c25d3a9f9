"""What our own links write into a message, and what is read of it again: a subject or a text in; service, thing, kind, profile out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.names import names_of
from comptoir.spaces import fold
from comptoir.wording import N_, Language, language, spoken_languages

ASK: Final = N_("Demande : %(name)s")
ASK_ITEM: Final = N_("Demande : %(service)s – %(item)s")
TELL_ME: Final = N_("Me prévenir : %(name)s")
FAULT: Final = N_("Panne : %(name)s")
SERVICE_LINE: Final = N_("Service : %(name)s")
PROFILE_LINE: Final = N_("Profil :")

_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {ASK_ITEM: "request", ASK: "request", TELL_ME: "information", FAULT: "incident"}
)
"""The subjects that links write, each with the kind of request that it is; the more exact first."""

TAGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        N_("[incident]"): ("kind", "incident"),
        N_("[demande]"): ("kind", "request"),
        N_("[information]"): ("kind", "information"),
        N_("[réclamation]"): ("kind", "complaint"),
        N_("[appel]"): ("answer_by", "call"),
        N_("[rendez-vous]"): ("answer_by", "meeting"),
    }
)
"""What whoever answers may add to a subject, with the field of a request that it tells and its value."""

ANSWERS: Final = (
    ("received", "", N_("Nous avons bien reçu votre demande, et nous nous en occupons.")),
    ("answer", "", N_("Voici notre réponse à votre demande.")),
    ("call", N_("[appel]"), N_("Voici ce que nous nous sommes dit au téléphone.")),
    (
        "meeting",
        N_("[rendez-vous]"),
        N_("Voici ce que nous avons décidé ensemble lors de notre rendez-vous."),
    ),
    ("incident", N_("[incident]"), N_("Voici ce qui s'est passé, et ce qui est rétabli.")),
    ("complaint", N_("[réclamation]"), N_("Vous nous avez dit votre mécontentement. Voici notre réponse.")),
)
"""Templates of answers: a name, the tag of the subject, and how the text begins."""

_LINES: Final = 200
_PREFIX: Final = re.compile(r"^(?:(?:re|rép|aw|fwd?|tr|wg)\s?:\s*|\[[^\]\[]{1,40}\]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldByMail:
    """What a message tells of a request; '' for what it does not. `tagged` is the kind that a tag gives it."""

    service: str = ""
    request_item: str = ""
    kind: str = ""
    segment: str = ""
    answer_by: str = ""
    tagged: str = ""


def bare_subject(subject: str) -> str:
    """A subject as it was before anyone answered or added a tag, folded."""
    bare = fold(_PREFIX.sub("", subject))
    for tag in _tags():
        bare = bare.replace(tag, "")
    return bare.strip()


def is_answer(subject: str) -> bool:
    """True for a subject that begins with the mark of an answer."""
    found = _PREFIX.match(subject)
    return found is not None and ":" in found.group()


def told_by(catalogue: Catalogue, subject: str, text: str) -> ToldByMail:
    """What the subject says, and what lines of the text add to it."""
    found = _told_by_subject(catalogue, bare_subject(subject))
    for tag, (field, value) in _tags().items():
        if tag in fold(subject):
            found = replace(found, **{field: value}, **({"tagged": value} if field == "kind" else {}))
    services, segments = names_of(catalogue, "service"), names_of(catalogue, "segment")
    for line in (fold(line) for line in text.splitlines()[:_LINES] if ":" in line):
        for spoken in _languages(catalogue):
            service = _filled(spoken.say(SERVICE_LINE), line).get("name", "")
            if not found.service and service in services:
                found = replace(found, service=services[service], kind=found.kind or "request")
            _, is_profile, words = line.partition(fold(spoken.say(PROFILE_LINE)))
            if is_profile and words.strip() in segments:
                found = replace(found, segment=segments[words.strip()])
    return found


def _told_by_subject(catalogue: Catalogue, subject: str) -> ToldByMail:
    services = names_of(catalogue, "service")
    for template, kind in _KINDS.items():
        for spoken in _languages(catalogue):
            names = _filled(spoken.say(template), subject)
            service = services.get(names.get("service", names.get("name", "")), "")
            item = _item(catalogue, service, names["item"]) if service and "item" in names else ""
            if service and (item or "item" not in names):
                return ToldByMail(service, item, kind)
    return ToldByMail()


def _item(catalogue: Catalogue, service: str, name: str) -> str:
    items = catalogue.services[service].request_items
    return next((one.id for one in items if name in {fold(text) for _, text in one.name.variants()}), "")


def _languages(catalogue: Catalogue) -> Iterator[Language]:
    return (language(code) for code in catalogue.organisation.languages)


def _filled(template: str, text: str) -> dict[str, str]:
    """The folded names that fill a template in a folded text; nothing where it is another text."""
    found = _pattern(template).fullmatch(text)
    return found.groupdict() if found else {}


@lru_cache(maxsize=64)
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", fold(template))
    return re.compile(
        "".join(f"(?P<{part}>.{{1,300}})" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    )


@lru_cache(maxsize=1)
def _tags() -> Mapping[str, tuple[str, str]]:
    return {fold(language(code).say(tag)): told for code in spoken_languages() for tag, told in TAGS.items()}
