"""`comptoir rehearse`: what a promise that is only proposed would have made of past cases."""

from __future__ import annotations

import json
from argparse import Namespace, _SubParsersAction
from typing import Any

from rich.console import Console

from comptoir.analysis.rehearsal import Rehearsal, RehearsalError, RehearsedCases, rehearse
from comptoir.checking import check_project
from comptoir.cli.console import FINE, USAGE, add_project, add_today, choose_today, kept_rows, say_error
from comptoir.cli.measure import add_data
from comptoir.measure.formats import aligned
from comptoir.measure.project import data_places
from comptoir.model.agreements import Target
from comptoir.periods import Quarter
from comptoir.problems import ContentError, errors

MOST_QUARTERS = 40


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "rehearse", help="replay past cases against a proposed promise", description=__doc__
    )
    parser.add_argument("agreement", metavar="AGREEMENT", help="the agreement, such as sla-networks")
    add_project(parser)
    parser.add_argument(
        "--set",
        dest="proposals",
        metavar="TARGET=VALUE",
        action="append",
        required=True,
        help="what is proposed: ttr.p2=4h, delivery=2d, or with the share of cases, tto.p1=15min@95; may be repeated",
    )
    parser.add_argument(
        "--quarters", type=int, default=8, metavar="N", help="how many quarters back (8 if left out)"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="how to write it")
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write what each proposal would have made of the last quarters; 2 where it cannot be rehearsed."""
    today = choose_today(arguments.today)
    if not 1 <= arguments.quarters <= MOST_QUARTERS:
        say_error(f"--quarters {arguments.quarters}: from 1 to {MOST_QUARTERS}")
        return USAGE
    catalogue, problems = check_project(arguments.project, today, arguments.data)
    if errors(problems):
        raise ContentError(problems)
    places = data_places(arguments.project, arguments.data, kept_rows(arguments.project))
    quarters = Quarter.last_closed(today).latest(arguments.quarters)
    try:
        found = [
            rehearse(catalogue, places, arguments.agreement, one, quarters, today)
            for one in arguments.proposals
        ]
    except RehearsalError as error:
        say_error(str(error))
        return USAGE
    if arguments.format == "json":
        told = {"version": "1.0", "agreement": arguments.agreement, "proposals": [*map(_object, found)]}
        console.out(json.dumps(told, ensure_ascii=False, indent=1), highlight=False)
    else:
        console.out("\n\n".join(map(_table, found)), highlight=False)
    return FINE


def _promise(target: Target) -> str:
    share = f" in {target.share.normalize():f} % of cases" if target.share else ""
    return f"{target.value.normalize():f} {target.unit}{share}"


def _table(found: Rehearsal) -> str:
    present = " or ".join(dict.fromkeys(map(_promise, found.before)))
    head = f"{found.agreement.id}, {found.after.about}: {_promise(found.after)} instead of {present}"
    rows: list[tuple[str, ...]] = [("period", "of what", "cases", "kept", "would keep", "95 % interval", "")]
    rows += [_cells(found, one) for one in found.rows]
    beneath = [f"rests on: {problem.message}" for problem in found.beneath]
    if not found.rows:
        return "\n".join([head, "no case of these quarters is judged by it", *beneath])
    return "\n".join(
        [head, aligned(rows), *(beneath or ["rests on: no agreement beneath stands against it"])]
    )


def _cells(found: Rehearsal, one: RehearsedCases) -> tuple[str, ...]:
    interval = one.interval
    assert interval is not None  # there are cases
    low, high = interval
    missed = one.would_keep < found.aim * one.cases
    return (
        str(one.period or "all"),
        str(one.scope),
        str(one.cases),
        f"{100 * one.kept / one.judged:.1f} %" if one.judged else "–",
        f"{100 * one.would_keep / one.cases:.1f} %",
        f"{100 * low:.1f} … {100 * high:.1f}",
        "missed" if missed else "kept",
    )


def _object(found: Rehearsal) -> dict[str, object]:
    return {
        "target": found.after.about,
        "present": [_promise(one) for one in found.before],
        "proposed": {
            "value": str(found.after.value),
            "unit": found.after.unit.value,
            "share": str(found.after.share or 100),
        },
        "rests_on": [problem.message for problem in found.beneath],
        "cases": [
            {
                "period": str(one.period) if one.period else "",
                "service": one.scope.service,
                "segment": one.scope.segment,
                "cases": one.cases,
                "would_keep": one.would_keep,
                "judged_at_present": one.judged,
                "kept_at_present": one.kept,
                "low": round(one.interval[0], 6) if one.interval else None,
                "high": round(one.interval[1], 6) if one.interval else None,
                "would_be_kept": one.would_keep >= found.aim * one.cases,
            }
            for one in found.rows
        ],
    }
