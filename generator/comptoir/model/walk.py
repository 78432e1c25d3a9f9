"""Walks an entity: gives each text, reference and place of the values that its types mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from comptoir.model.base import Model, Reference

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for in one field: marks on its value, or on the parts of its value."""

    name: str
    marks: tuple[object, ...]


_PLANS_OF: dict[tuple[type[BaseModel], type[Any]], tuple[tuple[str, tuple[Any, ...]], ...]] = {}
Found = tuple[tuple[str | int, ...], Mark, Any]


def walk(model: Model, mark: type[Mark]) -> Iterator[Found[Mark]]:
    """Each value in `model` whose type carries a `mark` (Reference, TextPlace): its path, the mark, the value."""
    found: list[Found[Mark]] = []
    _collect(model, mark, (), found)
    return iter(found)


def _collect(
    model: BaseModel, mark: type[Mark], path: tuple[str | int, ...], found: list[Found[Mark]]
) -> None:
    for name, marks in _plans_of(type(model), mark):
        value = getattr(model, name)
        if value is not None:
            _collect_value(value, mark, marks, (*path, name), found)


def _collect_value(
    value: object,
    mark: type[Mark],
    marks: tuple[Mark, ...],
    path: tuple[str | int, ...],
    found: list[Found[Mark]],
) -> None:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect_value(item, mark, marks, (*path, index), found)
    elif isinstance(value, Model):
        _collect(value, mark, path, found)
    else:
        found.extend((path, one, value) for one in marks)


def _plans_of(model: type[BaseModel], mark: type[Mark]) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """The fields of a model beneath which a mark may be found, each with the marks of its own values."""
    known = _PLANS_OF.get((model, mark))
    if known is None:
        plans = []
        for plan in _plans(model):
            marks = tuple(one for one in plan.marks if isinstance(one, mark))
            inner = submodel(model, plan.name)
            if marks or (inner is not None and _plans_of(inner, mark)):
                plans.append((plan.name, marks))
        known = _PLANS_OF[model, mark] = tuple(plans)
    return known


@cache
def _plans(model: type[BaseModel]) -> tuple[_Plan, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(_Plan(name, _marks(hints[name])) for name in model.model_fields)


def _marks(hint: object) -> tuple[object, ...]:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *marks = get_args(hint)
        return (*marks, *_marks(inner))
    if origin in (Union, UnionType, tuple):
        return tuple(mark for part in get_args(hint) for mark in _marks(part))
    return ()


@cache
def submodel(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """The model of a field's value or of its items; None when they are not models."""
    if field not in model.model_fields:
        return None
    return _model_in(model.model_fields[field].annotation)


def _model_in(hint: object) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    for part in get_args(hint):
        found = _model_in(part)
        if found:
            return found
    return None


@cache
def field_marks(model: type[BaseModel], field: str) -> tuple[object, ...]:
    """The marks on the field's value, or on each of its items."""
    return next(plan.marks for plan in _plans(model) if plan.name == field)


@cache
def reference_kind(model: type[BaseModel], field: str) -> str | None:
    """The kind of entity that the field's value, or each of its items, refers to; None when it is no reference."""
    return next((mark.kind for mark in field_marks(model, field) if isinstance(mark, Reference)), None)
