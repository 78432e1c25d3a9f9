"""The steps of a build: what was chosen and the catalogue in; each step's result out, for `build` to tell in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final

from comptoir.audiences import audiences_of
from comptoir.charts import Drawing, draw_all
from comptoir.inputs import digest_program
from comptoir.measure.memory import LARGEST as LARGEST_MEASURED
from comptoir.measure.memory import Memory
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter, quarters_between
from comptoir.printing.downloads import downloads_of, published_files
from comptoir.printing.project import PrintedProject, print_project
from comptoir.printing.run import DOWNLOADS
from comptoir.printing.types import Printed, PrintError, Workshop
from comptoir.problems import suggest
from comptoir.publish.cache import FolderCache
from comptoir.publish.configuration import SITE_CONFIGURATION, SiteSettings, engine_configuration
from comptoir.publish.engine import Engine, Job
from comptoir.publish.lock import only_one_build
from comptoir.publish.stage import PublishError, read_tree, stage_files
from comptoir.publish.swap import swap_in
from comptoir.render import QUARTERS, PageError, RenderedSite, Results, render_site, site_specs, style_of
from comptoir.resources import templates_folder

OLDEST_REPORT: Final = 40
"""Reports of so many quarters, ten years, are published again at each build."""

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


def choose_audience(catalogue: Catalogue, wanted: str | None) -> str:
    """The audience of that name, the widest for None. Raises PublishError when there is none."""
    known = [audience.id for audience in audiences_of(catalogue.organisation)]
    if wanted is None:
        return known[0]
    if wanted not in known:
        raise PublishError(f"there is no audience '{wanted}' ({suggest(wanted, known)})")
    return wanted


def choose_quarter(options: Options) -> Quarter:
    """The quarter that pages speak of. Raises PublishError when it has not begun."""
    quarter = options.quarter or Quarter.last_closed(options.today)
    if quarter.first_day > options.today:
        raise PublishError(f"{quarter} has not begun on {options.today.isoformat()}")
    return quarter


def measure_quarters(catalogue: Catalogue, quarter: Quarter, options: Options) -> Measured | None:
    """Every indicator over the last quarters, and back to the first report; None when the project measures nothing."""
    if not catalogue.sources or not catalogue.indicators:
        return None
    places = data_places(options.project, options.data, options.work / "rows")
    memory = Memory(FolderCache(options.work / "measured", LARGEST_MEASURED), digest_program())
    quarters = quarters_to_measure(catalogue, quarter)
    return measure_project(catalogue, places, quarters, options.today, memory, with_histograms=True)


def quarters_to_measure(catalogue: Catalogue, quarter: Quarter) -> tuple[Quarter, ...]:
    """The quarters that pages show up to `quarter`, and those back to the first report."""
    told = {*catalogue.reports, *catalogue.closed} & set(quarter.latest(OLDEST_REPORT))
    return quarters_between(min(told | {quarter.latest(QUARTERS)[0]}), quarter)


def draw_charts(visible: Catalogue, results: Results, options: Options) -> Drawing:
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


def print_documents(visible: Catalogue, results: Results | None, options: Options) -> PrintedProject:
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


def publish_printed(printed: PrintedProject, options: Options) -> dict[str, int]:
    """The printed files in a folder of their own, by language; how many there are."""
    ready = options.work / "print"
    files = {f"{file.language}/{file.path.removeprefix(DOWNLOADS)}": file.content for file in printed.files}
    with only_one_build(options.work):
        stage_files(ready, files)
        swap_in({"": ready}, options.out, lambda _: ())
    return dict(Counter(file.language for file in printed.files))


def render_language(
    catalogue: Catalogue,
    results: Results | None,
    printed: Sequence[Printed],
    language: str,
    options: Options,
) -> RenderedSite:
    """The pages of one language. Raises PublishError when a template of the project is wrong."""
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


def engine_job(site: RenderedSite, printed: Sequence[Printed], catalogue: Catalogue, options: Options) -> Job:
    """What the site engine is given for one language: pages and printed files, theme, configuration."""
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


def epoch(today: date) -> int:
    """The first second of the day, as SOURCE_DATE_EPOCH wants it."""
    return int(datetime.combine(today, time(), UTC).timestamp())
