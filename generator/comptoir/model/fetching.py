"""What `comptoir fetch` brings, as written in a source: a query, an address that answers with JSON, or a mailbox."""

from __future__ import annotations

import re
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import Model, fault_at

Variable = Annotated[
    str,
    StringConstraints(pattern=r"^COMPTOIR_[A-Z0-9_]+$", max_length=80),
    Field(
        description="Name of a variable of the environment; it begins with COMPTOIR_, so that no other secret can be named."
    ),
]
Ours = Annotated[str, StringConstraints(pattern=r"^[^@\s]*@[^@\s]+$", max_length=254, to_lower=True)]
Parameter = Annotated[str, StringConstraints(pattern=r"^[\w.\[\]-]+$", max_length=60)]
FETCHED: Final = re.compile(r"[^*?]+\.parquet")
"""The name of a file that is fetched."""
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def _is_one_query(text: str) -> str:
    words = text.split(None, 1)
    if not words or words[0].lower() not in {"select", "with"} or ";" in text:
        raise PydanticCustomError("fetch_query", "a query is one SELECT (or WITH … SELECT), without ';'")
    return text


def _is_safe_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
    except ValueError:
        host = user = None
    if not host or user or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)):
        message = (
            "an address begins with https:// (http:// on this machine only) and holds no name nor password"
        )
        raise PydanticCustomError("fetch_address", message)
    return text


class Fetch(Model):
    """Where the rows of a source come from: `comptoir fetch` writes them into its file; a build never does."""

    database: Variable | None = Field(
        default=None,
        description="Variable of the environment that holds the SQLAlchemy URL; the URL never stands in YAML.",
    )
    query: Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_is_one_query)] | None = Field(
        default=None, description="One SELECT, run in a transaction that only reads."
    )
    address: Annotated[str, StringConstraints(max_length=2000), AfterValidator(_is_safe_address)] | None = (
        Field(default=None, description="Address that answers with JSON.")
    )
    token: Variable | None = Field(
        default=None, description="Variable of the environment that holds the token of the address."
    )
    header: Parameter = Field(
        default="Authorization",
        description="Header of the token: as it is, or after 'Bearer' for Authorization.",
    )
    rows: str | None = Field(
        default=None,
        max_length=200,
        description="Where the rows are in an answer, such as data.items; all of it if left out.",
    )
    next: str | None = Field(
        default=None,
        max_length=200,
        description="Where an answer holds the address of the next page, such as links.next.",
    )
    page: Parameter | None = Field(
        default=None, description="Parameter of the address that numbers pages from 1, until one has no rows."
    )
    offset: Parameter | None = Field(
        default=None,
        description="Parameter of the address that says how many rows to pass over, until no more come.",
    )

    mailbox: Variable | None = Field(
        default=None,
        description="Variable of the environment that holds the path of a mailbox: an mbox file, a folder of .eml, or a CSV.",
    )
    ours: tuple[Ours, ...] = Field(
        default=(),
        max_length=200,
        description="Addresses, or domains as @example.org, that answers come from, beside those of the organisation.",
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.database, self.address, self.mailbox)) != 1:
            message = "give either 'database', with its 'query', or 'address', or 'mailbox'"
            raise fault_at((), "fetch_place", message)
        if self.ours and self.mailbox is None:
            raise fault_at(("ours",), "fetch_place", "'ours' goes with 'mailbox'")
        if (self.database is None) != (self.query is None):
            raise fault_at((), "fetch_place", "'database' goes with 'query'")
        web = [
            name for name in ("token", "rows", "next", "page", "offset") if getattr(self, name) is not None
        ]
        if self.address is None and web:
            raise fault_at((web[0],), "fetch_place", "'{name}' goes with 'address'", {"name": web[0]})
        ways = [name for name in ("next", "page", "offset") if name in web]
        if len(ways) > 1:
            message = "give either '{first}' or '{second}'"
            raise fault_at((ways[1],), "fetch_place", message, {"first": ways[0], "second": ways[1]})
        return self
