"""What each closed word means, for editors: name of a vocabulary → word → one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "Lifecycle": {
        "pipeline": "being prepared; shown as coming",
        "live": "in service; can be asked for",
        "retiring": "still works, no longer offered; 'until' gives the last day",
        "retired": "no longer works; kept out of the lists",
    },
    "Maturity": {
        "launch": "new; few users yet",
        "growth": "spreading",
        "mature": "90 to 95 % of those who may have it do",
        "decline": "losing users",
    },
    "Rhythm": {
        "occupied": "the customer waits: relationship and information count most",
        "denied": "the customer gives no time to it: ease counts most",
        "counted": "each minute counts: the promise must be kept",
        "dense": "a moment that matters: everything must be right",
    },
    "PriceModel": {
        "included": "nothing to pay: the department's budget",
        "one-off": "paid once; needs an amount",
        "subscription": "paid at regular intervals; needs an amount",
        "usage": "paid by what is used; needs an amount",
        "quote": "priced on request",
    },
    "AgreementKind": {
        "sla": "service level agreement: a promise to clients",
        "ola": "operational level agreement: between teams, or with a partner",
        "uc": "underpinning contract: with a supplier",
    },
    "Metric": {
        "tto": "time to own: until somebody takes charge of the call",
        "ttr": "time to restore the service, or to resolve the call",
        "availability": "share of the service hours when it works",
        "reliability": "how often it fails",
        "rpo": "recovery point: how much recent work may be lost",
        "rto": "recovery time: how long until it works again after a disaster",
        "delivery": "time to supply what was asked for",
        "satisfaction": "what customers say in surveys",
        "answer_time": "time before a call is answered",
    },
    "Unit": {
        "percent": "per cent",
        "seconds": "elapsed seconds",
        "minutes": "elapsed minutes",
        "hours": "elapsed hours, day and night",
        "days": "elapsed days, week-ends included",
        "working-minutes": "minutes within the hours of the agreement's calendar",
        "working-hours": "hours within the hours of the agreement's calendar",
        "working-days": "days on which the agreement's calendar is open",
        "score-5": "mean score on a scale of 1 to 5",
        "score-10": "mean score on a scale of 0 to 10",
        "incidents-per-quarter": "number of incidents in a quarter",
    },
    "Priority": {
        "p1": "critical",
        "p2": "high",
        "p3": "normal",
        "p4": "low",
        "p5": "the fifth",
        "p6": "the sixth",
        "p7": "the seventh",
        "p8": "the eighth",
        "p9": "the ninth",
    },
    "Criticality": {
        "critical": "when it stops, this service stops too",
        "degraded": "when it stops, this service works less well",
        "minor": "when it stops, it is hardly noticed here",
    },
    "SegmentProfile": {
        "core-target": "the customers that the offer is made for first",
        "sensitive-target": "customers who are easily lost or hurt",
        "advocates": "customers who speak well of the offer",
    },
    "Potential": {"low": "little to develop", "medium": "some", "high": "much to develop"},
    "Lever": {
        "satisfaction": "keep promises, and measure it",
        "brand-and-habit": "be known, and be used by habit",
        "convenience": "be easy to reach and to choose from",
        "relationship": "know each other and meet",
    },
    "Strategy": {
        "reward": "thank the loyal",
        "intensification": "offer more to those who already use",
        "lock-in": "make leaving costly",
        "win-back": "bring back those who left",
    },
    "Circle": {
        "clients-and-staff": "first circle",
        "prospects-suppliers-lost-clients": "second circle",
        "media-investors-administration-competitors": "third circle",
    },
    "NeedKind": {
        "basic": "taken for granted: its absence angers, its presence goes unnoticed",
        "performance": "the more of it, the better",
        "delight": "not expected: its presence delights",
    },
    "NeedMet": {"yes": "met", "partly": "met in part", "no": "not met yet"},
    "PartnerKind": {"internal": "a unit of the organisation", "supplier": "a company"},
    "ActionStatus": {
        "planned": "not begun",
        "in-progress": "begun",
        "done": "finished; 'done' gives the day",
        "cancelled": "given up",
    },
    "Direction": {
        "higher": "the more, the better",
        "lower": "the less, the better",
        "neither": "neither is better: shown, and not judged by its change",
    },
    "LetterWindow": {
        "right": "French envelopes: the address at the right",
        "left": "German and British envelopes (DIN 5008): the address at the left",
    },
    "PosterSize": {
        "a1": "594 by 841 mm: for a hall",
        "a2": "420 by 594 mm: for a corridor; read at two metres",
        "a3": "297 by 420 mm: what an office printer can do",
    },
    "Civility": {"madam": "a woman", "sir": "a man"},
    "CommitteeKind": {
        "strategic": "directions and budgets, with those who decide",
        "tactical": "services and priorities, with clients' representatives",
        "operational": "incidents and works, with those who use and operate",
        "event": "open to all, such as a Techday",
    },
    "Customers": {
        "internal": "colleagues, who are counted by what they use",
        "external": "customers, who pay",
    },
    "Weight": {
        "revenue": "what was charged, from sources of the role 'revenue'",
        "volume": "how much was used or bought",
        "users": "people who use the services, from sources of the role 'usage'",
    },
    "Crossing": {
        "starts": "the class that the client starts in, below the threshold before it is added (usual)",
        "ends": "the class that the client ends in, above the threshold once it is added",
    },
    "FollowedBy": {
        "clients": "clients, present in a quarter when they order, use or subscribe",
        "subscriptions": "each client's subscription to a service",
    },
    "SignalKind": {
        "not-renewed": "subscriptions not renewed near their anniversary",
        "rising-calls": "rising calls and requests to support",
        "repeated-complaints": "repeated complaints",
        "falling-use": "falling use of the services",
        "falling-satisfaction": "falling satisfaction",
    },
    "OverTime": {
        "total": "the total of the period: calls, amounts (usual)",
        "mean": "a level, such as staff or licences: the mean of the days that have rows",
        "last": "a level: that of the last day that has rows",
    },
    "Counts": {
        "cases": "cases, of which the numerator is a part: a share, with its interval",
        "amounts": "amounts, such as money (usual)",
    },
    "PrintKind": {
        "sheets": "a sheet for each service",
        "catalogue": "the whole catalogue",
        "poster": "the poster of the offer",
        "cover": "the cover of a folder",
        "leaflet": "the leaflet",
        "reports": "the reports of quarters",
        "slides": "the presentation of the offer and of its results",
        "slides-template": "the empty model for presentations",
    },
    "Misfits": {
        "refuse": "nothing is published (usual)",
        "leave-out": "the document is left out, with a warning, and the rest is published",
    },
}
