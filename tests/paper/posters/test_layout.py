"""The poster fills its sheet: nothing overlaps, nothing is left empty, every word is there, for any offer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.charts.metrics import text_width
from comptoir.paper.posters.grid import GAP, CardGroup, GridField, GridItem
from comptoir.paper.posters.layout import LARGEST, SMALLEST, Card, PosterCell, PosterLayout, lay_out
from tests.conftest import Golden
from tests.paper.posters.offers import DENSE, FIELD, LONG_NAMES, offer

HERE = Path(__file__).parent
EPSILON = 1e-6
OFFERS = {
    "8 services": (3, 5),
    "32 services": (5, 4, 6, 4, 5, 4, 4),
    "one family of 60": (60,),
    "15 families of 2": (2,) * 15,
    "one of 60 and four": (60, 3, 4, 2, 5),
    "120 services": (8,) * 15,
    "120 services, unequal": (40, 20, 10, 10, 10, 10, 10, 5, 5),
}


def found(groups: tuple[CardGroup, ...], field: GridField = FIELD) -> PosterLayout:
    layout = lay_out(groups, field)
    assert layout is not None
    return layout


def overlap(a: Card | PosterCell, b: Card | PosterCell) -> bool:
    return (
        a.x < b.x + b.width - EPSILON
        and b.x < a.x + a.width - EPSILON
        and a.y < b.y + b.height - EPSILON
        and b.y < a.y + a.height - EPSILON
    )


def faults(layout: PosterLayout, groups: tuple[CardGroup, ...], field: GridField) -> list[str]:
    """Everything that is wrong with a layout."""
    wrong = []
    shelves: dict[float, list[Card]] = {}
    for card in layout.cards:
        shelves.setdefault(card.y, []).append(card)
        for cell in card.cells:
            inside = (
                card.x <= cell.x
                and cell.x + cell.width <= card.x + card.width + EPSILON
                and card.y + card.head <= cell.y
                and cell.y + cell.height <= card.y + card.height + EPSILON
            )
            if not inside:
                wrong.append(f"{cell.id} leaves its card")
        wrong += [
            f"{a.id} covers {b.id}" for i, a in enumerate(card.cells) for b in card.cells[:i] if overlap(a, b)
        ]
    for y, cards in shelves.items():
        if abs(sum(card.width for card in cards) + GAP * (len(cards) - 1) - field.width) > EPSILON:
            wrong.append(f"the shelf at {y} does not fill the width")
        if len({card.height for card in cards}) > 1:
            wrong.append(f"the cards of the shelf at {y} are not of one height")
    height = sum(cards[0].height for cards in shelves.values()) + GAP * (len(shelves) - 1)
    if abs(height - field.height) > EPSILON:
        wrong.append("the shelves do not fill the height")
    shown = [cell.id for card in layout.cards for cell in card.cells]
    if shown != [item.id for group in groups for item in group.items]:
        wrong.append("services are missing, doubled or out of order")
    return wrong


def words_of(layout: PosterLayout, groups: tuple[CardGroup, ...]) -> list[tuple[str, str]]:
    """Each name as the poster shows it, without its breaks, beside the name."""
    cells = {cell.id: cell for card in layout.cards for cell in card.cells}
    return [
        ("".join(cells[item.id].lines).replace(" ", ""), item.name.replace(" ", ""))
        for group in groups
        for item in group.items
    ]


@pytest.mark.parametrize("name", OFFERS)
def test_the_sheet_is_full_and_nothing_overlaps(name: str) -> None:
    groups = offer(OFFERS[name])
    field = DENSE if "120" in name else FIELD
    layout = found(groups, field)
    assert faults(layout, groups, field) == []
    assert [shown for shown, wanted in words_of(layout, groups) if shown != wanted] == []


@settings(max_examples=15)
@given(counts=st.lists(st.integers(1, 24), min_size=1, max_size=15).filter(lambda c: 8 <= sum(c) <= 120))
def test_any_offer_of_8_to_120_services_in_1_to_15_families_fits(counts: list[int]) -> None:
    groups = offer(counts)
    layout = found(groups, DENSE)
    assert faults(layout, groups, DENSE) == []
    assert SMALLEST <= layout.size <= LARGEST


def test_every_line_fits_its_cell() -> None:
    for names in (None, LONG_NAMES):
        groups = offer((9, 7, 12, 5)) if names is None else offer((9, 7, 12, 5), names)
        layout = found(groups)
        for card in layout.cards:
            for cell in card.cells:
                widths = [text_width(line, layout.size, "Figtree", bold=True) for line in cell.lines]
                assert max(widths) <= cell.width


def test_120_of_the_longest_names_fit() -> None:
    groups = offer((8,) * 15, LONG_NAMES)
    layout = found(groups, DENSE)
    assert faults(layout, groups, DENSE) == []


@pytest.mark.parametrize("word", ["x" * 80, "anticonstitutionnellement" * 3 + "abcde"])
def test_an_unbroken_word_of_80_letters_is_broken_and_no_letter_is_lost(word: str) -> None:
    plain = offer((5, 4, 6))
    first = CardGroup("f0", plain[0].name, plain[0].summary, (GridItem("long", word), *plain[0].items))
    groups = (first, *plain[1:])
    layout = found(groups)
    assert faults(layout, groups, FIELD) == []
    lines = layout.cards[0].cells[0].lines
    assert "".join(lines) == word and len(lines) > 1


def test_words_of_everyday_length_are_never_broken() -> None:
    groups = offer((30, 12, 20, 8), LONG_NAMES)
    broken = {line for card in found(groups, DENSE).cards for cell in card.cells for line in cell.lines}
    whole = {word for name in LONG_NAMES for word in name.split()}
    assert {word for line in broken for word in line.split()} <= whole


def test_fewer_services_have_larger_letters_and_say_more() -> None:
    sizes = [found(offer(counts)).size for counts in ((3, 5), (10, 12, 10), (30, 30))]
    assert sizes == sorted(sizes, reverse=True)
    few, many = found(offer((3, 5))), found(offer((8,) * 15), DENSE)
    assert all(cell.summary for card in few.cards for cell in card.cells)
    assert not any(card.summary or cell.summary for card in many.cards for cell in card.cells)


def test_four_services_go_two_by_two_rather_than_three_and_one() -> None:
    layout = found(
        (CardGroup("f", "Données", "", offer((4,))[0].items),),
        GridField(388, 60, FIELD.names, FIELD.titles, FIELD.small),
    )
    columns = {cell.x for cell in layout.cards[0].cells}
    rows = {cell.y for cell in layout.cards[0].cells}
    assert (len(columns), len(rows)) in {(2, 2), (4, 1)}


def test_too_much_for_the_smallest_letters_has_no_layout() -> None:
    assert lay_out(offer((60,) * 10), DENSE) is None


def test_the_same_offer_always_has_the_same_layout() -> None:
    assert found(offer((7, 3, 9))) == found(offer((7, 3, 9)))


@pytest.mark.parametrize("name", ["8 services", "32 services", "one of 60 and four"])
def test_the_boxes_of_some_layouts(name: str, golden: Golden) -> None:
    layout = found(offer(OFFERS[name]))
    lines = [f"{layout.columns} columns, letters of {layout.size:.2f} mm"]
    for card in layout.cards:
        lines.append(f"{card.id} {box(card)} head {card.head:.1f} | {' / '.join(card.title)}")
        lines += [f"  {cell.id} {box(cell)} | {' / '.join(cell.lines)}" for cell in card.cells]
    golden("\n".join(lines) + "\n", HERE / "layouts" / f"{name.replace(' ', '-')}.txt")


def box(part: Card | PosterCell) -> str:
    return f"{part.x:.1f} {part.y:.1f} {part.width:.1f}×{part.height:.1f}"
