"""The poster of the cover and the leaflet, in both languages: their words, their sides, their folds."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.paper.posters.leaflet import FLAP, WIDE
from comptoir.paper.project import PrintedProject
from tests.conftest import Golden, MakeProject
from tests.paper.posters.printing import boxes, content, print_kinds, text_of
from tests.paper.posters.test_choice import many
from tests.paper.posters.test_poster import ROOT

HERE = Path(__file__).parent
KINDS = ("cover", "leaflet")


@pytest.fixture(scope="module")
def demonstration(work: Path) -> PrintedProject:
    return print_kinds(ROOT, work, date(2026, 10, 15), KINDS)


def test_the_files(demonstration: PrintedProject) -> None:
    assert [(f.language, f.path, f.title, f.pages) for f in demonstration.files] == [
        ("fr", "downloads/cover-a3.pdf", "Affiche du catalogue", 1),
        ("fr", "downloads/leaflet.pdf", "Dépliant du catalogue", 2),
        ("en", "downloads/cover-a3.pdf", "Poster of the catalogue", 1),
        ("en", "downloads/leaflet.pdf", "Leaflet of the catalogue", 2),
    ]
    assert all(file.preview[8:12] == b"WEBP" for file in demonstration.files)
    assert demonstration.problems == ()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["cover-a3", "leaflet"])
def test_the_words(demonstration: PrintedProject, language: str, name: str, golden: Golden) -> None:
    text = text_of(content(demonstration, language, f"{name}.pdf"))
    golden(text.replace(". ", ".\n") + "\n", HERE / "words" / f"{name}.{language}.txt")


def test_the_sheets(demonstration: PrintedProject) -> None:
    assert boxes(content(demonstration, "fr", "cover-a3.pdf")) == [[297, 420]]
    assert boxes(content(demonstration, "fr", "leaflet.pdf")) == [[297, 210], [297, 210]]


def test_the_panel_that_is_folded_in_is_narrower() -> None:
    assert 1 <= WIDE - FLAP <= 2
    assert 2 * WIDE + FLAP == 297


def test_fifteen_families_fit_the_leaflet(make_project: MakeProject, work: Path, today: date) -> None:
    project = make_project(keys=many({f"family-{letter}": 8 for letter in "abcdefghijklmn"}))
    printed = print_kinds(project, work, today, KINDS)
    assert printed.problems == ()
    assert [file.pages for file in printed.files] == [1, 2, 1, 2]
    text = text_of(content(printed, "en", "leaflet.pdf"))
    assert [
        f"Family-{letter.upper()}" for letter in "abcdefghijklmn" if f"Family-{letter.upper()}" not in text
    ] == []


LONGEST = (
    "Accompagnement numérique des laboratoires et des unités de recherche embarquées en mer, avec celles et ceux "
    "qui les font vivre chaque jour, du port au pôle et retour, par tous les temps"
)


def test_texts_as_long_as_the_yaml_allows_fit_everything_that_hangs_or_folds(
    make_project: MakeProject, work: Path, today: date
) -> None:
    def long(length: int) -> dict[str, str]:
        return dict.fromkeys(("fr", "en"), f"{LONGEST[: length - 1].rstrip()}.")

    organisation = {
        "name": long(48),
        "department": long(48),
        "slogan": long(170),
        "reasons": [{"title": long(90), "text": long(170)}] * 3,
        "service_desk": {
            "role": long(48),
            "place": long(48),
            "promise": long(170),
            "email": "assistance.numerique.des.laboratoires@direction-du-numerique.institut.example",
            "phone": "02 61 91 20 20",
            "hours": "office-hours",
        },
        "functional_mailbox": {"address": "offre@example.org", "promise": long(170)},
        "site_url": "https://catalogue-des-services.direction-du-numerique.institut.example/catalogue/",
    }
    wordy = {"name": long(48), "summary": long(170)}
    project = make_project(
        keys={
            "catalogue/organisation.yaml": json.loads(json.dumps(organisation)),
            "catalogue/families/workplace.yaml": wordy,
            "catalogue/services/mail.yaml": wordy,
        }
    )
    printed = print_kinds(project, work, today, (*KINDS, "poster"))
    assert [str(problem) for problem in printed.problems] == []


def test_a_text_that_fits_in_no_size_is_a_problem_at_its_place(
    make_project: MakeProject, work: Path, today: date
) -> None:
    address = "https://example.org/" + "a" * 470
    project = make_project(keys={"catalogue/organisation.yaml": {"site_url": address}})
    printed = print_kinds(project, work, today, ["leaflet"])
    assert [str(problem) for problem in printed.problems][:1] == [
        "catalogue/organisation.yaml:33:11: error: this text does not fit its place in 'Dépliant du catalogue' "
        "(downloads/leaflet.pdf): about 115 characters too long (375 characters fit) [print-fit]"
    ]


def test_the_same_files_have_the_same_bytes(make_project: MakeProject, tmp_path: Path, today: date) -> None:
    project = make_project()
    once, again = (print_kinds(project, tmp_path / name, today, KINDS).files for name in ("a", "b"))
    assert [file.content for file in once] == [file.content for file in again]


@pytest.mark.parametrize(("families", "left_out"), [(24, 0), (78, 22)])
def test_many_families_stand_in_lines_and_the_rest_is_counted(
    make_project: MakeProject, work: Path, today: date, families: int, left_out: int
) -> None:
    names = [f"family-{first}{second}" for first in "abcdefgh" for second in "abcdefghij"]
    project = make_project(keys=many(dict.fromkeys(names[: families - 1], 1)))  # the base case has one
    printed = print_kinds(project, work, today, ("leaflet",))
    leaflet = content(printed, "en", "leaflet.pdf")
    assert f" in {families} families" in text_of(leaflet)
    places: list[tuple[bool, float]] = []  # on the second panel, and how high

    def see(text: str, matrix: list[float], *others: object) -> None:
        if text.strip().startswith("Family-"):
            places.append((matrix[4] > 250, matrix[5]))

    PdfReader(BytesIO(leaflet)).pages[1].extract_text(visitor_text=see)
    more = re.findall(r"and (\d+) more famil", text_of(leaflet))
    assert [int(number) for number in more] == ([left_out] if left_out else [])
    assert families - left_out - len(places) in (0, 1)  # that of the base case has another name
    for panel in (False, True):
        heights = sorted(height for second, height in places if second is panel)
        assert min(after - before for before, after in pairwise(heights)) > 8  # points
