"""Letters on paper: for the window of an envelope, as written, on as many pages as they need, and never kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comptoir.content.letters import Letter, LetterKind
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import LetterWindow
from comptoir.paper.letters import letter_document, print_letter
from comptoir.paper.types import Printed
from comptoir.problems import Location, Problem
from comptoir.resources import templates_folder
from tests.content.samples import TODAY, base_catalogue
from tests.paper.pressing import boxes_of, reader, run_of, text_of, workshop

LETTER = Letter(
    kind=LetterKind.APOLOGY,
    language="fr",
    sender=("Institut Test", "Direction informatique", "offre@example.org"),
    addressee=("Madame Anne Le Goff", "Laboratoire de physique"),
    date="lundi 15 avril 2013",
    iso_date="2013-04-15",
    reference="REC-12",
    subject="Votre réclamation du 5 avril",
    paragraphs=("Madame,", "Vous aviez raison.", "C’est réparé.", "Mes salutations distinguées."),
    signatory="Responsable relations clients",
    signatory_name="Claire Martin",
)


def printed(folder: Path, letter: Letter = LETTER) -> tuple[Printed, tuple[Problem, ...]]:
    return print_letter(base_catalogue(), letter, TODAY, (templates_folder(),), workshop(folder, cached=True))


def for_window(window: LetterWindow | None, languages: tuple[str, ...]) -> Catalogue:
    catalogue = base_catalogue()
    settings = catalogue.organisation.print.model_copy(update={"letter_window": window})
    changes: dict[str, Any] = {"print": settings, "languages": languages}
    return replace(catalogue, organisation=catalogue.organisation.model_copy(update=changes))


def test_a_letter_in_its_order(tmp_path: Path) -> None:
    letter, problems = printed(tmp_path)
    assert problems == ()
    assert letter.pages == 1
    assert text_of(letter.content).replace("\u00a0", " ") == (
        "Direction informatique Institut Test Madame Anne Le Goff Laboratoire de physique lundi 15 avril 2013 "
        "Référence : REC-12 Objet : Votre réclamation du 5 avril Madame, Vous aviez raison. C’est réparé. "
        "Mes salutations distinguées. Claire Martin Responsable relations clients "
        "Institut Test · Direction informatique · offre@example.org"
    )


def test_the_words_of_ours_are_in_the_language_of_the_letter(tmp_path: Path) -> None:
    letter, _ = printed(tmp_path, replace(LETTER, language="en"))
    text = text_of(letter.content)
    assert "Reference: REC-12 Subject: Votre" in text
    assert len(reader(letter.content).outline) == 1
    assert reader(letter.content).trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize(
    ("window", "languages", "expected"),
    [
        (None, ("fr", "en"), "right"),
        (None, ("en", "fr"), "left"),
        (LetterWindow.LEFT, ("fr",), "left"),
        (LetterWindow.RIGHT, ("en",), "right"),
    ],
)
def test_the_window_is_that_of_the_country_unless_chosen(
    window: LetterWindow | None, languages: tuple[str, ...], expected: str
) -> None:
    document = letter_document(run_of(for_window(window, languages)), LETTER)
    assert document.data["view"]["window"] == expected  # type: ignore[index, call-overload]


@pytest.mark.parametrize(("window", "left"), [("right", 105), ("left", 25)])
def test_the_address_stands_in_the_window(window: str, left: int, tmp_path: Path) -> None:
    document = letter_document(run_of(for_window(LetterWindow(window), ("fr",))), LETTER)
    places = [
        (box["page"], round(box["x"] * 25.4 / 72), round(box["y"] * 25.4 / 72))
        for box in boxes_of(document, tmp_path)
        if box["name"] == "address"
    ]
    assert places == [(1, left, 50)]


@pytest.mark.parametrize(("logo", "left"), [(None, 25), ("brand/logo.svg", 41)])
def test_who_writes_stands_at_the_margin_or_beside_the_logo(
    logo: str | None, left: int, tmp_path: Path
) -> None:
    catalogue = base_catalogue()
    brand = catalogue.organisation.brand.model_copy(update={"logo": logo})
    organisation = catalogue.organisation.model_copy(update={"brand": brand})
    document = letter_document(run_of(replace(catalogue, organisation=organisation)), LETTER)
    [sender] = [box["x"] for box in boxes_of(document, tmp_path) if box["name"] == "sender"]
    assert round(sender * 25.4 / 72) == left


def test_a_long_letter_goes_on_and_its_end_stays_together(tmp_path: Path) -> None:
    long = replace(LETTER, paragraphs=("Une phrase assez longue pour remplir la ligne entière. " * 4,) * 14)
    letter, problems = printed(tmp_path, long)
    assert problems == () and letter.pages == 2
    last = " ".join(reader(letter.content).pages[-1].extract_text().split())
    assert "ligne entière. Claire Martin" in last and "2 / 2" in last.replace("\u00a0", " ")


def test_an_address_too_long_for_the_window_is_a_problem(tmp_path: Path) -> None:
    lines = tuple(f"Ligne {n}" for n in range(12))
    place = Location("segments/answers.yaml", 31, 14)
    _, problems = printed(tmp_path, replace(LETTER, addressee=lines, place=place))
    assert [str(problem) for problem in problems] == [
        "segments/answers.yaml:31:14: error: this text does not fit its place in 'Votre réclamation du 5 avril' "
        "(letter.pdf): about 8 characters too long [print-fit]"
    ]


def test_a_long_address_gets_smaller_letters(tmp_path: Path) -> None:
    letter, problems = printed(tmp_path, replace(LETTER, addressee=tuple(f"Ligne {n}" for n in range(7))))
    assert problems == () and "Ligne 6" in text_of(letter.content)


def test_words_come_out_as_written(tmp_path: Path) -> None:
    hostile = '#read("/etc/passwd") $x$ *b* @ref <label> \\u{1}'
    letter, _ = printed(tmp_path, replace(LETTER, paragraphs=(hostile,), subject=hostile))
    assert text_of(letter.content).replace(" ", "").count(hostile.replace(" ", "")) == 2


def test_nothing_of_a_letter_is_kept(tmp_path: Path) -> None:
    printed(tmp_path)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "printed").rglob("*") if path.is_file())
    assert b"told" not in kept


def test_the_same_letter_has_the_same_bytes(tmp_path: Path) -> None:
    assert printed(tmp_path / "a")[0].content == printed(tmp_path / "b")[0].content
