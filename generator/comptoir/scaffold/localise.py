"""Bilingual YAML templates in, YAML in the languages of a project out.

A template is YAML with texts as blocks `fr: …` / `en: …`, comments as `#fr …` / `#en …`, and values to fill in as
`$name`. The comments of the default language are kept; a text becomes a plain one where there is one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template

_COMMENT = re.compile(r"^(?P<indent> *)#(?P<language>fr|en)(?P<text> .*)?$")
_TEXT = re.compile(r"^(?P<lead> *(?:- )?)(?P<language>fr|en):(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class _Variant:
    """A text in one language: what follows its key, and the lines of its block."""

    language: str
    value: str
    block: tuple[str, ...]


def localise(template: str, languages: Sequence[str], values: Mapping[str, str]) -> str:
    """The template in `languages` (the first is the default), with `values` filled in.

    Values are put in as they are: what may hold punctuation comes quoted. Raises KeyError for a
    name that has no value.
    """
    lines = template.splitlines()
    written: list[str] = []
    position = 0
    while position < len(lines):
        if comment := _COMMENT.match(lines[position]):
            if comment["language"] == languages[0]:
                written.append(f"{comment['indent']}#{comment['text'] or ''}")
            position += 1
        elif text := _TEXT.match(lines[position]):
            variants, position = _read_variants(lines, position, len(text["lead"]))
            _write_variants(
                written, text["lead"], [v for wanted in languages for v in variants if v.language == wanted]
            )
        else:
            written.append(lines[position])
            position += 1
    return Template("\n".join(written) + "\n").substitute(values)


def _read_variants(lines: Sequence[str], position: int, column: int) -> tuple[list[_Variant], int]:
    """The variants of the text at `position`, whose keys stand at `column`; and the line after them."""
    variants: list[_Variant] = []
    while position < len(lines):
        text = _TEXT.match(lines[position])
        if not text or len(text["lead"]) != column or (variants and "-" in text["lead"]):
            break
        end = position + 1
        while end < len(lines) and _belongs(lines, end, column):
            end += 1
        variants.append(_Variant(text["language"], text["value"], tuple(lines[position + 1 : end])))
        position = end
    return variants, position


def _belongs(lines: Sequence[str], position: int, column: int) -> bool:
    """True when the line is part of a block indented beyond `column`, blank lines inside it included."""
    rest = next((line for line in lines[position:] if line.strip()), "")
    return len(rest) - len(rest.lstrip()) > column


def _write_variants(written: list[str], lead: str, variants: Sequence[_Variant]) -> None:
    if len(variants) > 1:
        for index, variant in enumerate(variants):
            written.append(f"{lead if index == 0 else ' ' * len(lead)}{variant.language}:{variant.value}")
            written += variant.block
        return
    (variant,) = variants
    if "-" in lead:
        written.append(lead + variant.value.lstrip())
    else:
        written[-1] += variant.value
    written += [line.removeprefix("  ") for line in variant.block]
