"""The pressroom: documents in; each as a finished file and what does not fit, out. What was compiled before is taken again.

Documents are pressed as they are handed in, by workers where there are some; who wants them waits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from comptoir.paper.fonts import Typefaces
from comptoir.paper.press import Impression, Press, PressSheet, Setting, press_share, write_data
from comptoir.paper.templates import print_templates
from comptoir.paper.told import problems_told
from comptoir.paper.types import PaperDocument, Printed, PrintError, Workshop
from comptoir.problems import Problem
from comptoir.store import join, split

FORMAT: Final = 3  # raise it when the same document is to be compiled in another way
_SHARE: Final = 60_000  # letters of data: some six sheets


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished file, what is to be mended in it, and whether it was compiled now."""

    file: Printed
    problems: tuple[Problem, ...]
    is_new: bool


class Pressroom:
    """Where the documents of one day are pressed, with the same templates and typefaces."""

    def __init__(
        self, typefaces: Typefaces, today: date, template_folders: Sequence[Path], workshop: Workshop
    ) -> None:
        """Lays out the fonts. Raises PrintError when a template cannot be read."""
        self._workshop = workshop
        self._templates = print_templates(template_folders)
        self._is_limited = self._templates != print_templates(template_folders[-1:])
        self._epoch = int(datetime.combine(today, time(), UTC).timestamp())
        self._surroundings = _surroundings(self._templates, typefaces, self._epoch)
        self._typefaces = typefaces

    def hand_in(self, name: str, documents: Iterable[PaperDocument]) -> Callable[[], Mapping[str, Pressed]]:
        """Begins to press, the longest first; gives what waits for all of them, by path.

        `name` is that of the lot, such as the code of its language. What waits raises PrintError when a template is
        wrong.
        """
        wanted = list(documents)
        sheets = [_sheet(document) for document in wanted]
        keys = [f"{self._surroundings} {sheet!r}" for sheet in sheets]
        done = {index: kept for index, key in enumerate(keys) if (kept := _recall(self._workshop, key))}
        missing = [index for index in range(len(wanted)) if index not in done]
        if missing:
            assets = {name: content for i in missing for name, content in wanted[i].assets.items()}
            setting = self._lay_out(name, assets)
            press = _press(setting, [sheets[i] for i in missing], self._workshop.workers)
        else:
            press, setting = list, None

        def finish() -> dict[str, Pressed]:
            for index, impression in zip(missing, self._collect(press, setting), strict=True):
                if impression.fault:
                    raise PrintError(f"{wanted[index].path} cannot be printed: {impression.fault}")
                done[index] = impression
                _keep(self._workshop, keys[index], impression)
            return {
                document.path: Pressed(
                    _printed(document, done[i]),
                    (*document.problems, *problems_told(document, done[i].told)),
                    is_new=i in missing,
                )
                for i, document in enumerate(wanted)
            }

        if self._workshop.workers is None:
            finished = finish()
            return lambda: finished
        return cache(finish)

    def _collect(
        self, press: Callable[[], Sequence[Impression]], setting: Setting | None
    ) -> Sequence[Impression]:
        """The impressions. Raises PrintError when somebody removed what they are made from: other fonts take their place."""
        changed = (
            f"{self._workshop.folder} was changed while documents were printed; leave it alone and try again"
        )
        try:
            impressions = press()
        except OSError as error:
            raise PrintError(changed) from error
        names = self._typefaces.files if setting else ()
        if setting and not all(Path(setting.fonts, name).is_file() for name in names):
            raise PrintError(changed)
        if setting and not all(Path(setting.root, name).is_file() for name in self._templates):
            raise PrintError(changed)
        return impressions

    def _lay_out(self, name: str, assets: dict[str, bytes]) -> Setting:
        folder, stage = self._workshop.folder, self._workshop.stage
        root = folder / name / "root"
        stage(root, self._templates | assets)
        stage(folder / "fonts", self._typefaces.files)
        stage(folder / "empty", {"README": "No packages: nothing is fetched while printing.\n"})
        return Setting(
            str(root),
            str(folder / "fonts"),
            self._typefaces.everywhere,
            str(folder / "empty"),
            self._epoch,
            self._is_limited,
        )


def _sheet(document: PaperDocument) -> PressSheet:
    data = write_data(document.data)
    return PressSheet(
        document.template, data, document.format, document.ppi, document.preview_side, document.preview_alone
    )


def _surroundings(templates: Mapping[str, bytes], typefaces: Typefaces, epoch: int) -> str:
    """What all documents have in common: the compiler, the templates, the fonts and the day."""
    digest = hashlib.sha256(f"{FORMAT} {version('typst')} {version('pillow')} {epoch}".encode())
    for name, content in sorted(templates.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for name in sorted(typefaces.files):
        digest.update(name.encode())  # which is made from what the font holds
    return digest.hexdigest()


def _press(
    setting: Setting, sheets: Sequence[PressSheet], workers: Executor | None
) -> Callable[[], Sequence[Impression]]:
    """What waits for the impressions of `sheets`, in order. The longest goes first, so that no worker waits for it at the end."""
    if workers is None:
        return partial(Press(setting).press, sheets)
    order = sorted(range(len(sheets)), key=lambda index: (-len(sheets[index].data), index))
    begun: list[tuple[list[int], Future[list[Impression]]]] = [
        (share, workers.submit(press_share, setting, [sheets[i] for i in share]))
        for share in _shares(order, sheets)
    ]

    def collect() -> list[Impression]:
        found = {
            i: impression
            for share, pressed in begun
            for i, impression in zip(share, pressed.result(), strict=True)
        }
        return [found[index] for index in range(len(sheets))]

    return collect


def _shares(order: Iterable[int], sheets: Sequence[PressSheet]) -> list[list[int]]:
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


def _printed(document: PaperDocument, impression: Impression) -> Printed:
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


def _recall(workshop: Workshop, key: str) -> Impression | None:
    """What an earlier build compiled."""
    kept = workshop.store.read(key) if workshop.store else None
    if kept is None:
        return None
    content, preview, told = split(kept)
    return Impression(content, preview, json.loads(told))


def _keep(workshop: Workshop, key: str, impression: Impression) -> None:
    if workshop.store:
        told = json.dumps(impression.told, ensure_ascii=False).encode()
        workshop.store.write(key, join((impression.content, impression.preview, told)))
