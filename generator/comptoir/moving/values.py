"""Texts of another tool into values of ours: a field of the model and a text in, what its YAML would write out."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from comptoir.model.base import Text, TextPlace
from comptoir.model.walk import field_marks, reference_kind, submodel
from comptoir.moving.headings import fold_heading
from comptoir.spaces import plain_spaces

_LIST_MARK: Final = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
_DATES: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
)
_MONEY: Final = re.compile(r"[€$£]|\b(?:EUR|CHF|GBP|CAD|USD)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)(\w+)[^<>]*>")
_YES_NO: Final = {"oui": "yes", "non": "no", "vrai": "true", "faux": "false"}
_BREAKS: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "tr"})


@dataclass(frozen=True, slots=True)
class Converted:
    """A value for YAML, or why there is none and what would be right."""

    value: Any = None
    problem: str = ""
    hint: str = ""


def convert(model: type[BaseModel], name: str, text: Any, words: Mapping[str, str]) -> Converted:
    """What the field `name` (with dots for fields within fields) of `model` holds for `text`, or for texts by language."""
    *above, last = name.split(".")
    for step in above:
        inner = submodel(model, step)
        assert inner is not None, name  # the tables of headings are tested against the model
        model = inner
    if last not in model.model_fields:  # the identifier by which a tool knows it
        return Converted(text)
    if reference_kind(model, last):  # what the other tool calls it; what it is here is found later
        many = _inner(model.model_fields[last].annotation)[1]
        return _items(text, is_text=False) if many else Converted(text)
    known = model.model_fields[last]
    hint = Annotated[known.annotation, *known.metadata] if known.metadata else known.annotation
    if isinstance(text, dict):
        return _of_languages(hint, text)
    sentences = any(isinstance(mark, TextPlace) for mark in field_marks(model, last))  # else words: keywords
    return _one(hint, html_to_text(text), words, sentences=sentences)


def is_text(model: type[BaseModel], name: str) -> bool:
    """True when the field holds texts for readers, one or several."""
    return _inner(model.model_fields[name].annotation)[0] is Text


def html_to_text(text: str) -> str:
    """The words of rich text, a line for each paragraph; plain text as it is."""
    if not _TAG.search(text):
        return html.unescape(text) if "&" in text else text
    lines = _TAG.sub(lambda tag: "\n" if tag[2].lower() in _BREAKS else "", text)
    return "\n".join(line.strip() for line in html.unescape(lines).split("\n") if line.strip())


def _of_languages(hint: Any, texts: Mapping[str, str]) -> Converted:
    read = {code: _one(hint, html_to_text(text), {}) for code, text in texts.items()}
    if not _is_list(hint):
        return Converted({code: one.value for code, one in read.items()})
    lists = {code: one.value for code, one in read.items()}
    sizes = {len(items) for items in lists.values()}
    if len(sizes) > 1:
        counts = ", ".join(f"{len(items)} in '{code}'" for code, items in sorted(lists.items()))
        return Converted(problem=f"the lists differ in length ({counts})")
    return Converted([dict(zip(lists, items, strict=True)) for items in zip(*lists.values(), strict=True)])


def _is_list(hint: Any) -> bool:
    return _inner(hint)[1]


def _inner(hint: Any) -> tuple[Any, bool]:
    """The type of the value, or of an item and True."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _inner(get_args(hint)[0])
    if origin in (Union, UnionType):
        return _inner(next(part for part in get_args(hint) if part is not type(None)))
    if origin is tuple:
        return _inner(get_args(hint)[0])[0], True
    return hint, False


def _one(hint: Any, text: str, words: Mapping[str, str], *, sentences: bool = True) -> Converted:
    kind, is_list = _inner(hint)
    if is_list:
        return _items(text, is_text=kind is Text and sentences)
    if kind is date:
        return _day(text)
    if kind is Decimal:
        return _amount(text)
    if kind is bool:
        return _yes_no(text)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        found = words.get(fold_heading(text)) or next(
            (m.value for m in kind if m.value == fold_heading(text)), None
        )
        known = ", ".join(member.value for member in kind)
        return (
            Converted(found) if found else Converted(problem=f"'{text}' is not known", hint=f"known: {known}")
        )
    if kind is Text or words:
        return Converted(text)
    return _checked(hint, text)


def _items(text: str, *, is_text: bool) -> Converted:
    """One item a line; without line breaks, one between semicolons, or between commas where items are names."""
    lines = [line for line in re.split(r"\r?\n", text) if line.strip()]
    if len(lines) == 1:
        marks = r"\s*;\s*" if is_text and ";" in text else r"\s*[;|]\s*" if is_text else r"\s*[;,|]\s*"
        lines = re.split(marks, text)
    return Converted([item for line in lines if (item := _LIST_MARK.sub("", line).strip())])


def _day(text: str) -> Converted:
    for form in _DATES:
        try:
            found = datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        return Converted(found.date())
    return Converted(problem=f"'{text}' is not a date", hint="write 2026-10-31 or 31/10/2026")


def _amount(text: str) -> Converted:
    bare = _MONEY.sub("", plain_spaces(text)).replace(" ", "").replace("'", "").replace("’", "")
    if "," in bare:
        bare = bare.replace(",", "") if re.search(r",\d{3}(\.|$)", bare) and "." in bare else bare
        bare = bare.replace(".", "").replace(",", ".")
    try:
        return Converted(Decimal(bare))
    except InvalidOperation:
        return Converted(problem=f"'{text}' is not an amount", hint="write 12.50")


def _yes_no(text: str) -> Converted:
    try:
        return Converted(TypeAdapter(bool).validate_python(_YES_NO.get(fold_heading(text), text.strip())))
    except ValidationError:
        return Converted(problem=f"'{text}' is neither true nor false", hint="write true or false")


def _checked(hint: Any, text: str) -> Converted:
    """A text of a certain form, such as an address: as it is, where the model takes it."""
    try:
        TypeAdapter(hint).validate_python(text.strip())
    except ValidationError:
        return Converted(problem=f"'{text}' is not what belongs here")
    return Converted(text.strip())
