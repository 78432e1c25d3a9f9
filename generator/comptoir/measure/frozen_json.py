"""Frozen values as JSON: values of a type in, text out, and the same values again; nothing but that type is ever made.

What a dataclass or named tuple holds is told by its annotations: numbers, texts, dates, enumerations, tuples, mappings,
alternatives and further ones of their kind. JSON runs nothing, whoever wrote it, and what does not fit raises ValueError or TypeError.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from comptoir.periods import Period, parse_period

_PLAIN: Final = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Codec:
    """From a value to what JSON holds, and back; `plain` when they are the same, and may be compared."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    plain: bool = False


@cache
def codec_of(kind: Any) -> Codec:
    """The codec of a type. Raises TypeError for one that is not told by its annotations."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return Codec(_same, _check(kind), plain=True)
    if kind is Fraction:
        return Codec(_encode_fraction, _decode_fraction)
    if kind is Decimal:
        return Codec(str, _decode_decimal)
    if kind is Period:
        return Codec(str, parse_period)
    if kind is date:
        return Codec(date.isoformat, date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Codec(lambda member: member.value, {member.value: member for member in kind}.__getitem__)
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_record(kind, [field.name for field in fields(kind) if field.init])
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _of_record(kind, kind._fields)
    if origin is tuple and inside[1:] == (Ellipsis,):
        return _of_many(codec_of(inside[0]))
    if origin is tuple:
        return _of_tuple(tuple(map(codec_of, inside)))
    if origin in (Mapping, dict):
        return _of_mapping(*map(codec_of, inside))
    if origin in (Union, types.UnionType):
        return _of_alternatives(inside)
    raise TypeError(f"{kind} cannot be kept as JSON")


def _same(value: Any) -> Any:
    return value


def _check(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return check


def _encode_fraction(value: Fraction) -> list[int]:
    return [value.numerator, value.denominator]


def _decode_fraction(value: list[int]) -> Fraction:
    numerator, denominator = value
    if type(numerator) is not int or type(denominator) is not int or denominator < 1:
        raise TypeError(f"{value!r} is no fraction")
    return _fraction(numerator, denominator)


@lru_cache(maxsize=50_000)  # counts and targets are often alike
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


def _decode_decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"'{text}' is no number") from error


def _of_record(kind: type, names: Sequence[str]) -> Codec:
    hints = get_type_hints(kind)
    codecs = [codec_of(hints[name]) for name in names]
    parts = [(name, codec.encode) for name, codec in zip(names, codecs, strict=True)]
    decoders = [codec.decode for codec in codecs]

    def encode(value: Any) -> list[Any]:
        return [encode_part(getattr(value, name)) for name, encode_part in parts]

    def decode(values: list[Any]) -> Any:
        return kind(*[decode_part(value) for decode_part, value in zip(decoders, values, strict=True)])

    if not all(codec.plain for codec in codecs):
        return Codec(encode, decode)
    made: dict[tuple[Any, ...], Any] = {}  # quarters and scopes are few, and stand in every measurement

    def decode_once(values: list[Any]) -> Any:
        key = tuple(values)
        if key not in made:
            made[key] = decode(values)
        return made[key]

    return Codec(encode, decode_once)


def _of_many(one: Codec) -> Codec:
    return Codec(
        lambda values: [one.encode(value) for value in values],
        lambda values: tuple([one.decode(value) for value in values]),
    )


def _of_tuple(codecs: tuple[Codec, ...]) -> Codec:
    return Codec(
        lambda values: [codec.encode(value) for codec, value in zip(codecs, values, strict=True)],
        lambda values: tuple(codec.decode(value) for codec, value in zip(codecs, values, strict=True)),
    )


def _of_mapping(key: Codec, value: Codec) -> Codec:
    return Codec(
        lambda mapping: [[key.encode(k), value.encode(v)] for k, v in mapping.items()],
        lambda pairs: {key.decode(k): value.decode(v) for k, v in pairs},
    )


def _of_alternatives(kinds: tuple[Any, ...]) -> Codec:
    some = [kind for kind in kinds if kind is not type(None)]
    codecs = [codec_of(kind) for kind in some]
    if len(some) == 1:
        encode_one, decode_one = codecs[0].encode, codecs[0].decode
        return Codec(
            lambda value: None if value is None else encode_one(value),
            lambda value: None if value is None else decode_one(value),
        )

    def encode(value: Any) -> Any:
        if value is None:
            return None
        index = next(index for index, kind in enumerate(some) if type(value) is kind)
        return [index, codecs[index].encode(value)]

    def decode(value: Any) -> Any:
        if value is None:
            return None
        index, inside = value
        return codecs[_check(int)(index)].decode(inside)

    return Codec(encode, decode)
