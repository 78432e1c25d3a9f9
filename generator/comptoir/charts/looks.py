"""Style sheets of charts: the text of a `.mplstyle` file in; settings of matplotlib, or what is wrong with it, out.

A style sheet says how charts look and nothing else: it names no file, chooses no backend, and starts no other program.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from comptoir.problems import suggest
from comptoir.resources import templates_folder

ChartLooks: TypeAlias = Mapping[str, str]

STYLE_SHEET: Final = "charts/charts.mplstyle"
SMALLEST: Final = 12.5
"""Pixels of the smallest text: a chart drawn for a phone of 320 pixels is shown a tenth smaller there, and a reader needs 11."""
LARGEST: Final = 60.0

_COLOUR: Final = re.compile(r"\$([\w-]+)")
_SIZES: Final = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize")


class LookValue(NamedTuple):
    """What a setting may be: the whole value as a pattern, and in words."""

    pattern: str
    words: str


_NUMBER: Final = LookValue(r"\d{1,3}(\.\d+)?", "a number of pixels")
_SHARE: Final = LookValue(r"0?\.\d+|0|1(\.0)?", "a number from 0 to 1")
_BOOLEAN: Final = LookValue(r"True|False", "True or False")
_PAINT: Final = LookValue(
    r"\$[\w-]+|[0-9a-fA-F]{6}|none", "a colour: '$' and its name, or six digits such as 0b5563"
)
_CAP: Final = LookValue(r"butt|round|projecting", "butt, round or projecting")
_JOIN: Final = LookValue(r"miter|round|bevel", "miter, round or bevel")
_LINES: Final = LookValue(r"-|--|-\.|:", "one of - -- -. :")
_ALLOWED: Final[Mapping[str, LookValue]] = {
    **dict.fromkeys(_SIZES, _NUMBER),
    "text.color": _PAINT,
    "lines.linewidth": _NUMBER,
    "lines.markersize": _NUMBER,
    "lines.solid_capstyle": _CAP,
    "lines.solid_joinstyle": _JOIN,
    "lines.dash_capstyle": _CAP,
    "lines.dash_joinstyle": _JOIN,
    "axes.grid": _BOOLEAN,
    "axes.grid.axis": LookValue("x|y|both", "x, y or both"),
    "axes.axisbelow": LookValue("True|False|line", "True, False or line"),
    "axes.edgecolor": _PAINT,
    "axes.linewidth": _NUMBER,
    **{f"axes.spines.{side}": _BOOLEAN for side in ("left", "right", "top", "bottom")},
    "grid.alpha": _SHARE,
    "grid.color": _PAINT,
    "grid.linestyle": _LINES,
    "grid.linewidth": _NUMBER,
    **{f"{axis}tick.{what}": _PAINT for axis in "xy" for what in ("color", "labelcolor")},
    **{f"{axis}tick.major.{what}": _NUMBER for axis in "xy" for what in ("pad", "size", "width")},
    "hatch.color": _PAINT,
    "hatch.linewidth": _NUMBER,
}


@cache
def shipped_looks() -> str:
    """The style sheet that ships."""
    return (templates_folder() / STYLE_SHEET).read_text("utf-8")


def read_looks(sheet: str, colours: Mapping[str, str]) -> ChartLooks:
    """The settings of a style sheet over those that ship, with a colour for each '$name'.

    `colours` name those of the palette. Raises ValueError for a sheet that `check_looks` complains of.
    """
    fault = next(check_looks(sheet, colours), None)
    if fault is not None:
        raise ValueError(f"line {fault[0]}: {fault[1]}")
    lines = (*_lines(shipped_looks()), *_lines(sheet))
    return {name: _COLOUR.sub(lambda found: colours[found[1]], value) for _, name, value in lines}


def check_looks(sheet: str, colours: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a style sheet: the line, a sentence and a hint. `colours` are the names that may follow '$'."""
    seen: dict[str, int] = {}
    for line, name, value in _lines(sheet):
        if not name or not value:
            yield line, "a line of a style sheet is a setting of matplotlib, ':' and its value", ""
        elif name not in _ALLOWED:
            yield line, f"a style sheet of charts cannot set '{name}'", suggest(name, _ALLOWED)
        elif name in seen:
            yield line, f"'{name}' is set in line {seen[name]} already", ""
        else:
            seen[name] = line
            yield from ((line, *fault) for fault in _value_faults(name, value, colours))


def _value_faults(name: str, value: str, colours: Collection[str]) -> Iterator[tuple[str, str]]:
    wanted = _ALLOWED[name]
    if not re.fullmatch(wanted.pattern, value):
        yield f"'{name}' is {wanted.words}, and not '{value}'", ""
    elif name in _SIZES and not SMALLEST <= float(value) <= LARGEST:
        sizes = f"from {SMALLEST:g} to {LARGEST:g} pixels, so that a phone shows it readable"
        yield f"'{name}' is {value}: text of charts is {sizes}", ""
    for colour in _COLOUR.findall(value):
        if colour not in colours:
            yield f"there is no colour '${colour}'", suggest(colour, colours)


def _lines(sheet: str) -> Iterator[tuple[int, str, str]]:
    """The settings with their lines, without comments."""
    for line, written in enumerate(sheet.splitlines(), start=1):
        text = written.partition("#")[0].strip()
        if text:
            name, _, value = text.partition(":")
            yield line, name.strip(), value.strip()
