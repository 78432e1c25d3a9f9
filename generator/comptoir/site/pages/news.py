"""News: the list by year, and one page a piece of news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from comptoir.addresses import PAGES, page_path
from comptoir.content.edition import Edition
from comptoir.content.parts import Link, NewsLine, ServiceLine, news_line, service_lines, sorted_news
from comptoir.model.customers import News
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class Year:
    """The news of a year, the newest first."""

    year: str
    news: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class NewsIndexView:
    """All that the list of news shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """All that a piece of news shows."""

    title: str
    summary: str
    crumbs: tuple[Link, ...]
    date: str
    iso_date: str
    body: Markup
    services: tuple[ServiceLine, ...]
    older: NewsLine | None
    newer: NewsLine | None


def news_pages(at: Edition) -> Iterator[Page]:
    """The list, then each piece of news that is out at the day of the build; nothing while there is none."""
    title = at.language.gettext("Actualités")
    lead = at.language.gettext("Ce qui ouvre, ce qui change et ce qui s'arrête.")
    newest_first = sorted_news(at)
    if not newest_first:
        return
    years = tuple(
        Year(str(year), tuple(news_line(at, news) for news in group))
        for year, group in groupby(newest_first, key=lambda news: news.date.year)
    )
    view = NewsIndexView(title, lead, trail(at), years)
    yield Page(PAGES["news"], "news_index.md.j2", view, title, description=lead, section="news")
    for index, news in enumerate(newest_first):
        newer = newest_first[index - 1] if index else None
        older = newest_first[index + 1] if index + 1 < len(newest_first) else None
        yield _piece(at, news, older, newer)


def _piece(at: Edition, news: News, older: News | None, newer: News | None) -> Page:
    view = NewsView(
        title=at.text(news.title),
        summary=at.text(news.summary),
        crumbs=trail(at, "news"),
        date=at.language.weekday_and_day(news.date),
        iso_date=news.date.isoformat(),
        body=at.html(news.body, level=2),
        services=service_lines(at, news.services),
        older=news_line(at, older) if older else None,
        newer=news_line(at, newer) if newer else None,
    )
    return Page(
        page_path("news", news.id),
        "news.md.j2",
        view,
        view.title,
        description=view.summary,
        section="news",
        source=news.file,
    )
