"""Names and words that nobody knows: the table of a source in, the same with known ones only, and the others told, out.

A name that the catalogue does not have is taken out of its row, which stays; an outage goes with its service, for
nothing is measured of what nobody knows. A word of a closed list stays in its row, under no word that is counted.
"""

from __future__ import annotations

from comptoir.measure.reading.keeping import Keeper, times
from comptoir.measure.reading.loading import warn
from comptoir.measure.reading.messages import is_total
from comptoir.measure.reading.types import Exclusion, Names, UnknownName
from comptoir.measure.reading.words import settle_words
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Source
from comptoir.model.roles import NAMED, FieldType, Role
from comptoir.problems import Problem, suggest

RULE = "data-unknown"
MAX_UNKNOWN = 50
_FEW = 10  # of more than that: nobody reads the names of thousands of customers


def part_unknown(keeper: Keeper, known: Names) -> tuple[list[UnknownName], list[Problem]]:
    """Settle names and words of closed lists: those that nobody knows, and their warnings up to a bound."""
    unknown: list[UnknownName] = []
    problems: list[Problem] = []
    for field in keeper.source.columns:
        kind = keeper.source.type_of(field)
        names = known.of(kind) if kind in NAMED else known.words_of(keeper.source, field)
        if kind not in NAMED and not names:
            continue
        meanings = known.meanings(kind) if kind in NAMED else known.spellings(keeper.source, field)
        found = settle_words(keeper, field, names, meanings)
        if found and kind in NAMED:
            _take_out(keeper, field, found)
        if keeper.source.role is Role.LEDGER and kind is FieldType.TEXT:
            continue  # its kinds of entry have a rule of their own
        unknown += found
        problems += _problems(keeper.source, field, found, names)
    return unknown, problems


def _take_out(keeper: Keeper, field: str, found: list[UnknownName]) -> None:
    among = f"{quote(field)} IN ({', '.join(literal(one.name) for one in found)})"
    if _goes_with_its_name(keeper.source, field):
        keeper.leave_out(among, Exclusion.UNKNOWN_SERVICE, quote(field))
    else:
        keeper.connection.execute(f"UPDATE {keeper.table} SET {quote(field)} = NULL WHERE {among}")


def _goes_with_its_name(source: Source, field: str) -> bool:
    return source.role is Role.OUTAGES and field == "service"


def _problems(source: Source, field: str, found: list[UnknownName], names: frozenset[str]) -> list[Problem]:
    fate = "counted in totals only"
    if _goes_with_its_name(source, field):
        fate = "left out: nothing is measured of an outage without its service"
    near = names | set(source.columns[field].values)
    found = sorted(
        found, key=lambda one: not is_total(one.name)
    )  # what counts twice is never among the others
    listed = MAX_UNKNOWN if len(found) <= MAX_UNKNOWN else _FEW
    problems = [
        warn(
            one.location,
            RULE,
            f"unknown {one.what} '{one.name}' in {times(one.rows, 'row')}: {fate}",
            f"a row of totals? leave_out: [{one.name}] in the dialect, or each is counted twice"
            if is_total(one.name)
            else suggest(one.name, names if source.type_of(field) in NAMED else near),
        )
        for one in found[:listed]
    ]
    if rest := found[listed:]:
        what = f"{rest[0].kind}s" if rest[0].kind in NAMED else f"words of '{field}'"
        message = f"{len(rest)} more unknown {what} in {times(sum(one.rows for one in rest), 'row')}: {fate}"
        hint = "indicators/names.csv says what many names mean" if rest[0].kind in NAMED else ""
        problems.append(warn(rest[0].location, RULE, message, hint))
    return problems
