"""Whether text fits: lines, heights, scales and lots, with the letters of the brand's own typefaces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comptoir.model.organisation import Font
from comptoir.slides.deck import Level, SlideParagraph
from comptoir.slides.fitting import Faces, fits, height_of, lines_of, pour, scale_of, share
from comptoir.slides.metrics import SAFETY, choose_face
from tests.content.samples import base_catalogue
from tests.slides.decks import body

FIGTREE = choose_face(base_catalogue(), Font(family="Figtree"))
FACES = Faces(FIGTREE, choose_face(base_catalogue(), Font(family="Fraunces")))


def test_letters_are_as_wide_as_the_font_says() -> None:
    assert FIGTREE.width("i", 100) < FIGTREE.width("n", 100) < FIGTREE.width("m", 100)
    assert FIGTREE.width("mots", 100, bold=True) > FIGTREE.width("mots", 100)
    assert FIGTREE.width("", 12) == 0
    assert FIGTREE.width("\u0301", 12) == 0  # a combining accent takes no room
    assert round(FIGTREE.width("漢", 100) / SAFETY) == 105  # not in the font: as wide as it is high


def test_a_typeface_that_is_not_there_is_measured_by_another() -> None:
    unknown = choose_face(base_catalogue(), Font(family="No Such Face"))
    assert unknown.family == "No Such Face"
    assert unknown.width("mots", 100) > 100


def test_lines_break_at_spaces_and_after_hyphens() -> None:
    width = FIGTREE.width("un mot très", 20)
    assert lines_of("un mot très long", 20, width, FIGTREE) == ("un mot très", "long")
    assert lines_of("rendez-vous", 20, FIGTREE.width("rendez-", 20), FIGTREE) == ("rendez-", "vous")
    assert lines_of("20\u00a0h", 20, FIGTREE.width("20\u00a0h", 20), FIGTREE) == ("20\u00a0h",)
    assert lines_of("", 20, 100, FIGTREE) == ("",)


def test_a_word_of_eighty_letters_breaks_inside() -> None:
    lines = lines_of("m" * 80, 20, 200, FIGTREE)
    assert "".join(lines) == "m" * 80
    assert all(FIGTREE.width(line, 20) <= 200 for line in lines)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200), st.floats(20, 400)
)
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = lines_of(text, 12, width, FIGTREE)
    assert all(FIGTREE.width(line, 12) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split(" ")) == "".join(text.rstrip().split(" ")) or not text.strip()


def test_text_is_set_smaller_before_it_is_refused() -> None:
    hole = body(200, 60)
    assert scale_of((SlideParagraph("court"),), hole, FACES) == 100
    long = (
        SlideParagraph("un texte qui prend plusieurs lignes, un peu trop pour la place qui est la sienne"),
    )
    scale = scale_of(long, hole, FACES)
    assert scale is not None and scale < 100
    assert fits(long, hole, FACES, scale)
    assert scale_of((SlideParagraph("mot " * 100),), hole, FACES) is None


def test_a_word_is_kept_whole_where_smaller_letters_allow_it() -> None:
    word = "accompagnement"
    hole = body(FIGTREE.width(word, 20) * 0.9, 200)
    assert scale_of((SlideParagraph(word),), hole, FACES) == 85


def test_heights_add_up_with_the_room_before_each_paragraph() -> None:
    hole = body(400, 400, Level(20, before=10))
    one = height_of((SlideParagraph("un"),), hole, FACES)
    assert one == 20 * FIGTREE.line
    assert height_of((SlideParagraph("un"), SlideParagraph("deux")), hole, FACES) == 2 * one + 10


@given(st.lists(st.integers(1, 6), max_size=20))
def test_groups_are_poured_whole_and_in_order(sizes: list[int]) -> None:
    hole = body(400, 200)
    groups = [tuple(SlideParagraph(f"{n}.{line}") for line in range(size)) for n, size in enumerate(sizes)]
    places = list(pour(groups, hole, FACES))
    assert [p for place in places for p in place] == [p for group in groups for p in group]
    assert all(fits(place, hole, FACES) for place in places)
    starts = {place[0].text for place in places}
    assert all(text.endswith(".0") for text in starts)


@given(st.integers(0, 60), st.integers(1, 9))
def test_lots_are_even_and_hold_everything(count: int, most: int) -> None:
    lots = share(tuple(range(count)), most)
    assert [n for lot in lots for n in lot] == list(range(count))
    assert len(lots) == -(-count // most)
    assert all(0 < len(lot) <= most for lot in lots)
    assert not lots or max(map(len, lots)) - min(map(len, lots)) <= 1
