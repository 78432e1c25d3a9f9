"""Facts in words: each kind agrees with its numbers, up or down, in both languages, with their typography."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from comptoir.analysis.facts import Fact, FactKind
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.content.report.facts import fact_content
from comptoir.content.report.sections import ReportContext
from comptoir.measure.control import ControlLimits
from comptoir.measure.types import Scope, Status
from comptoir.wording import language

from ..measured import FIXED, NOW, THIN, WIFI, compared, measured, results
from ..samples import TODAY, base_catalogue

LIMITS = ControlLimits(Fraction(92), Fraction(1), Fraction(90), Fraction(94), 8, ())


def told(fact: Fact, code: str) -> tuple[str, str, str]:
    site = Edition(base_catalogue(), language(code), TODAY, results())
    context = ReportContext(site, replace(results(), is_narrowest=True))
    content = fact_content(context, fact)
    assert content.url == Ref("indicator", fact.measurement.indicator)
    return content.name, content.sentence, content.tone


@pytest.mark.parametrize(
    ("fact", "french", "english", "tone"),
    [
        (
            Fact(FactKind.TARGET_LOST, measured(89, Status.MISSED, "restored", previous=compared(91, 89, 0.3))),
            f"L’objectif n’est plus tenu : 89,0{THIN}%, pour un objectif d’au moins 90{THIN}% "
            f"(contre 91,0{THIN}%, ce que le hasard suffirait à expliquer).",
            "The target is no longer met: 89.0%, against a target of at least 90% "
            "(against 91.0%, which chance would be enough to explain).",
            "worse",
        ),
        (
            Fact(FactKind.TARGET_REACHED, measured(92, name="restored", previous=compared(91, 92, 0.01))),
            f"L’objectif est désormais tenu : 92,0{THIN}%, pour un objectif d’au moins 90{THIN}%, "
            f"en hausse de 1,0{FIXED}point.",
            "The target is now met: 92.0%, against a target of at least 90%, up 1.0\u00a0point.",
            "better",
        ),
        (
            Fact(FactKind.TARGET_REACHED, measured(92, name="restored")),
            f"L’objectif est désormais tenu : 92,0{THIN}%, pour un objectif d’au moins 90{THIN}%.",
            "The target is now met: 92.0%, against a target of at least 90%.",
            "better",
        ),
        (
            Fact(FactKind.WORSE, measured(92, name="restored", previous=compared(95, 92, 0.01))),
            f"Le résultat recule, en baisse de 3,0{FIXED}points, à 92,0{THIN}%.",
            f"The result is slipping, down 3.0{FIXED}points, at 92.0%.",
            "worse",
        ),
        (
            Fact(FactKind.BETTER, measured(98, name="restored", previous=compared(95, 98, 0.01))),
            f"Le résultat progresse, en hausse de 3,0{FIXED}points, à 98,0{THIN}%.",
            f"The result is improving, up 3.0{FIXED}points, at 98.0%.",
            "better",
        ),
        (
            Fact(FactKind.CHANGED, measured(98, name="restored", previous=compared(95, 98, 0.01))),
            f"En hausse de 3,0{FIXED}points depuis le trimestre précédent, à 98,0{THIN}%.",
            f"Up 3.0{FIXED}points since the quarter before, at 98.0%.",
            "",
        ),
        (
            Fact(FactKind.OUTSIDE, measured(95, name="restored", control=LIMITS)),
            f"95,0{THIN}%, hors de sa variation ordinaire (de 90,0 à 94,0{THIN}%) : une cause particulière est à chercher.",
            "95.0%, outside its ordinary variation (90.0 to 94.0%): look for a particular cause.",
            "",
        ),
        (
            Fact(
                FactKind.GAP,
                measured(None, Status.MISSING, "restored"),
                measured(91, name="restored", quarter=NOW.previous),
            ),
            f"Pas de mesure ce trimestre, contre 91,0{THIN}% au T2 2026.",
            "No measurement this quarter; 91.0% in Q2 2026.",
            "",
        ),
    ],
)  # fmt: skip
def test_facts(fact: Fact, french: str, english: str, tone: str) -> None:
    spaced = french.replace(" :", f"{FIXED}:")
    assert told(fact, "fr")[1:] in ((french, tone), (spaced, tone))
    assert told(fact, "en")[1:] == (english, tone)


def test_a_watermelon_names_its_service_and_what_it_keeps() -> None:
    said = measured(3.1, Status.MISSED, "satisfaction", WIFI, target="4.1")
    level = measured(99.9, Status.MET, "availability", WIFI, target="99.5")
    name, sentence, tone = told(Fact(FactKind.WATERMELON, said, level), "en")
    assert (name, tone) == ("Satisfaction, Wi-Fi", "worse")
    assert sentence == (
        "Green outside, red inside: “Availability” keeps its promise (99.90%), but satisfaction is "
        f"3.10{FIXED}out{FIXED}of{FIXED}5 against a target of at least 4.1{FIXED}out{FIXED}of{FIXED}5."
    )
    assert Scope(service="wifi") == WIFI
