"""Identifiers: what somebody typed in, the nearest right one out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from comptoir.model.base import IDENTIFIER_PATTERN, RESERVED

MAX_LENGTH: Final = 60


def is_identifier(text: str) -> bool:
    """True for lower-case letters, digits and single hyphens, 60 characters at most, that no page of ours is called."""
    return (
        len(text) <= MAX_LENGTH
        and text not in RESERVED
        and re.fullmatch(IDENTIFIER_PATTERN, text) is not None
    )


def is_reserved(text: str) -> bool:
    """True for the name of a page of ours, which no entity may take."""
    return text in RESERVED


def nearest_identifier(text: str) -> str:
    """The identifier nearest to `text`: 'Accès Wi-Fi' gives 'acces-wi-fi'. '' when nothing of it can be kept."""
    spelt = text.casefold().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_LENGTH].strip("-")


def label_of(identifier: str, limit: int = 40) -> str:
    """A name to begin with: 'web-hosting' gives 'Web hosting', `limit` characters at most."""
    words = identifier.replace("-", " ")
    return (words[:1].upper() + words[1:])[:limit].rstrip()
