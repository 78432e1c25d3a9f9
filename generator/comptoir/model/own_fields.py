"""Fields of a project's own: the items of catalogue/fields.yaml in, a model for the 'x-' keys of its files out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, create_model, model_validator

from comptoir.model.base import OWN, Day, Entity, Identifier, Line, Located, Model, Title, Url, fault_at
from comptoir.model.terms import FieldOwner, FieldPlace, OwnFieldType

OwnName = Annotated[str, StringConstraints(min_length=1, max_length=120)]

_TYPES: Final[Mapping[OwnFieldType, Any]] = {
    OwnFieldType.NAME: OwnName,
    OwnFieldType.TEXT: Line,
    OwnFieldType.NUMBER: Annotated[Decimal, Field(max_digits=18, decimal_places=6)],
    OwnFieldType.DAY: Day,
    OwnFieldType.LINK: Url,
    OwnFieldType.YES_NO: bool,
}

_Fields = tuple[tuple[str, OwnFieldType, tuple[str, ...]], ...]


class FieldChoice(Model):
    """A value that a field of the type 'choice' may have."""

    id: Identifier
    name: Title


class OwnField(Entity):
    """An item of catalogue/fields.yaml: a field of the project's own, written 'x-' and its identifier."""

    label: Title = Field(description="What readers see beside the value.")
    of: tuple[FieldOwner, ...] = Field(
        default=(FieldOwner.SERVICE,), min_length=1, description="Which files may have it."
    )
    type: OwnFieldType = OwnFieldType.NAME
    choices: tuple[FieldChoice, ...] = Field(
        default=(), description="The values of a field of the type 'choice'."
    )
    show: tuple[FieldPlace, ...] = Field(
        default=(FieldPlace.PAGE, FieldPlace.EXPORT),
        description="Where the field of a service is shown; catalogue.json always has it.",
    )
    required: bool = Field(default=False, description="'check' warns where it is missing.")

    @model_validator(mode="after")
    def _choices_fit_type(self) -> Self:
        if self.type is OwnFieldType.CHOICE and not self.choices:
            raise fault_at(("type",), "field_choices", "a field of this type needs its 'choices'")
        if self.type is not OwnFieldType.CHOICE and self.choices:
            raise fault_at(("choices",), "field_choices", "only a field of the type 'choice' has 'choices'")
        if FieldPlace.LIST in self.show and self.type not in (OwnFieldType.CHOICE, OwnFieldType.YES_NO):
            message = "the list of services filters by fields of the types 'choice' and 'yes-no' only"
            raise fault_at(("show", self.show.index(FieldPlace.LIST)), "field_filter", message)
        return self

    @property
    def key(self) -> str:
        """The key in YAML, such as 'x-cost-centre'."""
        return f"{OWN}{self.id}"


class OwnValues(Located):
    """What an entity writes in the fields of the project's own; other keys are not looked at."""

    model_config = ConfigDict(extra="ignore")

    of_fields: ClassVar[_Fields] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """The model is made for the project, so that no module has it: another process makes it from the fields."""
        return _unread, (self.of_fields,), self.__getstate__()


def own_model(fields: Iterable[OwnField], kind: str) -> type[OwnValues]:
    """The model of the keys that the project added to entities of `kind`: a field called by each key, all optional."""
    return _own_model(
        tuple(
            (field.key, field.type, tuple(choice.id for choice in field.choices))
            for field in fields
            if kind in field.of
        )
    )


@lru_cache(maxsize=32)
def _own_model(fields: _Fields) -> type[OwnValues]:
    types: dict[str, Any] = {
        key: ((Literal[choices] if type_ is OwnFieldType.CHOICE else _TYPES[type_]) | None, None)
        for key, type_, choices in fields
    }
    model = create_model("ValuesOfProject", __base__=OwnValues, **types)
    model.of_fields = fields
    return model


def _unread(fields: _Fields) -> OwnValues:
    model = _own_model(fields)
    return model.__new__(model)
