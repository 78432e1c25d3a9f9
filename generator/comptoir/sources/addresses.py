"""Addresses of the web and of mail: a text in, whether it may be followed, and stand between quotation marks, out."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

MAIL_ADDRESS: Final = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
"""No percent sign: a mail program that decodes one finds a line of its own behind it, such as a hidden recipient."""

_NEVER: Final = re.compile(r"""[\s\x00-\x1f\x7f-\x9f<>"`\\]""")
"""What no address holds (RFC 3986): spaces, control characters, and what ends the attribute where it stands."""


def forbidden_character(text: str) -> str:
    """What to do about the first character that no address holds, in words; '' when `text` has none."""
    found = _NEVER.search(text)
    if found is None:
        return ""
    name = "a space" if found[0].isspace() else f"'{found[0]}'"
    return f"{name} cannot be part of an address: write %{ord(found[0]):02X}"


def is_web_address(text: str) -> bool:
    """True for https:// or http:// followed by a host, and by a port from 0 to 65535 if any."""
    if _NEVER.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # an open bracket of IPv6, a port that is no number
        return False


def is_mail_link(link: str) -> bool:
    """True for mailto: with addresses, and with a subject, a copy and a text if any (RFC 6068).

    Whatever is encoded: only the text has lines, so that none becomes a header of the letter.
    """
    scheme, _, rest = link.partition(":")
    addressees, _, query = rest.partition("?")
    if scheme.lower() != "mailto" or _NEVER.search(rest):
        return False
    fields = parse_qsl(query, keep_blank_values=True, separator="&")
    written = [(name.lower(), value) for name, value in fields]
    copies = [part for name, value in written if name == "cc" for part in value.split(",")]
    return (
        all(re.match(MAIL_ADDRESS, part) for part in (*unquote(addressees).split(","), *copies))
        and all(name in {"subject", "cc", "body"} for name, _ in written)
        and all(_is_line(value.replace("\r\n", "") if name == "body" else value) for name, value in written)
    )


def _is_line(text: str) -> bool:
    return not any(letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u2028\u2029" for letter in text)
