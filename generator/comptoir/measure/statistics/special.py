"""Incomplete beta and gamma functions: parameters and a point in, the two tails out.

Both tails are given, each to about 1e-13 of itself, because 1 − p loses the digits of a small tail.
Continued fractions by Lentz's method (Press et al., Numerical Recipes, 3rd ed., 6.2 and 6.4); what stands before
them by the saddle-point expansion of C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000),
which keeps its digits for counts in the millions, where differences of log-gamma do not.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

_TINY: Final = 1e-300
_EPSILON: Final = 1e-16
_HALF_LOG_2PI: Final = 0.5 * math.log(2 * math.pi)


class Tails(NamedTuple):
    """Probability up to a point and beyond it; they add up to 1."""

    lower: float
    upper: float


def beta_tails(a: float, b: float, x: float, y: float) -> Tails:
    """Regularised incomplete beta function I_x(a, b) and its complement.

    `a`, `b` > 0; `x` in [0, 1], and `y` is 1 − x as exactly as the caller knows it.
    Raises ArithmeticError when the fraction does not converge (parameters beyond about 1e12).
    """
    if x <= 0:
        return Tails(0.0, 1.0)
    if y <= 0:
        return Tails(1.0, 0.0)
    if x <= (a + 1) / (a + b + 2):
        lower = _beta_fraction(a, b, x, y)
        return Tails(lower, 1 - lower)
    upper = _beta_fraction(b, a, y, x)
    return Tails(1 - upper, upper)


def gamma_tails(a: float, x: float) -> Tails:
    """Regularised incomplete gamma functions P(a, x) and Q(a, x), for `a` > 0.

    Raises ArithmeticError when neither series nor fraction converges (parameters beyond about 1e12).
    """
    if x <= 0:
        return Tails(0.0, 1.0)
    if x < a + 1:
        lower = _gamma_series(a, x)
        return Tails(lower, 1 - lower)
    upper = _gamma_fraction(a, x)
    return Tails(1 - upper, upper)


def binomial_density(successes: float, failures: float, p: float, q: float) -> float:
    """Γ(n+1) ∕ (Γ(s+1) Γ(f+1)) · p^s q^f with n = s + f, for positive real `successes` and `failures`."""
    n = successes + failures
    exponent = (
        _stirling_error(n)
        - _stirling_error(successes)
        - _stirling_error(failures)
        - _deviance(successes, n * p)
        - _deviance(failures, n * q)
    )
    return math.exp(exponent) * math.sqrt(n / (2 * math.pi * successes * failures))


def poisson_density(a: float, x: float) -> float:
    """x^a e^−x ∕ Γ(a+1), for positive real `a` and `x`."""
    return math.exp(-_stirling_error(a) - _deviance(a, x)) / math.sqrt(2 * math.pi * a)


def _beta_fraction(a: float, b: float, x: float, y: float) -> float:
    """I_x(a, b) where x is below the mean, so that the fraction converges in about √max(a, b) steps.

    The fraction of Didonato & Morris (1992, equation 9): a·y − b·x keeps its digits where x is near 1.
    """
    front = a * b / (a + b) * binomial_density(a, b, x, y)
    slack = a * y - b * x + 1
    value = c = _away_from_zero(a * slack / (a + 1))
    d = 0.0
    for m in range(1, _steps(max(a, b))):
        middle = a + 2 * m - 1
        above = (a + m - 1) * (a + b + m - 1) / middle * m * (b - m) / middle * x * x
        below = m + m * (b - m) * x / middle + (a + m) * (slack + m * (1 + y)) / (middle + 2)
        d = 1 / _away_from_zero(below + above * d)
        c = _away_from_zero(below + above / c)
        value *= c * d
        if abs(c * d - 1) <= 4 * _EPSILON:
            return min(front / value, 1.0)
    raise ArithmeticError(f"the incomplete beta function did not converge for ({a}, {b}, {x})")


def _gamma_series(a: float, x: float) -> float:
    term = total = 1.0
    for n in range(1, _steps(a)):
        term *= x / (a + n)
        total += term
        if term <= _EPSILON * total:
            return min(poisson_density(a, x) * total, 1.0)
    raise ArithmeticError(f"the incomplete gamma function did not converge for ({a}, {x})")


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _away_from_zero(b)
    value = d
    for n in range(1, _steps(a)):
        coefficient = -n * (n - a)
        b += 2
        d = 1 / _away_from_zero(coefficient * d + b)
        c = _away_from_zero(b + coefficient / c)
        value *= c * d
        if abs(c * d - 1) <= 4 * _EPSILON:
            return min(a * poisson_density(a, x) * value, 1.0)
    raise ArithmeticError(f"the incomplete gamma function did not converge for ({a}, {x})")


def _steps(parameter: float) -> int:
    return min(1_000 + 20 * math.isqrt(int(parameter)), 20_000_000)


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _stirling_error(n: float) -> float:
    """ln Γ(n+1) minus Stirling's approximation √(2πn) (n∕e)^n."""
    if n < 15:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - _HALF_LOG_2PI
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """x ln(x ∕ mean) + mean − x, without cancellation where x is near the mean."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * math.log(x / mean) + mean - x
    v = (x - mean) / (x + mean)
    total, term, j = (x - mean) * v, 2 * x * v, 1
    while True:
        term *= v * v
        following = total + term / (2 * j + 1)
        if following == total:
            return total
        total, j = following, j + 1
