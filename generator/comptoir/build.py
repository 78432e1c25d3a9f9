"""The whole story: a project folder in, a complete site out. Reads like the README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from comptoir.analysis.citations import check_cited
from comptoir.audiences import for_audience
from comptoir.checking import check_project
from comptoir.inputs import Inputs
from comptoir.limits import IN_WORDS, LimitError
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Misfits
from comptoir.paper.types import PrintError
from comptoir.periods import Period
from comptoir.problems import Location, Problem, Severity, errors, sort_problems
from comptoir.publish.engine import Job, run_engine
from comptoir.publish.lock import only_one_build
from comptoir.publish.policy import finish_site
from comptoir.publish.record import Published, recall, remember
from comptoir.publish.stage import PublishError
from comptoir.publish.swap import check_output, recover, swap_in
from comptoir.site import PageError, results_for_audience
from comptoir.sources.overrides import describe_templates, own_templates, untrusted_templates
from comptoir.steps import (
    Options,
    Part,
    begin_early,
    check_data,
    choose_audience,
    choose_quarter,
    draw_charts,
    engine_job,
    epoch,
    fresh_scratch,
    measure_quarters,
    print_documents,
    process_apart,
    publish_printed,
    render_language,
    stop_at_errors,
    tidy,
)
from comptoir.workers import Workers

__all__ = ["BuildResult", "Options", "Part", "build", "check_all", "check_project", "with_templates"]


_LEFT: Final = ("the previous site cannot be removed", "remove this folder yourself", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A published site: where, how many pages (or printed files) in each language, and the warnings of its content."""

    out: Path
    audience: str
    pages: Mapping[str, int]
    warnings: tuple[Problem, ...]


def check_all(options: Options) -> tuple[Problem, ...]:
    """Every problem of a project and of its data: what `check_project` finds, and what a build would find later."""
    options.begin("Checking the content")
    catalogue, problems = check_project(options.project, options.today, options.data)
    options.begin("Reading data and measuring")
    more = check_data(catalogue, bool(errors(problems)), options)
    return sort_problems(dict.fromkeys((*problems, *more)))


def with_templates(project: Path, problems: Iterable[Problem], *, trust_theme: bool) -> tuple[Problem, ...]:
    """The problems, those of templates that nobody gave the word for, and what the others may do."""
    untrusted = [] if trust_theme else [*untrusted_templates(project)]
    told = {problem.location for problem in untrusted}
    notices = (notice for notice in describe_templates(project) if notice.location not in told)
    return sort_problems((*problems, *untrusted, *notices))


def build(options: Options) -> BuildResult:
    """Publish the site, unless the one that is there was made from the very same inputs.

    Raises ContentError when the content has errors, PublishError when a later step fails; in both cases the
    previous site stays as it was.
    """
    check_output(options.out, options.project)
    recover(options.out)
    choices = (
        options.today,
        options.audience,
        options.engine,
        options.quarter,
        options.data,
        options.only,
        options.trust_theme,
        options.site_url,
    )
    options.begin("Looking for what changed")
    inputs = Inputs(options.project, options.data, choices)
    records, stamp, digest = options.store.namespace("published"), inputs.stamp(), inputs.digest()
    said = recall(records, options.out, digest)
    if said is None:
        said = _build(options)
        if inputs.stamp() == stamp:  # an edit while the site was made belongs to the next one
            remember(records, options.out, digest, said)
    left = [Problem(Location(str(said.left)), "leftover", *_LEFT)] if said.left else []
    return BuildResult(options.out, said.audience, said.pages, (*said.warnings, *left))


def _build(options: Options) -> Published:
    """Check, then publish what has no errors, alone in the build folder and with workers that wait for work."""
    options.begin("Checking the content")
    catalogue, problems = check_project(options.project, options.today, options.data)
    if options.site_url:
        organisation = catalogue.organisation.model_copy(update={"site_url": options.site_url})
        catalogue = replace(catalogue, organisation=organisation)
    stop_at_errors((*problems, *([] if options.trust_theme else untrusted_templates(options.project))))
    audience, quarter = choose_audience(catalogue, options.audience), choose_quarter(options, catalogue)
    try:
        with (
            only_one_build(options.work),
            Workers(options.jobs, fresh_scratch(options)) as workers,
            process_apart(options) as apart,
        ):
            published = _publish(catalogue, problems, audience, quarter, options, workers, apart)
            tidy(options)
            return published
    except (PageError, PrintError) as fault:
        raise PublishError(str(fault)) from fault
    except (LimitError, MemoryError) as fault:
        raise PublishError(f"templates of site_templates/print/ take more than {IN_WORDS}") from fault
    except BrokenExecutor as fault:
        message = "a process that draws and prints was ended from outside: is there memory enough? (--jobs 1 needs less)"
        if own_templates(options.project, "print/"):
            message += f"; or do templates of site_templates/print/ take more than {IN_WORDS}?"
        raise PublishError(message) from fault


def _publish(
    catalogue: Catalogue,
    problems: tuple[Problem, ...],
    audience: str,
    quarter: Period,
    options: Options,
    workers: Executor,
    apart: Executor | None,
) -> Published:
    """Measure, cut for the audience, draw, print, render, run the engine, check the site and swap it in."""
    visible = for_audience(catalogue, audience)
    early = begin_early(visible, options, workers)
    options.begin("Measuring")
    measured = measure_quarters(catalogue, quarter, options)
    if measured is not None:
        problems = sort_problems(dict.fromkeys((*problems, *measured.problems)))
    stop_at_errors(problems)
    results = results_for_audience(measured, visible, audience, quarter) if measured else None
    if results is not None:
        problems = sort_problems((*problems, *check_cited(visible, results.measurements, *results.others)))
        options.begin("Drawing charts")
        results = replace(results, charts=draw_charts(visible, results, options, workers))
    options.begin("Laying out what is printed")
    printed = print_documents(visible, results, early, options, workers)
    if visible.organisation.print.misfits is Misfits.LEAVE_OUT:
        printed = printed.without_misfits()
    if options.only is Part.PRINT:
        if measured is not None:
            measured.keep()
        options.begin("Printing")
        problems = sort_problems((*problems, *printed.problems))
        stop_at_errors(problems)
        files, swapped = publish_printed(printed, options)
        return Published(audience, files, problems, swapped.site, swapped.left)

    def rendered() -> Iterator[Job]:
        for language in languages:
            pages = render_language(visible, results, printed, language, options, apart)
            yield engine_job(pages, printed, visible, options)
        if measured is not None:  # while the engine is at the last language
            measured.keep()

    options.begin("Making pages")
    languages = visible.organisation.languages
    jobs = run_engine(rendered(), options.engine, options.jobs, epoch(options.today))
    problems = sort_problems((*problems, *printed.problems))
    stop_at_errors(problems)
    options.begin("Checking the site and publishing it")
    parts = {"" if job.language == languages[0] else job.language: job.ready for job in jobs}
    swapped = swap_in(parts, options.out, partial(finish_site, own_theme=options.trust_theme))
    pages = {job.language: sum(name.endswith(".md") for name in job.docs) for job in jobs}
    return Published(audience, pages, problems, swapped.site, swapped.left)
