"""Closed quarters on pages: the note of an indicator, the annex of a report, and what an audience is told of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from comptoir.audiences import closings_for_audience, for_audience
from comptoir.content.closed_words import ClosedNote, closed_notes, closed_sentence, pair_words
from comptoir.content.report.closing import closing as closing_section
from comptoir.content.report.sections import ReportContext
from comptoir.measure.closed import Closing, Correction, Difference, FigureChange, guard
from comptoir.measure.inputs import NAMES, Input
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope, Status
from comptoir.site import Results
from comptoir.wording import language

from ..site.test_results_pages import at, said_by
from .measured import FIXED, INDICATORS, MAIL, NOW, THIN, WIFI, measured, results, speech
from .samples import base_catalogue, render

SURVEY = Input("data", "survey", "survey.csv", "f" * 64, 900)
TICKETS = Input("data", "tickets", "tickets-2026.csv", "a" * 64, 1040)


def change(
    old: float | None, new: float | None, scope: Scope = EVERYTHING, name: str = "restored", **keys: Any
) -> FigureChange:
    """A figure before and after; None where there was none."""

    def one(value: float | None) -> Measurement | None:
        return None if value is None else measured(value, Status.MET, name, scope, **keys)

    return FigureChange(one(old), one(new))


def closed(**keys: Any) -> Closing:
    """The current quarter, closed on the fifth of October."""
    given: dict[str, Any] = {
        "quarter": NOW,
        "closed_on": date(2026, 10, 5),
        "file": "indicators/closed/2026-Q3.json",
        "figures": {},
        "inputs": (TICKETS, SURVEY),
        "program": "0.1.0",
        "indicators": frozenset({"restored"}),
    }
    return Closing(**{**given, **keys})


CORRECTED = closed(
    corrections=(
        Correction(
            date(2026, 10, 12), "Douze demandes en double.", guard([change(91.2, 92.7), change(80, 81, MAIL)])
        ),
    )
)
CHANGED = closed(differences=(Difference(change(91.2, 91.24), (TICKETS,)),), changed=(TICKETS,))


def with_closing(closing: Closing) -> Results:
    """The results of the base case, their last quarter closed."""
    found = results()
    kept = tuple(
        replace(m, closed_on=closing.closed_on) if m.quarter == closing.quarter else m
        for m in found.measurements
    )
    measurements = Measurements(kept, found.measurements.indicators, found.measurements.quarters)
    return replace(found, measurements=measurements, closings=(closing,))


def notes(closing: Closing, code: str = "fr") -> tuple[ClosedNote, ...]:
    """What the page of the indicator 'restored' says of a closing."""
    return closed_notes(at("indicators/restored.md", code), (closing,), INDICATORS["restored"])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "fr",
            "Les chiffres du 3ᵉ trimestre 2026 ont été clôturés le 5 octobre 2026 : ils ne changent plus sans une "
            "correction datée.",
        ),
        (
            "en",
            "The figures of Q3 2026 were closed on 5 October 2026: they no longer change without a dated correction.",
        ),
    ],
)
def test_when_it_was_closed(code: str, sentence: str) -> None:
    said = closed_sentence(language(code), closed())
    assert re.sub(f"[{FIXED}{THIN}]", " ", said) == sentence


def test_a_correction_is_told_with_its_reason() -> None:
    [note] = notes(CORRECTED)
    assert (note.sentence, note.reason) == (
        f"Corrigé le 12{FIXED}octobre 2026, après la clôture du 5{FIXED}octobre 2026.",
        f"«{THIN}Douze demandes en double.{THIN}»",
    )
    assert [(figure.who, figure.old, figure.new) for figure in note.figures] == [
        ("Ensemble", f"91,2{THIN}%", f"92,7{THIN}%"),
        ("Messagerie", f"80,0{THIN}%", f"81,0{THIN}%"),
    ]
    assert (note.is_open, note.more) == (False, "")


def test_a_change_since_is_told_with_as_many_decimals_as_it_takes() -> None:
    [note] = notes(CHANGED, "en")
    assert note.sentence == (
        "The data have changed since the closing. The closed figures stay published until a dated correction says why. "
        "File changed: tickets-2026.csv."
    )
    assert [(figure.old, figure.new) for figure in note.figures] == [("91.20%", "91.24%")]
    assert note.is_open


def test_figures_of_few_people_never_stand_beside_each_other() -> None:
    few = FigureChange(measured(4.1, respondents=30), measured(4.2, respondents=33))
    many = FigureChange(measured(4.1, scope=MAIL, respondents=30), measured(4.2, scope=MAIL, respondents=80))
    withheld = FigureChange(
        measured(None, Status.SUPPRESSED, scope=WIFI), measured(4.2, scope=WIFI, respondents=40)
    )
    for one in (few, withheld):
        guarded = guard([one, many])
        assert [change.is_secret for change in guarded] == [True, True]
        assert pair_words(speech(), guarded[1]) == ("non montré", "non montré")
    assert [change.is_secret for change in guard([many])] == [False]


def test_the_page_of_an_indicator_shows_them() -> None:
    shown = with_closing(replace(CHANGED, corrections=CORRECTED.corrections))
    page = said_by(render(base_catalogue(), results=shown).files["indicators/restored.md"])
    assert "Les données ont changé depuis la clôture." in page
    assert "Douze demandes en double." in page
    assert "ont été clôturés le" in page
    plain = said_by(render(base_catalogue(), results=results()).files["indicators/restored.md"])
    assert "clôtur" not in plain


def test_the_annex_of_a_report_tells_them() -> None:
    shown = with_closing(replace(CHANGED, corrections=CORRECTED.corrections))
    section = closing_section(ReportContext(at("reports/2026-Q3.md", "en", shown), shown))
    assert section is not None
    assert section.sentences == (
        "The figures of Q3\u00a02026 were closed on 5\u00a0October 2026: they no longer change without a dated correction.",
        "The data have changed since: they give 1 closed figure otherwise. File changed: tickets-2026.csv.",
        "Corrected on 12\u00a0October 2026, 1 figure: “Douze demandes en double.”",
    )
    assert [table.caption for table in section.tables] == [
        "What the data give today",
        "Correction of 12\u00a0October 2026",
    ]
    open_section = closing_section(ReportContext(at("reports/2026-Q3.md", "en"), results()))
    assert open_section is not None
    assert open_section.missing == "A closing: until the quarter is closed, its figures may still change."


def test_who_sees_less_is_told_less() -> None:
    lab = Scope(client="lab-physics")
    whole = closed(
        figures={("restored", EVERYTHING): measured(91.2, name="restored")},
        corrections=(
            Correction(date(2026, 10, 12), "Un client.", guard([change(70, 71, lab)])),
            Correction(date(2026, 10, 13), "Tous.", guard([change(91.2, 92.7), change(70, 71, lab)])),
        ),
        differences=(
            Difference(change(91.2, 91.24), (TICKETS,)),
            Difference(change(60, 61, lab), (TICKETS,)),
        ),
        changed=(TICKETS,),
    )
    catalogue, kept = base_catalogue(), results().measurements
    [cut] = closings_for_audience((whole,), kept, for_audience(catalogue, "employees"), "employees")
    assert [c.reason for c in cut.corrections] == ["Tous."]
    assert [change.key for c in cut.corrections for change in c.changes] == [("restored", EVERYTHING)]
    assert [one.change.key for one in cut.differences] == [("restored", EVERYTHING)]
    assert (cut.inputs, cut.changed, cut.differences[0].causes, dict(cut.figures)) == ((), (), (), {})
    [full] = closings_for_audience((whole,), kept, catalogue, "management")
    assert len(full.corrections) == len(full.differences) == 2


def test_names_that_have_changed_are_told_to_all() -> None:
    names = Input(NAMES, "", "names.csv", "0" * 64)
    catalogue, kept = base_catalogue(), results().measurements
    whole = closed(figures={("restored", EVERYTHING): measured(91.2, name="restored")}, changed=(names,))
    [cut] = closings_for_audience((whole,), kept, for_audience(catalogue, "employees"), "employees")
    assert cut.changed == (names,)
