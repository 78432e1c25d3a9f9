"""How long printing takes: the demonstration with more services, cold, again, and after one edit, in one run.

Run it from the top of the checkout: `.venv/bin/python -m benchmarks.printing [SERVICES] [WORKERS]`. Prints seconds, how
many documents were compiled, and each time as a share of the cold one, which a busy machine changes less.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Lifecycle
from comptoir.paper.project import print_project
from comptoir.paper.types import Workshop
from comptoir.products import PRODUCTS
from comptoir.publish.stage import stage_files
from comptoir.resources import templates_folder
from comptoir.store import Store
from comptoir.workers import Workers

TODAY: Final = date(2026, 11, 26)
KINDS: Final = ("sheet", "catalogue", "poster")


def catalogue_of(count: int) -> Catalogue:
    """The demonstration in French, its services taken again under other names until there are `count`."""
    whole, _ = check_project(Path(__file__).resolve().parents[1], TODAY)
    visible = for_audience(whole, "employees")
    known = [service for service in visible.services.values() if service.lifecycle is not Lifecycle.RETIRED]
    services = {}
    for number in range(count):
        service = known[number % len(known)]
        name = f"{service.id}-{number:03}"
        title = Text({"fr": f"Service {number}", "en": f"Service {number}"})
        services[name] = service.model_copy(update={"id": name, "name": title})
    organisation = visible.organisation.model_copy(update={"languages": ("fr",)})
    return replace(visible, services=services, organisation=organisation)


def main(count: int, workers: int) -> None:
    """Prints `count` sheets, the catalogue and the poster three times."""
    catalogue = catalogue_of(count)
    first = next(iter(catalogue.services))
    edited = catalogue.services[first].model_copy(update={"summary": Text("Autrement dit.")})
    others = replace(catalogue, services={**catalogue.services, first: edited})
    products = [product for product in PRODUCTS if product.kind in KINDS]
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "printed")
        cold = 0.0
        for name, content in (("cold", catalogue), ("unchanged", catalogue), ("one edit", others)):
            start = perf_counter()
            with Workers(workers, Path(folder) / "scratch") as pool:
                printed = print_project(
                    content,
                    today=TODAY,
                    results=None,
                    template_folders=(templates_folder(),),
                    workshop=Workshop(Path(folder) / "press", stage_files, store, pool),
                    products=products,
                )
                files = printed.files
            took = perf_counter() - start
            cold = cold or took
            print(
                f"{name:<10}{took:7.2f} s {took / cold:6.1%}  {printed.compiled:4} compiled of {len(files)}"
            )


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [200, 2][len(arguments) :]))
