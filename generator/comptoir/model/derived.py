"""Derived indicators as written: an arithmetic expression over other indicators, or how many of them meet their target."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from pydantic import Field, model_validator

from comptoir.model.base import IndicatorRef, Model, fault_at

ABOUT_ROWS: Final = (
    "use",
    "where",
    "value",
    "numerator",
    "denominator",
    "counts",
    "quantile",
    "metric",
    "date",
    "respondents",
)
_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class MetBy(StrEnum):
    """Which of the parts of an indicator are counted that meet their target."""

    SERVICE = "service"
    SEGMENT = "segment"
    CLIENT = "client"


class Derivation(Model):
    """How an indicator is computed from others, of the same period and of the same service, segment or client."""

    of: tuple[IndicatorRef, ...] = Field(min_length=1, max_length=10, description="The indicators.")
    expression: str | None = Field(
        default=None,
        min_length=1,
        max_length=300,
        description="Numbers and names of the indicators ('_' for '-') with + - * / and parentheses, such as complaints / request_volume.",
    )
    met: MetBy | None = Field(
        default=None,
        description="Instead: how many services (segments, clients) meet their target of the one indicator in 'of'.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.expression is None) == (self.met is None):
            raise fault_at((), "derive", "give either 'expression' or 'met'")
        if self.met is not None and len(self.of) > 1:
            raise fault_at(("of",), "derive", "'met' counts what meets the target of one indicator")
        if self.expression is None:
            return self
        names = {variable_of(name): name for name in self.of}
        try:
            used = _names(self._tree())
        except ValueError as error:
            raise fault_at(("expression",), "derive", "{error}", {"error": str(error)}) from error
        for name in sorted(used - names.keys()):
            known = ", ".join(sorted(names))
            message = "'{name}' is not among the indicators of 'of': {known}"
            raise fault_at(("expression",), "derive", message, {"name": name, "known": known})
        for index, name in enumerate(self.of):
            if variable_of(name) not in used:
                raise fault_at(
                    ("of", index), "derive", "the expression does not use '{name}'", {"name": name}
                )
        return self

    def _tree(self) -> ast.expr:
        """The expression, locked: arithmetic and nothing else. Raises ValueError."""
        try:
            tree = ast.parse((self.expression or "").strip(), mode="eval").body
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise ValueError("this is no arithmetic expression, such as complaints / requests") from error
        _names(tree)
        return tree

    def result(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """What the expression gives for these values by indicator; None where it divides by zero."""
        try:
            return _evaluate(self._tree(), {variable_of(name): value for name, value in values.items()})
        except ZeroDivisionError:
            return None

    def fraction(self, values: Mapping[str, Fraction]) -> tuple[Fraction, Fraction] | None:
        """What stands above and below the line when the expression is a division; None for any other."""
        tree = _without_factor(self._tree())
        named = {variable_of(name): value for name, value in values.items()}
        if not isinstance(tree, ast.BinOp) or not isinstance(tree.op, ast.Div):
            return None
        return _evaluate(_without_factor(tree.left), named), _evaluate(tree.right, named)

    @property
    def is_bare_division(self) -> bool:
        """True of a division without a number: what it gives is never in per cent."""
        if self.expression is None:
            return False
        tree = self._tree()
        is_division = isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div)
        return is_division and not any(isinstance(part, ast.Constant) for part in ast.walk(tree))


def variable_of(indicator: str) -> str:
    """How an expression names an indicator."""
    return indicator.replace("-", "_")


def _without_factor(tree: ast.expr) -> ast.expr:
    """What a number multiplies, such as the 100 of per cent; all of any other expression."""
    match tree:
        case ast.BinOp(left=ast.Constant(), op=ast.Mult(), right=right):
            return right
    return tree


def _names(tree: ast.expr) -> set[str]:
    """The names in an expression. Raises ValueError for anything that is not arithmetic."""
    match tree:
        case ast.Name(id=name):
            return {name}
        case ast.Constant(value=int() | float()) if not isinstance(tree.value, bool):
            return set()
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return _names(inner)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _names(left) | _names(right)
    raise ValueError(f"'{ast.unparse(tree)}' is not arithmetic: names, numbers, + - * / and parentheses")


def _evaluate(tree: ast.expr, values: Mapping[str, Fraction]) -> Fraction:
    match tree:
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=int() | float() as number):
            return Fraction(Decimal(repr(number)))
        case ast.UnaryOp(op=op, operand=inner):
            return -_evaluate(inner, values) if isinstance(op, ast.USub) else _evaluate(inner, values)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_evaluate(left, values), _evaluate(right, values))
    raise AssertionError(tree)


def check_derived(
    derivation: Derivation | None, *, is_derived: bool, is_percent: bool, about_rows: Mapping[str, object]
) -> None:
    """Raises the fault of an indicator that is neither measured from rows nor computed from others, or half of each."""
    if (derivation is not None) != is_derived:
        raise fault_at(("kind",), "derive", "the kind 'derived' goes with 'derive'")
    if derivation is None:
        return
    for name, value in about_rows.items():
        if value is not None:
            message = "'{name}' is about rows: a derived indicator has none"
            raise fault_at((name,), "derive", message, {"name": name})
    if is_percent and derivation.is_bare_division:
        message = "this gives a share of one, and the unit is percent: write 100 * {expression}"
        raise fault_at(("derive", "expression"), "derive", message, {"expression": derivation.expression})
