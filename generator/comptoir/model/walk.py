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


def walk(model: Model, mark: type[Mark]) -> Iterator[tuple[tuple[str | int, ...], Mark, Any]]:
    """Each value in `model` whose type carries a `mark` (Reference, TextPlace): its path, the mark, the value."""
    for plan in _plans(type(model)):
        value = getattr(model, plan.name)
        if value is None:
            continue
        for path, part in _parts(value, (plan.name,)):
            if isinstance(part, Model):
                for inner, found, leaf in walk(part, mark):
                    yield (*path, *inner), found, leaf
            else:
                yield from ((path, found, part) for found in plan.marks if isinstance(found, mark))


def _parts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parts(item, (*path, index))
    else:
        yield path, value


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
def reference_kind(model: type[BaseModel], field: str) -> str | None:
    """The kind of entity that the field's value, or each of its items, refers to; None when it is no reference."""
    plan = next(plan for plan in _plans(model) if plan.name == field)
    return next((mark.kind for mark in plan.marks if isinstance(mark, Reference)), None)
