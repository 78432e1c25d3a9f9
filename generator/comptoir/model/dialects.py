"""Dialects: how a CSV file is written, as its source says it; nothing is guessed."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import Model, fault_at
from comptoir.model.date_forms import KNOWN_TOKENS, read_date_form
from comptoir.model.organisation import TimeZone
from comptoir.spaces import plain_spaces


def _check_date_form(written: str) -> str:
    try:
        read_date_form(written)
    except ValueError as error:
        raise PydanticCustomError(
            "date_form", "{reason}; known: {known}", {"reason": str(error), "known": KNOWN_TOKENS}
        ) from error
    return written


def _check_instant_form(written: str) -> str:
    if not read_date_form(_check_date_form(written)).has_time:
        raise PydanticCustomError(
            "date_form", "'{written}' has no hour; days alone are 'dates'", {"written": written}
        )
    return written


WrittenDate = Annotated[str, StringConstraints(max_length=40), AfterValidator(_check_date_form)]
WrittenInstant = Annotated[str, StringConstraints(max_length=40), AfterValidator(_check_instant_form)]


class Encoding(StrEnum):
    UTF_8 = "utf-8"  # with or without byte order mark
    CP1252 = "cp1252"
    LATIN_1 = "latin-1"
    UTF_16 = "utf-16"


class Negatives(StrEnum):
    """How numbers below zero are written; a sign in front is one everywhere."""

    MINUS = "minus"
    PARENTHESES = "parentheses"  # (1 234,50)
    AFTER = "after"  # 1.234,50-


class Duration(StrEnum):
    """How durations are written; hours, or minutes where they come first, may be any number."""

    HOURS_MINUTES_SECONDS = "h:mm:ss"
    HOURS_MINUTES = "h:mm"
    MINUTES_SECONDS = "m:ss"
    WITH_H = "1h30"

    @property
    def pattern(self) -> str:
        """What such a text looks like, whole; a group for each part."""
        if self is Duration.WITH_H:
            return "([0-9]+) ?[hH] ?([0-5][0-9])?"
        return ":".join(("([0-9]+)", *["([0-5][0-9])"] * self.value.count(":")))

    @property
    def seconds(self) -> tuple[int, ...]:
        """The seconds of one of each part."""
        first = 1 if self is Duration.MINUTES_SECONDS else 0
        return (3600, 60, 1)[first : first + re.compile(self.pattern).groups]


class Dialect(Model):
    """How a CSV file is written. Nothing is guessed."""

    delimiter: Annotated[str, StringConstraints(pattern=r"^(,|;|\||\t|tab)$", strip_whitespace=False)] = ","
    quote: Annotated[str, StringConstraints(pattern=r"^[\"']$")] = '"'
    encoding: Encoding = Encoding.UTF_8
    sheet: str | None = Field(
        default=None,
        max_length=31,
        description="Worksheet of a workbook; the first that is shown if left out.",
    )
    skip: int = Field(default=0, ge=0, le=1000, description="Lines, or rows, before the one of the headings.")
    decimal: Annotated[str, StringConstraints(pattern=r"^[.,]$")] = Field(
        default=".", description="Decimal mark: '.' or ','."
    )
    thousands: Annotated[str, StringConstraints(pattern=r"^(none|space|\.|,|')$")] = Field(
        default="none", description="Thousands mark: none, space (of any width), '.', ',' or \"'\"."
    )
    negatives: Negatives = Field(
        default=Negatives.MINUS,
        description="How numbers below zero are written: minus (-12), parentheses (12) or after 12-.",
    )
    units: tuple[Annotated[str, StringConstraints(pattern=r"^[^\s0-9.,+'-]\S*$", max_length=10)], ...] = (
        Field(
            default=(),
            max_length=10,
            description="What may stand beside a number and is no part of it, such as € or %; 85 % is then 85.",
        )
    )
    dates: WrittenDate | None = Field(
        default=None,
        description="How days are written, such as dd/mm/yyyy, d/m/yyyy, mm/yyyy or yyyy-mm-dd; ISO 8601 if left out.",
    )
    instants: WrittenInstant | None = Field(
        default=None,
        description="How days with times are written, such as dd/mm/yyyy HH:MM; ISO 8601 if left out.",
    )
    time_zone: TimeZone | None = Field(
        default=None, description="Time zone of times that name none; the organisation's if left out."
    )
    leave_out: tuple[str, ...] = Field(
        default=(),
        max_length=40,
        description="Words of rows that are none, such as Total: a row with one of them in its first column, or in one that is read, is left out. Total* stands for all that begins so.",
    )
    missing: tuple[str, ...] = Field(
        default=("",), description="What stands for an unknown value, such as '' and '?'."
    )
    true: tuple[str, ...] = Field(
        default=("true", "yes", "1"), description="What stands for true, in capitals or not."
    )
    false: tuple[str, ...] = Field(
        default=("false", "no", "0"), description="What stands for false, in capitals or not."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.thousands == self.decimal:
            raise fault_at(
                ("thousands",),
                "dialect_marks",
                "'{mark}' cannot be both decimal and thousands mark",
                {"mark": self.decimal},
            )
        both = {word.lower() for word in self.true} & {word.lower() for word in self.false}
        if both:
            raise fault_at(
                ("true",), "dialect_words", "'{word}' stands for both true and false", {"word": min(both)}
            )
        return self

    def leaves_out(self, text: str) -> bool:
        """True for the text of a cell that a row has which is none."""
        plain = plain_spaces(text)
        exact = {plain_spaces(word) for word in self.leave_out}
        return plain in exact or any(plain.startswith(begin) for begin in self.left_beginnings)

    @property
    def left_beginnings(self) -> tuple[str, ...]:
        """What the first words of rows begin with that are none: Total of Total*."""
        return tuple(
            plain_spaces(word[:-1])
            for word in self.leave_out
            if word.endswith("*") and plain_spaces(word[:-1])
        )

    @property
    def separator(self) -> str:
        """The character between two cells."""
        return "\t" if self.delimiter == "tab" else self.delimiter

    @property
    def declares_marks(self) -> bool:
        """False when neither the decimal nor the thousands mark was written: '1.234' then has two readings."""
        return bool({"decimal", "thousands"} & self.model_fields_set)
