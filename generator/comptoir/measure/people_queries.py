"""Queries about people: plans of one scan in; queries that count who is behind each cell, for disclosure control, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from comptoir.measure.plans import ODD, Plan
from comptoir.measure.queries import BITS, FREE_BIT, Scan, by_cell, kept_rows, own_names
from comptoir.measure.tables import WHOLE


def respondents_query(scan: Scan, index: int, conditions: Mapping[str, str] | None = None) -> str:
    """How many different people answered, in each cell, as 'respondents'; a row that names nobody is one person.

    Otherwise, for each of `conditions` by its name, how many answered a row for which it holds. Cells are of every one
    and two of the dimensions of the plan number `index`.
    """
    plan = scan.plans[index]
    assert plan.respondent is not None
    kept = kept_rows(scan, only=None if conditions else index, people=True)
    conditions = conditions or {"respondents": own_names(plan.counted, index)}
    aggregates = [f"{people_in(plan, index, holds)} AS {name}" for name, holds in conditions.items()]
    return by_cell(kept, plan.by, aggregates, " OR ".join(conditions.values()), [*combinations(plan.by, 2)])


def people_in(plan: Plan, index: int, holds: str = "TRUE") -> str:
    """SQL of how many people there are in rows for which `holds`; a row whose weight is 0 is in no number, nor is who gave it."""
    if not plan.table.weights:
        return _counted(index, f"({holds})")
    many = _weighed if plan.table.weights == WHOLE else _counted
    return many(index, f"(({holds}) AND w_{index} > 0)")


def _counted(index: int, holds: str) -> str:
    return f"count(DISTINCT who_{index}) FILTER ({holds}) + count(*) FILTER ({holds} AND who_{index} IS NULL)"


def _weighed(index: int, holds: str) -> str:
    """The same where a row stands for several people: who answered several times counts once, with the greatest weight."""
    row = f"{{'who': who_{index}, 'w': w_{index}}}"
    rows = f"list_sort(list(DISTINCT {row}) FILTER ({holds} AND who_{index} IS NOT NULL))"
    named = f"list_filter({rows}, lambda one, i: one.who IS DISTINCT FROM {rows}[i + 1].who)"
    nameless = f"sum(w_{index}) FILTER ({holds} AND who_{index} IS NULL)"
    return f"coalesce(list_sum(list_transform({named}, lambda one: one.w)), 0) + coalesce({nameless}, 0)"


def few_query(scan: Scan, index: int, condition: str, fewest: int) -> str:
    """Who is named, as 'names', in the cells of two dimensions where fewer than `fewest` are and `condition` holds."""
    plan = scan.plans[index]
    if plan.table.weights:
        condition = f"({condition}) AND w_{index} > 0"
    pairs = [*combinations(plan.by, 2)]
    of_pairs = [
        f"""SELECT q, {_named(pair, plan.by)}, {sum(BITS.get(d, FREE_BIT) for d in pair)} AS level, min(who, {fewest}) AS names
FROM (SELECT DISTINCT q, {", ".join(pair)}, who_{index} AS who FROM kept WHERE ({condition}) AND who_{index} IS NOT NULL)
GROUP BY q, {", ".join(pair)} HAVING count(*) < {fewest}"""
        for pair in pairs
    ]
    return f"WITH {kept_rows(scan, people=True)}\n" + "\nUNION ALL\n".join(of_pairs)


def patterns_query(scan: Scan) -> str:
    """How many rows of each quarter, as 'n', each set of plans counts: 'counted' says it of each plan."""
    flags = ", ".join(counted_by(scan, index) for index in range(len(scan.plans)))
    return f"WITH {kept_rows(scan)}\nSELECT q, [{flags}] AS counted, count(*) AS n FROM kept GROUP BY ALL"


def differing_query(scan: Scan) -> str:
    """If the two plans of a scan have another value in a row that both count, as 'differs'."""
    other = " OR ".join(f"{name}_0 IS DISTINCT FROM {name}_1" for name in values(scan.plans[0])) or "FALSE"
    both = f"{counted_by(scan, 0)} AND {counted_by(scan, 1)}"
    return f"WITH {kept_rows(scan)}\nSELECT count(*) > 0 AS differs FROM kept WHERE {both} AND ({other})"


def values(plan: Plan) -> tuple[str, ...]:
    """What a plan computes for a row beside whether it counts, and why not."""
    return tuple(sorted(plan.row.keys() - {"kept", *ODD}))


def counted_by(scan: Scan, index: int) -> str:
    """SQL that is true for the rows that a plan counts, and false for the others."""
    return f"coalesce({own_names(scan.plans[index].counted, index)}, FALSE)"


def _named(pair: Sequence[str], dimensions: Sequence[str]) -> str:
    """The columns of `dimensions`, empty those that a pair does not name."""
    return ", ".join(d if d in pair else f"NULL AS {d}" for d in dimensions)
