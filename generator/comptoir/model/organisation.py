"""The organisation that publishes: names, brand, languages, ways to reach it, audiences."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import (
    Article,
    CalendarRef,
    Colour,
    Email,
    FilePath,
    Identifier,
    Line,
    Located,
    Model,
    Name,
    Paragraph,
    Phone,
    ServiceRef,
    Title,
    Url,
    fault_at,
)
from comptoir.model.terms import LetterWindow, Misfits, PosterSize, PrintKind, Priority
from comptoir.problems import suggest
from comptoir.wording import spoken_languages

_OF_THE_MACHINE: Final = frozenset({"localtime", "posixrules", "Factory"})
"""What some systems list besides places: the same content would tell other hours elsewhere."""


def _known_time_zone(name: str) -> str:
    known = available_timezones() - _OF_THE_MACHINE
    if name not in known:
        hint = suggest(name, known)
        raise PydanticCustomError(
            "time_zone",
            "'{name}' is not a time zone{hint}",
            {"name": name, "hint": f" ({hint})" if hint else ""},
        )
    return name


TimeZone = Annotated[
    str,
    AfterValidator(_known_time_zone),
    Field(description="Time zone of the IANA database, such as Europe/Paris."),
]
LanguageCode = Annotated[
    str,
    StringConstraints(pattern=f"^({'|'.join(spoken_languages())})$"),
    Field(description=f"Language of the site: {' or '.join(spoken_languages())}."),
]


class Contact(Model):
    """Whom to reach. A role with an address; a person's name is optional."""

    role: Name = Field(description="The role, such as 'Service desk' or 'Head of messaging'.")
    person: str | None = Field(default=None, max_length=80, description="A person's name, where it helps.")
    email: Email | None = None
    phone: Phone | None = None
    url: Url | None = None
    place: Name | None = Field(default=None, description="Where to find them: building, room.")
    hours: CalendarRef | None = Field(default=None, description="Calendar of the hours when they answer.")


class ServiceDesk(Contact):
    """The single point where one is served; the functional mailbox when no way to reach it is given."""

    portal: Url | None = Field(default=None, description="Portal where requests are made.")
    promise: Line | None = Field(default=None, description="What one may expect there, in one sentence.")


class FunctionalMailbox(Model):
    """Single address for requests about the offer."""

    address: Email
    promise: Line | None = Field(default=None, description="How soon it answers.")


class Repository(Model):
    """The git forge that keeps this content, so that each page can lead to its YAML file."""

    url: Url
    edit: Annotated[
        str,
        StringConstraints(pattern=r"^https?://[^\s<>\"'`]*\{path\}[^\s<>\"'`]*$"),
        Field(description="Address that edits a file; '{path}' stands for its path in the repository."),
    ]


class Colours(Model):
    primary: Colour = Field(description="The brand's colour. White text is laid on it.")
    accent: Colour | None = Field(
        default=None, description="Second colour, for buttons and links; the primary if left out."
    )


class Font(Model):
    """A typeface: one that ships (name only), or files of one's own."""

    family: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,40}$")] = Field(
        description="Name of the typeface. These ship: Figtree, Fraunces, Source Sans 3, Source Serif 4, Atkinson Hyperlegible Next."
    )
    regular: FilePath | None = Field(
        default=None, description="File .woff2 (or .ttf, .otf) of the regular, or variable, face."
    )
    bold: FilePath | None = Field(default=None, description="File .woff2 (or .ttf, .otf) of the bold face.")
    italic: FilePath | None = Field(
        default=None, description="File .woff2 (or .ttf, .otf) of the italic face."
    )


class Fonts(Model):
    text: Font = Font(family="Figtree")
    headings: Font = Font(family="Fraunces")


class MonthName(StrEnum):
    """A month by its name."""

    JANUARY = "january"
    FEBRUARY = "february"
    MARCH = "march"
    APRIL = "april"
    MAY = "may"
    JUNE = "june"
    JULY = "july"
    AUGUST = "august"
    SEPTEMBER = "september"
    OCTOBER = "october"
    NOVEMBER = "november"
    DECEMBER = "december"

    @property
    def number(self) -> int:
        """1 for January."""
        return 1 + list(MonthName).index(self)


class Brand(Model):
    """Enough to make the site look like this organisation's own."""

    logo: FilePath | None = Field(default=None, description="SVG or PNG file of the logo.")
    logo_dark: FilePath | None = Field(
        default=None, description="The logo on a dark background; the same if left out."
    )
    favicon: FilePath | None = Field(
        default=None, description="SVG or PNG file of the small icon; the logo if left out."
    )
    colours: Colours
    fonts: Fonts = Fonts()


class PrintSettings(Model):
    """How the PDF files are made: for the screen and an office printer, unless a print shop asks for more."""

    bleed: int = Field(
        default=0,
        ge=0,
        le=10,
        description="Millimetres of colour beyond the edge, to be cut off by a print shop; 0 for none.",
    )
    crop_marks: bool = Field(default=False, description="Marks that show a print shop where to cut.")
    poster_sizes: tuple[PosterSize, ...] = Field(
        default=(PosterSize.A2,), max_length=3, description="Sizes of the poster of the offer."
    )
    slides_per_service: bool = Field(
        default=False, description="The presentation has a slide for each service, not for each family only."
    )
    make: tuple[PrintKind, ...] = Field(
        default=tuple(PrintKind), description="Kinds of printed files to make; all of them if left out."
    )
    misfits: Misfits = Field(
        default=Misfits.REFUSE,
        description="A document whose texts do not fit stops the build (refuse), or is left out with a warning (leave-out).",
    )
    letter_window: LetterWindow | None = Field(
        default=None,
        description="Where the window of your envelopes is. Left out: right for a French site, left otherwise.",
    )


class Audience(Model):
    """A group of readers. Each audience sees what the ones before it in the list see, and more."""

    id: Identifier
    name: Name


class LeafletReason(Model):
    """One of the reasons to use the catalogue, for the home page and the leaflet."""

    title: Title
    text: Line


_WAYS: Final = ("email", "phone", "url", "portal", "place")


class NamedPriority(Model):
    """A priority that has a name instead of a number."""

    id: Identifier = Field(description="How agreements and definitions write it, such as 'urgent'.")
    name: Name = Field(description="What readers see; files of data may write it too.")


FORMAT: Final = 1
"""The format of the files of projects that this version reads; see docs/reference/formats.md."""


def _known_format(given: int) -> int:
    if given > FORMAT:
        message = "this project is written for a later version of Comptoir (format {given}; this one reads up to {known})"
        raise PydanticCustomError("later_format", message, {"given": given, "known": FORMAT})
    return given


class Organisation(Located):
    """catalogue/organisation.yaml"""

    format: Annotated[int, Field(ge=1), AfterValidator(_known_format)] = Field(
        default=FORMAT, description="The format of the files of this project; 'comptoir upgrade' writes it."
    )
    name: Name = Field(description="The organisation, such as 'Institut Méridien'.")
    department: Name = Field(description="The department that publishes, such as 'IT department'.")
    short_name: Name = Field(description="The department's short name, such as 'DSI'; shown in the header.")
    slogan: Line = Field(description="One short sentence that runs through everything printed.")
    promise: Line = Field(description="The sentence of promise at the top of the home page.")
    about: Article = Field(description="Who the department is; the page 'About'.")
    opening_words: Article | None = Field(
        default=None, description="Institutional opening of the printed catalogue."
    )
    reasons: tuple[LeafletReason, ...] = Field(
        default=(), max_length=3, description="Up to three reasons to use the catalogue."
    )
    demonstration: bool = Field(
        default=False, description="Says on every page that the content is fictional."
    )
    languages: tuple[LanguageCode, ...] = Field(
        min_length=1, description="Languages of the site; the first is the default."
    )
    time_zone: TimeZone
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(
        default="EUR", description="ISO 4217 code of the currency of prices."
    )
    fiscal_year: MonthName | None = Field(
        default=None,
        description="Month in which fiscal years begin, such as 'april': then FY2026 is the one that begins in 2026.",
    )
    notice_days: int | None = Field(
        default=None,
        ge=0,
        le=730,
        description="Days of notice that customers are promised before an offer or a promise is weakened.",
    )
    site_url: Url | None = Field(
        default=None, description="Address where the site is published; used in links of QR codes and feeds."
    )
    repository: Repository | None = None
    brand: Brand
    service_desk: ServiceDesk
    functional_mailbox: FunctionalMailbox
    relationship_manager: Contact | None = None
    audiences: tuple[Audience, ...] = Field(
        default=(),
        description="Groups of readers, from the widest to the narrowest. Left out: employees, then management.",
    )
    priorities: tuple[NamedPriority, ...] = Field(
        default=(),
        max_length=20,
        description="Priorities that are words, from the most urgent to the least; p1 to p9 need no name here.",
    )
    status_file: (
        Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.json$", max_length=60)] | None
    ) = Field(
        default=None,
        description="File at the top of the site that monitoring writes; pages tell what it says does not work.",
    )
    most_asked: tuple[ServiceRef, ...] = Field(
        default=(), max_length=8, description="Services to show first on the home page."
    )
    notice: Paragraph | None = Field(
        default=None, description="A notice for every reader, at the top of the home page."
    )
    print: PrintSettings = PrintSettings()

    @model_validator(mode="before")
    @classmethod
    def _desk_can_be_reached(cls, data: Any) -> Any:
        """A service desk that gives no way to reach it is reached by the functional mailbox."""
        if not isinstance(data, dict):
            return data
        desk, mailbox = data.get("service_desk"), data.get("functional_mailbox")
        if not isinstance(desk, dict) or not isinstance(mailbox, dict) or any(map(desk.get, _WAYS)):
            return data
        return {**data, "service_desk": {**desk, "email": mailbox.get("address")}}

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len(set(self.languages)) != len(self.languages):
            raise fault_at(("languages",), "languages_twice", "a language is written twice in 'languages'")
        names = [*Priority, *(priority.id for priority in self.priorities)]
        for index, name in enumerate(names):
            if name in names[:index]:
                path = ("priorities", index - len(Priority), "id")
                raise fault_at(
                    path, "priority_twice", "the priority '{name}' is there already", {"name": name}
                )
        return self
