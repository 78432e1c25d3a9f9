"""Ticks and labels around a field: numbers and names in; thin lines and words that do not touch, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.charts.frame import EDGE, LEADING, Sheet
from comptoir.charts.scales import Scale, spread
from comptoir.charts.scene import Anchor, Item, Label, Line
from comptoir.charts.tables import Number


def tick_width(sheet: Sheet, ticks: Sequence[Number]) -> float:
    """Pixels that the labels of an upright axis take at its left."""
    return max((sheet.measure(tick.text, sheet.sizes.small) for tick in ticks), default=0.0)


def upright_ticks(
    sheet: Sheet, ticks: Sequence[Number], y: Scale, left: float, right: float, labels: bool = True
) -> list[Item]:
    """Hair lines across the field, each with its number at the left; a number that would touch another goes."""
    size = sheet.sizes.small
    items: list[Item] = []
    free = float("inf")
    for tick in sorted(ticks, key=lambda tick: tick.value):
        level = y(tick.value)
        items.append(Line(((left, level), (right, level)), "grid"))
        if labels and level + size * 0.7 <= free:
            items.append(Label((left - 8, level + size * 0.35), tick.text, size, "muted", "end"))
            free = level - size * 0.7
    return items


def write_names(
    sheet: Sheet, names: Sequence[str], middles: Sequence[float], slot: float, top: float, left: float
) -> float:
    """Names under their slots, in lines; as many as fit side by side, the last one always. Gives where they end."""
    size = sheet.sizes.small
    placed: list[tuple[float, tuple[str, ...]]] = []
    for stride in range(1, len(names) + 1):
        room = max(12.0, min(slot * stride - 6, sheet.width - 2 * EDGE))
        shown = range(len(names) - 1, -1, -stride)
        placed, legible, free = [], True, sheet.width
        for index in shown:
            lines = sheet.wrap(names[index], room, size)
            width = max((sheet.measure(line, size) for line in lines), default=0.0)
            middle = min(max(middles[index], left + width / 2), sheet.width - EDGE - width / 2)
            legible = legible and _reads_well(names[index], lines) and middle + width / 2 <= free
            free = middle - width / 2 - 4
            placed.append((middle, lines))
        if legible:
            break
    ends = [sheet.write(lines, middle, top, size, "muted", "middle") for middle, lines in placed]
    return max(ends, default=top)


def _reads_well(name: str, lines: Sequence[str]) -> bool:
    """True when no word was broken and there are two lines at most."""
    return len(lines) <= 2 and " ".join(lines).split() == name.split()


@dataclass(frozen=True, slots=True)
class SideLabel:
    """Words beside a field, wanted at the height `level`."""

    level: float
    words: str
    role: str
    bold: bool = False
    size: float = 0.0


def side_width(sheet: Sheet, labels: Sequence[SideLabel], most: float) -> float:
    """Pixels for labels at the side of a field: as wide as the widest, `most` at most, where they wrap."""
    widths = (sheet.measure(label.words, label.size or sheet.sizes.label, label.bold) for label in labels)
    return min(most, max(widths, default=0.0) + 1)


def side_height(sheet: Sheet, labels: Sequence[SideLabel], width: float) -> float:
    """Pixels that the labels take one below the other."""
    return sum(_block(sheet, label, width)[1] for label in labels)


def write_side(
    sheet: Sheet,
    labels: Sequence[SideLabel],
    left: float,
    width: float,
    top: float,
    bottom: float,
    anchor: Anchor = "start",
) -> None:
    """Puts the labels near their levels, moved apart where they would touch."""
    blocks = [_block(sheet, label, width) for label in labels]
    middles = spread([label.level for label in labels], [height for _, height in blocks], top, bottom)
    for label, (lines, height), middle in zip(labels, blocks, middles, strict=True):
        size = label.size or sheet.sizes.label
        sheet.write(lines, left, middle - height / 2, size, label.role, anchor, label.bold)


def _block(sheet: Sheet, label: SideLabel, width: float) -> tuple[tuple[str, ...], float]:
    size = label.size or sheet.sizes.label
    lines = sheet.wrap(label.words, width, size, label.bold)
    return lines, len(lines) * size * LEADING
