"""Respondents: a definition and its table in; whether n counts people, and what a definition may then not say, out."""

from __future__ import annotations

from comptoir.measure.sql.expressions import Expression, Fault
from comptoir.measure.tables import Table
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.problems import Problem


def counts_people(indicator: Indicator, table: Table) -> bool:
    """True when n counts people, of whom fewer than five are never shown."""
    return table.answers_of_people or bool(indicator.respondents)


def check_respondents(indicator: Indicator, table: Table) -> list[Problem]:
    """One line must not switch disclosure control off."""
    if indicator.respondents is not False or not table.answers_of_people:
        return []
    message = "what people answered is not shown for fewer than five of them: 'respondents: false' has no place here"
    hint = "leave 'respondents' out, and ask for fewer breakdowns ('by') where too much is withheld"
    return [Problem(indicator.locate("respondents"), "respondents", message, hint)]


def singling_out(indicator: Indicator, table: Table, key: str, expression: Expression) -> Fault | None:
    """The fault of an expression over people's answers that may pick out one of them; to count them is no fault."""
    named = expression.fields & table.identifying
    is_count = (
        indicator.kind is IndicatorKind.DISTINCT and key == "value" and expression.text.strip() in named
    )
    if not named or is_count or not counts_people(indicator, table):
        return None
    name = min(named)
    return Fault(
        f"'{name}' tells people apart, so an expression about their answers cannot name it",
        name,
        hint="use fields that many people share; to leave rows out, leave them out of the file",
    )
