"""`comptoir explain`: where a number of the report comes from, down to the files and rows; without a name, what has one."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import (
    CONTENT,
    FINE,
    USAGE,
    add_language,
    add_project,
    add_today,
    choose_today,
    complain,
    kept_rows,
    language_of,
    say_error,
)
from comptoir.cli.measure import add_data, add_period
from comptoir.explain import formats
from comptoir.explain.registry import TOPICS, Topic, find_topic, name_of
from comptoir.explanations import explain_topic
from comptoir.measure.explain import explain_measurement
from comptoir.measure.explain_json import explanation_json
from comptoir.measure.explain_text import explanation_text
from comptoir.measure.project import choose_period, data_places
from comptoir.measure.types import Scope
from comptoir.problems import ContentError, errors, suggest


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "explain", help="tell where a number of the report comes from", description=__doc__
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help="an indicator, or an analysis such as abc (lists them all if left out)",
    )
    add_project(parser)
    add_language(parser)
    add_period(parser)
    parser.add_argument("--service", default="", metavar="S", help="only this service")
    parser.add_argument("--segment", default="", metavar="G", help="only this segment")
    parser.add_argument("--client", default="", metavar="C", help="only this client")
    parser.add_argument(
        "--by", default="", metavar="FIELD=VALUE", help="only this value of a field, such as priority=p1"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write the explanation"
    )
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the explanation; 1 when the content has errors, 2 for an unknown name."""
    today, language = choose_today(arguments.today), language_of(arguments)
    catalogue, problems = check_project(arguments.project, today, arguments.data)
    if errors(problems):
        raise ContentError(problems)
    if not arguments.name:
        console.out("\n".join(_listed(catalogue.indicators)), highlight=False)
        return FINE
    topic = find_topic(arguments.name, catalogue.indicators)
    known = {
        "indicator": catalogue.indicators,
        "service": catalogue.services,
        "segment": catalogue.segments,
        "client": catalogue.clients,
    }
    wrong = _wrong_names(arguments, topic, known)
    if wrong:
        say_error(wrong, language)
        return USAGE
    period = choose_period(catalogue, arguments.period, arguments.quarter, today)
    if period.first_day > today:
        say_error(f"{period} has not begun on {today.isoformat()}", language)
        return USAGE
    scope = Scope(arguments.service, arguments.segment, arguments.client, arguments.by)
    places = data_places(arguments.project, arguments.data, kept_rows(arguments.project))
    is_json = arguments.format == "json"
    if topic is not None:
        told, found = explain_topic(catalogue, places, topic, period, scope, today)
        text = formats.explanation_json(told) if is_json else formats.explanation_text(told)
    else:
        explanation, found = explain_measurement(catalogue, places, arguments.name, period, scope, today)
        if explanation is None:
            complain(found, language)
            say_error(f"'{arguments.name}' is not measured by {scope}, or no row is about it", language)
            return USAGE
        text = explanation_json(explanation) if is_json else explanation_text(explanation, language)
    complain(found, language)
    console.out(text, highlight=False)
    return CONTENT if errors(found) else FINE


def _wrong_names(arguments: Namespace, topic: Topic | None, known: Mapping[str, Collection[str]]) -> str:
    """What is wrong with the names given, with the nearest right one; '' when nothing is. `known` are names by kind."""
    indicators = known["indicator"]
    if topic is None and arguments.name not in indicators:
        hint = suggest(arguments.name, (*(name_of(one, indicators) for one in TOPICS), *indicators))
        lists = "'comptoir explain' alone lists them"
        return f"there is no indicator or analysis '{arguments.name}' ({hint or lists})"
    given = {kind: getattr(arguments, kind) for kind in ("service", "segment", "client")}
    for kind, name in given.items():
        if name and name not in known[kind]:
            return f"there is no {kind} '{name}' ({suggest(name, known[kind]) or 'none is known'})"
    given["by"] = arguments.by
    refused = [f"--{kind}" for kind, name in given.items() if name and topic and kind not in topic.narrows]
    if topic is None or not refused:
        return ""
    ways = " or ".join(f"--{kind}" for kind in topic.narrows)
    told = f"is narrowed by {ways} only" if ways else "cannot be narrowed"
    return f"'{topic.name}' {told}: leave {' and '.join(refused)} out"


def _listed(indicators: Mapping[str, Any]) -> Iterator[str]:
    """Everything that can be explained: the analyses of the report, then the indicators."""
    topics = [(name_of(topic, indicators), topic.title, topic.narrows) for topic in TOPICS]
    named = [(name, indicator.name.in_language("en"), indicator.by) for name, indicator in indicators.items()]
    width = max(len(name) for name, _, _ in (*topics, *named))
    for title, rows in (("Analyses of the report", topics), ("Indicators", named)):
        yield title
        for name, what, ways in rows:
            options = " ".join(f"--{way}" for way in ways)
            yield f"  {name:<{width}}  {what}" + (f"  [{options}]" if options else "")
        if not rows:
            yield "  none is defined, in indicators/definitions/"
