"""Builds of the demonstration measured: from nothing, again, and after one edit; processor time, and ratios of one run.

    python benchmarks/build.py [PROJECT] [--only site]

Works on a copy, so that nothing of PROJECT (this repository if left out) is written. What is counted is the time of
processors, which another program on the same machine hardly changes; the clock is shown beside it.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

CONTENT = ("catalogue", "segments", "indicators", "site_templates", "mkdocs.yml")
REPOSITORY = Path(__file__).resolve().parents[1]


def copy_content(project: Path, copy: Path) -> None:
    """The content of a project without its templates if these are the shipped ones, in a folder of its own."""
    for name in CONTENT:
        place = project / name
        if name == "site_templates" and project == REPOSITORY:
            continue
        if place.is_dir():
            shutil.copytree(place, copy / name)
        elif place.is_file():
            shutil.copyfile(place, copy / name)


def edit_words(project: Path) -> None:
    """Other words in the summary of the first service."""
    service = min((project / "catalogue" / "services").glob("*.yaml"))
    written = yaml.load(service.read_bytes(), yaml.BaseLoader)
    summary = written["summary"]
    written["summary"] = (
        {code: f"{text} !" for code, text in summary.items()} if isinstance(summary, dict) else f"{summary} !"
    )
    service.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), "utf-8")


def edit_data(project: Path) -> None:
    """A line less in the first file of data."""
    data = min((project / "indicators" / "data").glob("*.csv"))
    data.write_bytes(b"".join(data.read_bytes().splitlines(keepends=True)[:-1]))


def edit_template(project: Path) -> None:
    """A template of the project's own."""
    template = project / "site_templates" / "pages" / "about.md.j2"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(
        (REPOSITORY / "site_templates" / "pages" / "about.md.j2").read_text("utf-8") + "\n", "utf-8"
    )


def build(project: Path, arguments: list[str]) -> tuple[float, float]:
    """Seconds of the processors and of the clock that a build takes. Raises SystemExit when it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "comptoir", "build", str(project), "--today", "2026-11-26", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return worked, time.perf_counter() - start


def main() -> None:
    """Build a copy in each situation, and print what it took beside the build from nothing."""
    arguments = sys.argv[1:]
    project = (
        Path(arguments.pop(0)).resolve() if arguments and not arguments[0].startswith("-") else REPOSITORY
    )
    situations: tuple[tuple[str, Callable[[Path], None]], ...] = (
        ("from nothing", lambda copy: None),
        ("again, nothing changed", lambda copy: None),
        ("words of one service edited", edit_words),
        ("a template edited", edit_template),
        ("a file of data edited", edit_data),
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_content(project, copy)
        first = None
        for meaning, edit in situations:
            edit(copy)
            worked, took = build(copy, arguments)
            first = first or worked
            print(
                f"{meaning:28s} {worked:6.2f} s of processors  {took:6.2f} s  {worked / first:5.2f} × from nothing",
                flush=True,
            )
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest process {largest:.0f} MB")


if __name__ == "__main__":
    main()
