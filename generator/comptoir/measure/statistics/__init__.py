"""Statistics: counts, sums or values of one indicator in, estimates with intervals and comparisons out.

Every function is pure and exact (`Fraction`) up to the interval or the test, which are floats. A level is a share:
0.95 for 95 %. Nothing here knows what an indicator means or how a number is written.
"""

from comptoir.measure.statistics.changes import (
    Change,
    ChangeDirection,
    Method,
    compare_means,
    compare_nps,
    compare_proportions,
)
from comptoir.measure.statistics.means import Mean, estimate_mean, mean_from_sums
from comptoir.measure.statistics.numbers import Interval, Number, exact
from comptoir.measure.statistics.promoters import NetPromoterScore, count_promoters, estimate_nps, widest_nps
from comptoir.measure.statistics.proportions import Proportion, estimate_proportion
from comptoir.measure.statistics.quantiles import Quantile, Ranks, estimate_quantile, quantile_ranks
from comptoir.measure.statistics.rates import Rate, estimate_rate

__all__ = [
    "Change",
    "ChangeDirection",
    "Interval",
    "Mean",
    "Method",
    "NetPromoterScore",
    "Number",
    "Proportion",
    "Quantile",
    "Ranks",
    "Rate",
    "compare_means",
    "compare_nps",
    "compare_proportions",
    "count_promoters",
    "estimate_mean",
    "estimate_nps",
    "estimate_proportion",
    "estimate_quantile",
    "estimate_rate",
    "exact",
    "mean_from_sums",
    "quantile_ranks",
    "widest_nps",
]
