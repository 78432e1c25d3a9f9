"""Addresses of the web: a text in, whether a browser can follow it out."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(text: str) -> bool:
    """True for https:// or http:// followed by a host, and by a port from 0 to 65535 if any."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # an open bracket of IPv6, a port that is no number
        return False
