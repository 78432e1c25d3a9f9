"""Style sheets of charts: the text of a `.mplstyle` file in; settings of matplotlib, or what is wrong with it, out.

A style sheet says how charts look and nothing else: it names no file, chooses no backend, and starts no other program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import Template
from typing import Any, Final, TypeAlias

from comptoir.problems import suggest
from comptoir.resources import templates_folder

ChartLooks: TypeAlias = Mapping[str, str]

STYLE_SHEET: Final = "charts/charts.mplstyle"
SMALLEST: Final = 12.5
"""Pixels of the smallest text: a chart drawn for a phone of 320 pixels is shown a tenth smaller there, and a reader needs 11."""

_SIZES: Final = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize")
_ALLOWED: Final = (
    *_SIZES,
    "text.color",
    "lines.linewidth",
    "lines.markersize",
    "lines.solid_capstyle",
    "lines.solid_joinstyle",
    "lines.dash_capstyle",
    "lines.dash_joinstyle",
    "axes.grid",
    "axes.grid.axis",
    "axes.axisbelow",
    "axes.edgecolor",
    "axes.linewidth",
    *(f"axes.spines.{side}" for side in ("left", "right", "top", "bottom")),
    "grid.alpha",
    "grid.color",
    "grid.linestyle",
    "grid.linewidth",
    *(f"{axis}tick.{what}" for axis in "xy" for what in ("color", "labelcolor", "major.pad", "major.size")),
    *(f"{axis}tick.major.width" for axis in "xy"),
    "hatch.color",
    "hatch.linewidth",
    "patch.linewidth",
)


@cache
def shipped_looks() -> str:
    """The style sheet that ships."""
    return (templates_folder() / STYLE_SHEET).read_text("utf-8")


def read_looks(sheet: str, colours: Mapping[str, str]) -> ChartLooks:
    """The settings of a style sheet over those that ship, with a colour for each '$name'. It was checked before."""
    settings = {}
    for text in (shipped_looks(), sheet):
        for _, name, value in _lines(text):
            settings[name] = Template(value).safe_substitute(colours)
    return settings


def check_looks(sheet: str, colours: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a style sheet: the line and a sentence. `colours` are the names that may follow '$'."""
    seen: dict[str, int] = {}
    for line, name, value in _lines(sheet):
        if not name or not value:
            yield line, "a line of a style sheet is a setting of matplotlib, ':' and its value"
        elif name not in _ALLOWED:
            yield line, f"a chart's style sheet cannot set '{name}' ({suggest(name, _ALLOWED)})"
        elif name in seen:
            yield line, f"'{name}' is set in line {seen[name]} already"
        else:
            seen[name] = line
            yield from ((line, message) for message in _value_faults(name, value, colours))


def _value_faults(name: str, value: str, colours: Sequence[str]) -> Iterator[str]:
    unknown = [colour for colour in Template(value).get_identifiers() if colour not in colours]
    if unknown:
        yield f"there is no colour '${unknown[0]}' ({suggest(unknown[0], colours)})"
        return
    from matplotlib import RcParams

    settings: Any = RcParams()
    try:
        settings[name] = Template(value).safe_substitute(dict.fromkeys(colours, "#000000"))
    except ValueError as error:
        yield f"'{value}' is no value of '{name}': {' '.join(str(error).split())}"
        return
    setting = settings[name]
    if name in _SIZES and (not isinstance(setting, float | int) or setting < SMALLEST):
        yield f"'{name}' is {value}: text of charts is {SMALLEST:g} pixels or more, so that a phone shows it readable"


def _lines(sheet: str) -> Iterator[tuple[int, str, str]]:
    """The settings with their lines, without comments."""
    for line, written in enumerate(sheet.splitlines(), start=1):
        text = written.partition("#")[0].strip()
        if text:
            name, _, value = text.partition(":")
            yield line, name.strip(), value.strip()
