"""The whole story: a project folder in, a complete site out. Reads like the README."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final

from comptoir.audiences import audiences_of, for_audience
from comptoir.brand import pictogram_names
from comptoir.charts import Drawing, draw_all
from comptoir.inputs import Inputs, digest_program
from comptoir.measure.memory import LARGEST as LARGEST_MEASURED
from comptoir.measure.memory import Memory
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.model.catalogue import PLACES, Catalogue
from comptoir.model.decode_reports import decode_project
from comptoir.periods import Quarter
from comptoir.printing.downloads import downloads_of, published_files
from comptoir.printing.project import PrintedProject, print_project
from comptoir.printing.run import DOWNLOADS
from comptoir.printing.types import Printed, PrintError, Workshop
from comptoir.problems import ContentError, Problem, errors, sort_problems, suggest
from comptoir.publish.cache import FolderCache
from comptoir.publish.checks import check_site
from comptoir.publish.configuration import (
    SITE_CONFIGURATION,
    SiteSettings,
    check_configuration,
    engine_configuration,
)
from comptoir.publish.engine import Engine, Job, run_engine
from comptoir.publish.lock import only_one_build
from comptoir.publish.record import Published, recall, remember
from comptoir.publish.stage import PublishError, read_tree, stage_files
from comptoir.publish.swap import check_output, swap_in
from comptoir.render import (
    PageError,
    RenderedSite,
    Results,
    render_site,
    results_for_audience,
    site_specs,
    style_of,
)
from comptoir.resources import templates_folder
from comptoir.rules import check_catalogue
from comptoir.sources.project import read_project

QUARTERS: Final = 8
"""How many quarters pages show, up to the one that they speak of."""

LARGEST_PRINTED: Final = 80_000_000
"""Bytes of the largest printed file that is kept from one build to the next, as text."""

MOST_PRINTED: Final = 500_000_000
"""Bytes of all of them: each carries its day, so a build each night would fill the disk."""


class Part(StrEnum):
    """What may be built alone."""

    SITE = "site"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: the project, where the site goes, for whom, on which day, with what."""

    project: Path
    today: date
    out: Path
    work: Path  # the build folder: what is kept from one build to the next
    audience: str | None = None  # the widest if None
    engine: Engine = Engine.MKDOCS
    jobs: int = 2
    quarter: Quarter | None = None  # of the results; the last that is over if None
    data: Path | None = None  # where the files of sources are looked for; the project's own folder if None
    only: Part | None = (
        None  # the site without printed files, or printed files without the site; both if None
    )


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A published site: where, how many pages (or printed files) in each language, and the warnings of its content."""

    out: Path
    audience: str
    pages: Mapping[str, int]
    warnings: tuple[Problem, ...]


def check_project(
    project: Path, today: date, data: Path | None = None
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of `project` and every problem in it, in the order of places.

    `data` is where the files of sources are looked for; the project's own folder of data if None.
    """
    files, problems = read_project(project, PLACES, data)
    catalogue, problems_of_form = decode_project(files, pictogram_names())
    problems += problems_of_form
    problems += check_configuration(project)
    problems += check_catalogue(catalogue, today)
    return catalogue, sort_problems(problems)


def build(options: Options) -> BuildResult:
    """Publish the site, unless the one that is there was made from the very same inputs.

    Raises ContentError when the content has errors, PublishError when a later step fails; in both cases the
    previous site stays as it was.
    """
    check_output(options.out, options.project)
    choices = (options.today, options.audience, options.engine, options.quarter, options.data, options.only)
    inputs = Inputs(options.project, options.data, choices)
    records, stamp, digest = FolderCache(options.work / "published"), inputs.stamp(), inputs.digest()
    said = recall(records, options.out, digest)
    if said is None:
        said = _build(options)
        if inputs.stamp() == stamp:  # an edit while the site was made belongs to the next one
            remember(records, options.out, digest, said)
    return BuildResult(options.out, said.audience, said.pages, said.warnings)


def _build(options: Options) -> Published:
    """Check, measure, cut for the audience, draw, print, render, run the engine, check the site and swap it in."""
    catalogue, problems = check_project(options.project, options.today, options.data)
    if errors(problems):
        raise ContentError(problems)
    audience = _choose_audience(catalogue, options.audience)
    quarter = _choose_quarter(options)
    measured = _measure(catalogue, quarter, options)
    if measured is not None:
        problems = sort_problems(dict.fromkeys((*problems, *measured.problems)))
    if errors(problems):
        raise ContentError(problems)
    visible = for_audience(catalogue, audience)
    results = results_for_audience(measured, visible, audience, quarter) if measured else None
    if results is not None:
        results = replace(results, charts=_draw(visible, results, options))
    printed = _print(visible, results, options)
    problems = sort_problems((*problems, *printed.problems))
    if errors(problems):
        raise ContentError(problems)
    if options.only is Part.PRINT:
        return Published(audience, _publish_printed(printed, options), problems)
    languages = visible.organisation.languages
    rendered = (
        _job(
            _render(visible, results, printed.in_language(language), language, options),
            printed.in_language(language),
            visible,
            options,
        )
        for language in languages
    )
    with only_one_build(options.work):
        jobs = run_engine(rendered, options.engine, options.jobs, _epoch(options.today))
        parts = {"" if job.language == languages[0] else job.language: job.site for job in jobs}
        swap_in(parts, options.out, check_site)
    pages = {job.language: sum(name.endswith(".md") for name in job.docs) for job in jobs}
    return Published(audience, pages, problems)


def _choose_audience(catalogue: Catalogue, wanted: str | None) -> str:
    known = [audience.id for audience in audiences_of(catalogue.organisation)]
    if wanted is None:
        return known[0]
    if wanted not in known:
        raise PublishError(f"there is no audience '{wanted}' ({suggest(wanted, known)})")
    return wanted


def _choose_quarter(options: Options) -> Quarter:
    quarter = options.quarter or Quarter.last_closed(options.today)
    if quarter.first_day > options.today:
        raise PublishError(f"{quarter} has not begun on {options.today.isoformat()}")
    return quarter


def _measure(catalogue: Catalogue, quarter: Quarter, options: Options) -> Measured | None:
    """Every indicator over the last quarters; None when the project measures nothing."""
    if not catalogue.sources or not catalogue.indicators:
        return None
    places = data_places(options.project, options.data, options.work / "rows")
    memory = Memory(FolderCache(options.work / "measured", LARGEST_MEASURED), digest_program())
    quarters = quarter.latest(QUARTERS)
    return measure_project(catalogue, places, quarters, options.today, memory, with_histograms=True)


def _draw(visible: Catalogue, results: Results, options: Options) -> Drawing:
    """Every chart of the site, drawn while printing begins; those of an earlier build that are still right are taken again."""
    specs = site_specs(visible, results)
    return Drawing(
        lambda: draw_all(
            specs,
            style_of(visible),
            FolderCache(options.work / "charts"),
            workers=options.jobs,
            scratch=options.work / "matplotlib",
        )
    )


def _print(visible: Catalogue, results: Results | None, options: Options) -> PrintedProject:
    """Everything printed; what an earlier build compiled from the same data is taken again."""
    if options.only is Part.SITE:
        return PrintedProject((), (), 0)
    cache = FolderCache(options.work / "printed", LARGEST_PRINTED)
    workshop = Workshop(options.work / "press", stage_files, cache, options.jobs)
    folders = (options.project / "site_templates", templates_folder())
    try:
        with only_one_build(options.work):
            printed = print_project(
                visible, today=options.today, results=results, template_folders=folders, workshop=workshop
            )
            cache.trim(MOST_PRINTED)
            return printed
    except PrintError as fault:
        raise PublishError(str(fault)) from fault


def _publish_printed(printed: PrintedProject, options: Options) -> dict[str, int]:
    """The printed files in a folder of their own, by language; how many there are."""
    ready = options.work / "print"
    files = {f"{file.language}/{file.path.removeprefix(DOWNLOADS)}": file.content for file in printed.files}
    with only_one_build(options.work):
        stage_files(ready, files)
        swap_in({"": ready}, options.out, lambda _: ())
    return dict(Counter(file.language for file in printed.files))


def _render(
    catalogue: Catalogue,
    results: Results | None,
    printed: Sequence[Printed],
    language: str,
    options: Options,
) -> RenderedSite:
    folders = (options.project / "site_templates", templates_folder())
    try:
        return render_site(
            catalogue,
            language=language,
            today=options.today,
            results=results,
            template_folders=folders,
            downloads=downloads_of(printed),
        )
    except PageError as fault:
        raise PublishError(str(fault)) from fault


def _job(site: RenderedSite, printed: Sequence[Printed], catalogue: Catalogue, options: Options) -> Job:
    organisation = catalogue.organisation
    folder = options.work / site.language
    inherited = options.project / SITE_CONFIGURATION
    url = f"{organisation.site_url.rstrip('/')}/" if organisation.site_url else None
    if url and site.language != organisation.languages[0]:
        url += f"{site.language}/"
    settings = SiteSettings(
        language=site.language,
        name=f"{organisation.short_name.in_language(site.language)} – {organisation.name.in_language(site.language)}",
        description=organisation.promise.in_language(site.language),
        url=url,
        navigation=site.navigation,
        extra=site.extra,
        has_dialog=options.engine is Engine.MKDOCS,
    )
    return Job(
        folder=folder,
        docs={**site.files, **dict(published_files(printed))},
        theme=read_tree(templates_folder() / "theme")
        | read_tree(options.project / "site_templates" / "theme"),
        configuration=engine_configuration(settings, folder, options.project),
        inherited=inherited.read_text("utf-8") if inherited.is_file() else "",
    )


def _epoch(today: date) -> int:
    return int(datetime.combine(today, time(), UTC).timestamp())
