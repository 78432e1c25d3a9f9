"""Problems in other languages: a message of the program in English in, the same message in a language out.

Messages are written in English where they are found, with their values in them, so that what a test, a log and a
program read is one text. `locale/<code>/LC_MESSAGES/problems.po` holds each of them with `{}` where its values stand, and
its translation with `{}` in the same order, or `{0}`, `{1}`… in another one. A message is told by the most specific entry
that it fits; values within quotation marks are names and stay, others are told in turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from babel.messages.pofile import read_po

from comptoir.wording.language import CATALOGUES

PROBLEM_LANGUAGE: Final = "en"
"""The language that messages of the program are written in."""
_MESSAGES: Final = "LC_MESSAGES/problems.po"
_PLACE: Final = re.compile(r"\{(\d*)\}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message with places for its values: its words between them, what it looks like, and its translation."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    translation: str

    @property
    def longest(self) -> str:
        return max(self.words, key=len)

    def told(self, message: str, code: str) -> str | None:
        """The message in the language of this entry, None when it is another one."""
        found = self.pattern.fullmatch(message)
        if found is None:
            return None
        names = (before.endswith("'") for before in self.words)
        values = [
            value if is_name else tell(value, code)
            for value, is_name in zip(found.groups(), names, strict=False)
        ]
        counted = iter(range(len(values)))
        return _PLACE.sub(lambda place: values[int(place[1] or next(counted))], self.translation)


@cache
def told_languages() -> tuple[str, ...]:
    """The codes of the languages that problems can be told in."""
    return (PROBLEM_LANGUAGE, *sorted(file.parts[-3] for file in CATALOGUES.glob(f"*/{_MESSAGES}")))


@lru_cache(maxsize=20_000)
def tell(message: str, code: str) -> str:
    """A message of the program in the language of that code; as it is where no entry fits it."""
    if code == PROBLEM_LANGUAGE or not message:
        return message
    plain, entries = _entries(code)
    if message in plain:
        return plain[message]
    for entry in entries:
        if entry.longest in message and (told := entry.told(message, code)) is not None:
            return told
    return message


def is_told(message: str, code: str) -> bool:
    """True when the messages of that language have an entry for this very one, `{}` for its values."""
    plain, entries = _entries(code)
    return message in plain or any("{}".join(entry.words) == message for entry in entries)


@cache
def _entries(code: str) -> tuple[dict[str, str], tuple[_Entry, ...]]:
    """The messages without values, and those with some, the most specific first."""
    file = CATALOGUES / code / _MESSAGES
    if not file.is_file():
        return {}, ()
    with file.open("rb") as stream:
        texts = {str(one.id): str(one.string) for one in read_po(stream) if one.id and one.string}
    plain = {message: text for message, text in texts.items() if "{}" not in message}
    entries = [
        _Entry(tuple(words), re.compile("(.*?)".join(map(re.escape, words)), re.DOTALL), text)
        for message, text in texts.items()
        if len(words := message.split("{}")) > 1
    ]
    return plain, tuple(sorted(entries, key=lambda entry: (-sum(map(len, entry.words)), entry.words)))
