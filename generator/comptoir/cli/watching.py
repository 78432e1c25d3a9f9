"""Watches a project: a folder in, a signal at each edit of what a site is made from out."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import watch

WATCHED: Final = ("catalogue", "segments", "indicators", "site_templates", "mkdocs.yml")
_LOOK_AGAIN: Final = 1000  # milliseconds until what is at the top of the project is looked at again

Stamps = tuple[tuple[Path, int], ...]


def follow(project: Path, shipped: Path, changed: Event, stop: Event) -> None:
    """Set `changed` at each edit below `project` or in the templates that ship, until `stop` is set."""
    stamps = _look(project, shipped)
    while not stop.is_set():
        folders = [path for path, _ in stamps if path.is_dir()]
        for changes in watch(
            *folders, stop_event=stop, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True, raise_interrupt=False
        ):
            if changes:
                changed.set()
            now = _look(project, shipped)
            if now != stamps:
                stamps = now
                changed.set()
                break


def _look(project: Path, shipped: Path) -> Stamps:
    """The parts that exist, files with their date. A folder may come or go, which no watch of it would tell."""
    parts = [path for path in (*(project / name for name in WATCHED), shipped) if path.exists()]
    return tuple((path, 0 if path.is_dir() else path.stat().st_mtime_ns) for path in parts)
