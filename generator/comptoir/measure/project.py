"""A project measured: catalogue and folder of data in; measurements, what was read, and every problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

import duckdb

from comptoir.measure.answers import check_answers
from comptoir.measure.asked_words import words_of_definitions
from comptoir.measure.beside import beside_quarters
from comptoir.measure.closed import Closing, closings_of, publish_closed
from comptoir.measure.closed_state import Now, compare_with_now
from comptoir.measure.inputs import Input, inputs_of
from comptoir.measure.measure import measure_catalogue, plan_measurable
from comptoir.measure.memory import Memory, Taken, data_state, key_of
from comptoir.measure.observations import Observations, observe
from comptoir.measure.priorities import tell_priorities
from comptoir.measure.reading import Names, Places, Tables, open_engine, read_tables
from comptoir.measure.sql.engine import QueryError
from comptoir.measure.stocks import PlannedDefinitions, check_definitions
from comptoir.measure.types import Measurement, Measurements
from comptoir.model.catalogue import Catalogue
from comptoir.model.inside import words_of_requests
from comptoir.model.names import names_of, renamed_in
from comptoir.periods import Period, Quarter, parse_period
from comptoir.problems import ContentError, Problem, sort_problems
from comptoir.sources.data_files import DATA_FOLDER
from comptoir.sources.name_pairs import NAMED_KINDS
from comptoir.store import Store


@dataclass(frozen=True, slots=True)
class Measured:
    """Measurements, the tables that they come from, what else was observed, and the problems found on the way.

    `others` are those of periods of other lengths, as far as they may be read beside `measurements`.

    The figures of closed quarters are those that were closed; `closings` tell what the data give otherwise now, and
    `inputs` are the files that all of it comes from. `keep` lets a later build take it again: call it when there is time.
    """

    measurements: Measurements
    tables: Tables
    problems: tuple[Problem, ...]
    observations: Observations
    closings: tuple[Closing, ...] = ()
    inputs: tuple[Input, ...] = ()
    others: tuple[Measurements, ...] = ()
    keep: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a project: the periods, those of other lengths, the day, and whether values are laid in bins too."""

    quarters: tuple[Period, ...]
    others: tuple[tuple[Period, ...], ...]
    today: date
    with_histograms: bool


def measure_project(
    catalogue: Catalogue,
    places: Places,
    quarters: Iterable[Period],
    today: date,
    memory: Memory | None = None,
    with_histograms: bool = False,
    others: Iterable[tuple[Period, ...]] = (),
) -> Measured:
    """Read the sources of `catalogue`, lock the engine down, and measure every indicator in each of `quarters`.

    `others` are periods of other lengths, each time of one, to be measured too. What `memory` keeps of the very same inputs is taken from there.
    """
    closings, faults = closings_of(catalogue.closed, renamed_in(catalogue))
    asked = Asked(tuple(quarters), tuple(others), today, with_histograms)
    taken, keep = _take(catalogue, places, asked, closings, memory)
    definitions = MappingProxyType(dict(catalogue.indicators))
    now, *others_now = (
        Measurements(measured, definitions, periods)
        for measured, periods in zip(
            (taken.measured, *taken.others), (taken.quarters, *asked.others), strict=True
        )
    )
    inputs, told = inputs_of(catalogue, taken.tables), list[Problem]()
    for one in (*others_now, now):
        closings, told = compare_with_now(closings, Now(catalogue, one, inputs, taken.tables.roles))
    published = publish_closed(now, closings)
    return Measured(
        measurements=published,
        others=tuple(beside_quarters(published, publish_closed(one, closings)) for one in others_now),
        tables=taken.tables,
        problems=sort_problems(
            (*faults, *taken.problems, *told, *check_answers(catalogue, taken.observations))
        ),
        observations=taken.observations,
        closings=closings,
        inputs=inputs,
        keep=keep,
    )


def _take(
    catalogue: Catalogue,
    places: Places,
    asked: Asked,
    closings: Sequence[Closing],
    memory: Memory | None,
) -> tuple[Taken, Callable[[], None]]:
    """What the engine gives, or gave for the same inputs; and what keeps it."""
    state = _state(catalogue, places)
    key = cache(partial(_key, catalogue, places, asked))
    kept = memory.recall(key) if memory else None
    if kept is not None:
        return kept, _nothing
    connection = open_engine()
    try:
        tables, problems = read_project_tables(connection, catalogue, places)
        problems = (*problems, *tell_priorities(connection, catalogue, tables.fields))
        planned = plan_measurable(catalogue, connection)
        now, more = measure_catalogue(
            catalogue,
            connection,
            asked.quarters,
            asked.today,
            closings=closings,
            with_histograms=asked.with_histograms,
            planned=planned,
        )
        others = tuple(
            _measure_others(catalogue, connection, periods, asked.today, closings, planned)
            for periods in asked.others
        )
        observations, unseen = _observe(connection, catalogue, asked.today)
    finally:
        connection.close()
    taken = Taken(now.all, others, now.quarters, tables, observations, (*problems, *more, *unseen))

    def keep() -> None:
        name = key()
        if memory and name and not unseen and state == _state(catalogue, places):
            memory.keep(name, taken)  # not what was read while the data were written

    return taken, keep


def _measure_others(
    catalogue: Catalogue,
    connection: duckdb.DuckDBPyConnection,
    periods: Sequence[Period],
    today: date,
    closings: Sequence[Closing],
    planned: PlannedDefinitions,
) -> tuple[Measurement, ...]:
    """Periods of another length, by one dimension at a time: two together are compared only where they were closed."""
    crossed = any(closing.quarter in periods for closing in closings)
    measured, _ = measure_catalogue(
        catalogue, connection, periods, today, closings=closings, crossed=crossed, planned=planned
    )
    return measured.all


def _nothing() -> None:
    """Nothing is to be kept."""


def _state(catalogue: Catalogue, places: Places) -> object:
    try:
        return data_state(catalogue, places)
    except OSError:
        return object()  # like no other


def _key(catalogue: Catalogue, places: Places, asked: Asked) -> str | None:
    try:
        return f"{key_of(catalogue, places, (*asked.quarters, *asked.others), asked.today)} {asked.with_histograms}"
    except OSError:
        return None


def observe_project(
    catalogue: Catalogue, places: Places, today: date
) -> tuple[Observations, tuple[Problem, ...]]:
    """What was observed of clients, without measuring anything; and the problems found on the way."""
    connection = open_engine()
    try:
        _, problems = read_project_tables(connection, catalogue, places)
        observations, unseen = _observe(connection, catalogue, today)
    finally:
        connection.close()
    return observations, sort_problems((*problems, *unseen))


def examine_project(catalogue: Catalogue, places: Places) -> tuple[Problem, ...]:
    """The problems of files and of definitions of a catalogue that has errors elsewhere, without measuring anything.

    What could not be decoded is known by its name: no file is blamed for naming it, nor a definition for its source.
    """
    connection = open_engine()
    try:
        _, problems = read_project_tables(connection, catalogue, places)
        found = check_definitions(catalogue, connection)
    finally:
        connection.close()
    if catalogue.declared.get("source") != frozenset(catalogue.sources):
        found = tuple(problem for problem in found if problem.rule != "indicator-source")
    return sort_problems((*problems, *found))


def read_project_tables(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, places: Places
) -> tuple[Tables, tuple[Problem, ...]]:
    """The tables of every source of `catalogue`, on an engine that is locked down from then on."""
    asked = words_of_definitions(connection, catalogue.indicators.values())
    services, segments, clients, partners = (
        catalogue.declared.get(kind, frozenset()) | frozenset(catalogue.of_kind(kind)) for kind in NAMED_KINDS
    )
    segment_of = {name: client.segment for name, client in catalogue.clients.items()}
    spelled = {kind: names_of(catalogue, kind) for kind in NAMED_KINDS}
    names = Names(
        services, segments, clients, asked, segment_of, partners, spelled, words_of_requests(catalogue)
    )
    zone = catalogue.organisation.time_zone
    return read_tables(connection, catalogue.sources.values(), places, names, zone)


def _observe(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, today: date
) -> tuple[Observations, tuple[Problem, ...]]:
    """What was observed of clients; a problem instead when the engine cannot tell in time."""
    if not catalogue.sources:
        return Observations(), ()
    try:
        return observe(connection, catalogue.organisation.time_zone, today), ()
    except QueryError as error:
        source = min(catalogue.sources.values(), key=lambda source: source.id)
        message = (
            f"the requests, contacts and accounts of clients could not be gathered from the rows: {error}"
        )
        return Observations(), (Problem(source.locate("role"), "observations", message),)


def data_places(project: Path, data: Path | None, store: Store | None = None) -> Places:
    """Where the files of sources are: `data`, else the project's own folder of data; `store` keeps the rows of large ones."""
    if data is not None:
        return Places(data, str(data), store)
    return Places(project / DATA_FOLDER, DATA_FOLDER, store)


def choose_period(catalogue: Catalogue, text: str | None, quarter: Quarter | None, today: date) -> Period:
    """The period of a text in one of the known forms; without one `quarter`, or the last quarter that is over.

    Raises ContentError for a fiscal year when the organisation does not say in which month it begins.
    """
    if text is None:
        return quarter or Quarter.last_closed(today)
    organisation = catalogue.organisation
    try:
        return parse_period(text, organisation.fiscal_year.number if organisation.fiscal_year else None)
    except ValueError as error:
        raise ContentError([Problem(organisation.locate(), "fiscal-year", str(error))]) from error
