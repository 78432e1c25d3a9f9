"""Requests of a mailbox: a catalogue and messages in; a row for each request, without a name, an address or a word of it, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from comptoir.content.subjects import ToldByMail, bare_subject, is_answer, told_by
from comptoir.fetch.bounds import FetchBounds, FetchError
from comptoir.fetch.messages import MailMessage, read_messages
from comptoir.model.catalogue import Catalogue
from comptoir.model.fetching import Fetch
from comptoir.model.names import names_of
from comptoir.spaces import fold

_SAME_TALK: Final = timedelta(days=30)
"""An answer that names no message belongs to the last request of that subject and person within so long."""


@dataclass(frozen=True, slots=True)
class MailCount:
    """What became of the messages of a mailbox; each of those that begin a request is a row."""

    messages: int
    requests: int
    unsorted: int
    left_out: Mapping[str, int]

    def words(self) -> str:
        """One line on it."""
        left = ", ".join(f"{n} {why}" for why, n in sorted(self.left_out.items()))
        return (
            f"{self.requests} requests in {self.messages} messages, {self.unsorted} of them unsorted"
            f" (no subject that our links write, and no tag){f'; left out: {left}' if left else ''}"
        )


@dataclass(slots=True)
class _Talk:
    """A request and its answers so far."""

    identifier: str
    person: str
    subject: str
    opened: datetime
    last: datetime
    told: ToldByMail
    answered: datetime | None = None
    last_answer: datetime | None = None
    messages: int = 1


@dataclass(slots=True)
class _Desk:
    """The talks of a mailbox, found by the messages that they hold, or by their subject and person."""

    ours: frozenset[str]
    by_message: dict[str, _Talk] = field(default_factory=dict)
    by_subject: dict[tuple[str, str], _Talk] = field(default_factory=dict)
    talks: list[_Talk] = field(default_factory=list)

    def is_ours(self, address: str) -> bool:
        return address in self.ours or f"@{address.rpartition('@')[2]}" in self.ours

    def find(self, message: MailMessage, sent: datetime) -> _Talk | None:
        """The talk that a message goes on with."""
        for name in message.replies:
            if name in self.by_message:
                return self.by_message[name]
        if message.replies or is_answer(message.subject):
            subject = bare_subject(message.subject)
            people = message.recipients if self.is_ours(message.sender) else (message.sender,)
            talks = (self.by_subject.get((subject, person)) for person in people)
            return next((one for one in talks if one and sent - one.last <= _SAME_TALK), None)
        return None


def requests_of(
    catalogue: Catalogue, fetch: Fetch, path: Path, bounds: FetchBounds
) -> tuple[list[dict[str, Any]], MailCount]:
    """The requests of a mailbox, in the order of their first messages, and what became of its messages.

    A row holds instants (UTC), identifiers of the catalogue, and a digest of the first message's identifier for a number:
    nothing by which a person can be told. Raises FetchError.
    """
    desk, left = _Desk(_our_addresses(catalogue, fetch)), Counter[str]()
    found = read_messages(path, ZoneInfo(catalogue.organisation.time_zone), bounds)
    messages = [
        (sent, replace(message, text=""), told_by(catalogue, message.subject, message.text))
        for message, sent in _dated(found, left, bounds)
    ]
    for sent, message, told in sorted(messages, key=lambda one: (one[0], one[1].identifier, one[1].subject)):
        _take(desk, message, sent, told, left)
    clients = _clients(catalogue)
    rows = [_row(catalogue, clients, talk) for talk in desk.talks]
    if not rows:
        raise FetchError("no message of the mailbox begins a request; the file stays as it was")
    total = len(messages) + sum(n for why, n in left.items() if why in _BEFORE)
    return rows, MailCount(total, len(rows), sum(not row["sorted"] for row in rows), left)


_AUTOMATIC: Final = "sent by a machine"
_NO_DAY: Final = "without a day"
_TWICE: Final = "held twice"
_BEGUN: Final = "begun by us"
_BEFORE: Final = frozenset({_AUTOMATIC, _NO_DAY, _TWICE})


def _dated(
    messages: Iterable[MailMessage], left: Counter[str], bounds: FetchBounds
) -> Iterator[tuple[MailMessage, datetime]]:
    seen: set[str] = set()
    for number, message in enumerate(messages, 1):
        if number > bounds.rows:
            raise FetchError(f"more than {bounds.rows} messages came: export a shorter time")
        if message.is_automatic:
            left[_AUTOMATIC] += 1
        elif message.sent is None:
            left[_NO_DAY] += 1
        elif message.identifier and message.identifier in seen:
            left[_TWICE] += 1  # in the inbox and among what was sent
        else:
            seen.add(message.identifier)
            yield message, message.sent


def _take(desk: _Desk, message: MailMessage, sent: datetime, told: ToldByMail, left: Counter[str]) -> None:
    is_ours = desk.is_ours(message.sender)
    talk = desk.find(message, sent)
    if talk is None and is_ours:
        left[_BEGUN] += 1
        return
    if talk is None:
        subject = bare_subject(message.subject)
        name = message.identifier or f"{sent.isoformat()} {message.sender} {subject}"
        talk = _Talk(name, message.sender, subject, sent, sent, told)
        desk.talks.append(talk)
        desk.by_subject[subject, message.sender] = talk
    else:
        talk.messages += 1
        talk.last = sent
        if is_ours:
            talk.answered = talk.answered or sent
            talk.last_answer = sent
            talk.told = replace(
                talk.told,
                kind=told.tagged or talk.told.kind,
                answer_by=told.answer_by or talk.told.answer_by or "e-mail",
            )
    if message.identifier:
        desk.by_message[message.identifier] = talk


def _our_addresses(catalogue: Catalogue, fetch: Fetch) -> frozenset[str]:
    """The addresses that the organisation, and its services, answer from; and those, or the domains, that the source adds."""
    organisation = catalogue.organisation
    found = [organisation.functional_mailbox.address, organisation.service_desk.email]
    found += [one.request.email for one in catalogue.services.values()]
    return frozenset(address.lower() for address in (*found, *fetch.ours) if address)


def _clients(catalogue: Catalogue) -> Mapping[str, str]:
    """Folded address, or '@' and a domain → the one client that it stands for."""
    contacts = Counter(
        fold(one.contact.email) for one in catalogue.clients.values() if one.contact and one.contact.email
    )
    own = {
        fold(one.contact.email): one.id
        for one in catalogue.clients.values()
        if one.contact and one.contact.email and contacts[fold(one.contact.email)] == 1
    }
    return {**own, **names_of(catalogue, "client")}


def _row(catalogue: Catalogue, clients: Mapping[str, str], talk: _Talk) -> dict[str, Any]:
    told, segments = talk.told, names_of(catalogue, "segment")
    names = (fold(talk.person), f"@{fold(talk.person).rpartition('@')[2]}")
    client = next((clients[name] for name in names if name in clients), None)
    segment = told.segment or next((segments[name] for name in names if name in segments), None)
    return {
        "number": sha256(talk.identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "opened": talk.opened,
        "answered": talk.answered,
        "last_answer": talk.last_answer,
        "service": told.service or None,
        "request_item": told.request_item or None,
        "kind": told.kind or None,
        "client": client,
        "segment": segment or (catalogue.clients[client].segment if client else None),
        "channel": "e-mail",
        "answer_by": told.answer_by or None,
        "messages": talk.messages,
        "sorted": bool(told.kind),
    }
