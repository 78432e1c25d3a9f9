"""News, glossary, about, committees: what is out or to come on the day of the build, in the order of readers."""

from datetime import date
from typing import Any

import pytest

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.content.edition import Edition
from comptoir.site import render_site
from comptoir.site.pages import make_pages
from comptoir.site.pages.page import Page
from comptoir.wording import language
from tests.conftest import CASES, MakeProject
from tests.content.samples import BASE, TODAY, Read, base_catalogue, body_of, front_matter, render


def page(path: str, code: str = "fr", day: date = TODAY) -> Any:
    site = Edition(check_project(BASE, day)[0], language(code), day)
    pages: dict[str, Page] = {made.path: made for made in make_pages(site)}
    return pages[path].view


def test_news_newest_first_with_neighbours() -> None:
    (year,) = page("news/index.md").years
    assert year.year == "2026"
    assert [news.title for news in year.news] == ["De nouvelles bornes", "Les imprimantes changent"]
    newest = page("news/new-access-points.md", "en")
    assert newest.date == "Monday 5\u00a0October 2026"
    assert newest.newer is None
    assert newest.older.title == "Printers change"
    assert '<a href="@service/wifi">Wi-Fi</a>' in newest.body
    assert [service.name for service in newest.services] == ["Wi-Fi"]


def test_without_news_there_is_no_page_of_news(make_project: MakeProject) -> None:
    project = make_project()
    for path in (project / "catalogue/news").iterdir():
        path.unlink()
    site = render_site(check_project(project, TODAY)[0], language="fr", today=TODAY)
    assert [name for name in site.files if name.startswith("news/")] == []
    assert "Actualités" not in {item.title for item in site.navigation}
    assert all('news/"' not in str(text) for name, text in site.files.items() if name.endswith(".md"))


def test_news_of_tomorrow_is_not_out_and_not_linked_to(make_project: MakeProject) -> None:
    keys = {
        "catalogue/services/wifi.yaml": {"description": {"fr": "[bornes](news:new-access-points)", "en": "x"}}
    }
    project = make_project(None, keys)
    for day, is_out in ((date(2026, 9, 30), False), (date(2026, 10, 5), True)):
        files = render_site(check_project(project, day)[0], language="fr", today=day).files
        assert "news/old-printers.md" in files
        assert ("news/new-access-points.md" in files) is is_out
        assert ('href="../../news/new-access-points/"' in str(files["services/wifi.md"])) is is_out


def test_glossary_by_letter() -> None:
    view = page("glossary.md")
    assert [(group.letter, [term.term for term in group.terms]) for group in view.letters] == [
        ("I", ["Incident"]),
        ("T", ["Ticket"]),
    ]
    assert [(link.title, link.url) for link in view.letters[1].terms[0].see] == [("Incident", "#incident")]


def test_glossary_sorts_accents_with_their_letters(make_project: MakeProject) -> None:
    words = ["Zone", "école", "Été", "3G", "Demande"]
    terms = [f"- {{id: t-{number}, term: {word}, definition: d}}\n" for number, word in enumerate(words)]
    project = make_project(CASES / "good" / "one-language")
    (project / "catalogue" / "glossary.yaml").write_text("".join(terms), encoding="utf-8")
    site = Edition(check_project(project, TODAY)[0], language("fr"), TODAY)
    view: Any = next(made.view for made in make_pages(site) if made.path == "glossary.md")
    assert [(g.letter, [t.term for t in g.terms]) for g in view.letters] == [
        ("#", ["3G"]),
        ("D", ["Demande"]),
        ("E", ["école", "Été"]),
        ("Z", ["Zone"]),
    ]


@pytest.mark.parametrize(
    ("day", "coming", "past"),
    [
        (date(2026, 6, 18), "2026-06-18", []),
        (date(2026, 10, 15), "2026-12-10", ["2026-06-18"]),
        (date(2027, 1, 1), None, ["2026-12-10", "2026-06-18"]),
    ],
)
def test_the_next_meeting(day: date, coming: str | None, past: list[str]) -> None:
    (committee,) = page("committees.md", day=day).committees
    assert (committee.next.iso_date if committee.next else None) == coming
    assert [meeting.iso_date for meeting in committee.past] == past


def test_events_stand_apart_from_committees() -> None:
    view = page("committees.md", "en")
    assert [event.name for event in view.events] == ["Open day"]
    (committee,) = view.committees
    assert (committee.kind, committee.next.hours, committee.next.place) == (
        "Tactical committee",
        "14:00\u2009–\u200916:00",
        "Room 1",
    )


@pytest.mark.parametrize(("code", "address"), [("fr", "../catalogue.json"), ("en", "../../catalogue.json")])
def test_about_leads_to_the_catalogue_for_programs(code: str, address: str) -> None:
    read = Read(body_of(str(render(base_catalogue(), code).files["about.md"])))
    assert address in [link["href"] for link in read.all("a")]
    assert "mailto:offre@example.org" in [link["href"] for link in read.all("a")]


def test_no_page_without_content(make_project: MakeProject) -> None:
    catalogue, problems = check_project(make_project(CASES / "good" / "one-language"), TODAY)
    assert problems == ()
    files = render(catalogue).files
    assert {"glossary.md", "committees.md"}.isdisjoint(files)


def test_about_speaks_of_links_to_the_text_only_where_there_are(make_project: MakeProject) -> None:
    forge = {"url": "https://git.example.org/x", "edit": "https://git.example.org/x/edit/{path}"}
    for keys, expected in (({}, "Write to us."), ({"repository": forge}, "leads to its text.")):
        project = make_project(None, {"catalogue/organisation.yaml": keys})
        files = render_site(check_project(project, TODAY)[0], language="en", today=TODAY).files
        assert expected in str(files["about.md"])
        project.rename(project.with_name(f"seen-{len(keys)}"))


@pytest.mark.parametrize("audience", ["employees", "management"])
def test_what_is_thought_of_customers_and_partners_is_for_management(
    audience: str, make_project: MakeProject
) -> None:
    project = make_project(
        None,
        {
            "catalogue/services/wifi.yaml": {"rhythm": "denied"},
            "segments/partners/network-team.yaml": {"circle": "clients-and-staff"},
            "segments/clients/physics.yaml": {
                "history": [
                    {"date": "2025-01-31", "event": {"fr": "Premier contrat.", "en": "First contract."}},
                    {"date": "2026-02-28", "event": {"fr": "Visite.", "en": "Visit."}},
                ]
            },
        },
    )
    catalogue = for_audience(check_project(project, TODAY)[0], audience)
    files = render_site(catalogue, language="en", today=TODAY).files
    pages = {name: str(text) for name, text in files.items() if name.endswith(".md")}
    for words in (
        "Rhythm: Denied time – people give it no time: ease counts most.",
        "Circle of influence: First circle",
        '<span class="c-note">28\u00a0February 2026</span> Visit.',
    ):
        assert any(words in page for page in pages.values()) is (audience == "management"), words
    if audience == "management":
        whole = "".join(pages.values())
        assert whole.index("Visit.") < whole.index("First contract."), "the newest first"


def test_each_page_leads_to_the_yaml_that_it_comes_from(make_project: MakeProject) -> None:
    forge = {"url": "https://git.example.org/x", "edit": "https://git.example.org/x/edit/main/{path}?{0}"}
    project = make_project(None, {"catalogue/organisation.yaml": {"repository": forge}})
    files = render_site(check_project(project, TODAY)[0], language="fr", today=TODAY).files
    for page, file in {
        "index.md": "catalogue/organisation.yaml",
        "about.md": "catalogue/organisation.yaml",
        "services/wifi.md": "catalogue/services/wifi.yaml",
        "families/workplace.md": "catalogue/families/workplace.yaml",
        "commitments/sla-standard.md": "catalogue/agreements/sla-standard.yaml",
        "news/old-printers.md": "catalogue/news/old-printers.yaml",
        "segments/researchers.md": "segments/segments/researchers.yaml",
        "committees/users.md": "segments/committees.yaml",
    }.items():
        address = front_matter(str(files[page])).get("edit_url")
        assert address == f"https://git.example.org/x/edit/main/{file}?{{0}}", page
