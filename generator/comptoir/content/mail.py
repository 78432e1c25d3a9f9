"""Ask buttons: whom to write to and about what in; a link that opens a prepared e-mail out."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from comptoir.wording import one_line

SEGMENT_MARK: Final = "{segment}"
"""Stands in a template of a link for who one is. An encoded text holds no brace, so nothing else is like it."""


def mail_template(address: str, subject: str, lines: tuple[str, ...], profile: str = "") -> str:
    """A mailto: link with its subject and body (RFC 6068: percent-encoded UTF-8, lines ended by CR LF).

    With `profile` ('Vous êtes :') the body's last line is that, followed by `SEGMENT_MARK`.
    """
    encoded = [_encode(line) for line in lines]
    if profile:
        encoded.append(f"{_encode(profile)}%20{SEGMENT_MARK}")
    return f"mailto:{quote(address, safe='@')}?subject={_encode(subject)}&body={'%0D%0A'.join(encoded)}"


def fill_segment(template: str, words: str) -> str:
    """The link whose mark is replaced by `words`."""
    return template.replace(SEGMENT_MARK, _encode(words))


def _encode(text: str) -> str:
    return quote(one_line(text), safe="")
