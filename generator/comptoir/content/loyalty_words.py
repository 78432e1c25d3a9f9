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
from comptoir.measure.shown import round_half_even
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Customers, SignalKind, Weight
from comptoir.wording import FIXED, N_, Language

PROFITABILITY: Final[Mapping[Profitability, str]] = MappingProxyType(
    {
        Profitability.VERY: N_("très rentable"),
        Profitability.WEAKLY: N_("peu rentable"),
        Profitability.UNPROFITABLE: N_("non rentable"),
    }
)
QUADRANT: Final[Mapping[LoyaltyKind, str]] = MappingProxyType(
    {
        LoyaltyKind.LOYAL: N_("Fidèles"),
        LoyaltyKind.CAPTIVE: N_("Captifs"),
        LoyaltyKind.DRIFTING: N_("S’éloignent"),
        LoyaltyKind.LEAVING: N_("Sur le départ"),
    }
)
ADVICE: Final[Mapping[Advice, str]] = MappingProxyType(
    {
        Advice.PROMOTE: N_("à promouvoir"),
        Advice.KEEP: N_("à maintenir"),
        Advice.RETIRE: N_("à retirer"),
        Advice.RECLASSIFY: N_("à déclarer mûr"),
    }
)
DIVERGENCES: Final[Mapping[DivergenceKind, str]] = MappingProxyType(
    {
        DivergenceKind.SMALL_BUT_VALUABLE: N_(
            "{name} pèse peu ({share}, classe {abc}) et vaut beaucoup : {value}."
        ),
        DivergenceKind.LARGE_BUT_WEAK: N_("{name} pèse lourd ({share}, classe {abc}) et vaut peu : {value}."),
        DivergenceKind.COSTS_MONEY: N_(
            "{name} pèse {share} (classe {abc}) et nous coûte de l’argent : {value}."
        ),
    }
)
OWN_DIVERGENCES: Final[Mapping[DivergenceKind, str]] = MappingProxyType(
    {
        DivergenceKind.SMALL_BUT_VALUABLE: N_("{name} pèse peu (classe {abc}) et vaut beaucoup : {value}."),
        DivergenceKind.LARGE_BUT_WEAK: N_("{name} pèse lourd (classe {abc}) et vaut peu : {value}."),
        DivergenceKind.COSTS_MONEY: N_("{name} (classe {abc}) nous coûte de l’argent : {value}."),
    }
)
"""The same where the reader may not learn the total of all clients: an amount and its share would give it away."""
SIGNALS: Final[Mapping[SignalKind, str]] = MappingProxyType(
    {
        SignalKind.NOT_RENEWED: N_("abonnements non renouvelés"),
        SignalKind.RISING_CALLS: N_("demandes au support en hausse"),
        SignalKind.REPEATED_COMPLAINTS: N_("réclamations répétées"),
        SignalKind.FALLING_USE: N_("usage en baisse"),
        SignalKind.FALLING_SATISFACTION: N_("satisfaction en baisse"),
    }
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How loyalty is spoken of: the catalogue that gives names and currency, and the language."""

    catalogue: Catalogue
    language: Language

    def say(self, message: str, **values: str) -> str:
        """The interface string with its values."""
        return self.language.say(message, **values)

    def count(self, n: int, one: str, many: str, **values: str) -> str:
        """The sentence for `n` of something, which it calls {n}."""
        return self.language.count(n, one, many, **values)

    def names(self, kind: str, ids: Iterable[str]) -> str:
        """The names of clients, services or segments as a phrase."""
        return self.language.named([self.name(kind, one) for one in ids])

    def chosen(self, how: str, shown: int, total: int) -> str:
        """How a chart chose the clients that it shows, '' where it shows all: `how` is a message with {n}."""
        if shown >= total:
            return ""
        return self.say("{how}, sur {all}.", how=self.say(how, n=self.number(shown)), all=self.number(total))

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
        return self.language.in_turn(parts)

    def number(self, value: Fraction | int, decimals: int = 0) -> str:
        """A number with so many decimals."""
        return self.language.fixed(round_half_even(value, decimals), decimals).replace("-", "−")

    def share(self, value: Fraction | None, decimals: int = 0, signed: bool = False) -> str:
        """A share as a percentage; '–' where there is none."""
        if value is None:
            return "–"
        sign = "+" if signed and value > 0 else ""
        return self.language.percent(f"{sign}{self.number(value * 100, decimals)}")

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
                pair = N_("chiffre d’affaires") if is_external else N_("montants facturés")
            case Weight.VOLUME:
                pair = N_("volumes")
            case Weight.USERS:
                pair = N_("utilisateurs, en moyenne par mois")
        return self.say(pair)

    def reason(self, reason: SignalReason) -> str:
        """Why a client is at risk, with its numbers: what was seen, and what was seen before."""
        days = self.number(reason.rule.window)
        now = int(reason.now)
        match reason.rule.kind:
            case SignalKind.NOT_RENEWED:
                services = self.names("service", reason.services)
                return self.count(
                    now,
                    "{n} abonnement non renouvelé ({services})",
                    "{n} abonnements non renouvelés ({services})",
                    services=services,
                )
            case SignalKind.REPEATED_COMPLAINTS:
                return self.count(
                    now,
                    "{n} réclamation en {days} jours",
                    "{n} réclamations en {days} jours",
                    days=days,
                )
            case SignalKind.RISING_CALLS:
                before = int(reason.before or 0)
                return self.count(
                    now,
                    "{n} demande au support, contre {before} avant",
                    "{n} demandes au support, contre {before} avant",
                    before=self.number(before),
                )
            case SignalKind.FALLING_USE:
                fall = self.share(reason.measured)
                return self.say("usage en baisse de {fall}", fall=fall)
            case SignalKind.FALLING_SATISFACTION:
                scores = {"before": self.number(reason.before or 0, 2), "now": self.number(reason.now, 2)}
                return self.say(
                    "satisfaction passée de {before} à {now}",
                    **scores,
                )
