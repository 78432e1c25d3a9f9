"""The steps of a build: what was chosen and the catalogue in; each step's result out, for `build` to tell in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from comptoir.audiences import audiences_of
from comptoir.charts import Chart, draw_all, load_painter
from comptoir.inputs import digest_program
from comptoir.limits import IN_WORDS, within_limits
from comptoir.measure.memory import Memory, Taken
from comptoir.measure.project import Measured, choose_period, data_places, examine_project, measure_project
from comptoir.model.catalogue import Catalogue
from comptoir.paper.downloads import downloads_of, notes_of, published_files
from comptoir.paper.kinds import Product
from comptoir.paper.project import Lots, PrintedProject, print_beforehand, print_project
from comptoir.paper.run import DOWNLOADS
from comptoir.paper.types import Workshop
from comptoir.periods import Period, Quarter, parse_period, periods_between
from comptoir.problems import ContentError, Problem, errors, suggest
from comptoir.products import PRODUCTS
from comptoir.publish.configuration import SiteSettings, engine_configuration, read_configuration
from comptoir.publish.engine import Engine, Job, Late
from comptoir.publish.stage import PublishError, read_tree, stage_files
from comptoir.publish.swap import Swapped, swap_in
from comptoir.resources import templates_folder
from comptoir.site import RenderedSite, Results, render_site, shown_until, site_specs, style_of
from comptoir.sources.folders import TEMPLATES_FOLDER
from comptoir.sources.overrides import THEME, own_templates
from comptoir.store import Store, open_store
from comptoir.workers import Workers

OLDEST_REPORT: Final = 40
"""Reports of so many quarters, ten years, are published again at each build."""

MONTHS: Final = 12
YEARS: Final = 3
"""Months and years that pages of indicators offer beside the quarters."""

CHARTS: Final = "charts"
"""Where drawings are kept."""

PAGES: Final = "pages"
"""Where what templates made is kept."""

MOST_KEPT: Final = {
    CHARTS: 100_000_000,
    PAGES: 200_000_000,
    "printed": 500_000_000,
    "measured": 200_000_000,
    "published": 10_000_000,
    "letters": 1_000_000,
}
"""Bytes that are kept of each kind: most carries its day, so a build each night would fill the disk."""


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
    site_url: str = ""  # where it will be published; what the project says if ''
    quarter: Period | str | None = (
        None  # of the results, or its text; the last that is over, of the kind that reports are about, if None
    )
    data: Path | None = None  # where the files of sources are looked for; the project's own folder if None
    trust_theme: bool = False  # templates of the project may run programs: the word of who builds
    only: Part | None = (
        None  # the site without printed files, or printed files without the site; both if None
    )
    begin: Callable[[str], None] = lambda step: None  # told which step begins
    held: dict[str, Taken] = field(
        default_factory=dict, repr=False
    )  # measurements, from one build of this process to the next

    @property
    def store(self) -> Store:
        """What is kept from one build to the next."""
        return open_store(self.work)


def stop_at_errors(problems: Sequence[Problem]) -> None:
    """Raises ContentError when one of the problems is an error."""
    if errors(problems):
        raise ContentError(problems)


def choose_audience(catalogue: Catalogue, wanted: str | None) -> str:
    """The audience of that name, the widest for None. Raises PublishError when there is none."""
    known = [audience.id for audience in audiences_of(catalogue.organisation)]
    if wanted is None:
        return known[0]
    if wanted not in known:
        raise PublishError(f"there is no audience '{wanted}' ({suggest(wanted, known)})")
    return wanted


def choose_quarter(options: Options, catalogue: Catalogue) -> Period:
    """The period that pages speak of. Raises PublishError when it has not begun, ContentError for an unknown fiscal year."""
    quarter = options.quarter or last_over(catalogue, options.today)
    if isinstance(quarter, str):
        quarter = choose_period(catalogue, quarter, None, options.today)
    if quarter.first_day > options.today:
        raise PublishError(f"{quarter} has not begun on {options.today.isoformat()}")
    return quarter


def last_over(catalogue: Catalogue, today: date) -> Period:
    """The last period that is over, of the kind that reports are about: quarters where there is one, or no report at all."""
    written = sorted(catalogue.reports)
    like = next((one for one in written if one.kind == "quarter"), written[-1] if written else None)
    return (like or Quarter.containing(today)).around(today).previous


def measure_quarters(catalogue: Catalogue, quarter: Period, options: Options) -> Measured | None:
    """Every indicator over the last quarters, and back to the first report; None when the project measures nothing."""
    if not catalogue.sources or not catalogue.indicators:
        return None
    return measure_all(catalogue, quarter, options)


def measure_all(catalogue: Catalogue, quarter: Period, options: Options) -> Measured:
    """What `measure_quarters` gives, of whatever there is to measure."""
    places = data_places(options.project, options.data, options.store.namespace("rows"))
    memory = Memory(options.store.namespace("measured"), digest_program(), options.held)
    quarters = quarters_to_measure(catalogue, quarter)
    others = other_periods(catalogue, quarter, options.today)
    if options.today in quarter.shift(1):
        others = (*others, (quarter.shift(1),))  # the quarter that runs: what is left of its promises
    return measure_project(
        catalogue, places, quarters, options.today, memory, with_histograms=True, others=others
    )


def check_data(catalogue: Catalogue, has_errors: bool, options: Options) -> tuple[Problem, ...]:
    """The problems of files of data and of definitions: all that a build would find, and keep for it.

    Where the content has errors, nothing is measured: files are read, and definitions planned, as far as they go.
    """
    if not catalogue.sources and not catalogue.indicators:
        return ()
    if has_errors:
        places = data_places(options.project, options.data, options.store.namespace("rows"))
        return examine_project(catalogue, places)
    measured = measure_all(catalogue, choose_quarter(options, catalogue), options)
    measured.keep()
    return measured.problems


def quarters_to_measure(catalogue: Catalogue, quarter: Period) -> tuple[Period, ...]:
    """The quarters that pages show up to `quarter`, and those back to the first report."""
    told = {*catalogue.reports, *catalogue.closed} & set(quarter.latest(quarter.as_many(OLDEST_REPORT)))
    return periods_between(min(told | {shown_until(quarter)[0]}), quarter)


def other_periods(catalogue: Catalogue, quarter: Period, today: date) -> tuple[tuple[Period, ...], ...]:
    """What is measured beside periods like `quarter`: what pages of indicators offer up to its end, and what reports are about.

    Offered are months, and years of the organisation. Reports on other periods than these are as old as ten years.
    """
    begins = catalogue.organisation.fiscal_year
    text = f"{'FY' if begins else ''}{quarter.first_day.year:04d}"
    year = parse_period(text, begins.number if begins else None)
    while year.last_day > quarter.last_day:
        year = year.previous
    offered: list[tuple[Period, ...]] = [quarter.months[-1].latest(MONTHS), year.latest(YEARS)]
    for one in sorted(catalogue.reports, reverse=True):
        if one.is_like(quarter) or one.first_day > today:
            continue
        at = next((n for n, known in enumerate(offered) if known[-1].is_like(one)), None)
        if at is None:
            offered.append(shown_until(one))
        elif one in one.around(quarter.last_day).latest(one.as_many(OLDEST_REPORT)) or one > offered[at][-1]:
            known = offered[at]
            offered[at] = periods_between(min(known[0], shown_until(one)[0]), max(known[-1], one))
    return tuple(known for known in offered if not known[-1].is_like(quarter))


def draw_charts(
    visible: Catalogue, results: Results, options: Options, workers: Executor
) -> Mapping[str, Chart]:
    """Every chart of the site; those that were not kept are drawn by `workers`."""
    specs, style = site_specs(visible, results), style_of(visible)
    return draw_all(specs, style, workers, options.store.namespace(CHARTS), digest_program())


def begin_early(visible: Catalogue, options: Options, workers: Executor) -> Future[Lots] | None:
    """Begins what needs no measurement: printing, if anything is to be printed; and loading what draws when no drawing is kept."""
    early = None
    if options.only is not Part.SITE:
        workshop = _workshop(options, "press-early", None)
        early = workers.submit(
            print_beforehand,
            visible,
            options.today,
            template_folders(options),
            workshop,
            wanted_products(visible),
        )
    if visible.indicators and options.store.namespace(CHARTS).is_empty():
        for _ in range(options.jobs):  # each worker that has nothing to do: they draw when all is measured
            workers.submit(load_painter)
    return early


def print_documents(
    visible: Catalogue,
    results: Results | None,
    early: Future[Lots] | None,
    options: Options,
    workers: Executor,
) -> PrintedProject:
    """Everything printed, `early` included, by `workers`; what was compiled before from the same data is taken again."""
    if early is None:
        return PrintedProject({})
    return print_project(
        visible,
        today=options.today,
        results=results,
        template_folders=template_folders(options),
        workshop=_workshop(options, "press", workers),
        products=wanted_products(visible),
        beforehand=early.result(),
    )


def wanted_products(catalogue: Catalogue) -> tuple[Product, ...]:
    """The kinds of printed files that the project makes."""
    settings = catalogue.organisation.print
    return tuple(product for product in PRODUCTS if product.is_wanted(settings))


def _workshop(options: Options, name: str, workers: Executor | None) -> Workshop:
    return Workshop(options.work / name, stage_files, options.store.namespace("printed"), workers)


def fresh_scratch(options: Options) -> Path:
    """An empty folder for matplotlib, which believes any list of fonts that it finds in its own."""
    folder = options.work / "matplotlib"
    stage_files(folder, {})
    return folder


def tidy(options: Options) -> None:
    """Forget what was kept longest without being used, where builds would fill the disk."""
    for name, most in MOST_KEPT.items():
        options.store.namespace(name).trim(most)


def publish_printed(printed: PrintedProject, options: Options) -> tuple[dict[str, int], Swapped]:
    """The printed files in a folder of their own, by language: how many there are; and what was published."""
    ready = options.work / "print"
    files = {f"{file.language}/{file.path.removeprefix(DOWNLOADS)}": file.content for file in printed.files}
    stage_files(ready, files)
    swapped = swap_in({"": ready}, options.out, lambda _: ())
    return dict(Counter(file.language for file in printed.files)), swapped


def render_language(
    catalogue: Catalogue,
    results: Results | None,
    printed: PrintedProject,
    language: str,
    options: Options,
    apart: Executor | None,
) -> RenderedSite:
    """The pages of one language, with marks for what is said of files that are being printed.

    `apart` makes them when templates are the project's own: a process that ends when they take too much. Raises PageError
    when one of them is wrong.
    """
    render = partial(
        render_site,
        catalogue,
        language=language,
        today=options.today,
        results=results,
        template_folders=template_folders(options),
        downloads=downloads_of(printed.announced(language)),
        own_templates=apart is not None,
        store=options.store.namespace(PAGES),
        program=digest_program(),
        is_narrowest=choose_audience(catalogue, options.audience)
        == audiences_of(catalogue.organisation)[-1].id,
    )
    if apart is None:
        return render()
    try:
        return apart.submit(within_limits, render).result()
    except BrokenExecutor as fault:
        raise PublishError(f"the templates of site_templates/pages/ take more than {IN_WORDS}") from fault


def process_apart(options: Options) -> AbstractContextManager[Executor | None]:
    """For what templates of the project's own make of pages; none when it has none."""
    own = own_templates(options.project, "pages/")
    return Workers(1, options.work / "matplotlib") if own else nullcontext()


def template_folders(options: Options) -> tuple[Path, ...]:
    """Where templates are: the project's own first."""
    return options.project / TEMPLATES_FOLDER, templates_folder()


def engine_job(site: RenderedSite, printed: PrintedProject, catalogue: Catalogue, options: Options) -> Job:
    """What the site engine is given for one language: pages, theme, configuration; printed files as soon as they are there."""
    organisation = catalogue.organisation
    folder = options.work / site.language
    own, _ = read_configuration(options.project)
    address = organisation.site_url or own.url
    url = f"{address.rstrip('/')}/" if address else None
    if url and site.language != organisation.languages[0]:
        url += f"{site.language}/"
    settings = SiteSettings(
        language=site.language,
        name=f"{organisation.short_name.in_language(site.language)} – {organisation.name.in_language(site.language)}",
        description=organisation.promise.in_language(site.language),
        url=url,
        navigation=site.navigation,
        extra=site.extra,
    )
    own_theme = _own_theme(options.project)
    return Job(
        folder=folder,
        docs=site.files,
        theme=read_tree(templates_folder() / "theme") | own_theme,
        configuration=engine_configuration(settings, own),
        late=partial(_printed_files, printed, site.language),
        own_theme=bool(own_theme),
    )


def _own_theme(project: Path) -> dict[str, bytes]:
    own = own_templates(project, "theme/").items()
    return {name.removeprefix(THEME): path.read_bytes() for name, path in own}


def _printed_files(printed: PrintedProject, language: str) -> Late:
    """Waits for what is printed in a language."""
    files = printed.in_language(language)
    return Late(dict(published_files(files)), notes_of(files))


def epoch(today: date) -> int:
    """The first second of the day, as SOURCE_DATE_EPOCH wants it."""
    return int(datetime.combine(today, time(), UTC).timestamp())
