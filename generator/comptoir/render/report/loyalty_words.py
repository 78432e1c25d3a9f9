"""The words of loyalty: a catalogue, a language and the analyses of a quarter in; names, amounts and reasons as text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.coverage import Advice
from comptoir.analysis.divergence import DivergenceKind
from comptoir.analysis.profitability import Profitability
from comptoir.analysis.quadrant import LoyaltyKind
from comptoir.analysis.signals import SignalReason
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Customers, SignalKind, Weight
from comptoir.render.labels import Pair
from comptoir.render.measure_words import round_half_even
from comptoir.text import FIXED, THIN, Language

PROFITABILITY: Final[Mapping[Profitability, Pair]] = MappingProxyType(
    {
        Profitability.VERY: ("très rentable", "very profitable"),
        Profitability.WEAKLY: ("peu rentable", "weakly profitable"),
        Profitability.UNPROFITABLE: ("non rentable", "unprofitable"),
    }
)
QUADRANT: Final[Mapping[LoyaltyKind, Pair]] = MappingProxyType(
    {
        LoyaltyKind.LOYAL: ("Fidèles", "Loyal"),
        LoyaltyKind.CAPTIVE: ("Captifs", "Captive"),
        LoyaltyKind.DRIFTING: ("S’éloignent", "Drifting away"),
        LoyaltyKind.LEAVING: ("Sur le départ", "Leaving"),
    }
)
ADVICE: Final[Mapping[Advice, Pair]] = MappingProxyType(
    {
        Advice.PROMOTE: ("à promouvoir", "to promote"),
        Advice.KEEP: ("à maintenir", "to keep"),
        Advice.RETIRE: ("à retirer", "to retire"),
        Advice.RECLASSIFY: ("à déclarer mûr", "to declare mature"),
    }
)
DIVERGENCES: Final[Mapping[DivergenceKind, Pair]] = MappingProxyType(
    {
        DivergenceKind.SMALL_BUT_VALUABLE: (
            "{name} pèse peu ({share}, classe {abc}) et vaut beaucoup : {value}.",
            "{name} weighs little ({share}, class {abc}) and is worth much: {value}.",
        ),
        DivergenceKind.LARGE_BUT_WEAK: (
            "{name} pèse lourd ({share}, classe {abc}) et vaut peu : {value}.",
            "{name} weighs much ({share}, class {abc}) and is worth little: {value}.",
        ),
        DivergenceKind.COSTS_MONEY: (
            "{name} pèse {share} (classe {abc}) et nous coûte de l’argent : {value}.",
            "{name} weighs {share} (class {abc}) and costs us money: {value}.",
        ),
    }
)
OWN_DIVERGENCES: Final[Mapping[DivergenceKind, Pair]] = MappingProxyType(
    {
        DivergenceKind.SMALL_BUT_VALUABLE: (
            "{name} pèse peu (classe {abc}) et vaut beaucoup : {value}.",
            "{name} weighs little (class {abc}) and is worth much: {value}.",
        ),
        DivergenceKind.LARGE_BUT_WEAK: (
            "{name} pèse lourd (classe {abc}) et vaut peu : {value}.",
            "{name} weighs much (class {abc}) and is worth little: {value}.",
        ),
        DivergenceKind.COSTS_MONEY: (
            "{name} (classe {abc}) nous coûte de l’argent : {value}.",
            "{name} (class {abc}) costs us money: {value}.",
        ),
    }
)
"""The same where the reader may not learn the total of all clients: an amount and its share would give it away."""
SIGNALS: Final[Mapping[SignalKind, Pair]] = MappingProxyType(
    {
        SignalKind.NOT_RENEWED: ("abonnements non renouvelés", "subscriptions not renewed"),
        SignalKind.RISING_CALLS: ("demandes au support en hausse", "rising requests to support"),
        SignalKind.REPEATED_COMPLAINTS: ("réclamations répétées", "repeated complaints"),
        SignalKind.FALLING_USE: ("usage en baisse", "falling use"),
        SignalKind.FALLING_SATISFACTION: ("satisfaction en baisse", "falling satisfaction"),
    }
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How loyalty is spoken of: the catalogue that gives names and currency, and the language."""

    catalogue: Catalogue
    language: Language

    def pick(self, pair: Pair, **values: str) -> str:
        """The French or the English of a pair, with its values and its typography."""
        text = pair[0] if self.language.code == "fr" else pair[1]
        return self.language.typeset(text.format(**values))

    def count(self, n: int, one: Pair, many: Pair, **values: str) -> str:
        """The sentence for `n` of something, which it calls {n}: none is singular in French, plural in English."""
        is_one = n < 2 if self.language.code == "fr" else n == 1
        return self.pick(one if is_one else many, n=self.language.number(n), **values)

    def names(self, kind: str, ids: Iterable[str]) -> str:
        """The names of clients, services or segments as a phrase."""
        return self.language.list_of(tuple(self.name(kind, one) for one in ids))

    def name(self, kind: str, identifier: str) -> str:
        """The name of a client, service or segment; its identifier where the catalogue has none."""
        entity = self.catalogue.of_kind(kind).get(identifier)
        return (
            self.language.typeset(entity.name.in_language(self.language.code))  # type: ignore[attr-defined]
            if entity is not None
            else identifier
        )

    def followed(self, name: str) -> str:
        """Who is followed from quarter to quarter: a client, or its subscription to a service."""
        client, _, service = name.partition("/")
        called = self.name("client", client)
        if not service:
            return called
        return f"{called}{FIXED}({self.name('service', service)})"

    def together(self, parts: Iterable[str]) -> str:
        """Several things said one after the other: 'un ; deux'."""
        return self.language.typeset((" ; " if self.language.code == "fr" else "; ").join(parts))

    def number(self, value: Fraction | int, decimals: int = 0) -> str:
        """A number with so many decimals."""
        return self.language.fixed(round_half_even(value, decimals), decimals).replace("-", "−")

    def share(self, value: Fraction | None, decimals: int = 0, signed: bool = False) -> str:
        """A share as a percentage; '–' where there is none."""
        if value is None:
            return "–"
        sign = "+" if signed and value > 0 else ""
        return f"{sign}{self.number(value * 100, decimals)}" + (
            f"{THIN}%" if self.language.code == "fr" else "%"
        )

    def money(self, value: Fraction, decimals: int = 0) -> str:
        """An amount in the organisation's currency."""
        currency = self.catalogue.organisation.currency
        return self.language.money(round_half_even(value, decimals), currency).replace("-", "−")

    def weighed(self, analyses: Analyses, value: Fraction) -> str:
        """What a client weighs, with its unit where it is money."""
        return self.money(value) if analyses.weight is Weight.REVENUE else self.number(value)

    def weight_name(self, analyses: Analyses) -> str:
        """What clients are weighed by."""
        match analyses.weight:
            case Weight.REVENUE:
                is_external = analyses.settings.customers is Customers.EXTERNAL
                pair = ("chiffre d’affaires", "revenue") if is_external else ("montants facturés", "charges")
            case Weight.VOLUME:
                pair = ("volumes", "volumes")
            case Weight.USERS:
                pair = ("utilisateurs, en moyenne par mois", "users, monthly mean")
        return self.pick(pair)

    def reason(self, reason: SignalReason) -> str:
        """Why a client is at risk, with its numbers: what was seen, and what was seen before."""
        days = self.number(reason.rule.window)
        now = int(reason.now)
        match reason.rule.kind:
            case SignalKind.NOT_RENEWED:
                services = self.names("service", reason.services)
                return self.count(
                    now,
                    (
                        "{n} abonnement non renouvelé ({services})",
                        "{n} subscription not renewed ({services})",
                    ),
                    (
                        "{n} abonnements non renouvelés ({services})",
                        "{n} subscriptions not renewed ({services})",
                    ),
                    services=services,
                )
            case SignalKind.REPEATED_COMPLAINTS:
                return self.count(
                    now,
                    ("{n} réclamation en {days} jours", "{n} complaint in {days} days"),
                    ("{n} réclamations en {days} jours", "{n} complaints in {days} days"),
                    days=days,
                )
            case SignalKind.RISING_CALLS:
                before = int(reason.before or 0)
                return self.count(
                    now,
                    (
                        "{n} demande au support, contre {before} avant",
                        "{n} request to support, {before} before",
                    ),
                    (
                        "{n} demandes au support, contre {before} avant",
                        "{n} requests to support, {before} before",
                    ),
                    before=self.number(before),
                )
            case SignalKind.FALLING_USE:
                fall = self.share(reason.measured)
                return self.pick(("usage en baisse de {fall}", "use down by {fall}"), fall=fall)
            case SignalKind.FALLING_SATISFACTION:
                scores = {"before": self.number(reason.before or 0, 2), "now": self.number(reason.now, 2)}
                return self.pick(
                    ("satisfaction passée de {before} à {now}", "satisfaction from {before} to {now}"),
                    **scores,
                )
