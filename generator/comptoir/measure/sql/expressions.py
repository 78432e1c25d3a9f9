"""Expressions of definitions: SQL text and the fields of a source in, the same text judged safe, or a problem, out.

The first of two walls (the second is the engine, locked down): the engine's own parser turns the text into a tree,
and only the kinds of node and the functions named here may stand in it. What is named here computes on one row,
takes bounded time and memory, and depends on nothing but its arguments: no table, file, setting, clock or chance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from comptoir.measure.sql.growth import LONGEST, arguments_of, constant_text, grown
from comptoir.measure.sql.words import first_line, quote
from comptoir.problems import suggest

_TABLE: Final = "comptoir_fields"
_OPENING: Final = "SELECT ("
_CLASSES: Final = frozenset(
    {
        "COLUMN_REF",
        "CONSTANT",
        "COMPARISON",
        "CONJUNCTION",
        "OPERATOR",
        "BETWEEN",
        "CASE",
        "CAST",
        "FUNCTION",
        "TYPE",
    }
)
_OPERATORS: Final = frozenset(
    {
        "OPERATOR_NOT",
        "OPERATOR_IS_NULL",
        "OPERATOR_IS_NOT_NULL",
        "OPERATOR_COALESCE",
        "OPERATOR_NULLIF",
        "COMPARE_IN",
        "COMPARE_NOT_IN",
    }
)
_NAMES: Final = {
    "SUBQUERY": "a subquery",
    "WINDOW": "a window function",
    "STAR": "'*'",
    "LAMBDA": "a lambda",
    "LAMBDA_REF": "a lambda",
    "PARAMETER": "a parameter",
    "COLLATE": "a collation",
    "POSITIONAL_REFERENCE": "a positional reference",
    "DEFAULT": "DEFAULT",
}
_FUNCTIONS: Final = """
    + - * / // % || ~~ !~~ ~~* !~~* like_escape not_like_escape ilike_escape not_ilike_escape regexp_matches
    regexp_full_match abs sign round floor ceil ceiling trunc sqrt ln log log10 exp pow power mod greatest least
    nullif if ifnull coalesce lower upper trim ltrim rtrim length strlen substring substr left right starts_with
    ends_with prefix suffix contains position instr strpos replace split_part date_diff datediff date_sub datesub
    date_part datepart date_trunc datetrunc year month day hour minute second quarter week isoyear isodow dayofweek
    weekday dayofyear epoch epoch_ms epoch_us last_day to_years to_months to_weeks to_days to_hours to_minutes
    to_seconds to_milliseconds working_days working_seconds
"""
__all__ = ("FUNCTIONS", "TYPES", "Expression", "Fault", "WorkingSpan", "first_line", "parse_expression")
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
_TYPES: Final = """
    integer int bigint smallint tinyint hugeint decimal numeric double float real varchar text string boolean bool
    date timestamp interval time
"""
TYPES: Final = frozenset(_TYPES.split())
WORKING_FUNCTIONS: Final = frozenset({"working_days", "working_seconds"})
_PATTERNS: Final = frozenset({"regexp_matches", "regexp_full_match"})
_FAILING: Final = frozenset({"sqrt", "ln", "log", "log10", "exp", "pow", "power", "cast"})


_NEAR: Final = re.compile(r'syntax error at or near "(.+)"')
_SPAN: Final = re.compile(
    r"\b(working_seconds|working_days)\s*\(\s*([a-z_]\w*)\s*,\s*([a-z_]\w*)\s*,\s*([a-z_]\w*)\s*\)", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class WorkingSpan:
    """A call of `working_seconds` or `working_days` on a field that holds a calendar and two that hold instants."""

    function: str
    calendar: str
    start: str
    end: str

    @property
    def column(self) -> str:
        """The name of the column that holds it."""
        return f"comptoir {self.function} {self.calendar} {self.start} {self.end}"


def _span(match: re.Match[str]) -> WorkingSpan:
    return WorkingSpan(match[1], match[2], match[3], match[4])


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that may stand in a query, the fields and the functions that it names, 'cast' for a change of type."""

    text: str
    fields: frozenset[str]
    functions: frozenset[str]

    @property
    def typed_sql(self) -> str:
        """The text as one operand, by itself: a comment at its end stays its own."""
        return f"({self.text}\n)"

    @property
    def sql(self) -> str:
        """The same over rows that already hold its spans of working time, as columns."""
        return f"({_SPAN.sub(lambda match: quote(_span(match).column), self.text)}\n)"

    @property
    def may_fail(self) -> bool:
        """True when the engine stops at some values, such as the logarithm of zero."""
        return not _FAILING.isdisjoint(self.functions)

    @property
    def spans(self) -> frozenset[WorkingSpan]:
        """The spans of working time between two fields that it asks for: millions of rows have them by a join."""
        return frozenset(_span(match) for match in _SPAN.finditer(self.text))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an expression: the fragment of it that is meant, for the n-th time from 0, and a hint."""

    message: str
    fragment: str = ""
    occurrence: int = 0
    hint: str = ""


def parse_expression(
    connection: duckdb.DuckDBPyConnection, text: str, fields: frozenset[str]
) -> Expression | Fault:
    """The expression if it is safe and names nothing but `fields`; otherwise its first fault.

    Nothing of `text` is run: it is only parsed.
    """
    try:
        tree = _parse(connection, f"{_OPENING}{text}\n) FROM {_TABLE}")
        if tree["error"]:
            return _syntax_fault(text, tree)
        selected = _only_expression(tree["statements"])
        if selected is None:
            return Fault(
                "an expression is one condition or value, not a statement", hint="leave out ';' and FROM"
            )
        if _parse(connection, f"SELECT {text}\n")["error"]:  # 'a) or (b' stands only between parentheses
            return Fault("the parentheses of this expression do not match")
        return _judge(selected, text, fields)
    except RecursionError:
        return Fault("the expression is nested too deeply")
    except duckdb.Error as error:
        return Fault(f"the expression cannot be read: {first_line(error)}")


def expression_tree(connection: duckdb.DuckDBPyConnection, text: str) -> dict[str, Any] | None:
    """The tree of an expression; None for a text that is none."""
    try:
        tree = _parse(connection, f"{_OPENING}{text}\n) FROM {_TABLE}")
        return None if tree["error"] else _only_expression(tree["statements"])
    except (RecursionError, duckdb.Error):
        return None


def _parse(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """The tree of a query, which is not run."""
    answer = connection.execute("SELECT json_serialize_sql($1)", [query]).fetchone()
    assert answer is not None
    tree: dict[str, Any] = json.loads(answer[0])
    return tree


def _only_expression(statements: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What is selected, when the text is nothing but one expression over the table that was put beside it."""
    if len(statements) != 1:
        return None
    node = statements[0]["node"]
    table = node.get("from_table") or {}
    whole = (
        node["type"] == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and not node["modifiers"]
        and not node["cte_map"]["map"]
        and table.get("type") == "BASE_TABLE"
        and table.get("table_name") == _TABLE
        and not table.get("sample")
        and not any(node.get(part) for part in ("where_clause", "group_expressions", "group_sets", "having"))
        and not any(node.get(part) for part in ("sample", "qualify"))
    )
    if not whole:
        return None
    selected: dict[str, Any] = node["select_list"][0]
    return selected


def _judge(selected: dict[str, Any], text: str, fields: frozenset[str]) -> Expression | Fault:
    known = {field.lower(): field for field in fields}
    named: set[str] = set()
    functions: set[str] = set()
    calls: list[dict[str, Any]] = []
    for node in _nodes(selected):
        fault = _judge_node(node, text, known)
        if fault is not None:
            return fault
        if node["class"] == "COLUMN_REF":
            named.add(known[node["column_names"][0].lower()])
        elif node["class"] == "FUNCTION":
            calls.append(node)
            functions.add(node["function_name"].lower())
        elif node["class"] == "CAST":
            functions.add("cast")
    return _judge_growth(calls) or Expression(text, frozenset(named), frozenset(functions))


def _judge_growth(calls: list[dict[str, Any]]) -> Fault | None:
    """The fault of texts that become much longer, which the engine could not stop."""
    times = grown(calls)
    if times is None:
        return Fault("'replace' needs two texts written out: what it replaces, and by what", "replace")
    if times <= LONGEST:
        return None
    return Fault(
        f"this expression may make a text {times} times as long; at most {LONGEST} times is allowed",
        hint="replace by shorter texts, or put fewer together",
    )


def _judge_node(node: dict[str, Any], text: str, known: Mapping[str, str]) -> Fault | None:
    kind, place = node["class"], _offset(node)
    if kind not in _CLASSES or (kind == "OPERATOR" and node["type"] not in _OPERATORS):
        what = _NAMES.get(kind, node["type"].lower().replace("_", " "))
        return _fault_at(text, place, f"{what} is not allowed in an expression")
    if node.get("alias"):
        return _fault_at(text, place, "a name has no place in an expression")
    match kind:
        case "COLUMN_REF":
            return _judge_field(node, text, known)
        case "FUNCTION":
            return _judge_function(node, text)
        case "CAST" | "TYPE":
            name = _type_name(node)
            if name is not None and name.lower() not in TYPES:
                return _fault_at(text, place, f"the type '{name}' is not allowed in an expression", name)
    return None


def _judge_field(node: dict[str, Any], text: str, known: Mapping[str, str]) -> Fault | None:
    names = node["column_names"]
    if len(names) == 1 and names[0].lower() in known:
        return None
    written = ".".join(names)
    return _fault_at(text, _offset(node), f"there is no field '{written}'", names[0], suggest(written, known))


def _judge_function(node: dict[str, Any], text: str) -> Fault | None:
    name = node["function_name"].lower()
    if node.get("schema") or node.get("catalog") or name not in FUNCTIONS:
        words = (function for function in FUNCTIONS if function[0].isalpha())
        hint = suggest(name, words)
        return _fault_at(
            text,
            _offset(node),
            f"the function '{name}' is not allowed in an expression",
            node["function_name"],
            hint,
        )
    if node.get("filter") or node.get("distinct") or (node.get("order_bys") or {}).get("orders"):
        return _fault_at(
            text, _offset(node), f"'{name}' takes nothing but its arguments here", node["function_name"]
        )
    if name in _PATTERNS and any(constant_text(argument) is None for argument in arguments_of(node)[1:]):
        return _fault_at(
            text,
            _offset(node),
            "a pattern is a text written out here: one that rows bring may take any time",
            node["function_name"],
        )
    return None


def _type_name(node: dict[str, Any]) -> str | None:
    """The name of the type, of a node that names one; in either form that the engine's versions give."""
    if node["class"] == "TYPE":
        return str(node.get("type_name", ""))
    cast = node.get("cast_type")
    return str(cast.get("id", "")) if isinstance(cast, dict) else None


def _nodes(part: Any) -> Iterator[dict[str, Any]]:
    """Every node of a tree, each before its parts."""
    if isinstance(part, dict):
        if "class" in part:
            yield part
        for value in part.values():
            yield from _nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from _nodes(value)


def _offset(node: dict[str, Any]) -> int:
    """Where a node stands in the text; -1 when the engine does not say."""
    place = node.get("query_location", -1)
    return place - len(_OPENING) if isinstance(place, int) and 0 <= place < 2**32 else -1


def _syntax_fault(text: str, tree: dict[str, Any]) -> Fault:
    message = first_line(tree["error_message"]).replace("Parser Error: ", "")
    if tree.get("error_type") == "not implemented":
        return Fault(
            "an expression is one condition or value, not a statement", hint="leave out ';' and FROM"
        )
    position = str(tree.get("position", ""))
    offset = int(position) - len(_OPENING) if position.isdigit() else -1
    hint = "write a field of that name between double quotes" if 'near "end"' in message else ""
    if offset >= len(text.rstrip()):
        return Fault("this is no SQL expression: something is missing at its end")
    near = _NEAR.search(message)
    said = f"'{near[1]}' is not expected here" if near else message
    return _fault_at(text, offset, f"this is no SQL expression: {said}", hint=hint)


def _fault_at(text: str, offset: int, message: str, fragment: str = "", hint: str = "") -> Fault:
    """A fault that points to `fragment`, or to the word at `offset` of the text."""
    if not 0 <= offset < len(text):
        return Fault(message, fragment, 0, hint)
    if not text.startswith(fragment, offset) or not fragment:
        inside = text.find(fragment, offset) if fragment else -1
        offset = inside if inside >= 0 else offset
        fragment = fragment if inside >= 0 else _word_at(text, offset)
    return Fault(message, fragment, text.count(fragment, 0, offset), hint)


def _word_at(text: str, offset: int) -> str:
    end = offset + 1
    while (
        end < len(text)
        and (text[end - 1].isalnum() or text[end - 1] == "_")
        and (text[end].isalnum() or text[end] == "_")
    ):
        end += 1
    return text[offset:end]
