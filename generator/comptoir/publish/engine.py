"""Runs the site engine on a staged language: docs, theme and configuration in, HTML out; nothing if nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from comptoir.publish.drawings import put_back, take_out
from comptoir.publish.parts import (
    RECORD,
    changed_files,
    made_from,
    pages_to_make,
    put_parts,
    read_record,
    write_record,
)
from comptoir.publish.stage import (
    Content,
    PublishError,
    clear,
    fingerprint,
    read_tree,
    stage_files,
)
from comptoir.publish.zensical import links_between_files

KEY_FILE: Final = "site.key"
FORMAT: Final = 4  # raise it when the same pages are to be given to the engine in another way

_WITH_PARENT: Final = """
import os, runpy, sys, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module, and ends when the build is killed: its end of the pipe is closed then. It would go on writing pages."""


class Engine(StrEnum):
    """What turns Markdown into the site."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


@dataclass(frozen=True, slots=True)
class Late:
    """What is made while the engine runs: files by their path in the site, and what replaces the marks in pages."""

    files: Mapping[str, Content] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One language to build in `folder` (build/fr): its pages, its theme, its configuration; `late` waits for the rest."""

    folder: Path
    docs: Mapping[str, Content]
    theme: Mapping[str, Content]
    configuration: str
    late: Callable[[], Late] = Late
    own_theme: bool = False  # templates of the project's own may show anything of any page

    @property
    def language(self) -> str:
        """The language, which names the folder."""
        return self.folder.name

    @property
    def site(self) -> Path:
        """Where the engine puts its pages."""
        return self.folder / "site"

    @property
    def ready(self) -> Path:
        """Where the finished pages are: with their drawings, and with what is late."""
        return self.folder / "ready"


def run_engine(jobs: Iterable[Job], engine: Engine, workers: int, epoch: int) -> tuple[Job, ...]:
    """Build each job's site, `workers` at a time; a job whose inputs did not change is left as it was.

    `jobs` may be made as they are asked for: the engine then works on one while the next is rendered. `epoch`
    (seconds since 1970) is the only date that the engine sees. Gives the jobs. Raises PublishError when it fails.
    """
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        begun = [(job, pool.submit(_run, job, engine, epoch)) for job in jobs]
        for _, running in begun:
            running.result()
    return tuple(job for job, _ in begun)


def _run(job: Job, engine: Engine, epoch: int) -> None:
    surroundings = fingerprint(
        {f"theme/{name}": content for name, content in job.theme.items()},
        job.configuration,
        str(epoch),
        str(FORMAT),
        *_versions(engine),
    )
    key = fingerprint(job.docs, surroundings)
    kept = _kept_keys(job)
    taken = cache(partial(take_out, job.docs))
    if kept[:1] != [key]:
        _make_pages(job, engine, epoch, surroundings, taken()[0])
    late = job.late()
    late_key = fingerprint(late.files, *(f"{name} {note}" for name, note in sorted(late.notes.items())))
    if kept == [key, late_key]:
        return
    docs, drawings = taken()
    if kept[:1] == [key] and read_record(job.folder, job.site) is None:
        _make_pages(job, engine, epoch, surroundings, docs)
    (job.folder / KEY_FILE).unlink(missing_ok=True)
    ready = {**put_back(read_tree(job.site), {**drawings, **late.notes}), **late.files}
    stage_files(job.ready, ready)
    site = fingerprint(ready)
    (job.folder / KEY_FILE).write_text(f"{key} {late_key} {site}", encoding="ascii")


def _kept_keys(job: Job) -> list[str]:
    """What the site that is there was made from, pages and the rest, if it still is as it was made; else nothing."""
    try:
        *keys, site = (job.folder / KEY_FILE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []
    return keys if site == fingerprint(read_tree(job.ready)) else []


def _make_pages(job: Job, engine: Engine, epoch: int, surroundings: str, docs: Mapping[str, Content]) -> None:
    """The pages but for what is late and the drawings; those that are as the engine made them are left alone."""
    record = read_record(job.folder, job.site)
    can_stay = engine is Engine.MKDOCS and not job.own_theme
    changed = changed_files(record, surroundings, docs) if can_stay else None
    (job.folder / RECORD).unlink(missing_ok=True)
    if changed is None or not _make_parts(job, engine, epoch, changed):
        _make_all(replace(job, docs=docs), engine, epoch)
    write_record(made_from(surroundings, docs, job.site), job.folder)


def _make_parts(job: Job, engine: Engine, epoch: int, changed: Mapping[str, Content]) -> bool:
    """Make the changed pages alone; False where the engine would know more with all of them."""
    pages = pages_to_make(changed, job.configuration)
    part = replace(job, folder=job.folder / "part", docs=pages)
    try:
        if any(name.endswith(".md") for name in changed):
            _make_all(part, engine, epoch)
        put_parts(changed, part.site, job.site)
    except (PublishError, OSError, ValueError):
        return False
    return True


def _make_all(job: Job, engine: Engine, epoch: int) -> None:
    docs = links_between_files(job.docs) if engine is Engine.ZENSICAL else job.docs
    stage_files(job.folder / "docs", docs)
    stage_files(job.folder / "theme", job.theme)
    (job.folder / "mkdocs.yml").write_text(job.configuration, encoding="utf-8")
    clear(job.site)
    _call(job, engine, epoch)


def _versions(engine: Engine) -> tuple[str, ...]:
    """What else decides the pages. Raises PublishError when the engine is not installed."""
    packages = ("zensical",) if engine is Engine.ZENSICAL else ("mkdocs", "mkdocs-material", "Markdown")
    try:
        return (sys.version, engine, *(f"{package} {version(package)}" for package in packages))
    except PackageNotFoundError as error:
        raise PublishError(
            f"the engine {engine} is not installed: install Comptoir again from its wheel or its folder with "
            f"'[{engine}]' behind, such as pip install '.[{engine}]'"
        ) from error


def _call(job: Job, engine: Engine, epoch: int) -> None:
    if engine is Engine.ZENSICAL:
        words = ["zensical", "build", "--config-file", "mkdocs.yml"]
    else:
        words = ["mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "NO_COLOR": "1",
    }
    reading, writing = os.pipe()
    try:
        result = subprocess.run(
            [sys.executable, "-c", _WITH_PARENT, *words],
            cwd=job.folder,
            env=environment,
            stdin=reading,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)
    said = _without_traceback(
        "\n".join(part.strip() for part in (result.stdout, result.stderr) if part.strip())
    )
    if result.returncode != 0 or not (job.site / "index.html").is_file():
        raise PublishError(f"{engine} failed on {job.folder}:\n{said or 'it said nothing'}")
    if "WARNING" in said or "ERROR" in said:
        raise PublishError(f"{engine} complains about {job.folder}:\n{said}")


def _without_traceback(said: str) -> str:
    """What the engine said; of a traceback only how it ends, which is what a person can act on."""
    before, mark, after = said.partition("Traceback (most recent call last):")
    if not mark:
        return said
    last = [line for line in after.splitlines() if line and not line.startswith(" ")]
    place = next((line.strip() for line in after.splitlines() if 'File "theme/' in line), "")
    return "\n".join(part for part in (before.strip(), place, last[-1] if last else "") if part)
