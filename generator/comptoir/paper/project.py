"""Prints a project: a catalogue cut for its audience in; finished files by language, and what does not fit, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from comptoir.content.edition import Edition, spoken
from comptoir.content.results import Results
from comptoir.model.catalogue import Catalogue
from comptoir.paper.fonts import choose_typefaces
from comptoir.paper.kinds import Product, Shows
from comptoir.paper.pressroom import Pressed, Pressroom
from comptoir.paper.run import Run
from comptoir.paper.types import Made, PaperDocument, Printed, Workshop
from comptoir.problems import Problem, Severity, errors, sort_problems
from comptoir.wording import language as speak

LEFT_OUT: Final = "print-left-out"


@dataclass(frozen=True, slots=True)
class Lot:
    """The files of one product in one language, what is to be mended in them, and how many were compiled anew."""

    files: tuple[Printed, ...]
    problems: tuple[Problem, ...]
    compiled: int
    misfits: Mapping[str, tuple[Problem, ...]] = field(
        default_factory=dict
    )  # path → errors of what does not fit


Lots = Mapping[tuple[str, str], Lot]
"""Lots by the code of their language and the kind of their product."""


class PrintedProject:
    """What is printed, language by language: who asks for one waits for that one only.

    Whatever is asked raises PrintError when a template is wrong.
    """

    def __init__(
        self,
        lots: Mapping[str, Sequence[Callable[[], Lot]]],
        made: Mapping[str, Sequence[Made]] = MappingProxyType({}),
        problems: Sequence[Problem] = (),
    ) -> None:
        """`lots` wait for what is printed in each language, `made` is all of that; `problems` are those of all."""
        self._lots = {code: [cache(wait) for wait in waiting] for code, waiting in lots.items()}
        self._made = made
        self._problems = problems

    def announced(self, code: str) -> Sequence[Made]:
        """What is, or will be, printed in one language, in the order of products; nobody waits."""
        return self._made.get(code, ())

    def in_language(self, code: str) -> tuple[Printed, ...]:
        """The files of one language, in the order of products."""
        return tuple(file for wait in self._lots.get(code, ()) for file in wait().files)

    @property
    def files(self) -> tuple[Printed, ...]:
        """Every printed file, in the order of languages and products."""
        return tuple(file for code in self._lots for file in self.in_language(code))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be mended."""
        return sort_problems(
            [*self._problems, *(problem for lot in self._finished() for problem in lot.problems)]
        )

    def without_misfits(self) -> PrintedProject:
        """The same without the documents whose texts do not fit, each told as a warning. Waits until all are printed."""
        lots: dict[str, list[Callable[[], Lot]]] = {}
        gone: dict[str, set[str]] = {}
        for code, waiting in self._lots.items():
            lots[code] = [partial(_whole, wait()) for wait in waiting]
            gone[code] = {path for wait in waiting for path in wait().misfits}
        made = {
            code: [one for one in things if one.path not in gone.get(code, ())]
            for code, things in self._made.items()
        }
        return PrintedProject(lots, made, self._problems)

    @property
    def compiled(self) -> int:
        """How many files were compiled, since no earlier build had."""
        return sum(lot.compiled for lot in self._finished())

    def _finished(self) -> Iterator[Lot]:
        return (wait() for waiting in self._lots.values() for wait in waiting)


def print_project(
    catalogue: Catalogue,
    *,
    today: date,
    results: Results | None,
    template_folders: Sequence[Path],
    workshop: Workshop,
    products: Sequence[Product],
    beforehand: Lots = MappingProxyType({}),
) -> PrintedProject:
    """Every product in every language of the organisation, as of `today`; `beforehand` are those that are printed already.

    `catalogue` and `results` are already cut for the audience. Raises PrintError when a template is wrong. With the
    workers of `workshop`, documents are compiled while this process goes on.
    """
    typefaces = choose_typefaces(catalogue, workshop.store)
    room = Pressroom(typefaces, today, template_folders, workshop)
    run_of = partial(
        Run,
        typefaces=typefaces,
        settings=catalogue.organisation.print,
        store=workshop.store,
        template_folders=template_folders,
    )
    undrawn = replace(results, charts={}) if results else None
    made: dict[tuple[str, Product], list[Made]] = {}
    languages = catalogue.organisation.languages
    for code in languages:
        run = run_of(Edition(catalogue, spoken(code, results), today, undrawn))
        early = (product for product in products if product.shows is not Shows.CHARTS)
        made |= {
            (code, product): list(product.make(run))
            for product in early
            if (code, product.kind) not in beforehand
        }
    waiting: dict[str, list[Callable[[], Lot]]] = {code: [] for code in languages}
    announced: dict[str, list[Made]] = {code: [] for code in languages}
    for code in languages:  # charts are asked for late: they are being drawn
        run = run_of(Edition(catalogue, spoken(code, results), today, results))
        early_lots = [made.get((code, product), []) for product in products]
        pressed = room.hand_in(code, _documents(thing for things in early_lots for thing in things))
        for product in products:
            things: Sequence[Made]
            if (code, product.kind) in beforehand:
                things = beforehand[code, product.kind].files
                waiting[code].append(partial(beforehand.__getitem__, (code, product.kind)))
            elif (code, product) in made:
                things = made[code, product]
                waiting[code].append(partial(_finish, things, pressed))
            else:
                things = list(product.make(run))
                late = room.hand_in(f"{code}-{product.kind}", _documents(things))
                waiting[code].append(partial(_finish, things, late))
            announced[code] += things
    return PrintedProject(waiting, announced, typefaces.problems)


def _documents(things: Iterable[Made]) -> list[PaperDocument]:
    return [thing for thing in things if isinstance(thing, PaperDocument)]


def _finish(things: Iterable[Made], pressed: Callable[[], Mapping[str, Pressed]]) -> Lot:
    done = [
        pressed()[thing.path] if isinstance(thing, PaperDocument) else _as_it_is(thing) for thing in things
    ]
    problems = [problem for one in done for problem in one.problems]
    misfits = {one.file.path: found for one in done if (found := errors(one.problems))}
    return Lot(tuple(one.file for one in done), tuple(problems), sum(one.is_new for one in done), misfits)


def _whole(lot: Lot) -> Lot:
    """What fits of a lot; what does not is said, and does not stop anything."""
    files = tuple(file for file in lot.files if file.path not in lot.misfits)
    told = [replace(problem, severity=Severity.WARNING) for problem in lot.problems]
    told += [
        Problem(
            found[0].location,
            LEFT_OUT,
            f"'{path}' is left out: not all of its texts fit",
            "",
            Severity.WARNING,
        )
        for path, found in lot.misfits.items()
    ]
    return Lot(files, tuple(told), lot.compiled)


def _as_it_is(file: Printed) -> Pressed:
    return Pressed(file, file.problems, is_new=False)


def print_beforehand(
    catalogue: Catalogue,
    today: date,
    template_folders: Sequence[Path],
    workshop: Workshop,
    products: Sequence[Product],
) -> Lots:
    """What shows nothing measured, printed while another process measures. Raises PrintError when a template is wrong."""
    typefaces = choose_typefaces(catalogue, workshop.store)
    room = Pressroom(typefaces, today, template_folders, workshop)
    lots = {}
    for code in catalogue.organisation.languages:
        run = Run(
            Edition(catalogue, speak(code), today),
            typefaces,
            catalogue.organisation.print,
            workshop.store,
            template_folders,
        )
        for product in products:
            if product.shows is Shows.OFFER:
                things = list(product.make(run))
                pressed = room.hand_in(f"{code}-{product.kind}", _documents(things))
                lots[code, product.kind] = _finish(things, pressed)
    return lots
