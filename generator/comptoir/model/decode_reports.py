"""Decodes reports: the Markdown files of indicators/reports/ in, each report with its problems out.

`2026-Q3.md` holds the front matter and the words in the default language, `2026-Q3.en.md` the words in another. Words
are cut at the headings that name a chapter; every piece keeps its place in its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.decode import Findings, decode_catalogue, decode_model
from comptoir.model.reports import (
    CHAPTER_NAMES,
    REPORTS_FOLDER,
    Chapter,
    FrontMatter,
    Report,
    ReportWords,
)
from comptoir.periods import Period, parse_period
from comptoir.problems import Location, Problem, suggest
from comptoir.sources.nodes import Document, Entry, Scalar
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.project import ProjectFiles
from comptoir.sources.yaml_reader import decode_text, read_document
from comptoir.wording import language as speak
from comptoir.wording import spoken_languages

_FILE: Final = re.compile(r"(?P<quarter>[^.]+)(?:\.(?P<language>[a-z]{2}))?\.md")
_HEADING: Final = re.compile(r" {0,3}(?P<level>#{1,2})(?!#)\s*(?P<title>.*?)\s*#*\s*")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_EDGE: Final = "---"
_OPENING: Final = "opening"


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the folder, told by its name."""

    name: str
    quarter: Period
    language: str  # '' for the default one
    lines: tuple[str, ...]
    text: str


def decode_project(
    files: ProjectFiles, shipped_pictograms: frozenset[str]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue that `files` describe, its reports included, and every problem of form."""
    catalogue, problems = decode_catalogue(files, shipped_pictograms)
    findings = Findings(problems, list(catalogue.undecoded))
    reports = decode_reports(files.words, catalogue.organisation.languages, findings)
    return replace(catalogue, reports=reports, undecoded=tuple(findings.fragments)), findings.problems


def decode_reports(
    words: Mapping[str, bytes], languages: tuple[str, ...], findings: Findings
) -> dict[Period, Report]:
    """The reports in `words` (file → content) by quarter; what is wrong with their form goes to `findings`."""
    files = [file for name in sorted(words) if (file := _read_name(name, words[name], languages, findings))]
    reports = {
        file.quarter: report
        for file in files
        if not file.language and (report := _decode_report(file, files, languages, findings))
    }
    for file in files:
        if file.language and not any(f.quarter == file.quarter and not f.language for f in files):
            hint = f"write {REPORTS_FOLDER}{file.quarter}.md first: it holds the front matter"
            message = "this is the translation of a report that is not there"
            findings.problems.append(Problem(Location(file.name), "missing-file", message, hint))
    return dict(sorted(reports.items()))


def _read_name(name: str, content: bytes, languages: tuple[str, ...], findings: Findings) -> _File | None:
    match = _FILE.fullmatch(name.removeprefix(REPORTS_FOLDER))
    fault: tuple[str, str] | None = None
    quarter: Period | None = None
    try:
        quarter = parse_period(match["quarter"]) if match else None
    except ValueError:
        quarter = None
    language = (match["language"] or "") if match else ""
    if match is None or quarter is None:
        example = "2026-Q3.md, 2026-09.md, 2026-H1.md or 2026.md, or 2026-Q3.en.md for the words in English"
        fault = ("the name of this file is not that of a period", f"name it {example}")
    elif language == languages[0]:
        fault = (f"'{language}' is the first language of this site", f"write it in {quarter}.md")
    elif language and language not in languages:
        fault = (f"'{language}' is not a language of this site", "its languages: " + ", ".join(languages))
    if fault:
        findings.problems.append(Problem(Location(name), "file-name", *fault))
        return None
    text, problem = decode_text(content, name)
    if problem:
        findings.problems.append(problem)
        return None
    assert quarter is not None
    return _File(name, quarter, language, tuple(text.splitlines()), text)


def _decode_report(
    file: _File, files: list[_File], languages: tuple[str, ...], findings: Findings
) -> Report | None:
    end = next((index for index, line in enumerate(file.lines) if index and line.rstrip() == _EDGE), None)
    if not file.lines or file.lines[0].rstrip() != _EDGE or end is None:
        message = "this report does not begin with its front matter"
        hint = "begin with a line '---', then 'signatory: …', then a line '---'"
        findings.problems.append(Problem(Location(file.name), "front-matter", message, hint))
        return None
    front = _decode_front("\n".join(file.lines[:end]), file, findings)
    words = {languages[0]: _decode_words(file, end + 1, findings)}
    for other in files:
        if other.quarter == file.quarter and other.language:
            words[other.language] = _decode_words(other, 0, findings)
    findings.problems.extend(_untranslated(file, words, languages))
    return Report(file.quarter, front or FrontMatter(signatory=Text("–")), words)


def _decode_front(text: str, file: _File, findings: Findings) -> FrontMatter | None:
    document, problems = read_document(text.encode(), file.name)
    findings.problems.extend(problems)
    if document is None:
        return None
    front = decode_model(FrontMatter, document, (), {}, findings)
    if front is not None:
        front.read_from(document, ())
    return front


def _decode_words(file: _File, first: int, findings: Findings) -> ReportWords:
    """The words of a file from its line `first` (from 0) on, cut at its headings."""
    if file.language and file.lines and file.lines[0].rstrip() == _EDGE:
        message = "the front matter stands in the file of the first language only"
        hint = f"its texts take both languages there: {REPORTS_FOLDER}{file.quarter}.md"
        findings.problems.append(Problem(Location(file.name), "front-matter", message, hint))
    entries: dict[str, Entry] = {}
    texts: dict[str, str] = {}
    for key, heading, lines in _pieces(file, first, findings):
        if key in entries:
            message = f"a second heading of this chapter; the first is on line {entries[key].key.line}"
            findings.problems.append(Problem(Location(file.name, heading), "duplicate-key", message))
        elif text := "\n".join(lines).strip():
            begin = heading + 1 + next(index for index, line in enumerate(lines) if line.strip())
            last = heading + len(lines)
            texts[key] = text
            entries[key] = Entry(Scalar(key, heading, 1), Scalar(text, begin, 1, last_line=last))
    document = Document(file.name, MappingNode(tuple(entries.values()), 1, 1), file.text)
    words = ReportWords.model_validate(texts)
    words.read_from(document, ())
    return words


def _pieces(file: _File, first: int, findings: Findings) -> Iterator[tuple[str, int, list[str]]]:
    """The opening, then each chapter: its key, the line of its heading (from 1), the lines below it."""
    key, heading = _OPENING, first
    lines: list[str] = []
    fence = ""
    for number, line in enumerate(file.lines[first:], first + 1):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip() == fence):
            fence = "" if fence else mark[1]
        match = _HEADING.fullmatch(line)
        if fence or match is None:
            lines.append(line)
            continue
        if key:
            yield key, heading, lines
        chapter = _chapters().get(match["title"].lower()) if match["level"] == "##" else None
        if chapter is None:
            findings.problems.append(_unknown_heading(file.name, number, match))
        key, heading, lines = chapter.value if chapter else "", number, []
    if key:
        yield key, heading, lines


@cache
def _chapters() -> dict[str, Chapter]:
    """The chapter of each name in small letters, in every language; also the identifiers, which were once the names."""
    return {chapter.value: chapter for chapter in Chapter} | {
        speak(code).say(name).lower(): chapter
        for code in spoken_languages()
        for chapter, name in CHAPTER_NAMES.items()
    }


def _unknown_heading(name: str, line: int, match: re.Match[str]) -> Problem:
    where = Location(name, line, match.start("level") + 1)
    if match["title"].lower() in _chapters():
        return Problem(where, "heading", "a chapter has a heading of level 2", f"write '## {match['title']}'")
    message = f"'{match['title']}' is not a chapter"
    french = ", ".join(CHAPTER_NAMES.values())
    hint = (
        suggest(match["title"].capitalize(), (name.capitalize() for name in _chapters()))
        or f"chapters: {french}; '###' for a heading inside one"
    )
    return Problem(where, "heading", message, hint)


def _untranslated(
    file: _File, words: Mapping[str, ReportWords], languages: tuple[str, ...]
) -> Iterator[Problem]:
    """What is written in one language of the site and not in another."""
    for language in languages[1:]:
        if language not in words:
            name = f"{file.quarter}.{language}.md"
            if any(words[languages[0]].holds(key) for key in ReportWords.model_fields):
                yield Problem(
                    Location(file.name), "translation", f"this report lacks '{language}'", f"write {name}"
                )
            continue
        first, other = words[languages[0]], words[language]
        for key in (_OPENING, *Chapter):
            if first.holds(key) != other.holds(key):
                whole, lacking = (first, language) if first.holds(key) else (other, languages[0])
                what = "this opening" if key == _OPENING else f"this chapter ('{key}')"
                yield Problem(whole.locate(key), "translation", f"{what} lacks '{lacking}'")
