"""What complaints were answered: written by hand in segments/answers.yaml, taken over by letters."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from comptoir.model.base import Day, Entity, Name, Text, TextPlace
from comptoir.model.organisation import LanguageCode
from comptoir.model.terms import Civility
from comptoir.spaces import plain_spaces

PlainLine = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Note = Annotated[
    Text,
    TextPlace(900, translated=False),  # a letter is written in the language of who complains
    Field(description="A paragraph or two, 900 characters at most; an empty line parts paragraphs."),
]


class Answer(Entity):
    """An item of segments/answers.yaml: who complains, and what we answer, in our own words."""

    complaint: Annotated[
        str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain_spaces)
    ] = Field(description="Number of the complaint in the register of requests.")
    civility: Civility | None = Field(default=None, description="How the letter begins; neither if left out.")
    addressee: PlainLine | None = Field(
        default=None, description="The person who complains; the client's contact if left out."
    )
    address: tuple[PlainLine, ...] = Field(
        default=(), max_length=5, description="Lines of the address, below the name."
    )
    language: LanguageCode | None = Field(
        default=None, description="Language of who complains, and of texts that are written in one only."
    )
    date: Day | None = Field(
        default=None, description="Day of the letter of answer; the day it is made if left out."
    )
    happened: Note | None = Field(default=None, description="What happened, as the customer lived it.")
    answer: Note | None = Field(
        default=None, description="What we answer: what was done, or will be, and when."
    )
    prevention: Note | None = Field(
        default=None, description="What is done so that it does not happen again."
    )
    signatory: Name | None = Field(
        default=None, description="Role that signs; the client's relationship manager if left out."
    )
