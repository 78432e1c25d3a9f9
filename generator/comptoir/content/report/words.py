"""The words of a report: the Markdown of its file in; the same with every citation as the measurement itself, out."""

from __future__ import annotations

from comptoir.content.measure_words import change_words, status_word, target_words, value_words
from comptoir.content.report.parts import speech_for
from comptoir.content.report.sections import ReportContext
from comptoir.measure.types import Measurement, Scope
from comptoir.model.base import Text
from comptoir.model.citations import BadCitation, Citation, Cited, replace_citations
from comptoir.model.reports import Chapter


def chapter_words(context: ReportContext, chapter: Chapter) -> str:
    """What the manager says of a chapter, as Markdown; '' for nothing. Words are about the whole only."""
    report = context.catalogue.reports.get(context.quarter)
    words = report.words.get(context.language.code) if report else None
    return cited(context, words.of(chapter)) if words and context.is_whole else ""


def opening_words(context: ReportContext) -> tuple[str, str]:
    """The words for every audience, then those of the opening, as Markdown; each '' for nothing."""
    report = context.catalogue.reports.get(context.quarter)
    if report is None or not context.is_whole:
        return "", ""
    words = report.words.get(context.language.code)
    return cited(context, report.front.public), cited(context, words.opening if words else None)


def cited(context: ReportContext, text: Text | None) -> str:
    """The text in the language of the page, each citation a link that says what its measurement says."""
    if text is None:
        return ""
    return replace_citations(
        text.in_language(context.language.code), lambda citation: _write(context, citation)
    )


def _write(context: ReportContext, citation: Citation | BadCitation) -> str:
    """'[91,2 %](indicator:satisfaction)'; where there is no such number, words that say so."""
    indicator = (
        None if isinstance(citation, BadCitation) else context.results.indicators.get(citation.indicator)
    )
    if isinstance(citation, BadCitation) or indicator is None:
        return f"*{context.language.gettext('non montré')}*"
    quarter = citation.quarter or context.quarter
    found = context.results.find(indicator.id, quarter, Scope(**citation.about))
    said = _say(context, citation.cited, found) if found else ""
    if not said:
        absent = status_word(speech_for(context, indicator), found) if found and not found.has_value else ""
        return f"*{absent.lower() or context.language.gettext('pas de mesure')}*"
    return f"[{said}](indicator:{indicator.id})"


def _say(context: ReportContext, what: Cited, found: Measurement) -> str:
    speech = speech_for(context, context.results.indicators[found.indicator])
    match what:
        case Cited.VALUE:
            return value_words(speech, found)
        case Cited.CHANGE:
            return change_words(speech, found, found.previous)
        case Cited.TARGET:
            return target_words(speech, found)
        case Cited.N:
            return context.language.number(found.n) if found.n is not None and found.has_value else ""
