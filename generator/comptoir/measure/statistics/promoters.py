"""Net promoter score: answers from 0 to 10 in, % promoters minus % detractors with its interval out.

Interval and comparison are the adjusted Wald method that B. Rocks found best ("Interval Estimation for the 'Net
Promoter Score'", The American Statistician 70, 2016), as J. Lewis and J. Sauro give it (MeasuringU, 2021): three
pseudo-answers are added, ¾ of one to promoters, ¾ to detractors and 1½ to passives. It is the same idea as Bonett &
Price's for differences of proportions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from comptoir.measure.statistics.distributions import normal_critical
from comptoir.measure.statistics.numbers import LEVEL, Interval, Number, check_count, check_level, exact

PSEUDO_ANSWERS: Final = 3
PSEUDO_EXTREME: Final = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class NetPromoterScore:
    """`value` and `interval` in points from −100 to 100; none without answers."""

    promoters: int
    passives: int
    detractors: int
    value: Fraction | None
    interval: Interval | None

    @property
    def n(self) -> int:
        """Number of answers."""
        return self.promoters + self.passives + self.detractors


def count_promoters(answers: Iterable[Number]) -> tuple[int, int, int]:
    """Promoters (9–10), passives (7–8) and detractors (0–6) among `answers`.

    Raises ValueError for an answer that is not one of the whole numbers from 0 to 10.
    """
    promoters = passives = detractors = 0
    for answer in answers:
        score = exact(answer)
        if score.denominator != 1 or not 0 <= score <= 10:
            raise ValueError(f"an answer is a whole number from 0 to 10, not {answer}")
        promoters += score >= 9
        passives += 7 <= score <= 8
        detractors += score <= 6
    return promoters, passives, detractors


def widest_nps(n: int, difference: int) -> NetPromoterScore:
    """The score of `n` answers with `difference` more promoters than detractors, when nobody or one person is passive.

    Of all answers that give this score, these vary most: their interval is the widest, and tells nothing but the score.
    """
    passives = (n - difference) % 2
    promoters = (n - passives + difference) // 2
    return estimate_nps(promoters, passives, promoters - difference)


def estimate_nps(promoters: int, passives: int, detractors: int, level: float = LEVEL) -> NetPromoterScore:
    """100 · (promoters − detractors) ∕ n points, with the adjusted Wald interval, cut at −100 and 100.

    p⁺ = (promoters + ¾) ∕ (n + 3), p⁻ = (detractors + ¾) ∕ (n + 3);
    p⁺ − p⁻ ± z √((p⁺ + p⁻ − (p⁺ − p⁻)²) ∕ (n + 3)). The interval is centred on the adjusted score.
    Raises ValueError for a negative count or a level outside 0 to 1.
    """
    for name, count in (("promoters", promoters), ("passives", passives), ("detractors", detractors)):
        check_count(name, count)
    check_level(level)
    n = promoters + passives + detractors
    if n == 0:
        return NetPromoterScore(0, 0, 0, None, None)
    centre, square_error = adjusted_score(promoters, detractors, n)
    half = normal_critical(level) * math.sqrt(square_error)
    low, high = 100 * max(-1.0, float(centre) - half), 100 * min(1.0, float(centre) + half)
    value = Fraction(100 * (promoters - detractors), n)
    return NetPromoterScore(promoters, passives, detractors, value, Interval(low, high, level))


def adjusted_score(promoters: int, detractors: int, n: int) -> tuple[Fraction, Fraction]:
    """The score with its pseudo-answers, from −1 to 1, and the square of its standard error."""
    size = n + PSEUDO_ANSWERS
    up, down = (promoters + PSEUDO_EXTREME) / size, (detractors + PSEUDO_EXTREME) / size
    return up - down, (up + down - (up - down) ** 2) / size
