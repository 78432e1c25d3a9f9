"""Early-warning signals: what is known of each client, and rules, in; the clients at risk, with reasons, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.measure.statistics import exact
from comptoir.model.terms import SignalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRule:
    """When a signal is given: `threshold` reached within `window` days.

    The threshold is a number of subscriptions or complaints; a share of growth of calls or of fall of use (0.25 for
    25 %); points of fall of satisfaction. `minimum` is the number of calls, complaints, answers… in the window
    below which nothing is said. Raises ValueError for a threshold that is not positive, or a window or minimum
    below 1.
    """

    kind: SignalKind
    threshold: Decimal | Fraction
    window: int
    minimum: int = 1

    def __post_init__(self) -> None:
        if self.threshold <= 0 or self.window < 1 or self.minimum < 1:
            raise ValueError(
                f"{self.kind}: a threshold is above 0, a window and a minimum from 1: "
                f"{self.threshold}, {self.window}, {self.minimum}"
            )


@dataclass(frozen=True, slots=True)
class Subscription:
    """A contract or subscription to a service, its last day, and whether it goes on after it."""

    service: str
    ends_on: date
    is_renewed: bool


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value known on a day: users or volume of a month, or the score of an answer."""

    day: date
    value: Decimal | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """What is known of a client; what is not known is left empty, and gives no signal."""

    client: str
    subscriptions: tuple[Subscription, ...] = ()
    calls: tuple[date, ...] = ()
    complaints: tuple[date, ...] = ()
    use: tuple[DatedValue, ...] = ()
    satisfaction: tuple[DatedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalReason:
    """Why a client is at risk: the rule, what it measured, and the values now and in the window before.

    `measured` is in the unit of the rule's threshold; none for calls that rise from nothing. `before` is none where
    the rule looks at one window only. `services` are those not renewed, by name.
    """

    rule: SignalRule
    measured: Fraction | None
    now: Fraction
    before: Fraction | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule measured of a client, and whether that is a signal; the values are those of a `SignalReason`.

    None is what is not known, or what cannot be divided.
    """

    rule: SignalRule
    is_signal: bool
    measured: Fraction | None
    now: Fraction | None
    before: Fraction | None = None
    services: tuple[str, ...] = ()

    @property
    def reason(self) -> SignalReason | None:
        """Why the client is at risk, if the rule says so."""
        if not self.is_signal or self.now is None:
            return None
        return SignalReason(self.rule, self.measured, self.now, self.before, self.services)


@dataclass(frozen=True, slots=True)
class ClientAtRisk:
    """A client with its reasons, in the order of the rules."""

    client: str
    reasons: tuple[SignalReason, ...]


def find_clients_at_risk(
    clients: Iterable[ClientFacts], rules: Sequence[SignalRule], on: date
) -> tuple[ClientAtRisk, ...]:
    """The clients with at least one signal at the end of `on`; those with most reasons first, then by name.

    The window of a rule is the `window` days that end with `on`; the window before is the as many days before
    those. What is dated after `on` is not known yet, except the end of a subscription. Source: docs/methods.md,
    Signs of leaving; decision 0006.
    """
    found = []
    for facts in clients:
        reasons = tuple(reason for rule in rules if (reason := try_rule(facts, rule, on).reason))
        if reasons:
            found.append(ClientAtRisk(facts.client, reasons))
    return tuple(sorted(found, key=lambda risk: (-len(risk.reasons), risk.client)))


def try_rule(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """What a rule measures of a client at the end of `on`."""
    return _TESTS[rule.kind](facts, rule, on)


def _find_not_renewed(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """Subscriptions that end within the window before or after `on` and are not renewed, at least the threshold."""
    near = timedelta(days=rule.window)
    ending = [s for s in facts.subscriptions if not s.is_renewed and abs(s.ends_on - on) <= near]
    count = Fraction(len(ending))
    is_signal = len(ending) >= rule.minimum and count >= exact(rule.threshold)
    return Trial(rule, is_signal, count, count, services=tuple(sorted({s.service for s in ending})))


def _find_rising_calls(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """(calls now − before) ∕ before at least the threshold; from nothing, any number that reaches the minimum."""
    now, before = _count(facts.calls, rule, on), _count(facts.calls, rule, _window_before(rule, on))
    growth = Fraction(now - before, before) if before else None
    enough = growth is None or growth >= exact(rule.threshold)
    is_signal = now >= rule.minimum and now > before and enough
    return Trial(rule, is_signal, growth, Fraction(now), Fraction(before))


def _find_complaints(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """At least the threshold of complaints in the window."""
    count = _count(facts.complaints, rule, on)
    is_signal = count >= rule.minimum and count >= exact(rule.threshold)
    return Trial(rule, is_signal, Fraction(count), Fraction(count))


def _find_falling_use(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """(mean use before − now) ∕ before at least the threshold."""
    now, before = _mean(facts.use, rule, on), _mean(facts.use, rule, _window_before(rule, on))
    fall = None if now is None or before is None or before <= 0 else (before - now) / before
    return Trial(rule, fall is not None and fall >= exact(rule.threshold), fall, now, before)


def _find_falling_satisfaction(facts: ClientFacts, rule: SignalRule, on: date) -> Trial:
    """Mean score before − now at least the threshold, in points of the scale."""
    now = _mean(facts.satisfaction, rule, on)
    before = _mean(facts.satisfaction, rule, _window_before(rule, on))
    fall = None if now is None or before is None else before - now
    return Trial(rule, fall is not None and fall >= exact(rule.threshold), fall, now, before)


def _window_before(rule: SignalRule, on: date) -> date:
    return on - timedelta(days=rule.window)


def _count(days: Iterable[date], rule: SignalRule, end: date) -> int:
    start = _window_before(rule, end)
    return sum(start < day <= end for day in days)


def _mean(readings: Iterable[DatedValue], rule: SignalRule, end: date) -> Fraction | None:
    """The mean of the window that ends with `end`; none below the minimum of readings: unknown is not zero."""
    start = _window_before(rule, end)
    values = [exact(reading.value) for reading in readings if start < reading.day <= end]
    return sum(values, Fraction(0)) / len(values) if len(values) >= rule.minimum else None


_TESTS: Final[Mapping[SignalKind, Callable[[ClientFacts, SignalRule, date], Trial]]] = MappingProxyType(
    {
        SignalKind.NOT_RENEWED: _find_not_renewed,
        SignalKind.RISING_CALLS: _find_rising_calls,
        SignalKind.REPEATED_COMPLAINTS: _find_complaints,
        SignalKind.FALLING_USE: _find_falling_use,
        SignalKind.FALLING_SATISFACTION: _find_falling_satisfaction,
    }
)
