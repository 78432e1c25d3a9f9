"""What no font holds: a box stands for it and nothing else, whatever is written, and the document is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.paper.alphabet import Alphabet, box, may_hold_clusters, mend_clusters
from comptoir.paper.fonts import choose_typefaces
from comptoir.paper.press import Impression, Press, PressSheet, Setting, write_data
from comptoir.publish.stage import stage_files
from tests.content.samples import base_catalogue
from tests.paper.pressing import FONTS, print_all, text_of, with_service

LATIN = frozenset(map(ord, "Wabe□\u0301é"))
HEBREW = frozenset(map(ord, "שWe\u05b8\u302a"))
TWO = Alphabet((LATIN, HEBREW))
TEMPLATE = """#let seen = json(bytes(sys.inputs.data))
#set document(title: "Letters")
#set text(lang: "en", font: seen.fonts, fallback: false)
#for line in seen.lines [#line#parbreak()]
"""


@pytest.mark.parametrize(
    ("written", "printed", "told"),
    [
        ("W\u302a Wi-Fi", "W\u302a Wi-Fi", ()),  # the second font holds both
        ("W\u302b Wi-Fi", "W□ Wi-Fi", ("W\u302b",)),
        ("W\u302b\u0301 W", "W\u0301□ W", ("W\u302b\u0301",)),
        ("é\u302a é", "é□ é", ("é\u302a",)),
        ("e\u0301e", "e\u0301e", ()),
        ("ש\u05b8", "ש\u05b8", ()),
        ("字\u0301", "□", ("字\u0301",)),  # a compiler drops the letter and shows its accent
        ("字", "字", ()),  # alone, the compiler names it
        ("a\u200db\ufe0f", "a\u200db\ufe0f", ()),
    ],
)
def test_a_letter_with_its_marks_is_set_in_one_font(
    written: str, printed: str, told: tuple[str, ...]
) -> None:
    assert mend_clusters([written], TWO) == ([printed], told)


def test_only_what_is_shown_is_changed_and_never_plain_letters() -> None:
    data: Any = {"text": ["W字", {"href": "/字"}], "n": 1, "字": 'W\\u5b57 "字"', "svg": "<svg>字</svg>"}
    changed: Any = {"text": ["W□", {"href": "/字"}], "n": 1, "字": 'W\\u5b57 "□"', "svg": "<svg>字</svg>"}
    assert box(data, "W字\\u5b") == (changed, ("字",))
    assert box(data, "W") == (data, ())


MARKED = st.tuples(st.characters(), st.text(st.characters(categories=("Mn", "Mc", "Me")), max_size=3))
TEXTS = st.lists(st.one_of(st.text(max_size=8), MARKED.map("".join))).map("".join)


@given(TEXTS, st.text())
def test_printable_ascii_comes_out_as_written(text: str, refused: str) -> None:
    mended, _ = mend_clusters(text, TWO)
    boxed, _ = box(mended, refused)
    assert isinstance(boxed, str)
    assert [c for c in boxed if " " <= c <= "~"] == [c for c in text if " " <= c <= "~"]


@given(TEXTS)
def test_no_cluster_is_overlooked(text: str) -> None:
    joined = any(len(cluster) > 1 for cluster in regex.findall(r"\X", text) if cluster != "\r\n")
    assert may_hold_clusters(text) or not joined


class Letters:
    """A press for lines of text, in the typefaces of the base case."""

    def __init__(self, folder: Path) -> None:
        self.typefaces = choose_typefaces(base_catalogue(), FONTS)
        stage_files(folder / "root", {"lines.typ": TEMPLATE})
        stage_files(folder / "fonts", self.typefaces.files)
        stage_files(folder / "empty", {"README": ""})
        setting = Setting(
            str(folder / "root"), str(folder / "fonts"), self.typefaces.everywhere, str(folder / "empty"), 0
        )
        self.press = Press(setting)

    def print(self, *lines: str) -> Impression:
        """The lines on paper, a paragraph each."""
        data = write_data({"lines": lines, "fonts": self.typefaces.text})
        (impression,) = self.press.press([PressSheet("lines.typ", data, "pdf", 72, 0, False)])
        return impression


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return Letters(tmp_path_factory.mktemp("letters"))


def told_of(impression: Impression) -> list[str]:
    return [fact["text"] for fact in impression.told if fact["kind"] == "missing"]


def test_a_mark_that_no_font_holds_is_a_box_beside_its_letter(letters: Letters) -> None:
    impression = letters.print("W\u302a and Wide Wi-Fi", "\u302a", "a é\u302a e\u0301", "字\u0301 字")
    assert impression.fault == ""
    words = unicodedata.normalize("NFC", text_of(impression.content))
    assert words == "W□ and Wide Wi-Fi □ a é□ é □ □"
    assert told_of(impression) == ["W\u302a", "é\u302a", "字\u0301", "\u302a", "字"]


@pytest.mark.parametrize("blank", ["\x0c\t", "\x0b\t", "a\x85\tb"])
def test_a_tab_after_a_break_is_a_space(letters: Letters, blank: str) -> None:
    impression = letters.print("plain W", blank)
    assert impression.fault == ""
    assert text_of(impression.content).split() == ["plain", "W", *blank.split()]


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_whatever_is_written_is_printed(letters: Letters, lines: list[str]) -> None:
    impression = letters.print("plain W", *lines)
    assert impression.fault == ""
    assert impression.content.startswith(b"%PDF")
    assert not {letter for letter in told_of(impression) if letter.isascii() and letter.isprintable()}


def lots(characters: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(characters), size):
        yield characters[start : start + size]


def test_the_tables_of_the_fonts_say_what_the_compiler_can_set(letters: Letters) -> None:
    """Every letter of the first two planes: those that the tables hold are never refused."""
    alphabet = letters.press._alphabet
    held = [
        c
        for c in map(chr, range(0xA0, 0x20000))
        if unicodedata.category(c)[0] in "LNPS" and alphabet.mend(c) == c
    ]
    assert len(held) > 4000
    for lot in lots(held, 2000):
        assert told_of(letters.print(*lot)) == []


def test_a_service_with_an_unknown_mark_keeps_the_other_letters(tmp_path: Path) -> None:
    project = print_all(with_service(name="W\u302aLAN", summary="Wi-Fi for World Wide Web"), tmp_path)
    sheet = next(file for file in project.files if file.path.endswith("sheets/wifi.pdf"))
    words = text_of(sheet.content)
    assert "W□LAN" in words
    assert "Wi-Fi for World Wide Web" in words
    told = {problem.message for problem in project.problems}
    assert told == {"no font holds 'W\u302a' (U+0057 U+302A): a box is printed instead"}
