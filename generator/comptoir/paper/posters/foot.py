"""The foot of posters: the service desk with its hours, the address of the catalogue and its QR code."""

from __future__ import annotations

from typing import Final

from comptoir.content.parts import hours_view
from comptoir.paper.paper import Paper, spoken
from comptoir.paper.posters.setting import PosterBox, PosterFaces, fitted, on_one_line
from comptoir.paper.run import Run
from comptoir.paper.types import ViewData

_INSET: Final = 10.0  # above and below what stands in the foot
_GAP: Final = 8.0
_HOURS: Final = 92.0
_ADDRESS: Final = 108.0
_DESK: Final = 150.0  # at most


def foot(run: Run, paper: Paper, faces: PosterFaces, width: float, height: float) -> ViewData:
    """What the foot shows, in a place of that size, and how far from the left each part stands."""
    organisation = run.catalogue.organisation
    desk = organisation.service_desk
    code = paper.qr_code(organisation.site_url or "")
    side = height - 2 * _INSET if code else 0.0
    hours = hours_view(paper.at, desk.hours)
    taken = (side + _ADDRESS + 2 * _GAP if code else 0.0) + (_HOURS + _GAP if hours else 0.0)
    room = min(_DESK, width - taken)
    return {
        "height": height,
        "qr": code,
        "side": side,
        "desk": {
            "width": room,
            "role": fitted(
                paper.text(organisation, "service_desk", "role"), PosterBox(room, 12, (9.5, 4)), faces.titles
            ),
            "phone": fitted(
                paper.text(organisation, "service_desk", "phone"), PosterBox(room, 16, (13, 4)), faces.names
            ),
            "email": on_one_line(
                paper.text(organisation, "service_desk", "email"), PosterBox(room, 8, (5.8, 2.4)), faces.small
            ),
            "call": "".join(c for c in desk.phone or "" if c.isdigit() or c == "+"),
            "write": desk.email or "",
            "place": fitted(
                paper.text(organisation, "service_desk", "place"), PosterBox(room, 8, (5.8, 3)), faces.small
            ),
        },
        "hours": None
        if hours is None
        else {
            "x": room + _GAP,
            "width": _HOURS,
            "size": round(min(5.6, (height - 2 * _INSET) / (1.75 * (len(hours.lines) + 1))), 3),
            "lines": [{"days": line.days, "hours": line.hours} for line in hours.lines],
            "note": hours.holidays,
        },
        "address": None
        if code is None
        else {
            "x": width - side - _GAP - _ADDRESS,
            "width": _ADDRESS,
            "invitation": fitted(invitation(run), PosterBox(_ADDRESS, 18, (6, 3)), faces.small),
            "text": on_one_line(
                spoken(organisation.site_url or ""), PosterBox(_ADDRESS, 20, (9, 2.4)), faces.names
            ),
        },
    }


def invitation(run: Run) -> str:
    """Why one should look at the catalogue."""
    return run.language.gettext("Chaque service en détail, avec ses délais et ses prix")


def address_of(paper: Paper) -> ViewData:
    """Where the catalogue is found, as one reads it on paper; without a site, the address to write to."""
    organisation = paper.at.catalogue.organisation
    field = paper.text(organisation, "site_url")
    if not isinstance(field, dict):
        return paper.text(organisation, "functional_mailbox", "address")
    return {**field, "text": spoken(organisation.site_url or "")}
