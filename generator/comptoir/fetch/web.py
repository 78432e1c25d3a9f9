"""An address that answers with JSON, page after page: the address and a token in, rows with flat columns out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from comptoir.fetch.bounds import FetchBounds, FetchError, check_time, within
from comptoir.model.fetching import Fetch

MAX_PAGES: Final = 10_000
_CHUNK: Final = 1 << 20
_DEEPEST: Final = 5  # levels of an object that become columns


class _NoRedirect(HTTPRedirectHandler):
    """A token goes to the address that the source names, and nowhere else."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        raise FetchError(f"{_shown(req.full_url)} leads on to {_shown(newurl)}: write that address")


def rows_of_address(
    fetch: Fetch, token: str, clock: Callable[[], float], ends: float, bounds: FetchBounds
) -> Iterator[Mapping[str, Any]]:
    """The rows of every page. Raises FetchError."""
    yield from within(_pages(fetch, token, clock, ends, bounds), clock, ends, bounds)


def _pages(
    fetch: Fetch, token: str, clock: Callable[[], float], ends: float, bounds: FetchBounds
) -> Iterator[Mapping[str, Any]]:
    opener, first, passed, taken = build_opener(_NoRedirect()), fetch.address or "", 0, 0
    address: str | None = _with(first, fetch, 1, 0)
    for number in range(2, MAX_PAGES + 2):
        check_time(clock, ends, bounds)
        if address is None:
            return
        content = _read(opener, address, fetch.header, token, bounds, bounds.bytes - taken)
        taken += len(content)
        answer = _parse(content, address)
        rows = _rows(answer, fetch.rows, address)
        yield from (_flat(row) for row in rows)
        passed += len(rows)
        if fetch.next is not None:
            address = _following(_find(answer, fetch.next), address, first)
        elif (fetch.page or fetch.offset) and rows:
            address = _with(first, fetch, number, passed)
        else:
            return
    raise FetchError(f"more than {MAX_PAGES} pages came: ask for longer pages")


def _with(address: str, fetch: Fetch, page: int, passed: int) -> str:
    """The address of a page."""
    changed = {fetch.page: page, fetch.offset: passed}
    added = {name: str(value) for name, value in changed.items() if name is not None}
    if not added:
        return address
    parts = urlsplit(address)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in added
    ]
    return parts._replace(query=urlencode([*kept, *added.items()])).geturl()


def _following(found: Any, address: str, first: str) -> str | None:
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise FetchError(f"the next page of {_shown(address)} is no address")
    following = urljoin(address, found)
    if urlsplit(following)[:2] != urlsplit(first)[:2]:
        raise FetchError(f"the next page of {_shown(address)} is on another host: {_shown(following)}")
    if following == address:
        raise FetchError(f"the next page of {_shown(address)} is itself")
    return following


def _read(
    opener: OpenerDirector, address: str, header: str, token: str, bounds: FetchBounds, left: int
) -> bytes:
    request = Request(address, headers={"Accept": "application/json", "User-Agent": "comptoir"})
    if token:
        plain = header.lower() == "authorization" and " " not in token
        request.add_header(header, f"Bearer {token}" if plain else token)
    parts: list[bytes] = []
    try:
        with opener.open(request, timeout=bounds.wait) as answer:
            while part := answer.read(_CHUNK):
                parts.append(part)
                left -= len(part)
                if left < 0:
                    raise FetchError(f"more than {bounds.bytes} bytes came: ask for fewer rows")
    except HTTPError as error:
        meaning = {401: ": the token is not right, or none was sent", 403: ": this token may not read it"}
        raise FetchError(
            f"{_shown(address)} answers {error.code} {error.reason}{meaning.get(error.code, '')}"
        ) from None
    except (URLError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise FetchError(f"{_shown(address)} cannot be reached: {reason or type(reason).__name__}") from None
    return b"".join(parts)


def _parse(content: bytes, address: str) -> Any:
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise FetchError(f"{_shown(address)} does not answer with JSON") from None


def _rows(answer: Any, path: str | None, address: str) -> list[Mapping[str, Any]]:
    found = _find(answer, path) if path else answer
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        where = f"'{path}' of " if path else ""
        keys = ", ".join(sorted(answer)[:12]) if isinstance(answer, dict) else "no names"
        raise FetchError(
            f"{where}{_shown(address)} is no list of rows ('rows' says where they are; the answer has {keys})"
        )
    return found


def _find(answer: Any, path: str) -> Any:
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def _flat(row: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, Any]:
    """An object within an object becomes columns such as 'user.name'."""
    columns: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and depth < _DEEPEST:
            columns |= _flat(value, f"{before}{name}.", depth + 1)
        else:
            columns[before + name] = value
    return columns


def _shown(address: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
