"""Keys of definitions: an indicator in, the keys that its kind needs and lacks, or has no use for, out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.terms import OverTime
from comptoir.problems import Problem, suggest

_NEEDS: Final[Mapping[IndicatorKind, tuple[str, ...]]] = MappingProxyType(
    {
        IndicatorKind.SUM: ("value",),
        IndicatorKind.RATIO: ("numerator",),
        IndicatorKind.MEAN: ("value",),
        IndicatorKind.QUANTILE: ("value", "quantile"),
        IndicatorKind.NPS: ("value",),
        IndicatorKind.RATE: ("numerator",),
        IndicatorKind.WITHIN_TARGET: ("metric",),
        IndicatorKind.DISTINCT: ("value",),
    }
)
_USES: Final[Mapping[IndicatorKind, frozenset[str]]] = MappingProxyType(
    {
        IndicatorKind.COUNT: frozenset(),
        IndicatorKind.SUM: frozenset({"value", "over_time"}),
        IndicatorKind.RATIO: frozenset({"numerator", "denominator", "counts", "scale"}),
        IndicatorKind.MEAN: frozenset({"value", "scale"}),
        IndicatorKind.QUANTILE: frozenset({"value", "quantile", "scale"}),
        IndicatorKind.NPS: frozenset({"value"}),
        IndicatorKind.RATE: frozenset({"numerator", "denominator", "counts"}),
        IndicatorKind.AVAILABILITY: frozenset({"numerator"}),
        IndicatorKind.WITHIN_TARGET: frozenset({"metric", "priority", "request_item"}),
        IndicatorKind.COVERAGE: frozenset({"numerator", "denominator"}),
        IndicatorKind.DISTINCT: frozenset({"value"}),
        IndicatorKind.GROWTH: frozenset({"value"}),
    }
)
_KNOWN: Final = tuple(dict.fromkeys(key for keys in _USES.values() for key in sorted(keys)))


def counted_once(indicator: Indicator) -> str:
    """The name of what counts once however often it stands there: 'v' for values, 'day' for days; '' for none."""
    if indicator.kind is IndicatorKind.DISTINCT:
        return "v"
    return "day" if indicator.over_time is OverTime.MEAN else ""


def check_keys(indicator: Indicator) -> list[Problem]:
    """Keys that the kind needs, and those that mean nothing to it."""
    kind = indicator.kind
    missing = [key for key in _NEEDS.get(kind, ()) if getattr(indicator, key) is None]
    problems = [
        Problem(indicator.locate("kind"), "indicator-keys", f"the kind '{kind}' needs the key '{key}'")
        for key in missing
    ]
    idle = [key for key in _KNOWN if getattr(indicator, key) is not None and key not in _USES[kind]]
    problems += [
        Problem(
            indicator.locate(key, key=True),
            "indicator-keys",
            f"the kind '{kind}' has no use for the key '{key}'",
            suggest(key, _USES[kind]),
        )
        for key in idle
    ]
    return problems
