"""A site in several languages has every text in each of them; a name alone may be the same in all.

A text in a language that the site does not speak is a warning: nobody would read it.

Passes::

    # catalogue/services/mail.yaml
    summary: {fr: Votre courrier et votre agenda., en: Your mail and your diary.}

Fails::

    # catalogue/services/mail.yaml
    summary: Votre courrier et votre agenda.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, Severity
from comptoir.rules.walking import Written, texts

RULE: Final = "translation"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Texts that lack a language of the site, or are written in another one."""
    if not catalogue.has_organisation:
        return
    languages = catalogue.organisation.languages
    for written in texts(catalogue):
        if written.text.same_everywhere:
            if len(languages) > 1 and written.place.translated:
                where = written.owner.locate(*written.path)
                example = ", ".join(f"{language}: …" for language in languages)
                yield Problem(where, RULE, "this text is not translated", f"write {{{example}}}")
        else:
            yield from _check_languages(written, languages)


def _check_languages(written: Written, languages: tuple[str, ...]) -> Iterator[Problem]:
    found = written.text.languages
    missing = [f"'{language}'" for language in languages if language not in found]
    if missing:
        where = written.owner.locate(*written.path)
        yield Problem(where, RULE, f"this text lacks {' and '.join(missing)}")
    for language in found:
        if language not in languages:
            where = written.owner.locate(*written.path, language, key=True)
            message = f"'{language}' is not a language of this site"
            hint = "its languages: " + ", ".join(languages)
            yield Problem(where, RULE, message, hint, Severity.WARNING)
