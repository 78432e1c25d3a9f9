"""Notice: what weakens an offer is announced so many days before as was promised; changes in, problems out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comptoir.history.types import CatalogueChange
from comptoir.model.catalogue import KIND_BY_NAME, Catalogue
from comptoir.problems import Location, Problem


def check_notice(
    changes: Iterable[CatalogueChange], old: Catalogue, new: Catalogue, today: date
) -> Iterator[Problem]:
    """What takes something from customers sooner than promised, unless a news item about the service announces it.

    It does where it was written since the old state, or came out early enough.
    """
    for change in changes:
        if change.notice_days is None or change.day is None:
            continue
        left = (change.day - today).days
        if left >= change.notice_days or _is_announced(change, change.day, old, new):
            continue
        kind, name = change.subject
        entity = new.of_kind(kind).get(name)
        where = entity.locate() if entity else Location(f"{KIND_BY_NAME[kind].place}{name}.yaml")
        message = (
            f"'{change.name}' is weakened ({change.kind}) on {change.day}, in {max(left, 0)} days; "
            f"{change.notice_days} days of notice are promised"
        )
        hint = "choose a later day, or announce it in catalogue/news/, with its services under 'services'"
        yield Problem(where, "notice", message, hint)


def _is_announced(change: CatalogueChange, day: date, old: Catalogue, new: Catalogue) -> bool:
    return any(
        set(change.services) & set(news.services)
        and (name not in old.news or (day - news.date).days >= (change.notice_days or 0))
        for name, news in new.news.items()
    )
