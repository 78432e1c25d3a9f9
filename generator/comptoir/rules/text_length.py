"""A text fits in its place, in each language. Characters are counted as a reader sees them: marks of Markdown are not.

Passes::

    # catalogue/services/mail.yaml
    benefits: [{fr: Vos messages partout., en: Your messages wherever you are.}]

Fails::

    # catalogue/services/mail.yaml
    benefits:
      - fr: Vos messages partout.
        en: Your messages wherever you are, on the computer of your office as on the telephone in your pocket, with the same folders and the same diary.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from unicodedata import combining, normalize

from comptoir.markdown import plain_text
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem
from comptoir.rules.walking import MAX_MARKS, MAX_NESTED, deepest, is_sane_markdown, texts, too_many_marks

RULE: Final = "too-long"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Texts longer than their place."""
    for written in texts(catalogue):
        place = written.place
        for _, path, text in written.variants():
            if len(text) > place.limit:
                length = _count(plain_text(text) if is_sane_markdown(text, place) else text)
                if length > place.limit:
                    message = f"this text has {length} characters; {place.limit} fit in its place"
                    yield Problem(written.owner.locate(*path), RULE, message)
            mark = too_many_marks(text) if place.markdown and len(text) > MAX_MARKS else None
            if mark:
                message = f"this text holds '{mark}' {text.count(mark)} times; {MAX_MARKS} are enough"
                yield Problem(written.owner.locate(*path), RULE, message)
            start = deepest(text) if place.markdown else None
            if start:
                where = written.owner.locate_inside(path, start, 0)
                yield Problem(
                    where, RULE, f"this line is nested deeper than {MAX_NESTED} lists or quotations"
                )


def _count(text: str) -> int:
    return sum(1 for character in normalize("NFC", text) if not combining(character))
