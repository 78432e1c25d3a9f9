"""What every entity is made of: frozen models, identifiers, references and places for text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from comptoir.problems import Location
from comptoir.sources.addresses import MAIL_ADDRESS, is_web_address
from comptoir.sources.nodes import Document, Path, Plain, to_plain
from comptoir.sources.nodes import Mapping as MappingNode

IDENTIFIER_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE_PATTERN: Final = r"^[a-z]{2}$"


Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER_PATTERN, max_length=60)]

RESERVED: Final = frozenset({"index"})
"""What no entity is called: the page of one would take the place of the page that lists them all."""


def fault_at(
    path: Path, kind: str, message: str, context: Mapping[str, Any] | None = None
) -> PydanticCustomError:
    """What is wrong with a whole model, and the path in it of the key to look at."""
    words: dict[str, Any] = {**(context or {}), "at": tuple(path)}
    return PydanticCustomError(kind, message, words)


OWN: Final = "x-"
"""How the keys begin that a project adds for itself: fields of its own."""


class Model(BaseModel):
    """A frozen part of the catalogue; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _not_reserved(identifier: str) -> str:
    if identifier in RESERVED:
        message = "'{name}' is the name of the page that lists them all: choose another identifier"
        raise PydanticCustomError("identifier_reserved", message, {"name": identifier})
    return identifier


class Located(Model):
    """A part of the catalogue that keeps the document it was read from, so that a rule can point at its values.

    Keys that begin with 'x-' are the project's own: see `own_values`.
    """

    model_config = ConfigDict(
        json_schema_extra={"patternProperties": {f"^{OWN}": {"description": "A field of the project's own."}}}
    )

    _document: Document | None = PrivateAttr(default=None)
    _base: tuple[str | int, ...] = PrivateAttr(default=())

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """Where the value at `path` stands in the YAML (its key, if `key`)."""
        if self._document is None:
            return Location("")
        return self._document.locate((*self._base, *path), key=key)

    def locate_inside(self, path: Path, fragment: str, occurrence: int = 0) -> Location:
        """Where `fragment` stands, for the n-th time from 0, inside the text at `path`."""
        if self._document is None:
            return Location("")
        return self._document.locate_inside((*self._base, *path), fragment, occurrence)

    def find(self, fragment: str) -> Location | None:
        """Where `fragment` first stands in the file that it was read from; None where it does not."""
        return self._document.find(fragment) if self._document else None

    def holds(self, *path: str | int) -> bool:
        """True when the value at `path` stands in the YAML, and was not filled in."""
        return self._document is not None and self._document.holds((*self._base, *path))

    @property
    def own_values(self) -> Mapping[str, Plain]:
        """What the project wrote under keys of its own: name of the field (without 'x-') → value, as text."""
        node = self._document.node_at(self._base) if self._document else None
        if not isinstance(node, MappingNode):
            return {}
        return {
            entry.key.value.removeprefix(OWN): to_plain(entry.value)
            for entry in node.entries
            if entry.key.value.startswith(OWN)
        }

    @property
    def read_at(self) -> tuple[Document | None, tuple[str | int, ...]]:
        """The document it was read from, and its path there."""
        return self._document, self._base

    @property
    def file(self) -> str:
        """The YAML file it was read from, relative to the project."""
        return self._document.file if self._document else ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text of that file, in UTF-8 and without byte order mark; '' when it comes from none."""
        return hashlib.sha256(self._document.text.encode()).hexdigest() if self._document else ""

    def read_from(self, document: Document, base: Path) -> None:
        """Remember where it was read from. Called once, by `decode`."""
        self._document = document
        self._base = tuple(base)


FormerIdentifier = Annotated[Identifier, AfterValidator(_not_reserved)]
Alias = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Entity(Located):
    """A part of the catalogue with a name of its own: a file, or an item of a list file."""

    id: Annotated[Identifier, AfterValidator(_not_reserved)] = Field(
        description="Kebab-case name; equals the name of the file, and may be left out there."
    )
    audience: Identifier | None = Field(
        default=None,
        description="Narrowest audience that may see it (see `audiences` in organisation.yaml). "
        "Left out: the usual one for this kind of content.",
    )

    _own: Located | None = PrivateAttr(default=None)

    @property
    def own(self) -> Located | None:
        """The values of the fields that catalogue/fields.yaml declares, by their keys; None without any."""
        return self._own

    def add_own(self, values: Located) -> None:
        """Give it the values of the project's own fields. Called once, by `decode`."""
        self._own = values


Written = TypeVar("Written", bound=Entity)


def in_written_order(entities: Mapping[str, Written]) -> list[Written]:
    """The entities of a list file as the file lists them."""
    return sorted(entities.values(), key=lambda entity: (entity.locate().line, entity.id))


class Text:
    """A text in one language or several. Immutable; compares by content.

    In YAML it is either a string (the same in every language) or a mapping `{fr: …, en: …}`.
    """

    __slots__ = ("_texts",)
    _texts: tuple[tuple[str, str], ...]

    def __init__(self, texts: Mapping[str, str] | str) -> None:
        pairs = {"": texts} if isinstance(texts, str) else texts
        object.__setattr__(self, "_texts", tuple(sorted(pairs.items())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Text does not change")

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        """How to make it again in another process."""
        return Text, (dict(self._texts),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(self._texts)

    def __repr__(self) -> str:
        return f"Text({dict(self._texts)!r})"

    @property
    def same_everywhere(self) -> bool:
        """True when it was written as one string."""
        return len(self._texts) == 1 and self._texts[0][0] == ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in; empty when it is the same everywhere."""
        return tuple(language for language, _ in self._texts if language)

    def variants(self) -> tuple[tuple[str, str], ...]:
        """Pairs of language ('' for every language) and text."""
        return self._texts

    def in_language(self, language: str) -> str:
        """The text in `language`; the first one written where that is missing (which `check` reports)."""
        texts = dict(self._texts)
        return texts.get(language) or texts.get("") or self._texts[0][1]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.decode, serialization=core_schema.plain_serializer_function_ser_schema(cls._encode)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        by_language = {
            "type": "object",
            "description": "One text a language, by its two-letter code.",
            "patternProperties": {LANGUAGE_PATTERN: {"type": "string", "minLength": 1}},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [{"type": "string", "minLength": 1}, by_language]}

    @classmethod
    def decode(cls, value: object) -> Text:
        """The text that YAML's plain `value` writes. Raises PydanticCustomError when it writes none."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            if not value.strip():
                raise PydanticCustomError("text_empty", "text is missing")
            return cls(value.strip())
        if isinstance(value, dict) and value:
            return cls({str(k): cls._decode_one(str(k), v) for k, v in value.items()})
        raise PydanticCustomError("text_type", "expected text, or one text a language such as {fr: …, en: …}")

    @staticmethod
    def _decode_one(language: str, value: object) -> str:
        if len(language) != 2 or not language.isascii() or not language.isalpha() or not language.islower():
            raise PydanticCustomError(
                "text_language", "'{language}' is not a two-letter language code", {"language": language}
            )
        if not isinstance(value, str) or not value.strip():
            raise PydanticCustomError(
                "text_empty", "the text in '{language}' is missing", {"language": language}
            )
        return value.strip()

    @staticmethod
    def _encode(value: Text) -> str | dict[str, str]:
        return value._texts[0][1] if value.same_everywhere else dict(value._texts)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """How much text a place holds (characters, as a reader counts them) and how it is written."""

    limit: int
    markdown: bool = False
    translated: bool = True  # False: a name may be the same in every language


@dataclass(frozen=True, slots=True)
class Reference:
    """The value is the identifier of an entity of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """The value is a name by which files of data may call the entity."""


Name = Annotated[Text, TextPlace(48, translated=False), Field(description="Name, 48 characters at most.")]
Title = Annotated[Text, TextPlace(90), Field(description="Title, 90 characters at most.")]
Line = Annotated[Text, TextPlace(170), Field(description="One sentence, 170 characters at most.")]
Item = Annotated[Text, TextPlace(120), Field(description="An item of a list, 120 characters at most.")]
Paragraph = Annotated[
    Text,
    TextPlace(900, markdown=True),
    Field(description="A paragraph or two in Markdown, 900 characters at most."),
]
Article = Annotated[
    Text,
    TextPlace(8000, markdown=True),
    Field(description="Longer text in Markdown, 8 000 characters at most."),
]

ServiceRef = Annotated[Identifier, Reference("service"), Field(description="Identifier of a service.")]
FamilyRef = Annotated[Identifier, Reference("family"), Field(description="Identifier of a family.")]
SegmentRef = Annotated[Identifier, Reference("segment"), Field(description="Identifier of a segment.")]
ClientRef = Annotated[Identifier, Reference("client"), Field(description="Identifier of a client.")]
PartnerRef = Annotated[Identifier, Reference("partner"), Field(description="Identifier of a partner.")]
CalendarRef = Annotated[Identifier, Reference("calendar"), Field(description="Identifier of a calendar.")]
AgreementRef = Annotated[Identifier, Reference("agreement"), Field(description="Identifier of an agreement.")]
IndicatorRef = Annotated[Identifier, Reference("indicator"), Field(description="Identifier of an indicator.")]
NeedRef = Annotated[Identifier, Reference("need"), Field(description="Identifier of a need, in needs.yaml.")]
PriorityRef = Annotated[
    Identifier,
    Reference("priority"),
    Field(description="p1 to p9, or one of the `priorities` of organisation.yaml."),
]
RequestItemRef = Annotated[
    Identifier, Reference("request_item"), Field(description="Identifier of a request item of a service.")
]
PictogramRef = Annotated[
    Identifier,
    Reference("pictogram"),
    Field(description="Name of a pictogram: one that ships, or a file of catalogue/pictograms/."),
]

Colour = Annotated[
    str,
    StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True),
    Field(description="Colour as '#rrggbb', between quotes."),
]
Email = Annotated[
    str,
    StringConstraints(pattern=MAIL_ADDRESS, max_length=120),
    Field(description="E-mail address."),
]
Phone = Annotated[
    str,
    StringConstraints(pattern=r"^\+?[0-9][0-9 .()\u00a0\u202f-]{1,24}$"),
    Field(description="Telephone number, with spaces as people read it."),
]


def _followable(address: str) -> str:
    if not is_web_address(address):
        raise PydanticCustomError(
            "url", "'{address}' is not an address that begins with https://", {"address": address}
        )
    return address


Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"'`]+$", max_length=500),
    AfterValidator(_followable),
    Field(description="Address that begins with https://."),
]
FilePath = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$", max_length=200
    ),
    Field(description="Path of a file inside the folder catalogue/, with forward slashes."),
]


def _decode_date(value: object) -> object:
    if isinstance(value, str):
        try:
            if len(value) == 10 and "W" not in value:  # nor 20261031 nor 2026-W44-6, which are ISO 8601 too
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("date_iso", "expected a date as 2026-10-31")
    return value


Day = Annotated[date, BeforeValidator(_decode_date), Field(description="Date as 2026-10-31.")]
