"""A new report: a catalogue and a quarter in; the path and text of a commented Markdown file for each language out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.reports import CHAPTER_NAMES, REPORTS_FOLDER
from comptoir.periods import Period
from comptoir.scaffold.localise import localise
from comptoir.wording import language

_TEMPLATE: Final = Path(__file__).with_name("new") / "report.md"
_SHOWN: Final = 12


def new_report(quarter: Period, catalogue: Catalogue) -> dict[str, str]:
    """The files of the report: the first language with the front matter, then one for each other language."""
    languages = catalogue.organisation.languages
    names = list(catalogue.indicators)
    values = {
        "citation": f"[[{names[0] if names else 'satisfaction'}]]",
        "indicators": ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "") or "–",
    }
    front = localise(_TEMPLATE.read_text(encoding="utf-8"), languages, values)
    files = {f"{REPORTS_FOLDER}{quarter}.md": front + _headings(languages[0])}
    for code in languages[1:]:
        files[f"{REPORTS_FOLDER}{quarter}.{code}.md"] = _headings(code).lstrip("\n")
    return files


def _headings(code: str) -> str:
    """A heading for each chapter, to write below."""
    return "".join(f"\n## {language(code).say(name)}\n" for name in CHAPTER_NAMES.values())
