"""Compiling without a network: a template may compute the name of a package, and Typst would then fetch it.

Typst offers no switch for that, but asks the environment for a proxy at each download: it gets one that answers nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_NOBODY: Final = "http://127.0.0.1:9"  # the port of 'discard', where nothing listens
_ASKED: Final = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY")
_EXCEPT: Final = ("no_proxy", "NO_PROXY")

_lock = Lock()
_inside: list[dict[str, str | None]] = []  # what was there before, once for each that is inside


@contextmanager
def offline() -> Iterator[None]:
    """While inside, Typst reaches no host; whoever leaves last puts the environment back."""
    with _lock:
        before = _inside[0] if _inside else {name: os.environ.get(name) for name in (*_ASKED, *_EXCEPT)}
        _inside.append(before)
        os.environ.update(dict.fromkeys(_ASKED, _NOBODY))
        for name in _EXCEPT:
            os.environ.pop(name, None)
    try:
        yield
    finally:
        with _lock:
            _inside.pop()
            if not _inside:
                for name, value in before.items():
                    if value is None:
                        os.environ.pop(name, None)
                    else:
                        os.environ[name] = value
