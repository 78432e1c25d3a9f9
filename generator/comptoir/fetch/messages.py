"""Messages of a mailbox: an mbox file, a folder of .eml or a CSV in; what requests are told by of each message out.

Only headers and the beginning of plain text are read: an attachment is never decoded, and nothing of a message is run.
"""

from __future__ import annotations

import csv
import mailbox
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Final

from comptoir.fetch.bounds import FetchBounds, FetchError
from comptoir.spaces import fold

_READ: Final = 1 << 18
"""Bytes of a message that are read: its headers, and more text than a request needs."""
_HEADER: Final = 8_000
_TEXT: Final = 20_000
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "sent": ("date", "sent", "received", "sent on", "received on", "envoyé", "reçu", "date d'envoi"),
    "sender": ("from", "from: (address)", "sender", "de", "de: (adresse)", "expéditeur"),
    "recipients": ("to", "to: (address)", "recipients", "à", "à: (adresse)", "destinataire", "destinataires"),
    "subject": ("subject", "objet", "sujet"),
    "text": ("body", "text", "message", "corps", "texte"),
    "identifier": ("message-id", "id", "identifiant"),
    "replies": ("in-reply-to", "references", "en réponse à"),
}


@dataclass(frozen=True, slots=True)
class MailMessage:
    """What is looked at of a message; `sent` is None where it says no day that can be read."""

    identifier: str
    replies: tuple[str, ...]
    sent: datetime | None
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    is_automatic: bool


def read_messages(path: Path, zone: tzinfo, bounds: FetchBounds) -> Iterator[MailMessage]:
    """Each message of a mailbox, in its order; `zone` is that of days in a CSV that name none.

    Raises FetchError for what is no mailbox, or too large.
    """
    if path.is_dir():
        parts = [path / name for name in ("cur", "new")]
        is_maildir = all(part.is_dir() for part in parts)
        files = (file for part in parts for file in part.iterdir()) if is_maildir else path.rglob("*.eml")
        yield from _files(sorted(f for f in files if f.is_file() and not f.is_symlink()), bounds)
        return
    if not path.is_file():
        raise FetchError(
            "the mailbox is not there: the variable names an mbox file, a folder of .eml, or a CSV"
        )
    _check_size(path.stat().st_size, bounds)
    match path.suffix.lower():
        case ".csv":
            yield from _table(path, zone)
        case ".eml":
            yield from _files([path], bounds)
        case ".msg" | ".pst" | ".ost":
            raise FetchError(f"{path.suffix} is Outlook's own form: save the messages as .eml, .mbox or CSV")
        case _:
            yield from _mbox(path)


def _check_size(size: int, bounds: FetchBounds) -> None:
    if size > bounds.bytes:
        raise FetchError(f"the mailbox holds more than {bounds.bytes} bytes: export a shorter time")


def _files(files: list[Path], bounds: FetchBounds) -> Iterator[MailMessage]:
    size = 0
    for file in files:
        with file.open("rb") as stream:
            content = stream.read(_READ)
        size += len(content)
        _check_size(size, bounds)
        yield _message(content)


def _mbox(path: Path) -> Iterator[MailMessage]:
    with path.open("rb") as stream:
        if stream.read(5) != b"From ":
            raise FetchError("this is no mbox file: it does not begin with 'From '")
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as part:
                yield _message(part.read(_READ))
    finally:
        box.close()


def _message(content: bytes) -> MailMessage:
    try:
        message = message_from_bytes(content)
        text = _text(message)
    except RecursionError:  # parts within parts without end: the headers are enough
        message, text = BytesHeaderParser().parsebytes(content), ""
    automatic = (
        _header(message, "Auto-Submitted").lower() not in ("", "no")
        or _header(message, "Precedence").lower() in ("bulk", "list", "junk")
        or _header(message, "X-Spam-Flag").lower() == "yes"
        or _header(message, "Return-Path") == "<>"
        or bool(_header(message, "List-Id"))
    )
    return MailMessage(
        identifier=_header(message, "Message-ID"),
        replies=tuple(f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}".split()),
        sent=_instant(_header(message, "Date"), UTC),
        sender=next(iter(_addresses(_header(message, "From"))), ""),
        recipients=_addresses(f"{_header(message, 'To')}, {_header(message, 'Cc')}"),
        subject=_header(message, "Subject"),
        text=text,
        is_automatic=automatic,
    )


def _header(message: Message, name: str) -> str:
    """The first header of that name on one line, decoded; '' for none."""
    try:
        written = str(message.get(name, ""))[:_HEADER]
        found = str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        found = str(message.get(name, ""))[:_HEADER]
    return " ".join(found.split())


def _addresses(written: str) -> tuple[str, ...]:
    return tuple(address.lower() for _, address in getaddresses([written]) if "@" in address)


def _instant(written: str, zone: tzinfo) -> datetime | None:
    """An instant as RFC 5322 or ISO 8601 writes it, in UTC; None for anything else."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written.strip())
            return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _text(message: Message) -> str:
    """The beginning of its plain text."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                try:
                    return content[:_TEXT].decode(part.get_content_charset("utf-8"), "replace")
                except LookupError:
                    return content[:_TEXT].decode("utf-8", "replace")
    return ""


def _table(path: Path, zone: tzinfo) -> Iterator[MailMessage]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        sample = stream.readline(_HEADER)
        delimiter = max(",;\t", key=sample.count)
        stream.seek(0)
        rows = csv.reader(stream, delimiter=delimiter)
        columns = _columns(next(rows, []))
        try:
            for row in rows:
                if any(row):
                    cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
                    yield _row(cells, rows.line_num, zone)
        except csv.Error as error:
            raise FetchError(f"line {rows.line_num} of the CSV cannot be read: {error}") from None


def _columns(headings: list[str]) -> dict[str, int]:
    folded = [fold(heading).replace(" :", ":") for heading in headings]
    found = {
        name: next((folded.index(one) for one in known if one in folded), -1)
        for name, known in _HEADINGS.items()
    }
    for name, words in (("sent", "when"), ("sender", "from whom"), ("subject", "about what")):
        if found[name] < 0:
            raise FetchError(
                f"no column of the CSV says {words}: it needs one of {', '.join(_HEADINGS[name])}"
            )
    return {name: at for name, at in found.items() if at >= 0}


def _row(cells: Mapping[str, str], line: int, zone: tzinfo) -> MailMessage:
    sent = _instant(cells["sent"], zone)
    if sent is None:
        raise FetchError(f"line {line} of the CSV: '{cells['sent'][:40]}' is no day such as 2026-10-15 09:30")
    return MailMessage(
        identifier=cells.get("identifier", ""),
        replies=tuple(cells.get("replies", "").split()),
        sent=sent,
        sender=next(iter(_addresses(cells["sender"])), cells["sender"].strip().lower()),
        recipients=_addresses(cells.get("recipients", "").replace(";", ",")),
        subject=" ".join(cells["subject"].split()),
        text=cells.get("text", "")[:_TEXT],
        is_automatic=False,
    )
