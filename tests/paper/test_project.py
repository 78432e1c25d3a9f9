"""A project printed: what holds for every document, which of them are compiled again, and what does not fit."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comptoir.audiences import for_audience
from comptoir.model.base import Text
from comptoir.model.organisation import PrintSettings
from comptoir.paper.catalogue import make_catalogue
from comptoir.paper.kinds import Product, Shows
from comptoir.paper.project import print_beforehand
from comptoir.paper.reports import make_reports
from comptoir.paper.sheets import make_sheets, sheet_path
from comptoir.paper.types import Printed, PrintError
from comptoir.products import PRODUCTS
from comptoir.resources import templates_folder
from comptoir.sources.nodes import Document
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.workers import Workers
from tests.content.measured import results
from tests.content.samples import TODAY, base_catalogue
from tests.paper.pressing import (
    boxes_of,
    changed,
    print_all,
    reader,
    run_of,
    text_of,
    with_service,
    with_services,
    workshop,
)

SHEETS = (Product("sheet", make_sheets),)
BOTH = (Product("sheet", make_sheets), Product("catalogue", make_catalogue))
LONG_WORD = "anticonstitutionnellementetcetera" * 2 + "jusqu-au-bout!"  # 80 letters


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Printed, ...]:
    """Everything that is printed of the base case, with results."""
    printed = print_all(base_catalogue(), tmp_path_factory.mktemp("printed"), results())
    assert printed.problems == ()
    return printed.files


def test_every_kind_is_printed_in_both_languages(files: tuple[Printed, ...]) -> None:
    kinds = {product.kind for product in PRODUCTS}
    assert {(file.kind, file.language) for file in files} >= {(k, c) for k in kinds for c in ("fr", "en")}
    paths = [(file.language, file.path) for file in files]
    assert len(paths) == len(set(paths))
    assert all(file.path.startswith("downloads/") for file in files)


def test_every_kind_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "printing.md").read_text("utf-8").lower()
    assert [product.kind for product in PRODUCTS if product.kind not in guide] == []


def test_only_reports_and_slides_wait_for_charts() -> None:
    assert [product.kind for product in PRODUCTS if product.shows is Shows.CHARTS] == ["report", "slides"]


def test_what_shows_nothing_measured_is_printed_beforehand(
    tmp_path: Path, files: tuple[Printed, ...]
) -> None:
    shop = workshop(tmp_path / "early")
    early = print_beforehand(base_catalogue(), TODAY, (templates_folder(),), shop, PRODUCTS)
    assert {kind for _, kind in early} == {"poster", "cover", "leaflet", "slides-template"}
    whole = print_all(base_catalogue(), tmp_path, results(), beforehand=early)
    assert [
        (file.path, file.content == other.content) for file, other in zip(files, whole.files, strict=True)
    ] == [(file.path, True) for file in files]


def test_every_pdf_is_accessible_and_carries_its_fonts(files: tuple[Printed, ...]) -> None:
    for file in files:
        if not file.path.endswith(".pdf"):
            continue
        pdf = reader(file.content)
        root = pdf.trailer["/Root"]
        assert b"pdfuaid:part" in file.content or "pdfuaid" in str(
            root["/Metadata"].get_object().get_data()
        ), file.path
        assert root["/MarkInfo"]["/Marked"], file.path
        assert root["/Lang"] == file.language, file.path
        assert pdf.metadata is not None and pdf.metadata.title == file.title, file.path
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], file.path
        assert len(pdf.pages) == file.pages, file.path
        assert len(_flat(pdf.outline)) >= 1, file.path
        figures = [node for node in _tags(root["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
        assert [node for node in figures if not node.get("/Alt")] == [], file.path
        for page in pdf.pages:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                for below in font.get_object()["/DescendantFonts"]:
                    described = below.get_object()["/FontDescriptor"].get_object()
                    assert {"/FontFile2", "/FontFile3"} & set(described), file.path


def test_the_catalogue_has_bookmarks_and_links_inside(files: tuple[Printed, ...]) -> None:
    [french] = [file for file in files if file.kind == "catalogue" and file.language == "fr"]
    pdf = reader(french.content)
    names = [item.title for item in _flat(pdf.outline)]
    assert [
        name for name in names if name in {"Poste de travail", "Messagerie", "Wi-Fi", "Index des services"}
    ] == [
        "Poste de travail",
        "Messagerie",
        "Wi-Fi",
        "Index des services",
    ]
    inside = [
        annotation.get_object()
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/Dest" in annotation.get_object() or "/D" in annotation.get_object().get("/A", {})
    ]
    assert len(inside) > 10
    assert all("/Contents" in annotation for annotation in inside)


def _tags(node: Any) -> Iterator[Any]:
    """Every element of the structure of a PDF."""
    element = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(element, dict):
        yield element
        below = element.get("/K", ())
        below = below.get_object() if hasattr(below, "get_object") else below
        for one in below if isinstance(below, list) else [below]:
            yield from _tags(one)


def _flat(outline: list[object]) -> list[object]:
    return [one for item in outline for one in (_flat(item) if isinstance(item, list) else [item])]


def test_the_same_project_gives_the_same_bytes(tmp_path: Path, files: tuple[Printed, ...]) -> None:
    again = print_all(base_catalogue(), tmp_path, results())
    assert [file.content == other.content for file, other in zip(files, again.files, strict=True)] == [
        True
    ] * len(files)


def test_two_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    wifi = base_catalogue().services["wifi"]
    many = with_services(
        base_catalogue(), {f"s{i}": wifi.model_copy(update={"id": f"s{i}"}) for i in range(12)}
    )
    shops = [workshop(tmp_path / name, cached=True) for name in ("one", "two")]
    one = print_all(many, tmp_path, products=SHEETS, workshop=shops[0])
    with Workers(2, tmp_path / "scratch") as workers:
        two = print_all(many, tmp_path, products=SHEETS, workshop=replace(shops[1], workers=workers))
        assert one.compiled == two.compiled == 28
        assert [file.content for file in one.files] == [file.content for file in two.files]


def test_nothing_is_compiled_again_but_what_changed(tmp_path: Path) -> None:
    shop = workshop(tmp_path, cached=True)
    first = print_all(base_catalogue(), tmp_path, workshop=shop, products=BOTH)
    again = print_all(base_catalogue(), tmp_path, workshop=shop, products=BOTH)
    assert (first.compiled, again.compiled) == (6, 0)
    assert again.files == first.files
    edited = print_all(with_service(summary="Autrement dit."), tmp_path, workshop=shop, products=BOTH)
    assert edited.compiled == 4  # its sheet and the catalogue, in two languages
    before = {(file.language, file.path): file.content for file in first.files}
    differ = {file.path for file in edited.files if before[file.language, file.path] != file.content}
    assert differ == {sheet_path("wifi"), "downloads/catalogue.pdf"}


def test_one_edited_service_changes_nothing_that_does_not_show_it(tmp_path: Path) -> None:
    shop = workshop(tmp_path, cached=True)
    first = print_all(base_catalogue(), tmp_path, results(), workshop=shop)
    edited = print_all(with_service(summary="Autrement dit."), tmp_path, results(), workshop=shop)
    before = {(file.language, file.path): file.content for file in first.files}
    differ = {file.path for file in edited.files if before[file.language, file.path] != file.content}
    assert differ == {
        sheet_path("wifi"),
        "downloads/catalogue.pdf",
        "downloads/poster-a2.pdf",  # which shows the summaries of so few services
        "downloads/poster-screen.png",
        "downloads/poster.png",
        "downloads/poster.svg",
        "downloads/slides.pptx",
    }
    assert edited.compiled == 2 * 6  # in each language; slides are not compiled
    detail = print_all(with_service(benefits=("Autrement dit.",)), tmp_path, results(), workshop=shop)
    assert detail.compiled == 2 * 2  # its sheet and the catalogue


def test_what_users_write_comes_out_as_written(tmp_path: Path) -> None:
    hostile = (
        'Tapez #read("/etc/passwd") ou $x^2$, *gras*, _it_, @nom, <etiquette>, C:\\dossier\\n, `code` = 1.'
    )
    catalogue = with_service(
        summary=hostile,
        benefits=(hostile, "שלום עולם", "é à ǖ, 😀 👩‍💻, Ελληνικά, Русский, ≥ → ✓"),
        description=Text(
            'Voici #read("/etc/passwd"), $ et @ref, `#let x = 1`.\n\n| a | b |\n|---|---|\n| #1 | <x> |'
        ),
    )
    printed = print_all(catalogue, tmp_path, products=BOTH)
    assert printed.problems == ()
    for file in printed.files:
        if file.path in (sheet_path("wifi"), "downloads/catalogue.pdf") and file.language == "en":
            words = text_of(file.content)
            assert words.replace(" ", "").count(hostile.replace(" ", "")) >= 2, file.path
            assert 'Voici #read("/etc/passwd"), $ et @ref, #let x = 1.' in words
            assert "#1 <x>" in words
            assert "😀" in words and "Ελληνικά, Русский, ≥ → ✓" in words
            assert "root:" not in words
            assert all(letter in words for letter in "שלוםעולם")


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("![](brand/logo.svg) Une image sans mots.", "Une image sans mots."),
        ("![Un logo](brand/logo.svg)", ""),
        ("![Un plan](brand/nothing.svg)", "Un plan"),
        ("# A\n\n#### B\n\n## C\n\ntexte", "A B C texte"),
        ("[](https://example.org) vide", "vide"),
        ("| |\n|--|\n", ""),
        ("- a\n    - b\n        - c\n            - d", "a • b • c • d"),
        ("1. x\n\n    ```\n    code\n    ```\n\n2. y", "1. x code 2. y"),
        ("[x](javascript:alert(1))", "x"),
        ("🇫🇷 ✊🏿 \u202eabc\u202c", ""),
        ("`" + "y" * 200 + "`", "y" * 20),
    ],
)
def test_any_markdown_is_printed(tmp_path: Path, markdown: str, words: str) -> None:
    printed = print_all(with_service(description=markdown, eligibility=markdown), tmp_path, products=SHEETS)
    assert printed.problems == ()
    [sheet] = [file for file in printed.files if file.path == sheet_path("wifi") and file.language == "fr"]
    assert words in text_of(sheet.content)


def test_a_table_with_a_column_too_narrow_for_a_word_is_told(tmp_path: Path) -> None:
    table = "\n".join(["| une-colonne " * 12 + "|", "|---" * 12 + "|", "| circonstances " * 12 + "|"])
    printed = print_all(with_service(description=table), tmp_path, products=SHEETS)
    assert {str(problem) for problem in printed.problems} == {
        "catalogue/services/wifi.yaml:1:1: error: the word 'une-colonne' is wider than its place in 'Wi-Fi' "
        "(downloads/sheets/wifi.pdf) (shorten the word, or cut it by a hyphen or a space) [print-fit]"
    }


def test_a_word_of_a_name_that_is_wider_than_its_band_is_told(tmp_path: Path) -> None:
    """Twenty letters are not cut; most words of twenty fit."""
    printed = print_all(with_service(name="M" * 20), tmp_path, products=SHEETS)
    assert {str(problem) for problem in printed.problems} == {
        f"catalogue/services/wifi.yaml:1:7: error: the word '{'M' * 20}' is wider than its place in '{'M' * 20}' "
        "(downloads/sheets/wifi.pdf) (shorten the word, or cut it by a hyphen or a space) [print-fit]"
    }
    assert print_all(with_service(name="incompréhensibilités"), tmp_path, products=SHEETS).problems == ()


def test_what_an_audience_may_not_see_is_not_printed(tmp_path: Path) -> None:
    wifi = base_catalogue().services["wifi"]
    secret = changed(wifi, name="Ornithorynque").model_copy(update={"id": "secret", "audience": "management"})
    whole = with_services(base_catalogue(), {"secret": secret})
    for audience, expected in (("employees", False), ("management", True)):
        printed = print_all(for_audience(whole, audience), tmp_path / audience, products=BOTH)
        found = any("Ornithorynque" in text_of(file.content) for file in printed.files)
        assert found is expected
        assert any(file.subject == "secret" for file in printed.files) is expected


def test_a_letter_that_no_font_holds_is_told_where_it_is_written(tmp_path: Path) -> None:
    catalogue = with_service(summary="Le réseau 漢字.")
    printed = print_all(catalogue, tmp_path, products=SHEETS)
    told = [str(problem) for problem in printed.problems]
    assert told == [
        "catalogue/services/wifi.yaml:3:10: warning: no font holds '字' (U+5B57): a box is printed instead [print-glyph]",
        "catalogue/services/wifi.yaml:3:10: warning: no font holds '漢' (U+6F22): a box is printed instead [print-glyph]",
    ]
    [sheet] = [file for file in printed.files if file.path == sheet_path("wifi") and file.language == "fr"]
    assert "Le réseau □□." in text_of(sheet.content)


def test_a_letter_that_no_font_holds_is_told_wherever_it_comes_from(tmp_path: Path) -> None:
    """Reports show names that have no place of their own: they are looked for in the files of the project."""
    catalogue = base_catalogue()
    document = Document(
        "segments/segments/researchers.yaml", MappingNode((), 1, 1), "id: researchers\nname: 漢\n"
    )
    segment = catalogue.segments["researchers"].model_copy(update={"name": Text("漢")})
    segment.read_from(document, ())
    named = replace(catalogue, segments={**catalogue.segments, "researchers": segment})
    reports = (Product("report", make_reports),)
    printed = print_all(named, tmp_path, results(), products=reports)
    assert [str(problem) for problem in printed.problems] == []
    printed = print_all(named, tmp_path, replace(results(), is_narrowest=True), products=reports)
    message = "no font holds '漢' (U+6F22): a box is printed instead [print-glyph]"
    assert [str(problem) for problem in printed.problems] == [
        f"segments/segments/researchers.yaml:2:7: warning: {message}"
    ]
    unknown = named.segments["researchers"].model_copy()
    unknown.read_from(Document("", MappingNode((), 1, 1)), ())
    lost = replace(catalogue, segments={**catalogue.segments, "researchers": unknown})
    printed = print_all(lost, tmp_path, replace(results(), is_narrowest=True), products=reports)
    assert [str(problem) for problem in printed.problems] == [
        f"downloads/reports/{name}.pdf:1:1: warning: {message}"
        for name in ("2026-Q3-account-segment-researchers", "2026-Q3-segment-researchers", "2026-Q3")
    ]


def test_a_name_that_does_not_fit_is_told_at_its_place(tmp_path: Path) -> None:
    printed = print_all(with_service(name="Très long nom de service " * 8), tmp_path, products=SHEETS)
    assert [re.sub(r"\d+ characters", "N characters", str(problem)) for problem in printed.problems][:1] == [
        "catalogue/services/wifi.yaml:1:7: error: this text does not fit its place in "
        f"'{('Très long nom de service ' * 8).strip()}' (downloads/sheets/wifi.pdf): about N characters too long "
        "(N characters fit) [print-fit]"
    ]


def test_too_many_pages_are_told_at_the_longest_text(tmp_path: Path) -> None:
    catalogue = with_service(description="Une phrase de plus, qui ne dit rien de neuf. " * 330)
    printed = print_all(catalogue, tmp_path, products=SHEETS)
    assert {str(problem) for problem in printed.problems} == {
        "catalogue/services/wifi.yaml:1:1: error: 'Wi-Fi' (downloads/sheets/wifi.pdf) has 5 pages; at most 2 are "
        "allowed (this is the longest of its texts) [print-fit]"
    }


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_word_of_eighty_letters_stays_in_its_place(tmp_path: Path, code: str) -> None:
    word = LONG_WORD[:80]
    catalogue = with_service(
        name=word[:48],
        summary=word,
        benefits=(word,),
        highlights=(word,),
        included=(word,),
        not_included=(word,),
        description=word,
    )
    printed = print_all(catalogue, tmp_path, products=BOTH)
    assert printed.problems == ()
    for file in printed.files:
        if file.language == code and file.path in (sheet_path("wifi"), "downloads/catalogue.pdf"):
            assert text_of(file.content).replace(" ", "").count(word) >= 4
            _assert_inside(file)


def _assert_inside(file: Printed) -> None:
    """No line begins beyond the edge of its page."""
    for page in reader(file.content).pages:
        places: list[float] = []

        def note(text: str, _cm: object, tm: list[float], *_font: object, seen: list[float] = places) -> None:
            if text.strip():
                seen.append(tm[4])

        page.extract_text(visitor_text=note)
        assert all(0 <= x <= float(page.mediabox.width) for x in places), file.path


@pytest.mark.parametrize("count", [1, 60])
def test_a_family_may_hold_one_service_or_sixty(tmp_path: Path, count: int) -> None:
    catalogue = base_catalogue()
    wifi = catalogue.services["wifi"]
    services = {"wifi": wifi} | {
        f"s{i:02}": changed(wifi, name=f"Service numéro {i}").model_copy(update={"id": f"s{i:02}"})
        for i in range(1, count)
    }
    printed = print_all(
        replace(catalogue, services=services), tmp_path, products=(Product("catalogue", make_catalogue),)
    )
    assert printed.problems == ()
    assert len(printed.files) == 2
    words = text_of(printed.files[0].content)
    assert all(words.count(f"Service numéro {i}") >= 3 for i in range(1, count))
    [document] = make_catalogue(run_of(replace(catalogue, services=services)))
    places = {box["name"]: (box["page"], box["y"]) for box in boxes_of(document, tmp_path)}
    assert places["services"][0] == places["words end"][0]  # the family opens on one page, clear of its list
    assert places["services"][1] - places["words end"][1] > 20


def test_longest_plausible_texts_fit_two_pages(tmp_path: Path) -> None:
    item = "Une phrase française assez longue pour remplir la ligne d'une liste, avec ses accents et sa ponctuation."
    line = "Un service pour travailler ensemble à distance, déposer, relire et valider des documents, sans jamais rien perdre de ce qui a été écrit par les uns ou les autres."
    catalogue = with_service(
        name="Accompagnement des transformations numériques",
        summary=line,
        benefits=(item,) * 5,
        highlights=(item,) * 5,
        included=(item,) * 8,
        not_included=(item,) * 6,
        eligibility=Text(line + " " + line),
        description=Text("\n\n".join([line * 2] * 3)),
    )
    printed = print_all(catalogue, tmp_path, results(), products=SHEETS)
    assert printed.problems == ()
    assert {file.pages for file in printed.files if file.path == sheet_path("wifi")} == {2}


def test_bleed_and_marks_make_a_larger_sheet_with_the_same_page(tmp_path: Path) -> None:
    catalogue = base_catalogue()
    organisation = catalogue.organisation.model_copy(
        update={"print": PrintSettings(bleed=3, crop_marks=True)}
    )
    printed = print_all(replace(catalogue, organisation=organisation), tmp_path, products=SHEETS)
    page = reader(printed.files[0].content).pages[0]
    millimetre = 72 / 25.4
    assert float(page.mediabox.width) == pytest.approx((210 + 2 * 9) * millimetre, abs=0.01)
    assert [float(x) for x in page["/TrimBox"]] == pytest.approx(
        [9 * millimetre, 9 * millimetre, 219 * millimetre, 306 * millimetre], abs=0.01
    )


def test_a_template_of_the_project_takes_the_place_of_ours_and_sees_nothing_else(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "print"
    own.mkdir(parents=True)
    folders = (own.parent, templates_folder())
    (own / "sheet.typ").write_text(
        '#import "lib.typ": *\n#show: document-setup\n= #say(view.service.name)\nÀ nous.'
    )
    printed = print_all(base_catalogue(), tmp_path / "a", products=SHEETS, template_folders=folders)
    assert "À nous." in text_of(printed.files[0].content)
    for body, words in (
        ('#read("/etc/passwd")', "sheet.typ"),
        ('#read("../../secret")', "sheet.typ"),
        ("#nothing", "unknown variable: nothing"),
    ):
        (own / "sheet.typ").write_text(body)
        with pytest.raises(
            PrintError, match=r"downloads/sheets/mail\.pdf cannot be printed: .*" + re.escape(words)
        ):
            print_all(base_catalogue(), tmp_path / "b", products=SHEETS, template_folders=folders)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            '#import "lib.typ": *\n#import "@preview/cetz:0.3.4"',
            "site_templates/print/sheet.typ:2 asks for the package '@preview/cetz:0.3.4': nothing is fetched while "
            "printing, copy what it needs into the folder",
        ),
        (
            '#include "@local/ours:1.0.0"',
            "site_templates/print/sheet.typ:1 asks for the package '@local/ours:1.0.0': nothing is fetched while "
            "printing, copy what it needs into the folder",
        ),
        (
            '#import ("@pre" + "view/cetz:0.3.4"): canvas',
            "downloads/sheets/mail.pdf cannot be printed: site_templates/print/sheet.typ:1:8: asks for the package '@preview/cetz:0.3.4', and "
            "nothing is fetched while printing",
        ),
    ],
)
def test_no_package_is_fetched_even_by_a_name_that_is_computed(
    tmp_path: Path, template: str, message: str
) -> None:
    own = tmp_path / "site_templates" / "print"
    own.mkdir(parents=True)
    (own / "sheet.typ").write_text(template)
    with pytest.raises(PrintError) as raised:
        print_all(
            base_catalogue(),
            tmp_path / "a",
            products=SHEETS,
            template_folders=(own.parent, templates_folder()),
        )
    assert str(raised.value) == message


def test_a_template_may_speak_of_what_looks_like_a_package(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "print"
    own.mkdir(parents=True)
    (own / "sheet.typ").write_text(
        '#import "lib.typ": *\n#show: document-setup\n= #say(view.service.name) <preview-1>\n'
        "// as with @preview packages\nÀ nous\\@preview."
    )
    folders = (own.parent, templates_folder())
    printed = print_all(base_catalogue(), tmp_path / "a", products=SHEETS, template_folders=folders)
    assert "À nous@preview." in text_of(printed.files[0].content)


def test_a_link_of_the_project_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    own = tmp_path / "site_templates" / "print"
    own.mkdir(parents=True)
    (own / "secret.txt").symlink_to(secret)
    (own / "sheet.typ").write_text('#read("secret.txt")')
    with pytest.raises(PrintError, match=r"sheet\.typ"):
        print_all(
            base_catalogue(),
            tmp_path / "a",
            products=SHEETS,
            template_folders=(own.parent, templates_folder()),
        )


@pytest.mark.parametrize("part", ["root", "fonts"])
def test_a_folder_that_is_removed_while_printing_is_told(tmp_path: Path, part: str) -> None:
    """Without its fonts a document would be compiled all the same, in others."""
    shop = workshop(tmp_path, cached=True)

    def stage(folder: Path, files: Mapping[str, str | bytes]) -> None:
        shop.stage(folder, files)
        if folder.name == "empty":  # the last
            [gone] = shop.folder.rglob(part)
            shutil.rmtree(gone)

    with pytest.raises(PrintError, match="press was changed while documents were printed"):
        print_all(base_catalogue(), tmp_path, workshop=replace(shop, stage=stage), products=SHEETS)
    again = print_all(base_catalogue(), tmp_path, workshop=shop, products=SHEETS)
    assert again.compiled == len(again.files)  # nothing of the first was kept
