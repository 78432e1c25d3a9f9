"""What is on the slides: the base case word for word, and the hard cases: long words, many services, what is hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comptoir.audiences import for_audience
from comptoir.model.base import Text
from comptoir.slides.deck import TITLE, Deck
from comptoir.slides.fitting import scale_of
from comptoir.slides.looks import Looks
from comptoir.slides.make import problems_of
from tests.conftest import Golden
from tests.content.measured import results as base_results
from tests.content.samples import base_catalogue, reword
from tests.slides.decks import changed, deck_of, with_services

HERE = Path(__file__).parent


def told(deck: Deck) -> str:
    """The slides in plain text: layout, then each place with its box and its paragraphs, then the notes."""
    lines = []
    for number, slide in enumerate(deck.slides, 1):
        layout = deck.layouts[slide.layout]
        lines.append(f"=== {number}. {layout.name}")
        for hole in layout.holes:
            box = hole.box
            place = f"[{hole.kind.value} {box.x:g},{box.y:g} {box.width:g}×{box.height:g}]"
            lines += [f"{place} {p.level} {p.text}" for p in slide.texts.get(hole.index, ())]
        if slide.table:
            lines += [f"| {' | '.join(row)}" for row in slide.table.rows] + [slide.table.alternative]
        if slide.chart:
            lines += [f"{name}: {values}" for name, values in slide.chart.series]
            lines += [f"{slide.chart.categories}", slide.chart.alternative]
        lines += [f"[picture] {picture.alternative}" for picture in slide.pictures]
        lines += [f"    {note}" for note in slide.notes]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_words_and_the_boxes_of_the_base_case(golden: Golden, code: str) -> None:
    golden(told(deck_of(code=code, results=base_results())[0]), HERE / f"slides-{code}.txt")


def overflows(deck: Deck, looks: Looks) -> list[str]:
    return [
        f"{slide.title}: {hole.name}"
        for slide in deck.slides
        for hole in deck.layouts[slide.layout].holes
        if hole.index in slide.texts and scale_of(slide.texts[hole.index], hole, looks.faces) is None
    ]


def test_a_family_of_sixty_services_goes_over_several_slides() -> None:
    catalogue = with_services(
        base_catalogue(),
        60,
        name="Service numéro {n} au nom plutôt long",
        summary="Ce que fait le service {n}.",
    )
    deck, looks = deck_of(catalogue, per_service=False)
    titles = [slide.title for slide in deck.slides]
    assert titles == [
        "Notre offre de services",
        "L’offre en une page",
        "Poste de travail (1\u00a0sur\u00a02)",
        "Poste de travail (2\u00a0sur\u00a02)",
        "Nous joindre",
    ]
    names = [p.text for slide in deck.slides[2:4] for i in (10, 11) for p in slide.texts.get(i, ())]
    assert sorted(names) == sorted(f"Service numéro {n} au nom plutôt long" for n in range(60))
    (card,) = deck.slides[1].texts[21]
    assert card.text.endswith(" autres")
    assert overflows(deck, looks) == []


def test_one_service_and_thirty_families_fit() -> None:
    catalogue = base_catalogue()
    family = catalogue.families["workplace"]
    families = {f"f{n:02}": changed(family, id=f"f{n:02}", name=f"Famille {n:02}") for n in range(30)}
    wifi = catalogue.services["wifi"]
    services = {f"s{n:02}": changed(wifi, id=f"s{n:02}", family=f"f{n:02}") for n in range(30)}
    deck, looks = deck_of(replace(catalogue, families=families, services=services), per_service=False)
    assert sum(slide.title.startswith("L’offre en une page") for slide in deck.slides) == 4
    assert len(deck.slides) == 1 + 4 + 30 + 1
    assert overflows(deck, looks) == []


LONGEST = (
    "Vous retrouvez en quelques minutes l’intégralité de vos documents de recherche, y compris ceux que vous "
    "aviez supprimés par mégarde il y a plusieurs semaines déjà, en un clic."
)


def test_the_longest_french_texts_fit() -> None:
    """Every text as long as the model allows: what is split or set smaller is no problem."""
    item = Text(LONGEST[:120])
    name = Text("Accompagnement à la dématérialisation documents")
    wifi = base_catalogue().services["wifi"]
    service = changed(
        wifi,
        name=name,
        summary=LONGEST[:170],
        benefits=(item,) * 5,
        highlights=(item,) * 5,
        included=(item,) * 12,
        request=changed(wifi.request, delay=item),
        price=changed(wifi.price, note=LONGEST[:170]),
    )
    catalogue = base_catalogue()
    family = changed(catalogue.families["workplace"], name=name, summary=LONGEST[:170])
    organisation = changed(
        catalogue.organisation, slogan=LONGEST[:170], department=name, promise=LONGEST[:170]
    )
    services = {f"s{n}": changed(service, id=f"s{n}") for n in range(9)}
    long = replace(
        catalogue, organisation=organisation, families={"workplace": family}, services=services, agreements={}
    )
    deck, looks = deck_of(long)
    assert overflows(deck, looks) == []
    assert list(problems_of(deck, looks.faces)) == []


def test_a_word_of_eighty_letters_is_broken_or_told() -> None:
    catalogue = base_catalogue()
    wifi = changed(catalogue.services["wifi"], summary="a" * 80)
    deck, looks = deck_of(replace(catalogue, services={"wifi": wifi}))
    assert overflows(deck, looks) == []


def test_what_does_not_fit_is_a_problem_where_it_is_written() -> None:
    """Letters as wide as they are high, in a name of the greatest length."""
    catalogue = base_catalogue()
    family = catalogue.families["workplace"]
    name = "漢" * 48
    wide = family.model_copy(update={"name": Text({"fr": name, "en": "Workplace"})})
    deck, looks = deck_of(replace(catalogue, families={"workplace": wide}), per_service=False)
    assert [str(problem) for problem in problems_of(deck, looks.faces)] == [
        f"catalogue/families/workplace.yaml:1:12: error: this text does not fit its place on the slide '{title}' "
        "(shorten it, or the texts beside it) [print-fit]"
        for title in ("L’offre en une page", name)
    ]
    deck, looks = deck_of(replace(catalogue, families={"workplace": wide}), "en")
    assert list(problems_of(deck, looks.faces)) == []


def test_every_slide_has_a_title_of_its_own() -> None:
    deck, _ = deck_of(results=base_results())
    titles = [slide.title for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_services_have_slides_only_where_that_is_asked_for() -> None:
    assert [s.title for s in deck_of(per_service=False)[0].slides] == [
        "Notre offre de services",
        "L’offre en une page",
        "Poste de travail",
        "Nous joindre",
    ]
    assert "Wi-Fi" in [s.title for s in deck_of(per_service=True)[0].slides]


def test_without_an_address_of_the_site_there_is_no_code() -> None:
    deck, _ = deck_of()
    assert deck.slides[-1].pictures == ()
    catalogue = base_catalogue()
    known = catalogue.organisation.model_copy(update={"site_url": "https://catalogue.example.org/"})
    deck, _ = deck_of(replace(catalogue, organisation=known))
    (code,) = deck.slides[-1].pictures
    assert code.alternative == "Code QR vers https://catalogue.example.org/"
    assert code.content.startswith(b"\x89PNG")


def test_what_an_audience_may_not_see_is_on_no_slide() -> None:
    catalogue = base_catalogue()
    secret = changed(
        catalogue.services["wifi"], id="secret", name="SECRET", summary="SECRET", audience="management"
    )
    hidden = replace(catalogue, services={**catalogue.services, "secret": secret})
    assert "SECRET" not in repr(deck_of(hidden)[0])
    assert "secret" in for_audience(hidden, "management").services


def test_missing_values_are_gaps_and_never_zero() -> None:
    deck, _ = deck_of(results=base_results())
    for slide in deck.slides:
        if slide.chart:
            for _, values in slide.chart.series:
                assert all(value is None or value != 0 for value in values)


def test_words_of_users_stay_as_they_are_written() -> None:
    words = 'a & b <i> "c" #read("/etc/passwd") $x$ *y* @z \\ 😀 שלום é'

    def hostile(text: Text) -> Text:
        return Text(words)

    catalogue = base_catalogue()
    wifi = reword(catalogue.services["wifi"], hostile)
    deck, _ = deck_of(replace(catalogue, services={"wifi": wifi}))
    slide = next(s for s in deck.slides if s.layout == "service workplace")
    assert slide.texts[TITLE][0].text == words.replace("'", "’")
