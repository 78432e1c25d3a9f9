"""The technical control room as a real case: known facts of the case are read back from its content and its pages."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from comptoir.build import Options, build, check_project
from comptoir.calendars import is_always_open
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import AgreementKind
from comptoir.periods import Quarter

PROJECT = Path(__file__).parent / "control-room"
TODAY = date(2000, 12, 1)
FAMILIES = ["base-services", "physics", "tertiary", "relations"]
SEGMENTS = ["physics", "tertiary", "equipment-groups"]
GROUPS = ["access-safety", "controls", "cooling-ventilation", "cryogenics", "electricity"]
CHAPTERS = ["identify", "adapt", "favour", "control", "evolve"]
UNREAD = {"script", "style", "template", "svg"}


def plain(text: str) -> str:
    """`text` on one line with plain spaces only."""
    return re.sub(r"\s+", " ", text)


@dataclass
class PageText(HTMLParser):
    """What a person reads on a page, and where its links lead."""

    html: str
    address: str
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    language: str = ""
    unread: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.unread += tag in UNREAD
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag == "html":
            self.language = values.get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words on one line; every kind of space is a plain one."""
        return plain(" ".join(self.words))

    def order_of(self, folder: str) -> list[str]:
        """The entities of `folder` in the order in which the page first links to them."""
        addresses = (urljoin(self.address, link) for link in self.links)
        found = (re.search(rf"/{folder}/([a-z0-9-]+)/$", address) for address in addresses)
        return list(dict.fromkeys(match.group(1) for match in found if match))


@cache
def catalogue() -> Catalogue:
    return check_project(PROJECT, TODAY)[0]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("control-room")
    result = build(Options(project=PROJECT, today=TODAY, out=folder / "site", work=folder / "build"))
    assert set(result.pages) == {"fr", "en"}
    return result.out


def read(site: Path, page: str, language: str = "fr") -> PageText:
    """The page at `page` ('services/electricity/') in a language; French is at the top of the site."""
    folder = page if language == "fr" else f"{language}/{page}"
    return PageText((site / folder / "index.html").read_text(encoding="utf-8"), f"https://x.example/{folder}")


def figures(name: str) -> list[dict[str, str]]:
    with (PROJECT / "indicators" / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_the_content_has_no_problem() -> None:
    assert [str(problem) for problem in check_project(PROJECT, TODAY)[1]] == []


def test_every_part_of_the_case_is_there() -> None:
    content = catalogue()
    counts = {
        kind: len(content.of_kind(kind))
        for kind in ("family", "service", "segment", "client", "partner", "agreement", "calendar", "term")
    }
    assert counts == {
        "family": 4,
        "service": 14,
        "segment": 3,
        "client": 9,
        "partner": 5,
        "agreement": 12,
        "calendar": 2,
        "term": 10,
    }


def test_the_room_is_open_24_hours_365_days() -> None:
    content = catalogue()
    assert is_always_open(content.calendars["always"])
    watched = [s for s in content.services.values() if s.family in FAMILIES[:3]]
    by_day = {s.id for s in watched if s.service_hours != "always"}
    assert by_day == {"physics-hours"}
    assert content.organisation.service_desk.hours == "always"


def test_base_services_come_before_physics_before_tertiary() -> None:
    content = catalogue()
    assert sorted(content.families, key=lambda name: content.families[name].order) == FAMILIES
    assert sorted(content.segments, key=lambda name: content.segments[name].priority) == SEGMENTS


def test_equipment_groups_are_customers_and_partners_under_an_operating_agreement() -> None:
    content = catalogue()
    customers = {name for name, client in content.clients.items() if client.segment == "equipment-groups"}
    assert customers and customers <= set(content.partners)
    agreements = {a.partner for a in content.agreements.values() if a.kind is AgreementKind.OLA}
    assert agreements == set(content.partners) == {f"{group}-group" for group in GROUPS}


def test_published_figures_follow_from_their_numerators_and_denominators() -> None:
    survey, hours = figures("survey.csv")[0], figures("physics-hours.csv")[0]
    assert (survey["answered"], survey["contacted"]) == ("87", "93")
    assert round(100 * 87 / 93, 3) == 93.548
    assert (hours["lost_hours"], hours["planned_hours"]) == ("383", "5107")
    assert round(100 * 383 / 5107, 4) == 7.4995


@pytest.mark.slow
class TestPages:
    """What readers of the built site see."""

    @pytest.mark.parametrize(
        ("language", "words", "short"),
        [
            ("fr", "24 heures sur 24, 365 jours par an", "24 h sur 24, 7 jours sur 7"),
            ("en", "24 hours a day, 365 days a year", "24 hours a day, 7 days a week"),
        ],
    )
    def test_service_hours_are_said_in_words(self, site: Path, language: str, words: str, short: str) -> None:
        for service in ("electricity", "cooling-water", "physics-restoration", "tertiary-restoration"):
            text = read(site, f"services/{service}/", language).text
            assert words in text and short in text, service

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_pages_are_in_their_language(self, site: Path, language: str) -> None:
        page = read(site, "services/electricity/", language)
        names = {"fr": "Électricité", "en": "Electricity"}
        promises = {"fr": "Une coupure est vue avant votre appel", "en": "A cut is seen before you call"}
        assert page.language == language
        assert names[language] in page.text and promises[language] in page.text
        other = "en" if language == "fr" else "fr"
        assert promises[other] not in page.text

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_every_service_has_its_page_in_each_language(self, site: Path, language: str) -> None:
        for service in catalogue().services.values():
            page = read(site, f"services/{service.id}/", language)
            assert plain(service.name.in_language(language)) in page.text, service.id
            assert plain(service.summary.in_language(language)) in page.text, service.id

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("page", ["", "families/", "synopsis/"])
    def test_families_stand_in_the_order_of_priority(self, site: Path, page: str, language: str) -> None:
        assert read(site, page, language).order_of("families") == FAMILIES

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_segments_stand_in_the_order_of_priority(self, site: Path, language: str) -> None:
        assert read(site, "segments/", language).order_of("segments") == SEGMENTS

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("fr", ("les services de base, communs à tous", "la physique", "le tertiaire")),
            ("en", ("base services, shared by all", "physics", "general customers")),
        ],
    )
    def test_the_order_of_priority_is_said(self, site: Path, language: str, words: tuple[str, ...]) -> None:
        text = read(site, "about/", language).text
        text = text[text.index(words[0]) :]
        places = [text.index(word) for word in words]
        assert places == sorted(places)

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_operating_agreements_stand_with_each_equipment_group(self, site: Path, language: str) -> None:
        page = read(site, "partners/", language)
        content = catalogue()
        for group in GROUPS:
            found = re.search(rf'<article[^>]* id="{group}-group".*?</article>', page.html, re.DOTALL)
            assert found, group
            article = PageText(found.group(), page.address)
            assert plain(content.partners[f"{group}-group"].name.in_language(language)) in article.text
            assert plain(content.agreements[f"ola-{group}"].name.in_language(language)) in article.text
            assert article.order_of("commitments") == [f"ola-{group}"]

    @pytest.mark.parametrize(
        ("language", "rings_back"),
        [("fr", "Le spécialiste d’astreinte rappelle."), ("en", "The specialist on call rings back.")],
    )
    def test_an_operating_agreement_says_who_does_what(
        self, site: Path, language: str, rings_back: str
    ) -> None:
        text = read(site, "commitments/ola-electricity/", language).text
        agreement = catalogue().agreements["ola-electricity"]
        assert rings_back in text
        for item in (*agreement.we_commit, *agreement.you_commit):
            assert plain(item.in_language(language)) in text

    @pytest.mark.parametrize(
        ("language", "survey", "hours"),
        [
            (
                "fr",
                "87 personnes sur 93 ont répondu, soit 93,5 %",
                "383 heures perdues sur 5 107 prévues, soit 7,5 %",
            ),
            ("en", "87 people out of 93 answered, or 93.5%", "383 hours lost out of 5,107 planned, or 7.5%"),
        ],
    )
    def test_figures_stand_with_numerator_and_denominator(
        self, site: Path, language: str, survey: str, hours: str
    ) -> None:
        assert survey in read(site, "news/survey-2000/", language).text
        assert hours in read(site, "news/physics-hours-2000/", language).text

    def test_the_target_in_force_is_promised_and_the_past_one_told_as_past(self, site: Path) -> None:
        page = read(site, "commitments/sla-tertiary/", "en")
        promised, _, changes = page.html.partition('id="changes"')
        assert "24 hours" in PageText(promised, page.address).text
        assert "36 hours" not in PageText(promised, page.address).text
        assert "36 hours" in PageText(changes, page.address).text

    def test_the_catalogue_for_programs_is_published_with_its_schema(self, site: Path) -> None:
        written = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
        assert (site / written["schema"]).is_file()
        assert [family["id"] for family in written["families"]] == FAMILIES
        for service in written["services"]:
            for address in service["url"].values():
                assert (site / address / "index.html").is_file(), address

    def test_names_of_customers_are_not_published_to_everyone(self, site: Path) -> None:
        everything = "".join(path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html")))
        assert "Grandes expériences" not in everything
        assert "Large experiments" not in everything


@pytest.fixture(scope="session")
def managed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for the committee, with the report of the quarter of the survey."""
    folder = tmp_path_factory.mktemp("control-room-report")
    options = Options(project=PROJECT, today=TODAY, out=folder / "site", work=folder / "build")
    return build(replace(options, quarter=Quarter(2000, 4), audience="management")).out


def report(site: Path, language: str = "fr") -> PageText:
    return read(site, "reports/2000-Q4/", language)


def test_the_report_has_its_five_chapters_in_order(managed: Path) -> None:
    for language in ("fr", "en"):
        html = report(managed, language).html
        places = [html.index(f'aria-labelledby="{chapter}"') for chapter in CHAPTERS]
        assert places == sorted(places)


def test_the_two_published_figures_open_it_and_no_tile_is_invented(managed: Path) -> None:
    html = report(managed).html
    tiles = re.findall(r'<p class="c-gauge__value">(.*?)</p>', html)
    assert [re.sub(r"<.*?>", "", tile) for tile in tiles] == ["7,5\u202f%", "93,5\u202f%"]
    assert "93.5%" in report(managed, "en").text and "7.5%" in report(managed, "en").text


def test_words_and_tiles_say_the_same_number(managed: Path) -> None:
    text = report(managed).text
    assert "93,5 % des personnes contactées ont répondu" in text
    assert "7,5 % des heures de physique prévues ont été perdues" in text
    english = report(managed, "en").text
    assert "93.5% of the people contacted answered" in english
    assert "7.5% of the planned hours of physics were lost" in english


def test_parts_without_data_say_what_would_fill_them(managed: Path) -> None:
    text = report(managed).text
    for what in (
        "Des demandes datées (source de rôle requests), des pannes (outages), et des accords chiffrés.",
        "Les réponses à une enquête (source de rôle surveys).",
        "Le relevé du standard : appels reçus, décrochés, abandonnés (source de rôle calls).",
        "Un deuxième trimestre de mesures : il n’y a encore rien à quoi comparer.",
        "La clé « our_commitments » de indicators/reports/2000-Q4.md.",
    ):
        assert f"Ce qui remplirait cette partie : {what}" in text
    assert "The answers to a survey (a source whose role is surveys)." in report(managed, "en").text


@pytest.mark.parametrize(
    ("language", "expected", "not_yet", "others"),
    [
        (
            "fr",
            "Heures de physique perdues, de 7,5 à 7 %",
            "Pas encore mesurable. Premier trimestre entier depuis : 1ᵉʳ trimestre 2001.",
            "Pas d’effet mesuré : l’action ne dit pas quel indicateur elle doit faire bouger.",
        ),
        (
            "en",
            "Hours of physics lost, from 7.5 to 7%",
            "Not yet measurable. First whole quarter since: Q1 2001.",
            "No effect is measured: the action does not say which indicator it should move.",
        ),
    ],
)
def test_effects_say_from_when_they_can_be_measured(
    managed: Path, language: str, expected: str, not_yet: str, others: str
) -> None:
    text = report(managed, language).text
    assert [words for words in (expected, not_yet, others) if words not in text] == []


def test_its_sections_come_from_the_catalogue(managed: Path) -> None:
    text = report(managed).text
    assert "9 clients" in text
    assert "5 accords en vigueur au 31 décembre 2000." in text
    assert "Les services communs de base passent avant tous les segments" in text


def test_each_number_names_the_command_that_finds_it_again(managed: Path) -> None:
    text = read(managed, "reports/2000-Q4/annex/", "fr").text
    assert "comptoir explain physics-lost --quarter 2000-Q4" in text
    assert "comptoir explain survey-response --quarter 2000-Q4" in text
    assert "physics-hours.csv 1 ligne, SHA-256" in text
