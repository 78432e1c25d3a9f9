"""What has a name for readers: the official one, as long as it is, and what narrow places show of it.

`name` and `summary` of an entity are what fits everywhere: on a card, a poster, a chart. `official_name` and
`full_summary` are what the YAML says, for places with room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Self
from unicodedata import normalize

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from comptoir.model.base import (
    Alias,
    Entity,
    FormerIdentifier,
    Name,
    Spelled,
    Text,
    TextPlace,
)

SHORT_NAME: Final = 48
LONG_NAME: Final = 150
SHORT_SUMMARY: Final = 170
LONG_SUMMARY: Final = 400
_LEFT_OUT: Final = re.compile(r"\s*\([^()]*\)$")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")

_HANGING: Final = re.compile(
    r"(?:[ ,;:/(–—-]+(?:de|du|des|le|la|les|un|une|au|aux|à|en|et|ou|pour|par|sur|dans|d['’]une?|l['’]|"
    r"the|a|an|of|for|to|in|on|by|and|or|with|from))+$",
    re.IGNORECASE,
)
"""Words that wait for the next one: nobody ends a name with them."""

Official = Annotated[
    Text,
    TextPlace(LONG_NAME, translated=False),
    Field(
        description=f"Name, {LONG_NAME} characters at most; beyond {SHORT_NAME}, narrow places show `short_name`."
    ),
]
Summary = Annotated[
    Text,
    TextPlace(LONG_SUMMARY),
    Field(
        description=f"What it is for, {LONG_SUMMARY} characters at most; beyond {SHORT_SUMMARY}, narrow places show its beginning."
    ),
]


class TitledEntity(Entity):
    """An entity with a name and perhaps a summary that may be longer than narrow places hold."""

    name: Official
    short_name: Name | None = Field(
        default=None,
        description=f"What narrow places show of a longer name, {SHORT_NAME} characters at most.",
    )
    _official_name: Text | None = PrivateAttr(default=None)
    _full_summary: Text | None = PrivateAttr(default=None)

    @property
    def official_name(self) -> Text:
        """The name as the YAML gives it."""
        return self._official_name or self.name

    @property
    def full_summary(self) -> Text:
        """The summary as the YAML gives it; the name where the kind has none."""
        summary: Text = getattr(self, "summary", None) or self.name
        return self._full_summary or summary

    @property
    def has_proposed_name(self) -> bool:
        """True where nobody wrote what narrow places show: it was cut out of the name."""
        return self._official_name is not None and self.short_name is None

    @model_validator(mode="wrap")
    @classmethod
    def _fit(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Hand the model what fits everywhere, and keep the rest."""
        if not isinstance(data, Mapping):
            return handler(data)
        kept: dict[str, Any] = dict(data)
        official = _longer(kept.get("name"), SHORT_NAME, LONG_NAME)
        summary = _longer(kept.get("summary"), SHORT_SUMMARY, LONG_SUMMARY)
        if official is not None:
            kept["name"] = _each(kept.get("short_name") or {}, kept["name"], propose_name)
        if summary is not None:
            kept["summary"] = _each({}, kept["summary"], propose_summary)
        entity = handler(kept)
        if official is not None:
            entity._official_name = official
        if summary is not None:
            entity._full_summary = summary
        return entity


def _longer(written: Any, short: int, long: int) -> Text | None:
    """The text that was written, if it is longer than narrow places hold; None for one that is refused anyway."""
    texts = list(written.values()) if isinstance(written, dict) else [written]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        return None
    lengths = [len(normalize("NFC", text.strip())) for text in texts]  # an accent apart is no letter
    return Text.decode(written) if short < max(lengths) <= long else None


def _each(given: Any, written: Any, propose: Any) -> Any:
    """What narrow places show, in each language that was written: what was given for it, else what is proposed."""
    if not isinstance(written, dict):
        return given if isinstance(given, str) else propose(written)
    own = given if isinstance(given, dict) else dict.fromkeys(written, given) if given else {}
    return {code: own.get(code) or propose(text) for code, text in written.items()}


def propose_name(text: str) -> str:
    """A name for narrow places: without what stands in brackets at its end, then cut after a word."""
    text = " ".join(text.split())
    while len(text) > SHORT_NAME and _LEFT_OUT.search(text):
        text = _LEFT_OUT.sub("", text)
    return _cut(text, SHORT_NAME)


def propose_summary(text: str) -> str:
    """A summary for narrow places: its first sentences, or its beginning."""
    text = " ".join(text.split())
    kept = ""
    for sentence in _SENTENCE.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > SHORT_SUMMARY:
            break
        kept = longer
    return kept or _cut(text, SHORT_SUMMARY)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return f"{_HANGING.sub('', head[: limit - 1]).rstrip(' ,;:.-–—/(&')}…"


class NamedEntity(TitledEntity):
    """What the files of data name: it may go by other names than its own, whatever their capitals and spaces."""

    name: Annotated[Official, Spelled()]
    code: Annotated[str, Spelled()] | None = Field(
        default=None, max_length=40, description="Code in the accounts, the directory or another tool."
    )
    aliases: tuple[Annotated[Alias, Spelled()], ...] = Field(
        default=(), max_length=100, description="Other names that files of data use for it."
    )
    formerly: tuple[Annotated[FormerIdentifier, Spelled()], ...] = Field(
        default=(),
        max_length=20,
        description="Identifiers that it had before: their addresses lead here, and closed figures stay its own.",
    )
