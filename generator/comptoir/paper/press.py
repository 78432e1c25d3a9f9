"""The press: documents as plain strings in, their pages and what the templates tell of them out.

Runs in worker processes, so it imports little. What no font holds cannot be printed in an accessible PDF: a box is
put there instead, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import typst

from comptoir.limits import limits
from comptoir.paper.alphabet import BOX, Alphabet, box, may_hold_clusters, mend_clusters, read_alphabet
from comptoir.paper.offline import offline
from comptoir.paper.previews import preview_ppi, small_picture

TOLD: Final = "<told>"
_HALF: Final = re.compile("[\ud800-\udfff]")
_MISSING: Final = re.compile(
    r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"`'  # which no PDF may hold, or no font does
)
_CONTROLS: Final = {"0": "\0", "n": "\n", "r": "\r", "t": "\t"}  # as diagnostics write them
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_TRIES: Final = 24  # the compiler names a hundred letters at a time, or so
_TEMPLATES: Final = "site_templates/print/"
_FETCHED: Final = re.compile(
    r"failed to download package \(https?://[^/]+/([^/]+)/(.+)-([0-9.]+)\.tar\.gz: .*\)"
)

Format: TypeAlias = Literal["pdf", "png", "svg"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The folders that were laid: templates and pictures, fonts, an empty one; and the second of the documents.

    `everywhere` are the files of fonts in which text of every role is looked for. `is_limited`: templates of the project's own
    may take no more than so much time and memory.
    """

    root: str
    fonts: str
    everywhere: tuple[str, ...]
    empty: str
    timestamp: int
    is_limited: bool = False


class PressSheet(NamedTuple):
    """A document to compile: its template under the root, its data as JSON, and the format."""

    template: str
    data: str
    format: Format
    ppi: int
    preview_side: float
    preview_alone: bool


class Impression(NamedTuple):
    """A compiled document: its bytes, its preview, and what its template told; or the fault that stopped it."""

    content: bytes
    preview: bytes
    told: list[dict[str, Any]]
    fault: str = ""


class Press:
    """Compiles sheets with folders that stay as they are; fonts are read, and templates learnt, once."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._compilers: dict[str, typst.Compiler] = {}
        self._fonts = (
            typst.Fonts(  # those that were laid and those that come with Typst; none of the system's
                include_system_fonts=False, include_embedded_fonts=True, font_paths=[setting.fonts]
            )
        )

    def press(self, sheets: Sequence[PressSheet]) -> list[Impression]:
        """The impressions of `sheets`, in order."""
        with offline(), limits() if self._setting.is_limited else nullcontext():
            return [self._press(sheet) for sheet in sheets]

    @cached_property
    def _alphabet(self) -> Alphabet:
        return read_alphabet(f"{self._setting.fonts}/{name}" for name in self._setting.everywhere)

    def _press(self, sheet: PressSheet) -> Impression:
        data, missing = sheet.data, tuple[str, ...]()
        if may_hold_clusters(data):
            mended, missing = mend_clusters(json.loads(data), self._alphabet)
            data = write_data(mended) if missing else data
        for _ in range(_TRIES):
            try:
                impression = _compile(self._compiler(sheet), sheet, data, self._setting.timestamp)
            except typst.TypstError as fault:
                refused = "".join(map(_plain, _MISSING.findall(f"{fault.message}\n{fault.diagnostic}")))
                boxed, letters = box(json.loads(data), refused)
                if not letters:
                    return Impression(b"", b"", [], _words(fault))
                data, missing = write_data(boxed), (*missing, *letters)
            else:
                told = [{"kind": "missing", "text": letter} for letter in missing]
                return impression._replace(told=impression.told + told)
        return Impression(b"", b"", [], f"too many letters that no font holds: {' '.join(missing)}")

    def _compiler(self, sheet: PressSheet) -> typst.Compiler:
        if sheet.template not in self._compilers:
            self._compilers[sheet.template] = typst.Compiler(
                f"{self._setting.root}/{sheet.template}",
                root=self._setting.root,
                font_paths=self._fonts,
                sys_inputs={"data": sheet.data},
                package_path=self._setting.empty,
                package_cache_path=self._setting.empty,
            )
        return self._compilers[sheet.template]


@cache
def _own_press(setting: Setting) -> Press:
    return Press(setting)


def press_share(setting: Setting, sheets: Sequence[PressSheet]) -> list[Impression]:
    """What a worker compiles at a time; it serves one build, whose folders stay as they are."""
    return _own_press(setting).press(sheets)


def write_data(data: object) -> str:
    """What a template sees, as JSON; the same text each time. Half a letter, which no file can hold, is a box."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _HALF.sub(BOX, text)


def _compile(compiler: typst.Compiler, sheet: PressSheet, data: str, timestamp: int) -> Impression:
    if sheet.format == "pdf":
        content = compiler.compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=timestamp
        )
    else:
        # The check of accessible PDF also finds letters that no font holds, which pictures would show as empty boxes.
        compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=timestamp)
        content = _first(compiler.compile(format=sheet.format, ppi=sheet.ppi))
    told = json.loads(compiler.query(TOLD, field="value"))
    preview = b""
    if sheet.preview_side:
        # Inputs that are given again count as others: nothing of what was laid out would be taken again.
        png = partial(compiler.compile, format="png", ppi=preview_ppi(sheet.preview_side))
        drawn = png(sys_inputs={"data": data, "preview": "yes"}) if sheet.preview_alone else png()
        preview = small_picture(_first(drawn))
    return Impression(_first(content), preview, told)


def _first(pages: Any) -> bytes:
    page: bytes = pages[0] if isinstance(pages, list) else pages
    return page


def _plain(text: str) -> str:
    """The text of a diagnostic without its escapes."""
    return _ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _CONTROLS.get(match[2], match[2]), text
    )


def _words(fault: typst.TypstError) -> str:
    """The fault at its place in a template, as the project names its templates."""
    line = next((line for line in fault.diagnostic.splitlines() if "┌─" in line), "")
    place = line.rpartition("┌─")[2].strip().replace("\\", "/").rpartition("/root/")[2]
    hints = "".join(f" ({hint})" for hint in fault.hints)
    message = _FETCHED.sub(
        r"asks for the package '@\1/\2:\3', and nothing is fetched while printing", fault.message
    )
    return f"{_TEMPLATES}{place}: {message}{hints}" if place else f"{message}{hints}"
