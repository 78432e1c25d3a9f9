"""Prints a project: a catalogue cut for its audience in; finished files by language, and what does not fit, out."""

from __future__ import annotations

import base64
import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from comptoir.model.catalogue import Catalogue
from comptoir.printing.fonts import Typefaces, choose_typefaces
from comptoir.printing.press import Impression, Press, Setting, Sheet, press_share, set_up
from comptoir.printing.products import PRODUCTS, Product
from comptoir.printing.run import Run
from comptoir.printing.templates import print_templates
from comptoir.printing.told import problems_told
from comptoir.printing.types import Document, Made, Printed, PrintError, Workshop
from comptoir.problems import Problem, sort_problems
from comptoir.render.results import Results
from comptoir.render.site import Site
from comptoir.text import language as speak

FORMAT: Final = 1  # raise it when the same document is to be compiled in another way
_SHARE: Final = 100_000  # letters of data: some ten sheets
_WORTH_A_PROCESS: Final = 12  # fewer documents take less time than a process takes to start


@dataclass(frozen=True, slots=True)
class PrintedProject:
    """Every printed file, in the order of languages and products; what is to be mended; how many were compiled."""

    files: tuple[Printed, ...]
    problems: tuple[Problem, ...]
    compiled: int

    def in_language(self, code: str) -> tuple[Printed, ...]:
        """The files of one language."""
        return tuple(file for file in self.files if file.language == code)


def print_project(
    catalogue: Catalogue,
    *,
    today: date,
    results: Results | None,
    template_folders: Sequence[Path],
    workshop: Workshop,
    products: Sequence[Product] = PRODUCTS,
) -> PrintedProject:
    """Every product in every language of the organisation, as of `today`.

    `catalogue` and `results` are already cut for the audience. Raises PrintError when a template is wrong.
    """
    typefaces = choose_typefaces(catalogue, workshop.cache)
    settings = catalogue.organisation.print
    runs = [
        Run(Site(catalogue, speak(code), today, results), typefaces, settings, workshop.cache)
        for code in catalogue.organisation.languages
    ]
    made: dict[tuple[int, int], list[Made]] = {}
    pressed: dict[tuple[str, str], tuple[Printed, tuple[Problem, ...]]] = {}
    compiled = 0
    for has_charts in (False, True):
        wave = [
            (place, rank, list(product.make(run)))
            for place, run in enumerate(runs)
            for rank, product in enumerate(products)
            if product.has_charts is has_charts
        ]
        documents = [thing for _, _, things in wave for thing in things if isinstance(thing, Document)]
        done, count = press_documents(documents, typefaces, today, template_folders, workshop)
        made |= {(place, rank): things for place, rank, things in wave}
        pressed |= done
        compiled += count
    in_order = [thing for _, things in sorted(made.items(), key=lambda item: item[0]) for thing in things]
    files = [
        pressed[thing.path, thing.language][0] if isinstance(thing, Document) else thing for thing in in_order
    ]
    problems = [problem for _, told in pressed.values() for problem in told]
    problems += [problem for thing in in_order if isinstance(thing, Printed) for problem in thing.problems]
    return PrintedProject(tuple(files), sort_problems([*typefaces.problems, *problems]), compiled)


def press_documents(
    documents: Iterable[Document],
    typefaces: Typefaces,
    today: date,
    template_folders: Sequence[Path],
    workshop: Workshop,
) -> tuple[dict[tuple[str, str], tuple[Printed, tuple[Problem, ...]]], int]:
    """Each document by path and language: the finished file and its problems; and how many were compiled anew."""
    templates = print_templates(template_folders)
    epoch = int(datetime.combine(today, time(), UTC).timestamp())
    surroundings = _surroundings(templates, typefaces, epoch)
    wanted = list(documents)
    sheets = [_sheet(document) for document in wanted]
    names = [hashlib.sha256(f"{surroundings} {sheet!r}".encode()).hexdigest() for sheet in sheets]
    done: dict[int, Impression] = {}
    for index, name in enumerate(names):
        kept = _recall(workshop, name)
        if kept is not None:
            done[index] = kept
    missing = [index for index in range(len(wanted)) if index not in done]
    if missing:
        assets = {name: content for i in missing for name, content in wanted[i].assets.items()}
        setting = _lay_out(workshop, templates | assets, typefaces, epoch)
        for index, impression in zip(
            missing, _press(setting, [sheets[i] for i in missing], workshop.workers), strict=True
        ):
            if impression.fault:
                raise PrintError(f"{wanted[index].path} cannot be printed: {impression.fault}")
            done[index] = impression
            _keep(workshop, names[index], impression)
    pressed = {
        (document.path, document.language): (
            _printed(document, done[i]),
            (*document.problems, *problems_told(document, done[i].told)),
        )
        for i, document in enumerate(wanted)
    }
    return pressed, len(missing)


def _sheet(document: Document) -> Sheet:
    data = json.dumps(document.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Sheet(
        document.template, data, document.format, document.ppi, document.preview_ppi, document.preview_alone
    )


def _surroundings(templates: Mapping[str, bytes], typefaces: Typefaces, epoch: int) -> str:
    """What all documents have in common: the compiler, the templates, the fonts and the day."""
    digest = hashlib.sha256(f"{FORMAT} {version('typst')} {epoch}".encode())
    for name, content in sorted(templates.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for name in sorted(typefaces.files):
        digest.update(name.encode())  # which is made from what the font holds
    return digest.hexdigest()


def _lay_out(workshop: Workshop, files: Mapping[str, bytes], typefaces: Typefaces, epoch: int) -> Setting:
    folder = workshop.folder
    workshop.stage(folder / "root", files)
    workshop.stage(folder / "fonts", typefaces.files)
    workshop.stage(folder / "empty", {"README": "No packages: nothing is fetched while printing.\n"})
    return Setting(str(folder / "root"), str(folder / "fonts"), str(folder / "empty"), epoch)


def _press(setting: Setting, sheets: list[Sheet], workers: int) -> list[Impression]:
    """The impressions of `sheets`, in order. The longest goes first, so that no process waits for it at the end."""
    parts = max(1, min(workers, len(sheets) // _WORTH_A_PROCESS))
    if parts == 1:
        return Press(setting).press(tuple(sheets))
    order = sorted(range(len(sheets)), key=lambda index: (-len(sheets[index].data), index))
    shares = _shares(order, sheets)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(parts, spawn, initializer=set_up, initargs=(setting,)) as pool:
        made = pool.map(press_share, [tuple(sheets[i] for i in share) for share in shares])
        found = {
            i: impression
            for share, part in zip(shares, made, strict=True)
            for i, impression in zip(share, part, strict=True)
        }
    return [found[index] for index in range(len(sheets))]


def _shares(order: list[int], sheets: list[Sheet]) -> list[list[int]]:
    """The numbers in `order` as shares of about the same length of data; a long document is a share of its own."""
    shares: list[list[int]] = []
    room = 0
    for index in order:
        size = len(sheets[index].data)
        if not shares or size > room:
            shares.append([])
            room = _SHARE
        shares[-1].append(index)
        room -= size
    return shares


def _printed(document: Document, impression: Impression) -> Printed:
    pages = max((fact["count"] for fact in impression.told if fact.get("kind") == "pages"), default=1)
    return Printed(
        document.path,
        document.kind,
        document.title,
        document.language,
        impression.content,
        pages,
        impression.preview,
        document.subject,
    )


def _recall(workshop: Workshop, name: str) -> Impression | None:
    """What an earlier build compiled; a cache is kept by others, so what it gives is not believed."""
    text = workshop.cache.read(name) if workshop.cache else None
    if text is None:
        return None
    try:
        entry: dict[str, Any] = json.loads(text)
        content, preview = (base64.b64decode(entry[key], validate=True) for key in ("content", "preview"))
        told = [fact for fact in entry["told"] if isinstance(fact, dict)]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Impression(content, preview, told) if content else None


def _keep(workshop: Workshop, name: str, impression: Impression) -> None:
    if workshop.cache:
        entry = {
            "content": base64.b64encode(impression.content).decode("ascii"),
            "preview": base64.b64encode(impression.preview).decode("ascii"),
            "told": impression.told,
        }
        workshop.cache.write(name, json.dumps(entry, ensure_ascii=False))
