"""Renders the site: a catalogue cut for its audience in; Markdown pages, assets and navigation out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from comptoir.addresses import resolve_references
from comptoir.content.chart_specs import chart_specs
from comptoir.content.chart_style import CHART_COLOURS, chart_colours, style_of
from comptoir.content.edition import Download, Edition, spoken
from comptoir.content.report.specs import site_specs
from comptoir.content.results import Results, results_for_audience, shown_until
from comptoir.model.catalogue import Catalogue
from comptoir.resources import templates_folder
from comptoir.site.brand import brand_files
from comptoir.site.chrome import MenuItem, edit_url, navigation, theme_values
from comptoir.site.data.catalogue import CATALOGUE_FILE, SCHEMA_FILE, catalogue_json, catalogue_schema
from comptoir.site.data.feed import feed_file
from comptoir.site.data.meeting_dates import meeting_files
from comptoir.site.data.results import (
    RESULTS_FILE,
    RESULTS_SCHEMA,
    results_json,
    results_schema,
)
from comptoir.site.data.scorecard import (
    SCORECARD_FILE,
    SCORECARD_SCHEMA,
    scorecard_json,
    scorecard_schema,
)
from comptoir.site.front_matter import page_file
from comptoir.site.harmless import find_active
from comptoir.site.kept import KeptPages, kept_pages
from comptoir.site.moved import moved_pages
from comptoir.site.pages import make_pages
from comptoir.site.pages.indicator import indicator_data
from comptoir.site.pages.page import Page
from comptoir.site.project_files import project_files
from comptoir.site.search import search_files
from comptoir.store import Store
from comptoir.templates import PageError, Templates, template_environment, write_page

__all__ = [
    "Download",
    "MenuItem",
    "PageError",
    "RenderedSite",
    "Results",
    "chart_specs",
    "render_site",
    "results_for_audience",
    "shown_until",
    "site_specs",
    "style_of",
]


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """One language of the site.

    `files`: path under docs/ → content. `extra`: plain values to merge into `extra` of mkdocs.yml, for the theme.
    """

    language: str
    files: Mapping[str, str | bytes]
    navigation: tuple[MenuItem, ...]
    extra: Mapping[str, Any]


def render_site(
    catalogue: Catalogue,
    *,
    language: str,
    today: date,
    results: Results | None = None,
    template_folders: Sequence[Path] = (),
    downloads: Sequence[Download] = (),
    own_templates: bool = False,
    store: Store | None = None,
    program: str = "",
    is_narrowest: bool = False,
) -> RenderedSite:
    """The site of `catalogue` and `results`, both cut for the audience, as of `today`; later news stays unsaid.

    `results` hold the charts that `site_specs` asks for; without them there are no pages of results.
    `template_folders` are folders like site_templates, the project's own first and the shipped one last; the
    first that has a template gives it. `downloads` are what was printed in this language. `own_templates`: some are the project's, so what they make is
    looked at. `store` keeps what the others make, by what they make it from, for this text of the `program`. `is_narrowest`:
    for the audience that sees all. Raises PageError when a template of the project is wrong.
    """
    out = {name: news for name, news in catalogue.news.items() if news.date <= today}
    shown = catalogue if len(out) == len(catalogue.news) else replace(catalogue, news=out)
    at = Edition(shown, spoken(language, results), today, results, tuple(downloads), is_narrowest)
    pages = {page.path: page for page in make_pages(at)}
    folders = [folder / "pages" for folder in template_folders or (templates_folder(),)]
    environment = template_environment(folders, at.language)
    brand = brand_files(catalogue)
    kept = (
        None
        if own_templates or store is None
        else kept_pages(store, folders, f"{language} {at.language.kind}", program)
    )
    written = dict(_write(environment, at, pages, own_templates, kept))
    return RenderedSite(
        language=language,
        files={
            **brand.files,
            **(chart_colours(catalogue) if results else {}),
            **indicator_data(at),
            **{path: make() for path, make in at.data.items()},
            **project_files(catalogue),
            **meeting_files(at),
            **feed_file(at),
            **_data_files(at),
            **moved_pages(at),
            **search_files(at, pages),
            **written,
        },
        navigation=navigation(at, pages),
        extra={
            "comptoir": {
                **theme_values(at, pages, brand.logo),
                "preload": list(brand.preload),
                **({"charts": CHART_COLOURS} if results else {}),
            }
        },
    )


def _data_files(at: Edition) -> dict[str, str | bytes]:
    """What programs read, once for all languages: with the default one."""
    if at.language.code != at.catalogue.organisation.languages[0]:
        return {}
    results = at.results
    return {
        CATALOGUE_FILE: catalogue_json(at.catalogue, at.today),
        SCHEMA_FILE: catalogue_schema(),
        **(
            {
                RESULTS_FILE: results_json(at.catalogue, results, at.today),
                RESULTS_SCHEMA: results_schema(),
            }
            if results is not None
            else {}
        ),
        **(
            {SCORECARD_FILE: scorecard_json(at), SCORECARD_SCHEMA: scorecard_schema()}
            if at.is_narrowest and at.catalogue.services
            else {}
        ),
    }


def _write(
    environment: Templates,
    at: Edition,
    pages: Mapping[str, Page],
    own_templates: bool,
    kept: KeptPages | None,
) -> Iterator[tuple[str, str]]:
    """Each page; what templates of the project make may hold nothing that runs."""

    def write(page: Page) -> str:
        html = write_page(environment, page.template, page.view)
        if own_templates and (active := find_active(html)):
            raise PageError(
                f"the template {page.template}, or one that it uses, gives {active} in {page.path}: a page may hold nothing that "
                "runs (a script of one's own stands in site_templates/theme/assets/)"
            )
        return resolve_references(html, page.path)

    for path, page in pages.items():
        html = kept.html_of(page, partial(write, page)) if kept else write(page)
        yield path, page_file(page, html, edit_url(at, page))
