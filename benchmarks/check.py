"""How long `check` takes on many services, and on what: python benchmarks/check.py [SERVICES].

Copies the demonstration's services under other names into a temporary project, then prints each step as a share of
the whole, in one run: shares hold on any machine, seconds do not. Seconds are of the processor, so that other work does not count.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import process_time

from comptoir.brand import pictogram_names
from comptoir.model.catalogue import PLACES
from comptoir.model.decode import decode_catalogue
from comptoir.rules import check_catalogue
from comptoir.sources.project import read_project

ROOT = Path(__file__).resolve().parents[1]


def make_project(folder: Path, services: int) -> None:
    """The demonstration with `services` services in all, each copy with names of its own."""
    for name in ("catalogue", "segments"):
        shutil.copytree(ROOT / name, folder / name)
    places = sorted((folder / "catalogue" / "services").glob("*.yaml"))
    for number in range(services - len(places)):
        original = places[number % len(places)]
        text = (
            original.read_text("utf-8")
            .replace("name: {fr: ", f"name: {{fr: {number} ", 1)
            .replace("en: ", f"en: {number} ", 1)
        )
        original.with_name(f"{original.stem}-{number}.yaml").write_text(text, "utf-8")


def main() -> None:
    """Print the seconds and the share of each step."""
    gc.set_threshold(0)  # as commands do
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        make_project(project, services)
        started = process_time()
        files, problems = read_project(project, PLACES)
        read = process_time()
        catalogue, problems_of_form = decode_catalogue(files, pictogram_names())
        decoded = process_time()
        found = check_catalogue(catalogue, date(2026, 11, 21))
        checked = process_time()
    whole = checked - started
    size = sum(len(document.text) for document in files.documents.values()) / 1e6
    print(
        f"{services} services, {size:.1f} MB of YAML, {len(problems) + len(problems_of_form) + len(found)} problems: {whole:.2f} s"
    )
    for step, seconds in (("read", read - started), ("decode", decoded - read), ("rules", checked - decoded)):
        print(f"  {step:7} {seconds:5.2f} s  {seconds / whole:4.0%}")


if __name__ == "__main__":
    main()
