"""The explanation of the effects of actions: what was measured before each, when it was done and since."""

from __future__ import annotations

from typing import Final

from comptoir.analysis.effects import EffectState, MeasuredEffect, measure_effect, scope_of_effect
from comptoir.explain.material import Material, Told, cite, nothing
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, Value, ValueTable, ValueUnit
from comptoir.measure.types import Measurement
from comptoir.model.customers import Action

EFFECTS: Final = "Effects of actions: what each expected, and what is measured since"


def explain_effects(material: Material) -> Told:
    """The expected and the measured effect of each action that names an indicator."""
    actions = [
        action
        for action in material.catalogue.actions.values()
        if action.effect is not None and _is_asked(material, action)
    ]
    found = [(one, measure_effect(one, material.measurements, material.quarter)) for one in actions]
    measured = [(action, effect) for action, effect in found if effect is not None]
    if not found:
        return nothing("effects", EFFECTS, material, "no action names the indicator that it should move")
    states = [effect.state for _, effect in measured]
    columns = (
        Column("action"),
        Column("status"),
        Column("began", ValueUnit.DAY),
        Column("done", ValueUnit.DAY),
        Column("indicator"),
        Column("about"),
        Column("expected from", ValueUnit.NUMBER),
        Column("expected to", ValueUnit.NUMBER),
        Column("before in"),
        Column("before", ValueUnit.NUMBER),
        Column("when done", ValueUnit.NUMBER),
        Column("last in"),
        Column("last", ValueUnit.NUMBER),
        Column("change", ValueUnit.NUMBER, "last − before"),
        Column("p", how="of a difference as large by chance alone"),
        Column("test"),
        Column("state"),
    )
    explanation = Explanation(
        name="effects",
        title=EFFECTS,
        formula=(
            "before = the last whole quarter before the action began; when done = the quarter in which it was done; "
            "last = this quarter; nothing is told before one whole quarter has passed since it was done (or began)",
            "reached: the last value is as expected, or better; else closer or worse when a test tells the change from chance "
            "(p < 0.05), no-change when none does, untested for a total",
        ),
        source="docs/guides/actions-and-complaints.md, Actions and what they change",
        quarter=material.quarter,
        scope=material.scope,
        settings=tuple(
            SettingInForce(f"{action.id}.effect", _expected(action), str(action.locate("effect")))
            for action in actions
        ),
        steps=tuple(Step(state.value, states.count(state), how="actions") for state in EffectState),
        tables=(ValueTable("Actions", columns, tuple(_row(action, effect) for action, effect in found)),),
        cited=cite(one for _, effect in measured for one in (effect.before, effect.at_done, effect.last)),
    )
    return Told(explanation)


def _is_asked(material: Material, action: Action) -> bool:
    segment, service = material.scope.segment, material.scope.service
    about_segment = not segment or not action.segments or segment in action.segments
    return about_segment and (not service or service in action.services)


def _expected(action: Action) -> str:
    assert action.effect is not None
    effect = action.effect
    return f"{effect.indicator}, {scope_of_effect(effect)}, from {effect.before} to {effect.to}"


def _row(action: Action, found: MeasuredEffect | None) -> tuple[Value, ...]:
    assert action.effect is not None
    effect = action.effect
    about = (action.id, action.status.value, action.start, action.done)
    expected = (effect.indicator, str(scope_of_effect(effect)), effect.before, effect.to)
    if found is None:
        return (
            *about,
            *expected,
            *(None for _ in range(8)),
            "dropped, not begun, or its indicator is not measured",
        )
    change = found.change
    return (
        *about,
        *expected,
        str(found.before.quarter) if found.before else None,
        _value(found.before),
        _value(found.at_done),
        str(found.last.quarter) if found.last else None,
        _value(found.last),
        change.difference if change else None,
        f"{change.p:.4f}" if change and change.p is not None else None,
        change.method.value if change else None,
        _state(found),
    )


def _value(measurement: Measurement | None) -> Value:
    return measurement.value if measurement else None


def _state(found: MeasuredEffect) -> str:
    if found.state is EffectState.NOT_YET:
        return f"{found.state.value}, from {found.measurable_from} on"
    return found.state.value
