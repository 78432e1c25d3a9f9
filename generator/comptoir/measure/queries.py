"""Queries: plans that share a table in, one query that scans it once for all of them out.

Rows are first added up by quarter, service, segment and client together, then rolled up (GROUPING SETS) into the
breakdowns that the definitions ask for; so a table of millions of rows is read once, whatever the breakdowns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from comptoir.measure.plan_keys import counted_once
from comptoir.measure.plans import Plan
from comptoir.measure.sql.engine import literal, quote
from comptoir.measure.sql.expressions import WorkingSpan
from comptoir.measure.statistics import quantile_ranks
from comptoir.measure.tables import (
    FREE,
    PERIOD,
    Table,
    quarter_bounds,
    quarter_number,
    rows_with_derived,
)
from comptoir.measure.working_sql import (
    SpanColumns,
    WorkingTimeTable,
    add_working_days,
    add_working_seconds,
)
from comptoir.model.metrics import IndicatorKind
from comptoir.periods import Period

DIMENSIONS: Final = ("service", "segment", "client")
PAIRS: Final = (("service", "segment"),)  # published together, besides each alone
HIDDEN_PAIRS: Final = (("segment", "client"),)  # never published; people are counted there to protect them
SPENT: Final = '"comptoir spent"'  # of a judged case: what it took, in per cent of what was promised
_KEPT: Final = "comptoir_kept"
BITS: Final = {"service": 4, "segment": 2, "client": 1}
FREE_BIT: Final = 8
_FEW: Final = 64  # values to find in a cell
_NAMES: Final = re.compile(r"\b(kept|v|a|b|is_last|state|share|odd|odd_above|w)\b")


@dataclass(frozen=True, slots=True)
class Scan:
    """Plans that read the same rows of one table, by the same date, in successive quarters.

    `kept`: the quarters whose rows the engine holds by `keep_query`; none when each query reads the table. `crossed`: cells by two
    dimensions are asked too.
    """

    table: Table
    date: str
    plans: tuple[Plan, ...]
    quarters: tuple[Period, ...]
    time_zone: str
    working_time: WorkingTimeTable
    kept: tuple[Period, ...] = ()
    crossed: bool = True

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """The dimensions that are asked two at a time."""
        return (*PAIRS, *HIDDEN_PAIRS) if self.crossed else ()

    @property
    def is_costly(self) -> bool:
        """True when something is costly to compute for a row, which several queries better find: its working time."""
        return any(plan.spans or plan.relation for plan in self.plans)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that one of the plans asks for."""
        return in_order(d for plan in self.plans for d in plan.by)


def in_order(dimensions: Iterable[str]) -> tuple[str, ...]:
    """Each dimension once: services, segments, clients, then fields by their names."""
    found = set(dimensions)
    return (*(d for d in DIMENSIONS if d in found), *sorted(found - {*DIMENSIONS}))


def field_of(dimension: str) -> str:
    """The field of the rows that a dimension is: 'priority' for 'by_priority'."""
    return dimension.removeprefix(FREE)


def is_direct(plan: Plan) -> bool:
    """True when part of a plan does not add up over groups, and is asked of the rows of each group."""
    once = counted_once(plan.indicator)
    return plan.kind is IndicatorKind.QUANTILE or bool(once) or plan.respondent is not None


def group_plans(
    plans: Sequence[Plan], quarters: Sequence[Period], time_zone: str, working_time: WorkingTimeTable
) -> tuple[Scan, ...]:
    """The plans in as few scans as may be: together when they read the same rows and ask for the same work."""
    groups: dict[tuple[str, ...], list[Plan]] = {}
    for plan in plans:
        own = plan.indicator.id if plan.needs_window else plan.relation or ""
        work = " ".join(sorted(plan.costly_texts)) if plan.is_costly else ""
        groups.setdefault((plan.table.name, plan.date, own, work), []).append(plan)
    return tuple(
        Scan(members[0].table, members[0].date, tuple(members), tuple(quarters), time_zone, working_time)
        for _, members in sorted(groups.items())
    )


def keep_query(scan: Scan) -> str:
    """Keeps the rows of a scan with what its plans compute for them, until `forget_query`; the same thing once."""
    idle = ", ".join(("moment", *_twins(scan)))
    rows = f"WITH {kept_rows(scan, people=True)} SELECT * EXCLUDE ({idle}) FROM kept"
    return f"CREATE OR REPLACE TEMP TABLE {_KEPT} AS {rows}"


def forget_query() -> str:
    """Gives back the memory of what `keep_query` keeps."""
    return f"DROP TABLE IF EXISTS {_KEPT}"


def sums_query(scan: Scan) -> str:
    """One row a quarter and cell: 'q' (from 0), the dimensions, 'level', 'present', 'months', and each plan's sums.

    Rows come in no order, like those of all queries of cells: a cell is found by what it is about.
    The sums of the plan number i are called 's{i}_{name}'.
    """
    aggregates = [
        f"{own_names(sql, index)} AS s{index}_{name}"
        for index, plan in enumerate(scan.plans)
        for name, sql in plan.sums.items()
    ]
    names = [f"s{index}_{name}" for index, plan in enumerate(scan.plans) for name in plan.sums]
    dimensions = scan.dimensions
    keys = ", ".join(("q", *dimensions))
    cells = ["count(*) AS present", "bit_or(month) AS months", *aggregates]
    rolled = [
        "sum(present) AS present",
        "bit_or(months) AS months",
        *(f"sum({name}) AS {name}" for name in names),
    ]
    return f"""WITH {kept_rows(scan)},
cells AS (
  SELECT {keys},
    {_lines(cells)}
  FROM kept GROUP BY {keys}
)
SELECT {keys}, {_level(dimensions)} AS level,
  {_lines(rolled)}
FROM cells
GROUP BY {_sets(dimensions, scan.pairs)}"""


def distinct_query(scan: Scan, index: int) -> str:
    """How many different values, or days, each cell holds, as 'different'."""
    plan = scan.plans[index]
    once, counted = f"{counted_once(plan.indicator)}_{index}", own_names(plan.counted, index)
    return _direct(scan, plan, [f"count(DISTINCT {once}) FILTER ({counted}) AS different"])


def quantile_query(scan: Scan, index: int, sizes: Sequence[int]) -> str:
    """The values around the quantile of each cell, as 'below', 'above', 'low' and 'high'.

    `sizes` are the numbers of values that cells hold. 'below' and 'above' are the two values between which the
    quantile of type 7 is interpolated, 'low' and 'high' the ends of its interval (NULL with too few values).
    """
    plan = scan.plans[index]
    share = Fraction(plan.indicator.quantile or Fraction(1, 2))
    ranks = {n: _ranks(n, share) for n in sorted({size for size in sizes if size})}
    counted = own_names(plan.counted, index)
    every = sorted({Fraction(2 * rank - 1, 2 * n) for n, found in ranks.items() for rank in found if rank})
    if (
        len(every) <= _FEW
    ):  # few large cells: putting all values in order takes longer than finding some of them
        places = {fraction: place for place, fraction in enumerate(every, 1)}
        ranks = {
            n: tuple(rank and places[Fraction(2 * rank - 1, 2 * n)] for rank in found)
            for n, found in ranks.items()
        }
        wanted = ", ".join(str(float(fraction)) for fraction in every) or "0.5"
        values = f"quantile_disc(v_{index}, [{wanted}]) FILTER ({counted}) AS found"
    else:
        values = f"list_sort(list(v_{index}) FILTER ({counted})) AS found"
    rows = [f"({n}, {', '.join(str(rank or 'NULL') for rank in found)})" for n, found in ranks.items()]
    listed = ",\n  ".join(rows) or "(0, 1, 1, NULL, NULL)"
    return f"""WITH ranks(n, first, second, low, high) AS (VALUES
  {listed}
), cells AS (
{_direct(scan, plan, [values, f"count(v_{index}) FILTER ({counted}) AS n"])}
)
SELECT c.* EXCLUDE (found, n), found[first] AS below, found[second] AS above,
  found[r.low::BIGINT] AS low, found[r.high::BIGINT] AS high
FROM cells c JOIN ranks r ON r.n = c.n"""


def _ranks(n: int, share: Fraction) -> tuple[int | None, ...]:
    """Which of `n` values in order, from 1, are the two around the quantile and the ends of its interval."""
    ends, first = quantile_ranks(n, share), int((n - 1) * share) + 1
    return first, min(first + 1, n), ends.low if ends else None, ends.high if ends else None


@dataclass(frozen=True, slots=True)
class Binning:
    """Bins of a histogram: where the first begins, how wide each is, how many there are, on which side an edge is."""

    start: Fraction
    width: Fraction
    count: int
    is_right_closed: bool = False


def range_query(scan: Scan, index: int) -> str:
    """Of the values of a plan: how many, the least, the greatest, where most end, and if all are 'whole'."""
    value = f"v_{index}"
    return f"""WITH {kept_rows(scan, only=index)}
SELECT count({value}) AS n, min({value}) AS low, max({value}) AS high, quantile_cont({value}, 0.95) AS most,
  bool_and({value} = trunc({value})) AS whole
FROM kept WHERE {own_names(scan.plans[index].counted, index)}"""


def bins_query(scan: Scan, index: int, binning: Binning, people: str) -> str:
    """How many values of a plan lie in each bin, by 'bin' from 0, and how many 'people' (SQL) gave them.

    The row without a bin is about all of them: it tells their greatest, their median and their 90th percentile.
    """
    plan, value = scan.plans[index], f"v_{index}"
    many = f"sum(w_{index})" if plan.table.weights else "count(*)"
    start, width = (f"({n.numerator}::DOUBLE / {n.denominator})" for n in (binning.start, binning.width))
    place = f"({value} - {start}) / {width}"
    nearest = f"ceil({place} - 1e-9) - 1" if binning.is_right_closed else f"floor({place} + 1e-9)"
    number = f"least(greatest({nearest}, 0), {binning.count - 1})::INTEGER"
    return f"""WITH {kept_rows(scan, only=index, people=True)},
binned AS (
  SELECT *, {number} AS bin FROM kept WHERE {value} IS NOT NULL AND ({own_names(plan.counted, index)})
)
SELECT bin, {many} AS n, {people} AS people, max({value}) AS high,
  quantile_cont({value}, 0.5) AS median, quantile_cont({value}, 0.9) AS p90
FROM binned GROUP BY GROUPING SETS ((bin), ()) ORDER BY ALL"""


def with_value(plan: Plan) -> Plan:
    """The plan with the value of each row, which judged cases have beside their verdict."""
    if "v" in plan.row or SPENT not in (plan.relation or ""):
        return plan
    return replace(plan, row={**plan.row, "v": SPENT})


def _direct(scan: Scan, plan: Plan, aggregates: Sequence[str]) -> str:
    """A query that computes what does not add up over groups, in each breakdown on its own."""
    index = scan.plans.index(plan)
    kept = kept_rows(scan, only=index)
    return by_cell(kept, plan.by, aggregates, own_names(plan.counted, index), scan.pairs)


def by_cell(
    kept: str, by: Sequence[str], aggregates: Sequence[str], where: str, pairs: Sequence[tuple[str, str]]
) -> str:
    """A query of aggregates over the rows `kept` for which `where` holds, in each cell by one and by two dimensions."""
    keys = ", ".join(("q", *by))
    return f"""WITH {kept}
SELECT {keys}, {_level(by)} AS level, {_lines(aggregates)}
FROM kept WHERE {where}
GROUP BY {_sets(by, pairs)}"""


def kept_rows(scan: Scan, only: int | None = None, places: bool = False, people: bool = False) -> str:
    """The rows of the quarters, with what each plan computes for them ('{name}_{number of the plan}')."""
    if scan.kept:
        first = scan.kept.index(scan.quarters[0])
        inside = f"q BETWEEN {first} AND {first + len(scan.quarters) - 1}"
        again = "".join(f", {twin} AS {name}" for name, twin in _twins(scan).items())
        return f"kept AS (SELECT * REPLACE (q - {first} AS q){again} FROM {_KEPT} WHERE {inside})"
    plans = [(i, plan) for i, plan in enumerate(scan.plans) if only in (None, i)]
    bounds = quarter_bounds(scan.quarters, scan.table.fields[scan.date], scan.time_zone)
    date = quote(scan.date)
    number = quarter_number(scan.date, bounds)
    computed = [f"{sql} AS {name}_{index}" for index, plan in plans for name, sql in plan.row.items()]
    computed += [f"{plan.respondent} AS who_{index}" for index, plan in plans if plan.respondent and people]
    month = f"(1 << (month({date}) - 1)::INTEGER)::USMALLINT"
    columns = [
        f"{number} AS q",
        f"{date} AS moment",
        f"{month} AS month",
        *(_column(d) for d in scan.dimensions),
        *computed,
    ]
    if places:
        columns += ["_file AS file", "_line AS line"]
    fields = frozenset(name for _, plan in plans for name in plan.fields)
    relation = next((plan.relation for _, plan in plans if plan.relation), None)
    inside = f"{date} >= {bounds[0]} AND {date} < {bounds[-1]}"
    spans = sorted({span for _, plan in plans for span in plan.spans})
    source = _source(scan, fields, relation, bounds, inside, spans)
    window = ""
    if any(plan.needs_window for _, plan in plans):
        index = next(i for i, plan in plans if plan.needs_window)
        partition = ", ".join(("q", *(d for d in scan.dimensions if d == "service")))
        last = f"moment = max(CASE WHEN kept_{index} THEN moment END) OVER (PARTITION BY {partition}) AS is_last_{index}"
        window = f"), kept AS (\n  SELECT *, {last}\n  FROM dated\n"
    name = "dated" if window else "kept"
    return f"""{name} AS (
  SELECT {_lines(columns)}
  FROM {source}
{window})"""


def _column(dimension: str) -> str:
    """A dimension as a column; a row that says nothing of a field has the empty text there."""
    if dimension in DIMENSIONS:
        return quote(dimension)
    return f"coalesce(CAST({quote(field_of(dimension))} AS VARCHAR), '') AS {dimension}"


def _twins(scan: Scan) -> dict[str, str]:
    """The columns that another plan of the scan computes too: each with the first that is the same."""
    firsts: dict[tuple[str, str], str] = {}
    twins = {}
    for index, plan in enumerate(scan.plans):
        who = {"who": plan.respondent} if plan.respondent else {}
        for name, sql in {**plan.row, **who}.items():
            first = firsts.setdefault((name, sql), f"{name}_{index}")
            if first != f"{name}_{index}":
                twins[f"{name}_{index}"] = first
    return twins


def _source(
    scan: Scan,
    fields: frozenset[str],
    relation: str | None,
    bounds: Sequence[str],
    inside: str,
    spans: Sequence[WorkingSpan],
) -> str:
    """The rows to read: the table's own where no derived field is named, so that only named columns are read."""
    derived = {name for name in fields if name not in scan.table.fields}
    table = relation or quote(scan.table.name)
    rows = f"(SELECT * FROM {table} WHERE {inside})"
    if not derived and not spans:
        return f"{rows} r"
    query = rows_with_derived(scan.table, derived - {*PERIOD}, rows, scan.time_zone)
    if derived & {*PERIOD}:
        query = f"SELECT d.*, {', '.join(_period_columns(scan, bounds))} FROM ({query}) d"
    for span in spans:
        columns = SpanColumns(span.calendar, span.start, span.end)
        add = add_working_seconds if span.function == "working_seconds" else add_working_days
        query = add(scan.working_time, query, columns, name=span.column)
    return f"({query}) r"


def _period_columns(scan: Scan, bounds: Sequence[str]) -> list[str]:
    number = quarter_number(scan.date, bounds)
    starts = ", ".join(f"DATE {literal(quarter.first_day.isoformat())}" for quarter in scan.quarters)
    ends = ", ".join(f"DATE {literal(quarter.last_day.isoformat())}" for quarter in scan.quarters)
    return [f"[{starts}][1 + {number}] AS {PERIOD[0]}", f"[{ends}][1 + {number}] AS {PERIOD[1]}"]


def own_names(sql: str, index: int) -> str:
    """SQL over the names of a plan, with the names that they have in a scan."""
    return _NAMES.sub(rf"\1_{index}", sql)


def _level(dimensions: Sequence[str]) -> str:
    """Which dimensions a row is about, as bits: 4 for a service, 2 for a segment, 1 for a client, 8 for a field."""
    return " + ".join(f"{BITS.get(d, FREE_BIT)} * (1 - grouping({d}))" for d in dimensions) or "0"


def _sets(dimensions: Sequence[str], pairs: Sequence[tuple[str, str]]) -> str:
    sets = ["(q)", *(f"(q, {d})" for d in dimensions)]
    pairs = [pair for pair in pairs if all(d in dimensions for d in pair)]
    sets += [f"(q, {', '.join(pair)})" for pair in pairs]
    return f"GROUPING SETS ({', '.join(sets)})"


def _lines(parts: Sequence[str]) -> str:
    return ",\n    ".join(parts)


def rows_query(scan: Scan, condition: str, counts: bool, limit: int) -> str:
    """The first rows of a scan of one plan, within `condition` on the dimensions, that n counts, or does not count."""
    plan = scan.plans[0]
    counted = f"coalesce({own_names(plan.counted, 0)}, FALSE)"
    return f"""WITH {kept_rows(scan, only=0, places=True)}
SELECT file, line FROM kept WHERE {condition} AND {counted if counts else f"NOT {counted}"}
ORDER BY file, line LIMIT {limit}"""


def off_scale_query(scan: Scan, limit: int) -> str:
    """The first rows of a scan of one plan whose value is not on its scale, and how many there are."""
    return f"""WITH {kept_rows(scan, only=0, places=True)}
SELECT file, line, count(*) OVER () AS rows FROM kept WHERE kept_0 AND ({own_names(scan.plans[0].off, 0)})
ORDER BY file, line LIMIT {limit}"""
