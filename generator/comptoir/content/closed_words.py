"""Closed quarters in words: closings as an audience sees them in; sentences, and the figures that changed, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from comptoir.analysis.verdicts import Verdict, verdict_of
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, long_quarter
from comptoir.content.measures import speech_of
from comptoir.measure.closed import Closing, FigureChange
from comptoir.measure.inputs import Input
from comptoir.measure.shown import MOST_DECIMALS
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.model.metrics import Dimension, Indicator
from comptoir.wording import N_, Language

LISTED: Final = 12
_NAMED: Final = 3  # files that a sentence names
_EVERYTHING: Final[str] = N_("Ensemble")
_NO_FIGURE: Final[str] = N_("pas de mesure")
_NOT_SHOWN: Final[str] = N_("non montré")
_SECRET: Final[str] = N_(
    "Les deux versions ne sont pas montrées côte à côte : elles diraient ce que quelques personnes ont répondu."
)


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of an indicator before and after, and about whom."""

    who: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ClosedNote:
    """Something to know of a closed quarter: a correction or, with `is_open`, a change that none records yet.

    `more` tells how many figures are not among `figures`.
    """

    title: str
    sentence: str
    reason: str
    figures: tuple[ChangedFigure, ...]
    more: str
    is_open: bool


def closed_sentence(language: Language, closing: Closing) -> str:
    """When a quarter was closed, and what that means."""
    text = language.say(
        "Les chiffres du {quarter} ont été clôturés le {day} : ils ne changent plus sans une correction datée.",
    )
    return language.typeset(
        text.format(quarter=long_quarter(language, closing.quarter), day=language.day(closing.closed_on))
    )


def closed_notes(at: Edition, closings: Iterable[Closing], indicator: Indicator) -> tuple[ClosedNote, ...]:
    """What was corrected of an indicator, and what its data give otherwise now, the latest quarter first."""
    speech, notes = speech_of(at, indicator), []
    for closing in sorted(closings, key=lambda closing: closing.quarter, reverse=True):
        open_changes = [one.change for one in closing.differences if one.change.key[0] == indicator.id]
        if open_changes:
            causes = dict.fromkeys(
                cause
                for one in closing.differences
                if one.change.key[0] == indicator.id
                for cause in one.causes
            )
            notes.append(_open_note(at, speech, closing, open_changes, tuple(causes)))
        for correction in reversed(closing.corrections):
            changes = [change for change in correction.changes if change.key[0] == indicator.id]
            if changes:
                sentence = _corrected(at.language, closing, correction.day)
                notes.append(_note(at, speech, closing, sentence, changes, correction.reason))
    return tuple(notes)


def _corrected(language: Language, closing: Closing, day: date) -> str:
    pair = N_("Corrigé le {day}, après la clôture du {closed}.")
    text = language.say(pair).format(day=language.day(day), closed=language.day(closing.closed_on))
    return language.typeset(text)


def _open_note(
    at: Edition,
    speech: Speech,
    closing: Closing,
    changes: Sequence[FigureChange],
    causes: Sequence[Input],
) -> ClosedNote:
    pair = N_(
        "Les données ont changé depuis la clôture. Les chiffres clôturés restent publiés tant qu’une correction datée ne dit pas pourquoi."
    )
    sentence = f"{at.language.say(pair)} {causes_words(at.language, causes)}".strip()
    return _note(at, speech, closing, at.language.typeset(sentence), changes, "", is_open=True)


def causes_words(language: Language, causes: Sequence[Input]) -> str:
    """The files that have changed since, as far as they may be named; '' for none."""
    names = [one.path for one in causes]
    if not names:
        return ""
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return language.typeset(
        language.ngettext("Fichier changé : {}.", "Fichiers changés : {}.", len(names)).format(shown)
    )


def _note(
    at: Edition,
    speech: Speech,
    closing: Closing,
    sentence: str,
    changes: Sequence[FigureChange],
    reason: str,
    is_open: bool = False,
) -> ClosedNote:
    told = [change for change in changes if not change.is_secret]
    if len(told) < len(changes):
        sentence = f"{sentence} {at.language.typeset(at.language.say(_SECRET))}"
    more = len(told) - LISTED
    quoted = at.language.say("« {} »").format(reason) if reason else ""
    return ClosedNote(
        title=long_quarter(at.language, closing.quarter),
        sentence=sentence,
        reason=at.language.typeset(quoted),
        figures=tuple(changed_figure(at, speech, change) for change in told[:LISTED]),
        more=at.language.number(more) if more > 0 else "",
        is_open=is_open,
    )


def changed_figure(at: Edition, speech: Speech, change: FigureChange) -> ChangedFigure:
    """A change as a line of a table."""
    old, new = pair_words(speech, change)
    return ChangedFigure(scope_words(at, speech, change.key[1]), old, new)


def pair_words(speech: Speech, change: FigureChange) -> tuple[str, str]:
    """The two figures as texts, with as many decimals as tell them apart; hidden where they would tell of few people."""
    if change.is_secret:
        hidden = speech.say(_NOT_SHOWN)
        return hidden, hidden
    old, new = change.old, change.new
    if old is None or new is None or old.value is None or new.value is None:
        return _figure(speech, old), _figure(speech, new)
    if old.value == new.value:
        return _with_sample(speech, old), _with_sample(speech, new)
    for places in range(speech.indicator.decimals, MOST_DECIMALS + 1):
        pair = speech.value(old.value, places), speech.value(new.value, places)
        if pair[0] != pair[1]:
            return pair
    return _with_sample(speech, old), _with_sample(speech, new)


def _figure(speech: Speech, figure: Measurement | None) -> str:
    if figure is None or verdict_of(figure) is Verdict.MISSING:
        return speech.say(_NO_FIGURE)
    return speech.say(_NOT_SHOWN) if figure.value is None else speech.value(figure.value)


def _with_sample(speech: Speech, figure: Measurement) -> str:
    """A value that does not change, with what does: the target, else the number of cases."""
    assert figure.value is not None
    target = speech.exact(figure.target.value) if figure.target else "–"
    aimed = speech.say("objectif")
    text = f"{speech.value(figure.value)} (n = {figure.n or 0}, {aimed} {target})"
    return speech.language.typeset(text)


def scope_words(at: Edition, speech: Speech, scope: Scope) -> str:
    """Whom a figure is about, by name."""
    if scope == EVERYTHING:
        return speech.say(_EVERYTHING)
    names = []
    for dimension in Dimension:
        name = getattr(scope, dimension.value)
        if name:
            entity = at.catalogue.of_kind(dimension.value).get(name)
            names.append(at.text(getattr(entity, "name")) if entity else name)  # noqa: B009 - each kind has one
    return ", ".join(names)
