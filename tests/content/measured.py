"""Results for tests of pages: measurements of the base case written by hand, with one of each status, and their charts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from comptoir.charts import draw_all
from comptoir.content.measure_words import Speech
from comptoir.measure.reading import SourceFile
from comptoir.measure.statistics import Change, Method
from comptoir.measure.types import (
    EVERYTHING,
    Comparison,
    LeftOut,
    Measurement,
    Measurements,
    Reason,
    Scope,
    Status,
    TargetInForce,
    Uncertainty,
)
from comptoir.model.metrics import Indicator
from comptoir.model.roles import Role
from comptoir.periods import Quarter
from comptoir.site import Results, site_specs, style_of
from comptoir.wording import language

from .samples import base_catalogue

NOW = Quarter(2026, 3)
MAIL, WIFI = Scope(service="mail"), Scope(service="wifi")
RESEARCHERS = Scope(segment="researchers")
THIN, FIXED = "\u202f", "\u00a0"


def indicator(id: str, **keys: Any) -> Indicator:
    """A definition with the keys that every one needs, and these over them."""
    own = {
        "id": id,
        "name": {"fr": "Essai", "en": "Trial"},
        "summary": {"fr": "Pour un essai.", "en": "For a trial."},
        "source": "requests",
        "kind": "ratio",
        "numerator": "solved",
        "unit": "percent",
        "direction": "higher",
    }
    return Indicator.model_validate({**own, **keys})


def speech(code: str = "fr", **keys: Any) -> Speech:
    """How such an indicator is spoken of."""
    return Speech(indicator("trial", **keys), language(code), "EUR")


def compared(before: float, after: float, p: float | None = 0.5) -> Comparison:
    """The change from the quarter before, with the probability that a test gave."""
    first, second = Fraction(str(before)), Fraction(str(after))
    method = Method.NONE if p is None else Method.TWO_PROPORTIONS
    return Comparison(NOW.previous, first, Change(second - first, p, method))


def measured(
    value: float | None = None,
    status: Status = Status.MET,
    name: str = "trial",
    scope: Scope = EVERYTHING,
    *,
    quarter: Quarter = NOW,
    target: str | None = "90",
    n: int | None = 100,
    promised: bool = False,
    reason: Reason | None = None,
    previous: Comparison | None = None,
    **more: Any,
) -> Measurement:
    """A measurement; its reason follows from its status, its interval is two on each side."""
    reasons = {
        Status.MET: Reason.TARGET_MET,
        Status.ALERT: Reason.NEAR_TARGET,
        Status.MISSED: Reason.TARGET_MISSED,
        Status.INDICATIVE: Reason.FEW_CASES,
        Status.MISSING: Reason.NO_CASES,
        Status.SUPPRESSED: Reason.FEW_RESPONDENTS,
        Status.NO_VERDICT: Reason.NO_TARGET,
    }
    exact = None if value is None else Fraction(str(value))
    if status is Status.ALERT and exact is not None and target is not None and exact >= Fraction(target):
        reason = reason or Reason.BARELY_MET
    return Measurement(
        indicator=name,
        quarter=quarter,
        scope=scope,
        status=status,
        reason=reason or reasons[status],
        value=exact,
        n=None if exact is None else n,
        interval=None if exact is None else Uncertainty(exact - 2, exact + 2, "Wilson"),
        target=TargetInForce(Decimal(target), promised) if target is not None else None,
        previous=previous,
        **more,
    )


INDICATORS = {
    "availability": indicator(
        "availability",
        name={"fr": "Disponibilité", "en": "Availability"},
        source="outages",
        kind="availability",
        numerator=None,
        decimals=2,
    ),
    "complaints": indicator(
        "complaints", name={"fr": "Réclamations", "en": "Complaints"}, where="kind = 'complaint'"
    ),
    "restored": indicator(
        "restored",
        name={"fr": "Rétablissements", "en": "Restorations"},
        kind="within-target",
        numerator=None,
        metric="ttr",
        priority="p1",
    ),
    "satisfaction": indicator(
        "satisfaction",
        name={"fr": "Satisfaction", "en": "Satisfaction"},
        source="surveys",
        kind="mean",
        numerator=None,
        value="score",
        unit="score-5",
        decimals=2,
    ),
}


def _all() -> tuple[Measurement, ...]:
    last = [
        measured(99.7, Status.NO_VERDICT, "availability", target=None),
        measured(99.9, Status.MET, "availability", MAIL, target="99.5", promised=True),
        measured(98.1, Status.MISSED, "availability", WIFI, target="99.5", promised=True),
        measured(None, Status.MISSING, "complaints"),
        measured(
            91.2,
            Status.MET,
            "restored",
            previous=compared(96.4, 91.2, 0.01),
            left_out=((LeftOut.FILTERED, 12), (LeftOut.NOT_YET_DUE, 1)),
            numerator=Fraction(912),
            denominator=Fraction(1000),
        ),
        measured(100, Status.INDICATIVE, "restored", MAIL, target="100", n=3, promised=True),
        measured(None, Status.MISSING, "restored", WIFI, target=None),
        measured(4.31, Status.MET, "satisfaction", target="4.1", previous=compared(4.2, 4.31)),
        measured(None, Status.SUPPRESSED, "satisfaction", MAIL, target="4.1"),
        measured(3.9, Status.ALERT, "satisfaction", WIFI, target="4.1"),
        measured(4.4, Status.MET, "satisfaction", RESEARCHERS, target="4.1"),
        measured(4.0, Status.ALERT, "satisfaction", Scope(segment="visitors"), target="4.1"),
    ]
    earlier = [
        measured(
            float(m.value) - 1 + index / 10, Status.MET, m.indicator, m.scope, quarter=NOW.shift(index - 7)
        )
        for m in last
        if m.value is not None
        for index in range(7)
    ]
    return (*earlier, *last)


@cache
def results() -> Results:
    """What the base case measures, with its charts. The segment 'visitors' is not in its catalogue."""
    kept = tuple(m for m in _all() if m.scope.segment in ("", "researchers"))
    bare = Results(
        measurements=Measurements(kept, MappingProxyType(INDICATORS), NOW.latest(8)),
        quarter=NOW,
        files=(SourceFile("tickets", "tickets-2026.csv", "0123456789abcdef" * 4, 1043),),
        roles=MappingProxyType({"tickets": Role.REQUESTS, "survey": Role.SURVEYS}),
    )
    return with_charts(bare)


def with_charts(bare: Results) -> Results:
    """The same with every chart drawn."""
    catalogue = base_catalogue()
    charts = draw_all(site_specs(catalogue, bare), style_of(catalogue))
    return Results(bare.measurements, bare.quarter, bare.files, bare.left_out, bare.roles, charts)
