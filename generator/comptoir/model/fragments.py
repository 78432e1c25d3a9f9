"""What could not be decoded: its values stay readable, so that one run tells every problem in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from comptoir.model.base import Text, TextPlace
from comptoir.model.walk import field_marks, submodel
from comptoir.problems import Location
from comptoir.sources.nodes import Document, Path

Mark = TypeVar("Mark")
ValuePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A file, or an item of a list file, with mistakes of form. `refused` are the paths of what is wrong."""

    model: type[BaseModel]
    plain: Mapping[str, Any]
    document: Document
    base: ValuePath
    refused: frozenset[ValuePath]

    @property
    def identifier(self) -> str:
        """That of the item, or of the file by its name."""
        stem = self.document.file.rpartition("/")[2].removesuffix(".yaml")
        return str(self.plain.get("id", "")) if self.base else stem

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """Where the value at `path` stands in the YAML (its key, if `key`)."""
        return self.document.locate((*self.base, *path), key=key)

    def locate_inside(self, path: Path, fragment: str, occurrence: int = 0) -> Location:
        """Where `fragment` stands, for the n-th time from 0, inside the text at `path`."""
        return self.document.locate_inside((*self.base, *path), fragment, occurrence)

    def walk(self, mark: type[Mark]) -> Iterator[tuple[ValuePath, Mark, Any]]:
        """Each value of the right form whose type carries a `mark`, as `model.walk.walk` gives it."""
        yield from self._walk(self.model, self.plain, mark, ())

    def _walk(
        self, model: type[BaseModel], plain: Mapping[str, Any], mark: type[Mark], path: ValuePath
    ) -> Iterator[tuple[ValuePath, Mark, Any]]:
        for name, value in plain.items():
            if name in model.model_fields:
                marks = tuple(one for one in field_marks(model, name) if isinstance(one, mark))
                yield from self._walk_value(submodel(model, name), value, mark, marks, (*path, name))

    def _walk_value(
        self,
        inner: type[BaseModel] | None,
        value: Any,
        mark: type[Mark],
        marks: tuple[Mark, ...],
        path: ValuePath,
    ) -> Iterator[tuple[ValuePath, Mark, Any]]:
        if path in self.refused or value is None:
            return
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._walk_value(inner, item, mark, marks, (*path, index))
        elif inner is not None and isinstance(value, Mapping):
            yield from self._walk(inner, value, mark, path)
        elif inner is None:
            for one in marks:
                leaf = _text(value) if isinstance(one, TextPlace) else value
                if leaf is not None:
                    yield path, one, leaf


def _text(value: Any) -> Text | None:
    """The text that is written, None when it has no right form (which decoding has reported)."""
    try:
        return Text.decode(value)
    except PydanticCustomError:
        return None
